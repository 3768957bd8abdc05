using NodaTime;
using NodaTime.TimeZones;

namespace Contacts.Core.Intake.Booking;

/// <summary>When a calendar is open, whoever asks: everything that decides it, and nothing of what is booked.</summary>
/// <param name="Zone">The zone the hours are meant in.</param>
/// <param name="Lead">How long before its start a meeting can still be booked.</param>
/// <param name="WindowDays">How many days ahead, today included as the first beyond zero.</param>
public sealed record Opening(IReadOnlyCollection<OpenHours> Hours, DateTimeZone Zone, Duration Length, Duration Lead, int WindowDays);

/// <summary>Which meetings can start when. Pure: the same input gives the same times.</summary>
public static class Availability
{
    /// <summary>
    /// The starts on offer, first to last. A local time that does not exist (clocks go forward) is never offered; one that exists
    /// twice (clocks go back) is offered once, the first time round.
    /// </summary>
    public static List<Instant> Starts(Opening opening, Instant now, IEnumerable<Interval> busy)
    {
        var earliest = now + opening.Lead;
        var today = now.InZone(opening.Zone).Date;
        var starts = Enumerable.Range(0, opening.WindowDays + 1)
            .SelectMany(day => StartsOn(today.PlusDays(day), opening))
            .Where(start => start >= earliest)
            .Distinct().Order().ToList();
        return WithoutBusy(starts, opening.Length, [.. busy.OrderBy(b => b.Start)]);
    }

    private static IEnumerable<Instant> StartsOn(LocalDate date, Opening opening)
    {
        var step = (int)opening.Length.TotalMinutes;
        var weekday = (DayOfWeek)((int)date.DayOfWeek % 7); // NodaTime's Sunday is 7
        foreach (var hours in opening.Hours.Where(h => h.Day == weekday))
        {
            var closing = At(date, hours.To).InZoneLeniently(opening.Zone).ToInstant();
            for (var minute = hours.From; minute + step <= hours.To; minute += step)
            {
                var local = opening.Zone.MapLocal(At(date, minute));
                if (local.Count == 0) continue;
                var start = local.First().ToInstant();
                // Where an hour is skipped, a meeting that begins before it may end after closing.
                if (start + opening.Length <= closing) yield return start;
            }
        }
    }

    private static LocalDateTime At(LocalDate date, int minute) => date.AtMidnight().PlusMinutes(minute);

    private static List<Instant> WithoutBusy(List<Instant> starts, Duration length, List<Interval> busy)
    {
        var free = new List<Instant>(starts.Count);
        var first = 0; // those before it ended before the starts still to come
        foreach (var start in starts)
        {
            while (first < busy.Count && busy[first].End <= start) first++;
            var taken = false;
            for (var i = first; i < busy.Count && busy[i].Start < start + length && !taken; i++) taken = busy[i].End > start;
            if (!taken) free.Add(start);
        }
        return free;
    }
}
