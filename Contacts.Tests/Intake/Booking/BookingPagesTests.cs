using System.Net;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Contacts.Core.Accounts;
using Contacts.Core.Fields;
using Contacts.Core.Intake.Booking;
using Contacts.Tests.Support;
using Microsoft.EntityFrameworkCore;
using static Contacts.Tests.Intake.Booking.GuestSite;

namespace Contacts.Tests.Intake.Booking;

public partial class BookingPagesTests
{
    [Fact]
    public async Task A_guest_books_without_a_script_from_the_first_page_to_the_confirmation()
    {
        await using var site = await OpenAsync(new BookingQuestion { Key = "company", Label = "Company", Required = true, Field = "company" });
        using var guest = site.Guest();
        var first = await ReadAsync(await guest.GetAsync(Page));
        var time = Times(first)[0];

        var form = await ReadAsync(await guest.GetAsync(time.GetAttribute("href")));
        var sent = await guest.PostAsync(Page, Fill(form, ("name", "Ada Lovelace"), ("email", "ada@example.com"), ("q.company", "Analytical")));
        var done = await ReadAsync(await guest.GetAsync(sent.Headers.Location));

        Assert.Equal(["name", "email", "q.company"], form.QuerySelectorAll("form[method=post] input:not([type=hidden])").Select(i => i.GetAttribute("name")!));
        Assert.Equal(HttpStatusCode.SeeOther, sent.StatusCode);
        Assert.Equal("Booking confirmed", done.QuerySelector("h1")!.TextContent);
        Assert.Contains($"{time.TextContent} to ", done.QuerySelector("dl")!.TextContent, StringComparison.Ordinal);
        var file = await guest.GetStringAsync(done.QuerySelector("a.main")!.GetAttribute("href"));
        Assert.StartsWith("BEGIN:VCALENDAR", file, StringComparison.Ordinal);
        Assert.Equal("Analytical", (await site.ReadAsync(db => db.Contacts.SingleAsync())).Company);
    }

    [Fact]
    public async Task A_link_fills_in_what_it_was_made_with_and_its_address_says_otherwise()
    {
        await using var site = await OpenAsync(new BookingQuestion { Key = "company", Label = "Company", Field = "company" });
        using var guest = site.Guest();
        var calendar = await site.ReadAsync(db => db.BookingCalendars.SingleAsync());
        var link = await site.Get<BookingLinks>().CreateAsync(site.Acme.Owner, calendar.Id, new BookingLinkEdit(IsOneTime: true,
            Prefill: new Dictionary<string, string> { ["name"] = "Ada", ["email"] = "ada@example.com", ["company"] = "Analytical", ["utm_source"] = "mail", ["utm_medium"] = "link" }));
        var address = Page + BookingLinks.Query(link) + "&name=Eve&utm_medium=page";

        var form = await OpenFormAsync(guest, address);
        await guest.PostAsync(form.QuerySelector("form[method=post]")!.GetAttribute("action"), Fill(form));

        Assert.Equal(("Eve", "ada@example.com", "Analytical"), (Value(form, "f-name"), Value(form, "f-email"), Value(form, "f-q-company")));
        var booking = await site.ReadAsync(db => db.Bookings.SingleAsync());
        Assert.Equal(("Eve", "ada@example.com", "mail", "page"), (booking.GuestName, booking.GuestEmail, booking.Utm["utm_source"], booking.Utm["utm_medium"]));
    }

    [Fact]
    public async Task Who_skips_the_form_and_loses_the_time_books_another()
    {
        await using var site = await OpenAsync();
        using var guest = site.Guest();
        var address = Page + "?skip=1&name=Ada&email=ada%40example.com";
        var form = await OpenFormAsync(guest, address);
        await BookAsync(guest); // somebody else takes the time

        var lost = await ReadAsync(await guest.PostAsync(address, Fill(form)));
        var other = lost.QuerySelector("button[name=pick]")!.GetAttribute("value")!;
        var again = await ReadAsync(await guest.PostAsync(address, Fill(lost, ("pick", other))));
        var booked = await guest.PostAsync(address, Fill(again));

        Assert.Equal("Is this right?", again.QuerySelector("form[method=post] h2")!.TextContent);
        Assert.Equal(HttpStatusCode.SeeOther, booked.StatusCode);
        Assert.Equal(["Ada Lovelace", "Ada"], await site.ReadAsync(db => db.Bookings.OrderBy(b => b.Id).Select(b => b.GuestName).ToListAsync()));
    }

