using Contacts.Core.Accounts;
using Contacts.Core.Activity;
using Contacts.Core.Data;
using Contacts.Core.Data.MadeUp;
using Contacts.Core.People;
using Contacts.Tests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Contacts.Tests.Stories;

/// <summary>Contacts without a mouse.</summary>
public sealed class KeyboardStoryTests
{
    private static readonly BrowserNewContextOptions Desktop = new() { TimezoneId = "Europe/Berlin", ViewportSize = new() { Width = 1440, Height = 900 } };

    [Fact]
    public async Task Keys_walk_the_list_open_a_contact_and_change_it()
    {
        await using var app = await WebApp.StartAsync();
        foreach (var name in new[] { "Carl Sagan", "Bob Hope", "Ada Lovelace" }) await AddAsync(app, name);
        await using var user = await app.NewPageAsync(Role.Owner, Desktop);
        var page = user.Page;
        await GoAsync(user, "/contacts");

        await PressAsync(page, "j");
        await Expect(Row(page, "Ada Lovelace")).ToBeFocusedAsync();
        await PressAsync(page, "j", "ArrowDown", "k");
        await Expect(Row(page, "Bob Hope")).ToBeFocusedAsync();
        await PressAsync(page, "Enter");
        await Expect(Name(page, "Bob Hope")).ToBeFocusedAsync();

        await PressAsync(page, "j");
        await Expect(Name(page, "Carl Sagan")).ToBeVisibleAsync();
        await PressAsync(page, "k");
        await Expect(Name(page, "Bob Hope")).ToBeVisibleAsync();
        await PressAsync(page, "s", "q", "Enter");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Contact status: Qualified" })).ToBeVisibleAsync();
        await PressAsync(page, "e");
        await Expect(page.GetByLabel("First name", new() { Exact = true })).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Control+a");
        await page.Keyboard.TypeAsync("Jeks/?");
        await PressAsync(page, "Enter");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "First name: Jeks/?. Edit" })).ToBeFocusedAsync();

        await PressAsync(page, "Escape");
        await Expect(Row(page, "Jeks/? Hope")).ToBeFocusedAsync();
        await PressAsync(page, "ArrowUp", "s");
        await Expect(page.GetByRole(AriaRole.Menuitem, new() { Name = "No status", Exact = true })).ToBeFocusedAsync();
        await Expect(Name(page, "Ada Lovelace")).ToBeVisibleAsync();
        Assert.Empty(user.Complaints);
    }

    [Fact]
    public async Task Stepping_goes_through_what_is_searched_for_and_over_the_end_of_a_page()
    {
        await using var app = await WebApp.StartAsync();
        for (var n = 1; n <= ContactQuery.PageSize + 2; n++) await AddAsync(app, $"Lovelace {n:00}");
        await AddAsync(app, "Somebody Else");
        await using var user = await app.NewPageAsync(Role.Owner, Desktop);
        var page = user.Page;
        await GoAsync(user, "/contacts?q=lovelace&sort=name");

        await Row(page, "Lovelace 49").ClickAsync();
        await Expect(Name(page, "Lovelace 49")).ToBeFocusedAsync();
        foreach (var next in new[] { "50", "51", "52" })
        {
            await PressAsync(page, "j");
            await Expect(Name(page, $"Lovelace {next}")).ToBeVisibleAsync();
        }
        await PressAsync(page, "k", "k");
        await Expect(Name(page, "Lovelace 51")).ToBeHiddenAsync();
        await Expect(Name(page, "Lovelace 50")).ToBeVisibleAsync();

        await GoAsync(user, "/contacts?q=lovelace&sort=name");
        await Row(page, "Lovelace 50").FocusAsync();
        await PressAsync(page, "j");
        await Expect(Row(page, "Lovelace 51")).ToBeFocusedAsync();
        await PressAsync(page, "k");
        await Expect(Row(page, "Lovelace 50")).ToBeFocusedAsync();
        Assert.Empty(user.Complaints);
    }

    [Fact]
    public async Task A_contact_s_own_page_steps_on_through_the_list_and_leads_back_to_its_row()
    {
        await using var app = await WebApp.StartAsync();
        for (var n = 1; n <= ContactQuery.PageSize + 2; n++) await AddAsync(app, $"Lovelace {n:00}");
        await AddAsync(app, "Somebody Else");
        await using var user = await app.NewPageAsync(Role.Owner, Desktop);
        var page = user.Page;
        await GoAsync(user, "/contacts?q=lovelace&sort=name");

        await Row(page, "Lovelace 49").ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Open as page" }).ClickAsync();
        await Expect(page.GetByText("49 of 52")).ToBeVisibleAsync();
        foreach (var next in new[] { "50", "51" })
        {
            await PressAsync(page, "j");
            await Expect(Heading(page, $"Lovelace {next}")).ToBeVisibleAsync();
            await Expect(page.GetByText($"{next} of 52")).ToBeVisibleAsync();
        }
        await PressAsync(page, "ArrowDown"); // scrolls
        await PressAsync(page, "k");
        await Expect(Heading(page, "Lovelace 50")).ToBeVisibleAsync();
        await PressAsync(page, "j");
        await Expect(page.GetByText("51 of 52")).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Link, new() { Name = "Contacts found" }).ClickAsync();
        await Expect(Row(page, "Lovelace 51")).ToBeFocusedAsync();
        await Expect(Row(page, "Lovelace 50")).ToHaveCountAsync(0);

        // On a phone a row leads to the page, and the browser's own way back to the row.
        await using var phone = await app.NewPageAsync(Role.Owner, new() { ViewportSize = new() { Width = 390, Height = 844 } });
        await GoAsync(phone, "/contacts?q=lovelace&sort=name");
        await Row(phone.Page, "Lovelace 30").ClickAsync();
        await Expect(phone.Page.GetByText("30 of 52")).ToBeVisibleAsync();
        await phone.Page.GoBackAsync();
        await Expect(Row(phone.Page, "Lovelace 30")).ToBeFocusedAsync();
        Assert.Empty(user.Complaints.Concat(phone.Complaints));
    }

    [Fact]
    public async Task No_key_does_anything_while_somebody_types_is_in_a_dialog_or_holds_a_modifier()
    {
        await using var app = await WebApp.StartAsync();
        foreach (var name in new[] { "Bob Hope", "Jess Keys" }) await AddAsync(app, name);
        await using var user = await app.NewPageAsync(Role.Owner, Desktop);
        var page = user.Page;
        await GoAsync(user, "/contacts");

        await PressAsync(page, "/");
        var search = page.GetByRole(AriaRole.Searchbox, new() { Name = "Search contacts" });
        await Expect(search).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("jes?skexj/");
        await Expect(search).ToHaveValueAsync("jes?skexj/");
        await Expect(page.Locator("dialog:modal, .peek")).ToHaveCountAsync(0);
        await Expect(page.GetByText("Nobody matches")).ToBeVisibleAsync();
        await search.FillAsync("");
        await Expect(Row(page, "Bob Hope")).ToBeVisibleAsync();

        await Row(page, "Jess Keys").FocusAsync();
        await PressAsync(page, "Shift+J", "Alt+j", "Control+Shift+j", "Shift+ArrowDown", "Alt+e");
        await Expect(Row(page, "Jess Keys")).ToBeFocusedAsync();

        await PressAsync(page, "?");
        await Expect(page.GetByRole(AriaRole.Dialog, new() { Name = "Keyboard shortcuts" })).ToBeVisibleAsync();
        await PressAsync(page, "j", "Escape");
        await Expect(page.Locator("dialog:modal, .peek")).ToHaveCountAsync(0);
        await Expect(Row(page, "Jess Keys")).ToBeFocusedAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Add contact" }).ClickAsync();
        await Expect(page.GetByLabel("First name")).ToBeFocusedAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Cancel", Exact = true }).FocusAsync();
        await PressAsync(page, "j", "e", "?", "Control+k");
        await Expect(page.Locator("dialog:modal")).ToHaveCountAsync(0);
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Cancel", Exact = true })).ToBeFocusedAsync();
        Assert.Empty(user.Complaints);
    }

    [Fact]
    public async Task The_palette_goes_to_pages_finds_contacts_and_runs_commands()
    {
        await using var app = await WebApp.StartAsync();
        foreach (var name in new[] { "Bob Hope", "Zoë Müller" }) await AddAsync(app, name);
        await using var user = await app.NewPageAsync(Role.Owner, Desktop);
        var page = user.Page;
        await GoAsync(user, "/contacts");
        var palette = page.GetByRole(AriaRole.Dialog, new() { Name = "Command palette" });

        // Typed without a pause, Enter included: the answer that is chosen is the one to all of it.
        await PressAsync(page, "Control+k");
        await page.Keyboard.TypeAsync("zoe");
        await PressAsync(page, "Enter");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Zoë Müller" })).ToBeVisibleAsync();
        await Expect(palette).ToBeHiddenAsync();

        await PressAsync(page, "Control+k");
        await Expect(palette.GetByRole(AriaRole.Combobox)).ToHaveValueAsync("");
        await page.Keyboard.TypeAsync("stat");
        await PressAsync(page, "Enter");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Statuses", Exact = true })).ToBeVisibleAsync();

        await PressAsync(page, "Control+k");
        await page.Keyboard.TypeAsync("add c");
        await Expect(palette.GetByRole(AriaRole.Option, new() { Name = "Add contact" })).ToHaveAttributeAsync("aria-selected", "true");
        await PressAsync(page, "Enter");
        await Expect(page.GetByLabel("First name")).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("Ada");
        await PressAsync(page, "Enter");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Ada", Exact = true })).ToBeVisibleAsync();

        await PressAsync(page, "Control+k", "ArrowDown", "Enter");
        await Expect(page.GetByRole(AriaRole.Dialog, new() { Name = "Manage contact fields" })).ToBeVisibleAsync();
        Assert.Empty(user.Complaints);
    }

    [Fact]
    public async Task Whoever_switches_keys_off_has_none_on_any_device()
    {
        await using var app = await WebApp.StartAsync();
        await AddAsync(app, "Bob Hope");
        await using var user = await app.NewPageAsync(Role.Owner, Desktop);
        var page = user.Page;
        await GoAsync(user, "/settings/profile");

        await page.GetByRole(AriaRole.Switch, new() { Name = "Use keyboard shortcuts" }).ClickAsync();
        await Expect(page.Locator(".app[data-keys=off]")).ToBeVisibleAsync();
        await PressAsync(page, "?");
        await Expect(page.Locator("dialog:modal")).ToHaveCountAsync(0);

        await using var elsewhere = await app.NewPageAsync(Role.Owner, Desktop);
        await GoAsync(elsewhere, "/contacts");
        await PressAsync(elsewhere.Page, "j", "/", "?", "Control+k");
        await Expect(elsewhere.Page.Locator("dialog:modal")).ToHaveCountAsync(0);
        await Expect(elsewhere.Page.Locator("#contact-rows :focus, input:focus")).ToHaveCountAsync(0);
        // Leaving what is open is no shortcut.
        await Row(elsewhere.Page, "Bob Hope").ClickAsync();
        await Expect(Name(elsewhere.Page, "Bob Hope")).ToBeFocusedAsync();
        await PressAsync(elsewhere.Page, "Escape");
        await Expect(Name(elsewhere.Page, "Bob Hope")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task News_is_put_on_top_unless_somebody_is_reading()
    {
        await using var app = await WebApp.StartAsync();
        await app.Get<SampleData>().FillAsync(app.Acme.Owner, new MadeUpPlan(30));
        await using var user = await app.NewPageAsync(Role.Owner, Desktop);
        var page = user.Page;
        await GoAsync(user, "/activity");

        var first = await AddAsync(app, "Ada Lovelace");
        await Expect(page.Locator(".stream .entry").First).ToContainTextAsync("Ada Lovelace");

        await page.Mouse.MoveAsync(700, 450);
        await page.Mouse.WheelAsync(0, 600);
        await page.WaitForFunctionAsync("scrollY >= 600");
        var before = await page.EvaluateAsync<double>("(window.read = [...document.querySelectorAll('.stream .entry')].find(e => e.getBoundingClientRect().top > 300)).getBoundingClientRect().top");
        foreach (var text in new[] { "Called", "Called again" })
            await app.Get<ContactBook>().AddNoteAsync(app.Acme.Owner, first.Id, text, new Source(SourceKind.User, "Iris Ritter"));
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "2 new" })).ToBeVisibleAsync();
        await Expect(page.Locator(".stream .entry").First).ToContainTextAsync("Added");
        Assert.Equal(before, await page.EvaluateAsync<double>("window.read.getBoundingClientRect().top"));

        await page.GetByRole(AriaRole.Button, new() { Name = "2 new" }).ClickAsync();
        await Expect(page.Locator(".stream .entry").First).ToContainTextAsync("Called again");
        await Expect(page.Locator(".stream .entry").First).ToBeInViewportAsync();
        Assert.Empty(user.Complaints);
    }

    private static Task<Contact> AddAsync(WebApp app, string name) =>
        app.Get<ContactBook>().AddAsync(app.Acme.Owner, new ContactEdit().SetName(name), new Source(SourceKind.User, app.Acme.Owner.Name));

    // Keys are heard a moment after clicks are.
    private static async Task GoAsync(BrowserPage user, string address)
    {
        await user.GoAsync(address);
        await user.Page.Locator(address.StartsWith("/contacts", StringComparison.Ordinal) ? ".app[data-interactive=true] .people[data-shortcuts]" : ".app[data-interactive=true]").WaitForAsync();
    }

    private static async Task PressAsync(IPage page, params string[] keys)
    {
        foreach (var key in keys) await page.Keyboard.PressAsync(key);
    }

    private static ILocator Row(IPage page, string name) => page.Locator("#contact-rows").GetByRole(AriaRole.Link, new() { Name = name, Exact = true });

    private static ILocator Heading(IPage page, string name) => page.GetByRole(AriaRole.Heading, new() { Name = name, Exact = true });

    private static ILocator Name(IPage page, string name) => page.Locator(".peek").GetByRole(AriaRole.Heading, new() { Name = name, Exact = true });
}
