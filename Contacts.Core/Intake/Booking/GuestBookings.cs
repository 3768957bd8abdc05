using Contacts.Core.Accounts;
using Contacts.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace Contacts.Core.Intake.Booking;

/// <summary>A guest's own booking, which a token opens and nothing else does: to see, to cancel, to move.</summary>
public sealed class GuestBookings(AccountDbs dbs, WriteGate gate, PublicUrl url, TimeProvider clock)
{
    /// <summary>The booking a token opens, or null.</summary>
    public async Task<BookedMeeting?> FindAsync(string token, CancellationToken cancel = default)
    {
        if (await LookUpAsync(token, cancel) is not { } found) return null;
        await using var db = dbs.Open(found.AccountId);
        return await BookingPost.MeetingAsync(db, await db.Bookings.SingleAsync(b => b.Id == found.BookingId, cancel), cancel);
    }

    /// <summary>The times to which the booking could move; null where there are none any more: its calendar is gone, or the meeting is over or canceled.</summary>
    public async Task<BookingPage?> TimesAsync(BookedMeeting meeting, CancellationToken cancel = default)
    {
        var (booking, now) = (meeting.Booking, clock.GetUtcNow().UtcDateTime);
        if (!booking.GuestCanChangeAt(now) || meeting.Calendar.IsArchived) return null;
        await using var db = dbs.Open(booking.AccountId);
        var team = await HostTeam.OfAsync(db, meeting.Calendar, booking);
        if (team.IsEmpty) return null;
        var account = await db.Accounts.SingleAsync(a => a.Id == booking.AccountId, cancel);
        var starts = await team.StartsAsync(db, meeting.Calendar.RulesFor(booking.Minutes), now, booking.Id);
        return new BookingPage(meeting.Calendar, account.Name, account.Slug, account.Country, team.Hosts, [], booking.Minutes, starts, null) { Moved = booking };
    }

    /// <summary>By which a guest who was asked to choose another time does; null where it opens nothing any more, or nobody asked.</summary>
    public async Task<BookingLink?> LinkInsteadAsync(BookedMeeting meeting, CancellationToken cancel = default)
    {
        if (meeting is not { Booking: { AskedToReschedule: true } booking, Calendar.IsArchived: false }) return null;
        var token = BookingLink.TokenInsteadOf(booking);
        await using var db = dbs.Open(booking.AccountId);
        var link = await db.BookingLinks.SingleOrDefaultAsync(l => l.CalendarId == booking.CalendarId && l.Token == token, cancel);
        return link?.IsOpen(clock.GetUtcNow().UtcDateTime) == true ? link : null;
    }

    /// <exception cref="RuleException">It was canceled already, has begun, or is over.</exception>
    public Task CancelAsync(string token, string? reason, CancellationToken cancel = default) => ChangeAsync(token, async (db, booking, now) =>
    {
        BookingSteps.RequireToCome(booking, now);
        await BookingSteps.CancelAsync(db, booking, null, reason, askToReschedule: false, now);
        return BookingMessage.Canceled;
    }, cancel);

    /// <param name="timeZone">The IANA zone in which the guest looked at the times this time; null for the one before.</param>
    /// <exception cref="RuleException">At <c>start</c>: that time cannot be had. Or the meeting was canceled already, has begun, or is over.</exception>
    public Task RescheduleAsync(string token, DateTime startsAt, string? reason, string? timeZone = null, CancellationToken cancel = default) => ChangeAsync(token, async (db, booking, now) =>
    {
        BookingSteps.RequireToCome(booking, now);
        if (booking.StartsAt == startsAt) throw new RuleException("The meeting is at this time already.", "start");
        var calendar = await db.BookingCalendars.SingleAsync(c => c.Id == booking.CalendarId);
        if (calendar.IsArchived) throw new RuleException(BookingDesk.NotOffered, "start"); // its hosts can move what is booked still
        await BookingDesk.HoldAsync(db, calendar.HostIds);
        var hosts = await (await HostTeam.OfAsync(db, calendar, booking)).ChooseAsync(db, calendar.RulesFor(booking.Minutes), startsAt, now, booking);
        booking.GuestTimeZone = TimeZoneId.Find(timeZone) ?? booking.GuestTimeZone;
        await BookingSteps.MoveAsync(db, calendar, booking, startsAt, hosts, null, reason, now);
        return booking.Status == BookingStatus.AwaitingApproval ? BookingMessage.Requested : BookingMessage.Rescheduled;
    }, cancel);

    /// <summary>The meeting as a file for the guest's own calendar.</summary>
    /// <param name="token">What opens the guest's page, which is named in the file.</param>
    public string CalendarFile(BookedMeeting meeting, string token) =>
        MeetingFile.Write(meeting, MeetingFile.Publish, meeting.Booking.GuestTimeZone, url.LinkTo($"/booking/{token}"));

    private async Task ChangeAsync(string token, Func<ContactsDb, Booking, DateTime, Task<BookingMessage>> change, CancellationToken cancel)
    {
        var found = await LookUpAsync(token, cancel) ?? throw RuleException.NotFound("booking", "");
        await gate.RunAsync(found.AccountId, async db =>
        {
            var booking = await BookingSteps.HoldAsync(db, found.BookingId) ?? throw RuleException.NotFound("booking", "");
            var now = clock.GetUtcNow().UtcDateTime;
            var before = BookingBefore.Of(booking);
            var message = await change(db, booking, now);
            await new BookingPost(db, url, now).TellAsync(await BookingPost.MeetingAsync(db, booking), message, before);
            return true;
        }, cancel);
    }

    // The token is what tells the account, so it is looked up before there is one.
    private async Task<(long AccountId, long BookingId)?> LookUpAsync(string token, CancellationToken cancel)
    {
        var hash = Secret.Hash(token);
        await using var search = dbs.OpenBeforeAccount();
        if (await search.Bookings.IgnoreQueryFilters().Where(b => b.TokenHash == hash).Select(b => new { b.AccountId, b.Id }).SingleOrDefaultAsync(cancel) is { } own) return (own.AccountId, own.Id);
        return await search.GuestLinks.IgnoreQueryFilters().Where(l => l.TokenHash == hash).Select(l => new { l.AccountId, l.BookingId }).SingleOrDefaultAsync(cancel) is { } link
            ? (link.AccountId, link.BookingId) : null;
    }
}
