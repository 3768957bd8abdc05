using Contacts.Core;
using Contacts.Core.Activity;
using Contacts.Core.People;
using Contacts.Core.People.Bulk;
using Contacts.Core.People.Lists;
using Contacts.Core.People.Merging;
using Contacts.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Contacts.Tests.People.Bulk;

/// <summary>How runs work: by whom they are found, in which pieces, and where they stop.</summary>
public sealed class BulkRunnerTests
{
    private static readonly Source ByHand = new(SourceKind.User, "Mei Chou");

    public static TheoryData<Database> Databases => TestHouse.Databases;

    [Fact]
    public async Task A_run_is_begun_before_all_that_match_are_found()
    {
        await using var house = await TestHouse.OpenAsync(Database.Sqlite);
        await AddAsync(house, 3);

        var run = await Edits(house).StartAsync(house.Member, ContactSelection.AllOf(new ContactQuery()), new BulkAssign(house.Admin.UserId));

        Assert.Equal((BulkState.Finding, 0), (run.StateAt(house.Now), run.Total));
        while ((await Edits(house).FindAsync(house.Member, run.Id))!.FinishedAt is null) await Task.Yield();
        run = (await Edits(house).FindAsync(house.Member, run.Id))!;
        Assert.Equal((BulkState.Finished, 3, 3, 3), (run.StateAt(house.Now), run.Total, run.Done, run.Changed));
    }

    [Fact]
    public async Task A_run_whose_list_nobody_matches_any_more_ends_with_nothing_done()
    {
        await using var house = await TestHouse.OpenAsync(Database.Sqlite);

        var run = await Edits(house).RunAsync(house.Member, ContactSelection.AllOf(new ContactQuery { Search = "nobody" }), new BulkAssign(house.Admin.UserId));

        Assert.Equal((BulkState.Finished, 0, 0), (run.StateAt(house.Now), run.Total, run.Changed));
    }

    [Fact]
    public async Task A_run_that_is_stopped_while_its_contacts_are_found_changes_nobody()
    {
        await using var house = await TestHouse.OpenAsync(Database.Sqlite);
        await AddAsync(house, 2);
        var all = ContactSelection.AllOf(new ContactQuery());

        var run = await Edits(house).PrepareAsync(house.Member, all, new BulkAssign(house.Admin.UserId), CancellationToken.None);
        await Edits(house).StopAsync(house.Member, run.Id);
        await Runner(house).ApplyAsync(house.Member, run.Id, all);

        run = (await Edits(house).FindAsync(house.Member, run.Id))!;
        Assert.Equal((BulkState.Stopped, 0), (run.StateAt(house.Now), run.Changed));
        Assert.All(await house.ContactsAsync(), c => Assert.Null(c.OwnerId));
    }

