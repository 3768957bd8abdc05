using Bunit;
using Contacts.Core;
using Contacts.Core.Activity;
using Contacts.Core.People;
using Contacts.Core.People.Views;
using Contacts.Tests.Support;
using Contacts.Web.People;
using Contacts.Web.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace Contacts.Tests.People.Views;

public sealed class ViewsOnThePageTests : UiTest
{
    [Fact]
    public async Task What_is_shown_is_saved_as_a_view_that_is_open_then()
    {
        await AddAsync("Ada Lovelace", "ada@example.com");
        var page = Open("/contacts?filter=all~name.has.ada&sort=name&density=compact");

        var saving = Button(page, "Save view").ClickAsync(new());
        await DialogHost.WaitForElementAsync("#view-form");
        await DialogHost.InputAsync("input[type=text]", "Adas");
        await DialogHost.SubmitAsync("#view-form");
        await saving;

        var view = Assert.Single(await Views.ListAsync(House.Owner));
        Assert.Equal(("Adas", new ViewSettings { Filter = "all~name.has.ada", Sort = "name", IsCompact = true }), (view.Name, view.Settings));
        Assert.EndsWith($"/contacts?saved={view.PublicId}&filter=all~name.has.ada&sort=name&density=compact", Nav.Uri, StringComparison.Ordinal);
        Assert.Equal("Adas", page.Find(".view-tab.open a").TextContent);
        Assert.Empty(page.FindAll(".view-changes"));
    }

    [Fact]
    public async Task Unsaved_changes_are_marked_and_saved_or_dropped()
    {
        await AddAsync("Ada Lovelace", "ada@example.com");
        var id = await Views.CreateAsync(House.Owner, "By name", false, new ViewSettings { Sort = "name" });
        var saved = (await Views.ListAsync(House.Owner))[0].PublicId;
        var page = Open($"/contacts?saved={saved}&density=compact");

        Assert.Contains("unsaved changes", page.Find(".view-tab.open a").TextContent, StringComparison.Ordinal);
        Assert.Equal($"/contacts?saved={saved}&sort=name", page.FindAll(".view-changes a").Single().GetAttribute("href"));
        await page.ClickAsync("[aria-label='Save By name']");

        await page.WaitForAssertionAsync(() => Assert.Empty(page.FindAll(".view-changes")));
        Assert.Equal(new ViewSettings { Sort = "name", IsCompact = true }, (await Views.ListAsync(House.Owner)).Single(v => v.Id == id).Settings);
    }

    [Fact]
    public async Task The_list_opens_with_the_view_somebody_chose()
    {
        await AddAsync("Ada Lovelace", "ada@example.com");
        await AddAsync("Grace Hopper", "grace@example.com");
        var id = await Views.CreateAsync(House.Owner, "Adas", false, new ViewSettings { Search = "ada" });
        var page = Open($"/contacts?saved={(await Views.ListAsync(House.Owner))[0].PublicId}");

        await MenuItem(page, "Open with this view").ClickAsync(new());
        Assert.Equal(id, (await Views.ListAsync(House.Owner)).Single(v => v.IsDefault).Id);

        var fresh = Open("/contacts");
        Assert.Equal(["Ada Lovelace"], fresh.FindAll("tbody a").Select(a => a.TextContent));
        Assert.Equal("/contacts?saved=all", fresh.Find(".view-tabs a").GetAttribute("href"));
    }

