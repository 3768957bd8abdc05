using Bunit;
using Contacts.Core.Accounts;
using Contacts.Core.People;
using Contacts.Core.People.Bulk;
using Contacts.Tests.Support;
using Contacts.Web.People.Bulk;
using Microsoft.EntityFrameworkCore;

namespace Contacts.Tests.People.Bulk;

public sealed class BulkFootTests : UiTest
{
    [Fact]
    public async Task A_run_that_ended_a_moment_ago_is_shown_to_its_user_and_can_be_undone()
    {
        var ada = await AddAsync("Ada Lovelace", "ada@example.com");
        await RunAsync(ada.Id);
        House.Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Empty(Show(House.Admin).FindAll(".bulk-progress"));

        var foot = Show(House.Owner);
        Assert.Equal("for 1 contact", foot.Find(".bulk-words [role=status]").TextContent);
        await Button(foot, "Undo").ClickAsync(new());
        while ((await House.Get<BulkEdits>().ListAsync(House.Owner))[0].UndoneAt is null) await Task.Yield();
        House.Clock.Advance(TimeSpan.FromSeconds(1));

        await foot.WaitForAssertionAsync(() => Assert.Equal("undone for 1 contact", foot.Find(".bulk-words [role=status]").TextContent));
        Assert.Null((await House.Book.FindAsync(House.Owner, ada.Id))!.StatusId);
    }

    [Fact]
    public async Task A_run_of_long_ago_is_shown_no_more_and_one_that_was_closed_goes()
    {
        var ada = await AddAsync("Ada Lovelace", "ada@example.com");
        await RunAsync(ada.Id);

        var foot = Show(House.Owner);
        await foot.ClickAsync("[aria-label=Close]");
        Assert.Empty(foot.FindAll(".bulk-progress"));

        House.Clock.Advance(TimeSpan.FromMinutes(11));
        Assert.Empty(Show(House.Owner).FindAll(".bulk-progress"));
    }

    [Fact]
    public async Task A_run_that_moves_shows_how_far_it_is_and_can_be_stopped()
    {
        // As another process left it a moment ago.
        var id = await House.Gate.RunAsync(House.Account.Id, async db =>
        {
            var run = db.BulkRuns.Add(new BulkRun(House.Owner, await BulkWork.OfAsync(db, House.Owner, new BulkMove(null), House.Clock), 12_000, House.Now)).Entity;
            run.Count(4_000, 4_000, House.Now);
            await db.SaveChangesAsync();
            return run.Id;
        });
        var foot = Show(House.Owner);
        Assert.Equal("4,000 of 12,000", foot.FindAll(".bulk-words > span")[0].TextContent);
        Assert.Equal(("12000", "4000"), (foot.Find("progress").GetAttribute("max"), foot.Find("progress").GetAttribute("value")));
        Assert.Empty(foot.FindAll("[aria-label=Close]"));

        await Button(foot, "Stop").ClickAsync(new());
        Assert.NotNull((await House.Get<BulkEdits>().FindAsync(House.Owner, id))!.StoppedAt);
        Assert.Equal("stopping…", foot.FindAll(".bulk-words > span")[0].TextContent);

        House.Clock.Advance(TimeSpan.FromMinutes(2));
        await foot.WaitForAssertionAsync(() => Assert.Equal("broke off after 4,000 contacts", foot.Find(".bulk-words [role=status]").TextContent));
    }

    [Fact]
    public async Task An_undo_that_moves_can_be_stopped_and_begun_again()
    {
        var ada = await AddAsync("Ada Lovelace", "ada@example.com");
        var run = await RunAsync(ada.Id);
        await ArrangeAsync(run.Id, r => r.StartUndo(House.Now)); // as another process began it a moment ago
        var foot = Show(House.Owner);
        Assert.Equal("taking back, 0 of 1", foot.FindAll(".bulk-words > span")[0].TextContent);

        await Button(foot, "Stop").ClickAsync(new());

        Assert.Equal("for 1 contact", foot.Find(".bulk-words [role=status]").TextContent);
        Assert.NotNull(Button(foot, "Undo"));
    }

    [Fact]
    public async Task A_run_whose_contacts_are_being_found_says_so_and_can_be_stopped()
    {
        var run = await House.Get<BulkEdits>().PrepareAsync(House.Owner, ContactSelection.AllOf(new ContactQuery()), new BulkMove(null), CancellationToken.None);
        var foot = Show(House.Owner);
        Assert.Equal("finding the contacts…", foot.FindAll(".bulk-words > span")[0].TextContent);
        Assert.False(foot.Find("progress").HasAttribute("value"));
        await ArrangeAsync(run.Id, r => r.Find(20_000, House.Now));
        House.Clock.Advance(TimeSpan.FromSeconds(1));
        await foot.WaitForAssertionAsync(() => Assert.Equal("finding the contacts, 20,000 so far", foot.FindAll(".bulk-words > span")[0].TextContent));

        await Button(foot, "Stop").ClickAsync(new());

        Assert.Equal("stopping…", foot.FindAll(".bulk-words > span")[0].TextContent);
    }

    private Task<bool> ArrangeAsync(long id, Action<BulkRun> change) => House.Gate.RunAsync(House.Account.Id, async db =>
    {
        change(await db.BulkRuns.SingleAsync(r => r.Id == id));
        return true;
    });

    private Task<BulkRun> RunAsync(long contact) => House.Get<BulkEdits>().RunAsync(House.Owner, ContactSelection.Of([contact]), new BulkMove(Choices.Statuses[0].Id));

    private IRenderedComponent<BulkFoot> Show(Caller caller) => Render<BulkFoot>(p => p
        .Add(f => f.Caller, caller).Add(f => f.Choices, Choices).Add(f => f.Selection, new ListSelection()).Add(f => f.Query, new ContactQuery()).Add(f => f.Count, new ContactCount(1, true)));

    private static AngleSharp.Dom.IElement Button(IRenderedComponent<BulkFoot> foot, string name) => foot.FindAll("button").Single(b => b.TextContent == name);
}
