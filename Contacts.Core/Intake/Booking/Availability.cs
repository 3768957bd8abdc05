using NodaTime;

namespace Contacts.Core.Intake.Booking;

/// <summary>A start on offer.</summary>
/// <param name="Hosts">Who is free then, in the calendar's order.</param>
public readonly record struct Slot(Instant Start, IReadOnlyList<long> Hosts);

/// <summary>
/// Which meetings can start when. Pure: the same input gives the same times.
/// <para>
/// Starts lie on a grid on the host's wall clock, from the opening of each span on. A local time that does not exist (clocks go forward) is
/// never offered; one that exists twice (clocks go back) is offered once, the first time round. A meeting takes the same time always and lies
/// wholly in open time; spans that touch, as 24:00 does the next day's 0:00, are one for that, though each begins a grid of its own.
/// </para>
/// </summary>
public static class Availability
{
    /// <summary>The starts a host can offer, first to last.</summary>
    /// <param name="days">Of these days alone, in the rules' zone: what a month costs does not depend on the window.</param>
    public static List<Instant> Starts(MeetingRules rules, HostTime host, Instant now, DateInterval? days = null) =>
        Starts(rules, host, rules.Bookable(now, days));

    /// <summary>The starts a pool of hosts can offer, first to last, each with who is free then: at least one, or everyone when they meet together.</summary>
    /// <param name="hosts">In the calendar's order.</param>
    /// <param name="days">Of these days alone, in the rules' zone.</param>
    /// <param name="coHosts">Who is free at every one of them besides.</param>
    public static List<Slot> Slots(MeetingRules rules, IReadOnlyList<HostTime> hosts, HostingMode mode, Instant now, DateInterval? days = null, IReadOnlyList<HostTime>? coHosts = null) =>
        Slots(rules, hosts, mode, rules.Bookable(now, days), coHosts ?? []);

    /// <summary>Whether a host offers the start: true for each of <see cref="Starts(MeetingRules, HostTime, Instant, DateInterval?)"/>, and for no other.</summary>
    public static bool IsFree(MeetingRules rules, HostTime host, Instant start, Instant now) =>
        Starts(rules, host, Only(start, rules.Bookable(now, null))).Count > 0;

    /// <summary>Who is free at the start, as in <see cref="Slots(MeetingRules, IReadOnlyList{HostTime}, HostingMode, Instant, DateInterval?, IReadOnlyList{HostTime}?)"/>; nobody when it is not on offer.</summary>
    public static IReadOnlyList<long> FreeHosts(MeetingRules rules, IReadOnlyList<HostTime> hosts, HostingMode mode, Instant start, Instant now, IReadOnlyList<HostTime>? coHosts = null) =>
        Slots(rules, hosts, mode, Only(start, rules.Bookable(now, null)), coHosts ?? []) is [var slot] ? slot.Hosts : [];

    private static Stretch Only(Instant start, Stretch time) => time.Intersect(new Stretch(start, start + Duration.Epsilon));

    private static List<Instant> Starts(MeetingRules rules, HostTime host, Stretch time)
    {
        if (time.IsEmpty) return [];
        var runs = host.Hours.Between(time.From, time.Until + rules.Length);
        return Stretch.Keep(Grid(rules, host.Hours.Zone, runs, time), host.FreeStarts(rules, runs, time));
    }

    private static List<Slot> Slots(MeetingRules rules, IReadOnlyList<HostTime> hosts, HostingMode mode, Stretch time, IReadOnlyList<HostTime> coHosts)
    {
        var slots = mode == HostingMode.Everyone ? Together(rules, hosts, time) : Any(hosts, [.. hosts.Select(host => Starts(rules, host, time))]);
        foreach (var coHost in coHosts)
        {
            // Whoever comes along does so at the times of the others, on whatever grid those lie.
            var free = coHost.FreeStarts(rules, coHost.Hours.Between(time.From, time.Until + rules.Length), time);
            var kept = Stretch.Keep(slots.ConvertAll(slot => slot.Start), free).ToHashSet();
            slots.RemoveAll(slot => !kept.Contains(slot.Start));
        }
        return slots;
    }

    private static List<Slot> Any(IReadOnlyList<HostTime> hosts, List<Instant>[] starts)
    {
        if (hosts is [var only])
        {
            long[] free = [only.HostId];
            return starts[0].ConvertAll(start => new Slot(start, free));
        }
        var slots = new List<Slot>();
        var next = new int[hosts.Count];
        while (true)
        {
            Instant? first = null;
            for (var i = 0; i < next.Length; i++)
                if (next[i] < starts[i].Count && !(starts[i][next[i]] >= first)) first = starts[i][next[i]];
            if (first is not { } start) return slots;
            var free = new List<long>(next.Length);
            for (var i = 0; i < next.Length; i++)
                if (next[i] < starts[i].Count && starts[i][next[i]] == start)
                {
                    free.Add(hosts[i].HostId);
                    next[i]++;
                }
            slots.Add(new Slot(start, free));
        }
    }

    // Hosts that open at different hours have grids that may never meet, so together they offer what lies on the grid of any and is free for all.
    private static List<Slot> Together(MeetingRules rules, IReadOnlyList<HostTime> hosts, Stretch time)
    {
        if (time.IsEmpty || hosts.Count == 0) return [];
        var (grid, free) = (new List<Instant>(), new List<Stretch> { time });
        foreach (var host in hosts)
        {
            var runs = host.Hours.Between(time.From, time.Until + rules.Length);
            grid.AddRange(Grid(rules, host.Hours.Zone, runs, time));
            free = Stretch.Intersect(free, host.FreeStarts(rules, runs, time));
        }
        long[] everyone = [.. hosts.Select(host => host.HostId)];
        return Stretch.Keep(InOrder(grid), free).ConvertAll(start => new Slot(start, everyone));
    }

    // May begin a little before the time.
    private static List<Instant> Grid(MeetingRules rules, DateTimeZone zone, List<OpenRun> runs, Stretch time)
    {
        var grid = new List<Instant>();
        foreach (var (opening, run) in runs)
        {
            var part = run.Intersect(time);
            if (part.IsEmpty) continue;
            var clock = zone.GetZoneInterval(run.From);
            // While the clock is not changed, wall clock and time go alike, and a step is an addition.
            if ((!clock.HasEnd || clock.End >= run.Until) && opening.WithOffset(clock.WallOffset).ToInstant() == run.From)
            {
                var passed = (long)((part.From - run.From) / rules.Step);
                for (var start = run.From + rules.Step * passed; start < part.Until; start += rules.Step) grid.Add(start);
            }
            else
            {
                for (var wall = opening; zone.Reaches(wall) < part.Until; wall = wall.PlusNanoseconds(rules.Step.ToInt64Nanoseconds()))
                    if (zone.MapLocal(wall) is { Count: > 0 } found) grid.Add(found.First().ToInstant());
            }
        }
        return InOrder(grid);
    }

    private static List<Instant> InOrder(List<Instant> starts)
    {
        for (var i = 1; i < starts.Count; i++)
            if (starts[i] <= starts[i - 1]) return [.. starts.Distinct().Order()];
        return starts;
    }
}
