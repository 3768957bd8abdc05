namespace Contacts.Core.Intake.Booking;

/// <summary>What an admin fills in for a booking calendar. A blank address is made from the name.</summary>
public sealed record CalendarEdit
{
    public string Name { get; init; } = "";

    /// <summary>The last part of the page's address: <c>intro-call</c>.</summary>
    public string Slug { get; init; } = "";
    public string? Description { get; init; }
    public HostingMode Hosting { get; init; }
    public long HostId { get; init; }

    /// <summary>The further hosts of a pool, in order.</summary>
    public IReadOnlyList<long> OtherHostIds { get; init; } = [];
    public IReadOnlyList<int> Durations { get; init; } = [30];
    public IReadOnlyList<MeetingPlace> Places { get; init; } = [];

    /// <summary>IANA zone of the weekly hours.</summary>
    public string TimeZone { get; init; } = "UTC";
    public int LeadMinutes { get; init; } = BookingCalendar.DefaultLeadMinutes;
    public int WindowDays { get; init; } = BookingCalendar.DefaultWindowDays;

    public bool UsesHostHours { get; init; }
    public IReadOnlyList<DateOverride> Overrides { get; init; } = [];
    public string? HolidayCountry { get; init; }
    public int? StepMinutes { get; init; }
    public int BufferBeforeMinutes { get; init; }
    public int BufferAfterMinutes { get; init; }
    public int? MaxPerDay { get; init; }
    public int? MaxPerWeek { get; init; }
    public int? MaxPerMonth { get; init; }
    public int MaxExtraGuests { get; init; }
    public bool RequiresApproval { get; init; }
    public bool LinkOnly { get; init; }
    public string? RedirectUrl { get; init; }
    public string? Color { get; init; }
    public long? LogoFileId { get; init; }
    public IReadOnlyList<int> Reminders { get; init; } = [];
    public IReadOnlyDictionary<string, MailWording> Wordings { get; init; } = new Dictionary<string, MailWording>();

    /// <summary>The status a booking moves its contact to; null leaves it.</summary>
    public long? StatusId { get; init; }

    /// <summary>A contact that stands further on already stays there.</summary>
    public bool StatusForwardOnly { get; init; }
    public IReadOnlyList<OpenHours> Hours { get; init; } = OpenHours.OfficeHours;
    public IReadOnlyList<BookingQuestion> Questions { get; init; } = [];
}
