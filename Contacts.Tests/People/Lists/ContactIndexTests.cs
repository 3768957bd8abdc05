using Contacts.Core;
using Contacts.Core.Activity;
using Contacts.Core.Data;
using Contacts.Core.Data.MadeUp;
using Contacts.Core.Erasure;
using Contacts.Core.People;
using Contacts.Core.People.Lists;
using Contacts.Core.People.Merging;
using Contacts.Core.Statuses;
using Contacts.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Contacts.Tests.People.Lists;

/// <summary>The index of lists is what it would be if it were made anew, whatever happens to contacts.</summary>
public sealed class ContactIndexTests
{
    private static readonly Source ByHand = new(SourceKind.User, "Iris Ritter");

    public static TheoryData<Database> Databases => TestHouse.Databases;

    [Theory, MemberData(nameof(Databases))]
    public async Task Whatever_is_done_the_index_is_what_a_rebuild_makes(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var crowd = new ListCrowd(house, new Random(4));
        await crowd.FillAsync(30);
        await SameAsync(house, "adding, merging and deleting");
        var dice = new Random(5);
        for (var round = 0; round < 40; round++)
        {
            var done = await DoAsync(house, dice);
            if (round % 8 == 7) await SameAsync(house, done);
        }

        await house.Get<FieldConversions>().ReplaceOptionAsync(house.Owner, "my_multiple_choice", "one", "two");
        await SameAsync(house, "an option that became another");
        await house.Get<FieldConversions>().ChangeTypeAsync(house.Owner, "my_rating", "text");
        await SameAsync(house, "a rating that became a text");
        await house.Get<FieldConversions>().ChangeTypeAsync(house.Owner, "my_text", "number");
        await SameAsync(house, "a text that became a number");
        await house.Fields.ArchiveAsync(house.Owner, "my_url");
        await house.Get<FieldConversions>().DeleteAsync(house.Owner, "my_url");
        await SameAsync(house, "a field that went");
        await house.Get<StatusRemoval>().RemoveAsync(house.Owner, (await house.Get<StatusList>().ListAsync(house.Owner))[0].Id, null);
        await SameAsync(house, "a status that went");
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Made_up_people_are_in_the_index_and_leave_nothing_there(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await house.Get<SampleData>().FillAsync(house.Owner, new MadeUpPlan(60, 3, 2));
        await SameAsync(house, "filling");
        var contacts = await house.ContactsAsync();
        await house.Get<MergeDesk>().MergeAsync(house.Admin, contacts[5].Id, [contacts[6].Id], null, ByHand);
        var found = await house.Book.ListAsync(house.Member, new ContactQuery { Search = contacts[0].LastName![..3] });
        Assert.Contains(found.Items, row => row.Id == contacts[0].Id);

        await house.Get<SampleData>().ClearAsync(house.Owner);

        Assert.Empty(await IndexAsync(house));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task The_index_of_contacts_from_before_is_made_in_pieces(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await new ListCrowd(house, new Random(6)).FillAsync(20);
        var before = await IndexAsync(house);
        Assert.True(await house.Get<ContactFinder>().IsIndexedAsync(house.Member));
        await ForgetAsync(house);
        await house.Gate.RunAsync(house.Account.Id, db =>
        {
            db.IndexBuilds.Add(new IndexBuild(house.Account.Id));
            return Task.FromResult(true);
        });
        Assert.False(await house.Get<ContactFinder>().IsIndexedAsync(house.Member));
        // A change in the meantime: in part there, in part not.
        var contact = (await house.ContactsAsync()).First(c => c.IsListed);
        await house.Book.EditAsync(house.Member, contact.Id, new ContactEdit().Set("city", "Between"), ByHand);

        await house.Get<IndexBuilder>().RunAsync(TestContext.Current.CancellationToken);

        Assert.True(await house.Get<ContactFinder>().IsIndexedAsync(house.Member));
        await SameAsync(house, "building");
        Assert.NotEqual(before, await IndexAsync(house));
        Assert.Equal([contact.Id], (await house.Book.ListAsync(house.Member, new ContactQuery { Filter = ContactFilter.All(new FilterCondition("city", FilterOperator.Is, "between")) })).Items.Select(r => r.Id));
    }

    [Fact]
    public async Task An_index_whose_making_is_stopped_is_not_told_as_made()
    {
        await using var house = await TestHouse.OpenAsync(Database.Sqlite);
        await new ListCrowd(house, new Random(6)).FillAsync(20);
        await house.Gate.RunAsync(house.Account.Id, db =>
        {
            db.IndexBuilds.Add(new IndexBuild(house.Account.Id));
            return Task.FromResult(true);
        });
        using var stop = new CancellationTokenSource();
        // The server is stopped at the first piece.
        await using var gate = new WriteGate(() =>
        {
            stop.Cancel();
            return house.Dbs.OpenBeforeAccount();
        }, house.Get<ChangeFeed>());
        var told = new Told();

        await new IndexBuilder(house.Dbs, gate, house.Clock, told).RunAsync(stop.Token);

        Assert.False(await house.Get<ContactFinder>().IsIndexedAsync(house.Member));
        Assert.Empty(told.Lines);

        await new IndexBuilder(house.Dbs, house.Gate, house.Clock, told).RunAsync(TestContext.Current.CancellationToken);
        Assert.Equal([$"The index of account {house.Account.Id} is made"], told.Lines);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_phone_is_found_as_it_is_dialled_at_home_and_from_abroad(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var ada = await house.Book.AddAsync(house.Member, new ContactEdit().SetName("Ada Lovelace").Set("mobile_phone", "+4930901820"), ByHand);
        await house.Book.AddAsync(house.Member, new ContactEdit().SetName("Bob Builder").Set("mobile_phone", "+4930901821"), ByHand);

        foreach (var typed in new[] { "030 90 18 20", "(030) 901820", "+49 30 901820", "901820", "4930901820", "030901820 ada", "l", "lo", "ov", "ADA lov" })
        {
            var found = (await house.Book.ListAsync(house.Member, new ContactQuery { Search = typed })).Items.Select(r => r.Id);
            // "ov" begins no word.
            Assert.Equal(typed == "ov" ? [] : [ada.Id], found);
        }
    }

    // One random thing that changes contacts.
    private static async Task<string> DoAsync(TestHouse house, Random dice)
    {
        var all = await house.ContactsAsync();
        var listed = all.FindAll(c => c.IsListed);
        var one = listed[dice.Next(listed.Count)];
        var other = listed.Find(c => c != one)!;
        switch (dice.Next(7))
        {
            case 0:
                await house.Book.EditAsync(house.Admin, one.Id, new ContactEdit().Set("last_name", $"Name{dice.Next(9)}").Set("my_multiple_choice", "One\nThree").Set("my_number", null).Set("my_date", "2026-12-24"), ByHand);
                return "editing";
            case 1:
                await house.Book.DeleteAsync(house.Admin, one.Id);
                return "deleting";
            case 2 when all.Find(c => c is { DeletedAt: not null, MergedIntoId: null }) is { } binned:
                await house.Get<ContactBin>().RestoreAsync(house.Admin, binned.Id);
                return "restoring";
            case 3:
                await house.Get<MergeDesk>().MergeAsync(house.Admin, one.Id, [other.Id], null, ByHand);
                return "merging";
            case 4 when await LastMergeAsync(house, listed) is { } merge:
                await house.Get<MergeDesk>().UndoAsync(house.Admin, merge.Id, ByHand);
                return "parting";
            case 5 when listed.Count > 10:
                await house.Get<ErasureDesk>().EraseAsync(house.Admin, one.Id);
                return "erasing";
            default:
                await house.Book.AssignToAsync(house.Admin, one.Id, house.Member.UserId, ByHand);
                return "assigning";
        }
    }

    private static Task<ContactMerge?> LastMergeAsync(TestHouse house, List<Contact> listed)
    {
        var ids = listed.ConvertAll(c => c.Id);
        return house.ReadAsync(db => db.ContactMerges.Where(m => m.UndoneAt == null && ids.Contains(m.SurvivorId)).OrderByDescending(m => m.Id).FirstOrDefaultAsync());
    }

    private static async Task SameAsync(TestHouse house, string after)
    {
        var followed = await IndexAsync(house);
        await ForgetAsync(house);
        await house.Gate.RunAsync(house.Account.Id, async db =>
        {
            for (long? last = 0; last is not null;) last = await ContactIndex.RebuildAsync(db, last.Value);
            return true;
        });
        Assert.True(followed.SequenceEqual(await IndexAsync(house)), $"after {after}: {string.Join("; ", followed.Except(await IndexAsync(house)))} | missing {string.Join("; ", (await IndexAsync(house)).Except(followed))}");
    }

    private static Task<bool> ForgetAsync(TestHouse house) => house.Gate.RunAsync(house.Account.Id, async db =>
    {
        await db.Database.ExecuteSqlAsync($"""DELETE FROM "FieldTexts" """);
        await db.Database.ExecuteSqlAsync($"""DELETE FROM "FieldNumbers" """);
        if (db is SqliteContactsDb) await db.Database.ExecuteSqlAsync($"""INSERT INTO "ContactSearch" ("ContactSearch") VALUES ('delete-all')""");
        return true;
    });

    // Every row, and which three letters of each contact's words are found.
    internal static Task<List<string>> IndexAsync(TestHouse house) => house.ReadAsync(async db =>
    {
        var rows = await Sql.Of($"""SELECT "AccountId", "FieldId", "Value", "ContactId" FROM "FieldTexts" """).ReadAsync(db, r => $"{r.GetInt64(0)} {r.GetInt64(1)} {r.GetString(2)} {r.GetInt64(3)}", default);
        rows.AddRange(await Sql.Of($"""SELECT "AccountId", "FieldId", "Value", "ContactId" FROM "FieldNumbers" """).ReadAsync(db, r => $"{r.GetInt64(0)} {r.GetInt64(1)} {r.GetDouble(2)} {r.GetInt64(3)}", default));
        var texts = await db.Contacts.Select(c => c.SearchText).ToListAsync();
        foreach (var word in texts.SelectMany(t => t.Split(' ')).SelectMany(w => new[] { w[..Math.Min(1, w.Length)], w.Length > 5 ? w[2..5] : w }).Where(w => w.Length > 0 && !w.Any(char.IsSurrogate)).Distinct().Order(StringComparer.Ordinal))
            rows.AddRange((await db.Lists.Found(db.AccountId, word).Ids.ReadAsync(db, r => r.GetInt64(0), default)).Order().Select(id => $"{word} {id}"));
        rows.Sort(StringComparer.Ordinal);
        return rows;
    });

    private sealed class Told : ILogger<IndexBuilder>
    {
        public List<string> Lines { get; } = [];

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => Lines.Add(formatter(state, exception));
    }
}
