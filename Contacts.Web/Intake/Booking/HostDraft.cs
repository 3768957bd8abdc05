using Contacts.Core.Intake.Booking;

namespace Contacts.Web.Intake.Booking;

/// <summary>A host's hours while somebody works on them, as typed.</summary>
public sealed class HostDraft : WeekDraft
{
    public HostDraft(HostSchedule schedule) : base(schedule.TimeZone, []) => Show(schedule.Hours, schedule.Overrides, schedule.HolidayCountry);

    /// <exception cref="Contacts.Core.RuleException">A date or a time does not read as one.</exception>
    public HostHours ToEdit() => new() { TimeZone = TimeZone, Hours = ToHours(), Overrides = ToOverrides(), HolidayCountry = HolidayCountry };
}
