namespace Contacts.Core.Intake.Booking;

/// <summary>Which bookings a list shows.</summary>
public sealed record BookingFilter
{
    /// <summary>Those not over yet, soonest first; or those over or canceled, latest first; null for both, latest first.</summary>
    public bool? Upcoming { get; init; }

    /// <summary>Whose meeting it is, alone or together with others.</summary>
    public long? HostId { get; init; }
    public long? CalendarId { get; init; }
    public long? ContactId { get; init; }
    public BookingState? State { get; init; }

    /// <summary>Meetings that start from then on, and before then (UTC).</summary>
    public DateTime? From { get; init; }
    public DateTime? Until { get; init; }
}

/// <summary>A booking in a list, with the names of what it points to.</summary>
/// <param name="Calendar">The calendar's name as it is now.</param>
public sealed record ListedBooking(Booking Booking, string Calendar, string Hosts, BookingState State)
{
    public string Id => PublicId.Format(PublicId.Booking, Booking.Id);
}

/// <summary>A stretch of bookings, and the one to go on from; null at the end.</summary>
public sealed record BookingListPage(IReadOnlyList<ListedBooking> Bookings, long? Next);
