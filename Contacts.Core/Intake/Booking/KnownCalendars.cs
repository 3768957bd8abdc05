using System.Collections.Concurrent;
using Contacts.Core.Accounts;
using Contacts.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace Contacts.Core.Intake.Booking;

/// <summary>A calendar with all that its page is made of, but for what is booked, which link opens it, and what is known of the guest.</summary>
/// <param name="Team">Who comes where no link says otherwise, with their plans.</param>
internal sealed record KnownCalendar(Account Account, BookingCalendar Calendar, HostTeam Team, List<GuestQuestion> Questions);

/// <summary>Calendars by their address: read once, not for every guest, and anew once anything was written for their account.</summary>
public sealed class KnownCalendars(AccountDbs dbs, WriteGate gate, TimeProvider clock)
{
    private const int MaxCount = 1000;

    // What another node writes is seen here after this long.
    private static readonly TimeSpan Kept = TimeSpan.FromSeconds(3);

    private static readonly CompiledQuery<string, int, Account?> AccountAt = new((db, slug, _) => db.Accounts.AsNoTracking().SingleOrDefault(a => a.Slug == slug));

    private static readonly CompiledQuery<string, int, BookingCalendar?> CalendarAt =
        new((db, slug, _) => db.BookingCalendars.AsNoTracking().SingleOrDefault(c => c.Slug == slug && c.ArchivedAt == null));

    private readonly ConcurrentDictionary<(string Account, string Calendar), (KnownCalendar Calendar, long Written, DateTimeOffset Until)> _calendars = new();

    /// <summary>Null where there is none, or none any more.</summary>
    internal async Task<KnownCalendar?> FindAsync(string accountSlug, string calendarSlug, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        if (_calendars.TryGetValue((accountSlug, calendarSlug), out var known) && now < known.Until && known.Written == gate.WrittenTo(known.Calendar.Account.Id)) return known.Calendar;

        await using var search = dbs.OpenBeforeAccount();
        if (await AccountAt.RunAsync(search, accountSlug, 0) is not { } account) return null;
        var written = gate.WrittenTo(account.Id);
        if (await LoadAsync(accountSlug, account.Id, calendarSlug, cancel) is not { } calendar) return null;
        if (_calendars.Count >= MaxCount) ForgetBefore(now);
        _calendars[(accountSlug, calendarSlug)] = (calendar, written, now + Kept);
        return calendar;
    }

    // The account is read again: it may have changed before the count was taken.
    private async Task<KnownCalendar?> LoadAsync(string accountSlug, long accountId, string calendarSlug, CancellationToken cancel)
    {
        await using var db = dbs.Open(accountId);
        await db.Database.OpenConnectionAsync(cancel); // once for all of it
        if (await AccountAt.RunAsync(db, accountSlug, 0) is not { } account || await CalendarAt.RunAsync(db, calendarSlug, 0) is not { } calendar) return null;
        var team = await HostTeam.OfAsync(db, calendar);
        return new KnownCalendar(account, calendar, team with { Plans = await team.PlansAsync(db) }, await GuestQuestion.OfAsync(db, calendar, cancel));
    }

    private void ForgetBefore(DateTimeOffset now)
    {
        foreach (var (key, known) in _calendars)
            if (known.Until <= now) _calendars.TryRemove(key, out _);
    }
}
