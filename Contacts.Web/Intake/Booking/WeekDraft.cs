using System.Globalization;
using Contacts.Core;
using Contacts.Core.Intake.Booking;

namespace Contacts.Web.Intake.Booking;

/// <summary>When somebody or something is open, as typed: the hours of each week, the dates that differ, the holidays.</summary>
public abstract class WeekDraft(string timeZone, IEnumerable<OpenHours> hours)
{
    public string TimeZone { get; set; } = timeZone;
    public List<HoursDraft> Hours { get; } = [.. hours.Select(h => new HoursDraft(h))];
    public List<DateDraft> Dates { get; } = [];

    /// <summary>The two letters of a country; blank for none.</summary>
    public string HolidayCountry { get; set; } = "";

    /// <summary>What was refused at the last save.</summary>
    public RuleException? Problem { get; set; }

    public string? ErrorAt(string param) => Problem?.Param == param ? Problem.Message : null;

    /// <summary>A day's next run of hours: office hours, or an hour on from its last.</summary>
    public void AddHours(DayOfWeek day) => Hours.Add(Hours.FindLast(h => h.Day == day) is { } last ? HoursDraft.After(day, last) : new HoursDraft(day));

    /// <summary>Gives other days the hours of this one, in place of their own.</summary>
    public void CopyHours(DayOfWeek day, IReadOnlyCollection<DayOfWeek> to)
    {
        var copied = Hours.Where(h => h.Day == day).ToList();
        foreach (var other in to.Where(other => other != day))
        {
            Hours.RemoveAll(h => h.Day == other);
            Hours.AddRange(copied.Select(h => new HoursDraft(other) { From = h.From, To = h.To }));
        }
    }

    protected void Show(IEnumerable<OpenHours> hours, IEnumerable<DateOverride> dates, string? holidayCountry)
    {
        Hours.Clear();
        Hours.AddRange(hours.Select(h => new HoursDraft(h)));
        Dates.AddRange(dates.Select(d => new DateDraft(d)));
        HolidayCountry = holidayCountry ?? "";
    }

    /// <exception cref="RuleException">At <c>hours.Monday</c>: a time does not read as one.</exception>
    protected List<OpenHours> ToHours() => [.. Hours.Select(h => h.ToHours())];

    /// <exception cref="RuleException">At <c>overrides.0</c>: a date or a time does not read as one.</exception>
    protected List<DateOverride> ToOverrides() => [.. Dates.Select((date, index) => date.ToOverride($"overrides.{index}"))];
}

/// <summary>One run of hours, as typed: 09:00 to 17:00.</summary>
public sealed class HoursDraft(DayOfWeek day)
{
    public HoursDraft(OpenHours hours) : this(hours.Day) => (From, To) = (OpenHours.Clock(hours.From), OpenHours.Clock(hours.To % OpenHours.MinutesPerDay));

    public DayOfWeek Day { get; } = day;
    public string From { get; set; } = "09:00";
    public string To { get; set; } = "17:00";

    internal static HoursDraft After(DayOfWeek day, HoursDraft last) => TimeOnly.TryParse(last.To, CultureInfo.InvariantCulture, out var end) && end.Hour is > 0 and < 22
        ? new HoursDraft(day) { From = OpenHours.Clock((end.Hour + 1) * 60), To = OpenHours.Clock((end.Hour + 2) * 60) }
        : new HoursDraft(day);

    public OpenHours ToHours()
    {
        var (from, to) = Span($"hours.{Day}");
        return new OpenHours(Day, from, to);
    }

    // An end at midnight is the end of the day; no browser lets one type 24:00.
    internal OpenSpan Span(string param) => new(Minutes(From, param), Minutes(To, param) is var to && to == 0 ? OpenHours.MinutesPerDay : to);

    private static int Minutes(string text, string param) => TimeOnly.TryParse(text, CultureInfo.InvariantCulture, out var time)
        ? time.Hour * 60 + time.Minute
        : throw new RuleException("Enter times like 09:00.", param);
}

/// <summary>A date with hours of its own, as typed; none of them is a day off.</summary>
public sealed class DateDraft
{
    public DateDraft(string date) => Date = date;

    public DateDraft(DateOverride date)
    {
        Date = date.Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        Hours.AddRange(date.Spans.Select(s => new HoursDraft(new OpenHours(date.Date.DayOfWeek, s.From, s.To))));
    }

    public string Date { get; set; }
    public List<HoursDraft> Hours { get; } = [];

    public void AddHours() => Hours.Add(Hours.Count > 0 ? HoursDraft.After(default, Hours[^1]) : new HoursDraft(default(DayOfWeek)));

    internal DateOverride ToOverride(string param) => DateOnly.TryParseExact(Date, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
        ? new DateOverride(date, [.. Hours.Select(h => h.Span(param))])
        : throw new RuleException("Choose a date.", param);
}
