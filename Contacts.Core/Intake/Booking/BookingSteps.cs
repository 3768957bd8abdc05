using Contacts.Core.Accounts;
using Contacts.Core.Activity;
using Contacts.Core.Data;
using Contacts.Core.People;
using Microsoft.EntityFrameworkCore;

namespace Contacts.Core.Intake.Booking;

/// <summary>What is done to a booking once it is there, by its guest or by a user: it changes, its hosts' time changes with it, and its contact's timeline tells of the step.</summary>
public static class BookingSteps
{
    public const string NotAnyMore = "This meeting was canceled already.", Over = "This meeting is over.", Begun = "This meeting has begun.", NotOver = "This meeting has not begun yet.";

    /// <summary>How changes of a booking are called in entries.</summary>
    public const string TimeChange = "meeting_time", HostChange = "meeting_host";

    /// <summary>
    /// The booking as it stands once every step of it that was under way is through; the next one waits, on other nodes too. Its row comes
    /// first and its hosts' after it, so that who changes it cannot change under the step either.
    /// </summary>
    /// <returns>Null where there is none.</returns>
    internal static async Task<Booking?> HoldAsync(ContactsDb db, long id)
    {
        await db.Bookings.Where(b => b.Id == id).ExecuteUpdateAsync(set => set.SetProperty(b => b.ChangedAt, b => b.ChangedAt));
        if (await db.Bookings.SingleOrDefaultAsync(b => b.Id == id) is not { } booking) return null;
        await BookingDesk.HoldAsync(db, booking.HostIds);
        return booking;
    }

    /// <exception cref="RuleException">It was canceled already, or is over.</exception>
    internal static async Task CancelAsync(ContactsDb db, Booking booking, Caller? by, string? reason, bool askToReschedule, DateTime now)
    {
        RequireAhead(booking, now);
        booking.Cancel(by?.UserId, Reason(reason), askToReschedule, now);
        await db.TakenTimes.Where(t => t.BookingId == booking.Id).ExecuteDeleteAsync();
        await RecordAsync(db, booking, askToReschedule ? ActivityKind.BookingRescheduleRequested : ActivityKind.BookingCanceled, by, now, booking.CancelReason);
    }

    /// <summary>
    /// Another time, another length or other hosts. That they have the time is for the caller to have seen. A user's move is a host's yes to
    /// the time; a guest's asks for one again where the calendar wants it.
    /// </summary>
    internal static async Task MoveAsync(ContactsDb db, BookingCalendar calendar, Booking booking, DateTime startsAt, IReadOnlyList<AppUser> hosts, Caller? by, string? reason, DateTime now)
    {
        RequireAhead(booking, now);
        var before = booking.StartsAt;
        reason = Reason(reason);
        booking.MoveTo(startsAt, [.. hosts.Select(h => h.Id)], by is not null || (booking.Status == BookingStatus.Scheduled && !calendar.RequiresApproval), reason, now);
        await TakeTimeAsync(db, calendar, booking);
        var kind = booking.Status == BookingStatus.AwaitingApproval ? ActivityKind.BookingRequested : ActivityKind.BookingRescheduled;
        await RecordAsync(db, booking, kind, by, now, reason, new FieldChange(TimeChange, Written(before), Written(startsAt)));
    }

    /// <summary>Another host at the same time.</summary>
    internal static async Task ReassignAsync(ContactsDb db, BookingCalendar calendar, Booking booking, AppUser from, AppUser to, Caller by, DateTime now)
    {
        RequireAhead(booking, now);
        booking.Reassign(from.Id, to.Id, now);
        await TakeTimeAsync(db, calendar, booking);
        await RecordAsync(db, booking, ActivityKind.BookingReassigned, by, now, null, new FieldChange(HostChange, from.Name, to.Name));
    }

    /// <summary>Appends the step to the timeline of the booking's contact, where it stands for the steps before it.</summary>
    internal static async Task RecordAsync(ContactsDb db, Booking booking, ActivityKind kind, Caller? by, DateTime now, string? text = null, params FieldChange[] changes)
    {
        if (await ComposeAsync(db, booking, kind, by, now, text, changes) is var (contact, entry)) contact.Append(entry);
    }

    /// <summary>The same before it is appended: what else the step changes of the contact is written first.</summary>
    /// <returns>Null where there is no contact any more.</returns>
    internal static async Task<(Contact Contact, ActivityEntry Entry)?> ComposeAsync(ContactsDb db, Booking booking, ActivityKind kind, Caller? by, DateTime now, string? text = null, params FieldChange[] changes)
    {
        // Of an erased guest nothing is told.
        if (booking.ContactId is not { } id || await db.Contacts.SingleOrDefaultAsync(c => c.Id == id) is not { } contact) return null;
        if (contact.MergedIntoId is { } survivor) contact = await db.Contacts.SingleAsync(c => c.Id == survivor);
        var source = by is null ? new Source(SourceKind.BookingCalendar, booking.Subject) : Source.Of(by);
        var entry = new ActivityEntry(db.AccountId, kind, booking.Subject, source, by, now, now) { MeetingAt = booking.StartsAt, BookingId = booking.Id, Text = text };
        entry.Changes.AddRange(changes);
        await db.Entries.Where(e => e.BookingId == booking.Id && !e.IsSuperseded).ExecuteUpdateAsync(set => set.SetProperty(e => e.IsSuperseded, true));
        return (contact, entry);
    }

    /// <summary>Its hosts' time as the booking takes it now.</summary>
    internal static async Task TakeTimeAsync(ContactsDb db, BookingCalendar calendar, Booking booking)
    {
        await db.TakenTimes.Where(t => t.BookingId == booking.Id).ExecuteDeleteAsync();
        foreach (var host in booking.HostIds) db.TakenTimes.Add(new TakenTime(booking, host, calendar.BufferBeforeMinutes, calendar.BufferAfterMinutes));
    }

    /// <exception cref="RuleException">It was canceled already, or is over.</exception>
    internal static void RequireAhead(Booking booking, DateTime now)
    {
        if (!booking.HoldsTime) throw new RuleException(NotAnyMore, refusal: Refusal.Conflict);
        if (booking.EndsAt <= now) throw new RuleException(Over, refusal: Refusal.Conflict);
    }

    /// <exception cref="RuleException">It was canceled already, has begun, or is over.</exception>
    internal static void RequireToCome(Booking booking, DateTime now)
    {
        RequireAhead(booking, now);
        if (booking.StartsAt < now) throw new RuleException(Begun, refusal: Refusal.Conflict);
    }

    private static string? Reason(string? reason)
    {
        reason = string.IsNullOrWhiteSpace(reason) ? null : reason.Trim();
        return reason?.Length > Booking.MaxReasonLength ? throw new RuleException($"Keep it within {Booking.MaxReasonLength} characters.", "reason") : reason;
    }

    private static string Written(DateTime utc) => utc.ToString("yyyy-MM-dd'T'HH:mm'Z'", System.Globalization.CultureInfo.InvariantCulture);
}
