using Contacts.Core;
using Contacts.Core.Intake.Booking;
using Contacts.Tests.Support;
using NodaTime;
using static Contacts.Tests.Intake.Booking.BookingCrowd;

namespace Contacts.Tests.Intake.Booking;

/// <summary>Who hosts a meeting once it has moved.</summary>
public class MovedHostsTests
{
    public static TheoryData<Database> Databases => TestHouse.Databases;

    [Theory, MemberData(nameof(Databases))]
    public async Task Whom_a_meeting_was_given_to_outside_its_calendar_keeps_it_and_their_times_count(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var page = await OpenAsync(house, OpenAllWeek(house.Owner));
        var (token, booking) = await BookAsync(house, page, "ada@example.com");
        await house.Get<Bookings>().ReassignAsync(house.Owner, booking.Id, house.Member.UserId!.Value);
        await BookAsync(house, page, "owners@example.com", start: 2); // the calendar's host is busy, whose meeting it is not any more
        var busy = (await BookAsync(house, await OpenAsync(house, OpenAllWeek(house.Member) with { Name = "Theirs", Slug = "theirs" }), "members@example.com", start: 3)).Booking.StartsAt;

        foreach (var times in new[]
        {
            (await house.Get<GuestBookings>().TimesAsync((await house.Get<GuestBookings>().FindAsync(token))!))!.Starts,
            await house.Get<Bookings>().TimesAsync(house.Member, page.Calendar.Id, 30, booking.Id),
        })
        {
            Assert.Contains(page.Starts[2], times);
            Assert.DoesNotContain(Instant.FromDateTimeUtc(busy), times);
        }
        var refused = await Assert.ThrowsAsync<RuleException>(() => house.Get<GuestBookings>().RescheduleAsync(token, busy, null));
        await house.Get<GuestBookings>().RescheduleAsync(token, page.Starts[2].ToDateTimeUtc(), null);
        var moved = await house.Get<Bookings>().RescheduleAsync(house.Member, booking.Id, page.Starts[7].ToDateTimeUtc(), null);

        Assert.Equal(BookingDesk.Taken, refused.Message);
        Assert.Equal([house.Member.UserId!.Value], moved.HostIds);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Those_who_host_a_meeting_together_move_together_whoever_took_the_part_of_one(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var page = await OpenAsync(house, OpenAllWeek(house.Owner, house.Admin) with { Hosting = HostingMode.Everyone });
        var (token, booking) = await BookAsync(house, page, "ada@example.com");
        await house.Get<Bookings>().ReassignAsync(house.Owner, booking.Id, house.Member.UserId!.Value);
        var busy = (await BookAsync(house, await OpenAsync(house, OpenAllWeek(house.Admin) with { Name = "Theirs", Slug = "theirs" }), "admins@example.com", start: 3)).Booking.StartsAt;

        var refused = await Assert.ThrowsAsync<RuleException>(() => house.Get<GuestBookings>().RescheduleAsync(token, busy, null));
        await house.Get<GuestBookings>().RescheduleAsync(token, page.Starts[6].ToDateTimeUtc(), null);

        Assert.Equal(BookingDesk.Taken, refused.Message);
        Assert.Equal([house.Member.UserId!.Value, house.Admin.UserId!.Value], (await house.Get<GuestBookings>().FindAsync(token))!.Booking.HostIds);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task In_a_pool_whoever_hosts_a_meeting_keeps_it_and_where_they_cannot_another_takes_it(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var page = await OpenAsync(house, OpenAllWeek(house.Owner, house.Admin));
        var (token, booking) = await BookAsync(house, page, "ada@example.com");
        var busy = (await BookAsync(house, await OpenAsync(house, OpenAllWeek(house.Owner) with { Name = "Theirs", Slug = "theirs" }), "owners@example.com", start: 3)).Booking.StartsAt;

        await house.Get<GuestBookings>().RescheduleAsync(token, page.Starts[2].ToDateTimeUtc(), null);
        var kept = (await house.Get<GuestBookings>().FindAsync(token))!.Booking.HostId;
        await house.Get<GuestBookings>().RescheduleAsync(token, busy, null);

        Assert.Equal((house.Owner.UserId, booking.HostId), (kept, kept));
        Assert.Equal(house.Admin.UserId, (await house.Get<GuestBookings>().FindAsync(token))!.Booking.HostId);
    }
}
