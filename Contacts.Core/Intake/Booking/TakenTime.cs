namespace Contacts.Core.Intake.Booking;

/// <summary>A time of a host's that a booking takes; gone when the booking is canceled.</summary>
public sealed class TakenTime : IAccountOwned
{
    private TakenTime() { }

    internal TakenTime(Booking booking, long hostId, int bufferBefore, int bufferAfter)
    {
        (AccountId, HostId, CalendarId, Booking) = (booking.AccountId, hostId, booking.CalendarId, booking);
        (StartsAt, EndsAt, BufferBeforeMinutes, BufferAfterMinutes) = (booking.StartsAt, booking.EndsAt, bufferBefore, bufferAfter);
    }

    public long AccountId { get; private set; }
    public long HostId { get; private set; }
    public long BookingId { get; private set; }
    public long CalendarId { get; private set; }
    public DateTime StartsAt { get; private set; }
    public DateTime EndsAt { get; private set; }

    /// <summary>The room around the meeting that its calendar asked for when it was booked.</summary>
    public int BufferBeforeMinutes { get; private set; }
    public int BufferAfterMinutes { get; private set; }
    internal Booking? Booking { get; private set; }
}
