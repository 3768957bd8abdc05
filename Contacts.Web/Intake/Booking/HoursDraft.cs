using System.Globalization;
using Contacts.Core;
using Contacts.Core.Intake.Booking;

namespace Contacts.Web.Intake.Booking;

/// <summary>A run of time within a day, as typed: 09:00 to 17:00.</summary>
public class SpanDraft
{
    public SpanDraft() { }

    public SpanDraft(OpenSpan span) => (From, To) = (OpenHours.Clock(span.From), OpenHours.Clock(span.To % OpenHours.MinutesPerDay));

    public string From { get; set; } = "09:00";
    public string To { get; set; } = "17:00";

    /// <summary>What comes after it in one day, an hour later; the office's hours where there is nothing before.</summary>
    public static OpenSpan After(SpanDraft? last)
    {
        if (last is null || Read(last.To) is not { } end || end == 0) return new OpenSpan(9 * 60, 17 * 60);
        var from = Math.Min(end + 60, 23 * 60);
        return new OpenSpan(from, from + 60);
    }

    // An end at midnight is the end of the day; no browser lets one type 24:00.
    public OpenSpan ToSpan(string param) => Read(From) is { } from && Read(To) is { } to
        ? new OpenSpan(from, to == 0 ? OpenHours.MinutesPerDay : to)
        : throw new RuleException("Enter times like 09:00.", param);

    private static int? Read(string text) => TimeOnly.TryParse(text, CultureInfo.InvariantCulture, out var time) ? time.Hour * 60 + time.Minute : null;
}

/// <summary>Hours of a weekday, as typed.</summary>
public sealed class HoursDraft : SpanDraft
{
    public HoursDraft(DayOfWeek day) => Day = day;

    public HoursDraft(DayOfWeek day, OpenSpan span) : base(span) => Day = day;

    public HoursDraft(OpenHours hours) : this(hours.Day, new OpenSpan(hours.From, hours.To)) { }

    public DayOfWeek Day { get; }

    public OpenHours ToHours()
    {
        var span = ToSpan($"hours.{Day}");
        return new OpenHours(Day, span.From, span.To);
    }
}

/// <summary>A date with hours of its own, as typed; a day off without any.</summary>
public sealed class DateDraft
{
    private const string Iso = "yyyy-MM-dd";

    public DateDraft(DateOnly date) => Date = date.ToString(Iso, CultureInfo.InvariantCulture);

    public DateDraft(DateOverride date) : this(date.Date) => Spans = [.. date.Spans.Select(s => new SpanDraft(s))];

    public string Date { get; set; }
    public List<SpanDraft> Spans { get; } = [];

    public DateOverride ToOverride(string param) => DateOnly.TryParseExact(Date, Iso, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
        ? new DateOverride(date, [.. Spans.Select(s => s.ToSpan(param))])
        : throw new RuleException("Enter a date.", param);
}
