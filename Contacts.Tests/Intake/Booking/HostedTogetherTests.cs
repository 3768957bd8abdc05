using Contacts.Core.Intake.Booking;
using Contacts.Tests.Support;
using static Contacts.Tests.Intake.Booking.BookingCrowd;

namespace Contacts.Tests.Intake.Booking;

/// <summary>A meeting that several host is each one's own.</summary>
public class HostedTogetherTests
{
    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task It_is_in_the_list_and_the_week_of_each_also_when_it_is_off(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var together = await OpenAsync(house, OpenAllWeek(house.Owner, house.Member) with { Hosting = HostingMode.Everyone });
        var (_, booking) = await BookAsync(house, together, "ada@example.com");
        var (token, _) = await BookAsync(house, together, "eve@example.com", start: 1);
        await house.Get<GuestBookings>().CancelAsync(token, null);
        await BookAsync(house, await OpenAsync(house, OpenAllWeek(house.Admin) with { Name = "Theirs", Slug = "theirs" }), "grace@example.com", start: 2);

        foreach (var (host, upcoming, past) in new[] { (house.Owner, 1, 1), (house.Member, 1, 1), (house.Admin, 1, 0) })
        {
            Assert.Equal(upcoming, await CountAsync(new BookingFilter { HostId = host.UserId, Upcoming = true }));
            Assert.Equal(past, await CountAsync(new BookingFilter { HostId = host.UserId, Upcoming = false }));
            Assert.Equal(upcoming + past, await CountAsync(new BookingFilter { HostId = host.UserId, From = booking.StartsAt.Date, Until = booking.StartsAt.Date.AddDays(7) }));
        }

        async Task<int> CountAsync(BookingFilter filter) => (await house.Get<Bookings>().ListAsync(house.Member, filter)).Bookings.Count;
    }
}
