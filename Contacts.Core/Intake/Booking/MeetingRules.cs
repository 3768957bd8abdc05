using NodaTime;

namespace Contacts.Core.Intake.Booking;

/// <summary>What a calendar says of its meetings, whoever hosts them.</summary>
/// <param name="Length">How long a meeting takes, whatever the clocks do meanwhile.</param>
/// <param name="Zone">The zone in whose days, weeks and months the window and the limits are counted.</param>
/// <param name="WindowDays">How many days ahead can be booked, today being none.</param>
public sealed record MeetingRules(Duration Length, DateTimeZone Zone, int WindowDays)
{
    /// <summary>From one start to the next; the length of a meeting unless it is set.</summary>
    public Duration Step { get => field > Duration.Zero ? field : Length; init; }

    /// <summary>How long before its start a meeting can still be booked.</summary>
    public Duration Lead { get; init; }

    /// <summary>What stays free of other meetings before this one.</summary>
    public Duration BufferBefore { get; init; }

    /// <summary>What stays free of other meetings after this one.</summary>
    public Duration BufferAfter { get; init; }

    /// <summary>How many meetings a host has in one day at most; null for any number.</summary>
    public int? PerDay { get; init; }

    /// <summary>How many meetings a host has in one week at most; null for any number.</summary>
    public int? PerWeek { get; init; }

    /// <summary>How many meetings a host has in one month at most; null for any number.</summary>
    public int? PerMonth { get; init; }

    /// <summary>The day that weeks begin with.</summary>
    public IsoDayOfWeek WeekStart { get; init; } = IsoDayOfWeek.Monday;

    /// <summary>In which meetings may start when asked now, by lead time and window, and on the days alone if there are any.</summary>
    internal Stretch Bookable(Instant now, DateInterval? days)
    {
        var today = now.InZone(Zone).Date;
        var window = new Stretch(now + Lead, Zone.Reaches(today.PlusDays(WindowDays + 1)));
        return days is null ? window : window.Intersect(new Stretch(Zone.Reaches(days.Start), Zone.Reaches(days.End.PlusDays(1))));
    }

    /// <summary>The days, weeks and months near the time that have as many of the meetings as they may.</summary>
    internal IEnumerable<Stretch> Full(IReadOnlyList<Instant> booked, Stretch time)
    {
        if (PerDay is null && PerWeek is null && PerMonth is null) return [];
        if (PerDay <= 0 || PerWeek <= 0 || PerMonth <= 0) return [time];
        var month = Duration.FromDays(32);
        var dates = booked.Where(start => start > time.From - month && start < time.Until + month).Select(start => start.InZone(Zone).Date).ToList();
        return Full(dates, PerDay, date => date, first => first.PlusDays(1))
            .Concat(Full(dates, PerWeek, date => date.PlusDays(1).Previous(WeekStart), first => first.PlusDays(7)))
            .Concat(Full(dates, PerMonth, date => date.With(DateAdjusters.StartOfMonth), first => first.PlusMonths(1)));
    }

    private IEnumerable<Stretch> Full(List<LocalDate> dates, int? most, Func<LocalDate, LocalDate> first, Func<LocalDate, LocalDate> next) => most is null
        ? []
        : dates.CountBy(first).Where(period => period.Value >= most).Select(period => new Stretch(Zone.Reaches(period.Key), Zone.Reaches(next(period.Key))));
}
