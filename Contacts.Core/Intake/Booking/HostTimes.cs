using Contacts.Core.Accounts;
using Contacts.Core.Data;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Contacts.Core.Intake.Booking;

/// <summary>When a host works and is busy elsewhere, whatever is booked.</summary>
/// <param name="WorkingHours">For calendars that go by their hosts' hours.</param>
/// <param name="Busy">By other calendars, and on days off.</param>
internal sealed record HostPlan(long HostId, WorkingHours WorkingHours, IReadOnlyList<BusyTime> Busy);

/// <summary>Reads when hosts have time: their hours, their meetings in every calendar, and what their other calendars say.</summary>
internal static class HostTimes
{
    // A meeting that is over still keeps its buffer, and counts against the limits of its month.
    private static readonly TimeSpan Back = TimeSpan.FromDays(32), BufferBack = TimeSpan.FromMinutes(BookingCalendar.MaxBuffer);

    private static readonly CompiledList<long[], DateTime, TakenTime> Taken =
        new((db, hosts, since) => db.TakenTimes.AsNoTracking().Where(t => hosts.Contains(t.HostId) && t.EndsAt > since));

    private static readonly CompiledList<long[], int, BusyFeed> Feeds = new((db, hosts, _) => db.BusyFeeds.AsNoTracking().Where(f => hosts.Contains(f.UserId)));

    private static readonly CompiledList<long[], int, HostSchedule> Schedules = new((db, hosts, _) => db.HostSchedules.AsNoTracking().Where(s => hosts.Contains(s.UserId)));

    /// <summary>The hosts' plans, in the order they are given.</summary>
    public static async Task<List<HostPlan>> PlansAsync(ContactsDb db, IReadOnlyList<AppUser> hosts)
    {
        long[] ids = [.. hosts.Select(h => h.Id)];
        var elsewhere = (await Feeds.RunAsync(db, ids, 0)).ToLookup(f => f.UserId, f => f.Busy);
        var schedules = (await Schedules.RunAsync(db, ids, 0)).ToDictionary(s => s.UserId);
        return [.. hosts.Select(host =>
        {
            var schedule = schedules.GetValueOrDefault(host.Id) ?? new HostSchedule(host);
            return new HostPlan(host.Id, schedule.WorkingHours, [.. elsewhere[host.Id].SelectMany(busy => busy).Select(AsBusy), .. schedule.DaysOff]);
        })];
    }

    /// <summary>The hosts' times, in the order they are given.</summary>
    /// <inheritdoc cref="LoadAsync(ContactsDb, BookingCalendar, IReadOnlyList{HostPlan}, DateTime, long?)"/>
    public static async Task<List<HostTime>> LoadAsync(ContactsDb db, BookingCalendar calendar, IReadOnlyList<AppUser> hosts, DateTime now, long? moved = null) =>
        await LoadAsync(db, calendar, await PlansAsync(db, hosts), now, moved);

    /// <summary>The hosts' times by their plans, and by what is booked.</summary>
    /// <param name="moved">A booking that is about to move: the time it takes now is free for it.</param>
    public static async Task<List<HostTime>> LoadAsync(ContactsDb db, BookingCalendar calendar, IReadOnlyList<HostPlan> plans, DateTime now, long? moved = null)
    {
        long[] ids = [.. plans.Select(p => p.HostId)];
        var from = now - (calendar is { MaxPerDay: null, MaxPerWeek: null, MaxPerMonth: null } ? BufferBack : Back);
        var taken = (await Taken.RunAsync(db, ids, from)).Where(t => t.BookingId != moved).ToLookup(t => t.HostId);
        return [.. plans.Select(plan => new HostTime(plan.HostId, calendar.UsesHostHours ? plan.WorkingHours : calendar.WorkingHours,
            [.. taken[plan.HostId].Select(AsBusy), .. plan.Busy],
            [.. taken[plan.HostId].Where(t => t.CalendarId == calendar.Id).Select(t => Instant.FromDateTimeUtc(t.StartsAt))]))];
    }

    /// <summary>How often and when last each host was booked in the calendar of late, for whose turn it is.</summary>
    public static async Task<List<HostTurn>> TurnsAsync(ContactsDb db, BookingCalendar calendar, IReadOnlyList<long> hosts, DateTime now)
    {
        var since = now - Back;
        var had = await db.Bookings.Where(b => b.CalendarId == calendar.Id && b.StartsAt > since && b.Status != BookingStatus.Canceled)
            .GroupBy(b => b.HostId).Select(g => new { HostId = g.Key, Meetings = g.Count(), Last = g.Max(b => b.CreatedAt) }).ToDictionaryAsync(g => g.HostId);
        return [.. hosts.Select(id => had.TryGetValue(id, out var host) ? new HostTurn(id, host.Meetings, Instant.FromDateTimeUtc(host.Last)) : new HostTurn(id, 0, null))];
    }

    private static BusyTime AsBusy(TakenTime taken) => new(Instant.FromDateTimeUtc(taken.StartsAt), Instant.FromDateTimeUtc(taken.EndsAt),
        Duration.FromMinutes(taken.BufferBeforeMinutes), Duration.FromMinutes(taken.BufferAfterMinutes));

    private static BusyTime AsBusy(BusySpan span) => new(Instant.FromDateTimeUtc(DateTime.SpecifyKind(span.From, DateTimeKind.Utc)), Instant.FromDateTimeUtc(DateTime.SpecifyKind(span.To, DateTimeKind.Utc)));
}
