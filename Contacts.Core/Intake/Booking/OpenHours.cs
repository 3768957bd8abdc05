using System.Globalization;

namespace Contacts.Core.Intake.Booking;

/// <summary>A run of time on one weekday in which meetings may lie, in minutes of the calendar's own local day.</summary>
/// <param name="From">0 is midnight at the day's start.</param>
/// <param name="To">1440 is midnight at the day's end.</param>
public sealed record OpenHours(DayOfWeek Day, int From, int To)
{
    public const int MinutesPerDay = 24 * 60;

    /// <summary>Monday to Friday, 9 to 17.</summary>
    public static List<OpenHours> OfficeHours =>
        [.. Enumerable.Range((int)DayOfWeek.Monday, 5).Select(day => new OpenHours((DayOfWeek)day, 9 * 60, 17 * 60))];

    /// <summary>Monday first.</summary>
    public static readonly IReadOnlyList<DayOfWeek> Week =
        [DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday, DayOfWeek.Saturday, DayOfWeek.Sunday];

    /// <summary>In the order of the week.</summary>
    /// <exception cref="RuleException">At <c>hours.{day}</c>.</exception>
    internal static List<OpenHours> Check(IReadOnlyList<OpenHours> hours)
    {
        var sorted = hours.OrderBy(h => Week.ToList().IndexOf(h.Day)).ThenBy(h => h.From).ToList();
        for (var i = 0; i < sorted.Count; i++)
        {
            var (day, from, to) = sorted[i];
            if (from < 0 || to > MinutesPerDay || from >= to) throw new RuleException("The end must be after the start.", $"hours.{day}");
            if (i > 0 && sorted[i - 1].Day == day && sorted[i - 1].To > from) throw new RuleException("These hours overlap.", $"hours.{day}");
        }
        return sorted;
    }

    /// <summary>As one types it: 09:30.</summary>
    public static string Clock(int minutes) => string.Create(CultureInfo.InvariantCulture, $"{minutes / 60:00}:{minutes % 60:00}");
}
