using System.Text.Json;
using Contacts.Core;
using Contacts.Core.Activity;
using Contacts.Core.Fields;
using Contacts.Core.Intake;
using Contacts.Core.People;
using Contacts.Core.People.Bulk;
using Contacts.Core.People.Merging;
using Contacts.Tests.People.Lists;
using Contacts.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Contacts.Tests.People.Bulk;

/// <summary>How many contacts come back from the bin at once.</summary>
public class BulkRestoreTests
{
    private const int Guests = 60;

    private static readonly Source ByHand = new(SourceKind.User, "Mei Chou");

    public static TheoryData<Database> Databases => TestHouse.Databases;

    [Theory, MemberData(nameof(Databases))]
    public async Task Many_come_back_exactly_as_each_of_them_would_alone(Database database)
    {
        await using var together = await TestHouse.OpenAsync(database);
        await using var alone = await TestHouse.OpenAsync(database);
        foreach (var house in new[] { together, alone }) await house.Fields.CreateAsync(house.Admin, new FieldEdit("Customer number", null, "text", null, []) { Rules = new FieldRules { Unique = true } });
        var (run, _) = (await DeleteAsync(together), await DeleteAsync(alone));

        run = await Edits(together).RunUndoAsync(together.Admin, run.Id);
        foreach (var contact in (await alone.ContactsAsync()).Where(c => c is { DeletedAt: not null, MergedIntoId: null })) await alone.Get<ContactBin>().RestoreAsync(alone.Admin, contact.Id);

        Assert.Equal((run.Changed, 0), (run.Restored, run.Stayed));
        Assert.Equal(await AllAsync(alone), await AllAsync(together));
        Assert.Equal(await ContactIndexTests.IndexAsync(alone), await ContactIndexTests.IndexAsync(together));
        Assert.Contains(await together.ReadAsync(db => db.Entries.Where(e => e.Kind == ActivityKind.Restored).ToListAsync()), e => e.Text is not null);
        Assert.NotEmpty(await together.ReadAsync(db => db.PossibleDuplicates.ToListAsync()));
    }

    [Fact]
    public async Task Whom_nobody_stands_in_the_way_of_comes_back_with_as_few_questions_as_one_of_them()
    {
        await using var house = await TestHouse.OpenAsync(Database.Sqlite);
        var ids = await AddAsync(house, 31, n => $"Guest {n}");

        async Task<int> AskedAsync(IReadOnlyCollection<long> some)
        {
            var run = await Edits(house).RunAsync(house.Admin, ContactSelection.Of(some), new BulkDelete());
            using var queries = new SqlRecord(house.Get<ILoggerFactory>());
            await Edits(house).RunUndoAsync(house.Admin, run.Id);
            return queries.Sent.Count;
        }

        var one = await AskedAsync([ids[0]]);
        Assert.Equal(one, await AskedAsync(ids[1..]));
        Assert.All(await house.ContactsAsync(), c => Assert.True(c.IsListed));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Those_who_look_alike_come_back_few_at_a_time_so_that_others_get_their_turn(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var ids = await AddAsync(house, 120, n => $"Guest {n / 2}");
        var run = await Edits(house).RunAsync(house.Admin, ContactSelection.Of(ids), new BulkDelete());

        var turns = await BulkRunnerTests.TurnsAsync(house, () => Edits(house).RunUndoAsync(house.Admin, run.Id));

        Assert.InRange(turns.Max(), 1, 50);
        Assert.Equal(120, turns.Sum());
        Assert.All(await house.ContactsAsync(), c => Assert.True(c.IsListed));
    }

    // Of a crowd that shares names, phones and companies some are merged, some blocked, most deleted; and while they are in the bin, others take what was theirs.
    private static async Task<BulkRun> DeleteAsync(TestHouse house)
    {
        var dice = new Random(42);
        var ids = await AddAsync(house, Guests, n => $"Guest {dice.Next(40)}", (n, edit) =>
        {
            if (dice.Next(3) == 0) edit.Set("mobile_phone", $"+4930123456{n:00}");
            if (dice.Next(4) == 0) edit.Set("phone", $"+4930765432{dice.Next(20):00}");
            if (dice.Next(4) == 0) edit.Set("customer_number", $"K{n}");
        });
        await house.Get<AddressBook>().AddAsync(house.Member, ids[4], IdentityKind.Email, "second@example.com", ByHand);
        await house.Get<AddressBook>().AddAsync(house.Member, ids[5], IdentityKind.Email, "desk@example.com", ByHand);
        await house.Get<MergeDesk>().MergeAsync(house.Admin, ids[10], [ids[11], ids[12]], null, ByHand);
        await house.Get<BlockedIdentities>().AddAsync(house.Admin, "guest20@*");
        await house.Book.EditAsync(house.Member, ids[30], new ContactEdit().Set("customer_number", "before"), ByHand);

        var run = await Edits(house).RunAsync(house.Admin, ContactSelection.Of(ids[..55]), new BulkDelete());

        house.Clock.Advance(TimeSpan.FromDays(1));
        await house.Get<BlockedIdentities>().AddAsync(house.Admin, "desk@*");
        await house.Get<BlockedIdentities>().RemoveAsync(house.Admin, "guest20@*");
        await house.Book.EditAsync(house.Member, ids[57], new ContactEdit().Set("customer_number", "Before"), ByHand);
        foreach (var email in new[] { "guest2@example.com", "second@example.com", "guest11@example.com" })
            await house.Desk.ReceiveAsync(house.Account.Id, new Interaction(ActivityKind.FormSubmitted, new Source(SourceKind.RoutingForm, "Form"), "Form", house.Now) { Contact = new ContactEdit().Set("email", email) });
        return run;
    }

    private static async Task<List<long>> AddAsync(TestHouse house, int count, Func<int, string> name, Action<int, ContactEdit>? more = null)
    {
        var ids = new List<long>();
        for (var n = 0; n < count; n++)
        {
            var edit = new ContactEdit().SetName(name(n)).Set("email", $"guest{n}@example.com").Set("company", "Analytical Engines");
            more?.Invoke(n, edit);
            ids.Add((await house.Book.AddAsync(house.Member, edit, ByHand)).Id);
        }
        return ids;
    }

    // All that is kept of contacts, one line for each row.
    internal static Task<List<string>> AllAsync(TestHouse house) => house.ReadAsync(async db =>
    {
        var rows = new List<string>();
        void Add<T>(IEnumerable<T> some) => rows.AddRange(some.Select(row => $"{typeof(T).Name} {JsonSerializer.Serialize(row)}").Order(StringComparer.Ordinal));
        Add(await db.Contacts.AsNoTracking().ToListAsync());
        Add(await db.Identities.AsNoTracking().ToListAsync());
        Add(await db.BinnedIdentities.AsNoTracking().ToListAsync());
        Add(await db.MatchKeys.AsNoTracking().ToListAsync());
        Add(await db.UniqueValues.AsNoTracking().ToListAsync());
        Add(await db.PossibleDuplicates.AsNoTracking().ToListAsync());
        Add(await db.SharedKeys.AsNoTracking().ToListAsync());
        Add((await db.Entries.AsNoTracking().ToListAsync()).Select(e => new { e.ContactId, e.Number, e.Kind.Key, e.Text, e.Changes, e.ActorName, e.At, e.Source }));
        return rows;
    });

    private static BulkEdits Edits(TestHouse house) => house.Get<BulkEdits>();
}
