using Contacts.Core.Activity;

namespace Contacts.Core.Intake.Booking;

/// <summary>Where a booking stands.</summary>
public enum BookingStatus
{
    /// <summary>A host has to say yes first; the time is held.</summary>
    AwaitingApproval,
    Scheduled,
    Canceled,
    NoShow,
}

/// <summary>Where a booking stands as people read it: what was done to it, and what time has done.</summary>
public enum BookingState
{
    AwaitingApproval,
    Scheduled,
    Rescheduled,
    Completed,
    Canceled,
    NoShow,
}

/// <summary>One meeting a guest booked: a time of the host's that nobody else gets.</summary>
public sealed class Booking : IAccountOwned
{
    public const int MaxReasonLength = 500, MaxExtraGuests = 10;
    internal const int UidHashLength = 32;
    internal const string UidEnd = "@contacts";

    private string? _movedBecause;

    private Booking() { }

    internal Booking(BookingCalendar calendar, string tokenHash, DateTime startsAt, int minutes, IReadOnlyList<long> hosts, string? location, DateTime now)
    {
        (AccountId, CalendarId, Subject, Location) = (calendar.AccountId, calendar.Id, calendar.Name, location);
        (HostId, OtherHostIds) = (hosts[0], [.. hosts.Skip(1)]);
        Status = calendar.RequiresApproval ? BookingStatus.AwaitingApproval : BookingStatus.Scheduled;
        (TokenHash, StartsAt, EndsAt, CreatedAt, ChangedAt) = (tokenHash, startsAt, startsAt.AddMinutes(minutes), now, now);
    }

    public long Id { get; private set; }
    public long AccountId { get; private set; }
    public long CalendarId { get; private set; }
    public long HostId { get; private set; }

    /// <summary>Who else hosts it, where everyone of the calendar comes.</summary>
    public List<long> OtherHostIds { get; private set; } = [];
    public IReadOnlyList<long> HostIds => [HostId, .. OtherHostIds];

    /// <summary>Null once the guest was erased and only the taken time is left.</summary>
    public long? ContactId { get; internal set; }
    public long EntryId { get; internal set; }
    public DateTime StartsAt { get; private set; }
    public DateTime EndsAt { get; private set; }
    public int Minutes => (int)(EndsAt - StartsAt).TotalMinutes;
    public string GuestName { get; internal set; } = "";
    public string GuestEmail { get; internal set; } = "";

    /// <summary>IANA zone in which the guest looked at the times.</summary>
    public string GuestTimeZone { get; internal set; } = "UTC";
    public List<Answer> Answers { get; internal set; } = [];

    /// <summary>The <c>utm_*</c> parameters the page was opened with.</summary>
    public Dictionary<string, string> Utm { get; internal set; } = [];

    /// <summary>Further guests the guest brings, by email.</summary>
    public List<string> ExtraGuests { get; internal set; } = [];

    /// <summary>The calendar's name and place when it was booked: a later change of the calendar does not rewrite invitations.</summary>
    public string Subject { get; private set; } = "";
    public string? Location { get; private set; }

    /// <summary>What the link said by which it was booked. It holds when the meeting moves, too.</summary>
    public LinkSettings Settled { get; internal init; } = new();

    /// <summary>A link named who hosts it, and nobody has given it to another since.</summary>
    internal bool IsHostSettled => Settled.HostId == HostId;

    /// <summary>The hash of what opens the guest's own page.</summary>
    public string TokenHash { get; private set; } = "";
    public BookingStatus Status { get; private set; }
    public DateTime CreatedAt { get; private set; }
    public DateTime ChangedAt { get; private set; }

    /// <summary>When it was last moved to another time; null when never.</summary>
    public DateTime? RescheduledAt { get; private set; }

    /// <summary>Rises with every change that invitations tell of (RFC 5546 SEQUENCE).</summary>
    public int Sequence { get; private set; }
    public DateTime? CanceledAt { get; private set; }
    public string? CancelReason { get; private set; }

    /// <summary>What messages of the step just taken say to it: why it was canceled, or why it moved. What was said to moves before stands in the timeline.</summary>
    internal string? Reason => CancelReason ?? _movedBecause;

    /// <summary>The user who canceled it; null for the guest.</summary>
    public long? CanceledById { get; private set; }

