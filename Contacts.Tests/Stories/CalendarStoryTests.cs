using Contacts.Core.Accounts;
using Contacts.Core.Intake.Booking;
using Contacts.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Contacts.Tests.Stories;

/// <summary>An admin makes a calendar with a pool of hosts, and a guest meets it.</summary>
public sealed class CalendarStoryTests
{
    private static readonly BrowserNewContextOptions Desktop = new() { TimezoneId = "Europe/Berlin", ViewportSize = new() { Width = 1440, Height = 900 } };

    [Fact]
    public async Task An_admin_makes_a_calendar_of_a_pool_and_a_guest_books_there()
    {
        await using var app = await WebApp.StartAsync();
        await using var other = await app.NewPageAsync(Role.Member, Desktop); // so that there is a second user
        await using var admin = await app.NewPageAsync(Role.Owner, Desktop);
        var page = admin.Page;

        await admin.GoAsync("/booking-calendars");
        await page.GetByRole(AriaRole.Link, new() { Name = "New calendar" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "New booking calendar" })).ToBeVisibleAsync();
        await Button(page, "Save").ClickAsync();
        await Expect(page.GetByLabel("Name", new() { Exact = true })).ToBeFocusedAsync(); // where the name is missing
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Give the calendar a name.");

        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("Product demo");
        await Button(page, "Add length").ClickAsync();
        await Button(page, "Add place").ClickAsync();
        await page.GetByLabel("Round robin").CheckAsync();
        await page.GetByLabel("Add host").SelectOptionAsync(new SelectOptionValue { Index = 1 });
        var hosts = page.GetByRole(AriaRole.List).Filter(new() { Has = page.Locator(".sort-grip") }).First.GetByRole(AriaRole.Listitem);
        await Expect(hosts).ToHaveCountAsync(2);
        var second = await hosts.Nth(1).Locator(".who").InnerTextAsync();
        await hosts.Nth(1).Locator(".sort-grip").DragToAsync(hosts.Nth(0));
        await Expect(hosts.Nth(0)).ToContainTextAsync(second.Split('\n')[^1]);
        await Button(page, "Add question").ClickAsync();
        await page.GetByLabel("Question", new() { Exact = true }).FillAsync("What is it about?");
        await Button(page, "Save").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Product demo" })).ToBeVisibleAsync();

        await page.GetByLabel("For whom").FillAsync("Ada");
        await Button(page, "Make link").ClickAsync();
        await Expect(page.GetByRole(AriaRole.List, new() { Name = "Links" })).ToContainTextAsync("Ada");
        var guest = await admin.Context.RunAndWaitForPageAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "Preview" }).ClickAsync());
        await Expect(guest.GetByRole(AriaRole.Heading, new() { Name = "Product demo" })).ToBeVisibleAsync();

        var saved = await app.ReadAsync(db => db.BookingCalendars.SingleAsync(c => c.Slug == "product-demo"));
        Assert.Equal((HostingMode.RoundRobin, 2, 2, "what_is_it_about"), (saved.Hosting, saved.HostIds.Count, saved.Durations.Count, saved.Questions.Single().Key));
        Assert.NotEqual(app.Acme.Owner.UserId, saved.HostId);
        await admin.GoAsync("/booking-calendars");
        await Expect(page.GetByRole(AriaRole.Listitem).Filter(new() { HasText = "Product demo" })).ToContainTextAsync("round robin");
        Assert.Empty(admin.Complaints);
    }

    [Fact]
    public async Task What_was_typed_is_not_left_by_mistake()
    {
        await using var app = await WebApp.StartAsync();
        await using var admin = await app.NewPageAsync(Role.Owner, Desktop);
        var page = admin.Page;
        await admin.GoAsync("/booking-calendars");
        await page.GetByRole(AriaRole.Link, new() { Name = "Intro call", Exact = true }).ClickAsync();
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("Another name");
        await page.GetByRole(AriaRole.Link, new() { Name = "Limits" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Limits" })).ToBeInViewportAsync();

        var asked = new TaskCompletionSource<string>();
        page.Dialog += async (_, dialog) =>
        {
            await dialog.DismissAsync();
            asked.SetResult(dialog.Message);
        };
        await page.GetByRole(AriaRole.Link, new() { Name = "Contacts", Exact = true }).ClickAsync();

        Assert.Equal("Leave without saving your changes?", await asked.Task.WaitAsync(Patience.Limit));
        await Expect(page.GetByLabel("Name", new() { Exact = true })).ToHaveValueAsync("Another name");
        await Expect(page.GetByText("Unsaved changes")).ToBeVisibleAsync();
    }

    private static ILocator Button(IPage page, string name) => page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });
}
