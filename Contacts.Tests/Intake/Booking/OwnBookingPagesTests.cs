using System.Net;
using Contacts.Core.Activity;
using Contacts.Core.Fields;
using Contacts.Core.Intake.Booking;
using Contacts.Core.People;
using Contacts.Tests.Support;
using Microsoft.EntityFrameworkCore;
using static Contacts.Tests.Intake.Booking.GuestSite;

namespace Contacts.Tests.Intake.Booking;

public class OwnBookingPagesTests
{
    [Fact]
    public async Task A_guest_cancels_with_a_reason_and_the_page_says_how_it_stands()
    {
        await using var site = await OpenAsync();
        using var guest = site.Guest();
        var own = await BookAsync(guest);

        var ask = await ReadAsync(await guest.GetAsync($"{own}/cancel"));
        var sent = await guest.PostAsync($"{own}/cancel", Fill(ask, ("reason", "I am ill")));
        var page = await ReadAsync(await guest.GetAsync(sent.Headers.Location));
        var again = await guest.PostAsync($"{own}/cancel", Fill(ask, ("reason", "Twice")));

        Assert.Equal((HttpStatusCode.SeeOther, own), (sent.StatusCode, sent.Headers.Location!.ToString()));
        Assert.Equal(("Booking canceled", "I am ill"), (page.QuerySelector("h1")!.TextContent, page.QuerySelector(".quote")!.TextContent));
        Assert.Equal(HttpStatusCode.SeeOther, again.StatusCode);
        Assert.Equal("I am ill", await site.ReadAsync(db => db.Bookings.Select(b => b.CancelReason).SingleAsync()));
        Assert.Equal(own, (await guest.GetAsync($"{own}/reschedule")).Headers.Location!.ToString());
    }

    [Fact]
    public async Task A_guest_moves_to_another_time_without_a_script()
    {
        await using var site = await OpenAsync();
        using var guest = site.Guest();
        var own = await BookAsync(guest);
        var before = await site.ReadAsync(db => db.Bookings.Select(b => b.StartsAt).SingleAsync());

        var times = await ReadAsync(await guest.GetAsync($"{own}/reschedule"));
        var form = await ReadAsync(await guest.GetAsync(Times(times)[^1].GetAttribute("href")));
        var sent = await guest.PostAsync(form.QuerySelector("form[method=post]")!.GetAttribute("action"), Fill(form, ("reason", "Later suits me")));
        var page = await ReadAsync(await guest.GetAsync(sent.Headers.Location));

        Assert.All(Times(times), time => Assert.StartsWith($"{own}/reschedule?", time.GetAttribute("href"), StringComparison.Ordinal));
        Assert.Equal(("Booking confirmed", HttpStatusCode.SeeOther), (page.QuerySelector("h1")!.TextContent, sent.StatusCode));
        var after = await site.ReadAsync(db => db.Bookings.SingleAsync());
        Assert.True(after.StartsAt > before);
        Assert.Equal((1, BookingState.Rescheduled), (after.Sequence, after.StateAt(SetClock.Monday)));
    }

    [Fact]
    public async Task A_time_that_makes_no_sense_moves_nothing()
    {
        await using var site = await OpenAsync();
        using var guest = site.Guest();
        var own = await BookAsync(guest);

        var none = await guest.PostAsync($"{own}/reschedule", new FormUrlEncodedContent([new("start", "")]));
        var past = await guest.PostAsync($"{own}/reschedule", new FormUrlEncodedContent([new("start", "2020-01-01T09:00:00Z")]));

        Assert.Equal((HttpStatusCode.UnprocessableEntity, HttpStatusCode.UnprocessableEntity), (none.StatusCode, past.StatusCode));
        Assert.Equal(BookingDesk.NotChosen, (await ReadAsync(none)).QuerySelector("[role=alert]")!.TextContent);
        Assert.Equal(BookingDesk.Past, (await ReadAsync(past)).QuerySelector("[role=alert]")!.TextContent);
        Assert.Equal(0, await site.ReadAsync(db => db.Bookings.Select(b => b.Sequence).SingleAsync()));
    }

