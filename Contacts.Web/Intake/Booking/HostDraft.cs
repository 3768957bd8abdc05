using Contacts.Core;
using Contacts.Core.Intake.Booking;

namespace Contacts.Web.Intake.Booking;

/// <summary>A host's hours while somebody works on them, as typed.</summary>
public sealed class HostDraft(HostSchedule schedule)
{
    public string TimeZone { get; set; } = schedule.TimeZone;
    public List<HoursDraft> Hours { get; } = [.. schedule.Hours.Select(h => new HoursDraft(h))];
    public List<DateDraft> Dates { get; } = [.. schedule.Overrides.Select(o => new DateDraft(o))];

    /// <summary>The two letters of a country; blank for none.</summary>
    public string HolidayCountry { get; set; } = schedule.HolidayCountry ?? "";

    /// <summary>What was refused at the last save.</summary>
    public RuleException? Problem { get; set; }

    public string? ErrorAt(string param) => Problem?.Param == param ? Problem.Message : null;

    /// <exception cref="RuleException">A date or a time does not read as one.</exception>
    public HostHours ToEdit() => new()
    {
        TimeZone = TimeZone, Hours = [.. Hours.Select(h => h.ToHours())], Overrides = [.. Dates.Select((date, at) => date.ToOverride($"overrides.{at}"))], HolidayCountry = HolidayCountry,
    };
}