    [Fact]
    public async Task A_view_that_a_colleague_shares_or_names_anew_shows_at_once()
    {
        await AddAsync("Ada Lovelace", "ada@example.com");
        var page = Open("/contacts");
        Assert.Empty(page.FindAll(".view-tab"));

        var id = await Views.CreateAsync(House.Admin, "Ours", true, ViewSettings.Plain);
        await page.WaitForAssertionAsync(() => Assert.StartsWith("Ours", page.Find(".view-tab a").TextContent, StringComparison.Ordinal));

        var another = Open("/contacts");
        await Views.EditAsync(House.Admin, id, "Everybody's", true);
        await another.WaitForAssertionAsync(() => Assert.StartsWith("Everybody's", another.Find(".view-tab a").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_a_colleague_saves_into_a_view_shows_at_once_and_what_one_changed_oneself_stays()
    {
        await AddAsync("Ada Lovelace", "ada@example.com");
        await AddAsync("Grace Hopper", "grace@example.com");
        var id = await Views.CreateAsync(House.Admin, "Ours", true, new ViewSettings { Search = "ada" });
        var page = Open($"/contacts?saved={PublicId.Format(PublicId.View, id)}&density=compact");
        Assert.Equal(["Ada Lovelace"], Names(page));

        await Views.SaveAsync(House.Admin, id, new ViewSettings { Search = "grace" });

        await page.WaitForAssertionAsync(() => Assert.Equal(["Grace Hopper"], Names(page)));
        Assert.NotEmpty(page.FindAll("table.compact"));
        Assert.Contains("unsaved changes", page.Find(".view-tab.open a").TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_a_view_showed_stays_when_a_colleague_deletes_it_or_keeps_it_to_themselves(bool deletes)
    {
        await AddAsync("Ada Lovelace", "ada@example.com");
        await AddAsync("Grace Hopper", "grace@example.com");
        var id = await Views.CreateAsync(House.Admin, "Ours", true, new ViewSettings { Search = "ada", Sort = "name" });
        var page = Open($"/contacts?saved={PublicId.Format(PublicId.View, id)}&density=compact");

        await (deletes ? Views.DeleteAsync(House.Admin, id) : Views.EditAsync(House.Admin, id, "Mine", false));

        await page.WaitForAssertionAsync(() => Assert.EndsWith("/contacts?q=ada&sort=name&density=compact", Nav.Uri, StringComparison.Ordinal));
        Assert.Equal(["Ada Lovelace"], Names(page));
        Assert.Empty(page.FindAll(".view-tab, .list-notices"));
        Assert.Contains("“Ours” was deleted or is shared no more", Services.GetRequiredService<MudBlazor.ISnackbar>().ShownSnackbars.Single().Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_deletes_a_view_goes_to_all_contacts()
    {
        await AddAsync("Ada Lovelace", "ada@example.com");
        var id = await Views.CreateAsync(House.Owner, "Mine", false, new ViewSettings { Search = "ada" });
        var page = Open($"/contacts?saved={PublicId.Format(PublicId.View, id)}");

        var deleting = MenuItem(page, "Delete…").ClickAsync(new());
        await DialogHost.WaitForElementAsync(".mud-dialog");
        await DialogHost.PressAsync("Delete view");
        await deleting;

        await page.WaitForAssertionAsync(() => Assert.EndsWith("/contacts", Nav.Uri, StringComparison.Ordinal));
        Assert.Empty(Services.GetRequiredService<MudBlazor.ISnackbar>().ShownSnackbars);
    }

    [Fact]
    public async Task Somebody_who_may_not_change_a_shared_view_saves_a_copy()
    {
        await AddAsync("Ada Lovelace", "ada@example.com");
        await Views.CreateAsync(House.Owner, "Ours", true, ViewSettings.Plain);
        var view = (await Views.ListAsync(House.Member))[0] with { MayChange = false };

        var changes = Render<Contacts.Web.People.Lists.ViewChanges>(p => p.Add(c => c.State, ListState.Of(view, false) with { Sort = "name" }));

        Assert.Equal(["Discard", "Save as new"], changes.FindAll(".btn").Select(b => b.TextContent));
    }

    [Fact]
    public async Task A_row_that_matches_no_more_stays_until_the_list_is_read_anew()
    {
        var ada = await AddAsync("Ada Lovelace", "ada@example.com");
        await AddAsync("Ada Byron", "byron@example.com");
        await AddAsync("Ada Yonath", "yonath@example.com");
        var page = Open("/contacts?q=ada");

        await House.Book.EditAsync(House.Owner, ada.Id, new ContactEdit().SetName("Augusta King").Set("email", "king@example.com"), new(SourceKind.User, "Iris Ritter"));

        await page.WaitForAssertionAsync(() => Assert.Equal("1 contact matches no more. Reload", page.Find(".rows-left").TextContent.Trim()));
        Assert.Equal(["Ada Yonath", "Ada Byron", "Augusta King"], page.FindAll("tbody a").Select(a => a.TextContent));
        Assert.Contains("left", page.FindAll("tbody tr")[2].ClassList);
        await page.WaitForAssertionAsync(() => Assert.Equal("2", page.Find(".people-head .count").TextContent));

        await page.ClickAsync(".rows-left button");
        await page.WaitForAssertionAsync(() => Assert.Equal(["Ada Yonath", "Ada Byron"], page.FindAll("tbody a").Select(a => a.TextContent)));
    }

    [Fact]
    public async Task A_link_that_makes_no_sense_any_more_says_so_and_shows_the_list()
    {
        await AddAsync("Ada Lovelace", "ada@example.com");

        var page = Open("/contacts?filter=all~shoe_size.gt.40&after=nonsense");

        Assert.Equal(["There is no field 'shoe_size', so its condition is left out.", "The page of the list that this address names is not known, so the list is shown from its start."],
            page.FindAll(".list-notices li").Select(n => n.TextContent));
        Assert.Single(page.FindAll("tbody tr"));
        await page.ClickAsync("[aria-label=Dismiss]");
        Assert.Empty(page.FindAll(".list-notices"));
    }

    [Fact]
    public async Task More_than_the_cap_is_counted_to_the_end_when_it_is_asked_for()
    {
        var asked = 0;
        var head = Render<ListHead>(p => p.Add(h => h.Caller, House.Owner).Add(h => h.Count, new ContactCount(10_000, false)).Add(h => h.CountExactly, () => asked++));

        var button = head.Find("button.count");
        Assert.Equal(("10,000+", "More than 10,000 in all. Count exactly"), (button.TextContent, button.GetAttribute("aria-label")));
        await button.ClickAsync(new());
        head.Render(p => p.Add(h => h.Count, new ContactCount(12_480, true)));

        Assert.Equal(1, asked);
        Assert.Equal("12,480", head.Find("span.count").TextContent);
    }

    private SavedViews Views => House.Get<SavedViews>();

    private NavigationManager Nav => Services.GetRequiredService<NavigationManager>();

    private IRenderedComponent<ContactsPage> Open(string address)
    {
        Nav.NavigateTo(address);
        var page = Render<ContactsPage>();
        page.WaitForState(() => page.FindAll("tbody tr, .empty").Count > 0);
        return page;
    }

    private static IEnumerable<string> Names(IRenderedComponent<ContactsPage> page) => page.FindAll("tbody a").Select(a => a.TextContent);

    private static AngleSharp.Dom.IElement Button(IRenderedComponent<ContactsPage> page, string text) => page.FindAll("button").Single(b => b.TextContent == text);

    private static AngleSharp.Dom.IElement MenuItem(IRenderedComponent<ContactsPage> page, string text) => page.FindAll("[role=menuitem]").Single(b => b.TextContent.Trim() == text);
}
