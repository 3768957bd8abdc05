using System.Globalization;
using NodaTime;

namespace Contacts.Core.People.Lists;

/// <summary>From one time up to, but not at, another. Null: without end.</summary>
internal sealed record DayRange(Instant? From, Instant? To)
{
    /// <summary>The days or the time a condition is about, on the clock of a zone.</summary>
    /// <param name="wholeDays">What is compared is days: then "now" is today.</param>
    public static DayRange Of(FilterCondition condition, DateTime now, string timeZone, bool wholeDays)
    {
        var zone = wholeDays ? DateTimeZone.Utc : DateTimeZoneProviders.Tzdb.GetZoneOrNull(timeZone) ?? DateTimeZone.Utc;
        // Days themselves have no zone, but what is today has.
        var here = Instant.FromDateTimeUtc(now).InZone(DateTimeZoneProviders.Tzdb.GetZoneOrNull(timeZone) ?? DateTimeZone.Utc).Date;
        var (start, end) = wholeDays ? (StartOf(here), StartOf(here.PlusDays(1))) : (Instant.FromDateTimeUtc(now), Instant.FromDateTimeUtc(now).Plus(Duration.FromMilliseconds(1)));
        return condition.Operator switch
        {
            FilterOperator.On => new DayRange(StartOf(Day(0)), StartOf(Day(0).PlusDays(1))),
            FilterOperator.Before => new DayRange(null, StartOf(Day(0))),
            FilterOperator.After => new DayRange(StartOf(Day(0).PlusDays(1)), null),
            FilterOperator.Between => new DayRange(StartOf(LocalDate.Min(Day(0), Day(1))), StartOf(LocalDate.Max(Day(0), Day(1)).PlusDays(1))),
            FilterOperator.NextDays => new DayRange(start, end.Plus(Days())),
            FilterOperator.DaysAgo => new DayRange(null, start.Minus(Days())),
            _ => new DayRange(start.Minus(Days()), end),
        };

        LocalDate Day(int value) => LocalDate.FromDateOnly(DateOnly.ParseExact(condition.Values[value], "yyyy-MM-dd", CultureInfo.InvariantCulture));
        Instant StartOf(LocalDate day) => zone.AtStartOfDay(day).ToInstant();
        Duration Days() => Duration.FromDays(int.Parse(condition.Values[0], CultureInfo.InvariantCulture));
    }

    /// <summary>For columns.</summary>
    public (long? From, long? To) Milliseconds => (From?.ToUnixTimeMilliseconds(), To?.ToUnixTimeMilliseconds());

    /// <summary>For days, as the index counts them.</summary>
    public (long? From, long? To) DayNumbers => (DayNumber(From), DayNumber(To));

    private static long? DayNumber(Instant? day) => day is null ? null : DateOnly.FromDateTime(day.Value.ToDateTimeUtc()).DayNumber;
}