    [Fact]
    public async Task Once_a_meeting_has_begun_its_guest_neither_cancels_nor_moves_it()
    {
        var clock = new SetClock(SetClock.Monday);
        await using var site = await WebApp.StartAsync(listens: false, clock: clock);
        using var guest = site.Guest();
        var own = await BookAsync(guest);
        var before = await ReadAsync(await guest.GetAsync($"{own}/cancel"));
        var start = await site.ReadAsync(db => db.Bookings.Select(b => b.StartsAt).SingleAsync());

        clock.PutTo(start.AddMinutes(1));
        var page = await ReadAsync(await guest.GetAsync(own));
        var answers = new List<HttpResponseMessage>();
        foreach (var step in new[] { "cancel", "reschedule" })
            answers.AddRange([await guest.GetAsync($"{own}/{step}"), await guest.PostAsync($"{own}/{step}", new FormUrlEncodedContent([new("start", "2027-03-10T09:00:00Z")]))]);

        Assert.Equal("Cancel this booking?", before.QuerySelector("h1")!.TextContent);
        Assert.Equal("Booking confirmed", page.QuerySelector("h1")!.TextContent);
        Assert.Contains("It has begun", page.QuerySelector(".help")!.TextContent, StringComparison.Ordinal);
        Assert.Empty(page.QuerySelectorAll(".own a"));
        Assert.All(answers, answer => Assert.Equal(own, answer.Headers.Location!.ToString()));
        var booking = await site.ReadAsync(db => db.Bookings.SingleAsync());
        Assert.Equal((BookingStatus.Scheduled, 0), (booking.Status, booking.Sequence));
        await site.Get<Bookings>().CancelAsync(site.Acme.Owner, booking.Id, "Nobody came"); // its host still can
    }

    [Fact]
    public async Task Another_length_leaves_the_day_that_was_chosen()
    {
        await using var site = await OpenAsync();
        await ArrangeAsync(site, c => c.Durations.Add(60));
        using var guest = site.Guest();
        var day = (await ReadAsync(await guest.GetAsync(Page))).QuerySelectorAll("td a")[2];
        var chosen = await ReadAsync(await guest.GetAsync(day.GetAttribute("href")));

        var longer = await ReadAsync(await guest.GetAsync(chosen.QuerySelectorAll(".lengths a")[1].GetAttribute("href")));

        Assert.Equal(day.GetAttribute("aria-label"), longer.GetElementById("day")!.TextContent);
        Assert.Equal("1 hour", longer.QuerySelector(".lengths a[aria-current]")!.TextContent);
    }

