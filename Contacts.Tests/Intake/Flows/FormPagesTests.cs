using System.Net;
using AngleSharp.Html.Dom;
using Contacts.Core;
using Contacts.Core.Activity;
using Contacts.Core.Files;
using Contacts.Core.Intake.Flows;
using Contacts.Core.Intake.Flows.Steps;
using Contacts.Tests.Intake.Booking;
using Contacts.Tests.Support;
using Microsoft.EntityFrameworkCore;
using static Contacts.Tests.Intake.Flows.FlowPieces;

namespace Contacts.Tests.Intake.Flows;

/// <summary>Forms as a program without scripts goes through them.</summary>
public class FormPagesTests
{
    private const string Form = "/f/acme/contact-us", Talk = "/f/acme/talk";

    [Fact]
    public async Task The_starter_form_is_gone_through_with_plain_form_posts()
    {
        await using var site = await WebApp.StartAsync(listens: false);
        using var guest = site.Guest();

        var first = await OpenAsync(guest, Form);
        var second = await AnswerAsync(guest, first, "Ada Lovelace");
        var third = await AnswerAsync(guest, second, "ada@example.com");
        var end = await AnswerAsync(guest, third, "Tell me more.");

        Assert.Equal(["What is your name?", "What is your email address?", "What can we do for you?"], new[] { first, second, third }.Select(p => p.QuerySelector("form[method=post] label[for=f-answer]")!.TextContent));
        Assert.Equal(("Thank you", "form.submitted", Form), (end.QuerySelector("h1")!.TextContent, end.DocumentElement.GetAttribute("data-event"), end.DocumentElement.GetAttribute("data-path")));
        var contact = await site.ReadAsync(db => db.Contacts.SingleAsync());
        Assert.Equal(("Ada Lovelace", "ada@example.com"), (contact.DisplayName, contact.Email));
        Assert.Equal(ActivityKind.FormSubmitted, (await site.ReadAsync(db => db.Entries.SingleAsync())).Kind);
    }

    [Fact]
    public async Task A_wrong_answer_is_said_beside_what_was_typed_and_back_keeps_answers()
    {
        await using var site = await WebApp.StartAsync(listens: false);
        using var guest = site.Guest();
        var second = await AnswerAsync(guest, await OpenAsync(guest, Form), "Ada Lovelace");

        var refused = await guest.PostAsync(Form, GuestSite.Fill(second, ("answer", "ada@")));
        var wrong = await GuestSite.ReadAsync(refused);
        var back = await SendAsync(guest, second, ("back", "1"), ("answer", "ada@ex"));

        Assert.Equal((HttpStatusCode.UnprocessableEntity, "ada@"), (refused.StatusCode, GuestSite.Value(wrong, "f-answer")));
        Assert.NotNull(wrong.QuerySelector(".error"));
        Assert.Equal(("Ada Lovelace", null), (GuestSite.Value(back, "f-answer"), back.QuerySelector("button[name=back]")));
    }

    [Fact]
    public async Task All_on_a_page_is_sent_at_once_with_what_is_wrong_at_each_question_and_goes_back_without_losing_anything()
    {
        await using var site = await WebApp.StartAsync(listens: false);
        await PublishAsync(site, "qualify", (names, flow) => flow with { Welcome = null, AllOnAPage = true, Steps = [.. flow.Steps.SkipLast(1), new QuestionStep { Key = flow.Steps[^1].Key, Label = "Why?", Type = "text" }] });
        using var guest = site.Guest();
        var page = await OpenAsync(guest, Talk);
        var inputs = page.QuerySelectorAll(".ask input").Select(i => i.GetAttribute("name")!).ToList();

        var refused = await guest.PostAsync(Talk, GuestSite.Fill(page, (inputs[1], "ada@"), (inputs[2], "many")));
        var wrong = await GuestSite.ReadAsync(refused);
        var second = await SendAsync(guest, page, (inputs[0], "Ada Lovelace"), (inputs[1], "ada@example.com"), (inputs[2], "3"));
        var back = await SendAsync(guest, second, ("back", "1"), ("answer", "Curious"));
        var secondAgain = await SendAsync(guest, back);

        Assert.Equal(3, inputs.Count);
        Assert.Equal((HttpStatusCode.UnprocessableEntity, 3), (refused.StatusCode, wrong.QuerySelectorAll(".ask .error").Length));
        Assert.Equal("ada@", wrong.QuerySelector($"[name='{inputs[1]}']")!.GetAttribute("value"));
        Assert.Equal(["Ada Lovelace", "ada@example.com", "3"], back.QuerySelectorAll(".ask input").Select(i => i.GetAttribute("value")));
        Assert.Equal(("Why?", "Curious"), (secondAgain.QuerySelector(".ask label")!.TextContent, GuestSite.Value(secondAgain, "f-answer")));
    }

