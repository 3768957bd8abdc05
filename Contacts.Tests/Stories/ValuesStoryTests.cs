using Contacts.Core;
using Contacts.Core.Accounts;
using Contacts.Core.Activity;
using Contacts.Core.People;
using Contacts.Tests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Contacts.Tests.Stories;

/// <summary>Two colleagues at one contact, in two browsers: nothing that somebody typed is lost silently.</summary>
public sealed class ValuesStoryTests
{
    private static readonly BrowserNewContextOptions Desktop = new() { TimezoneId = "Europe/Berlin", ViewportSize = new() { Width = 1280, Height = 900 } };

    [Fact]
    public async Task Two_people_at_one_contact_see_both_values_and_choose()
    {
        await using var app = await WebApp.StartAsync();
        var contact = await AddAsync(app);
        await using var iris = await OpenAsync(app, Role.Owner, contact);
        await using var mei = await OpenAsync(app, Role.Member, contact);

        // Different fields: neither asks, and what is being typed stays while the other's change arrives.
        await BeginAsync(iris.Page, "Company", "Analytical", "Engines Ltd");
        await BeginAsync(mei.Page, "City", "London", "Turin");
        await mei.Page.Keyboard.PressAsync("Enter");
        await Expect(Value(iris.Page, "City: Turin. Edit")).ToBeVisibleAsync();
        await Expect(Box(iris.Page, "Company")).ToHaveValueAsync("Engines Ltd");
        await iris.Page.Keyboard.PressAsync("Enter");
        await Expect(Value(mei.Page, "Company: Engines Ltd. Edit")).ToBeVisibleAsync();
        await Expect(iris.Page.GetByRole(AriaRole.Alert)).ToHaveCountAsync(0);

        // One field: the second sees both, and first lets the other's stand, then insists.
        foreach (var (choice, kept) in new[] { ("Keep theirs", "Theirs"), ("Use mine", "Mine") })
        {
            await BeginAsync(iris.Page, "Company", choice == "Use mine" ? "Theirs" : "Engines Ltd", "Mine");
            await BeginAsync(mei.Page, "Company", choice == "Use mine" ? "Theirs" : "Engines Ltd", choice == "Use mine" ? "Theirs again" : "Theirs");
            await mei.Page.Keyboard.PressAsync("Enter");
            await Expect(Box(mei.Page, "Company")).ToHaveCountAsync(0);
            await iris.Page.Keyboard.PressAsync("Enter");
            await Expect(iris.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync(choice == "Use mine" ? "Now it is Theirs again, yours is Mine." : "Now it is Theirs, yours is Mine.");
            await iris.Page.GetByRole(AriaRole.Button, new() { Name = choice }).ClickAsync();
            await Expect(Value(mei.Page, $"Company: {kept}. Edit")).ToBeVisibleAsync();
        }

        // Deleted meanwhile: it says so, and the text can still be read.
        await BeginAsync(iris.Page, "Company", "Mine", "A long thought");
        await app.Get<ContactBook>().DeleteAsync(app.Acme.Owner, contact.Id);
        await Expect(iris.Page.GetByText("Ada Lovelace was deleted meanwhile.")).ToBeVisibleAsync();
        await iris.Page.Keyboard.PressAsync("Enter");
        await Expect(Details(iris.Page)).ToContainTextAsync("Copy what you typed if you still need it.");
        await Expect(Box(iris.Page, "Company")).ToHaveValueAsync("A long thought");
        Assert.Empty(iris.Complaints.Concat(mei.Complaints));
    }

    [Fact]
    public async Task The_keyboard_alone_finds_where_a_value_came_from_and_puts_an_earlier_one_back()
    {
        await using var app = await WebApp.StartAsync();
        var contact = await AddAsync(app);
        await app.Get<ContactBook>().EditAsync(app.Acme.Owner, contact.Id, new ContactEdit().Set("company", "Difference"), new Source(SourceKind.Api, "Website"));
        await using var iris = await OpenAsync(app, Role.Owner, contact);
        var page = iris.Page;

        await page.GetByRole(AriaRole.Button, new() { Name = "History of Email" }).FocusAsync();
        await page.Keyboard.PressAsync("Tab");
        await Expect(Value(page, "Company: Difference. Edit")).ToBeFocusedAsync();
        await Expect(page.GetByRole(AriaRole.Tooltip)).ToContainTextAsync("Through the API, by Iris Ritter");
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.GetByRole(AriaRole.Tooltip)).ToHaveCountAsync(0);

        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Enter");
        var history = page.GetByRole(AriaRole.Dialog, new() { Name = "History of Company" });
        await Expect(history.GetByRole(AriaRole.Listitem)).ToHaveCountAsync(2);
        await history.GetByRole(AriaRole.Button, new() { Name = "Put back Analytical" }).PressAsync("Enter");
        await Expect(Value(page, "Company: Analytical. Edit")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(history).ToBeHiddenAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "History of Company" }).PressAsync("Enter");
        await history.GetByRole(AriaRole.Button, new() { Name = "Added" }).PressAsync("Enter");
        await Expect(history).ToBeHiddenAsync();
        await Expect(page.Locator(".entry:focus")).ToContainTextAsync("Added");
        Assert.Empty(iris.Complaints);
    }

    private static Task<Contact> AddAsync(WebApp app) => app.Get<ContactBook>().AddAsync(app.Acme.Owner,
        new ContactEdit().SetName("Ada Lovelace").Set("email", "ada@example.com").Set("company", "Analytical").Set("city", "London"), new Source(SourceKind.User, "Iris Ritter"));

    private static async Task<BrowserPage> OpenAsync(WebApp app, Role role, Contact contact)
    {
        var page = await app.NewPageAsync(role, Desktop);
        await page.GoAsync($"/contacts/{PublicId.Format(PublicId.Contact, contact.Id)}");
        return page;
    }

    private static async Task BeginAsync(IPage page, string field, string value, string text)
    {
        await Value(page, $"{field}: {value}. Edit").ClickAsync();
        await Box(page, field).FillAsync(text);
    }

    private static ILocator Details(IPage page) => page.GetByRole(AriaRole.Region, new() { Name = "Contact details" });

    private static ILocator Value(IPage page, string name) => Details(page).GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    private static ILocator Box(IPage page, string field) => Details(page).GetByRole(AriaRole.Textbox, new() { Name = field, Exact = true });
}
