using System.Text.RegularExpressions;
using Contacts.Core.Accounts;
using Contacts.Core.Intake.Booking;
using Contacts.Tests.Intake.Booking;
using Contacts.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Contacts.Tests.Stories;

/// <summary>The story the product is built around, in a real browser: a guest books, and the team sees who it is.</summary>
public sealed partial class BookingStoryTests
{
    private const string BookingPage = "/b/acme/intro-call";
    private static readonly BrowserNewContextOptions Desktop = new() { TimezoneId = "Europe/Berlin", ViewportSize = new() { Width = 1440, Height = 900 } };

    [Fact]
    public async Task A_guest_books_and_the_team_sees_who_it_is()
    {
        await using var app = await WebApp.StartAsync(founded: false);
        await using var owner = await app.NewPageAsync(options: Desktop);
        await using var guest = await app.NewPageAsync(options: Desktop);
        var team = owner.Page;

        await SetUpAsync(owner, await app.SetupLinkAsync());
        await guest.GoAsync(BookingPage);
        await guest.Page.RunAndWaitForResponseAsync(() => Button(guest.Page, "Allow").ClickAsync(), answer => answer.Url.EndsWith("/t", StringComparison.Ordinal));
        await BookAsync(guest.Page, "Ada Lovelace", "ada@example.com");

        await team.GetByRole(AriaRole.Link, new() { Name = "Ada Lovelace" }).ClickAsync(); // there without a reload
        await Expect(Region(team, "Contact details")).ToContainTextAsync("ada@example.com");
        await Expect(Region(team, "Recent activity")).ToContainTextAsync("Booked Intro call");
        await Expect(Region(team, "Recent page views").GetByRole(AriaRole.Listitem).First).ToBeVisibleAsync();

        await Button(team, "Contact status: No status").ClickAsync();
        await team.GetByRole(AriaRole.Menuitem, new() { Name = "Qualified", Exact = true }).ClickAsync();
        await Expect(Button(team, "Contact status: Qualified")).ToBeVisibleAsync();
        await Expect(Region(team, "Recent activity")).ToContainTextAsync("No status → Qualified");
        await Expect(team.GetByRole(AriaRole.Row).Filter(new() { HasText = "Ada Lovelace" })).ToContainTextAsync("Qualified");

        await CreateTeamSizeAsync(team);
        await AskForTeamSizeAsync(owner);
        await using var next = await app.NewPageAsync(options: Desktop);
        await owner.GoAsync("/contacts");
        await next.GoAsync(BookingPage);
        await BookAsync(next.Page, "Grace Hopper", "grace@example.com", form => form.GetByLabel("11 to 50").CheckAsync());

        await team.GetByRole(AriaRole.Link, new() { Name = "Grace Hopper" }).ClickAsync();
        var size = Region(team, "Contact details").GetByRole(AriaRole.Button, new() { Name = "Team size: 11 to 50. Edit" });
        await Expect(size).ToBeVisibleAsync();
        await Expect(Region(team, "Contact details")).ToContainTextAsync("from Intro call");
        Assert.Empty(owner.Complaints.Concat(guest.Complaints).Concat(next.Complaints));
    }

    [Fact]
    public async Task A_guest_without_JavaScript_books_to_the_end()
    {
        await using var app = await WebApp.StartAsync();
        await using var guest = await app.NewPageAsync(options: new() { JavaScriptEnabled = false });

        await guest.Page.GotoAsync(BookingPage);
        await BookAsync(guest.Page, "Ada Lovelace", "ada@example.com");

        Assert.Equal("Ada Lovelace", await app.ReadAsync(db => db.Contacts.Select(c => c.DisplayName).SingleAsync()));
    }

