using System.Text.Json;
using System.Text.RegularExpressions;
using Contacts.Core.Accounts;
using Contacts.Core.Tracking;
using Contacts.Tests.Support;
using Contacts.Tests.Tracking;
using Deque.AxeCore.Playwright;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Contacts.Tests.Stories;

/// <summary>Somebody looks at an organisation's own site, and meets its pages here.</summary>
public sealed partial class TrackingStoryTests
{
    private static readonly BrowserNewContextOptions Desktop = new() { TimezoneId = "Europe/Berlin", ViewportSize = new() { Width = 1280, Height = 900 } };

    [Fact]
    public async Task What_somebody_read_on_another_site_shows_on_the_contact_they_become_here()
    {
        await using var app = await WebApp.StartAsync(clock: new SetClock(SetClock.Monday));
        await using var site = await TrackedPages.StartAsync(app);
        await using var guest = await app.NewPageAsync(options: Desktop);
        var page = guest.Page;
        site.Put("/pricing", "Pricing", $"""<a href="{app.Address}b/acme/intro-call">Book a call</a>""", "data-banner async");

        await page.GotoAsync($"{site.Address}/pricing?utm_source=newsletter&email=ada%40example.com");
        await Expect(page.GetByRole(AriaRole.Region, new() { NameRegex = MayAcme() })).ToBeVisibleAsync();
        var first = await TrackedPages.ReportsAsync(page, () => page.GetByRole(AriaRole.Button, new() { Name = "Allow" }).ClickAsync(), "\"t\":");
        Assert.Equal($"{site.Address}/pricing?utm_source=newsletter", first.GetProperty("u").GetString());
        await TrackedPages.ReportsAsync(page, () => page.GetByRole(AriaRole.Link, new() { Name = "Book a call" }).ClickAsync(), "\"t\":");
        await Expect(page.GetByText("remembers the pages you open here")).ToBeVisibleAsync();
        await BookAsync(page.GetByRole(AriaRole.Link, new() { NameRegex = ClockTime() }).First, page.Locator("form"));
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Booking confirmed" })).ToBeVisibleAsync();
        Assert.DoesNotContain(await guest.Context.CookiesAsync(), c => c.Domain == app.Address.Host);
        await site.WrittenAsync();

        await using var team = await app.NewPageAsync(Role.Member, Desktop);
        await team.GoAsync("/contacts");
        await team.Page.GetByRole(AriaRole.Link, new() { Name = "Ada Lovelace" }).ClickAsync();
        var views = team.Page.GetByRole(AriaRole.Region, new() { Name = "Recent page views" });
        await Expect(views.GetByRole(AriaRole.Link, new() { Name = "Pricing" })).ToBeVisibleAsync();
        await Expect(views).ToContainTextAsync("from newsletter");
        await Expect(views).ToContainTextAsync("On the site now");
        Assert.Empty(guest.Complaints);
    }

    [Fact]
    public async Task A_page_of_ours_within_another_site_books_for_the_visitor_of_that_site()
    {
        await using var app = await WebApp.StartAsync(clock: new SetClock(SetClock.Monday));
        await using var site = await TrackedPages.StartAsync(app);
        await using var guest = await app.NewPageAsync(options: Desktop);
        var (page, frame) = (guest.Page, guest.Page.FrameLocator("[data-contacts] iframe"));
        site.Put("/start", "Start", $"""<div data-contacts="{app.Address}b/acme/intro-call"></div><script src="{app.Address}embed.js" async></script>""");

        await page.GotoAsync(site.Address + "/start");
        await TrackedPages.RunsAsync(page);
        await Expect(frame.GetByRole(AriaRole.Heading, new() { Name = "Intro call" })).ToBeVisibleAsync();
        await TrackedPages.ReportsAsync(page, () => page.EvaluateAsync("_oc.push(['consent', 'granted'])"), "Start");
        await Expect(frame.GetByText("remembers the pages you open here")).ToBeVisibleAsync();
        await BookAsync(frame.GetByRole(AriaRole.Link, new() { NameRegex = ClockTime() }).First, frame.Locator("form"));
        await Expect(frame.GetByRole(AriaRole.Heading, new() { Name = "Booking confirmed" })).ToBeVisibleAsync();
        await site.WrittenAsync();

        var visitor = await app.ReadAsync(db => db.Visitors.SingleAsync(v => v.ContactId != null));
        Assert.Equal(site.Address + "/start", visitor.Landing);
        Assert.Equal((await guest.Context.CookiesAsync()).Single(c => c.Name == "oc_id").Value, visitor.Key);
    }

