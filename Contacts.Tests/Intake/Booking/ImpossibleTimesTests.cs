using System.Net;
using Contacts.Core;
using Contacts.Core.Intake.Booking;
using Contacts.Tests.Support;
using Microsoft.EntityFrameworkCore;
using static Contacts.Tests.Intake.Booking.GuestSite;

namespace Contacts.Tests.Intake.Booking;

/// <summary>Times and dates that no calendar has: each has its answer, and none breaks a page.</summary>
public class ImpossibleTimesTests
{
    [Theory]
    [InlineData("-0001-01-01T00:00:00Z", BookingDesk.Past)]
    [InlineData("-9998-01-01T00:00:00Z", BookingDesk.Past)]
    [InlineData("0001-01-01T00:00:00Z", BookingDesk.Past)]
    [InlineData("1999-12-31T23:59:59Z", BookingDesk.Past)]
    [InlineData("2101-01-01T00:00:00Z", BookingDesk.NotOffered)]
    [InlineData("9999-12-31T23:59:59Z", BookingDesk.NotOffered)]
    [InlineData("10000-01-01T00:00:00Z", BookingDesk.NotChosen)]
    [InlineData("2026-02-30T09:00:00Z", BookingDesk.NotChosen)]
    public async Task A_time_that_cannot_be_is_refused_with_what_to_do_in_every_zone(string start, string said)
    {
        await using var site = await OpenAsync();
        using var guest = site.Guest();
        foreach (var zone in new[] { "Asia/Tokyo", "America/New_York" })
        {
            var shown = await guest.GetAsync($"{Page}?zone={zone}&start={start}");
            var sent = await guest.PostAsync(Page, new FormUrlEncodedContent([new("name", "Ada"), new("email", "ada@example.com"), new("zone", zone), new("key", BookingRequest.NewFormKey()), new("start", start)]));

            Assert.Equal(said == BookingDesk.NotChosen ? HttpStatusCode.OK : HttpStatusCode.Conflict, shown.StatusCode);
            Assert.Equal(HttpStatusCode.UnprocessableEntity, sent.StatusCode);
            Assert.Equal(said, (await ReadAsync(sent)).QuerySelector("[role=alert]")!.TextContent);
        }
        Assert.Equal(0, await site.ReadAsync(db => db.Bookings.CountAsync()));
    }

    [Fact]
    public async Task A_booking_moves_to_no_such_time()
    {
        await using var site = await OpenAsync();
        using var guest = site.Guest();
        var booked = await guest.PostAsync(Page, Fill(await OpenFormAsync(guest), ("name", "Ada"), ("email", "ada@example.com")));
        var own = booked.Headers.Location!.ToString().Split('?')[0];
        foreach (var start in new[] { "-0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z" })
        {
            Assert.Equal(HttpStatusCode.OK, (await guest.GetAsync($"{own}/reschedule?zone=Asia/Tokyo&start={start}")).StatusCode);
            Assert.Equal(HttpStatusCode.UnprocessableEntity, (await guest.PostAsync($"{own}/reschedule", new FormUrlEncodedContent([new("zone", "Asia/Tokyo"), new("start", start)]))).StatusCode);
        }
        Assert.Equal(0, await site.ReadAsync(db => db.Bookings.Select(b => b.Sequence).SingleAsync()));
    }

    [Theory]
    [InlineData("0001-01-01")]
    [InlineData("1999-12-31")]
    [InlineData("2101-01-01")]
    [InlineData("9999-12-31")]
    public async Task A_date_that_nobody_lives_to_see_is_no_day_off_and_no_calendars_own(string date)
    {
        await using var house = await TestHouse.OpenAsync(Database.Sqlite);
        DateOverride[] off = [new(new DateOnly(2026, 12, 24), []), new(DateOnly.Parse(date, System.Globalization.CultureInfo.InvariantCulture), [])];

        var hours = await Assert.ThrowsAsync<RuleException>(() => house.Get<HostSchedules>().SaveAsync(house.Owner, new HostHours { TimeZone = "Asia/Tokyo", Overrides = off }));
        var calendar = await Assert.ThrowsAsync<RuleException>(() => house.Get<BookingCalendars>().CreateAsync(house.Admin, BookingCrowd.OpenAllWeek(house.Owner) with { Overrides = off }));

        Assert.Equal(("overrides.1", "Choose a date from 2000 to 2100."), (hours.Param, hours.Message));
        Assert.Equal((hours.Param, hours.Message), (calendar.Param, calendar.Message));
    }

    [Fact]
    public async Task A_day_off_at_the_end_of_time_that_was_saved_before_keeps_no_guest_away()
    {
        await using var house = await TestHouse.OpenAsync(Database.Sqlite);
        await house.Get<HostSchedules>().SaveAsync(house.Owner, new HostHours { TimeZone = "Asia/Tokyo", Overrides = [new DateOverride(new DateOnly(2026, 12, 24), [])] });
        await house.Gate.RunAsync(house.Account.Id, db => db.Database.ExecuteSqlAsync($"""UPDATE "HostSchedules" SET "Overrides" = replace("Overrides", '2026-12-24', '9999-12-31')"""));

        Assert.NotEmpty((await BookingCrowd.OpenAsync(house, BookingCrowd.OpenAllWeek(house.Owner))).Starts);
    }
}
