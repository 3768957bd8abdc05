namespace Contacts.Core.Intake.Booking;

/// <summary>What an admin fills in for a booking calendar. A blank address is made from the name.</summary>
public sealed record CalendarEdit
{
    public string Name { get; init; } = "";

    /// <summary>The last part of the page's address: <c>intro-call</c>.</summary>
    public string Slug { get; init; } = "";
    public string? Description { get; init; }
    public long HostId { get; init; }
    public int DurationMinutes { get; init; } = 30;
    public string? Location { get; init; }

    /// <summary>IANA zone of the weekly hours.</summary>
    public string TimeZone { get; init; } = "UTC";
    public int LeadMinutes { get; init; } = BookingCalendar.DefaultLeadMinutes;
    public int WindowDays { get; init; } = BookingCalendar.DefaultWindowDays;

    /// <summary>The status a booking moves its contact to; null leaves it.</summary>
    public long? StatusId { get; init; }

    /// <summary>A contact that stands further on already stays there.</summary>
    public bool StatusForwardOnly { get; init; }
    public IReadOnlyList<OpenHours> Hours { get; init; } = OpenHours.OfficeHours;
    public IReadOnlyList<BookingQuestion> Questions { get; init; } = [];
}
