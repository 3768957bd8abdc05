using Bunit;
using Contacts.Core.Accounts;
using Contacts.Core.Activity;
using Contacts.Core.Fields;
using Contacts.Core.Intake.Booking;
using Contacts.Core.People;
using Contacts.Core.People.Bulk;
using Contacts.Core.People.Lists;
using Contacts.Core.Statuses;
using Contacts.Tests.Support;
using Contacts.Web.People;
using Contacts.Web.People.Cells;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Contacts.Tests.People;

public sealed class ContactsPageTests : UiTest
{
    [Fact]
    public async Task Rows_stand_in_the_first_html_and_are_read_by_one_query()
    {
        await AddAsync("Ada Lovelace", "ada@example.com");
        await AddAsync("Grace Hopper", "grace@example.com");
        SetRendererInfo(new RendererInfo("Static", false));
        using var queries = new SqlRecord(House.Get<ILoggerFactory>());

        var page = Open();

        Assert.Equal(["Grace Hopper", "Ada Lovelace"], Names(page));
        Assert.Equal("2", page.Find(".count").TextContent);
        Assert.Single(queries.Sent, sql => sql.Contains("\"SortName\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_contact_that_comes_elsewhere_shows_at_once()
    {
        await AddAsync("Ada Lovelace", "ada@example.com");
        var page = Open();

        await AddAsync("Grace Hopper", "grace@example.com");

        await page.WaitForAssertionAsync(() => Assert.Equal(["Grace Hopper", "Ada Lovelace"], Names(page)));
    }

    [Fact]
    public async Task A_contact_that_is_deleted_elsewhere_goes_at_once()
    {
        var ada = await AddAsync("Ada Lovelace", "ada@example.com");
        await AddAsync("Grace Hopper", "grace@example.com");
        var page = Open();

        await House.Book.DeleteAsync(House.Owner, ada.Id);

        await page.WaitForAssertionAsync(() => Assert.Equal(["Grace Hopper"], Names(page)));
    }

    [Fact]
    public async Task What_is_searched_for_stays_when_somebody_new_comes()
    {
        await AddAsync("Ada Lovelace", "ada@example.com");
        await AddAsync("Grace Hopper", "grace@example.com");
        var page = Open("/contacts?q=ada");

        await AddAsync("Ada Byron", "byron@example.com");

        await page.WaitForAssertionAsync(() => Assert.Equal(["Ada Byron", "Ada Lovelace"], Names(page)));
    }

    [Fact]
    public async Task Times_move_on_each_minute_without_a_query()
    {
        await AddAsync("Ada Lovelace", "ada@example.com");
        var page = Open();
        using var queries = new SqlRecord(House.Get<ILoggerFactory>());

        House.Clock.Advance(TimeSpan.FromMinutes(2));

        await page.WaitForAssertionAsync(() => Assert.Equal("2 min ago", page.Find("tbody time").TextContent));
        Assert.Empty(queries.Sent);
    }

    [Fact]
    public async Task What_is_chosen_holds_in_another_order_and_not_in_another_list()
    {
        await AddAsync("Ada Lovelace", "ada@example.com");
        await AddAsync("Grace Hopper", "grace@example.com");
        var page = Open();

        await page.FindAll("[data-pick]")[0].ClickAsync(new());
        Assert.Equal("1 chosen", page.Find(".selection strong").TextContent);
        Services.GetRequiredService<NavigationManager>().NavigateTo("/contacts?sort=name");
        await page.WaitForAssertionAsync(() => Assert.Equal(["Ada Lovelace", "Grace Hopper"], Names(page)));
        Assert.Equal("Choose Grace Hopper", page.Find("[data-pick][checked]").GetAttribute("aria-label"));

        Services.GetRequiredService<NavigationManager>().NavigateTo("/contacts?q=grace");
        await page.WaitForAssertionAsync(() => Assert.Equal(["Grace Hopper"], Names(page)));
        Assert.Empty(page.FindAll(".selection"));
    }

    [Fact]
    public async Task News_waits_while_a_cell_is_edited_and_comes_once_it_is_left()
    {
        var ada = await AddAsync("Ada Lovelace", "ada@example.com");
        var page = Open();
        var cells = page.FindComponent<CellList>();
        await page.InvokeAsync(() => cells.Instance.Editing.EditAsync(ada.Id, "email"));

        await AddAsync("Grace Hopper", "grace@example.com");
        Assert.Equal(["Ada Lovelace"], Names(page));
        await page.Find(".edit").KeyDownAsync(new KeyboardEventArgs { Key = "Escape" });

        await page.WaitForAssertionAsync(() => Assert.Equal(["Grace Hopper", "Ada Lovelace"], Names(page)));
    }

    [Fact]
    public async Task An_empty_list_opens_the_booking_page()
    {
        var edit = new CalendarEdit { Name = "Intro call", Slug = "intro-call", HostId = House.Owner.UserId!.Value, TimeZone = "Europe/Berlin" };
        await House.Get<BookingCalendars>().CreateAsync(House.Owner, edit);

        var page = Open();

        Assert.Equal("/b/acme/intro-call", page.FindAll(".empty a").Single(a => a.TextContent == "Open your booking page").GetAttribute("href"));
    }

    [Fact]
    public async Task A_place_in_another_order_is_told_and_the_list_begins()
    {
        var ada = await AddAsync("Ada Lovelace", "ada@example.com");
        await AddAsync("Grace Hopper", "grace@example.com");
        var place = await House.Book.CursorAtAsync(House.Owner, ada.Id, ContactSort.LastActivity);

        var page = Open($"/contacts?sort=name&after={place}");

        Assert.Equal(["Ada Lovelace", "Grace Hopper"], Names(page));
        Assert.Equal(["The page of the list that this address names is not known, so the list is shown from its start."], page.FindAll(".list-notices li").Select(n => n.TextContent));
    }

    [Fact]
    public async Task Whoever_deletes_all_that_match_takes_it_back_where_nobody_is_left_to_show()
    {
        await AddAsync("Ada Lovelace", "ada@example.com");
        await AddAsync("Ada Byron", "byron@example.com");
        await AddAsync("Grace Hopper", "grace@example.com");
        var page = Open("/contacts?q=ada");

        await page.ChangeAsync("thead [type=checkbox]", true);
        var deleting = page.ClickAsync(".selection .danger");
        await DialogHost.WaitForAssertionAsync(() => Assert.Contains("Delete 2 contacts?", DialogHost.Markup, StringComparison.Ordinal));
        await DialogHost.PressAsync("Delete");
        await deleting;
        await RunAsync(run => run.FinishedAt is not null);
        await UntilAsync(() => page.FindAll(".empty").Count > 0 && page.FindAll(".bulk-progress .btn").Any(b => b.TextContent == "Undo"));
        Assert.Equal("for 2 contacts", page.Find(".bulk-words [role=status]").TextContent);

        await page.ClickAsync(".bulk-progress .btn");
        await RunAsync(run => run.UndoneAt is not null);
        await UntilAsync(() => page.FindAll("tbody tr").Count == 2 && page.Find(".bulk-words [role=status]").TextContent == "undone for 2 contacts");

        Assert.Equal(["Ada Byron", "Ada Lovelace"], Names(page).Order());
    }

    [Fact]
    public async Task The_board_shows_how_far_a_change_of_many_is()
    {
        var ada = await AddAsync("Ada Lovelace", "ada@example.com");
        await House.Get<BulkEdits>().RunAsync(House.Owner, ContactSelection.Of([ada.Id]), new BulkMove(Choices.Statuses[0].Id));

        Services.GetRequiredService<NavigationManager>().NavigateTo("/contacts?view=board");
        var page = Render<ContactsPage>();

        await page.WaitForAssertionAsync(() => Assert.Equal("for 1 contact", page.Find(".bulk-words [role=status]").TextContent));
    }

    [Fact]
    public async Task An_exact_count_stays_on_the_next_page_and_goes_when_somebody_comes()
    {
        await House.CrowdAsync(ContactBook.CountCap + 1);
        var page = Open();
        Assert.EndsWith("+", page.Find("button.count").TextContent, StringComparison.Ordinal);

        await page.ClickAsync("button.count");
        await page.WaitForAssertionAsync(() => Assert.Equal("10,001", page.Find("span.count").TextContent));
        var first = Names(page).First();
        Services.GetRequiredService<NavigationManager>().NavigateTo(page.FindAll(".pages a")[1].GetAttribute("href")!);
        await page.WaitForAssertionAsync(() => Assert.NotEqual(first, Names(page).First()));
        Assert.Equal("10,001", page.Find("span.count").TextContent);

        await AddAsync("Ada Lovelace", "ada@example.com");
        await page.WaitForAssertionAsync(() => Assert.EndsWith("+", page.Find("button.count").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task How_many_stand_where_is_never_told_of_another_filter()
    {
        await AddAsync("Ada Lovelace", "ada@example.com");
        await AddAsync("Grace Hopper", "grace@example.com");
        var page = Open();
        await page.WaitForAssertionAsync(() => Assert.Equal("No status2", page.FindAll(".status-count")[0].TextContent));

        await using (await House.WithoutAsync("Statuses"))
        {
            Services.GetRequiredService<NavigationManager>().NavigateTo("/contacts?q=grace");
            await page.WaitForAssertionAsync(() => Assert.Equal(["Grace Hopper"], Names(page)));
            Assert.Empty(page.FindAll(".status-count"));
        }
    }

    [Fact]
    public async Task A_status_that_is_made_elsewhere_is_counted_as_soon_as_anything_happens()
    {
        await AddAsync("Ada Lovelace", "ada@example.com");
        var page = Open();
        await House.Get<StatusList>().CreateAsync(House.Owner, new StatusEdit("Champion"));

        await AddAsync("Grace Hopper", "grace@example.com");

        await page.WaitForAssertionAsync(() => Assert.Contains("Champion0", page.FindAll(".status-count").Select(c => c.TextContent)));
    }

    private async Task RunAsync(Func<BulkRun, bool> isSo)
    {
        while (!isSo((await House.Get<BulkEdits>().ListAsync(House.Owner))[0])) await Task.Yield();
    }

    // What happened elsewhere is looked at again and again while time passes.
    private async Task UntilAsync(Func<bool> isSo)
    {
        for (var begun = TimeProvider.System.GetTimestamp(); !isSo();)
        {
            Assert.True(TimeProvider.System.GetElapsedTime(begun) < Patience.Limit);
            House.Clock.Advance(TimeSpan.FromMilliseconds(500));
            await Task.Yield();
        }
    }

    private IRenderedComponent<ContactsPage> Open(string address = "/contacts")
    {
        Services.GetRequiredService<NavigationManager>().NavigateTo(address);
        var page = Render<ContactsPage>();
        page.WaitForState(() => page.FindAll("tbody tr, .empty").Count > 0);
        return page;
    }

    private static IEnumerable<string> Names(IRenderedComponent<ContactsPage> page) => page.FindAll("tbody a").Select(a => a.TextContent);
}