    [Fact]
    public async Task A_guest_on_a_phone_who_says_no_is_not_remembered()
    {
        await using var app = await WebApp.StartAsync();
        await using var guest = await app.NewPageAsync(options: new() { TimezoneId = "Europe/Berlin", ViewportSize = new() { Width = 390, Height = 844 }, HasTouch = true, IsMobile = true });

        var (page, asked) = (guest.Page, Button(guest.Page, "Allow"));

        await guest.GoAsync(BookingPage);
        await Button(page, "No thanks").ClickAsync();
        await Expect(asked).ToBeHiddenAsync();
        await page.GetByLabel("Times are in").SelectOptionAsync("Asia/Tokyo");
        await Button(page, "Change").ClickAsync();
        await page.WaitForURLAsync(address => address.Contains("zone=Asia", StringComparison.Ordinal));
        await Expect(asked).ToHaveCountAsync(0);
        await page.Locator("table a").Last.ClickAsync();
        await page.WaitForURLAsync(address => address.Contains("day=", StringComparison.Ordinal));
        await Expect(asked).ToHaveCountAsync(0);
        await BookAsync(page, "Ada Lovelace", "ada@example.com", async _ => await Expect(asked).ToHaveCountAsync(0));

        // Not even the answer is kept: there is nothing in the browser, and who comes back is asked again.
        Assert.Empty(await guest.Context.CookiesAsync());
        Assert.Equal(0, await page.EvaluateAsync<int>("localStorage.length + sessionStorage.length"));
        Assert.Equal((0, 0), await app.ReadAsync(async db => (await db.PageViews.CountAsync(), await db.Visitors.CountAsync())));
        await guest.GoAsync(BookingPage);
        await Expect(asked).ToBeVisibleAsync();
        Assert.Empty(guest.Complaints);
    }