    [Fact]
    public async Task Choices_that_were_unticked_stay_so_when_something_else_on_the_page_is_refused()
    {
        await using var site = await WebApp.StartAsync(listens: false);
        var colours = new QuestionStep { Key = "colours", Label = "Colours", Type = "multiple_choice", Options = ["Red", "Green"], Required = false };
        await PublishAsync(site, "qualify", (_, _) => new FlowDocument { AllOnAPage = true, Steps = [new QuestionStep { Key = "why", Label = "Why", Type = "text" }, colours] });
        using var guest = site.Guest();
        var page = await OpenAsync(guest, Talk + "?colours=Red");

        var refused = await GuestSite.ReadAsync(await guest.PostAsync(page.QuerySelector("form[method=post]")!.GetAttribute("action"), GuestSite.Fill(page)));

        Assert.Single(page.QuerySelectorAll("input[type=checkbox][checked]"));
        Assert.NotNull(refused.QuerySelector(".error"));
        Assert.Empty(refused.QuerySelectorAll("input[type=checkbox][checked]"));
    }

    [Theory]
    [InlineData(Form)]
    [InlineData("/c/acme/website")]
    [InlineData(GuestSite.Page)]
    public async Task A_form_in_pieces_or_with_far_too_many_inputs_is_refused_and_no_fault_of_ours(string address)
    {
        await using var site = await WebApp.StartAsync(listens: false);
        using var guest = site.Guest();
        HttpContent Multipart(string type) => new StringContent("--x\r\nContent-Disposition: form-data; name=\"run\"\r\n\r\nabc") { Headers = { ContentType = System.Net.Http.Headers.MediaTypeHeaderValue.Parse(type) } };

        var answers = new List<HttpStatusCode>();
        foreach (var content in new[] { Multipart("multipart/form-data"), Multipart("multipart/form-data; boundary=x"), new FormUrlEncodedContent(Enumerable.Range(0, 1100).Select(i => KeyValuePair.Create($"i{i}", "x"))) })
            answers.Add((await guest.PostAsync(address, content)).StatusCode);

        Assert.Equal([HttpStatusCode.BadRequest, HttpStatusCode.BadRequest, HttpStatusCode.BadRequest], answers);
    }

