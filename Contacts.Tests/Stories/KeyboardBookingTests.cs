using System.Text.RegularExpressions;
using Contacts.Core.Accounts;
using Contacts.Core.Intake.Booking;
using Contacts.Tests.Intake.Booking;
using Contacts.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Contacts.Tests.Stories;

/// <summary>A guest without a mouse: everything is reached by Tab and done by Enter, space and the arrows.</summary>
public sealed partial class KeyboardBookingTests
{
    /// <summary>More than there is on any page to stop at.</summary>
    private const int MaxStops = 200;

    [Fact]
    public async Task A_meeting_is_booked_moved_and_canceled_by_keyboard_alone()
    {
        await using var app = await WebApp.StartAsync();
        await GuestSite.ArrangeAsync(app, calendar => calendar.Questions.Add(new BookingQuestion { Key = "topic", Label = "Topic", Type = "single_choice", Options = ["Support", "Sales"], Required = true }));
        await using var guest = await app.NewPageAsync(options: new() { TimezoneId = "Europe/Berlin" });
        var page = guest.Page;

        await guest.GoAsync(GuestSite.Page);
        await TabToAsync(page, page.Locator("td a").First);
        var day = await page.Locator("td a").First.GetAttributeAsync("aria-label");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = day!, Exact = true })).ToBeVisibleAsync();
        await TabToAsync(page, Time(page));
        await page.Keyboard.PressAsync("Enter");
        await TabToAsync(page, page.GetByLabel("Name"));
        await page.Keyboard.TypeAsync("Ada Lovelace");
        await TabToAsync(page, page.GetByLabel("Email"));
        await page.Keyboard.TypeAsync("ada@example.com");
        await TabToAsync(page, page.GetByLabel("Support"));
        await page.Keyboard.PressAsync("ArrowDown");
        await TabToAsync(page, Button(page, "Confirm booking"));
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Booking confirmed" })).ToBeVisibleAsync();

        await TabToAsync(page, Link(page, "Change time"));
        await page.Keyboard.PressAsync("Enter");
        await TabToAsync(page, Time(page));
        await page.Keyboard.PressAsync("Enter");
        await TabToAsync(page, page.GetByLabel("Reason"));
        await page.Keyboard.TypeAsync("My train is late");
        await TabToAsync(page, Button(page, "Confirm new time"));
        await page.Keyboard.PressAsync("Space");
        await Expect(page.GetByText("It has another time now.")).ToBeVisibleAsync();
        var moved = await app.ReadAsync(db => db.Bookings.SingleAsync());

        await TabToAsync(page, Link(page, "Cancel booking"));
        await page.Keyboard.PressAsync("Enter");
        await TabToAsync(page, Button(page, "Cancel booking"));
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Booking canceled" })).ToBeVisibleAsync();

        Assert.Equal(("Ada Lovelace", "Sales"), (moved.GuestName, moved.Answers.Single().Value));
        Assert.NotNull(moved.RescheduledAt);
        Assert.Equal(BookingStatus.Canceled, await app.ReadAsync(db => db.Bookings.Select(b => b.Status).SingleAsync()));
        Assert.Empty(guest.Complaints);
    }

    [Fact]
    public async Task What_is_asked_about_a_meeting_begins_where_one_types()
    {
        await using var app = await WebApp.StartAsync();
        using var guest = app.Guest();
        await GuestSite.BookAsync(guest);
        await using var host = await app.NewPageAsync(Role.Owner);
        var page = host.Page;

        await host.GoAsync("/bookings");
        await Button(page, "Book a meeting").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Dialog).GetByLabel("Search contacts")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Escape");
        await Button(page, "Actions for the meeting with Ada Lovelace").ClickAsync();
        await page.GetByRole(AriaRole.Menuitem, new() { Name = "Cancel…" }).ClickAsync();
        await Expect(page.GetByLabel("Reason (optional)")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Escape");
        await Button(page, "Actions for the meeting with Ada Lovelace").ClickAsync();
        await page.GetByRole(AriaRole.Menuitem, new() { Name = "Reassign…" }).ClickAsync();
        await Expect(Button(page, "Cancel")).ToBeFocusedAsync(); // nobody else is there
        Assert.Empty(host.Complaints);
    }

    private static async Task TabToAsync(IPage page, ILocator wanted)
    {
        await wanted.WaitForAsync();
        for (var stop = 0; stop < MaxStops; stop++)
        {
            if (await wanted.EvaluateAsync<bool>("e => e === document.activeElement")) return;
            await page.Keyboard.PressAsync("Tab");
        }
        Assert.Fail($"Tab never comes to {wanted}");
    }

    private static ILocator Time(IPage page) => page.GetByRole(AriaRole.Link, new() { NameRegex = ClockTime() }).First;

    private static ILocator Link(IPage page, string name) => page.GetByRole(AriaRole.Link, new() { Name = name, Exact = true });

    private static ILocator Button(IPage page, string name) => page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    [GeneratedRegex(@"^\d\d:\d\d$")]
    private static partial Regex ClockTime();
}
