using System.IO.Compression;
using System.Net;
using AngleSharp.Html.Dom;
using Contacts.Core.Activity;
using Contacts.Core.Intake.Flows;
using Contacts.Core.Tracking;
using Contacts.Tests.Intake.Booking;
using Contacts.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Contacts.Tests.Intake.Flows;

/// <summary>Conversations as a program without scripts has them.</summary>
public class ChatPagesTests
{
    private const string Bot = "/c/acme/website";

    [Fact]
    public async Task The_starter_chatbot_is_talked_to_with_plain_form_posts()
    {
        await using var site = await WebApp.StartAsync(listens: false);
        using var guest = site.Guest();

        var first = await OpenAsync(guest, Bot);
        var second = await AnswerAsync(guest, first, "Ask a question");
        var third = await AnswerAsync(guest, second, "What <b id=x>does</b> it cost?");
        var fourth = await AnswerAsync(guest, third, "Ada Lovelace");
        var wrong = await GuestSite.ReadAsync(await guest.PostAsync(Bot, GuestSite.Fill(fourth, ("answer", "ada@"))));
        var end = await AnswerAsync(guest, fourth, "ada@example.com");

        Assert.Equal(["Book a meeting", "Ask a question"], first.QuerySelectorAll(".choice-button").Select(b => b.GetAttribute("value")));
        Assert.Equal((null, "ada@", 7), (end.GetElementById("x"), GuestSite.Value(wrong, "f-answer"), fourth.QuerySelectorAll("[role=log] .line").Length - 1));
        Assert.NotNull(wrong.QuerySelector(".error"));
        Assert.Equal("Thank you\nWe will answer by e-mail soon.", end.QuerySelectorAll(".line .lines")[^1].TextContent);
        Assert.NotNull(end.QuerySelector("a.again"));
        Assert.Equal(ActivityKind.ConversationClosed, (await site.ReadAsync(db => db.Entries.SingleAsync())).Kind);
    }

    [Fact]
    public async Task Who_wants_a_meeting_is_offered_the_calendar_in_the_conversation()
    {
        await using var site = await WebApp.StartAsync(listens: false);
        using var guest = site.Guest();

        var offered = await AnswerAsync(guest, await AnswerAsync(guest, await AnswerAsync(guest, await OpenAsync(guest, Bot), "Book a meeting"), "Ada Lovelace"), "ada@example.com");

        var frame = offered.QuerySelector(".line.books iframe.book")!.GetAttribute("src")!;
        Assert.StartsWith("/b/acme/intro-call?embed=1&name=Ada Lovelace&email=ada@example.com", Uri.UnescapeDataString(frame), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_person_who_took_over_is_written_to_without_scripts_too_and_the_guest_hears_of_news()
    {
        await using var site = await WebApp.StartAsync(listens: false);
        using var guest = site.Guest();
        var page = await AnswerAsync(guest, await OpenAsync(guest, Bot), "Ask a question");
        var (address, chats) = (page.QuerySelector("main.chat")!.GetAttribute("data-news"), site.Get<Conversations>());
        var id = (await chats.ListAsync(site.Acme.Owner))[0].Run.Id;
        var waits = guest.GetAsync($"{address}4");

        await chats.TakeOverAsync(site.Acme.Owner, id);
        Assert.Equal(HttpStatusCode.OK, (await waits).StatusCode);
        var taken = await OpenAsync(guest, Bot + new Uri("http://x" + page.QuerySelector("form")!.GetAttribute("action")).Query);
        var said = await AnswerAsync(guest, taken, "Hello Iris");

        Assert.Equal("Iris has joined", taken.QuerySelector(".line.event .lines")!.TextContent);
        Assert.Equal("Hello Iris", said.QuerySelectorAll(".line.guest .lines")[^1].TextContent);
        Assert.Equal(HttpStatusCode.NoContent, (await guest.GetAsync($"{Bot}/news?run=nobody&after=0")).StatusCode);
    }

    [Fact]
    public async Task A_line_to_a_person_that_is_sent_twice_is_said_once()
    {
        await using var site = await WebApp.StartAsync(listens: false);
        using var guest = site.Guest();
        var page = await AnswerAsync(guest, await OpenAsync(guest, Bot), "Ask a question");
        var chats = site.Get<Conversations>();
        await chats.TakeOverAsync(site.Acme.Owner, (await chats.ListAsync(site.Acme.Owner))[0].Run.Id);
        var taken = await OpenAsync(guest, Bot + new Uri("http://x" + page.QuerySelector("form")!.GetAttribute("action")).Query);

        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => AnswerAsync(guest, taken, "Hello")));
        var said = await AnswerAsync(guest, await AnswerAsync(guest, taken, "Hello"), "Hello");

        Assert.Equal(2, said.QuerySelectorAll(".line.guest .lines").Count(l => l.TextContent == "Hello"));
    }

