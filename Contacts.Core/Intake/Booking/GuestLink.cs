namespace Contacts.Core.Intake.Booking;

/// <summary>A further address of a guest's own booking: each message has one, as none can be read back from the database.</summary>
public sealed class GuestLink : IAccountOwned
{
    private GuestLink() { }

    internal GuestLink(Booking booking, string tokenHash) => (AccountId, BookingId, TokenHash) = (booking.AccountId, booking.Id, tokenHash);

    public long AccountId { get; private set; }
    public long BookingId { get; private set; }
    public string TokenHash { get; private set; } = "";
}
