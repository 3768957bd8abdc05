using Contacts.Core;
using Contacts.Core.Activity;
using Contacts.Core.Intake.Booking;
using Contacts.Tests.Support;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using static Contacts.Tests.Intake.Booking.BookingCrowd;

namespace Contacts.Tests.Intake.Booking;

public class GuestBookingsTests
{
    public static TheoryData<Database> Databases => TestHouse.Databases;

    [Theory, MemberData(nameof(Databases))]
    public async Task A_guest_cancels_and_the_time_is_free_again(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var page = await OpenAsync(house, OpenAllWeek(house.Owner));
        var (token, booking) = await BookAsync(house, page, "ada@example.com");

        await house.Get<GuestBookings>().CancelAsync(token, " Ill ");

        var now = (await house.Get<GuestBookings>().FindAsync(token))!.Booking;
        Assert.Equal((BookingState.Canceled, "Ill", 1, null), (now.StateAt(house.Now), now.CancelReason, now.Sequence, now.CanceledById));
        Assert.Contains(Instant.FromDateTimeUtc(booking.StartsAt), (await house.Get<BookingDesk>().FindAsync("acme", "talk"))!.Starts);
        var entries = await house.EntriesAsync(booking.ContactId!.Value);
        Assert.Equal([(ActivityKind.BookingScheduled, true), (ActivityKind.BookingCanceled, false)], entries.OrderBy(e => e.Number).Select(e => (e.Kind, e.IsSuperseded)));
        Assert.All(entries, e => Assert.Equal(booking.Id, e.BookingId));
        var again = await Assert.ThrowsAsync<RuleException>(() => house.Get<GuestBookings>().CancelAsync(token, null));
        Assert.Equal((BookingSteps.NotAnyMore, Refusal.Conflict), (again.Message, again.Refusal));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_guest_moves_a_meeting_by_less_than_it_takes_and_nobody_else_gets_in_between(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var page = await OpenAsync(house, OpenAllWeek(house.Owner) with { Durations = [60], StepMinutes = 30, BufferAfterMinutes = 15 });
        var (token, booking) = await BookAsync(house, page, "ada@example.com");
        var later = booking.StartsAt.AddMinutes(30);

        var times = await house.Get<GuestBookings>().TimesAsync((await house.Get<GuestBookings>().FindAsync(token))!);
        await house.Get<GuestBookings>().RescheduleAsync(token, later, null);

        Assert.Contains(Instant.FromDateTimeUtc(later), times!.Starts);
        var moved = (await house.Get<GuestBookings>().FindAsync(token))!.Booking;
        Assert.Equal((later, later.AddHours(1), BookingState.Rescheduled, booking.Uid), (moved.StartsAt, moved.EndsAt, moved.StateAt(house.Now), moved.Uid));
        var taken = Assert.Single(await house.ReadAsync(db => db.TakenTimes.ToListAsync()));
        Assert.Equal((later, 15), (taken.StartsAt, taken.BufferAfterMinutes));
        var step = (await house.EntriesAsync(booking.ContactId!.Value)).Single(e => !e.IsSuperseded);
        Assert.Equal((ActivityKind.BookingRescheduled, later), (step.Kind, step.MeetingAt));
        Assert.Equal(BookingSteps.TimeChange, Assert.Single(step.Changes).Field);
    }

    [Fact]
    public async Task A_time_that_is_taken_refuses_the_move_and_the_meeting_stays_where_it_was()
    {
        await using var house = await TestHouse.OpenAsync(Database.Sqlite);
        var page = await OpenAsync(house, OpenAllWeek(house.Owner));
        var (token, booking) = await BookAsync(house, page, "ada@example.com");
        await BookAsync(house, page, "eve@example.com", start: 1);

        var refused = await Assert.ThrowsAsync<RuleException>(() => house.Get<GuestBookings>().RescheduleAsync(token, page.Starts[1].ToDateTimeUtc(), null));

        Assert.Equal((BookingDesk.Taken, "start", Refusal.Conflict), (refused.Message, refused.Param, refused.Refusal));
        Assert.Equal(booking.StartsAt, (await house.Get<GuestBookings>().FindAsync(token))!.Booking.StartsAt);
        Assert.Single(await house.EntriesAsync(booking.ContactId!.Value));
    }

    [Fact]
    public async Task What_is_over_can_be_neither_canceled_nor_moved()
    {
        await using var house = await TestHouse.OpenAsync(Database.Sqlite);
        var page = await OpenAsync(house, OpenAllWeek(house.Owner));
        var (token, booking) = await BookAsync(house, page, "ada@example.com");
        house.Clock.SetUtcNow(booking.EndsAt);

        Assert.Null(await house.Get<GuestBookings>().TimesAsync((await house.Get<GuestBookings>().FindAsync(token))!));
        var refused = await Assert.ThrowsAsync<RuleException>(() => house.Get<GuestBookings>().CancelAsync(token, null));
        Assert.Equal(BookingSteps.Over, refused.Message);
        Assert.Equal(BookingState.Completed, booking.StateAt(house.Now));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_one_time_link_is_good_for_one_booking_and_an_expired_one_for_none(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var edit = OpenAllWeek(house.Owner) with { LinkOnly = true };
        var calendar = await house.Get<BookingCalendars>().CreateAsync(house.Admin, edit);
        await house.Gate.RunAsync(house.Account.Id, db =>
        {
            db.BookingLinks.AddRange(
                new BookingLink(house.Account.Id, calendar.Id, "once", null, isOneTime: true, null, house.Now),
                new BookingLink(house.Account.Id, calendar.Id, "late", null, isOneTime: false, house.Now, house.Now));
            return Task.FromResult(true);
        });
        var desk = house.Get<BookingDesk>();

        Assert.Null(await desk.FindAsync("acme", "talk"));
        Assert.Null(await desk.FindAsync("acme", "talk", new PageChoice(Link: "guess")));
        Assert.Equal("link", (await Assert.ThrowsAsync<RuleException>(() => desk.FindAsync("acme", "talk", new PageChoice(Link: "late")))).Param);
        var page = (await desk.FindAsync("acme", "talk", new PageChoice(Link: "once")))!;
        await desk.BookAsync(page, Ask(page, "ada@example.com"));
        var refused = await Assert.ThrowsAsync<RuleException>(() => desk.BookAsync(page, Ask(page, "eve@example.com", start: 2)));

        Assert.Equal((BookingDesk.LinkClosed, "link"), (refused.Message, refused.Param));
        Assert.Equal(1, await house.ReadAsync(db => db.Bookings.CountAsync()));
    }
}
