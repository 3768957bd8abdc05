using System.Text.RegularExpressions;
using Contacts.Core.Accounts;
using Contacts.Core.Activity;
using Contacts.Core.People;
using Contacts.Core.People.Views;
using Contacts.Core.Statuses;
using Contacts.Tests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Contacts.Tests.Stories;

/// <summary>A filter is made, kept as a view and shared, in a real browser.</summary>
public sealed class ViewStoryTests
{
    private static readonly BrowserNewContextOptions Desktop = new() { TimezoneId = "Europe/Berlin", ViewportSize = new() { Width = 1280, Height = 800 } };

    [Fact]
    public async Task A_filter_becomes_a_view_that_a_colleague_opens_and_a_stale_link_still_shows_the_list()
    {
        await using var app = await WebApp.StartAsync();
        var qualified = (await app.Get<StatusList>().ListAsync(app.Acme.Owner))[0].Id;
        foreach (var name in new[] { "Ada Lovelace", "Grace Hopper", "Zoë Müller" })
        {
            var contact = await app.Get<ContactBook>().AddAsync(app.Acme.Owner, new ContactEdit().SetName(name), new Source(SourceKind.User, "Iris Ritter"));
            if (name != "Zoë Müller") await app.Get<ContactBook>().MoveToAsync(app.Acme.Owner, contact.Id, qualified, new Source(SourceKind.User, "Iris Ritter"));
        }
        await using var owner = await app.NewPageAsync(Role.Owner, Desktop);
        var page = owner.Page;
        await owner.GoAsync("/contacts");
        await Expect(Rows(page)).ToHaveCountAsync(3);

        // By keyboard alone: the field by a part of its name, the choice by the arrow.
        await Button(page, "Filter").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Searchbox, new() { Name = "Find a field" })).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("stat");
        await page.Keyboard.PressAsync("Enter");
        await page.GetByRole(AriaRole.Checkbox, new() { Name = "Qualified", Exact = true }).CheckAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Status is Qualified", Exact = true })).ToBeVisibleAsync();
        await Expect(Rows(page)).ToHaveCountAsync(2);
        await page.GetByRole(AriaRole.Columnheader, new() { Name = "Name" }).GetByRole(AriaRole.Link).ClickAsync();
        await Expect(Rows(page).First).ToHaveTextAsync("Ada Lovelace");

        await Button(page, "Save view").ClickAsync();
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("Qualified leads");
        await page.GetByLabel("Share with everybody").CheckAsync();
        await page.GetByRole(AriaRole.Dialog, new() { Name = "Save view" }).GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex(@"/contacts\?saved=VIEW-\w+$"));
        var address = page.Url;

        // Somebody changes a row: it stays, greyed, until the list is read anew.
        var ada = (await app.Get<ContactBook>().ListAsync(app.Acme.Owner, new ContactQuery { Search = "ada" })).Items[0].Id;
        await app.Get<ContactBook>().MoveToAsync(app.Acme.Owner, ada, null, new Source(SourceKind.User, "Iris Ritter"));
        await Expect(page.GetByText("1 contact matches no more.")).ToBeVisibleAsync();
        await Expect(Rows(page)).ToHaveCountAsync(2);
        await Button(page, "Reload").ClickAsync();
        await Expect(Rows(page)).ToHaveCountAsync(1);

        // A column is widened by keys, and the view says that it is not saved.
        var width = page.GetByRole(AriaRole.Separator, new() { Name = "Width of Email" });
        await width.FocusAsync();
        await page.Keyboard.PressAsync("ArrowRight");
        await Expect(page).ToHaveURLAsync(new Regex("columns=name%2Cemail%3A"));
        await page.GetByRole(AriaRole.Link, new() { Name = "Discard" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(address);

        await using var member = await app.NewPageAsync(Role.Member, Desktop);
        await member.GoAsync(new Uri(address).PathAndQuery);
        await Expect(member.Page.GetByRole(AriaRole.Button, new() { Name = "Status is Qualified", Exact = true })).ToBeVisibleAsync();
        await Expect(Rows(member.Page)).ToHaveCountAsync(1);
        await member.GoAsync("/contacts?filter=all~status.is.STS-0000000000");
        await Expect(member.Page.GetByText("has no value that can be used, so nobody matches it.")).ToBeVisibleAsync();
        await Expect(member.Page.GetByRole(AriaRole.Button, new() { Name = "Status is (nothing)", Exact = true })).ToBeVisibleAsync();
        await Expect(Rows(member.Page)).ToHaveCountAsync(0);
        await member.GoAsync("/contacts?filter=all~shoe_size.gt.40&after=nonsense");
        await Expect(member.Page.GetByText("There is no field 'shoe_size'")).ToBeVisibleAsync();
        await Expect(Rows(member.Page)).ToHaveCountAsync(3);
        await Button(member.Page, "Dismiss").ClickAsync();
        await Expect(member.Page.GetByText("There is no field 'shoe_size'")).ToBeHiddenAsync();
        await member.GoAsync($"/contacts?filter=all~{string.Join('~', Enumerable.Range(0, 1000).Select(n => $"city.has.{n}"))}");
        await Expect(member.Page.GetByText("A filter has at most 50 conditions; those after are left out.")).ToBeVisibleAsync();
        Assert.Empty(owner.Complaints.Concat(member.Complaints));
    }

    [Fact]
    public async Task A_width_goes_into_the_address_whatever_is_searched_for()
    {
        await using var app = await WebApp.StartAsync();
        await app.Get<ContactBook>().AddAsync(app.Acme.Owner, new ContactEdit().SetName("COLUMNS of Rome"), new Source(SourceKind.User, "Iris Ritter"));
        await using var owner = await app.NewPageAsync(Role.Owner, Desktop);
        await owner.GoAsync("/contacts?q=COLUMNS");
        await owner.Page.Locator("table[data-movable]").WaitForAsync();

        await owner.Page.GetByRole(AriaRole.Separator, new() { Name = "Width of Email" }).PressAsync("ArrowRight");

        await Expect(owner.Page).ToHaveURLAsync(new Regex(@"/contacts\?q=COLUMNS&columns=name%2Cemail%3A\d+%2C"));
        Assert.Empty(owner.Complaints);
    }

    [Fact]
    public async Task What_becomes_of_saved_views_shows_at_once_on_a_page_that_began_with_some()
    {
        await using var app = await WebApp.StartAsync();
        await app.Get<SavedViews>().CreateAsync(app.Acme.Owner, "Everybody in Rome", isShared: true, new ViewSettings { Filter = "all~city.is.Rome" });
        await using var owner = await app.NewPageAsync(Role.Owner, Desktop);
        var page = owner.Page;
        var tabs = page.GetByRole(AriaRole.Navigation, new() { Name = "Saved views" });
        await owner.GoAsync("/contacts?filter=all~city.is.Paris");

        await Button(page, "Save view").ClickAsync();
        var name = page.GetByLabel("Name", new() { Exact = true });
        await Expect(name).ToBeFocusedAsync();
        await name.FillAsync("Everybody in Paris");
        await page.Keyboard.PressAsync("Enter");
        await Expect(tabs.GetByRole(AriaRole.Link, new() { Name = "Everybody in Paris" })).ToHaveAttributeAsync("aria-current", "true");
        await Expect(page.GetByText("This view was deleted")).ToHaveCountAsync(0);

        // On a phone the tabs scroll by themselves, and the page is no wider for them.
        for (var n = 0; n < 4; n++) await app.Get<SavedViews>().CreateAsync(app.Acme.Owner, $"Somewhere else altogether {n}", isShared: true, ViewSettings.Plain);
        await Expect(tabs.GetByRole(AriaRole.Link)).ToHaveCountAsync(7);
        await page.SetViewportSizeAsync(390, 800);
        Assert.Equal(390, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        await tabs.GetByRole(AriaRole.Link, new() { Name = "Somewhere else altogether 3" }).ClickAsync();
        await Expect(tabs.GetByRole(AriaRole.Button, new() { Name = "More about the view Somewhere else altogether 3" })).ToBeInViewportAsync();
        Assert.Empty(owner.Complaints);
    }

    [Fact]
    public async Task Headings_are_dragged_to_another_place_and_keep_their_widths()
    {
        await using var app = await WebApp.StartAsync();
        await app.Get<ContactBook>().AddAsync(app.Acme.Owner, new ContactEdit().SetName("Ada Lovelace"), new Source(SourceKind.User, "Iris Ritter"));
        await using var owner = await app.NewPageAsync(Role.Owner, Desktop);
        var page = owner.Page;
        await owner.GoAsync("/contacts?columns=name,email:200,status,owner");
        await page.Locator("table[data-movable]").WaitForAsync();

        await DragAsync("email", "owner", 0.9f);
        await Expect(page).ToHaveURLAsync(new Regex("columns=name%2Cstatus%2Cowner%2Cemail%3A200$"));
        await Expect(page.Locator("th[data-column]")).ToHaveTextAsync([new Regex("Name"), new Regex("Status"), new Regex("Contact owner"), new Regex("Email")]);
        await DragAsync("owner", "name", 0.1f); // the name stays first
        await DragAsync("owner", "status", 0.2f);
        await Expect(page).ToHaveURLAsync(new Regex("columns=name%2Cowner%2Cstatus%2Cemail%3A200$"));
        await Expect(page.Locator("[data-held], [data-drop], [data-carrying]")).ToHaveCountAsync(0);
        // A click is still a click.
        await page.GetByRole(AriaRole.Columnheader, new() { Name = "Email" }).GetByRole(AriaRole.Link).ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("sort=email"));
        Assert.Empty(owner.Complaints);

        async Task DragAsync(string column, string to, float part)
        {
            var (from, over) = (await page.Locator($"th[data-column={column}] .sort").BoundingBoxAsync(), await page.Locator($"th[data-column={to}]").BoundingBoxAsync());
            await page.Mouse.MoveAsync(from!.X + 10, from.Y + 8);
            await page.Mouse.DownAsync();
            await page.Mouse.MoveAsync(over!.X + over.Width * part, over.Y + 20, new() { Steps = 5 });
            await page.Mouse.UpAsync();
        }
    }

    private static ILocator Rows(IPage page) => page.Locator("#contact-rows a[data-peek]");

    private static ILocator Button(IPage page, string name) => page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });
}
