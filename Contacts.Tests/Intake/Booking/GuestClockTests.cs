using Contacts.Core.Intake.Booking;
using Contacts.Tests.Support;
using Contacts.Web.Intake.Booking;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using NodaTime;
using static Contacts.Tests.Intake.Booking.GuestSite;

namespace Contacts.Tests.Intake.Booking;

public sealed class GuestClockTests
{
    [Fact]
    public async Task Where_an_hour_comes_twice_each_of_its_times_says_which_it_is()
    {
        await using var site = await OpenAsync();
        var page = await site.Get<BookingDesk>().FindAsync("acme", "intro-call");
        var visit = new BookingVisit(page!, new QueryCollection(new Dictionary<string, StringValues> { ["zone"] = "Europe/Berlin" }));
        var midnight = Instant.FromUtc(2026, 10, 24, 23, 30);

        var clocks = Enumerable.Range(0, 4).Select(hour => visit.Clock(midnight + Duration.FromHours(hour)));

        Assert.Equal(["01:30", "02:30 CEST", "02:30 CET", "03:30"], clocks);
    }
}
