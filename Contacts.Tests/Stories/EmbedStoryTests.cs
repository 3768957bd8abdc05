using System.Text.RegularExpressions;
using Contacts.Core.Accounts;
using Contacts.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using NodaTime;
using NodaTime.Text;
using static Microsoft.Playwright.Assertions;

namespace Contacts.Tests.Stories;

/// <summary>A booking page within somebody else's site, put there as the README says.</summary>
public sealed partial class EmbedStoryTests
{
    private const string Calendar = "/b/acme/intro-call";
    private static readonly BrowserNewContextOptions Desktop = new() { TimezoneId = "Europe/Berlin", ViewportSize = new() { Width = 1440, Height = 900 } };

    [Fact]
    public async Task A_guest_books_moves_and_cancels_within_another_site_which_hears_of_it_and_not_who_it_is()
    {
        await using var app = await WebApp.StartAsync(clock: new SetClock(SetClock.Monday));
        await using var site = await FeedServer.StartAsync();
        await using var guest = await app.NewPageAsync(options: Desktop);
        var (page, frame) = (guest.Page, guest.Page.FrameLocator("[data-contacts] iframe"));

        await page.GotoAsync(PutSite(site, app));
        await BookAsync(frame);
        await page.WaitForFunctionAsync("heard.length === 3");
        var booked = await StartAsync(app);
        await frame.GetByRole(AriaRole.Link, new() { Name = "Change time" }).ClickAsync();
        await frame.GetByRole(AriaRole.Link, new() { NameRegex = ClockTime() }).Last.ClickAsync();
        await Button(frame, "Confirm new time").ClickAsync();
        await Expect(frame.GetByText("It has another time now.")).ToBeVisibleAsync();
        await frame.GetByRole(AriaRole.Link, new() { Name = "Cancel booking" }).ClickAsync();
        await frame.GetByRole(AriaRole.Link, new() { Name = "Keep it" }).ClickAsync();
        await frame.GetByRole(AriaRole.Link, new() { Name = "Cancel booking" }).ClickAsync();
        await Button(frame, "Cancel booking").ClickAsync();
        await Expect(frame.GetByRole(AriaRole.Heading, new() { Name = "Booking canceled" })).ToBeVisibleAsync();
        await frame.GetByRole(AriaRole.Link, new() { Name = "Book another time" }).ClickAsync();
        await Expect(frame.GetByRole(AriaRole.Heading, new() { Name = "Intro call" })).ToBeVisibleAsync();
        await page.WaitForFunctionAsync("heard.length === 5");

        Assert.Equal(
        [
            $"contacts.booking_calendar.loaded {Calendar} null",
            $"contacts.booking_calendar.time_slot_selected {Calendar} {booked}",
            $"contacts.booking.scheduled {Calendar} {booked}",
            $"contacts.booking_calendar.loaded {Calendar} null", // to change the time
            $"contacts.booking_calendar.loaded {Calendar} null", // to book another
        ], await page.EvaluateAsync<string[]>("heard"));
        Assert.Empty(guest.Complaints);
    }

    [Fact]
    public async Task The_frame_within_a_page_is_as_tall_as_what_is_in_it()
    {
        await using var app = await WebApp.StartAsync();
        await using var site = await FeedServer.StartAsync();
        await using var guest = await app.NewPageAsync(options: Desktop);
        var inline = guest.Page.Locator("[data-contacts] iframe");

        await guest.Page.GotoAsync(PutSite(site, app));
        await Expect(inline.ContentFrame.GetByRole(AriaRole.Heading, new() { Name = "Intro call" })).ToBeVisibleAsync();

        // The script's own guess is 640 px, until the page says how tall it is.
        var frame = (await (await inline.ElementHandleAsync()).ContentFrameAsync())!;
        await frame.WaitForFunctionAsync("innerHeight !== 640 && document.querySelector('main').getBoundingClientRect().bottom <= innerHeight");
    }

    [Fact]
    public async Task A_link_opens_a_window_over_the_page_which_Escape_closes_from_within_and_without()
    {
        await using var app = await WebApp.StartAsync();
        await using var site = await FeedServer.StartAsync();
        await using var guest = await app.NewPageAsync(options: Desktop);
        var page = guest.Page;
        var (link, window) = (page.GetByRole(AriaRole.Link, new() { Name = "Book a call" }), page.GetByRole(AriaRole.Dialog, new() { Name = "Booking" }));
        var frame = window.FrameLocator("iframe");
        await page.GotoAsync(PutSite(site, app));
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Book a call" })).ToBeVisibleAsync(); // the script is there

        await link.PressAsync("Enter");
        await Expect(frame.GetByRole(AriaRole.Heading, new() { Name = "Intro call" })).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(window).ToHaveCountAsync(0);
        await Expect(link).ToBeFocusedAsync();

        await page.Keyboard.PressAsync("Enter");
        await Expect(frame.GetByRole(AriaRole.Heading, new() { Name = "Intro call" })).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Tab");
        await Expect(frame.Locator("a:focus")).ToHaveCountAsync(1);
        await page.Keyboard.PressAsync("Escape");
        await Expect(window).ToHaveCountAsync(0);
        await Expect(link).ToBeFocusedAsync();
        Assert.Empty(guest.Complaints);
    }