    [Fact]
    public async Task Other_words_from_the_same_page_are_said_too()
    {
        await using var site = await WebApp.StartAsync(listens: false);
        using var guest = site.Guest();
        var page = await AnswerAsync(guest, await OpenAsync(guest, Bot), "Ask a question");
        var chats = site.Get<Conversations>();
        await chats.TakeOverAsync(site.Acme.Owner, (await chats.ListAsync(site.Acme.Owner))[0].Run.Id);
        var taken = await OpenAsync(guest, Bot + new Uri("http://x" + page.QuerySelector("form")!.GetAttribute("action")).Query);

        await AnswerAsync(guest, taken, "Hello");
        var said = await AnswerAsync(guest, taken, "Is anybody there?");

        Assert.Equal(["Hello", "Is anybody there?"], said.QuerySelectorAll(".line.guest .lines").TakeLast(2).Select(l => l.TextContent));
    }

    [Theory]
    [InlineData(Bot, "what_can_we_do_for_you", "Ask a question")]
    [InlineData("/f/acme/contact-us", "what_is_your_name", "Bot")]
    public async Task Whoever_never_opened_the_page_says_nothing_on_it_at_any_time(string address, string step, string answer)
    {
        await using var site = await WebApp.StartAsync(listens: false, settings: [("Contacts:PublicPages:RequestsPerMinute", "300")]);
        using var guest = site.Guest();
        FormUrlEncodedContent Post(string step, string turn, string answer, string run) => new(new Dictionary<string, string> { ["step"] = step, ["turn"] = turn, ["answer"] = answer, ["run"] = run });

        var first = await guest.PostAsync(address, Post(step, "0", answer, FlowDesk.NewToken()));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, 0), (first.StatusCode, await site.ReadAsync(db => db.FlowRuns.CountAsync())));

        if (address != Bot) return;
        var flow = await site.Get<FlowDesk>().FindAsync("acme", FlowKind.Chatbot, "website", new FlowArrival(FlowDesk.NewToken()));
        await site.Get<FlowDesk>().AnswerAsync(flow!, step, 0, answer);
        var run = await site.ReadAsync(db => db.FlowRuns.SingleAsync());
        await site.Get<Conversations>().TakeOverAsync(site.Acme.Owner, run.Id);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await guest.PostAsync(address, Post("", "", "Hello", flow!.Arrival.Token))).StatusCode);
    }

    [Fact]
    public async Task The_widget_knows_a_returning_visitor_by_the_cookie_that_the_organisation_chose()
    {
        await using var site = await WebApp.StartAsync(listens: false);
        using var guest = site.Guest();
        var tracking = site.Get<TrackingSettings>();
        var edit = TrackingEdit.Of((await tracking.FindAsync(site.Acme.Owner)).Rules);
        await tracking.SaveAsync(site.Acme.Owner, edit with { IdCookie = "acme_visitor" });

        using var widget = System.Text.Json.JsonDocument.Parse(await guest.GetStringAsync($"{Bot}/widget"));

        Assert.Equal("acme_visitor", widget.RootElement.GetProperty("cookie").GetString());
    }

    [Theory]
    [InlineData(Bot)]
    [InlineData("/f/acme/contact-us")]
    public async Task Whoever_sends_a_link_does_not_choose_the_token_of_who_follows_it(string address)
    {
        await using var site = await WebApp.StartAsync(listens: false);
        using var guest = site.Guest();
        var chosen = FlowDesk.NewToken();

        var page = await OpenAsync(guest, $"{address}?run={chosen}");

        Assert.NotEqual(chosen, page.QuerySelector("input[name=run]")!.GetAttribute("value"));
        Assert.DoesNotContain(chosen, page.DocumentElement.OuterHtml, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_site_s_page_answers_for_nobody()
    {
        await using var site = await WebApp.StartAsync(listens: false);
        using var guest = site.Guest();
        using var sent = new HttpRequestMessage(HttpMethod.Post, Bot) { Content = GuestSite.Fill(await OpenAsync(guest, Bot), ("answer", "Ask a question")) };
        sent.Headers.Add("Sec-Fetch-Site", "cross-site");

        Assert.InRange((int)(await guest.SendAsync(sent)).StatusCode, 400, 403);
        Assert.Empty(await site.ReadAsync(db => db.FlowRuns.ToListAsync()));
    }

    [Fact]
    public async Task Only_sites_that_may_embed_a_chatbot_show_it()
    {
        await using var site = await WebApp.StartAsync(listens: false);
        using var guest = site.Guest();
        var (book, owner) = (site.Get<FlowBook>(), site.Acme.Owner);
        var flow = Assert.Single(await book.ListAsync(owner, FlowKind.Chatbot));
        var anywhere = await guest.GetAsync($"{Bot}?embed=1");

        await book.DescribeAsync(owner, flow.Id, new FlowEdit("Website", "website", "#0b69c7", "www.acme.example\nhttp://shop.example:8080/path"));

        Assert.Equal(("*", "'self' https://www.acme.example http://shop.example:8080"), (Ancestors(anywhere), Ancestors(await guest.GetAsync($"{Bot}?embed=1"))));
        Assert.Equal("'none'", Ancestors(await guest.GetAsync(Bot)));
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.OK), (await WidgetAsync(guest, "https://other.example"), await WidgetAsync(guest, "https://www.acme.example")));
    }

    [Fact]
    public async Task The_script_for_sites_is_small()
    {
        await using var site = await WebApp.StartAsync(listens: false);
        var script = await site.Guest().GetByteArrayAsync("/embed.js");

        using var compressed = new MemoryStream();
        using (var zip = new GZipStream(compressed, CompressionLevel.Optimal, leaveOpen: true)) zip.Write(script);

        Assert.InRange(compressed.Length, 1, 15 * 1024);
    }

    private static async Task<HttpStatusCode> WidgetAsync(HttpClient guest, string origin)
    {
        using var asked = new HttpRequestMessage(HttpMethod.Get, $"{Bot}/widget");
        asked.Headers.Add("Origin", origin);
        return (await guest.SendAsync(asked)).StatusCode;
    }

    private static async Task<IHtmlDocument> OpenAsync(HttpClient guest, string address) => await GuestSite.ReadAsync(await guest.GetAsync(address));

    private static async Task<IHtmlDocument> AnswerAsync(HttpClient guest, IHtmlDocument page, string answer)
    {
        var sent = await guest.PostAsync(page.QuerySelector("form[method=post]")!.GetAttribute("action"), GuestSite.Fill(page, ("answer", answer)));
        Assert.Equal(HttpStatusCode.SeeOther, sent.StatusCode);
        return await OpenAsync(guest, sent.Headers.Location!.ToString());
    }

    private static string Ancestors(HttpResponseMessage answer) => answer.Headers.GetValues("Content-Security-Policy").Single().Split("frame-ancestors ")[1].Split(';')[0];
}
