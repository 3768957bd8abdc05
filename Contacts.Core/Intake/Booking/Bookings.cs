using System.Globalization;
using Contacts.Core.Accounts;
using Contacts.Core.Activity;
using Contacts.Core.Data;
using Contacts.Core.People;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Contacts.Core.Intake.Booking;

/// <summary>The account's bookings for its users. Everybody sees them; a member changes those they host, an admin all.</summary>
public sealed class Bookings(AccountDbs dbs, WriteGate gate, PublicUrl url, TimeProvider clock)
{
    public const int PageSize = 50;
    public const string NotYours = "This meeting has another host. Ask them, or an admin.", HostIsBusy = "They have another meeting then.";

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <param name="after">The number of the booking to go on from, as the page before gave it.</param>
    public async Task<BookingListPage> ListAsync(Caller caller, BookingFilter filter, long? after = null, int take = PageSize, CancellationToken cancel = default)
    {
        caller.Require(Permission.ViewContacts);
        var now = Now;
        await using var db = dbs.Open(caller.AccountId);
        var family = filter.ContactId is { } contact ? await db.FamilyAsync(contact, cancel) : null;
        var query = Filtered(db.Bookings, filter, family, now);
        var from = await db.Bookings.Where(b => b.Id == after).Select(b => (DateTime?)b.StartsAt).SingleOrDefaultAsync(cancel);
        if (after is { } unknown && from is null) throw RuleException.NotFound("booking", PublicId.Format(PublicId.Booking, unknown), "after");
        query = filter.Upcoming == true
            ? query.Where(b => from == null || b.StartsAt > from || (b.StartsAt == from && b.Id > after)).OrderBy(b => b.StartsAt).ThenBy(b => b.Id)
            : query.Where(b => from == null || b.StartsAt < from || (b.StartsAt == from && b.Id < after)).OrderByDescending(b => b.StartsAt).ThenByDescending(b => b.Id);
        var found = await query.Take(take + 1).ToListAsync(cancel);
        var shown = found.Take(take).ToList();
        return new BookingListPage(await NamedAsync(db, shown, now, cancel), found.Count > take ? shown[^1].Id : null);
    }

    public async Task<BookedMeeting?> FindAsync(Caller caller, long id, CancellationToken cancel = default)
    {
        caller.Require(Permission.ViewContacts);
        await using var db = dbs.Open(caller.AccountId);
        return await db.Bookings.SingleOrDefaultAsync(b => b.Id == id, cancel) is { } booking ? await BookingPost.MeetingAsync(db, booking, cancel) : null;
    }

    public static bool MayChange(Caller caller, Booking booking) =>
        caller.May(Permission.ManageSources) || (caller.May(Permission.ManageOwnBookings) && caller.UserId is { } user && booking.HostIds.Contains(user));

    /// <exception cref="RuleException">Not the caller's, canceled already, or over.</exception>
    public Task<Booking> CancelAsync(Caller caller, long id, string? reason, CancellationToken cancel = default) => ChangeAsync(caller, id, async (db, booking, now) =>
    {
        var message = booking.Status == BookingStatus.AwaitingApproval ? BookingMessage.Declined : BookingMessage.Canceled;
        await BookingSteps.CancelAsync(db, booking, caller, reason, askToReschedule: false, now);
        return message;
    }, cancel);

    /// <summary>Cancels, and asks the guest to choose another time.</summary>
    public Task<Booking> AskToRescheduleAsync(Caller caller, long id, string? reason, CancellationToken cancel = default) => ChangeAsync(caller, id, async (db, booking, now) =>
    {
        await BookingSteps.CancelAsync(db, booking, caller, reason, askToReschedule: true, now);
        return BookingMessage.RescheduleRequested;
    }, cancel);

    /// <summary>Says yes to what a guest asked for.</summary>
    public Task<Booking> ApproveAsync(Caller caller, long id, CancellationToken cancel = default) => ChangeAsync(caller, id, async (db, booking, now) =>
    {
        if (booking.Status != BookingStatus.AwaitingApproval) throw new RuleException("There is nothing to approve any more.", refusal: Refusal.Conflict);
        booking.Approve(now);
        await BookingSteps.RecordAsync(db, booking, ActivityKind.BookingScheduled, caller, now);
        return BookingMessage.Confirmed;
    }, cancel);

