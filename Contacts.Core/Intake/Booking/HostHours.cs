namespace Contacts.Core.Intake.Booking;

/// <summary>What a host fills in: when they work, in every calendar that goes by its hosts' hours.</summary>
public sealed record HostHours
{
    /// <summary>IANA zone of the hours.</summary>
    public string TimeZone { get; init; } = "UTC";
    public IReadOnlyList<OpenHours> Hours { get; init; } = OpenHours.OfficeHours;
    public IReadOnlyList<DateOverride> Overrides { get; init; } = [];
    public string? HolidayCountry { get; init; }
}

/// <summary>A host's hours as they stand.</summary>
/// <param name="Schedule">Office hours in the host's own zone until something was saved.</param>
/// <param name="IsSaved">Its feed address is one that works.</param>
public sealed record HostOwnHours(long HostId, string Host, HostSchedule Schedule, bool IsSaved);

/// <summary>A host lives in another zone than the one some of their hours are kept in.</summary>
/// <param name="CalendarId">The calendar whose own hours these are; null for the host's hours in all that go by them.</param>
public sealed record ZoneMoved(string Hours, string Now, long? CalendarId = null, string? Calendar = null);
