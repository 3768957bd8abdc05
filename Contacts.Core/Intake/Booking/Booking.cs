using Contacts.Core.Activity;

namespace Contacts.Core.Intake.Booking;

/// <summary>Where a booking stands.</summary>
public enum BookingStatus
{
    Scheduled,
}

/// <summary>One meeting a guest booked: a time of the host's that nobody else gets.</summary>
public sealed class Booking : IAccountOwned
{
    private Booking() { }

    internal Booking(BookingCalendar calendar, string tokenHash, DateTime startsAt, DateTime now)
    {
        (AccountId, CalendarId, HostId, Subject, Location) = (calendar.AccountId, calendar.Id, calendar.HostId, calendar.Name, calendar.Location);
        (TokenHash, StartsAt, EndsAt, CreatedAt) = (tokenHash, startsAt, startsAt.AddMinutes(calendar.DurationMinutes), now);
    }

    public long Id { get; private set; }
    public long AccountId { get; private set; }
    public long CalendarId { get; private set; }
    public long HostId { get; private set; }
    /// <summary>Null once the guest was erased and only the taken time is left.</summary>
    public long? ContactId { get; internal set; }
    public long EntryId { get; internal set; }
    public DateTime StartsAt { get; private set; }
    public DateTime EndsAt { get; private set; }
    public string GuestName { get; internal set; } = "";
    public string GuestEmail { get; internal set; } = "";

    /// <summary>IANA zone in which the guest looked at the times.</summary>
    public string GuestTimeZone { get; internal set; } = "UTC";
    public List<Answer> Answers { get; internal set; } = [];

    /// <summary>The <c>utm_*</c> parameters the page was opened with.</summary>
    public Dictionary<string, string> Utm { get; internal set; } = [];

    /// <summary>The calendar's name and place when it was booked: a later change of the calendar does not rewrite invitations.</summary>
    public string Subject { get; private set; } = "";
    public string? Location { get; private set; }

    /// <summary>The hash of what opens the guest's own page.</summary>
    public string TokenHash { get; private set; } = "";
    public BookingStatus Status { get; private set; }
    public DateTime CreatedAt { get; private set; }

    /// <summary>Leaves the taken time and nothing of the guest.</summary>
    internal void Anonymise(string name) => (ContactId, EntryId, GuestName, GuestEmail, GuestTimeZone, Answers, Utm) = (null, 0, name, "", "UTC", [], []);

    /// <summary>What calendars know the meeting by; the same in every invitation of it.</summary>
    public string Uid => $"{TokenHash[..32]}@contacts";
}