    [Theory]
    [InlineData(true, false, "name email", "seats")]
    [InlineData(false, true, "seats", "name email")]
    [InlineData(true, true, "name email seats", "")]
    public async Task What_a_link_skips_is_sent_along_and_not_asked_again(bool contact, bool questions, string hidden, string asked)
    {
        await using var site = await OpenAsync(new BookingQuestion { Key = "seats", Label = "Seats", Type = "number" });
        await ArrangeAsync(site, c => c.Durations.Add(60));
        using var guest = site.Guest();
        var calendar = await site.ReadAsync(db => db.BookingCalendars.SingleAsync());
        async Task<string> LinkAsync(string seats) => Page + BookingLinks.Query(await site.Get<BookingLinks>().CreateAsync(site.Acme.Owner, calendar.Id, new BookingLinkEdit(IsOneTime: true,
            Prefill: new Dictionary<string, string> { ["name"] = "Ada", ["email"] = "ada@example.com", ["seats"] = seats }, Settings: new LinkSettings { Minutes = 60, SkipsContact = contact, SkipsQuestions = questions })));

        var link = await LinkAsync("3");
        var form = await OpenFormAsync(guest, link);
        var odd = await OpenFormAsync(guest, await LinkAsync("many"));
        await guest.PostAsync(form.QuerySelector("form[method=post]")!.GetAttribute("action"), Fill(form));

        Assert.Equal(hidden, Names(form, "[type=hidden]"));
        Assert.Equal(asked, Names(form, ":not([type=hidden])"));
        Assert.Equal(contact && questions ? "Is this right?" : "Your details", form.QuerySelector("form[method=post] h2")!.TextContent);
        Assert.Contains("seats", Names(odd, ":not([type=hidden])"), StringComparison.Ordinal); // what is wrong has to be seen
        Assert.Null((await ReadAsync(await guest.GetAsync(link))).QuerySelector(".lengths"));
        var booking = await site.ReadAsync(db => db.Bookings.SingleAsync());
        Assert.Equal(("Ada", "3", 60), (booking.GuestName, Assert.Single(booking.Answers).Value, booking.Minutes));

        static string Names(IHtmlDocument form, string which) =>
            string.Join(' ', form.QuerySelectorAll($"form[method=post] input{which}").Select(i => i.GetAttribute("name")!.Replace("q.", "", StringComparison.Ordinal)).Where(n => n is "name" or "email" or "seats"));
    }

