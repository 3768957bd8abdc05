using Contacts.Core;
using Contacts.Core.Accounts;
using Contacts.Core.Activity;
using Contacts.Core.People;
using Contacts.Tests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Contacts.Tests.Stories;

/// <summary>The board in a real browser: by mouse, by keyboard, and for somebody else who looks on.</summary>
public sealed class BoardStoryTests
{
    private static readonly BrowserNewContextOptions Desktop = new() { TimezoneId = "Europe/Berlin", ViewportSize = new() { Width = 1280, Height = 800 } };

    [Fact]
    public async Task A_card_is_dragged_or_moved_by_keys_and_others_see_it()
    {
        await using var app = await WebApp.StartAsync();
        foreach (var name in new[] { "Ada Lovelace", "Grace Hopper", "Zoë Müller" })
            await app.Get<ContactBook>().AddAsync(app.Acme.Owner, new ContactEdit().SetName(name), new Source(SourceKind.User, "Iris Ritter"));
        await using var owner = await app.NewPageAsync(Role.Owner, Desktop);
        await using var member = await app.NewPageAsync(Role.Member, Desktop);
        var page = owner.Page;
        await owner.GoAsync("/contacts?q=ace");
        await member.GoAsync("/contacts?view=board");
        await page.GetByRole(AriaRole.Link, new() { Name = "Board", Exact = true }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex(@"q=ace&view=board$"));
        await Expect(Card(page, "No status", "Ada Lovelace")).ToBeVisibleAsync();

        await Card(page, "No status", "Ada Lovelace").DragToAsync(Lane(page, "Sales qualified"));
        await Expect(Card(page, "Sales qualified", "Ada Lovelace")).ToBeVisibleAsync();
        await Expect(Card(member.Page, "Sales qualified", "Ada Lovelace")).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Link, new() { Name = "Grace Hopper" }).FocusAsync();
        await page.Keyboard.PressAsync("s");
        await Expect(page.GetByRole(AriaRole.Menu, new() { Name = "Move to" }).GetByRole(AriaRole.Menuitem).First).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("ArrowDown");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByText("Grace Hopper moved to Qualified")).ToBeAttachedAsync();
        await Expect(Card(page, "Qualified", "Grace Hopper").GetByRole(AriaRole.Link)).ToBeFocusedAsync();
        await Expect(Card(member.Page, "Qualified", "Grace Hopper")).ToBeVisibleAsync();

        await page.Keyboard.PressAsync("ArrowRight");
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Ada Lovelace" })).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Contact details" })).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Contact status: Sales qualified" }).ClickAsync();
        await page.GetByRole(AriaRole.Menuitem, new() { Name = "Disqualified", Exact = true }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Contact status: Disqualified" })).ToBeVisibleAsync();
        await Expect(Card(page, "Disqualified", "Ada Lovelace")).ToBeVisibleAsync();
        await page.GetByLabel("Why? (optional)").FillAsync("No budget");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save reason" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Recent activity" })).ToContainTextAsync("No budget");
        await page.GetByRole(AriaRole.Button, new() { Name = "Status history" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.List, new() { Name = "Status history" }).GetByRole(AriaRole.Listitem)).ToHaveCountAsync(2);
        Assert.Empty(owner.Complaints.Concat(member.Complaints));
    }

    private static ILocator Lane(IPage page, string status) => page.GetByRole(AriaRole.Region, new() { NameRegex = new($@"^{status} ?\d") });

    private static ILocator Card(IPage page, string status, string name) => Lane(page, status).Locator(".card").Filter(new() { HasText = name });
}
