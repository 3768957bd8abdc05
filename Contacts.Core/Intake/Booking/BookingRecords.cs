using Contacts.Core.Accounts;
using Contacts.Core.Activity;
using Contacts.Core.Data;
using Contacts.Core.People;
using Microsoft.EntityFrameworkCore;

namespace Contacts.Core.Intake.Booking;

/// <summary>Who canceled a booking or moved it, the last time somebody did, and why.</summary>
/// <param name="ByGuest">The guest; else the organisation. Null where nothing tells any more.</param>
/// <param name="UserId">The user; for an API key, whoever hosts the meeting; null for the guest.</param>
public sealed record BookingChange(bool? ByGuest, long? UserId, string? Reason);

/// <summary>A booking with what it points to, as other systems read it.</summary>
/// <param name="ContactId">Whom it is with: of a contact that was merged, the survivor. Null once the guest was erased.</param>
/// <param name="Hosts">Everybody who comes, the first being whose meeting it is; one who has left has no email any more.</param>
/// <param name="Change">Null when it stands as it was booked.</param>
public sealed record BookingRecord(Booking Booking, BookingState State, DateTime UpdatedAt, long? ContactId, IReadOnlyList<AppUser> Hosts, BookingChange? Change);

/// <summary>The account's bookings for other systems, newest made first: as few reads for a hundred as for one. Everybody sees them.</summary>
public sealed class BookingRecords(AccountDbs dbs, TimeProvider clock)
{
    private static readonly List<ActivityKind> Changes = [ActivityKind.BookingCanceled, ActivityKind.BookingRescheduleRequested, ActivityKind.BookingRescheduled];

    /// <summary>A page of those that pass the filter, either way from one of them.</summary>
    /// <param name="from">The number of the booking to go on from; with <paramref name="newer"/> to what was made after it.</param>
    /// <returns>The bookings and whether there are more in that direction; null when the account has no such booking.</returns>
    public async Task<(IReadOnlyList<BookingRecord> Records, bool HasMore)?> PageAsync(
        Caller caller, BookingFilter filter, long? from, bool newer, int take, CancellationToken cancel = default)
    {
        caller.Require(Permission.ViewContacts);
        var now = clock.GetUtcNow().UtcDateTime;
        await using var db = dbs.Open(caller.AccountId);
        if (from is not null && !await db.Bookings.AnyAsync(b => b.Id == from, cancel)) return null;
        var query = filter.Among(db, await FamilyAsync(db, filter, cancel), now);
        query = newer && from is not null
            ? query.Where(b => b.Id > from).OrderBy(b => b.Id)
            : query.Where(b => from == null || b.Id < from).OrderByDescending(b => b.Id);
        var found = await query.Take(take + 1).ToListAsync(cancel);
        var page = found.Take(take).ToList();
        if (newer) page.Reverse();
        return (await RecordsAsync(db, page, now, cancel), found.Count > take);
    }

    /// <exception cref="RuleException">The account has no such booking.</exception>
    public async Task<BookingRecord> FindAsync(Caller caller, long id, CancellationToken cancel = default)
    {
        caller.Require(Permission.ViewContacts);
        await using var db = dbs.Open(caller.AccountId);
        var booking = await db.Bookings.SingleOrDefaultAsync(b => b.Id == id, cancel) ?? throw RuleException.NotFound("booking", PublicId.Format(PublicId.Booking, id));
        return (await RecordsAsync(db, [booking], clock.GetUtcNow().UtcDateTime, cancel))[0];
    }

    private static async Task<List<long>?> FamilyAsync(ContactsDb db, BookingFilter filter, CancellationToken cancel) => filter.ContactId is { } contact
        ? await db.FamilyAsync((await ContactBook.FindSurvivorAsync(db, contact))?.Id ?? contact, cancel)
        : null;

    private static async Task<IReadOnlyList<BookingRecord>> RecordsAsync(ContactsDb db, List<Booking> bookings, DateTime now, CancellationToken cancel)
    {
        if (bookings.Count == 0) return [];
        var hosts = (await BookingPost.HostsAsync(db, [.. bookings.SelectMany(b => b.HostIds).Distinct()], cancel)).ToDictionary(h => h.Id);
        var contacts = await SurvivorsAsync(db, [.. bookings.Select(b => b.ContactId).OfType<long>().Distinct()], cancel);
        var changes = await ChangesAsync(db, [.. bookings.Where(b => b.Status == BookingStatus.Canceled || b.RescheduledAt is not null).Select(b => b.Id)], cancel);
        return [.. bookings.Select(b => new BookingRecord(b, b.StateAt(now), b.UpdatedAt(now), b.ContactId is { } contact && contacts.TryGetValue(contact, out var survivor) ? survivor : null,
            [.. b.HostIds.Select(hosts.GetValueOrDefault).OfType<AppUser>()], changes.GetValueOrDefault(b.Id) is { } change ? Named(change, b) : Remembered(b)))];
    }

    private static Task<Dictionary<long, long>> SurvivorsAsync(ContactsDb db, List<long> contacts, CancellationToken cancel) =>
        db.Contacts.Where(c => contacts.Contains(c.Id)).Select(c => new { c.Id, c.MergedIntoId }).ToDictionaryAsync(c => c.Id, c => c.MergedIntoId ?? c.Id, cancel);

    private static async Task<Dictionary<long, BookingChange>> ChangesAsync(ContactsDb db, List<long> bookings, CancellationToken cancel)
    {
        if (bookings.Count == 0) return [];
        var steps = await db.Entries.Where(e => e.BookingId != null && bookings.Contains(e.BookingId.Value) && Changes.Contains(e.Kind))
            .OrderBy(e => e.At).ThenBy(e => e.Id).Select(e => new { BookingId = e.BookingId!.Value, e.Source.Kind, e.ActorId, e.Text }).ToListAsync(cancel);
        return steps.GroupBy(s => s.BookingId).ToDictionary(of => of.Key, of => new BookingChange(of.Last().Kind == SourceKind.BookingCalendar, of.Last().ActorId, of.Last().Text));
    }

    // A key is nobody: it acts for whoever hosts the meeting.
    private static BookingChange Named(BookingChange change, Booking booking) => change.ByGuest == false ? change with { UserId = change.UserId ?? booking.HostId } : change;

    // Of an erased guest no step is left; the booking itself knows of a user.
    private static BookingChange? Remembered(Booking booking) => booking.Status == BookingStatus.Canceled
        ? new BookingChange(booking.CanceledById is null ? null : false, booking.CanceledById, booking.CancelReason)
        : null;
}
