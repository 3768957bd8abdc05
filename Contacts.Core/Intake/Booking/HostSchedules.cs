using Contacts.Core.Accounts;
using Contacts.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace Contacts.Core.Intake.Booking;

/// <summary>When hosts work. Everybody keeps their own hours; admins those of others, too.</summary>
public sealed class HostSchedules(AccountDbs dbs, WriteGate gate)
{
    /// <param name="userId">Another host than the caller.</param>
    /// <exception cref="RuleException">There is no such host, or the caller may not.</exception>
    public async Task<HostOwnHours> FindAsync(Caller caller, long? userId = null, CancellationToken cancel = default)
    {
        var id = Whose(caller, userId);
        await using var db = dbs.Open(caller.AccountId);
        var host = await HostAsync(db, id, cancel);
        var saved = await db.HostSchedules.SingleOrDefaultAsync(s => s.UserId == id, cancel);
        return new HostOwnHours(id, host.Name, saved ?? new HostSchedule(host), saved is not null);
    }

    /// <exception cref="RuleException">At the part that is wrong; see <see cref="HostSchedule.Arrange"/>.</exception>
    public Task SaveAsync(Caller caller, HostHours hours, long? userId = null, CancellationToken cancel = default) => ChangeAsync(caller, userId, async (db, schedule, _) =>
    {
        var zone = schedule.TimeZone;
        schedule.Arrange(hours);
        if (schedule.TimeZone != zone) await ReadAnewAsync(db, schedule.UserId);
    }, cancel);

    /// <summary>Gives the caller's feed another address; the old one is worthless.</summary>
    public Task RenewFeedAsync(Caller caller, CancellationToken cancel = default) => ChangeAsync(caller, null, (_, schedule, _) =>
    {
        schedule.RenewFeed();
        return Task.CompletedTask;
    }, cancel);

    /// <summary>
    /// That the caller lives in another zone than hours are kept in that are theirs alone, in all calendars or in one, until they said what is to
    /// become of them. Whose hours a pool's are, a move of one of its hosts does not tell.
    /// </summary>
    public async Task<IReadOnlyList<ZoneMoved>> ZonesMovedAsync(Caller caller, CancellationToken cancel = default)
    {
        if (caller.UserId is not { } id || !caller.May(Permission.ManageOwnBookings)) return [];
        await using var db = dbs.Open(caller.AccountId);
        var now = (await HostAsync(db, id, cancel)).TimeZone;
        var schedules = await db.HostSchedules.Where(s => s.UserId == id && s.TimeZone != now && s.AskedAboutZone != now).ToListAsync(cancel);
        var calendars = await db.BookingCalendars.Where(c => c.HostId == id && c.TimeZone != now && c.AskedAboutZone != now).OrderBy(c => c.Name).ThenBy(c => c.Id).ToListAsync(cancel);
        return [.. schedules.Select(s => new ZoneMoved(s.TimeZone, now)), .. calendars.Where(c => c.IsHostsOwn(id)).Select(c => new ZoneMoved(c.TimeZone, now, c.Id, c.Name))];
    }

    /// <summary>What the caller says to it: the hours move along, or stay and it is not asked again.</summary>
    /// <param name="calendarId">The calendar whose hours they are; null for the caller's own.</param>
    /// <exception cref="RuleException">The calendar is not the caller's alone.</exception>
    public Task AnswerZoneAsync(Caller caller, bool moves, long? calendarId = null, CancellationToken cancel = default)
    {
        if (calendarId is { } calendar) return AnswerZoneOfAsync(caller, calendar, moves, cancel);
        return ChangeAsync(caller, null, async (db, schedule, host) =>
        {
            schedule.AskedAboutZone = host.TimeZone;
            if (!moves) return;
            schedule.MoveTo(host.TimeZone);
            await ReadAnewAsync(db, host.Id);
        }, cancel);
    }

    private Task<bool> AnswerZoneOfAsync(Caller caller, long calendarId, bool moves, CancellationToken cancel)
    {
        var id = Whose(caller, null);
        return gate.RunAsync(caller.AccountId, async db =>
        {
            var calendar = await db.BookingCalendars.SingleOrDefaultAsync(c => c.Id == calendarId);
            if (calendar?.IsHostsOwn(id) != true) throw RuleException.NotFound("booking calendar", PublicId.Format(PublicId.Calendar, calendarId));
            calendar.AskedAboutZone = (await HostAsync(db, id, default)).TimeZone;
            if (moves) calendar.MoveTo(calendar.AskedAboutZone);
            return true;
        }, cancel);
    }

    /// <summary>The zone a host's hours are kept in, which is also where their all-day events lie.</summary>
    internal static async Task<string> ZoneOfAsync(ContactsDb db, long userId, CancellationToken cancel) =>
        await db.HostSchedules.Where(s => s.UserId == userId).Select(s => s.TimeZone).SingleOrDefaultAsync(cancel) ?? (await HostAsync(db, userId, cancel)).TimeZone;

    private Task<bool> ChangeAsync(Caller caller, long? userId, Func<ContactsDb, HostSchedule, AppUser, Task> change, CancellationToken cancel)
    {
        var id = Whose(caller, userId);
        return gate.RunAsync(caller.AccountId, async db =>
        {
            var host = await HostAsync(db, id, default);
            var schedule = await db.HostSchedules.SingleOrDefaultAsync(s => s.UserId == id);
            if (schedule is null) db.HostSchedules.Add(schedule = new HostSchedule(host));
            await change(db, schedule, host);
            return true;
        }, cancel);
    }

    private static long Whose(Caller caller, long? userId)
    {
        caller.Require(userId is null || userId == caller.UserId ? Permission.ManageOwnBookings : Permission.ManageSources);
        return userId ?? caller.UserId ?? throw new RuleException("An API key has no hours of its own.", refusal: Refusal.NotAllowed);
    }

    // All-day events and times without a zone lie where the host is.
    private static Task<int> ReadAnewAsync(ContactsDb db, long userId) => db.BusyFeeds.Where(f => f.UserId == userId)
        .ExecuteUpdateAsync(set => set.SetProperty(f => f.ETag, (string?)null).SetProperty(f => f.NextReadAt, DateTime.UnixEpoch));

    private static async Task<AppUser> HostAsync(ContactsDb db, long id, CancellationToken cancel) =>
        await db.Users.SingleOrDefaultAsync(u => u.Id == id && u.RemovedAt == null, cancel) ?? throw new RuleException("There is no such host.", "user", Refusal.NotFound);
}
