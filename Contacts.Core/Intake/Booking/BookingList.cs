using System.Text;
using Contacts.Core.Data;
using Contacts.Core.People;
using Microsoft.EntityFrameworkCore;

namespace Contacts.Core.Intake.Booking;

/// <summary>Which bookings a list shows.</summary>
public sealed record BookingFilter
{
    private static readonly TimeSpan News = TimeSpan.FromDays(7), Longest = TimeSpan.FromMinutes(BookingCalendar.MaxDuration);

    /// <summary>Those not over yet, soonest first; or those over or canceled, latest first; null for both, latest first.</summary>
    public bool? Upcoming { get; init; }

    /// <summary>Whose meeting it is, alone or together with others.</summary>
    public long? HostId { get; init; }

    /// <summary>Who hosts it, or is the first of those that host it together.</summary>
    public long? OwnerId { get; init; }
    public long? CalendarId { get; init; }
    public long? ContactId { get; init; }
    public BookingState? State { get; init; }

    /// <summary>What the guest's name or email has in it, as it was booked or as the contact is known.</summary>
    public string? Guest
    {
        get;
        // What no name has in it, nobody is found by; an address may have anything in it.
        init => field = value is null ? null : string.Concat(value.EnumerateRunes().Where(rune => !Rune.IsControl(rune)).Take(ContactQuery.MaxSearchLength));
    }

    /// <summary>Meetings that start from then on, and before then (UTC).</summary>
    public DateTime? From { get; init; }
    public DateTime? Until { get; init; }

    /// <summary>Meetings that start later than that (UTC).</summary>
    public DateTime? After { get; init; }
    public DateTime? CreatedAfter { get; init; }
    public DateTime? CreatedBefore { get; init; }

    /// <summary>By <see cref="Booking.UpdatedAt"/>: a meeting that came to its end is news.</summary>
    public DateTime? UpdatedAfter { get; init; }
    public DateTime? UpdatedBefore { get; init; }

    /// <param name="family">The contact and those merged into it, where the filter names one.</param>
    internal IQueryable<Booking> Among(ContactsDb db, List<long>? family, DateTime now)
    {
        var bookings = HostId is { } host ? HostedBy.Bookings(db, host) : db.Bookings;
        if (Upcoming == true) bookings = bookings.Where(b => b.EndsAt > now && (b.Status == BookingStatus.Scheduled || b.Status == BookingStatus.AwaitingApproval));
        if (Upcoming == false) bookings = bookings.Where(b => b.EndsAt <= now || b.Status == BookingStatus.Canceled || b.Status == BookingStatus.NoShow);
        if (OwnerId is { } owner) bookings = bookings.Where(b => b.HostId == owner);
        if (CalendarId is { } calendar) bookings = bookings.Where(b => b.CalendarId == calendar);
        if (family is not null) bookings = bookings.Where(b => b.ContactId != null && family.Contains(b.ContactId.Value));
        if (!string.IsNullOrWhiteSpace(Guest)) bookings = With(db, bookings, Guest);
        if (UpdatedAfter is { } after) bookings = Since(db, bookings, after, now);
        return InState(InTime(bookings, now), now);
    }

    // SQLite's lower() knows ASCII alone; the contact's own text is folded.
    private static IQueryable<Booking> With(ContactsDb db, IQueryable<Booking> bookings, string guest)
    {
        var (typed, folded) = ($"%{Escaped(guest.Trim().ToLowerInvariant())}%", Folding.Fold(guest));
        var named = db.Database.SqlQuery<long>($"""SELECT "Id" AS "Value" FROM "Bookings" WHERE "AccountId" = {db.AccountId} AND (lower("GuestName") LIKE {typed} ESCAPE '!' OR lower("GuestEmail") LIKE {typed} ESCAPE '!')""");
        return bookings.Where(b => named.Contains(b.Id) || (folded.Length > 0 && db.Contacts.Any(c => c.Id == b.ContactId && (c.SearchText.Contains(folded) || db.Contacts.Any(s => s.Id == c.MergedIntoId && s.SearchText.Contains(folded))))));
    }

    private static string Escaped(string text) => text.Replace("!", "!!", StringComparison.Ordinal).Replace("%", "!%", StringComparison.Ordinal).Replace("_", "!_", StringComparison.Ordinal);

    // News is little among all there is, and looked up by what changed and what ended; a longer time has much of it, found from the newest on.
    private static IQueryable<Booking> Since(ContactsDb db, IQueryable<Booking> bookings, DateTime after, DateTime now)
    {
        if (after < now - News) return bookings.Where(b => b.ChangedAt > after || (b.Status == BookingStatus.Scheduled && b.EndsAt > after && b.EndsAt <= now));
        var begun = after - Longest;
        var ended = db.Bookings.Where(b => b.StartsAt > begun && b.StartsAt <= now && b.Status == BookingStatus.Scheduled && b.EndsAt > after && b.EndsAt <= now);
        var news = db.Bookings.Where(b => b.ChangedAt > after).Select(b => b.Id).Concat(ended.Select(b => b.Id));
        return bookings.Where(b => news.Contains(b.Id));
    }

    private IQueryable<Booking> InTime(IQueryable<Booking> bookings, DateTime now)
    {
        if (From is { } from) bookings = bookings.Where(b => b.StartsAt >= from);
        if (After is { } after) bookings = bookings.Where(b => b.StartsAt > after);
        if (Until is { } until) bookings = bookings.Where(b => b.StartsAt < until);
        if (CreatedAfter is { } createdAfter) bookings = bookings.Where(b => b.CreatedAt > createdAfter);
        if (CreatedBefore is { } createdBefore) bookings = bookings.Where(b => b.CreatedAt < createdBefore);
        if (UpdatedBefore is { } updatedBefore)
            bookings = bookings.Where(b => b.ChangedAt < updatedBefore && !(b.Status == BookingStatus.Scheduled && b.EndsAt >= updatedBefore && b.EndsAt <= now));
        return bookings;
    }

    private IQueryable<Booking> InState(IQueryable<Booking> bookings, DateTime now) => State switch
    {
        BookingState.AwaitingApproval => bookings.Where(b => b.Status == BookingStatus.AwaitingApproval),
        BookingState.Canceled => bookings.Where(b => b.Status == BookingStatus.Canceled),
        BookingState.NoShow => bookings.Where(b => b.Status == BookingStatus.NoShow),
        BookingState.Completed => bookings.Where(b => b.Status == BookingStatus.Scheduled && b.EndsAt <= now),
        BookingState.Rescheduled => bookings.Where(b => b.Status == BookingStatus.Scheduled && b.EndsAt > now && b.RescheduledAt != null),
        BookingState.Scheduled => bookings.Where(b => b.Status == BookingStatus.Scheduled && b.EndsAt > now && b.RescheduledAt == null),
        _ => bookings,
    };
}

/// <summary>A booking in a list, with the names of what it points to.</summary>
/// <param name="Calendar">The calendar's name as it is now.</param>
public sealed record ListedBooking(Booking Booking, string Calendar, string Hosts, BookingState State)
{
    public string Id => PublicId.Format(PublicId.Booking, Booking.Id);
}

/// <summary>A stretch of bookings, and the one to go on from; null at the end.</summary>
public sealed record BookingListPage(IReadOnlyList<ListedBooking> Bookings, long? Next);
