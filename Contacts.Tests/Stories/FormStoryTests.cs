using System.Text.RegularExpressions;
using Contacts.Core.Accounts;
using Contacts.Core.Activity;
using Contacts.Core.Intake.Flows;
using Contacts.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Contacts.Tests.Stories;

/// <summary>An admin makes a form; a guest who qualifies books within it, one who does not is thanked.</summary>
public sealed partial class FormStoryTests
{
    private static readonly string[] Questions = ["What is your name?", "What is your email address?", "How many people work at your company?"];
    private static readonly BrowserNewContextOptions Desktop = new() { TimezoneId = "Europe/Berlin", ViewportSize = new() { Width = 1280, Height = 900 } };

    [Fact]
    public async Task A_guest_who_qualifies_is_offered_a_calendar_and_books_within_the_form_and_one_who_does_not_is_thanked()
    {
        await using var app = await WebApp.StartAsync(clock: new SetClock(SetClock.Monday));
        await using var admin = await app.NewPageAsync(Role.Owner, Desktop);
        await admin.GoAsync("/routing-forms");
        await Button(admin.Page, "New form").ClickAsync();
        var dialog = admin.Page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("Name", new() { Exact = true }).FillAsync("Meet us");
        await dialog.GetByText("Qualify and book").ClickAsync();
        await Button(dialog, "Create form").ClickAsync();
        await Button(admin.Page, "Publish").ClickAsync();
        await Expect(admin.Page.GetByRole(AriaRole.Link, new() { Name = "Open page of Meet us" })).ToBeVisibleAsync();

        await using var large = await app.NewPageAsync(options: Desktop);
        await AnswerAsync(large, "Ada Lovelace", "ada@example.com", "50");
        var frame = large.Page.FrameLocator("iframe.book");
        await frame.GetByRole(AriaRole.Link, new() { NameRegex = ClockTime() }).First.ClickAsync();
        await Expect(frame.GetByLabel("Email", new() { Exact = true })).ToHaveValueAsync("ada@example.com");
        await Button(frame, "Confirm booking").ClickAsync();
        await Expect(frame.GetByRole(AriaRole.Heading, new() { Name = "Booking confirmed" })).ToBeVisibleAsync();

        await using var small = await app.NewPageAsync(options: new() { JavaScriptEnabled = false });
        await AnswerAsync(small, "Bob Small", "bob@example.com", "3");
        await Expect(small.Page.GetByRole(AriaRole.Heading, new() { Name = "Thank you" })).ToBeVisibleAsync();

        var ada = await app.ReadAsync(db => db.Contacts.SingleAsync(c => c.Email == "ada@example.com"));
        Assert.Equal([ActivityKind.FormSubmitted, ActivityKind.BookingScheduled], (await app.ReadAsync(db => db.Entries.Where(e => e.ContactId == ada.Id).OrderBy(e => e.Number).ToListAsync())).ConvertAll(e => e.Kind));
        Assert.Equal(1, await app.ReadAsync(db => db.Bookings.CountAsync()));
        await admin.GoAsync($"/contacts/{Core.PublicId.Format(Core.PublicId.Contact, ada.Id)}");
        await Expect(admin.Page.GetByRole(AriaRole.Region, new() { Name = "Recent activity" })).ToContainTextAsync("“How many people work at your company?” is at least “10”");
        Assert.Empty(admin.Complaints.Concat(large.Complaints).Concat(small.Complaints));
    }

    [Fact]
    public async Task Within_another_site_a_guest_answers_and_books_and_the_site_hears_of_it_and_not_who_it_is()
    {
        await using var app = await WebApp.StartAsync(clock: new SetClock(SetClock.Monday));
        await using var site = await FeedServer.StartAsync();
        var book = app.Get<FlowBook>();
        await book.PublishAsync(app.Acme.Owner, (await book.CreateAsync(app.Acme.Owner, FlowKind.RoutingForm, new FlowEdit("Meet us"), "qualify")).Id);
        await using var guest = await app.NewPageAsync(options: Desktop);
        var form = guest.Page.FrameLocator("[data-contacts] iframe");

        await guest.Page.GotoAsync(PutSite(site, app));
        await form.GetByRole(AriaRole.Link, new() { Name = "Start" }).ClickAsync();
        foreach (var (question, answer) in Questions.Zip(["Ada Lovelace", "ada@example.com", "50"]))
        {
            await form.GetByLabel(question).FillAsync(answer);
            await Button(form, "Continue").ClickAsync();
        }
        var frame = form.FrameLocator("iframe.book");
        await frame.GetByRole(AriaRole.Link, new() { NameRegex = ClockTime() }).First.ClickAsync();
        await Button(frame, "Confirm booking").ClickAsync();
        await Expect(frame.GetByRole(AriaRole.Heading, new() { Name = "Booking confirmed" })).ToBeVisibleAsync();
        await guest.Page.WaitForFunctionAsync("heard.includes('contacts.booking.scheduled /b/acme/intro-call')");

        Assert.Equal(["contacts.form.loaded /f/acme/meet-us", "contacts.form.submitted /f/acme/meet-us", "contacts.booking_calendar.loaded /b/acme/intro-call", "contacts.booking_calendar.time_slot_selected /b/acme/intro-call", "contacts.booking.scheduled /b/acme/intro-call"],
            (await guest.Page.EvaluateAsync<string[]>("heard")).Distinct());
        Assert.StartsWith("Began on http://", (await app.ReadAsync(db => db.Entries.OrderBy(e => e.Id).FirstAsync())).Text, StringComparison.Ordinal);
        Assert.Empty(guest.Complaints);
    }

