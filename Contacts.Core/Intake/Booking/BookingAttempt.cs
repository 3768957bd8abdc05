namespace Contacts.Core.Intake.Booking;

/// <summary>What a guest sent when the time was gone. Whoever then leaves without another time is remembered as having submitted and not booked.</summary>
public sealed class BookingAttempt : IAccountOwned
{
    private BookingAttempt() { }

    internal BookingAttempt(long accountId, long calendarId, string formHash, string email, BookingRequest request, DateTime now) =>
        (AccountId, CalendarId, FormHash, GuestEmail, Request, At) = (accountId, calendarId, formHash, email, request, now);

    public long Id { get; private set; }
    public long AccountId { get; private set; }
    public long CalendarId { get; private set; }

    /// <summary>Of the form's own secret: a booking by the same form ends the attempt.</summary>
    public string FormHash { get; private set; } = "";
    public string GuestEmail { get; private set; } = "";
    public BookingRequest Request { get; internal set; } = new();
    public DateTime At { get; internal set; }
}
