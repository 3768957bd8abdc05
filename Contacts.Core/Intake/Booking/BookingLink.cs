using Contacts.Core.Accounts;
using Contacts.Core.Fields;

namespace Contacts.Core.Intake.Booking;

/// <summary>Whether a link opens its calendar.</summary>
public enum LinkState
{
    Open,

    /// <summary>It was good for one booking, which was made.</summary>
    Used,
    Expired,
}

/// <summary>An address of its own that opens a calendar: <c>/b/{account}/{calendar}?link={token}</c>. A calendar for links only opens no other way.</summary>
public sealed class BookingLink : IAccountOwned
{
    public const int MaxNoteLength = 100;

    /// <summary>How long a link lasts that was made for one guest and says nothing else.</summary>
    public static readonly TimeSpan OneTimeLast = TimeSpan.FromDays(90);

    /// <summary>How many letters a link fills in at most: an address that shows them still has to fit into a request.</summary>
    public const int MaxPrefillLength = 2000;

    /// <summary>Under which it fills in the words of the place, where there are several. No field and no question is called so: those have no hyphens.</summary>
    public const string PlaceKey = "meeting-place";

    private BookingLink() { }

    internal BookingLink(long accountId, long calendarId, string token, string? note, bool isOneTime, DateTime? expiresAt, DateTime now) =>
        (AccountId, CalendarId, Token, Note, IsOneTime, ExpiresAt, CreatedAt) = (accountId, calendarId, token, note, isOneTime, expiresAt, now);

    /// <summary>For the guest of a booking who was asked to choose another time, and need not say again what was said.</summary>
    /// <param name="questions">What the calendar asks by now.</param>
    internal static BookingLink InsteadOf(Booking booking, BookingCalendar calendar, IReadOnlyList<GuestQuestion> questions, DateTime now) =>
        new(booking.AccountId, booking.CalendarId, TokenInsteadOf(booking), $"Another time than {PublicId.Format(PublicId.Booking, booking.Id)}", isOneTime: true, now + OneTimeLast, now)
        {
            InsteadOfId = booking.Id,
            Prefill = Said(booking, calendar, questions),
            Settings = booking.Settled with { HostId = booking.IsHostSettled ? booking.HostId : null, CoHostIds = ComeAlong(booking, calendar) },
        };

    /// <summary>Made of what nobody but this house has whole, so that the booking leads to its link.</summary>
    internal static string TokenInsteadOf(Booking booking) => Secret.Hash($"instead of {booking.TokenHash}");

    // Who came along comes along again. Those of a calendar that meet together do anyway, and so does nobody in place of one of them.
    private static List<long> ComeAlong(Booking booking, BookingCalendar calendar) =>
        calendar.Hosting != HostingMode.Everyone ? booking.OtherHostIds : calendar.HostIds.All(booking.HostIds.Contains) ? [.. booking.OtherHostIds.Except(calendar.HostIds)] : [];

    // A file is its form's alone, and comes along in no other: it is there with the first booking, and is sent again where it is asked for.
    private static Dictionary<string, string> Said(Booking booking, BookingCalendar calendar, IReadOnlyList<GuestQuestion> questions)
    {
        var said = new Dictionary<string, string>(booking.Utm) { [PageParameters.Name] = booking.GuestName, [PageParameters.Email] = booking.GuestEmail };
        if (booking.ExtraGuests.Count > 0) said[PageParameters.Guests] = string.Join('\n', booking.ExtraGuests);
        foreach (var question in questions.Where(q => !q.Shape.Type.IsUploaded))
            if (booking.Answers.Find(a => question.Mapped is { } field && a.Field is not null ? a.Field == field.Name : a.Question == question.Question.Label) is { } answer) said[question.PrefillName] = answer.Value;
        if (calendar.Places.Find(place => place.WordsFor(said) == booking.Location) is { } chosen) said[PlaceKey] = chosen.Words;
        return said;
    }

    public long Id { get; private set; }
    public long AccountId { get; private set; }
    public long CalendarId { get; private set; }

    /// <summary>Unguessable, and kept readable for whoever hands it on: it opens a form, filled in at most with what its own guest said or is to say.</summary>
    public string Token { get; private set; } = "";

    /// <summary>For whom it is.</summary>
    public string? Note { get; private set; }

    /// <summary>Good for one booking.</summary>
    public bool IsOneTime { get; private set; }
    public DateTime? ExpiresAt { get; private set; }
    public DateTime CreatedAt { get; private set; }
    public DateTime? UsedAt { get; internal set; }

    /// <summary>What it fills in for its guest, by the names that an address does it by; several choices stand on lines of their own. Kept until it is used or expires.</summary>
    public Dictionary<string, string> Prefill { get; internal set; } = [];

    /// <summary>What it settles of the meeting.</summary>
    public LinkSettings Settings { get; internal init; } = new();

    /// <summary>The booking whose guest was asked to choose another time, which is what it is for.</summary>
    public long? InsteadOfId { get; private init; }

    public bool IsOpen(DateTime now) => StateAt(now) == LinkState.Open;

    /// <summary>What whoever follows it finds. One that was used says so, whenever it would have expired.</summary>
    public LinkState StateAt(DateTime now) => IsOneTime && UsedAt is not null ? LinkState.Used : ExpiresAt <= now ? LinkState.Expired : LinkState.Open;
}