    [Fact]
    public async Task Who_allows_it_is_seen_on_the_pages_of_chats_and_forms_and_known_once_they_say_who_they_are()
    {
        await using var app = await WebApp.StartAsync();
        await using var guest = await app.NewPageAsync(options: Desktop);
        await using var team = await app.NewPageAsync(Role.Member, Desktop);
        Task SeenAsync(Func<Task> act) => guest.Page.RunAndWaitForResponseAsync(act, answer => answer.Url.EndsWith("/t", StringComparison.Ordinal));

        await guest.Page.GotoAsync("/c/acme/website");
        await SeenAsync(() => Button(guest.Page, "Allow").ClickAsync());
        await SeenAsync(() => guest.Page.GotoAsync("/f/acme/contact-us"));
        foreach (var (question, answer) in new[] { ("What is your name?", "Ada Lovelace"), ("What is your email address?", "ada@example.com"), ("What can we do for you?", "Tell me more.") })
        {
            await guest.Page.GetByLabel(question).FillAsync(answer);
            await Button(guest.Page, "Continue").ClickAsync();
        }
        await Expect(guest.Page.GetByRole(AriaRole.Heading, new() { Name = "Thank you" })).ToBeVisibleAsync();

        await team.GoAsync($"/contacts/{Core.PublicId.Format(Core.PublicId.Contact, await app.ReadAsync(db => db.Contacts.Select(c => c.Id).SingleAsync()))}");
        var views = team.Page.GetByRole(AriaRole.Region, new() { Name = "Recent page views" });
        await Expect(views.GetByRole(AriaRole.Link, new() { Name = "Contact us · Acme", Exact = true })).ToBeVisibleAsync();
        await Expect(views.GetByRole(AriaRole.Link, new() { Name = "Acme", Exact = true })).ToBeVisibleAsync();
        Assert.Empty(guest.Complaints.Concat(team.Complaints));
    }

    private static string PutSite(FeedServer site, WebApp app) => site.PutPage("/", $$"""
        <!DOCTYPE html>
        <html lang="en">
        <head><title>Our site</title><link rel="icon" href="data:,"></head>
        <body>
        <script>
          const heard = [];
          for (const name of ['form.loaded', 'form.submitted', 'booking_calendar.loaded', 'booking_calendar.time_slot_selected', 'booking.scheduled'])
            document.addEventListener(`contacts.${name}`, event => heard.push(`${event.type} ${event.detail.path}`));
        </script>
        <script src="{{app.Address.AbsoluteUri}}embed.js" async></script>
        <div data-contacts="{{app.Address.AbsoluteUri}}f/acme/meet-us"></div>
        </body>
        </html>
        """);

    private static async Task AnswerAsync(BrowserPage guest, params string[] answers)
    {
        await guest.Page.GotoAsync("/f/acme/meet-us");
        await guest.Page.GetByRole(AriaRole.Link, new() { Name = "Start" }).ClickAsync();
        foreach (var (question, answer) in Questions.Zip(answers))
        {
            await guest.Page.GetByLabel(question).FillAsync(answer);
            await Button(guest.Page, "Continue").ClickAsync();
        }
    }

    private static ILocator Button(IPage page, string name) => page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    private static ILocator Button(ILocator within, string name) => within.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    private static ILocator Button(IFrameLocator frame, string name) => frame.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    [GeneratedRegex(@"^\d\d:\d\d$")]
    private static partial Regex ClockTime();
}
