using Contacts.Core.Accounts;
using Contacts.Core.Data;
using NodaTime;

namespace Contacts.Core.Intake.Booking;

/// <summary>Who may come to a meeting.</summary>
/// <param name="Hosts">Of whom the mode says who does, in the calendar's order; nobody where no meeting can come about.</param>
/// <param name="CoHosts">Who comes besides, whoever of those hosts it.</param>
internal sealed record HostTeam(BookingCalendar Calendar, IReadOnlyList<AppUser> Hosts, HostingMode Mode, IReadOnlyList<AppUser> CoHosts)
{
    public bool IsEmpty => Hosts.Count == 0;

    /// <summary>Everybody's, where they were read already.</summary>
    public IReadOnlyList<HostPlan>? Plans { get; init; }

    private IEnumerable<AppUser> All => Hosts.Concat(CoHosts);

    /// <summary>For a new meeting: everybody of the calendar's who is there still; where everyone is needed and one is gone, nobody.</summary>
    /// <param name="settings">What the link says by which the calendar was opened.</param>
    public static async Task<HostTeam> OfAsync(ContactsDb db, BookingCalendar calendar, LinkSettings? settings = null)
    {
        var hosts = await PresentAsync(db, calendar.HostIds);
        if (!calendar.IsHostedBy(hosts.ConvertAll(h => h.Id))) return new HostTeam(calendar, [], calendar.Hosting, []);
        if (settings?.HostId is { } settled && calendar.TakesTurns && hosts.Find(h => h.Id == settled) is { } one) hosts = [one];
        var coHosts = settings is { CoHostIds.Count: > 0 } ? await PresentAsync(db, settings.CoHostIds) : [];
        // Whoever comes in any case takes no turn, unless nobody else is there to take it.
        if (coHosts.Count > 0 && calendar.TakesTurns && hosts.FindAll(h => coHosts.TrueForAll(c => c.Id != h.Id)) is { Count: > 0 } others) hosts = others;
        return new HostTeam(calendar, hosts, calendar.Hosting, coHosts.FindAll(c => hosts.TrueForAll(h => h.Id != c.Id)));
    }

    /// <summary>
    /// For a booking that moves. Whom a link named keeps it, or whom it was given to outside its calendar, as those do who host it
    /// together: all of them have to be free. Of a pool, whoever of the calendar is.
    /// </summary>
    public static async Task<HostTeam> OfAsync(ContactsDb db, BookingCalendar calendar, Booking moved)
    {
        if ((calendar.Hosting == HostingMode.Everyone || moved.OtherHostIds.Count > 0 || moved.IsHostSettled || !calendar.HostIds.Contains(moved.HostId))
            && await PresentAsync(db, moved.HostIds) is { Count: > 0 } own)
            return calendar.Hosting == HostingMode.Everyone ? new HostTeam(calendar, own, HostingMode.Everyone, []) : new HostTeam(calendar, own[..1], HostingMode.Everyone, own[1..]);
        return await OfAsync(db, calendar);
    }

    /// <summary>The starts it can offer, first to last.</summary>
    /// <param name="moved">A booking that is about to move: the time it takes now is free for it.</param>
    /// <param name="days">Of these days alone, in the rules' zone.</param>
    public async Task<List<Instant>> StartsAsync(ContactsDb db, MeetingRules rules, DateTime now, long? moved = null, DateInterval? days = null)
    {
        var times = await HostTimes.LoadAsync(db, Calendar, Plans ?? await PlansAsync(db), now, moved);
        return Availability.Slots(rules, times[..Hosts.Count], Mode, Instant.FromDateTimeUtc(now), days, times[Hosts.Count..]).ConvertAll(slot => slot.Start);
    }

    public Task<List<HostPlan>> PlansAsync(ContactsDb db) => HostTimes.PlansAsync(db, [.. All]);

    /// <summary>Who hosts a meeting at the time.</summary>
    /// <param name="moved">The booking that moves there; whoever hosts it keeps it where they can. Its own hosts are held already.</param>
    /// <exception cref="RuleException">At <c>start</c>: nobody can.</exception>
    public async Task<List<AppUser>> ChooseAsync(ContactsDb db, MeetingRules rules, DateTime startsAt, DateTime now, Booking? moved = null)
    {
        if (IsEmpty) throw new RuleException(BookingDesk.NotOffered, "start");
        var (start, at) = (Instant.FromDateTimeUtc(startsAt), Instant.FromDateTimeUtc(now));
        var times = await HostTimes.LoadAsync(db, Calendar, [.. All], now, moved?.Id);
        var free = FreeIn(times);
        if (free.Count > 0)
        {
            var chosen = Mode != HostingMode.Everyone && moved is not null && free.Contains(moved.HostId) ? [moved.HostId]
                : HostChoice.Choose(Mode, await HostTimes.TurnsAsync(db, Calendar, free, now));
            return [.. Hosts.Where(h => chosen.Contains(h.Id)), .. CoHosts];
        }
        if (startsAt < now) throw new RuleException(BookingDesk.Past, "start");
        // On an empty calendar it could be had: somebody has it.
        throw FreeIn(times.ConvertAll(t => t with { Busy = [], Booked = [] })).Count > 0
            ? new RuleException(BookingDesk.Taken, "start", Refusal.Conflict)
            : new RuleException(BookingDesk.NotOffered, "start");

        IReadOnlyList<long> FreeIn(List<HostTime> hosts) => Availability.FreeHosts(rules, hosts[..Hosts.Count], Mode, start, at, hosts[Hosts.Count..]);
    }

    private static async Task<List<AppUser>> PresentAsync(ContactsDb db, IReadOnlyList<long> users) => (await BookingPost.HostsAsync(db, users)).FindAll(u => u.RemovedAt is null);
}