    [Theory]
    [InlineData(Form)]
    [InlineData("/c/acme/website")]
    public async Task Who_sends_far_too_much_is_told_so_on_the_page_they_were_on(string address)
    {
        await using var site = await WebApp.StartAsync(); // what is taken in, the server itself says
        using var guest = site.Guest();
        var page = await OpenAsync(guest, address);

        var refused = await guest.PostAsync(address, GuestSite.Fill(page, ("answer", new string('a', 300_000))));

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, refused.StatusCode);
        var shown = await GuestSite.ReadAsync(refused);
        Assert.Equal("This is too long to be sent. Make it shorter, please.", shown.QuerySelector(".error")!.TextContent);
        Assert.Equal(0, await site.ReadAsync(db => db.FlowRuns.CountAsync()));
    }

    [Fact]
    public async Task The_address_fills_questions_in_and_a_reload_goes_on_where_the_guest_was()
    {
        await using var site = await WebApp.StartAsync(listens: false);
        using var guest = site.Guest();

        var first = await OpenAsync(guest, $"{Form}?name=Ada+Lovelace&email=ada@example.com&utm_source=ads");
        var sent = await guest.PostAsync(first.QuerySelector("form[method=post]")!.GetAttribute("action"), GuestSite.Fill(first));
        var second = await OpenAsync(guest, sent.Headers.Location!.ToString());

        Assert.Equal(HttpStatusCode.SeeOther, sent.StatusCode);
        Assert.Equal(("Ada Lovelace", "ada@example.com"), (GuestSite.Value(first, "f-answer"), GuestSite.Value(second, "f-answer")));
        Assert.DoesNotContain("utm_source", sent.Headers.Location.ToString(), StringComparison.Ordinal);
        Assert.Equal("ads", (await site.ReadAsync(db => db.FlowRuns.SingleAsync())).Facts.Utm["utm_source"]);
    }

    [Fact]
    public async Task Who_qualifies_is_offered_the_calendar_with_what_was_answered_and_who_does_not_is_thanked()
    {
        await using var site = await WebApp.StartAsync(listens: false);
        await PublishAsync(site, "qualify", (names, flow) => flow);
        using var guest = site.Guest();

        var welcome = await OpenAsync(guest, Talk);
        var begun = await OpenAsync(guest, welcome.QuerySelector("main a.main")!.GetAttribute("href")!);
        var offered = await AnswerAsync(guest, await AnswerAsync(guest, await AnswerAsync(guest, begun, "Ada Lovelace"), "ada@example.com"), "50");
        var begunToo = await OpenAsync(guest, $"{Talk}?begin=1");
        var thanked = await AnswerAsync(guest, await AnswerAsync(guest, await AnswerAsync(guest, begunToo, "Bob"), "bob@example.com"), "3");

        Assert.Equal("Let us find the right person for you", welcome.QuerySelector("h1")!.TextContent);
        var frame = offered.QuerySelector("iframe.book")!.GetAttribute("src")!;
        Assert.StartsWith("/b/acme/intro-call?embed=1&name=Ada Lovelace&email=ada@example.com", Uri.UnescapeDataString(frame), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await guest.GetAsync(frame)).StatusCode);
        Assert.Equal(("Thank you", null), (thanked.QuerySelector("h1")!.TextContent, thanked.QuerySelector("iframe")));
    }

    [Fact]
    public async Task An_end_that_leads_elsewhere_does_so_once_and_a_form_within_a_site_stays_in_its_frame()
    {
        await using var site = await WebApp.StartAsync(listens: false);
        await PublishAsync(site, "empty", (_, flow) => flow with { Steps = [.. flow.Steps.Select(s => s is EndStep end ? end with { RedirectUrl = "https://www.example.com/thanks" } : s)] });
        using var guest = site.Guest();

        var first = await guest.GetAsync(Talk);
        var sent = await guest.PostAsync(Talk, GuestSite.Fill(await GuestSite.ReadAsync(first), ("answer", "ada@example.com")));
        var end = await OpenAsync(guest, sent.Headers.Location!.ToString());
        var again = await OpenAsync(guest, sent.Headers.Location.ToString().Replace("&new=1", "", StringComparison.Ordinal));
        var framed = await guest.GetAsync($"{Talk}?embed=1&began_on=https%3A%2F%2Fwww.acme.example%2Fpricing%3Fa%3Db");
        var inside = await guest.PostAsync($"{Talk}?embed=1", GuestSite.Fill(await GuestSite.ReadAsync(framed), ("answer", "eve@example.com")));

        Assert.Equal("0; url=https://www.example.com/thanks", end.QuerySelector("meta[http-equiv=refresh]")!.GetAttribute("content"));
        Assert.Null(again.QuerySelector("meta[http-equiv=refresh]"));
        Assert.Equal(("'none'", "*"), (Ancestors(first), Ancestors(framed)));
        Assert.Contains("embed=1", inside.Headers.Location!.ToString(), StringComparison.Ordinal);
        Assert.Contains("https://www.acme.example/pricing", (await site.ReadAsync(db => db.FlowRuns.ToListAsync())).Select(r => r.Facts.Page));
    }

    [Fact]
    public async Task What_a_guest_types_is_shown_nowhere_as_markup()
    {
        await using var site = await WebApp.StartAsync(listens: false);
        using var guest = site.Guest();
        var second = await AnswerAsync(guest, await OpenAsync(guest, Form), "<b id=x>Ada</b>");

        var wrong = await GuestSite.ReadAsync(await guest.PostAsync(Form, GuestSite.Fill(second, ("answer", "\"><b id=x>"))));

        Assert.Null(wrong.GetElementById("x"));
        Assert.Equal("\"><b id=x>", GuestSite.Value(wrong, "f-answer"));
    }

    [Fact]
    public async Task A_program_that_fills_in_what_nobody_sees_or_never_opened_the_page_leaves_nothing()
    {
        var clock = new SetClock(SetClock.Monday);
        await using var site = await WebApp.StartAsync(listens: false, clock: clock, settings: [("Contacts:PublicPages:RequestsPerMinute", "300")]);
        using var guest = site.Guest();
        var page = await OpenAsync(guest, Form);
        clock.PutTo(clock.GetUtcNow().UtcDateTime.AddSeconds(5));

        var trapped = await guest.PostAsync(Form, GuestSite.Fill(page, ("answer", "Bot"), ("leave-empty", "https://spam.example")));
        var unseen = await guest.PostAsync(Form, GuestSite.Fill(page, ("answer", "Bot"), ("stamp", "made-up")));
        clock.PutTo(clock.GetUtcNow().UtcDateTime.AddDays(2));
        var old = await guest.PostAsync(Form, GuestSite.Fill(page, ("answer", "Bot")));
        var future = await OpenAsync(guest, Form);
        clock.PutTo(clock.GetUtcNow().UtcDateTime.AddDays(-1));
        var quick = await guest.PostAsync(Form, GuestSite.Fill(future, ("answer", "Bot")));

        Assert.All(new[] { trapped, unseen, old, quick }, answer => Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode));
        async Task<string> WhyAsync(HttpResponseMessage answer) => (await GuestSite.ReadAsync(answer)).QuerySelector(".error")!.TextContent;
        Assert.Equal(("leave the field empty", "too long ago", "too quick"), (Part(await WhyAsync(trapped), "leave the field empty"), Part(await WhyAsync(old), "too long ago"), Part(await WhyAsync(quick), "too quick")));
        Assert.Equal(0, await site.ReadAsync(db => db.FlowRuns.CountAsync()));
        Assert.Equal("Bot", GuestSite.Value(await GuestSite.ReadAsync(trapped), "f-answer")); // and a person only sends it again
    }

    [Fact]
    public async Task Files_are_sent_with_a_form_stay_through_a_mistake_and_going_back_and_belong_to_the_contact_in_the_end()
    {
        await using var site = await WebApp.StartAsync(listens: false);
        await PublishAsync(site, "empty", (_, flow) => flow with { AllOnAPage = true, Steps = [flow.Steps[0], new QuestionStep { Key = "plans", Label = "Plans", Type = "file" }, AskOneOf("color", "Red", "Blue") with { Label = "Colour" }, new EndStep { Key = "end", Heading = "Thanks" }] });
        using var guest = site.Guest();
        var page = await OpenAsync(guest, Talk);
        var (email, plans, color) = ("answer.what_is_your_email_address", "answer.plans", "answer.colour");

        var wrong = await GuestSite.ReadAsync(await guest.PostAsync(Talk, Upload(page, plans, (email, "ada@"), (color, "Red"))));
        var kept = wrong.QuerySelector($"input[type=checkbox][name='{plans}']")!.GetAttribute("value")!;
        using var mended = new MultipartFormDataContent();
        foreach (var (name, value) in GuestSite.Filled(wrong, (email, "ada@example.com"), (color, "Red"), (plans, kept))) mended.Add(new StringContent(value), name);
        var sent = await guest.PostAsync(Talk, mended);

        Assert.Equal("multipart/form-data", page.QuerySelector("form[method=post]")!.GetAttribute("enctype"));
        Assert.Contains("house plan.pdf", wrong.Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, sent.StatusCode);
        var (contact, file, entry) = (await site.ReadAsync(db => db.Contacts.SingleAsync()), await site.ReadAsync(db => db.Files.SingleAsync()), await site.ReadAsync(db => db.Entries.SingleAsync()));
        Assert.Equal((contact.Id, "house plan.pdf", file.Value), (file.ContactId, file.Name, entry.Answers.Single(a => a.Question == "Plans").Value));
    }

    [Fact]
    public async Task Files_of_a_form_that_was_left_for_a_while_are_still_there_when_one_comes_back_and_goes_back_to_them()
    {
        var clock = new SetClock(SetClock.Monday);
        await using var site = await WebApp.StartAsync(listens: false, clock: clock);
        await PublishAsync(site, "empty", (_, flow) => flow with { Steps = [new QuestionStep { Key = "plans", Label = "Plans", Type = "file" }, .. flow.Steps.SkipLast(1), new QuestionStep { Key = "why", Label = "Why", Type = "text" }, flow.Steps[^1]] });
        using var guest = site.Guest();
        var sent = await guest.PostAsync(Talk, Upload(await OpenAsync(guest, Talk), "answer"));
        var last = await AnswerAsync(guest, await OpenAsync(guest, sent.Headers.Location!.ToString()), "ada@example.com");

        clock.PutTo(clock.GetUtcNow().UtcDateTime + FlowLeavers.Patience + TimeSpan.FromMinutes(1));
        Assert.Equal(1, await site.Get<FlowLeavers>().SettleAsync());
        var back = await SendAsync(guest, await SendAsync(guest, last, ("back", "1")), ("back", "1"));
        var end = await AnswerAsync(guest, await AnswerAsync(guest, await SendFileFormAsync(guest, back), "ada@example.com"), "Because");

        Assert.Contains("house plan.pdf", back.Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal("Thank you", end.QuerySelector("h1")!.TextContent);
        var (file, entry) = (await site.ReadAsync(db => db.Files.SingleAsync()), await site.ReadAsync(db => db.Entries.OrderBy(e => e.Number).LastAsync()));
        Assert.Equal((ActivityKind.FormSubmitted, file.Value), (entry.Kind, entry.Answers.Single(a => a.Question == "Plans").Value));
    }

    [Fact]
    public async Task Files_stay_as_long_as_somebody_goes_on_with_the_form_they_were_sent_with()
    {
        var clock = new SetClock(SetClock.Monday);
        await using var site = await WebApp.StartAsync(listens: false, clock: clock);
        await PublishAsync(site, "empty", (_, flow) => flow with { Steps = [new QuestionStep { Key = "plans", Label = "Plans", Type = "file" }, new QuestionStep { Key = "why", Label = "Why", Type = "text" }, .. flow.Steps] });
        using var guest = site.Guest();
        var sent = await guest.PostAsync(Talk, Upload(await OpenAsync(guest, Talk), "answer"));
        var second = await OpenAsync(guest, sent.Headers.Location!.ToString());

        clock.PutTo(clock.GetUtcNow().UtcDateTime.AddHours(20));
        var third = await AnswerAsync(guest, second, "Because");
        clock.PutTo(clock.GetUtcNow().UtcDateTime.AddHours(20));
        await site.Get<FileSweep>().SweepAsync();
        await AnswerAsync(guest, third, "ada@example.com");

        Assert.NotNull((await site.ReadAsync(db => db.Files.SingleAsync())).ContactId);
    }

    [Fact]
    public async Task Nobody_takes_a_file_that_another_form_sent_whatever_they_call_it()
    {
        await using var site = await WebApp.StartAsync(listens: false);
        await PublishAsync(site, "empty", (_, flow) => flow with { Steps = [new QuestionStep { Key = "plans", Label = "Plans", Type = "file" }, .. flow.Steps] });
        using var guest = site.Guest();
        await guest.PostAsync(Talk, Upload(await OpenAsync(guest, Talk), "answer"));
        var file = await site.ReadAsync(db => db.Files.SingleAsync());

        var own = await OpenAsync(guest, $"{Talk}?plans={Uri.EscapeDataString(file.Value)}");
        var byValue = await guest.PostAsync(Talk, GuestSite.Fill(own, ("answer", file.Value)));
        var byMachine = await GuestSite.ReadAsync(await guest.PostAsync(Talk, GuestSite.Fill(own, ("answer", file.Value), ("leave-empty", "x"))));

        Assert.Null(own.QuerySelector("input[type=checkbox]"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, byValue.StatusCode);
        Assert.Null(byMachine.QuerySelector("input[type=checkbox]"));
    }

    [Fact]
    public async Task A_form_wears_its_logo()
    {
        await using var site = await WebApp.StartAsync(listens: false);
        var (book, owner) = (site.Get<FlowBook>(), site.Acme.Owner);
        var (form, logo) = (Assert.Single(await book.ListAsync(owner, FlowKind.RoutingForm)), await site.Get<FileStore>().SaveAsync(owner, "logo.png", new MemoryStream("A logo"u8.ToArray())));
        var text = await site.Get<FileStore>().SaveAsync(owner, "logo.txt", new MemoryStream("No logo"u8.ToArray()));
        using var guest = site.Guest();
        Assert.Equal(HttpStatusCode.NotFound, (await guest.GetAsync($"{Form}/logo")).StatusCode);

        await book.DescribeAsync(owner, form.Id, new FlowEdit(form.Name, form.Slug, "#0b69c7", LogoFileId: logo.Id));

        var shown = (await OpenAsync(guest, Form)).QuerySelector("img.logo")!;
        var picture = await guest.GetAsync(shown.GetAttribute("src"));
        Assert.Equal(("Acme", "image/png", "A logo"), (shown.GetAttribute("alt"), picture.Content.Headers.ContentType!.MediaType, await picture.Content.ReadAsStringAsync()));
        Assert.Equal("logo", (await Assert.ThrowsAsync<RuleException>(() => book.DescribeAsync(owner, form.Id, new FlowEdit(form.Name, form.Slug, LogoFileId: text.Id)))).Param);
    }

    private static MultipartFormDataContent Upload(IHtmlDocument form, string input, params (string, string)[] typed)
    {
        var content = new MultipartFormDataContent { { new ByteArrayContent("%PDF-1.4"u8.ToArray()), input, "house plan.pdf" } };
        foreach (var (name, value) in GuestSite.Filled(form, typed)) content.Add(new StringContent(value), name);
        return content;
    }

    // As a browser sends it where no other file is chosen.
    private static async Task<IHtmlDocument> SendFileFormAsync(HttpClient guest, IHtmlDocument page)
    {
        using var content = new MultipartFormDataContent();
        foreach (var (name, value) in GuestSite.Filled(page, [.. page.QuerySelectorAll("input[type=checkbox][checked]").Select(i => (i.GetAttribute("name")!, i.GetAttribute("value")!))])) content.Add(new StringContent(value), name);
        var sent = await guest.PostAsync(page.QuerySelector("form[method=post]")!.GetAttribute("action"), content);
        Assert.Equal(HttpStatusCode.SeeOther, sent.StatusCode);
        return await OpenAsync(guest, sent.Headers.Location!.ToString());
    }

    private static string? Part(string text, string part) => text.Contains(part, StringComparison.Ordinal) ? part : null;

    /// <summary>A form from a template, changed, that guests can open at <c>/f/acme/talk</c>.</summary>
    private static async Task PublishAsync(WebApp site, string template, Func<FlowNames, FlowDocument, FlowDocument> change)
    {
        var (book, caller) = (site.Get<FlowBook>(), site.Acme.Owner);
        var flow = await book.CreateAsync(caller, FlowKind.RoutingForm, new FlowEdit("Talk"), template);
        flow = await book.ArrangeAsync(caller, flow.Id, change(await book.NamesAsync(caller), flow.Draft), flow.DraftVersion);
        await book.PublishAsync(caller, flow.Id);
    }

    private static async Task<IHtmlDocument> OpenAsync(HttpClient guest, string address) => await GuestSite.ReadAsync(await guest.GetAsync(address));

    private static Task<IHtmlDocument> AnswerAsync(HttpClient guest, IHtmlDocument page, string answer) => SendAsync(guest, page, ("answer", answer));

    private static async Task<IHtmlDocument> SendAsync(HttpClient guest, IHtmlDocument page, params (string, string)[] typed)
    {
        var sent = await guest.PostAsync(page.QuerySelector("form[method=post]")!.GetAttribute("action"), GuestSite.Fill(page, typed));
        Assert.Equal(HttpStatusCode.SeeOther, sent.StatusCode);
        return await OpenAsync(guest, sent.Headers.Location!.ToString());
    }

    private static string Ancestors(HttpResponseMessage answer) => answer.Headers.GetValues("Content-Security-Policy").Single().Split("frame-ancestors ")[1].Split(';')[0];
}
