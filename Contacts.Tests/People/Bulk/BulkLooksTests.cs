using Contacts.Core;
using Contacts.Core.Activity;
using Contacts.Core.People;
using Contacts.Core.People.Bulk;
using Contacts.Core.People.Merging;
using Contacts.Tests.People.Lists;
using Contacts.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Contacts.Tests.People.Bulk;

/// <summary>How many contacts are given a value by which they may look like others.</summary>
public class BulkLooksTests
{
    private static readonly Source ByHand = new(SourceKind.User, "Mei Chou");

    public static TheoryData<Database, string, string?> Changes
    {
        get
        {
            var changes = new TheoryData<Database, string, string?>();
            foreach (var database in TestHouse.Databases.Select(d => d.Data))
            {
                changes.Add(database, "company", "Analytical Engines");
                changes.Add(database, "company", null);
                changes.Add(database, "last_name", "Lovelace");
                changes.Add(database, "phone", "+49 30 1234567");
            }
            return changes;
        }
    }

    [Theory, MemberData(nameof(Changes))]
    public async Task Looks_of_many_change_and_change_back_exactly_as_each_of_them_would_alone(Database database, string field, string? value)
    {
        await using var together = await TestHouse.OpenAsync(database);
        await using var alone = await TestHouse.OpenAsync(database);
        var (ids, _) = (await CrowdAsync(together), await CrowdAsync(alone));
        var before = (await alone.ContactsAsync()).Where(c => c.IsListed).ToDictionary(c => c.Id, c => field switch { "company" => c.Company, "phone" => c.Phone, _ => c.LastName });

        var run = await Edits(together).RunAsync(together.Admin, ContactSelection.Of(ids), new BulkWrite(field, value));
        foreach (var id in before.Keys) await EditAsync(id, value);

        Assert.Equal(await BulkRestoreTests.AllAsync(alone), await BulkRestoreTests.AllAsync(together));
        Assert.Equal(await ContactIndexTests.IndexAsync(alone), await ContactIndexTests.IndexAsync(together));

        run = await Edits(together).RunUndoAsync(together.Admin, run.Id);
        foreach (var (id, was) in before) await EditAsync(id, was);

        Assert.Equal((run.Changed, 0), (run.Restored, run.Stayed));
        Assert.Equal(await LooksAsync(alone), await LooksAsync(together));
        Assert.Equal(await ContactIndexTests.IndexAsync(alone), await ContactIndexTests.IndexAsync(together));

        Task EditAsync(long id, string? text) => alone.Book.EditAsync(alone.Admin, id, new ContactEdit().Set(field, text), Source.Of(alone.Admin));
    }

