using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using Contacts.Core;
using Contacts.Core.Data;
using Contacts.Core.Files;
using Contacts.Core.Intake.Booking;
using Contacts.Tests.Support;
using Microsoft.EntityFrameworkCore;
using static Contacts.Tests.Intake.Booking.BookingCrowd;
using static Contacts.Tests.Intake.Booking.GuestSite;

namespace Contacts.Tests.Intake.Booking;

/// <summary>A program that fills in the form over and over gets little for it.</summary>
public class GuestBotTests
{
    [Fact]
    public async Task Of_a_hundred_forms_at_once_from_one_address_most_are_turned_away_and_those_leave_nothing()
    {
        await using var site = await WebApp.StartAsync(listens: false, settings: [("Contacts:PublicPages:RequestsPerMinute", "300")]);
        using var guest = site.Guest();
        var page = (await site.Get<BookingDesk>().FindAsync("acme", "intro-call"))!;

        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(i => guest.PostAsync(Page, new FormUrlEncodedContent(
        [
            new("name", "Bot"), new("email", string.Create(CultureInfo.InvariantCulture, $"bot{i}@example.com")), new("zone", "Europe/Berlin"),
            new("key", BookingRequest.NewFormKey()), new("start", NodaTime.Text.InstantPattern.General.Format(page.Starts[i])),
        ]))));

        var booked = answers.Count(a => a.StatusCode == HttpStatusCode.SeeOther);
        Assert.All(answers, a => Assert.True(a.StatusCode is HttpStatusCode.SeeOther or HttpStatusCode.TooManyRequests, a.StatusCode.ToString()));
        Assert.InRange(booked, 1, 60); // thirty a minute, and a minute may end in between
        Assert.Equal(booked, await site.ReadAsync(db => db.Bookings.CountAsync()));
        Assert.Equal(booked, await site.ReadAsync(db => db.Contacts.CountAsync()));
        Assert.Equal(HttpStatusCode.OK, (await guest.GetAsync(Page)).StatusCode);
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task One_email_books_ten_meetings_to_come_in_a_calendar_and_no_more(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var page = await OpenAsync(house, OpenAllWeek(house.Owner));
        var (token, _) = await BookAsync(house, page, "ada@example.com");
        for (var i = 1; i < BookingDesk.MaxOpen; i++) await BookAsync(house, page, "ada@example.com", start: i);
        var mails = await house.ReadAsync(db => db.OutgoingMails.CountAsync());

        var refused = await Assert.ThrowsAsync<RuleException>(() => BookAsync(house, page, "ADA@example.com", start: 10));

        Assert.Equal((BookingDesk.TooMany, "email"), (refused.Message, refused.Param));
        Assert.Equal((10, mails), (await house.ReadAsync(db => db.Bookings.CountAsync()), await house.ReadAsync(db => db.OutgoingMails.CountAsync())));
        await BookAsync(house, page, "eve@example.com", start: 10);
        await house.Get<GuestBookings>().CancelAsync(token, null);
        await BookAsync(house, page, "ada@example.com", start: 11);
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task Of_guests_who_sent_a_form_for_a_time_that_was_gone_a_hundred_are_waited_for(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var page = await OpenAsync(house, OpenAllWeek(house.Owner));

        for (var i = 0; i <= BookingAttempts.MaxWaiting; i++) await house.Get<BookingAttempts>().KeepAsync(page, Ask(page, $"bot{i}@example.com"));

        Assert.Equal(BookingAttempts.MaxWaiting, await house.ReadAsync(db => db.BookingAttempts.CountAsync()));
    }

    [Fact]
    public async Task Much_is_read_only_where_a_calendar_asks_for_files()
    {
        await using var site = await WebApp.StartAsync();
        using var guest = site.Guest();
        HttpContent Upload() => new MultipartFormDataContent { { new ByteArrayContent(new byte[2 * 1024 * 1024]), "q.plans", "plans.pdf" } };

        var without = await guest.PostAsync(Page, Upload());
        var nowhere = await guest.PostAsync("/b/acme/nothing", Upload());
        await ArrangeAsync(site, calendar => calendar.Questions.Add(new BookingQuestion { Key = "plans", Label = "Plans", Type = "file" }));
        var with = await guest.PostAsync(Page, Upload());

        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, HttpStatusCode.NotFound, HttpStatusCode.UnprocessableEntity), (without.StatusCode, nowhere.StatusCode, with.StatusCode));
        Assert.Equal(1, await site.ReadAsync(db => db.Files.CountAsync()));
    }

    [Fact]
    public async Task Who_sends_too_much_or_what_is_no_form_is_told_so_and_that_nothing_is_saved()
    {
        await using var site = await WebApp.StartAsync();
        using var guest = site.Guest();

        var large = await SendAsync(new string('a', 3 * 1024 * 1024), "application/x-www-form-urlencoded");
        var odd = await SendAsync("no part of it", "multipart/form-data; boundary=x");
        var other = await SendAsync("{}", "application/json");

        Assert.Equal(("Too much was sent", "This cannot be read", "Nothing here"), (await TitleAsync(large), await TitleAsync(odd), await TitleAsync(other)));
        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, HttpStatusCode.BadRequest, HttpStatusCode.UnsupportedMediaType), (large.StatusCode, odd.StatusCode, other.StatusCode));
        Assert.DoesNotContain("Go to Contacts", await large.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        async Task<HttpResponseMessage> SendAsync(string body, string type)
        {
            using var content = new StringContent(body);
            content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
            return await guest.PostAsync(Page, content);
        }

        static async Task<string> TitleAsync(HttpResponseMessage answer) => (await ReadAsync(answer)).QuerySelector("h1")!.TextContent;
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task Files_that_nobody_keeps_have_an_end_and_the_next_is_refused_with_a_reason(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await house.Gate.RunAsync(house.Account.Id, db =>
        {
            db.Files.Add(new StoredFile(house.Account.Id, "huge.pdf", new string('a', 32), FileStore.MaxWaiting, house.Now));
            return Task.FromResult(true);
        });
        Task<StoredFile> SendAsync() => house.Get<FileStore>().SaveForGuestAsync(house.Account.Id, "plans.pdf", new MemoryStream("%PDF-1.4"u8.ToArray()));

        var refused = await Assert.ThrowsAsync<RuleException>(SendAsync);
        house.Clock.Advance(FileSweep.Kept + TimeSpan.FromMinutes(1)); // what nobody kept is gone by then

        Assert.Equal((FileStore.Full, "file"), (refused.Message, refused.Param));
        Assert.Equal("plans.pdf", (await SendAsync()).Name);
    }
}
