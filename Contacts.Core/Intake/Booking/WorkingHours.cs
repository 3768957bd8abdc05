using NodaTime;

namespace Contacts.Core.Intake.Booking;

/// <summary>A run of time on one date, in minutes of the local day.</summary>
/// <param name="From">0 is midnight at the day's start.</param>
/// <param name="To">1440 is midnight at the day's end.</param>
public readonly record struct OpenSpan(int From, int To);

/// <summary>When a calendar or a host is open: the same hours each week, and the dates that differ.</summary>
/// <param name="Zone">The zone the hours are meant in.</param>
public sealed record WorkingHours(DateTimeZone Zone, IReadOnlyCollection<OpenHours> Weekly)
{
    /// <summary>Dates with hours of their own, an empty list being a day off. They beat the weekly hours and holidays.</summary>
    public IReadOnlyDictionary<LocalDate, IReadOnlyList<OpenSpan>> Overrides { get; init; } = new Dictionary<LocalDate, IReadOnlyList<OpenSpan>>();

    /// <summary>Dates that are closed unless they have hours of their own.</summary>
    public IReadOnlySet<LocalDate> Holidays { get; init; } = new HashSet<LocalDate>();

    /// <summary>The hours of a date.</summary>
    public IEnumerable<OpenSpan> On(LocalDate date)
    {
        if (Overrides.TryGetValue(date, out var spans)) return spans;
        if (Holidays.Contains(date)) return [];
        var weekday = (DayOfWeek)((int)date.DayOfWeek % 7); // NodaTime's Sunday is 7
        return Weekly.Where(h => h.Day == weekday).Select(h => new OpenSpan(h.From, h.To));
    }

    /// <summary>The spans of all dates that have any of the time in them.</summary>
    internal List<OpenRun> Between(Instant from, Instant until)
    {
        var runs = new List<OpenRun>();
        var last = until.InZone(Zone).Date;
        for (var date = from.InZone(Zone).Date; date <= last; date = date.PlusDays(1))
            foreach (var span in On(date))
            {
                var opening = date.AtMidnight().PlusMinutes(span.From);
                var stretch = new Stretch(Zone.Reaches(opening), Zone.Reaches(date.AtMidnight().PlusMinutes(span.To)));
                if (!stretch.IsEmpty) runs.Add(new OpenRun(opening, stretch));
            }
        return runs;
    }
}

/// <summary>A span of one date as it lies in time.</summary>
/// <param name="Opening">What the wall clock should show when it opens, whether it does or not.</param>
internal readonly record struct OpenRun(LocalDateTime Opening, Stretch Time);

internal static class WallClock
{
    /// <summary>
    /// The first moment at which the zone's clock shows the time or, where clocks go forward past it, a later one. Opening and closing both
    /// go by it, so that spans that touch on paper touch in time, and the hour that comes twice does not open or close anything again.
    /// </summary>
    public static Instant Reaches(this DateTimeZone zone, LocalDateTime time)
    {
        var found = zone.MapLocal(time);
        return found.Count > 0 ? found.First().ToInstant() : found.LateInterval.Start;
    }

    /// <inheritdoc cref="Reaches(DateTimeZone, LocalDateTime)"/>
    public static Instant Reaches(this DateTimeZone zone, LocalDate date) => zone.Reaches(date.AtMidnight());
}
