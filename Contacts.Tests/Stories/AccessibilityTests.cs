using System.Text.RegularExpressions;
using Contacts.Core.Accounts;
using Contacts.Core.Data;
using Contacts.Core.Data.MadeUp;
using Contacts.Core.Intake.Booking;
using Contacts.Tests.Support;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Contacts.Tests.Stories;

/// <summary>Every screen by the rules of WCAG 2.2 AA, in light and dark, and without anything the browser complains about.</summary>
public sealed partial class AccessibilityTests(AccessibilityTests.Filled filled) : IClassFixture<AccessibilityTests.Filled>
{
    /// <summary>Every part that a filter has, and a notice.</summary>
    private const string Filtered = "/contacts?filter=all~shoe_size.gt.4~created.last.3000~any~city.empty~city.has.a~end&columns=name,status,city,created&density=compact";

    private const string BookingPage = "/b/acme/intro-call?iana_time_zone=Europe/Berlin";

    private static readonly AxeRunOptions Rules = new()
    {
        RunOnly = new RunOnlyOptions { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] },
        ResultTypes = [ResultType.Violations],
    };

    private const string StandStill = """
        () => {
          const still = new CSSStyleSheet();
          still.replaceSync('*, *::before, *::after { transition: none !important; animation-duration: 0s !important; animation-delay: 0s !important; }');
          document.adoptedStyleSheets = [still];
        }
        """;

    private readonly List<string> _violations = [];

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Contacts_and_their_dialogs_are_for_everybody(ColorScheme light)
    {
        await using var user = await OpenAsync(light, Role.Owner);
        var page = user.Page;

        await user.GoAsync("/contacts");
        await CheckAsync(page, "list");
        await Button(page, "Add contact").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
        await CheckAsync(page, "Add contact");
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.GetByRole(AriaRole.Dialog)).ToBeHiddenAsync();
        await Button(page, "Manage contact fields").ClickAsync();
        var gear = page.GetByRole(AriaRole.Dialog, new() { Name = "Manage contact fields" });
        await Expect(Button(gear, "Create field")).ToBeVisibleAsync();
        await CheckAsync(page, "gear");
        await Button(gear, "Create field").ClickAsync();
        await gear.GetByLabel("Field type").SelectOptionAsync("single_choice");
        await Expect(gear.GetByLabel("Option 1", new() { Exact = true })).ToBeVisibleAsync();
        await CheckAsync(page, "gear, new field");
        await user.GoAsync("/contacts");
        // By address: a click that comes before the list's own script follows the link to the whole page.
        var contact = (await page.Locator("#contact-rows a[data-peek]").First.GetAttributeAsync("href"))!;
        await user.GoAsync($"/contacts?peek={contact.Split('/')[^1]}");
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Recent page views" })).ToBeVisibleAsync();
        await CheckAsync(page, "peek");
        await user.GoAsync(contact);
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Recent page views" })).ToBeVisibleAsync();
        await CheckAsync(page, "contact");
        await user.GoAsync("/contacts?view=board");
        await Expect(page.Locator("#contact-board .card").First).ToBeVisibleAsync();
        await CheckAsync(page, "board");
        await user.GoAsync("/contacts");
        await page.GetByRole(AriaRole.Checkbox).Nth(2).CheckAsync();
        await page.GetByRole(AriaRole.Checkbox).Nth(3).CheckAsync();
        await Expect(page.GetByText("2 chosen")).ToBeVisibleAsync();
        await CheckAsync(page, "list, chosen");
        await Button(page, "Set status").ClickAsync();
        await page.GetByRole(AriaRole.Menuitem, new() { Name = "Disqualified", Exact = true }).ClickAsync();
        await Expect(page.GetByLabel("Why? (optional)")).ToBeFocusedAsync();
        await CheckAsync(page, "list, to be lost");
        await Button(page, "Cancel").ClickAsync();
        await Button(page, "Set status").ClickAsync();
        await page.GetByRole(AriaRole.Menuitem, new() { Name = "Qualified", Exact = true }).ClickAsync();
        await Expect(Button(page.GetByRole(AriaRole.Group, new() { Name = "Status to Qualified" }), "Close")).ToBeVisibleAsync();
        await CheckAsync(page, "list, changed");
        await page.Locator("td[data-cell=email]").First.DblClickAsync();
        await page.Locator(".cell-edit input").FillAsync("nonsense");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByText("Enter an email address")).ToBeVisibleAsync();
        await CheckAsync(page, "list, refused cell");
        await page.Keyboard.PressAsync("Escape");
        await page.Locator("td[data-cell=status]").First.DblClickAsync();
        await Expect(page.GetByRole(AriaRole.Menuitem).First).ToBeVisibleAsync();
        await CheckAsync(page, "list, status cell");
        await page.Keyboard.PressAsync("Escape");
        await user.GoAsync(Filtered);
        await CheckAsync(page, "filtered list");
        await Button(page, "Display").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Dialog, new() { Name = "Display" })).ToBeVisibleAsync();
        await CheckAsync(page, "display");
        await page.Keyboard.PressAsync("Escape");
        await Button(page, "Filter").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Searchbox, new() { Name = "Find a field" })).ToBeFocusedAsync();
        await CheckAsync(page, "filter, fields");
        await page.Keyboard.TypeAsync("stat");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Checkbox).First).ToBeFocusedAsync();
        await CheckAsync(page, "filter, condition");
        await user.GoAsync("/contacts");
        var ids = await page.Locator("#contact-rows a[data-peek]").EvaluateAllAsync<string[]>("links => links.slice(0, 3).map(link => link.dataset.peek)");
        await user.GoAsync($"/contacts/merge?ids={string.Join(',', ids)}");
        await CheckAsync(page, "merge");
        await user.GoAsync("/contacts?q=nobodyiscalledlikethis");
        await CheckAsync(page, "empty list");

        Assert.Equal("", string.Join("\n", _violations.Concat(user.Complaints)));
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task The_stream_the_palette_and_the_list_of_keys_are_for_everybody(ColorScheme light)
    {
        await using var user = await OpenAsync(light, Role.Owner);
        var page = user.Page;

        await user.GoAsync("/activity");
        await Expect(page.Locator(".stream .entry").First).ToBeVisibleAsync();
        await CheckAsync(page, "stream");
        await Button(page, "Kind: All kinds").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Menuitem, new() { Name = "Bookings" })).ToBeVisibleAsync();
        await CheckAsync(page, "stream, filter");
        await user.GoAsync("/activity?kind=conversations&source=import&person=nobody");
        await Expect(page.GetByText("Nothing like that has happened")).ToBeVisibleAsync();
        await CheckAsync(page, "stream, nothing found");
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Search") }).First.ClickAsync();
        await page.GetByRole(AriaRole.Combobox).FillAsync("a");
        await Expect(page.Locator("#palette [data-found=a] a").First).ToBeVisibleAsync();
        await CheckAsync(page, "palette");
        await page.Keyboard.PressAsync("Escape");
        await user.GoAsync("/settings/profile");
        await Button(page, "Show the list").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Dialog, new() { Name = "Keyboard shortcuts" })).ToBeVisibleAsync();
        await CheckAsync(page, "list of keys");

        Assert.Equal("", string.Join("\n", _violations.Concat(user.Complaints)));
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Settings_and_booking_calendars_are_for_everybody(ColorScheme light)
    {
        await using var user = await OpenAsync(light, Role.Owner);

        foreach (var path in new[] { "/bookings", "/bookings?show=week", "/booking-calendars", "/booking-calendars/new", "/routing-forms", await filled.FormAsync(), "/chatbots", await filled.ChatbotAsync(), "/settings/organisation", "/settings/email", "/settings/tracking", "/page-views", "/settings/members", "/settings/availability", "/settings/profile", "/settings/statuses" })
        {
            await user.GoAsync(path);
            await CheckAsync(user.Page, path);
        }

        Assert.Equal("", string.Join("\n", _violations.Concat(user.Complaints)));
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Pages_of_guests_are_for_everybody(ColorScheme light)
    {
        await using var guest = await OpenAsync(light, null);
        var page = guest.Page;

        await guest.GoAsync("/account/login");
        await CheckAsync(page, "sign-in");
        await guest.GoAsync(BookingPage);
        await CheckAsync(page, "times");
        await page.GetByRole(AriaRole.Link, new() { NameRegex = ClockTime() }).First.ClickAsync();
        await Expect(page.GetByLabel("Name")).ToBeVisibleAsync();
        await CheckAsync(page, "form");
        await page.GetByLabel("Name").FillAsync("Ada Lovelace");
        await page.GetByLabel("Email").FillAsync("ada");
        await Button(page, "Confirm booking").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        await CheckAsync(page, "refused form");
        await page.GetByLabel("Email").FillAsync("ada@example.com");
        await Button(page, "Confirm booking").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Booking confirmed" })).ToBeVisibleAsync();
        await CheckAsync(page, "confirmed");
        await page.GetByRole(AriaRole.Link, new() { Name = "Change time" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { NameRegex = ClockTime() }).First.ClickAsync();
        await Expect(Button(page, "Confirm new time")).ToBeVisibleAsync();
        await CheckAsync(page, "change");
        await Button(page, "Confirm new time").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Cancel booking" })).ToBeVisibleAsync();
        await CheckAsync(page, "changed");
        await page.GetByRole(AriaRole.Link, new() { Name = "Cancel booking" }).ClickAsync();
        await Expect(Button(page, "Cancel booking")).ToBeVisibleAsync();
        await CheckAsync(page, "cancel");
        await Button(page, "Cancel booking").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Booking canceled" })).ToBeVisibleAsync();
        await CheckAsync(page, "canceled");
        await guest.GoAsync("/f/acme/contact-us?zone=Europe/Berlin");
        await Button(page, "Continue").ClickAsync();
        await Expect(page.GetByText("Answer this question.")).ToBeVisibleAsync();
        await CheckAsync(page, "refused answer");
        await page.GetByLabel("What is your name?").FillAsync("Ada Lovelace");
        await Button(page, "Continue").ClickAsync();
        await Expect(page.GetByLabel("What is your email address?")).ToBeVisibleAsync();
        await CheckAsync(page, "question");

        // The browser itself reports the answer 422 of the refused form.
        Assert.Equal("", string.Join("\n", _violations.Concat(guest.Complaints.Where(c => !c.Contains("422", StringComparison.Ordinal)))));
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Pages_that_tell_a_guest_no_are_for_everybody(ColorScheme light)
    {
        await using var guest = await OpenAsync(light, null);
        var page = guest.Page;

        await guest.GoAsync(BookingPage);
        var form = (await page.GetByRole(AriaRole.Link, new() { NameRegex = ClockTime() }).First.GetAttributeAsync("href"))!;
        await using (var other = await OpenAsync(light, null))
        {
            await guest.GoAsync(form);
            await other.GoAsync(form);
            await other.Page.GetByLabel("Name").FillAsync("Eve");
            await other.Page.GetByLabel("Email").FillAsync("eve@example.com");
            await Button(other.Page, "Confirm booking").ClickAsync();
            await Expect(other.Page.GetByRole(AriaRole.Heading, new() { Name = "Booking confirmed" })).ToBeVisibleAsync();
        }
        await page.GetByLabel("Name").FillAsync("Ada Lovelace");
        await page.GetByLabel("Email").FillAsync("ada@example.com");
        await Button(page, "Confirm booking").ClickAsync();
        await Expect(page.GetByText(BookingDesk.Taken)).ToBeFocusedAsync();
        await CheckAsync(page, "time gone, filled in");
        await guest.GoAsync(form);
        await Expect(page.GetByText(BookingDesk.NotOffered)).ToBeVisibleAsync();
        await CheckAsync(page, "time gone");
        await guest.GoAsync($"/b/acme/intro-call?link={await filled.UsedLinkAsync()}");
        await Expect(page.GetByText("This link was used already")).ToBeVisibleAsync();
        await CheckAsync(page, "link closed");
        await guest.GoAsync("/b/acme/nothing");
        await CheckAsync(page, "nothing here");

        // The browser itself reports the answers 409, 410 and 404.
        Assert.Equal("", string.Join("\n", _violations.Concat(guest.Complaints.Where(c => !c.Contains("the server responded with a status of 4", StringComparison.Ordinal)))));
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Setup_is_for_everybody(ColorScheme light)
    {
        await using var app = await WebApp.StartAsync(founded: false);
        await using var page = await app.NewPageAsync(options: new() { ColorScheme = light });

        await page.GoAsync(await app.SetupLinkAsync());
        await CheckAsync(page.Page, "setup");

        Assert.Equal("", string.Join("\n", _violations.Concat(page.Complaints)));
    }

    [Theory]
    [InlineData(390)]
    [InlineData(320)]
    public async Task No_page_scrolls_sideways_on_a_phone(int width)
    {
        await using var user = await filled.App.NewPageAsync(Role.Owner, new() { TimezoneId = "Europe/Berlin", ViewportSize = new() { Width = width, Height = 844 } });
        var contact = await filled.FirstContactAsync();

        foreach (var path in new[] { "/contacts", $"/contacts?peek={contact}", $"/contacts/{contact}", $"/contacts/merge?ids={contact},{await filled.ContactAsync(1)}", "/booking-calendars", "/booking-calendars/new", "/routing-forms", await filled.FormAsync(), "/f/acme/contact-us", "/chatbots", await filled.ChatbotAsync(), "/c/acme/website", "/settings/organisation", "/settings/email", "/settings/tracking", "/page-views", "/settings/members", "/settings/profile", "/settings/statuses", "/contacts?view=board", Filtered, BookingPage, "/activity" })
        {
            await user.GoAsync(path);
            var wide = await user.Page.EvaluateAsync<int>("document.documentElement.scrollWidth");
            if (wide > width) _violations.Add($"{path} is {wide} pixels wide");
        }

        Assert.Equal("", string.Join("\n", _violations));
    }

    private Task<BrowserPage> OpenAsync(ColorScheme light, Role? role) =>
        filled.App.NewPageAsync(role, new() { ColorScheme = light, TimezoneId = "Europe/Berlin", ViewportSize = new() { Width = 1440, Height = 900 } });

    private async Task CheckAsync(IPage page, string screen)
    {
        // Halfway through fading in, no colour has its contrast yet; and what fades may begin to while the rules are run.
        await page.EvaluateAsync(StandStill);
        var result = await page.RunAxe(Rules);
        _violations.AddRange(result.Violations.SelectMany(v => v.Nodes.Select(n => $"{screen}: {v.Id}: {n.Html[..Math.Min(200, n.Html.Length)]} {n.Any.FirstOrDefault()?.Message}")));
    }

    private static ILocator Button(IPage page, string name) => page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    private static ILocator Button(ILocator part, string name) => part.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    [GeneratedRegex(@"^\d\d:\d\d$")]
    private static partial Regex ClockTime();

    /// <summary>The program with an account full of made-up people.</summary>
    public sealed class Filled : IAsyncLifetime
    {
        internal WebApp App { get; private set; } = null!;

        internal Task<string> FirstContactAsync() => ContactAsync(0);

        internal async Task<string> ContactAsync(int number) =>
            (await App.Get<Core.People.ContactBook>().ListAsync(App.Acme.Owner, new Core.People.ContactQuery())).Items[number].PublicId;

        internal async Task<string> UsedLinkAsync()
        {
            var calendar = (await App.Get<BookingCalendars>().ListAsync(App.Acme.Owner))[0];
            var link = await App.Get<BookingLinks>().CreateAsync(App.Acme.Owner, calendar.Id, new BookingLinkEdit(IsOneTime: true));
            await App.Get<WriteGate>().RunAsync(App.Acme.AccountId, async db => (await db.BookingLinks.SingleAsync(l => l.Id == link.Id)).UsedAt = link.CreatedAt);
            return link.Token;
        }

        internal async Task<string> FormAsync() =>
            $"/routing-forms/{Core.PublicId.Format(Core.PublicId.Flow, (await App.Get<Core.Intake.Flows.FlowBook>().ListAsync(App.Acme.Owner, Core.Intake.Flows.FlowKind.RoutingForm))[0].Id)}";

        internal async Task<string> ChatbotAsync() =>
            $"/chatbots/{Core.PublicId.Format(Core.PublicId.Flow, (await App.Get<Core.Intake.Flows.FlowBook>().ListAsync(App.Acme.Owner, Core.Intake.Flows.FlowKind.Chatbot))[0].Id)}";

        public async ValueTask InitializeAsync()
        {
            App = await WebApp.StartAsync();
            await App.Get<SampleData>().FillAsync(App.Acme.Owner, new MadeUpPlan(60));
        }

        public ValueTask DisposeAsync() => App.DisposeAsync();
    }
}
