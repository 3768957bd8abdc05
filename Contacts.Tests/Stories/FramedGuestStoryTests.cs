using System.Text.RegularExpressions;
using Contacts.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Contacts.Tests.Stories;

/// <summary>A guest in a frame of another site's page, which any site may be.</summary>
public sealed partial class FramedGuestStoryTests
{
    private const string Next = "https://www.example.com/thanks";
    private static readonly BrowserNewContextOptions Desktop = new() { TimezoneId = "Europe/Berlin", ViewportSize = new() { Width = 1280, Height = 900 } };

    [Fact]
    public async Task The_site_hears_of_a_booking_once_and_never_what_opens_it()
    {
        await using var app = await WebApp.StartAsync(clock: new SetClock(SetClock.Monday));
        await using var around = await OpenAsync(app);
        await using var site = await app.NewPageAsync(options: Desktop);
        var (page, frame) = (site.Page, site.Page.FrameLocator("iframe"));

        await page.GotoAsync(around.Address);
        await BookAsync(frame);
        await page.Frames[1].EvaluateAsync("location.reload()");
        await frame.GetByRole(AriaRole.Link, new() { Name = "Cancel booking" }).ClickAsync();
        await frame.GetByRole(AriaRole.Button, new() { Name = "Cancel booking" }).ClickAsync();
        await Expect(frame.GetByRole(AriaRole.Heading, new() { Name = "Booking canceled" })).ToBeVisibleAsync();

        var start = (await app.ReadAsync(db => db.Bookings.Select(b => b.StartsAt).SingleAsync())).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", null);
        Assert.Equal(["contacts.booking_calendar.loaded /b/acme/intro-call", $"contacts.booking_calendar.time_slot_selected /b/acme/intro-call {start}", $"contacts.booking.scheduled /b/acme/intro-call {start}"],
            await page.EvaluateAsync<string[]>("heard.filter(m => m.type !== 'contacts.height').map(m => [m.type, m.path, m.start].filter(part => part).join(' '))"));
        Assert.DoesNotContain("/booking/", await page.EvaluateAsync<string>("JSON.stringify(heard)"), StringComparison.Ordinal);
        Assert.Empty(site.Complaints);
    }

    [Fact]
    public async Task The_frame_is_as_tall_as_everything_in_it()
    {
        await using var app = await WebApp.StartAsync(clock: new SetClock(SetClock.Monday));
        await using var around = await OpenAsync(app);
        await using var site = await app.NewPageAsync(options: new(Desktop) { ViewportSize = new() { Width = 390, Height = 844 } });
        var page = site.Page;

        await page.GotoAsync(around.Address);
        await Expect(page.FrameLocator("iframe").GetByRole(AriaRole.Button, new() { Name = "Allow" })).ToBeVisibleAsync();

        await page.WaitForFunctionAsync("heard.some(m => m.type === 'contacts.height' && m.height > 700)");
        Assert.Equal("[true,true]", await page.Frames[1].EvaluateAsync<string>("""
            new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => {
              const last = document.querySelector('[data-oc-ask]').getBoundingClientRect().bottom;
              done(JSON.stringify([document.documentElement.scrollHeight <= innerHeight, innerHeight - last < 60]));
            })))
            """));
    }

    [Fact]
    public async Task Each_step_begins_where_the_guest_sees_it()
    {
        await using var app = await WebApp.StartAsync(clock: new SetClock(SetClock.Monday));
        await using var around = await OpenAsync(app);
        await using var site = await app.NewPageAsync(options: new(Desktop) { ViewportSize = new() { Width = 390, Height = 500 } });
        var (page, frame) = (site.Page, site.Page.FrameLocator("iframe"));

        await page.GotoAsync(around.Address);
        await Expect(frame.GetByRole(AriaRole.Heading, new() { Name = "Intro call" })).ToBeVisibleAsync();
        Assert.Equal(0, await page.EvaluateAsync<int>("scrollY")); // the frame takes nobody along who reads the page around it
        await frame.GetByRole(AriaRole.Cell).GetByRole(AriaRole.Link).Last.ClickAsync();
        await Expect(frame.Locator("#day")).ToBeFocusedAsync();
        await Expect(frame.Locator("#day")).ToBeInViewportAsync();
        await frame.GetByRole(AriaRole.Link, new() { NameRegex = ClockTime() }).Last.ClickAsync();
        await Expect(frame.GetByRole(AriaRole.Heading, new() { Name = "Intro call" })).ToBeInViewportAsync();
        await frame.GetByRole(AriaRole.Button, new() { Name = "Confirm booking" }).ClickAsync();
        await Expect(frame.GetByLabel("Name")).ToBeFocusedAsync();
        await Expect(frame.GetByLabel("Name")).ToBeInViewportAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task After_a_booking_the_site_goes_on_to_the_calendars_page_unless_it_prefers_to_stay(bool stays)
    {
        await using var app = await WebApp.StartAsync(clock: new SetClock(SetClock.Monday));
        await app.ReadAsync(db => db.BookingCalendars.ExecuteUpdateAsync(set => set.SetProperty(c => c.RedirectUrl, Next)));
        await using var around = await OpenAsync(app, stays ? "document.addEventListener('contacts.booking.scheduled', event => event.preventDefault());" : "");
        await using var site = await app.NewPageAsync(options: Desktop);
        var (page, frame) = (site.Page, site.Page.FrameLocator("iframe"));
        await page.RouteAsync("https://www.example.com/**", route => route.FulfillAsync(new() { ContentType = "text/html", Body = "<!DOCTYPE html><link rel=icon href=data:,><h1>Thank you</h1>" }));

        await page.GotoAsync(around.Address);
        await FillAsync(frame);
        if (stays) await frame.GetByRole(AriaRole.Link, new() { Name = "Go on to www.example.com" }).ClickAsync(); // the guest decides
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Thank you" })).ToBeVisibleAsync();

        Assert.Equal(Next, page.Url);
    }

    private static async Task<FeedServer> OpenAsync(WebApp app, string script = "")
    {
        var server = await FeedServer.StartAsync();
        server.PutPage("/", $"""
            <!DOCTYPE html><meta name="viewport" content="width=device-width"><link rel="icon" href="data:,"><title>Another site</title>
            <script>window.heard = []; addEventListener('message', event => heard.push(event.data)); {script}</script>
            <h1>Another site</h1><div data-contacts="{app.Address}b/acme/intro-call"></div><script src="{app.Address}embed.js"></script>
            """);
        return server;
    }

    private static async Task BookAsync(IFrameLocator frame)
    {
        await FillAsync(frame);
        await Expect(frame.GetByRole(AriaRole.Heading, new() { Name = "Booking confirmed" })).ToBeVisibleAsync();
    }

    private static async Task FillAsync(IFrameLocator frame)
    {
        await frame.GetByRole(AriaRole.Link, new() { NameRegex = ClockTime() }).First.ClickAsync();
        await frame.GetByLabel("Name").FillAsync("Ada Lovelace");
        await frame.GetByLabel("Email").FillAsync("ada@example.com");
        await frame.GetByRole(AriaRole.Button, new() { Name = "Confirm booking" }).ClickAsync();
    }

    [GeneratedRegex(@"^\d\d:\d\d$")]
    private static partial Regex ClockTime();
}
