using System.Text.RegularExpressions;
using Contacts.Core.Accounts;
using Contacts.Core.Activity;
using Contacts.Core.Intake.Flows;
using Contacts.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Contacts.Tests.Stories;

/// <summary>A chatbot on somebody else's site: it qualifies, books and thanks, a person joins, and the site is left alone where we are away.</summary>
public sealed partial class ChatStoryTests
{
    private static readonly BrowserNewContextOptions Desktop = new() { TimezoneId = "Europe/Berlin", ViewportSize = new() { Width = 1280, Height = 900 } };

    [Fact]
    public async Task On_another_site_who_qualifies_books_in_the_chat_across_pages_and_who_does_not_is_thanked()
    {
        await using var app = await WebApp.StartAsync(clock: new SetClock(SetClock.Monday));
        await using var site = await FeedServer.StartAsync();
        await PublishAsync(app, "qualify");
        await using var large = await app.NewPageAsync(options: Desktop);
        await using var small = await app.NewPageAsync(options: Desktop);
        var chat = large.Page.FrameLocator("iframe");

        await large.Page.GotoAsync(PutSite(site, app, "/"));
        await large.Page.GetByRole(AriaRole.Button, new() { Name = "Open chat" }).ClickAsync();
        await SayAsync(chat, "What is your name?", "Ada Lovelace");
        await SayAsync(chat, "What is your email address?", "ada@example.com");
        await Expect(chat.GetByRole(AriaRole.Textbox, new() { Name = "How many people work at your company?" })).ToBeFocusedAsync();
        await large.Page.GotoAsync(PutSite(site, app, "/pricing")); // the conversation comes along
        await SayAsync(chat, "How many people work at your company?", "50");
        var calendar = chat.FrameLocator("iframe.book");
        await calendar.GetByRole(AriaRole.Link, new() { NameRegex = ClockTime() }).First.ClickAsync();
        await Expect(calendar.GetByLabel("Email", new() { Exact = true })).ToHaveValueAsync("ada@example.com");
        await calendar.GetByRole(AriaRole.Button, new() { Name = "Confirm booking" }).ClickAsync();
        await Expect(calendar.GetByRole(AriaRole.Heading, new() { Name = "Booking confirmed" })).ToBeVisibleAsync();

        await small.Page.GotoAsync("/c/acme/meet-us");
        foreach (var (question, answer) in new[] { ("What is your name?", "Bob Small"), ("What is your email address?", "bob@example.com"), ("How many people work at your company?", "3") })
        {
            await small.Page.GetByRole(AriaRole.Textbox, new() { Name = question }).FillAsync(answer);
            await small.Page.Keyboard.PressAsync("Enter");
        }
        await Expect(small.Page.GetByRole(AriaRole.Log)).ToContainTextAsync("We will write to you soon.");

        var ada = await app.ReadAsync(db => db.Contacts.SingleAsync(c => c.Email == "ada@example.com"));
        Assert.Equal([ActivityKind.ConversationClosed, ActivityKind.BookingScheduled], (await app.ReadAsync(db => db.Entries.Where(e => e.ContactId == ada.Id).OrderBy(e => e.Number).ToListAsync())).ConvertAll(e => e.Kind));
        Assert.Equal(1, await app.ReadAsync(db => db.Bookings.CountAsync()));
        Assert.Empty(large.Complaints.Concat(small.Complaints));
    }