    [Fact]
    public async Task Whom_nobody_looks_like_is_changed_with_as_few_questions_as_one_of_them()
    {
        await using var house = await TestHouse.OpenAsync(Database.Sqlite);
        var ids = await AddAsync(house, 31, n => $"Guest {n}");

        async Task<int> AskedAsync(IReadOnlyCollection<long> some)
        {
            using var queries = new SqlRecord(house.Get<ILoggerFactory>());
            await Edits(house).RunAsync(house.Admin, ContactSelection.Of(some), new BulkWrite("company", "Analytical Engines"));
            return queries.Sent.Count;
        }

        var one = await AskedAsync([ids[0]]);
        Assert.Equal(one, await AskedAsync(ids[1..]));
        Assert.All(await house.ContactsAsync(), c => Assert.Equal("Analytical Engines", c.Company));
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task Those_who_look_alike_are_changed_few_at_a_time_so_that_others_get_their_turn(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var ids = await AddAsync(house, 120, n => $"Guest {n / 2}");

        var turns = await BulkRunnerTests.TurnsAsync(house, () => Edits(house).RunAsync(house.Member, ContactSelection.Of(ids), new BulkWrite("company", "Analytical Engines")));

        Assert.InRange(turns.Max(), 1, 50);
        Assert.Equal(120, turns.Sum());
        Assert.Equal(60, await house.ReadAsync(db => db.PossibleDuplicates.CountAsync()));
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task What_a_crowd_has_is_given_to_more_at_once(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var ids = await AddAsync(house, 120, n => $"Guest {n}");

        var turns = await BulkRunnerTests.TurnsAsync(house, () => Edits(house).RunAsync(house.Member, ContactSelection.Of(ids), new BulkWrite("phone", "+49 30 1234567")));

        Assert.Equal([20, 20, 40, 40], turns); // the first make the crowd, the next tell of it, and then a turn is twice as long as the one before
        Assert.Single(await house.ReadAsync(db => db.SharedKeys.ToListAsync()));
        Assert.Empty(await house.ReadAsync(db => db.PossibleDuplicates.ToListAsync()));
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task A_crowd_that_one_of_them_leaves_is_none_for_the_next(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var ids = await AddAsync(house, 22, n => n switch { 0 => "Guest B|C", 21 => "Guest|Z", _ => "Guest|B C" }, edit => edit.Set("company", "Acme"));
        await house.Book.DeleteAsync(house.Admin, ids[1]); // the first leaves 19, who look like the last one then
        Assert.Single(await house.ReadAsync(db => db.SharedKeys.ToListAsync()));

        await Edits(house).RunAsync(house.Member, ContactSelection.Of([ids[0], ids[21]]), new BulkWrite("last_name", "B C"));

        Assert.Equal(19, await house.ReadAsync(db => db.PossibleDuplicates.CountAsync(d => d.OtherId == ids[21])));
    }

    // A crowd that shares names, phones and companies, very many of them one name; some are merged, one is blocked, two are known to be two people.
    private static async Task<List<long>> CrowdAsync(TestHouse house)
    {
        var dice = new Random(42);
        var ids = await AddAsync(house, 70, n => n < 24 ? "Guest Zero" : $"Guest {dice.Next(60)}", edit =>
        {
            if (dice.Next(3) == 0) edit.Set("company", dice.Next(2) == 0 ? "Analytical Engines" : "Difference Engines");
            if (dice.Next(4) == 0) edit.Set("phone", $"+4930765432{dice.Next(10):00}");
        });
        await house.Get<AddressBook>().AddAsync(house.Member, ids[30], IdentityKind.Phone, "+49307654321", ByHand);
        await house.Get<MergeDesk>().MergeAsync(house.Admin, ids[40], [ids[41], ids[42]], null, ByHand);
        await house.Get<BlockedIdentities>().AddAsync(house.Admin, "guest50@*");
        await house.Book.DeleteAsync(house.Admin, ids[60]);
        var pair = (await house.Get<PossibleDuplicates>().ListAsync(house.Admin)).Items[0];
        await house.Get<PossibleDuplicates>().DismissAsync(house.Admin, pair.First.Id, pair.Second.Id);
        return ids;
    }

    // An undo puts back where a value came from, which an edit says anew; who looks like whom is the same.
    private static async Task<List<string>> LooksAsync(TestHouse house) => [.. (await BulkRestoreTests.AllAsync(house)).Where(row =>
        row.StartsWith(nameof(MatchKey), StringComparison.Ordinal) || row.StartsWith(nameof(PossibleDuplicate), StringComparison.Ordinal) || row.StartsWith(nameof(SharedKey), StringComparison.Ordinal))];

    private static async Task<List<long>> AddAsync(TestHouse house, int count, Func<int, string> name, Action<ContactEdit>? more = null)
    {
        var ids = new List<long>();
        for (var n = 0; n < count; n++)
        {
            var edit = new ContactEdit().Set("email", $"guest{n}@example.com");
            if (name(n).Split('|') is [var first, var last]) edit.Set("first_name", first).Set("last_name", last);
            else edit.SetName(name(n));
            more?.Invoke(edit);
            ids.Add((await house.Book.AddAsync(house.Member, edit, ByHand)).Id);
        }
        return ids;
    }

    private static BulkEdits Edits(TestHouse house) => house.Get<BulkEdits>();
}
