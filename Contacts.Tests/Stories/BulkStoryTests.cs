using System.Text.RegularExpressions;
using Contacts.Core.Accounts;
using Contacts.Core.Activity;
using Contacts.Core.People;
using Contacts.Tests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Contacts.Tests.Stories;

/// <summary>Many contacts are chosen and changed at once, and cells of the list are edited, in a real browser.</summary>
public sealed class BulkStoryTests
{
    private static readonly BrowserNewContextOptions Desktop = new() { TimezoneId = "Europe/Berlin", ViewportSize = new() { Width = 1440, Height = 900 } };

    [Fact]
    public async Task Two_of_a_filtered_list_are_chosen_given_a_status_and_given_back_what_they_had()
    {
        await using var app = await WebApp.StartAsync();
        foreach (var name in new[] { "Somebody Else", "Lovelace 3", "Lovelace 2", "Lovelace 1" }) await AddAsync(app, name);
        await using var user = await app.NewPageAsync(Role.Owner, Desktop);
        var page = user.Page;
        await GoAsync(user, "/contacts?q=lovelace");

        await Choose(page, "Lovelace 1").CheckAsync();
        await Choose(page, "Lovelace 2").CheckAsync();
        await Expect(page.GetByText("2 chosen")).ToBeVisibleAsync();
        await Expect(page.Locator(".peek")).ToHaveCountAsync(0); // choosing opens nobody
        await Button(page, "Set status").ClickAsync();
        await page.GetByRole(AriaRole.Menuitem, new() { Name = "Qualified", Exact = true }).ClickAsync();
        await Expect(page.GetByText("for 2 contacts")).ToBeVisibleAsync();
        await Expect(Cell(page, "Lovelace 2", "status")).ToHaveTextAsync("Qualified");
        await Expect(Cell(page, "Lovelace 3", "status")).ToHaveTextAsync("No status");
        await Expect(Choose(page, "Lovelace 1")).Not.ToBeCheckedAsync();

        // Still there, and to be taken back, when the page is opened anew.
        await GoAsync(user, "/contacts?q=lovelace");
        await Button(page, "Undo").ClickAsync();
        await Expect(page.GetByText("undone for 2 contacts")).ToBeVisibleAsync();
        await Expect(Cell(page, "Lovelace 1", "status")).ToHaveTextAsync("No status");
        Assert.Empty(user.Complaints);
    }