    [Fact]
    public async Task A_team_member_reads_along_takes_over_and_ends_and_the_guest_sees_it_at_once()
    {
        await using var app = await WebApp.StartAsync();
        await using var guest = await app.NewPageAsync(options: Desktop);
        await using var member = await app.NewPageAsync(Role.Member, Desktop);
        var (log, team) = (guest.Page.GetByRole(AriaRole.Log), member.Page.GetByRole(AriaRole.Log));

        await member.GoAsync("/chatbots");
        await guest.Page.GotoAsync("/c/acme/website");
        await guest.Page.GetByRole(AriaRole.Button, new() { Name = "Ask a question" }).ClickAsync();
        await Expect(guest.Page.GetByRole(AriaRole.Textbox)).ToBeFocusedAsync();
        await member.Page.GetByRole(AriaRole.Link, new() { Name = "Somebody new" }).ClickAsync();
        await Expect(team).ToContainTextAsync("What would you like to know?");
        await member.Page.GetByRole(AriaRole.Button, new() { Name = "Take over" }).ClickAsync();
        await Expect(log).ToContainTextAsync("Mei has joined");
        await member.Page.GetByRole(AriaRole.Textbox, new() { Name = "Message" }).FillAsync("Hello, Mei here.");
        await member.Page.Keyboard.PressAsync("Enter");
        await Expect(log).ToContainTextAsync("Hello, Mei here.");
        await guest.Page.GetByRole(AriaRole.Textbox, new() { Name = "Message" }).FillAsync("Do you have <b>discounts</b>?");
        await guest.Page.Keyboard.PressAsync("Enter");
        await Expect(team).ToContainTextAsync("Do you have <b>discounts</b>?");
        await member.Page.GetByRole(AriaRole.Button, new() { Name = "End conversation" }).ClickAsync();
        await Expect(log).ToContainTextAsync("Mei has ended the conversation");
        await Expect(guest.Page.GetByRole(AriaRole.Link, new() { Name = "Start a new conversation" })).ToBeVisibleAsync();
        await member.Page.GetByRole(AriaRole.Link, new() { Name = "Open contact" }).ClickAsync();
        await member.Page.GetByText("What was said").ClickAsync();
        await Expect(member.Page.GetByRole(AriaRole.Region, new() { Name = "Recent activity" })).ToContainTextAsync("Mei: Hello, Mei here.");

        Assert.Empty(guest.Complaints.Concat(member.Complaints));
    }

    [Fact]
    public async Task The_window_opens_as_it_is_set_on_chosen_pages_closes_with_Escape_and_stays_closed()
    {
        await using var app = await WebApp.StartAsync();
        await using var site = await FeedServer.StartAsync();
        var (book, owner) = (app.Get<FlowBook>(), app.Acme.Owner);
        await book.ShowAsync(owner, (await book.ListAsync(owner, FlowKind.Chatbot))[0].Id, new ChatSettings { BotName = "Robin", Opens = ChatOpening.Scroll, After = 30, Pages = ["/blog/*"], Audience = ChatAudience.New });
        await using var guest = await app.NewPageAsync(options: Desktop);
        var (page, window) = (guest.Page, guest.Page.GetByRole(AriaRole.Dialog, new() { Name = "Chat with Robin" }));
        var button = page.GetByRole(AriaRole.Button, new() { Name = "Open chat" });

        await page.GotoAsync(PutSite(site, app, "/", "website"));
        await page.WaitForFunctionAsync("performance.getEntriesByType('resource').some(r => r.name.endsWith('/widget') && r.responseEnd)");
        await Expect(button).ToHaveCountAsync(0);
        await page.GotoAsync(PutSite(site, app, "/blog/one", "website"));
        await Expect(button).ToBeVisibleAsync();
        await Expect(window).ToHaveCountAsync(0);
        await page.EvaluateAsync("scrollTo(0, document.documentElement.scrollHeight)");
        await Expect(window).ToBeVisibleAsync();
        await Expect(page.Locator("body")).ToBeFocusedAsync(); // it came by itself, and takes nothing
        await page.FrameLocator("iframe").GetByRole(AriaRole.Button, new() { Name = "Book a meeting" }).FocusAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(window).ToHaveCountAsync(0);
        await Expect(button).ToBeFocusedAsync();
        await page.ReloadAsync();
        await Expect(button).ToBeVisibleAsync();
        await page.EvaluateAsync("scrollTo(0, document.documentElement.scrollHeight)");
        await page.EvaluateAsync("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))");
        await Expect(window).ToHaveCountAsync(0);

        Assert.Equal(["contacts.chatbot.opened /c/acme/website"], await page.EvaluateAsync<string[]>("JSON.parse(sessionStorage.heard).filter(e => e.includes('opened'))"));
        Assert.Empty(guest.Complaints);
    }

