using System.Security.Cryptography;
using System.Text;
using System.Buffers.Text;
using Contacts.Core.Accounts;

namespace Contacts.Core.Intake.Booking;

/// <summary>What a guest sends to take a time, as it was typed.</summary>
public sealed record BookingRequest
{
    public const int MaxNameLength = 200, MaxUtmCount = 10, MaxUtmLength = 200;

    /// <summary>The chosen start (UTC); null when none was chosen or it made no sense.</summary>
    public DateTime? StartsAt { get; init; }
    public string Name { get; init; } = "";
    public string Email { get; init; } = "";

    /// <summary>IANA zone in which the guest looks at the times.</summary>
    public string TimeZone { get; init; } = "UTC";

    /// <summary>Which of the calendar's places, counted from 0, where there are several.</summary>
    public int Place { get; init; }

    /// <summary>Who else the guest brings, by email.</summary>
    public IReadOnlyList<string> ExtraGuests { get; init; } = [];

    /// <summary>The typed answers by question key; several choices stand on lines of their own.</summary>
    public IReadOnlyDictionary<string, string> Answers { get; init; } = new Dictionary<string, string>();

    /// <summary>The <c>utm_*</c> parameters of the page's address.</summary>
    public IReadOnlyDictionary<string, string> Utm { get; init; } = new Dictionary<string, string>();

    /// <summary>The secret the form was given when it was shown. Sent twice, it is one booking.</summary>
    public string FormKey { get; init; } = "";

    /// <summary>The consenting browser, or null.</summary>
    public string? VisitorKey { get; init; }

    /// <summary>Of whose contacts the host becomes the owner.</summary>
    public OwnerReach OwnerReach { get; init; }

    public static string NewFormKey() => Secret.New();

    /// <summary>What tells the form again without being its secret.</summary>
    internal string FormHash => Secret.Hash(FormKey);

    /// <summary>The place the guest chose, or the only one; null where none was chosen.</summary>
    internal MeetingPlace? ChosenIn(BookingCalendar calendar) => calendar.Places is [var only] ? only : calendar.Places.ElementAtOrDefault(Place);

    /// <summary>Where the meeting takes place, in words.</summary>
    internal string? LocationIn(BookingCalendar calendar) => (ChosenIn(calendar) ?? calendar.Places.FirstOrDefault())?.WordsFor(Answers);

    // What opens the guest's page is made from the form's own secret: a form sent twice leads to the same page,
    // though the database holds nothing that opens it.
    internal string Token(long calendarId)
    {
        var key = FormKey.Length == Secret.New().Length ? FormKey : NewFormKey();
        return Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes($"booking {calendarId} {key}")));
    }
}