    [Fact]
    public async Task All_that_match_are_chosen_across_pages_without_one_that_is_taken_out()
    {
        await using var app = await WebApp.StartAsync();
        for (var n = 1; n <= ContactQuery.PageSize + 2; n++) await AddAsync(app, $"Lovelace {n:00}");
        await AddAsync(app, "Somebody Else");
        await using var user = await app.NewPageAsync(Role.Owner, Desktop);
        var page = user.Page;
        await GoAsync(user, "/contacts?q=lovelace&sort=name");

        await Choose(page, "Lovelace 03").CheckAsync();
        await Choose(page, "Lovelace 06").ClickAsync(new() { Modifiers = [KeyboardModifier.Shift] });
        await Expect(page.GetByText("4 chosen")).ToBeVisibleAsync();
        await Button(page, "Choose all 52 that match").ClickAsync();
        await Expect(page.GetByText("52 chosen")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Next" }).ClickAsync();
        await Expect(Choose(page, "Lovelace 52")).ToBeCheckedAsync();
        await Choose(page, "Lovelace 52").UncheckAsync();
        await Expect(page.GetByText("51 chosen")).ToBeVisibleAsync();
        await Button(page, "Set contact owner").ClickAsync();
        await page.GetByRole(AriaRole.Menuitem, new() { Name = "Iris Ritter" }).ClickAsync();
        await Expect(page.GetByText("for 51 contacts")).ToBeVisibleAsync();

        var without = (await app.Get<ContactBook>().ListAsync(app.Acme.Owner, new ContactQuery { Take = 100 })).Items.Where(c => c.OwnerId is null).Select(c => c.DisplayName);
        Assert.Equal(["Lovelace 52", "Somebody Else"], without.Order());

        // Another list begins with nobody chosen.
        await Choose(page, "Lovelace 51").CheckAsync();
        await page.GetByRole(AriaRole.Searchbox, new() { Name = "Search contacts" }).FillAsync("lovelace 51");
        await Expect(page).ToHaveURLAsync(new Regex("lovelace%2051"));
        await Expect(page.GetByText("1 chosen")).ToHaveCountAsync(0);
        Assert.Empty(user.Complaints);
    }

    [Fact]
    public async Task Keys_choose_rows_and_escape_lets_them_go_before_it_closes_the_contact()
    {
        await using var app = await WebApp.StartAsync();
        foreach (var name in new[] { "Dora Marsden", "Carl Sagan", "Bob Hope", "Ada Lovelace" }) await AddAsync(app, name);
        await using var user = await app.NewPageAsync(Role.Owner, Desktop);
        var page = user.Page;
        await GoAsync(user, "/contacts");

        foreach (var key in new[] { "j", "x", "j", "j", "Shift+X" }) await page.Keyboard.PressAsync(key);
        await Expect(page.GetByText("3 chosen")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("x");
        await Expect(page.GetByText("2 chosen")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator(".peek").GetByRole(AriaRole.Heading, new() { Name = "Carl Sagan" })).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.Locator(".selection")).ToHaveCountAsync(0);
        await Expect(page.Locator(".peek .contact")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.Locator(".peek")).ToHaveCountAsync(0);
        Assert.Empty(user.Complaints);
    }

    [Fact]
    public async Task A_cell_is_edited_with_a_bad_and_then_a_good_value_and_tab_goes_on()
    {
        await using var app = await WebApp.StartAsync();
        foreach (var name in new[] { "Bob Hope", "Ada Lovelace" }) await AddAsync(app, name);
        await using var user = await app.NewPageAsync(Role.Owner, Desktop);
        var page = user.Page;
        await GoAsync(user, "/contacts?columns=name,email,company,status");

        await Cell(page, "Ada Lovelace", "email").DblClickAsync();
        await Expect(Box(page, "Email")).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("nonsense");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByText("Enter an email address")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Control+a");
        await page.Keyboard.TypeAsync("ada@example.com");
        await page.Keyboard.PressAsync("Tab");
        await Expect(Box(page, "Company")).ToBeFocusedAsync();
        await Expect(Cell(page, "Ada Lovelace", "email")).ToHaveTextAsync("ada@example.com");
        await page.Keyboard.TypeAsync("Analytical");
        await page.Keyboard.PressAsync("Tab");
        await Expect(page.GetByRole(AriaRole.Menuitem, new() { Name = "No status" })).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("q");
        await page.Keyboard.PressAsync("Enter");
        await Expect(Cell(page, "Ada Lovelace", "status")).ToHaveTextAsync("Qualified");
        await Expect(Cell(page, "Ada Lovelace", "company")).ToHaveTextAsync("Analytical");
        await Expect(Cell(page, "Ada Lovelace", "status")).ToBeFocusedAsync();

        // By keys alone, from cell to cell; letters typed at once are no shortcuts.
        await page.Keyboard.PressAsync("ArrowDown");
        await page.Keyboard.PressAsync("ArrowLeft");
        await Expect(Cell(page, "Bob Hope", "company")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("F2");
        await Expect(Box(page, "Company")).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("jx");
        await page.Keyboard.PressAsync("Escape");
        await Expect(Cell(page, "Bob Hope", "company")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.Keyboard.TypeAsync("sx");
        await Expect(Box(page, "Company")).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("Paramount");

        // A click elsewhere saves, and a single one opens the contact.
        await Cell(page, "Ada Lovelace", "email").ClickAsync();
        await Expect(Cell(page, "Bob Hope", "company")).ToHaveTextAsync(new Regex("Paramount$"));
        await Expect(page.Locator(".peek").GetByRole(AriaRole.Heading, new() { Name = "Ada Lovelace" })).ToBeVisibleAsync();
        await Expect(page.Locator(".selection")).ToHaveCountAsync(0);
        Assert.Empty(user.Complaints);
    }

    private static Task<Contact> AddAsync(WebApp app, string name) =>
        app.Get<ContactBook>().AddAsync(app.Acme.Owner, new ContactEdit().SetName(name), new Source(SourceKind.User, app.Acme.Owner.Name));

    // Keys are heard a moment after clicks are.
    private static async Task GoAsync(BrowserPage user, string address)
    {
        await user.GoAsync(address);
        await user.Page.Locator(".app[data-interactive=true] .people[data-shortcuts] .rows-scroll[data-shortcuts]").WaitForAsync();
    }

    private static ILocator Choose(IPage page, string name) => page.GetByRole(AriaRole.Checkbox, new() { Name = $"Choose {name}", Exact = true });

    private static ILocator Cell(IPage page, string name, string column) => page.Locator("#contact-rows tr", new() { HasText = name }).Locator($"td[data-cell={column}]");

    private static ILocator Box(IPage page, string name) => page.Locator(".cell-edit").GetByLabel(name, new() { Exact = true });

    private static ILocator Button(IPage page, string name) => page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });
}