    [Fact]
    public async Task A_page_that_changes_within_itself_reports_each_with_its_own_title_and_the_time_on_it()
    {
        await using var app = await WebApp.StartAsync();
        await using var site = await TrackedPages.StartAsync(app);
        await using var guest = await app.NewPageAsync(options: Desktop);
        var page = guest.Page;
        await page.Clock.InstallAsync();
        await page.GotoAsync(site.Put("/one", "One", before: "<script>_oc = [['setPath', '/first'], ['consent', 'granted'], ['trackPageView']]</script>"));
        await TrackedPages.RunsAsync(page);
        await site.WrittenAsync();
        await page.Clock.FastForwardAsync(5000);

        var times = new List<JsonElement>();
        page.Request += (_, request) =>
        {
            if (request.PostData?.Contains("\"d\":", StringComparison.Ordinal) == true) times.Add(JsonSerializer.Deserialize<JsonElement>(request.PostData));
        };
        await TrackedPages.ReportsAsync(page, () => page.EvaluateAsync("history.pushState({}, '', '/two?id=7#top'); document.title = 'Two'"), "\"Two\"");
        var time = Assert.Single(times);
        await site.WrittenAsync();

        Assert.Equal(site.Address + "/first", time.GetProperty("u").GetString());
        Assert.InRange(time.GetProperty("d").GetInt32(), 5, 120);
        Assert.Equal([("/first", "One"), ("/two", "Two")], (await app.ReadAsync(db => db.PageViews.Where(v => v.Url.StartsWith(site.Address)).OrderBy(v => v.Id).ToListAsync())).Select(v => (v.Url[site.Address.Length..], v.Title)));
    }

    [Fact]
    public async Task Other_banners_decide_and_a_token_of_the_site_says_who_it_is()
    {
        await using var app = await WebApp.StartAsync();
        await using var site = await TrackedPages.StartAsync(app);
        await using var guest = await app.NewPageAsync(options: Desktop);
        var (page, settings) = (guest.Page, app.Get<TrackingSettings>());
        await settings.RenewSecretAsync(app.Acme.Owner);
        var contact = await app.Get<Contacts.Core.People.ContactBook>().AddAsync(app.Acme.Owner, new Contacts.Core.People.ContactEdit().SetName("Ada Lovelace").Set("email", "ada@example.com"), new(Contacts.Core.Activity.SourceKind.User, "Iris"));
        var token = SignedTokenTests.Token(secret: (await settings.FindAsync(app.Acme.Owner)).Rules.Secret!, now: DateTime.UtcNow);

        // The trade's framework, asked until it has an answer.
        await page.GotoAsync(site.Put("/tcf", "Framework", before: "<script>__tcfapi = (name, version, hear) => { tell = hear; hear({ eventStatus: 'cmpuishown', purpose: { consents: {} } }, true) }</script>"));
        await TrackedPages.RunsAsync(page);
        await TrackedPages.ReportsAsync(page, () => page.EvaluateAsync("tell({ eventStatus: 'useractioncomplete', purpose: { consents: { 1: true } } }, true)"), "\"t\":");
        await TrackedPages.ReportsAsync(page, () => page.EvaluateAsync("tell({ eventStatus: 'useractioncomplete', purpose: { consents: { 1: false } } }, true)"), "denied");
        // Any banner, by an event of the document.
        await TrackedPages.ReportsAsync(page, () => page.EvaluateAsync("document.dispatchEvent(new CustomEvent('contacts:consent', { detail: 'granted' }))"), "\"t\":");
        await site.WrittenAsync();
        await TrackedPages.ReportsAsync(page, () => page.EvaluateAsync("token => _oc.push(['identify', token])", token), "\"i\":");
        await site.WrittenAsync();

        var seen = await app.Get<VisitLog>().ReadAsync(app.Acme.Owner, contact.Id);
        Assert.Equal(["Framework", "Framework"], seen.Views.Select(v => v.Title));
        Assert.Equal(["site", "tcf", "tcf"], (await app.Get<VisitLog>().ConsentsAsync(app.Acme.Owner, contact.Id)).Select(c => c.Wording));
    }