    [Fact]
    public async Task Who_goes_on_to_another_page_while_an_answer_is_sent_and_whose_site_names_the_bot_twice_has_one_conversation()
    {
        await using var app = await WebApp.StartAsync();
        await using var site = await FeedServer.StartAsync();
        await using var guest = await app.NewPageAsync(options: Desktop);
        var (page, arrived) = (guest.Page, new TaskCompletionSource());
        await page.RouteAsync("**/c/acme/website*", async route =>
        {
            if (route.Request.Method != "POST") await route.ContinueAsync();
            else
            {
                await route.FetchAsync(new() { MaxRedirects = 0 }); // it is taken in, and the guest never hears of it
                arrived.TrySetResult();
            }
        });

        await page.GotoAsync(PutSite(site, app, "/", "website"));
        await page.EvaluateAsync("() => { const line = document.querySelector('script[data-contacts-chat]').cloneNode(); delete line.dataset.contactsReady; document.body.append(line); }");
        await page.GetByRole(AriaRole.Button, new() { Name = "Open chat" }).ClickAsync();
        await page.FrameLocator("iframe").GetByRole(AriaRole.Button, new() { Name = "Ask a question" }).ClickAsync();
        await arrived.Task;
        await page.GotoAsync(PutSite(site, app, "/pricing", "website"));

        await page.UnrouteAsync("**/c/acme/website*");
        await SayAsync(page.FrameLocator("iframe"), "What would you like to know?", "Do you have discounts?"); // Enter sends a long answer, too
        await Expect(page.FrameLocator("iframe").GetByRole(AriaRole.Textbox, new() { Name = "What is your name?" })).ToBeVisibleAsync();
        Assert.Equal(1, await app.ReadAsync(db => db.FlowRuns.CountAsync()));
    }

    [Fact]
    public async Task Where_our_server_is_away_nothing_happens_on_the_page()
    {
        await using var app = await WebApp.StartAsync();
        await using var site = await FeedServer.StartAsync();
        await using var guest = await app.NewPageAsync(options: Desktop);
        await guest.Page.RouteAsync("**/widget", route => route.AbortAsync("connectionrefused"));
        var failed = new TaskCompletionSource();
        guest.Page.RequestFailed += (_, request) => { if (request.Url.EndsWith("/widget", StringComparison.Ordinal)) failed.TrySetResult(); };

        await guest.Page.GotoAsync(PutSite(site, app, "/", "website"));
        await failed.Task;

        Assert.Equal(["H1", "SCRIPT", "SCRIPT", "P"], await guest.Page.EvaluateAsync<string[]>("[...document.body.children].map(e => e.tagName)"));
    }

    private static async Task PublishAsync(WebApp app, string template)
    {
        var book = app.Get<FlowBook>();
        await book.PublishAsync(app.Acme.Owner, (await book.CreateAsync(app.Acme.Owner, FlowKind.Chatbot, new FlowEdit("Meet us"), template)).Id);
    }

    private static async Task SayAsync(IFrameLocator chat, string question, string answer)
    {
        var input = chat.GetByRole(AriaRole.Textbox, new() { Name = question });
        await input.FillAsync(answer);
        await input.PressAsync("Enter");
    }

    private static string PutSite(FeedServer site, WebApp app, string path, string bot = "meet-us") => site.PutPage(path, $$"""
        <!DOCTYPE html>
        <html lang="en">
        <head><title>Our site</title><link rel="icon" href="data:,"></head>
        <body>
        <h1>Ours</h1>
        <script>
          for (const name of ['chatbot.opened', 'chatbot.closed', 'conversation.started', 'conversation.closed'])
            document.addEventListener(`contacts.${name}`, event => sessionStorage.heard = JSON.stringify([...JSON.parse(sessionStorage.heard ?? '[]'), `${event.type} ${event.detail.path}`]));
        </script>
        <script src="{{app.Address.AbsoluteUri}}embed.js" data-contacts-chat="/c/acme/{{bot}}" async></script>
        <p style="height:3000px">A long page</p>
        </body>
        </html>
        """);

    [GeneratedRegex(@"^\d\d:\d\d$")]
    private static partial Regex ClockTime();
}