    [Fact]
    public async Task Deleting_many_asks_the_database_no_more_often_than_deleting_one()
    {
        await using var house = await TestHouse.OpenAsync(Database.Sqlite);
        var ids = await AddAsync(house, 31);

        async Task<int> AskedAsync(IReadOnlyCollection<long> some)
        {
            using var queries = new SqlRecord(house.Get<ILoggerFactory>());
            await Edits(house).RunAsync(house.Admin, ContactSelection.Of(some), new BulkDelete());
            return queries.Sent.Count;
        }

        var one = await AskedAsync([ids[0]]);
        Assert.Equal(one, await AskedAsync(ids[1..]));
        Assert.All(await house.ContactsAsync(), c => Assert.False(c.IsListed));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Those_merged_into_a_contact_go_to_the_bin_and_come_back_with_it(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var ids = await AddAsync(house, 3);
        await house.Get<MergeDesk>().MergeAsync(house.Admin, ids[2], [ids[0]], null, ByHand);

        var run = await Edits(house).RunAsync(house.Admin, ContactSelection.Of([ids[2], ids[0], ids[1]]), new BulkDelete());

        Assert.Equal(2, run.Changed);
        Assert.All(await house.ContactsAsync(), c => Assert.Equal(house.Now, c.DeletedAt));
        Assert.Empty(await house.ReadAsync(db => db.Identities.ToListAsync()));
        Assert.Empty((await house.Book.ListAsync(house.Member, new ContactQuery { Search = "guest" })).Items);
        Assert.Equal([0, 1, 1], await DeletionsAsync(house, ids)); // one that was merged has no entry of its own
        Assert.Equal((2, 0), await UndoneAsync(house, run));
        Assert.Equal(3, await house.ReadAsync(db => db.Identities.CountAsync()));
        Assert.Equal([ids[1], ids[2]], (await house.Book.ListAsync(house.Member, new ContactQuery { Search = "guest" })).Items.Select(c => c.Id).Order());
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_system_field_that_nobody_is_alike_by_is_set_and_found_and_given_back(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var ids = await AddAsync(house, 3);
        await house.Book.EditAsync(house.Member, ids[0], new ContactEdit().Set("city", "London"), ByHand);
        Task<ContactCount> InParisAsync() => house.Book.CountAsync(house.Member, new ContactQuery { Filter = ContactFilter.All(new FilterCondition("city", FilterOperator.Is, "Paris")) });

        var run = await Edits(house).RunAsync(house.Member, ContactSelection.Of(ids), new BulkWrite("city", "Paris"));

        Assert.Equal(3, (await InParisAsync()).Number);
        Assert.Equal([new FieldChange("city", "London", "Paris")], (await house.EntriesAsync(ids[0]))[^1].Changes);
        Assert.Equal((3, 0), await UndoneAsync(house, run));
        Assert.Equal(0, (await InParisAsync()).Number);
        Assert.Equal(["London", null, null], (await house.ContactsAsync()).Select(c => c.City));
    }

    [Fact]
    public async Task An_undo_that_is_stopped_leaves_the_rest_and_goes_on_when_it_is_begun_again()
    {
        await using var house = await TestHouse.OpenAsync(Database.Sqlite);
        var ids = await AddAsync(house, 2);
        var run = await Edits(house).RunAsync(house.Member, ContactSelection.Of(ids), new BulkAssign(house.Admin.UserId));
        await ArrangeAsync(house, run, r => r.StartUndo(house.Now));
        Assert.Equal(BulkState.Undoing, await StateAsync(house, run));

        await Edits(house).StopAsync(house.Member, run.Id);
        await Runner(house).TakeBackAsync(house.Member, run.Id);
        Assert.Equal(BulkState.Finished, await StateAsync(house, run)); // nothing was taken back yet
        Assert.All(await house.ContactsAsync(), c => Assert.Equal(house.Admin.UserId, c.OwnerId));

        // As after the first chunk.
        await ArrangeAsync(house, run, r => r.StartUndo(house.Now));
        await ArrangeAsync(house, run, r => r.CountBack(1, 0, house.Now));
        await Edits(house).StopAsync(house.Member, run.Id);
        Assert.Equal(BulkState.UndoStopped, await StateAsync(house, run));

        run = await Edits(house).RunUndoAsync(house.Member, run.Id);
        Assert.Equal(BulkState.Undone, run.StateAt(house.Now));
        Assert.All(await house.ContactsAsync(), c => Assert.Null(c.OwnerId));
    }

    private static BulkEdits Edits(TestHouse house) => house.Get<BulkEdits>();

    private static BulkRunner Runner(TestHouse house) => new(house.Gate, house.Get<ContactFinder>(), house.Clock, house.Get<ILogger<BulkEdits>>());

    private static async Task<BulkState> StateAsync(TestHouse house, BulkRun run) => (await Edits(house).FindAsync(house.Member, run.Id))!.StateAt(house.Now);

    private static async Task<(int Restored, int Stayed)> UndoneAsync(TestHouse house, BulkRun run)
    {
        var undone = await Edits(house).RunUndoAsync(house.Admin, run.Id);
        return (undone.Restored, undone.Stayed);
    }

    // How many are changed in each turn at the gate: time passes between two of them, when what one changed is told, and in none.
    internal static async Task<List<int>> TurnsAsync(TestHouse house, Func<Task> work)
    {
        house.Clock.Advance(TimeSpan.FromSeconds(1));
        var since = house.Now;
        using (house.Get<ChangeFeed>().Listen(house.Account.Id, _ => house.Clock.Advance(TimeSpan.FromMilliseconds(1)))) await work();
        return await house.ReadAsync(db => db.Entries.Where(e => e.CreatedAt >= since).GroupBy(e => e.CreatedAt).Select(g => g.Count()).ToListAsync());
    }

    private static async Task<List<int>> DeletionsAsync(TestHouse house, List<long> ids)
    {
        var counts = new List<int>();
        foreach (var id in ids) counts.Add((await house.EntriesAsync(id)).Count(e => e.Kind == ActivityKind.Deleted));
        return counts;
    }

    private static Task<bool> ArrangeAsync(TestHouse house, BulkRun run, Action<BulkRun> change) => house.Gate.RunAsync(house.Account.Id, async db =>
    {
        change(await db.BulkRuns.SingleAsync(r => r.Id == run.Id));
        return true;
    });

    private static async Task<List<long>> AddAsync(TestHouse house, int count)
    {
        var ids = new List<long>();
        for (var n = 0; n < count; n++) ids.Add((await house.Book.AddAsync(house.Member, new ContactEdit().SetName($"Guest {n}").Set("email", $"guest{n}@example.com"), ByHand)).Id);
        return ids;
    }
}