    [Fact]
    public async Task A_guest_who_says_no_over_a_half_filled_form_loses_nothing_and_is_not_asked_when_it_comes_back()
    {
        await using var app = await WebApp.StartAsync();
        await using var guest = await app.NewPageAsync(options: Desktop);
        var (page, asked) = (guest.Page, Button(guest.Page, "Allow"));

        await guest.GoAsync(BookingPage);
        await page.GetByRole(AriaRole.Link, new() { NameRegex = ClockTime() }).First.ClickAsync();
        await page.GetByLabel("Name").FillAsync("Ada Lovelace");
        await Button(page, "No thanks").ClickAsync();
        await Button(page, "Confirm booking").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();

        await Expect(page.GetByLabel("Name")).ToHaveValueAsync("Ada Lovelace");
        await Expect(asked).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_guest_who_booked_goes_on_to_the_organisations_own_page_which_is_told_nothing()
    {
        const string thanks = "https://www.acme.example/thanks?from=booking";
        await using var app = await WebApp.StartAsync();
        await app.Get<BookingCalendars>().CreateAsync(app.Acme.Owner, BookingCrowd.OpenAllWeek(app.Acme.Owner) with { RedirectUrl = thanks });
        await using var guest = await app.NewPageAsync(options: Desktop);
        var asked = new List<IRequest>();
        await guest.Page.RouteAsync("https://www.acme.example/**", route =>
        {
            asked.Add(route.Request);
            return route.FulfillAsync(new() { ContentType = "text/html", Body = "<!DOCTYPE html><title>Thanks</title><link rel=icon href=data:,><h1>Thank you</h1>" });
        });

        await guest.GoAsync("/b/acme/talk");
        await SendAsync(guest.Page, "Ada Lovelace", "ada@example.com");
        await Expect(guest.Page.GetByRole(AriaRole.Heading, new() { Name = "Thank you" })).ToBeVisibleAsync();

        Assert.Equal(thanks, guest.Page.Url);
        Assert.DoesNotContain("referer", (await Assert.Single(asked).AllHeadersAsync()).Keys);
        Assert.Empty(guest.Complaints);
    }

    [Fact]
    public async Task A_guest_who_changes_to_no_leaves_nothing_behind()
    {
        await using var app = await WebApp.StartAsync();
        await using var guest = await app.NewPageAsync(options: Desktop);
        var page = guest.Page;

        await guest.GoAsync(BookingPage);
        await page.RunAndWaitForResponseAsync(() => Button(page, "Allow").ClickAsync(), answer => answer.Url.EndsWith("/t", StringComparison.Ordinal));
        Assert.Equal(["oc_consent", "oc_id"], (await guest.Context.CookiesAsync()).Select(c => c.Name).Order());
        await Button(page, "Stop remembering").ClickAsync();
        await Expect(Button(page, "Stop remembering")).ToBeHiddenAsync();

        await Expect(Button(page, "Allow")).ToBeHiddenAsync();
        var left = Assert.Single(await guest.Context.CookiesAsync());
        Assert.Equal("oc_id", left.Name);
        Assert.InRange(left.Expires - DateTimeOffset.UtcNow.ToUnixTimeSeconds(), 1, 1800);
    }

    private static async Task SetUpAsync(BrowserPage owner, string link)
    {
        var page = owner.Page;
        await owner.GoAsync(link);
        await page.GetByLabel("Organisation").FillAsync("Acme");
        await page.GetByLabel("Your name").FillAsync("Iris Ritter");
        await page.GetByLabel("Email").FillAsync("iris@acme.example");
        await page.GetByLabel("Password").FillAsync(WebApp.Password);
        await Button(page, "Create account").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Contacts", Exact = true })).ToBeVisibleAsync();
        await owner.ReadyAsync();
    }

    private static async Task BookAsync(IPage page, string name, string email, Func<ILocator, Task>? answer = null)
    {
        await SendAsync(page, name, email, answer);
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Booking confirmed" })).ToBeVisibleAsync();
    }

    private static async Task SendAsync(IPage page, string name, string email, Func<ILocator, Task>? answer = null)
    {
        await page.GetByRole(AriaRole.Link, new() { NameRegex = ClockTime() }).First.ClickAsync();
        await page.GetByLabel("Name").FillAsync(name);
        await page.GetByLabel("Email").FillAsync(email);
        if (answer is not null) await answer(page.Locator("form"));
        await Button(page, "Confirm booking").ClickAsync();
    }

    private static async Task CreateTeamSizeAsync(IPage team)
    {
        await Button(team, "Manage contact fields").ClickAsync();
        var gear = team.GetByRole(AriaRole.Dialog, new() { Name = "Manage contact fields" });
        await Button(gear, "Create field").ClickAsync();
        await gear.GetByLabel("Field title").FillAsync("Team size");
        await gear.GetByLabel("Field type").SelectOptionAsync("single_choice");
        await gear.GetByLabel("Option 1", new() { Exact = true }).FillAsync("1 to 10");
        await Button(gear, "Add option").ClickAsync();
        await gear.GetByLabel("Option 2", new() { Exact = true }).FillAsync("11 to 50");
        await Button(gear, "Save").ClickAsync();
        await Expect(Button(gear, "Move Team size up")).ToBeVisibleAsync();
        await Button(gear, "Close").ClickAsync();
        await Expect(gear).ToBeHiddenAsync();
    }

    private static async Task AskForTeamSizeAsync(BrowserPage owner)
    {
        var page = owner.Page;
        await owner.GoAsync("/booking-calendars");
        await page.GetByRole(AriaRole.Link, new() { Name = "Intro call", Exact = true }).ClickAsync();
        await Button(page, "Add question").ClickAsync();
        var question = page.GetByRole(AriaRole.Group, new() { Name = "Question 1" });
        await question.GetByLabel("Question", new() { Exact = true }).FillAsync("How big is your team?");
        await question.GetByLabel("Type").SelectOptionAsync("single_choice");
        await question.GetByLabel("Contact field").SelectOptionAsync("team_size");
        await Button(page, "Save").ClickAsync();
        await Expect(page.GetByText("Saved", new() { Exact = true })).ToBeVisibleAsync();
    }

    private static ILocator Button(IPage page, string name) => page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    private static ILocator Button(ILocator part, string name) => part.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    private static ILocator Region(IPage page, string name) => page.GetByRole(AriaRole.Region, new() { Name = name });

    [GeneratedRegex(@"^\d\d:\d\d$")]
    private static partial Regex ClockTime();
}
