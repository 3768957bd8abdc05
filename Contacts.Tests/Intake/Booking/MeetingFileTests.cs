using Contacts.Core.Intake.Booking;
using Contacts.Tests.Support;
using Ical.Net;
using Ical.Net.CalendarComponents;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using NodaTime.Text;
using static Contacts.Tests.Intake.Booking.BookingCrowd;

namespace Contacts.Tests.Intake.Booking;

/// <summary>The calendar file of a meeting, whatever its time and its people are.</summary>
public sealed class MeetingFileTests
{
    [Theory]
    [InlineData("2027-10-30T22:30:00Z", "Europe/Berlin", false)]
    [InlineData("2027-10-31T00:00:00Z", "Europe/Berlin", true)] // 2:00, the first time round
    [InlineData("2027-10-31T00:30:00Z", "Europe/Berlin", true)]
    [InlineData("2027-10-31T01:00:00Z", "Europe/Berlin", true)] // 2:00, the second
    [InlineData("2027-10-31T02:00:00Z", "Europe/Berlin", false)]
    [InlineData("2027-03-28T00:30:00Z", "Europe/Berlin", false)] // from 1:30 to 3:00
    [InlineData("2027-11-07T05:30:00Z", "America/New_York", true)]
    [InlineData("2027-04-03T15:00:00Z", "Australia/Lord_Howe", true)] // its clock goes back by half an hour
    public async Task A_time_that_the_readers_clock_shows_twice_is_told_in_utc(string start, string zone, bool isUtc)
    {
        await using var house = await TestHouse.OpenAsync(Database.Sqlite);
        var startsAt = InstantPattern.General.Parse(start).Value;
        house.Clock.SetUtcNow((startsAt - Duration.FromDays(2)).ToDateTimeOffset());
        var page = await OpenAsync(house, OpenAllWeek(house.Owner) with { TimeZone = "Asia/Tokyo", Hours = [.. OpenHours.Week.Select(day => new OpenHours(day, 0, OpenHours.MinutesPerDay))] });

        await house.Get<BookingDesk>().BookAsync(page, Ask(page, "ada@example.com") with { StartsAt = startsAt.ToDateTimeUtc(), TimeZone = zone });

        var meeting = await ReadAsync(house);
        Assert.Equal((startsAt.ToDateTimeUtc(), startsAt.ToDateTimeUtc().AddMinutes(30)), (meeting.Start!.AsUtc, meeting.End!.AsUtc));
        Assert.Equal((isUtc, isUtc), (meeting.Start.IsUtc, meeting.End.IsUtc));
        Assert.Equal(isUtc ? "UTC" : zone, meeting.Start.TzId);
    }

    [Theory]
    [InlineData("a%b@example.com", "mailto:a%25b@example.com")]
    [InlineData("{x}@example.com", "mailto:%7Bx%7D@example.com")]
    [InlineData("a#b?c&d=e/f@example.com", "mailto:a%23b%3Fc%26d%3De%2Ff@example.com")]
    [InlineData("ada+talk.o'hara@example.com", "mailto:ada+talk.o'hara@example.com")]
    [InlineData("zoë@bücher.example", "mailto:zoë@bücher.example")]
    public async Task Any_email_that_can_be_has_its_invitation(string email, string address)
    {
        await using var house = await TestHouse.OpenAsync(Database.Sqlite);
        var page = await OpenAsync(house, OpenAllWeek(house.Owner) with { MaxExtraGuests = 1 });

        await house.Get<BookingDesk>().BookAsync(page, Ask(page, "eve@example.com") with { Email = email, ExtraGuests = ["2" + email] });

        Assert.Equal([address, address.Replace("mailto:", "mailto:2", StringComparison.Ordinal)], (await ReadAsync(house)).Attendees.Select(a => a.Value!.OriginalString));
    }

    [Fact]
    public async Task The_file_to_keep_invites_nobody_and_names_who_the_meeting_is_with()
    {
        await using var house = await TestHouse.OpenAsync(Database.Sqlite);
        var page = await OpenAsync(house, OpenAllWeek(house.Owner) with { MaxExtraGuests = 1 });
        var token = await house.Get<BookingDesk>().BookAsync(page, Ask(page, "ada@example.com") with { ExtraGuests = ["bob@example.com"] });

        var file = Calendar.Load(house.Get<GuestBookings>().CalendarFile((await house.Get<GuestBookings>().FindAsync(token))!, token))!;

        Assert.Equal("PUBLISH", file.Method);
        Assert.Empty(Assert.Single(file.Events).Attendees);
        Assert.Equal("mailto:owner@acme.example", file.Events[0]!.Organizer!.Value!.OriginalString);
    }

    private static async Task<CalendarEvent> ReadAsync(TestHouse house) =>
        Assert.Single(Calendar.Load((await house.ReadAsync(db => db.OutgoingMails.OrderBy(m => m.Id).FirstAsync())).Calendar!)!.Events);
}