    /// <summary>The guest did not come; or did, after all.</summary>
    public Task<Booking> MarkNoShowAsync(Caller caller, long id, bool isNoShow, CancellationToken cancel = default) => ChangeAsync(caller, id, async (db, booking, now) =>
    {
        if (booking.Status is not (BookingStatus.Scheduled or BookingStatus.NoShow)) throw new RuleException(BookingSteps.NotAnyMore, refusal: Refusal.Conflict);
        if (booking.StartsAt > now) throw new RuleException(BookingSteps.NotOver, refusal: Refusal.Conflict);
        if (isNoShow == (booking.Status == BookingStatus.NoShow)) return null;
        booking.MarkNoShow(isNoShow, now);
        await BookingSteps.RecordAsync(db, booking, isNoShow ? ActivityKind.BookingNoShow : ActivityKind.BookingCompleted, caller, now);
        return null;
    }, cancel);

    /// <summary>The times to which a user can move the booking: without lead time, and as far ahead as any calendar goes.</summary>
    public async Task<IReadOnlyList<Instant>> TimesAsync(Caller caller, long calendarId, int minutes, long? moved = null, CancellationToken cancel = default)
    {
        caller.Require(Permission.ViewContacts);
        await using var db = dbs.Open(caller.AccountId);
        if (await db.BookingCalendars.SingleOrDefaultAsync(c => c.Id == calendarId, cancel) is not { } calendar) return [];
        var times = await HostTimes.LoadAsync(db, calendar, await BookingDesk.HostsAsync(db, calendar), Now, moved);
        return Availability.Slots(ForUsers(calendar, minutes), times, calendar.Hosting, Instant.FromDateTimeUtc(Now)).ConvertAll(s => s.Start);
    }

    /// <exception cref="RuleException">At <c>start</c>: that time cannot be had.</exception>
    public Task<Booking> RescheduleAsync(Caller caller, long id, DateTime startsAt, string? reason, CancellationToken cancel = default) => ChangeAsync(caller, id, async (db, booking, now) =>
    {
        if (booking.StartsAt == startsAt) throw new RuleException("The meeting is at this time already.", "start");
        var calendar = await db.BookingCalendars.SingleAsync(c => c.Id == booking.CalendarId);
        await BookingDesk.HoldAsync(db, calendar.HostIds);
        var hosts = await BookingDesk.ChooseHostsAsync(db, calendar, ForUsers(calendar, booking.Minutes), startsAt, now, booking);
        await BookingSteps.MoveAsync(db, calendar, booking, startsAt, hosts, caller, reason, now);
        return BookingMessage.Rescheduled;
    }, cancel);

    /// <summary>Gives the meeting to another host, in the calendar or not, who is not busy then.</summary>
    /// <exception cref="RuleException">At <c>host</c>: there is none, or they have another meeting.</exception>
    public Task<Booking> ReassignAsync(Caller caller, long id, long hostId, CancellationToken cancel = default) => ChangeAsync(caller, id, async (db, booking, now) =>
    {
        var to = await db.Users.SingleOrDefaultAsync(u => u.Id == hostId && u.RemovedAt == null) ?? throw new RuleException("Choose who hosts the meeting.", "host");
        if (booking.HostIds.Contains(hostId)) throw new RuleException($"{to.Name} hosts it already.", "host");
        await BookingDesk.HoldAsync(db, [hostId]);
        if (await db.TakenTimes.AnyAsync(t => t.HostId == hostId && t.StartsAt < booking.EndsAt && t.EndsAt > booking.StartsAt)) throw new RuleException(HostIsBusy, "host", Refusal.Conflict);
        var before = await BookingPost.HostsAsync(db, booking.HostIds);
        var calendar = await db.BookingCalendars.SingleAsync(c => c.Id == booking.CalendarId);
        await BookingSteps.ReassignAsync(db, calendar, booking, before[0], to, caller, now);
        return BookingMessage.Reassigned;
    }, cancel);

