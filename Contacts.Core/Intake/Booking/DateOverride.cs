using NodaTime;

namespace Contacts.Core.Intake.Booking;

/// <summary>One date on which other hours hold than in every week; none at all on a day off.</summary>
public sealed record DateOverride(DateOnly Date, IReadOnlyList<OpenSpan> Spans)
{
    public const int MaxCount = 400, FirstYear = 2000, LastYear = 2100;
    public bool IsDayOff => Spans.Count == 0;

    /// <summary>A date that has a day before and after it in every zone.</summary>
    internal bool IsWithinReach => Date.Year is >= FirstYear and <= LastYear;

    internal static Dictionary<LocalDate, IReadOnlyList<OpenSpan>> ByDate(IEnumerable<DateOverride> overrides) =>
        overrides.ToDictionary(o => LocalDate.FromDateOnly(o.Date), o => o.Spans);

    /// <summary>In the order of dates.</summary>
    /// <exception cref="RuleException">At <c>overrides.{index}</c> of the list as it was given.</exception>
    internal static List<DateOverride> Check(IReadOnlyList<DateOverride> overrides)
    {
        if (overrides.Count > MaxCount) throw new RuleException($"At most {MaxCount} dates can have hours of their own.", "overrides");
        for (var i = 0; i < overrides.Count; i++)
        {
            var spans = overrides[i].Spans.OrderBy(s => s.From).ToList();
            if (!overrides[i].IsWithinReach) throw new RuleException($"Choose a date from {FirstYear} to {LastYear}.", $"overrides.{i}");
            if (overrides.Take(i).Any(o => o.Date == overrides[i].Date)) throw new RuleException("This date is there already.", $"overrides.{i}");
            if (spans.Exists(s => s.From < 0 || s.To > OpenHours.MinutesPerDay || s.From >= s.To)) throw new RuleException("The end must be after the start.", $"overrides.{i}");
            if (spans.Zip(spans.Skip(1)).Any(pair => pair.First.To > pair.Second.From)) throw new RuleException("These hours overlap.", $"overrides.{i}");
        }
        return [.. overrides.OrderBy(o => o.Date).Select(o => o with { Spans = [.. o.Spans.OrderBy(s => s.From)] })];
    }
}