    [Fact]
    public async Task A_site_is_none_the_worse_without_us()
    {
        await using var app = await WebApp.StartAsync();
        await using var site = await TrackedPages.StartAsync(app);
        await using var guest = await app.NewPageAsync(options: Desktop);
        await guest.Context.RouteAsync(address => address.Contains("/t?s=", StringComparison.Ordinal), route => route.AbortAsync());
        var failed = new List<string>();
        guest.Page.PageError += (_, error) => failed.Add(error);

        await guest.Page.GotoAsync(site.Put("/", "Home", line: "data-banner async", before: "<script>_oc = [['consent', 'granted']]</script>"));
        await guest.Page.WaitForLoadStateAsync(LoadState.NetworkIdle);

        Assert.Empty(failed);
        Assert.Empty(await guest.Context.CookiesAsync());
        await Expect(guest.Page.GetByRole(AriaRole.Heading, new() { Name = "Home" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task The_banner_asks_in_the_readers_language_by_keyboard_and_without_barriers()
    {
        await using var app = await WebApp.StartAsync();
        await using var site = await TrackedPages.StartAsync(app);
        await app.Get<TrackingSettings>().SaveAsync(app.Acme.Owner, new TrackingEdit { Wordings = [new("en", "May we remember?", "Yes", "No"), new("de", "Dürfen wir uns das merken?", "Ja", "Nein")] });
        await using var guest = await app.NewPageAsync(options: new(Desktop) { Locale = "de-AT", ColorScheme = ColorScheme.Dark });
        var page = guest.Page;
        site.Put("/", "Startseite", line: "data-banner async");
        await page.GotoAsync(site.Address + "/");
        await TrackedPages.RunsAsync(page);
        await page.EvaluateAsync("document.documentElement.lang = ''; _oc.push(['ask'])");

        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Dürfen wir uns das merken?" })).ToBeVisibleAsync();
        await page.EvaluateAsync("document.documentElement.lang = 'de'");
        Assert.Empty((await page.RunAxe(new() { RunOnly = new() { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21aa"] } })).Violations.Select(v => v.Id));
        await page.Keyboard.PressAsync("Tab");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Ja" })).ToBeFocusedAsync();
        await TrackedPages.ReportsAsync(page, () => page.Keyboard.PressAsync("Enter"), "\"t\":");
        await Expect(page.GetByRole(AriaRole.Region)).ToHaveCountAsync(0);
        await site.WrittenAsync();
        Assert.Equal("1", await app.ReadAsync(db => db.ConsentRecords.Select(c => c.Wording).SingleAsync()));
    }

    [Fact]
    public async Task An_admin_puts_the_line_on_a_site_and_sees_it_arrive()
    {
        await using var app = await WebApp.StartAsync();
        await using var site = await TrackedPages.StartAsync(app);
        await using var admin = await app.NewPageAsync(Role.Admin, Desktop);
        await admin.GoAsync("/settings/tracking");
        await Expect(admin.Page.GetByText("Waiting for the first page view")).ToBeVisibleAsync();
        var line = await admin.Page.Locator(".snippet code").First.TextContentAsync();

        await using var guest = await app.NewPageAsync(options: Desktop);
        await guest.Page.GotoAsync(site.Put("/", "Home", line!, "data-site=\"\" type=\"none\""));
        await TrackedPages.ReportsAsync(guest.Page, () => guest.Page.GetByRole(AriaRole.Button, new() { Name = "Allow" }).ClickAsync(), "\"t\":");

        await Expect(admin.Page.GetByText("Installed: the first page view was seen")).ToBeVisibleAsync();
        await admin.Page.GetByLabel("What is kept").SelectOptionAsync("Count");
        await admin.Page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(admin.Page.GetByText("Saved")).ToBeVisibleAsync();
        Assert.Equal(TrackingMode.Count, (await app.Get<KnownSites>().FindAsync("acme"))!.Rules.Mode);
        Assert.Empty(admin.Complaints);
    }

    private static async Task BookAsync(ILocator time, ILocator form)
    {
        await time.ClickAsync();
        await form.GetByLabel("Name").FillAsync("Ada Lovelace");
        await form.GetByLabel("Email").FillAsync("ada@example.com");
        await form.GetByRole(AriaRole.Button, new() { Name = "Confirm booking" }).ClickAsync();
    }

    [GeneratedRegex(@"^\d\d:\d\d$")]
    private static partial Regex ClockTime();

    [GeneratedRegex("^May Acme")]
    private static partial Regex MayAcme();
}