    [Fact]
    public async Task Where_a_host_has_to_say_yes_the_guest_requests_and_is_told_so()
    {
        await using var site = await OpenAsync();
        await site.ReadAsync(db => db.BookingCalendars.ExecuteUpdateAsync(set => set.SetProperty(c => c.RequiresApproval, true)));
        using var guest = site.Guest();
        var form = await OpenFormAsync(guest);
        var sent = await guest.PostAsync(Page, Fill(form, ("name", "Ada"), ("email", "ada@example.com")));

        var own = await ReadAsync(await guest.GetAsync(sent.Headers.Location));

        Assert.Equal("Request booking", form.QuerySelector("form[method=post] button.main")!.TextContent);
        Assert.Equal("Request sent", own.QuerySelector("h1")!.TextContent);
        Assert.Null(own.QuerySelector("a[href$='.ics']")); // it stands in nobody's calendar yet
        Assert.Contains("has yet to say yes. You will hear at ada@example.com.", own.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lengths_places_and_further_guests_are_chosen_on_the_page()
    {
        await using var site = await OpenAsync();
        await ArrangeAsync(site, c => { c.Durations.Add(60); c.Places.AddRange([new(PlaceKind.Video, "https://meet.example/iris"), new(PlaceKind.InPerson, "Main street 1")]); });
        await site.ReadAsync(db => db.BookingCalendars.ExecuteUpdateAsync(set => set.SetProperty(c => c.MaxExtraGuests, 2)));
        using var guest = site.Guest();
        var long_ = (await ReadAsync(await guest.GetAsync(Page))).QuerySelectorAll(".lengths a")[1].GetAttribute("href")!;
        var form = await OpenFormAsync(guest, long_);
        var action = form.QuerySelector("form[method=post]")!.GetAttribute("action");

        var wrong = await ReadAsync(await guest.PostAsync(action, Fill(form, ("name", "Ada"), ("email", "ada@example.com"), ("guests", "bob@example.com\nnobody"))));
        var sent = await guest.PostAsync(action, Fill(form, ("name", "Ada"), ("email", "ada@example.com"), ("place", "1"), ("guests", "bob@example.com\neve@example.com")));

        Assert.Equal("Choose where to meet.", wrong.GetElementById("f-place-error")!.TextContent);
        Assert.Contains("“nobody” is no email address.", wrong.GetElementById("f-guests-error")!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("meet.example", form.Body!.InnerHtml, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, sent.StatusCode);
        var booking = await site.ReadAsync(db => db.Bookings.SingleAsync());
        Assert.Equal((60, "Main street 1"), (booking.Minutes, booking.Location));
        Assert.Equal(["bob@example.com", "eve@example.com"], booking.ExtraGuests);
    }

    [Fact]
    public async Task A_question_counts_only_where_an_earlier_answer_asks_for_it()
    {
        await using var site = await OpenAsync(
            new BookingQuestion { Key = "kind", Label = "What is it about?", Type = "single_choice", Options = ["Support", "Sales"], Required = true },
            new BookingQuestion { Key = "number", Label = "Ticket number", Required = true, ShownIf = new ShownIf("kind", AnswerTest.Is, "Support") },
            new BookingQuestion { Key = "campaign", Label = "Campaign", Hidden = true });
        using var guest = site.Guest();
        var form = await OpenFormAsync(guest, $"{Page}?campaign=spring");

        var support = await guest.PostAsync(Page, Fill(form, ("name", "Ada"), ("email", "ada@example.com"), ("q.kind", "Support"), ("q.number", "")));
        var sales = await guest.PostAsync(Page, Fill(form, ("name", "Ada"), ("email", "ada@example.com"), ("q.kind", "Sales"), ("q.number", "ignored")));

        Assert.Equal((HttpStatusCode.UnprocessableEntity, HttpStatusCode.SeeOther), (support.StatusCode, sales.StatusCode));
        Assert.Equal([("What is it about?", "Sales"), ("Campaign", "spring")], (await site.ReadAsync(db => db.Bookings.SingleAsync())).Answers.Select(a => (a.Question, a.Value)));
    }

    [Fact]
    public async Task Files_of_a_guest_stay_with_the_meeting_and_need_not_be_sent_twice()
    {
        await using var site = await OpenAsync(new BookingQuestion { Key = "plans", Label = "Plans", Type = "file", Required = true });
        using var guest = site.Guest();
        var form = await OpenFormAsync(guest);

        var refused = await ReadAsync(await guest.PostAsync(Page, Upload(form, ("name", "Ada"), ("email", "wrong"))));
        var kept = refused.QuerySelector("input[type=checkbox][name='q.plans']")!.GetAttribute("value")!;
        var sent = await guest.PostAsync(Page, Fill(refused, ("email", "ada@example.com"), ("q.plans", kept)));
        var stolen = await guest.PostAsync(Page, Fill(await OpenFormAsync(guest), ("name", "Eve"), ("email", "eve@example.com"), ("q.plans", kept)));

        Assert.Equal((HttpStatusCode.SeeOther, HttpStatusCode.UnprocessableEntity), (sent.StatusCode, stolen.StatusCode));
        var booking = await site.ReadAsync(db => db.Bookings.SingleAsync());
        Assert.Contains("house plan.pdf", booking.Answers.Single().Value, StringComparison.Ordinal);
        Assert.Equal(booking.ContactId, await site.ReadAsync(db => db.Files.Select(f => f.ContactId).SingleAsync()));

        static MultipartFormDataContent Upload(AngleSharp.Html.Dom.IHtmlDocument form, params (string, string)[] typed)
        {
            var content = new MultipartFormDataContent { { new ByteArrayContent("%PDF-1.4"u8.ToArray()), "q.plans", "house plan.pdf" } };
            foreach (var (name, value) in Filled(form, typed)) content.Add(new StringContent(value), name);
            return content;
        }
    }

    [Fact]
    public async Task A_page_for_links_only_opens_by_a_link_and_says_when_that_was_used()
    {
        await using var site = await OpenAsync();
        var calendar = await site.ReadAsync(db => db.BookingCalendars.Select(c => c.Id).SingleAsync());
        await site.ReadAsync(db => db.BookingCalendars.ExecuteUpdateAsync(set => set.SetProperty(c => c.LinkOnly, true)));
        await site.Get<Core.Data.WriteGate>().RunAsync(site.Acme.AccountId, db =>
        {
            db.BookingLinks.Add(new BookingLink(site.Acme.AccountId, calendar, "once", "For Ada", isOneTime: true, null, SetClock.Monday));
            return Task.FromResult(true);
        });
        using var guest = site.Guest();

        var closed = await guest.GetAsync(Page);
        var form = await OpenFormAsync(guest, $"{Page}?link=once");
        var sent = await guest.PostAsync(form.QuerySelector("form[method=post]")!.GetAttribute("action"), Fill(form, ("name", "Ada"), ("email", "ada@example.com")));
        var used = await guest.GetAsync($"{Page}?link=once");

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.SeeOther, HttpStatusCode.Gone), (closed.StatusCode, sent.StatusCode, used.StatusCode));
        Assert.Contains("used already", (await ReadAsync(used)).QuerySelector("p")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_sent_the_form_for_a_time_that_was_gone_and_left_is_remembered_after_half_an_hour()
    {
        await using var house = await TestHouse.OpenAsync(Database.Sqlite);
        var page = await BookingCrowd.OpenAsync(house, BookingCrowd.OpenAllWeek(house.Owner) with { Questions = [new() { Label = "Firm", Field = "company" }] });
        var attempts = house.Get<BookingAttempts>();
        var (left, stayed) = (Ask("left@example.com"), Ask("stayed@example.com"));
        await attempts.KeepAsync(page, left);
        await attempts.KeepAsync(page, stayed);
        await house.Get<BookingDesk>().BookAsync(page, stayed);

        Assert.Equal(0, await attempts.SettleAsync());
        house.Clock.Advance(BookingAttempts.Patience + TimeSpan.FromMinutes(1));
        Assert.Equal(1, await attempts.SettleAsync());

        var contact = (await house.ContactsAsync()).Single(c => c.Email == "left@example.com");
        var entry = Assert.Single(await house.EntriesAsync(contact.Id));
        Assert.Equal((ActivityKind.BookingAbandoned, "Analytical", "Analytical"), (entry.Kind, entry.Answers.Single().Value, contact.Company));
        Assert.Equal(0, await house.ReadAsync(db => db.BookingAttempts.CountAsync()));

        BookingRequest Ask(string email) => BookingCrowd.Ask(page, email) with { Answers = new Dictionary<string, string> { [page.Questions[0].Key] = "Analytical" } };
    }

    [Fact]
    public async Task What_the_contact_of_this_browser_has_is_not_asked_again()
    {
        await using var house = await TestHouse.OpenAsync(Database.Sqlite);
        var browser = new string('a', 32);
        var edit = BookingCrowd.OpenAllWeek(house.Owner) with { Questions = [new() { Label = "Firm", Field = "company", SkipWhenKnown = true }] };
        var first = await BookingCrowd.OpenAsync(house, edit, new PageChoice(VisitorKey: browser));
        await house.Get<BookingDesk>().BookAsync(first, BookingCrowd.Ask(first, "ada@example.com") with { VisitorKey = browser, Answers = new Dictionary<string, string> { [first.Questions[0].Key] = "Analytical" } });

        Assert.Empty((await house.Get<BookingDesk>().FindAsync("acme", "talk", new PageChoice(VisitorKey: browser)))!.Questions);
        Assert.Single((await house.Get<BookingDesk>().FindAsync("acme", "talk", new PageChoice(VisitorKey: new string('b', 32))))!.Questions);
        Assert.Single((await house.Get<BookingDesk>().FindAsync("acme", "talk"))!.Questions);
    }

    [Fact]
    public async Task Somebody_else_at_the_same_browser_is_asked_everything()
    {
        await using var house = await TestHouse.OpenAsync(Database.Sqlite);
        var browser = new string('a', 32);
        var edit = BookingCrowd.OpenAllWeek(house.Owner) with { Questions = [new() { Label = "Firm", Field = "company", SkipWhenKnown = true, Required = true }] };
        var first = await BookingCrowd.OpenAsync(house, edit, new PageChoice(VisitorKey: browser));
        await house.Get<BookingDesk>().BookAsync(first, BookingCrowd.Ask(first, "ada@example.com") with { VisitorKey = browser, Answers = new Dictionary<string, string> { [first.Questions[0].Key] = "Analytical" } });

        Assert.Empty((await house.Get<BookingDesk>().FindAsync("acme", "talk", new PageChoice(VisitorKey: browser, Email: "ADA@example.com")))!.Questions);
        Assert.Single((await house.Get<BookingDesk>().FindAsync("acme", "talk", new PageChoice(VisitorKey: browser, Email: "bob@example.com")))!.Questions);
    }

    [Fact]
    public async Task What_only_the_contact_has_is_skipped_where_it_was_proven_whose_browser_it_is_and_never_for_an_address_that_was_typed()
    {
        await using var house = await TestHouse.OpenAsync(Database.Sqlite);
        var browser = new string('a', 32);
        await house.Book.AddAsync(house.Member, new ContactEdit().Set("email", "ada@example.com").Set("company", "Analytical"), new Source(SourceKind.User, "Mei Chou"));
        var edit = BookingCrowd.OpenAllWeek(house.Owner) with { Questions = [new() { Label = "Firm", Field = "company", SkipWhenKnown = true }] };
        var first = await BookingCrowd.OpenAsync(house, edit, new PageChoice(VisitorKey: browser));
        await house.Get<BookingDesk>().BookAsync(first, BookingCrowd.Ask(first, "ada@example.com") with { VisitorKey = browser });

        Assert.Single((await AgainAsync("ada@example.com"))!.Questions);
        await house.Gate.RunAsync(house.Account.Id, async db =>
        {
            (await db.Visitors.SingleAsync(v => v.Key == browser)).Prove(house.Now);
            return true;
        });
        Assert.Empty((await AgainAsync("ada@example.com"))!.Questions);
        Assert.Single((await AgainAsync("bob@example.com"))!.Questions);

        Task<BookingPage?> AgainAsync(string email) => house.Get<BookingDesk>().FindAsync("acme", "talk", new PageChoice(VisitorKey: browser, Email: email));
    }

    [Theory]
    [InlineData("Yes", 1)]
    [InlineData("No", 0)]
    public async Task A_known_answer_decides_what_depends_on_it(string known, int asked)
    {
        await using var house = await TestHouse.OpenAsync(Database.Sqlite);
        var browser = new string('a', 32);
        await house.Get<FieldCatalog>().CreateAsync(house.Owner, new FieldEdit("Customer?", null, "yes_no", "customer", []));
        var edit = BookingCrowd.OpenAllWeek(house.Owner) with
        {
            Questions = [new() { Key = "new-1", Label = "Customer?", Type = "yes_no", Field = "customer", SkipWhenKnown = true }, new() { Label = "Number", Required = true, ShownIf = new("new-1", AnswerTest.Is, "Yes") }],
        };
        var first = await BookingCrowd.OpenAsync(house, edit, new PageChoice(VisitorKey: browser));
        await house.Get<BookingDesk>().BookAsync(first, BookingCrowd.Ask(first, "ada@example.com") with
        {
            VisitorKey = browser, Answers = new Dictionary<string, string> { [first.Questions[0].Key] = known, [first.Questions[1].Key] = "17" },
        });

        var next = (await house.Get<BookingDesk>().FindAsync("acme", "talk", new PageChoice(VisitorKey: browser)))!;

        Assert.Equal(Enumerable.Repeat("Number", asked), next.Questions.Select(q => q.Question.Label));
        Assert.All(next.Questions, q => Assert.True(q.IsAsked(next.Questions, new Dictionary<string, string>(), way: null)));
    }

    private static async Task<string> BookAsync(HttpClient guest)
    {
        var sent = await guest.PostAsync(Page, Fill(await OpenFormAsync(guest), ("name", "Ada Lovelace"), ("email", "ada@example.com")));
        return sent.Headers.Location!.ToString().Split('?')[0];
    }
}
