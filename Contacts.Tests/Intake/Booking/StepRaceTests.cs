using Contacts.Core;
using Contacts.Core.Intake.Booking;
using Contacts.Tests.Support;
using Microsoft.EntityFrameworkCore;
using static Contacts.Tests.Intake.Booking.BookingCrowd;

namespace Contacts.Tests.Intake.Booking;

/// <summary>Two nodes change one booking at once: each step finds what the one before left.</summary>
public class StepRaceTests
{
    private const int Rounds = 25;

    public static TheoryData<Database> Databases => TestHouse.Databases;

    [Theory, MemberData(nameof(Databases))]
    public async Task What_is_canceled_on_one_node_and_moved_on_another_is_canceled_and_takes_no_time(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await using var neighbour = house.OpenNeighbour();
        var page = await OpenAsync(house, OpenAllWeek(house.Owner));
        for (var round = 0; round < Rounds; round++)
        {
            var (token, booking) = await BookAsync(house, page, "ada@example.com");

            var outcomes = await Task.WhenAll(
                Record.ExceptionAsync(() => house.Get<GuestBookings>().CancelAsync(token, null)).AsTask(),
                Record.ExceptionAsync(() => neighbour.Get<Bookings>().RescheduleAsync(house.Owner, booking.Id, page.Starts[1].ToDateTimeUtc(), null)).AsTask());

            Assert.Null(outcomes[0]);
            Assert.True(outcomes[1] is null or RuleException { Message: BookingSteps.NotAnyMore }, outcomes[1]?.ToString());
            var after = await house.ReadAsync(db => db.Bookings.SingleAsync(b => b.Id == booking.Id));
            Assert.Equal((BookingStatus.Canceled, outcomes.Count(o => o is null)), (after.Status, after.Sequence));
            Assert.Equal(0, await house.ReadAsync(db => db.TakenTimes.CountAsync()));
        }
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Who_gave_a_meeting_away_on_one_node_does_not_move_it_on_another(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await using var neighbour = house.OpenNeighbour();
        var page = await OpenAsync(house, OpenAllWeek(house.Member));
        for (var round = 0; round < Rounds; round++)
        {
            var (token, booking) = await BookAsync(house, page, "ada@example.com");

            var outcomes = await Task.WhenAll(
                Record.ExceptionAsync(() => house.Get<Bookings>().ReassignAsync(house.Owner, booking.Id, house.Admin.UserId!.Value)).AsTask(),
                Record.ExceptionAsync(() => neighbour.Get<Bookings>().RescheduleAsync(house.Member, booking.Id, page.Starts[1].ToDateTimeUtc(), null)).AsTask());

            Assert.Null(outcomes[0]);
            Assert.True(outcomes[1] is null or RuleException { Message: Bookings.NotYours }, outcomes[1]?.ToString());
            var after = await house.ReadAsync(db => db.Bookings.SingleAsync(b => b.Id == booking.Id));
            var taken = Assert.Single(await house.ReadAsync(db => db.TakenTimes.ToListAsync()));
            Assert.Equal((house.Admin.UserId, outcomes.Count(o => o is null)), (after.HostId, after.Sequence));
            Assert.Equal((after.HostId, after.StartsAt), (taken.HostId, taken.StartsAt));
            await house.Get<GuestBookings>().CancelAsync(token, null);
        }
    }
}
