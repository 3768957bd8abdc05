using NodaTime;

namespace Contacts.Core.Intake.Booking;

/// <summary>A time that a host is taken, by a meeting with the buffers it was booked with, or by anything else without.</summary>
public readonly record struct BusyTime(Instant Start, Instant End, Duration BufferBefore = default, Duration BufferAfter = default)
{
    // Between two meetings lies the larger of the buffers that face each other: a buffer keeps other meetings out, not other buffers.
    // What just touches is free, so the first start that is taken is the moment after.
    internal Stretch TakenStarts(MeetingRules rules) => new(
        Start - rules.Length - Duration.Max(rules.BufferAfter, BufferBefore) + Duration.Epsilon,
        End + Duration.Max(rules.BufferBefore, BufferAfter));
}

/// <summary>A host as availability sees one.</summary>
/// <param name="Busy">In any order; those that are over or far ahead do no harm.</param>
/// <param name="Booked">The starts of this host's meetings that count against the calendar's limits: of the whole of each day, week and month that is asked
/// about, what is over included.</param>
public sealed record HostTime(long HostId, WorkingHours Hours, IReadOnlyList<BusyTime> Busy, IReadOnlyList<Instant> Booked)
{
    /// <summary>Whether something else keeps the host away from a meeting that starts then, or comes closer to it than its buffers allow.</summary>
    internal bool IsBusyAt(MeetingRules rules, Instant start) => Busy.Any(busy => busy.TakenStarts(rules) is var taken && taken.From <= start && start < taken.Until);

    /// <summary>When a meeting could start within the time, were it not for the grid.</summary>
    internal List<Stretch> FreeStarts(MeetingRules rules, List<OpenRun> runs, Stretch time)
    {
        var open = Stretch.Merge(runs.ConvertAll(run => run.Time)).ConvertAll(run => time.Intersect(run with { Until = run.Until - rules.Length + Duration.Epsilon }));
        open.RemoveAll(run => run.IsEmpty);
        var taken = new List<Stretch>();
        foreach (var busy in Busy)
        {
            var starts = busy.TakenStarts(rules).Intersect(time);
            if (!starts.IsEmpty) taken.Add(starts);
        }
        taken.AddRange(rules.Full(Booked, time));
        return Stretch.Subtract(open, Stretch.Merge(taken));
    }
}
