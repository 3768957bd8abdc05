using Bunit;
using Contacts.Core.Accounts;
using Contacts.Core.People;
using Contacts.Core.People.Bulk;
using Contacts.Tests.Support;
using Contacts.Web.People;

namespace Contacts.Tests.People.Bulk;

public sealed class RecentRunsDialogTests : UiTest
{
    [Fact]
    public async Task A_change_of_days_ago_is_found_in_the_menu_of_the_list_and_undone()
    {
        var ada = await AddAsync("Ada Lovelace", "ada@example.com");
        await RunAsync(House.Member, ada, new BulkMove(Choices.Statuses[0].Id));
        House.Clock.Advance(TimeSpan.FromDays(10));

        await OpenAsync(House.Owner);
        Assert.Equal("Status to Qualified", DialogHost.Find(".bulk-runs b").TextContent);
        Assert.Equal("for 1 contact", DialogHost.Find(".bulk-runs [role=status]").TextContent);
        Assert.Equal("Mei Chou, 23 Nov", DialogHost.Find(".bulk-runs small").TextContent);
        await DialogHost.ClickAsync(".bulk-runs .btn");
        while ((await House.Get<BulkEdits>().ListAsync(House.Member))[0].UndoneAt is null) await Task.Yield();
        House.Clock.Advance(TimeSpan.FromSeconds(1));

        await DialogHost.WaitForAssertionAsync(() => Assert.Equal("undone for 1 contact", DialogHost.Find(".bulk-runs [role=status]").TextContent));
        Assert.Null((await House.Book.FindAsync(House.Owner, ada.Id))!.StatusId);
    }

    [Fact]
    public async Task The_last_ten_are_listed_newest_first_and_a_member_sees_those_of_his_own()
    {
        var ada = await AddAsync("Ada Lovelace", "ada@example.com");
        for (var n = 0; n < 11; n++)
        {
            await RunAsync(n % 2 == 0 ? House.Member : House.Owner, ada, new BulkWrite("city", $"City {n}"));
            House.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        var edits = House.Get<BulkEdits>();
        Assert.Equal(Enumerable.Range(1, 10).Reverse().Select(n => ($"City to City {n}", n % 2 == 0 ? "Mei Chou" : "Iris Ritter")), (await edits.RecentAsync(House.Owner)).Select(r => (r.Run.Title, r.By!)));
        Assert.All(await edits.RecentAsync(House.Member), r => Assert.Equal(House.Member.UserId, r.Run.StartedById));
        House.Clock.Advance(BulkRun.Kept);
        Assert.Empty(await edits.RecentAsync(House.Owner)); // can be undone no more
    }

    [Fact]
    public async Task Where_nobody_changed_many_the_dialog_says_how_that_is_done()
    {
        await OpenAsync(House.Member);

        Assert.Contains("Nobody has changed many contacts at once lately.", DialogHost.Markup, StringComparison.Ordinal);
    }

    private Task<BulkRun> RunAsync(Caller caller, Contact contact, BulkChange change) => House.Get<BulkEdits>().RunAsync(caller, ContactSelection.Of([contact.Id]), change);

    private async Task OpenAsync(Caller caller)
    {
        var more = Render<ListMore>(p => p.Add(m => m.Caller, caller));
        await more.PressAsync("Recent bulk changes…", "[role=menuitem]");
        await DialogHost.WaitForElementAsync(".bulk-runs");
    }
}