    [Fact]
    public async Task Only_times_are_named_with_a_clock_time()
    {
        await using var site = await OpenAsync();

        var first = await ReadAsync(await site.Guest().GetAsync(Page));

        Assert.NotEmpty(Times(first));
        Assert.All(first.QuerySelectorAll("a, button"), part => Assert.True(
            Clock().IsMatch(part.TextContent) == part.ClassList.Contains("time") && !part.GetAttribute("aria-label").AsSpan().Contains(":", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task What_is_wrong_is_said_at_its_input_and_what_was_typed_is_kept()
    {
        await using var site = await OpenAsync(
            new BookingQuestion { Key = "seats", Label = "Seats", Type = "number" }, new BookingQuestion { Key = "topic", Label = "Topic", Type = "long_text", Required = true });
        using var guest = site.Guest();
        var form = await OpenFormAsync(guest);

        var answer = await guest.PostAsync(Page, Fill(form, ("name", "Ada"), ("email", "ada"), ("q.seats", "many"), ("q.topic", " ")));
        var again = await ReadAsync(answer);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        foreach (var name in new[] { "email", "q-seats", "q-topic" })
        {
            var input = again.GetElementById($"f-{name}")!;
            Assert.Equal("true", input.GetAttribute("aria-invalid"));
            Assert.Contains($"f-{name}-error", input.GetAttribute("aria-describedby")!, StringComparison.Ordinal);
            Assert.NotEmpty(again.GetElementById($"f-{name}-error")!.TextContent);
        }
        Assert.Equal(("Ada", "ada", "many"), (Value(again, "f-name"), Value(again, "f-email"), Value(again, "f-q-seats")));
    }

    [Fact]
    public async Task A_rule_of_the_field_is_told_at_the_question()
    {
        await using var site = await OpenAsync(new BookingQuestion { Key = "number", Label = "Customer number", Field = "number" }, new BookingQuestion { Key = "plan", Label = "Plan", Field = "plan" });
        var admin = await site.CallerAsync(Role.Admin);
        await site.Get<FieldCatalog>().CreateAsync(admin, new FieldEdit("Number", null, "text", "number", []) { Rules = new FieldRules { Pattern = "AC-[0-9]+", PatternMessage = "It begins with AC-." } });
        await site.Get<FieldCatalog>().CreateAsync(admin, new FieldEdit("Plan", null, "text", "plan", []) { Rules = new FieldRules { Required = true } });
        using var guest = site.Guest();
        var form = await OpenFormAsync(guest);

        var answer = await guest.PostAsync(Page, Fill(form, ("name", "Ada"), ("email", "ada@example.com"), ("q.number", "12")));
        var again = await ReadAsync(answer);
        var sent = await guest.PostAsync(Page, Fill(again, ("q.number", "AC-12"), ("q.plan", "Gold")));

        Assert.True(form.GetElementById("f-q-plan")!.HasAttribute("required"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Equal("It begins with AC-.", again.GetElementById("f-q-number-error")!.TextContent);
        Assert.Equal("Answer this question.", again.GetElementById("f-q-plan-error")!.TextContent);
        Assert.Equal(HttpStatusCode.SeeOther, sent.StatusCode);
    }

    [Fact]
    public async Task A_taken_time_is_refused_with_others_to_choose_and_the_typed_goes_along()
    {
        await using var site = await OpenAsync();
        using var guest = site.Guest();
        var (mine, theirs) = (await OpenFormAsync(guest), await OpenFormAsync(guest));
        await guest.PostAsync(Page, Fill(theirs, ("name", "Eve"), ("email", "eve@example.com")));

        var answer = await guest.PostAsync(Page, Fill(mine, ("name", "Ada"), ("email", "ada@example.com")));
        var refused = await ReadAsync(answer);
        var other = Times(refused)[0];
        var again = await ReadAsync(await guest.PostAsync(Page, Fill(refused, ("pick", other.GetAttribute("value")!))));
        var sent = await guest.PostAsync(Page, Fill(again));

        Assert.Equal((HttpStatusCode.Conflict, BookingDesk.Taken), (answer.StatusCode, refused.QuerySelector("[role=alert]")!.TextContent));
        Assert.Equal("Ada", Value(again, "f-name"));
        Assert.Equal(HttpStatusCode.SeeOther, sent.StatusCode);
    }

    [Fact]
    public async Task The_address_fills_in_the_form_and_the_zone()
    {
        await using var site = await OpenAsync(new BookingQuestion { Key = "your_firm", Label = "Your firm", Field = "company" });
        using var guest = site.Guest();

        var first = await ReadAsync(await guest.GetAsync($"{Page}?name=Ada+Lovelace&email=ada@example.com&company=Analytical&iana_time_zone=Asia/Tokyo&utm_source=letter"));
        var form = await ReadAsync(await guest.GetAsync(Times(first)[0].GetAttribute("href")));

        Assert.Equal(("Ada Lovelace", "ada@example.com", "Analytical"), (Value(form, "f-name"), Value(form, "f-email"), Value(form, "f-q-your_firm")));
        Assert.Equal("Asia/Tokyo", form.QuerySelector("input[name=zone]")!.GetAttribute("value"));
        Assert.Contains("utm_source=letter", form.QuerySelector("form[method=post]")!.GetAttribute("action")!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("?zone=Mars/Base")]
    [InlineData("?iana_time_zone=GMT%2B5")]
    public async Task A_zone_that_does_not_exist_leaves_the_times_in_the_calendars_and_the_guests_own_to_be_found_out(string query)
    {
        await using var site = await OpenAsync();
        using var guest = site.Guest();

        var page = await ReadAsync(await guest.GetAsync(Page + query));
        var form = await ReadAsync(await guest.GetAsync(Times(page)[0].GetAttribute("href")));

        Assert.Equal(("Europe/Berlin", "Europe/Berlin"), (page.DocumentElement.GetAttribute("data-zone"), form.QuerySelector("input[name=zone]")!.GetAttribute("value")));
    }

    [Fact]
    public async Task The_first_page_opens_on_the_first_free_day_even_months_ahead()
    {
        await using var site = await OpenAsync();
        await site.ReadAsync(db => db.BookingCalendars.ExecuteUpdateAsync(set => set.SetProperty(c => c.LeadMinutes, 40 * 24 * 60)));

        var first = await ReadAsync(await site.Guest().GetAsync(Page));

        Assert.NotEmpty(Times(first));
        Assert.Equal(first.QuerySelector("td [aria-current]")!.GetAttribute("aria-label"), first.GetElementById("day")!.TextContent);
    }

    [Fact]
    public async Task An_unknown_account_calendar_or_booking_is_a_page_that_says_so()
    {
        await using var site = await OpenAsync();
        using var guest = site.Guest();

        foreach (var address in new[] { "/b/acme/nothing", "/b/nobody/intro-call", "/booking/nothing", "/booking/nothing/invite.ics" })
        {
            var answer = await guest.GetAsync(address);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
            Assert.Equal("Nothing here", (await ReadAsync(answer)).QuerySelector("h1")!.TextContent);
        }
    }

    [GeneratedRegex(@"\d\d?:\d\d")]
    private static partial Regex Clock();
}
