using System.Globalization;
using Contacts.Core.Fields;
using NodaTime;

namespace Contacts.Web.Shared;

/// <summary>Moments as one person reads them: in their time zone, near ones by distance, far ones by date. Stored times are UTC.</summary>
public sealed class LocalTime(string zone, TimeProvider clock)
{
    private static readonly CultureInfo English = CultureInfo.InvariantCulture;
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private readonly DateTimeZone _zone = Zone(zone) ?? DateTimeZone.Utc;

    /// <summary>Draws a page anew each minute, so that "2 min ago" stays true; it asks the database nothing.</summary>
    public static ITimer EveryMinute(TimeProvider clock, Func<Task> draw) => clock.CreateTimer(_ => _ = draw(), null, Minute, Minute);

    /// <summary>For values that are told by who reads them.</summary>
    public Reader Reader => new(CultureInfo.CurrentCulture, _zone.Id);

    /// <summary>Today in the reader's zone.</summary>
    public DateOnly Today => DayOf(Now);

    public DateTime UtcNow => clock.GetUtcNow().UtcDateTime;

    private DateTime Now => UtcNow;

    /// <summary>"2 min ago", "Yesterday", "Fri", "20 Nov", "20 Nov 2025"; ahead: "in 5 min", "Tomorrow".</summary>
    public string Relative(DateTime at)
    {
        var distance = Now - at;
        var days = Today.DayNumber - DayOf(at).DayNumber;
        return distance.Duration() switch
        {
            { TotalSeconds: < 45 } => "just now",
            { TotalMinutes: < 60 } near => Ago((int)Math.Max(1, Math.Round(near.TotalMinutes, MidpointRounding.ToZero)), "min", distance),
            { TotalHours: < 12 } or { TotalHours: < 24 } when days == 0 => Ago((int)distance.Duration().TotalHours, "h", distance),
            _ => days switch
            {
                1 => "Yesterday",
                -1 => "Tomorrow",
                > 0 and < 7 => Text(at, "ddd"),
                _ => Text(at, DayOf(at).Year == Today.Year ? "d MMM" : "d MMM yyyy"),
            },
        };
    }

    /// <summary>How long it has been: "3 days".</summary>
    public string For(DateTime since) => Length(Now - since);

    /// <summary>"less than a minute", "5 minutes", "3 hours", "12 days", "4 months", "2 years".</summary>
    public static string Length(TimeSpan time) => time switch
    {
        { TotalMinutes: < 1 } => "less than a minute",
        { TotalHours: < 1 } => Many((int)time.TotalMinutes, "minute"),
        { TotalDays: < 1 } => Many((int)time.TotalHours, "hour"),
        { TotalDays: < 61 } => Many((int)time.TotalDays, "day"),
        { TotalDays: < 731 } => Many((int)(time.TotalDays / 30.44), "month"),
        _ => Many((int)(time.TotalDays / 365.25), "year"),
    };

    /// <summary>For tooltips: "Thursday 26 November 2026, 10:00".</summary>
    public string Exact(DateTime at) => Text(at, "dddd d MMMM yyyy, HH:mm");

    /// <summary>"14:41".</summary>
    public string Clock(DateTime at) => Text(at, "HH:mm");

    /// <summary>"Thu 26 Nov 10:00", with the year when it is not this one.</summary>
    public string DayAndClock(DateTime at) => Text(at, DayOf(at).Year == Today.Year ? "ddd d MMM HH:mm" : "ddd d MMM yyyy HH:mm");

    /// <summary>A meeting's time, as <see cref="DayAndClock"/>.</summary>
    public string Meeting(DateTime at) => DayAndClock(at);

    /// <summary>The day a moment falls on for the reader.</summary>
    public DateOnly DayOf(DateTime at) => DateOnly.FromDateTime(Here(at));

    /// <summary>The moment a day of the reader's ends.</summary>
    public DateTime EndOf(DateOnly day) => _zone.AtStartOfDay(LocalDate.FromDateOnly(day).PlusDays(1)).ToDateTimeUtc();

    /// <summary>A day heading: "Today", "Yesterday", "Friday 20 November", with the year when it is not this one.</summary>
    public string Day(DateOnly day) => (Today.DayNumber - day.DayNumber) switch
    {
        0 => "Today",
        1 => "Yesterday",
        -1 => "Tomorrow",
        _ => day.ToString(day.Year == Today.Year ? "dddd d MMMM" : "dddd d MMMM yyyy", English),
    };

    /// <summary>For <c>&lt;time datetime&gt;</c>.</summary>
    public static string Iso(DateTime at) => at.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", English);

    /// <summary>The clock where somebody is: "16:42 in Berlin"; null when the zone is unknown.</summary>
    public string? ClockIn(string? otherZone)
    {
        if (Zone(otherZone) is not { } there) return null;
        var now = Instant.FromDateTimeUtc(Now).InZone(there).ToDateTimeUnspecified();
        return $"{now.ToString("HH:mm", English)} in {there.Id[(there.Id.LastIndexOf('/') + 1)..].Replace('_', ' ')}";
    }

    private string Text(DateTime at, string format) => Here(at).ToString(format, English);

    private DateTime Here(DateTime at) => Instant.FromDateTimeUtc(at).InZone(_zone).ToDateTimeUnspecified();

    private static string Ago(int count, string unit, TimeSpan distance) => distance > TimeSpan.Zero ? $"{count} {unit} ago" : $"in {count} {unit}";

    private static string Many(int count, string unit) => count == 1 ? $"1 {unit}" : $"{count} {unit}s";

    private static DateTimeZone? Zone(string? id) => id is null ? null : DateTimeZoneProviders.Tzdb.GetZoneOrNull(id);
}