    [Fact]
    public async Task A_floating_button_opens_the_window_and_gets_the_focus_back_when_it_closes()
    {
        await using var app = await WebApp.StartAsync();
        await using var site = await FeedServer.StartAsync();
        await using var guest = await app.NewPageAsync(options: Desktop);
        var page = guest.Page;
        var (button, window) = (page.GetByRole(AriaRole.Button, new() { Name = "Book a call" }), page.GetByRole(AriaRole.Dialog, new() { Name = "Booking" }));
        await page.GotoAsync(PutSite(site, app));

        await button.ClickAsync();
        await BookAsync(window.FrameLocator("iframe"));
        await page.WaitForFunctionAsync("heard.some(event => event.startsWith('contacts.booking.scheduled '))");
        await window.GetByRole(AriaRole.Button, new() { Name = "Close" }).ClickAsync();

        await Expect(window).ToHaveCountAsync(0);
        await Expect(button).ToBeFocusedAsync();
        Assert.Empty(guest.Complaints);
    }

    [Fact]
    public async Task A_page_that_was_not_asked_for_as_a_frame_is_shown_in_none()
    {
        await using var app = await WebApp.StartAsync();
        await using var site = await FeedServer.StartAsync();
        await using var user = await app.NewPageAsync(Role.Owner, Desktop);
        string[] addresses = [$"{Calendar}?embed=1", Calendar, $"{Calendar}?embed=0", "/contacts?embed=1", "/account/login?embed=1"];

        await user.Page.GotoAsync(site.PutPage("/", "<!DOCTYPE html><title>Ours</title>" + string.Concat(addresses.Select(address => $"""<iframe src="{app.Address.AbsoluteUri.TrimEnd('/')}{address}"></iframe>"""))));

        var shown = new List<string>();
        foreach (var element in await user.Page.QuerySelectorAllAsync("iframe")) shown.Add((await element.ContentFrameAsync())!.Url);
        Assert.Equal([new Uri(app.Address, addresses[0]).AbsoluteUri, .. Enumerable.Repeat("chrome-error://chromewebdata/", 4)], shown);
    }

    [Fact]
    public async Task The_floating_button_comes_wherever_in_the_page_its_script_stands()
    {
        await using var app = await WebApp.StartAsync();
        await using var site = await FeedServer.StartAsync();
        await using var guest = await app.NewPageAsync(options: Desktop);
        var script = app.Address.AbsoluteUri + "embed.js";

        await guest.Page.GotoAsync(site.PutPage("/", $"""
            <!DOCTYPE html><html lang="en"><head><title>Our site</title><link rel="icon" href="data:,">
            <script src="{script}"></script><script src="{script}" data-contacts-button="{Calendar}" data-text="Book a call"></script></head><body><h1>Ours</h1></body></html>
            """));

        await Expect(guest.Page.GetByRole(AriaRole.Button, new() { Name = "Book a call" })).ToBeVisibleAsync();
        Assert.Empty(guest.Complaints);
    }

    // The README's own lines, in a page that notes what it hears.
    private static string PutSite(FeedServer site, WebApp app)
    {
        var lines = Snippet().Match(File.ReadAllText(Path.Combine(Repository.Root, "README.md"))).Groups[1].Value.Replace("https://contacts.example.com", app.Address.AbsoluteUri.TrimEnd('/'), StringComparison.Ordinal);
        return site.PutPage("/", $$"""
            <!DOCTYPE html>
            <html lang="en">
            <head><title>Our site</title><link rel="icon" href="data:,"></head>
            <body>
            <script>
              const heard = [];
              for (const name of ['booking_calendar.loaded', 'booking_calendar.time_slot_selected', 'booking.scheduled'])
                document.addEventListener(`contacts.${name}`, event => heard.push(`${event.type} ${event.detail.path} ${event.detail.start}`));
            </script>
            {{lines}}
            </body>
            </html>
            """);
    }

    private static async Task BookAsync(IFrameLocator frame)
    {
        await frame.GetByRole(AriaRole.Link, new() { NameRegex = ClockTime() }).First.ClickAsync();
        await frame.GetByLabel("Name").FillAsync("Ada Lovelace");
        await frame.GetByLabel("Email").FillAsync("ada@example.com");
        await Button(frame, "Confirm booking").ClickAsync();
        await Expect(frame.GetByRole(AriaRole.Heading, new() { Name = "Booking confirmed" })).ToBeVisibleAsync();
    }

    private static async Task<string> StartAsync(WebApp app) => InstantPattern.General.Format(Instant.FromDateTimeUtc(await app.ReadAsync(db => db.Bookings.Select(b => b.StartsAt).SingleAsync())));

    private static ILocator Button(IFrameLocator frame, string name) => frame.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    [GeneratedRegex(@"^\d\d:\d\d$")]
    private static partial Regex ClockTime();

    [GeneratedRegex(@"```html\n(.*?embed\.js.*?)```", RegexOptions.Singleline)]
    private static partial Regex Snippet();
}
