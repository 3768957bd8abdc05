using Contacts.Core;
using Contacts.Core.Activity;
using Contacts.Core.Intake.Booking;
using Contacts.Core.Mail;
using Contacts.Tests.Support;
using Ical.Net;
using Microsoft.EntityFrameworkCore;
using static Contacts.Tests.Intake.Booking.BookingCrowd;

namespace Contacts.Tests.Intake.Booking;

/// <summary>Calendars whose meetings a host says yes to: no meeting takes place at a time that none said yes to.</summary>
public class ApprovalTests
{
    public static TheoryData<Database> Databases => TestHouse.Databases;

    [Theory, MemberData(nameof(Databases))]
    public async Task A_guest_who_moves_an_approved_meeting_asks_for_it_anew_and_the_invitation_is_taken_back(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var page = await OpenAsync(house, OpenAllWeek(house.Member) with { RequiresApproval = true, MaxExtraGuests = 1, Reminders = [60] });
        var (token, booking) = await AskAsync(house, page);
        await house.Get<Bookings>().ApproveAsync(house.Member, booking.Id);
        var told = (await MailsAsync(house)).Count;

        await house.Get<GuestBookings>().RescheduleAsync(token, page.Starts[3].ToDateTimeUtc(), null);

        var moved = (await house.Get<GuestBookings>().FindAsync(token))!.Booking;
        Assert.Equal((BookingState.AwaitingApproval, page.Starts[3].ToDateTimeUtc()), (moved.StateAt(house.Now), moved.StartsAt));
        Assert.Equal(moved.StartsAt, Assert.Single(await house.ReadAsync(db => db.TakenTimes.ToListAsync())).StartsAt);
        Assert.Equal(ActivityKind.BookingRequested, (await house.EntriesAsync(moved.ContactId!.Value)).Single(e => !e.IsSuperseded).Kind);
        var mails = (await MailsAsync(house)).Skip(told).ToList();
        Assert.Equal([("ada@example.com", "Requested"), ("bob@example.com", "Not fixed any more"), ("member@acme.example", "To approve")], mails.ConvertAll(m => (m.ToAddress, m.Subject.Split(':')[0])));
        Assert.All(mails, mail => Assert.Equal(("CANCEL", 1, booking.StartsAt), Told(mail)));
        Assert.Empty(await house.ReadAsync(db => db.OutgoingMails.Where(m => m.DueAt > m.CreatedAt).ToListAsync()));

        await house.Get<Bookings>().ApproveAsync(house.Member, booking.Id);

        mails = [.. (await MailsAsync(house)).Skip(told + 3)];
        Assert.Equal(["ada@example.com", "bob@example.com", "member@acme.example"], mails.ConvertAll(m => m.ToAddress));
        Assert.All(mails, mail => Assert.Equal(("REQUEST", 2, moved.StartsAt), Told(mail)));
        Assert.Single(await house.ReadAsync(db => db.OutgoingMails.Where(m => m.DueAt > m.CreatedAt).ToListAsync()));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_host_who_moves_what_was_asked_for_says_yes_to_it(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var page = await OpenAsync(house, OpenAllWeek(house.Member) with { RequiresApproval = true, MaxExtraGuests = 1 });
        var (_, booking) = await AskAsync(house, page);
        var told = (await MailsAsync(house)).Count;

        var moved = await house.Get<Bookings>().RescheduleAsync(house.Member, booking.Id, page.Starts[3].ToDateTimeUtc(), null);

        Assert.Equal(BookingState.Rescheduled, moved.StateAt(house.Now));
        var mails = (await MailsAsync(house)).Skip(told).ToList();
        Assert.Equal([("ada@example.com", "Rescheduled"), ("bob@example.com", "Invitation"), ("member@acme.example", "Rescheduled")], mails.ConvertAll(m => (m.ToAddress, m.Subject.Split(':')[0])));
        Assert.All(mails, mail => Assert.Equal(("REQUEST", 1, moved.StartsAt), Told(mail)));
        var refused = await Assert.ThrowsAsync<RuleException>(() => house.Get<Bookings>().ApproveAsync(house.Member, booking.Id));
        Assert.Equal(Refusal.Conflict, refused.Refusal);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task What_was_asked_for_and_is_over_cannot_be_approved_any_more(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var page = await OpenAsync(house, OpenAllWeek(house.Member) with { RequiresApproval = true });
        var (_, booking) = await AskAsync(house, page);
        var told = (await MailsAsync(house)).Count;
        house.Clock.SetUtcNow(booking.EndsAt);

        var refused = await Assert.ThrowsAsync<RuleException>(() => house.Get<Bookings>().ApproveAsync(house.Member, booking.Id));

        Assert.Equal((BookingSteps.Over, Refusal.Conflict), (refused.Message, refused.Refusal));
        Assert.Equal(BookingStatus.AwaitingApproval, await house.ReadAsync(db => db.Bookings.Select(b => b.Status).SingleAsync()));
        Assert.Equal(told, (await MailsAsync(house)).Count);
    }

    private static async Task<(string Token, Core.Intake.Booking.Booking Booking)> AskAsync(TestHouse house, BookingPage page)
    {
        var token = await house.Get<BookingDesk>().BookAsync(page, Ask(page, "ada@example.com") with { ExtraGuests = page.Calendar.MaxExtraGuests > 0 ? ["bob@example.com"] : [] });
        return (token, (await house.Get<GuestBookings>().FindAsync(token))!.Booking);
    }

    private static Task<List<OutgoingMail>> MailsAsync(TestHouse house) => house.ReadAsync(db => db.OutgoingMails.Where(m => m.DueAt <= house.Now).OrderBy(m => m.Id).ToListAsync());

    private static (string? Method, int Sequence, DateTime Start) Told(OutgoingMail mail)
    {
        var file = Calendar.Load(mail.Calendar!)!;
        var meeting = Assert.Single(file.Events);
        return (file.Method, meeting.Sequence, meeting.Start!.AsUtc);
    }
}