    /// <summary>Books a time for a contact, who gets the invitation like anybody who booked.</summary>
    /// <exception cref="RuleException">At <c>calendar</c>, <c>contact</c>, <c>duration</c> or <c>start</c>.</exception>
    public Task<Booking> AddAsync(Caller caller, long calendarId, long contactId, DateTime startsAt, int minutes, int place = 0, CancellationToken cancel = default)
    {
        caller.Require(Permission.ManageOwnBookings);
        return gate.RunAsync(caller.AccountId, async db =>
        {
            var now = Now;
            var calendar = await db.BookingCalendars.SingleOrDefaultAsync(c => c.Id == calendarId && c.ArchivedAt == null) ?? throw new RuleException("Choose a calendar.", "calendar");
            var contact = await db.Contacts.SingleOrDefaultAsync(c => c.Id == contactId && c.DeletedAt == null && c.MergedIntoId == null) ?? throw new RuleException("This contact is not there any more.", "contact");
            if (minutes is < BookingCalendar.MinDuration or > BookingCalendar.MaxDuration) throw new RuleException("Choose how long the meeting takes.", "duration");
            await BookingDesk.HoldAsync(db, calendar.HostIds);
            var hosts = await BookingDesk.ChooseHostsAsync(db, calendar, ForUsers(calendar, minutes), startsAt, now);
            var booking = new Booking(calendar, Secret.Hash(Secret.New()), startsAt, minutes, [.. hosts.Select(h => h.Id)], (calendar.Places.ElementAtOrDefault(place) ?? calendar.Places.FirstOrDefault())?.Words, now)
            {
                ContactId = contact.Id,
                GuestName = contact.DisplayName,
                GuestEmail = contact.Email ?? "",
                GuestTimeZone = TimeZoneId.Find(contact.TimeZone ?? "") ?? calendar.TimeZone,
                BookedById = caller.UserId,
            };
            booking.Approve(now);
            db.Bookings.Add(booking);
            await db.SaveChangesAsync();
            await BookingSteps.TakeTimeAsync(db, calendar, booking);
            await BookingSteps.RecordAsync(db, booking, ActivityKind.BookingScheduled, caller, now);
            await new BookingPost(db, url, now).TellAsync(await BookingPost.MeetingAsync(db, booking), BookingMessage.Confirmed);
            return booking;
        }, cancel);
    }

    private Task<Booking> ChangeAsync(Caller caller, long id, Func<ContactsDb, Booking, DateTime, Task<BookingMessage?>> change, CancellationToken cancel)
    {
        caller.Require(Permission.ManageOwnBookings);
        return gate.RunAsync(caller.AccountId, async db =>
        {
            var booking = await db.Bookings.SingleOrDefaultAsync(b => b.Id == id) ?? throw RuleException.NotFound("booking", PublicId.Format(PublicId.Booking, id));
            if (!MayChange(caller, booking)) throw new RuleException(NotYours, refusal: Refusal.NotAllowed);
            var now = Now;
            await BookingDesk.HoldAsync(db, booking.HostIds);
            var before = BookingBefore.Of(booking);
            if (await change(db, booking, now) is { } message) await new BookingPost(db, url, now).TellAsync(await BookingPost.MeetingAsync(db, booking), message, before);
            return booking;
        }, cancel);
    }

    // Users know what they do: they need no notice, and may look a year ahead.
    private static MeetingRules ForUsers(BookingCalendar calendar, int minutes) => calendar.RulesFor(minutes) with { Lead = Duration.Zero, WindowDays = BookingCalendar.MaxWindowDays };

    private static IQueryable<Booking> Filtered(IQueryable<Booking> bookings, BookingFilter filter, List<long>? family, DateTime now)
    {
        if (filter.Upcoming == true) bookings = bookings.Where(b => b.EndsAt > now && (b.Status == BookingStatus.Scheduled || b.Status == BookingStatus.AwaitingApproval));
        if (filter.Upcoming == false) bookings = bookings.Where(b => b.EndsAt <= now || b.Status == BookingStatus.Canceled || b.Status == BookingStatus.NoShow);
        if (filter.HostId is { } host) bookings = HostedBy(bookings, host);
        if (filter.CalendarId is { } calendar) bookings = bookings.Where(b => b.CalendarId == calendar);
        if (family is not null) bookings = bookings.Where(b => b.ContactId != null && family.Contains(b.ContactId.Value));
        if (filter.From is { } from) bookings = bookings.Where(b => b.StartsAt >= from);
        if (filter.Until is { } until) bookings = bookings.Where(b => b.StartsAt < until);
        return filter.State switch
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

    // Alone or together with others, who stand in a document: "[5,7]".
    private static IQueryable<Booking> HostedBy(IQueryable<Booking> bookings, long host)
    {
        var among = $"%,{host.ToString(CultureInfo.InvariantCulture)},%";
        return bookings.Where(b => b.HostId == host || EF.Functions.Like(((string)(object)b.OtherHostIds).Replace("[", ",").Replace("]", ","), among));
    }

    private static async Task<IReadOnlyList<ListedBooking>> NamedAsync(ContactsDb db, List<Booking> bookings, DateTime now, CancellationToken cancel)
    {
        var calendars = await db.BookingCalendars.Select(c => new { c.Id, c.Name }).ToDictionaryAsync(c => c.Id, c => c.Name, cancel);
        var hosts = (await BookingPost.HostsAsync(db, [.. bookings.SelectMany(b => b.HostIds).Distinct()], cancel)).ToDictionary(h => h.Id, h => h.Name);
        return [.. bookings.Select(b => new ListedBooking(b, calendars[b.CalendarId], BookingPage.NamesOf(b.HostIds.Select(id => hosts.GetValueOrDefault(id, ""))), b.StateAt(now)))];
    }
}