    /// <summary>Canceled, and the guest was asked to choose another time.</summary>
    public bool AskedToReschedule { get; private set; }

    /// <summary>The user who added it by hand; null where the guest booked.</summary>
    public long? BookedById { get; internal init; }

    /// <summary>The booking whose guest was asked for another time, and chose this one.</summary>
    public long? InsteadOfId { get; internal init; }

    /// <summary>It takes its hosts' time.</summary>
    public bool HoldsTime => Status is BookingStatus.Scheduled or BookingStatus.AwaitingApproval;

    /// <summary>Its hosts can still cancel it or move it.</summary>
    public bool CanChangeAt(DateTime now) => HoldsTime && EndsAt > now;

    /// <summary>Its guest can, until it begins: whoever sits there and waits is to be told otherwise.</summary>
    public bool GuestCanChangeAt(DateTime now) => HoldsTime && StartsAt >= now;

    public BookingState StateAt(DateTime now) => Status switch
    {
        BookingStatus.AwaitingApproval => BookingState.AwaitingApproval,
        BookingStatus.Canceled => BookingState.Canceled,
        BookingStatus.NoShow => BookingState.NoShow,
        _ when EndsAt <= now => BookingState.Completed,
        _ => RescheduledAt is null ? BookingState.Scheduled : BookingState.Rescheduled,
    };

    /// <summary>When it last became another: by what somebody did, or by coming to its end.</summary>
    public DateTime UpdatedAt(DateTime now) => Status == BookingStatus.Scheduled && EndsAt <= now && EndsAt > ChangedAt ? EndsAt : ChangedAt;

    // An invitation that comes after one that was taken back has to be the later of the two.
    internal void Approve(DateTime now) => (Status, Sequence, ChangedAt) = (BookingStatus.Scheduled, Sequence == 0 ? 0 : Sequence + 1, now);

    internal void MarkNoShow(bool isNoShow, DateTime now) => (Status, ChangedAt) = (isNoShow ? BookingStatus.NoShow : BookingStatus.Scheduled, now);

    internal void Cancel(long? byUser, string? reason, bool askToReschedule, DateTime now)
    {
        (Status, CanceledAt, CanceledById, CancelReason, AskedToReschedule) = (BookingStatus.Canceled, now, byUser, reason, askToReschedule);
        (Sequence, ChangedAt) = (Sequence + 1, now);
    }

    /// <param name="isApproved">A host said yes to this time, or none has to.</param>
    internal void MoveTo(DateTime startsAt, IReadOnlyList<long> hosts, bool isApproved, string? reason, DateTime now)
    {
        Status = isApproved ? BookingStatus.Scheduled : BookingStatus.AwaitingApproval;
        (StartsAt, EndsAt) = (startsAt, startsAt + (EndsAt - StartsAt));
        (HostId, OtherHostIds) = (hosts[0], [.. hosts.Skip(1)]);
        (RescheduledAt, Sequence, ChangedAt, _movedBecause) = (now, Sequence + 1, now, reason);
    }

    internal void Reassign(long from, long to, DateTime now)
    {
        if (HostId == from) HostId = to;
        else OtherHostIds = OtherHostIds.ConvertAll(host => host == from ? to : host);
        (Sequence, ChangedAt) = (Sequence + 1, now);
    }

    /// <summary>The answer that is the place: an address of the guest's.</summary>
    internal Answer? GuestAddress => Answers.Find(a => a.Field is null && a.Question == GuestQuestion.AddressLabel && a.Value == Location);

    /// <summary>Leaves the taken time and nothing of the guest.</summary>
    internal void Anonymise(string name)
    {
        if (GuestAddress is not null) Location = null;
        (ContactId, EntryId, GuestName, GuestEmail, GuestTimeZone, Answers, Utm, ExtraGuests, CancelReason) = (null, 0, name, "", "UTC", [], [], [], null);
    }

    /// <summary>Lets go of somebody whom the guest brings.</summary>
    internal void Forget(Predicate<string> extraGuest) => ExtraGuests = ExtraGuests.FindAll(email => !extraGuest(email));

    /// <summary>What calendars know the meeting by; the same in every invitation of it.</summary>
    public string Uid => TokenHash[..UidHashLength] + UidEnd;
}
