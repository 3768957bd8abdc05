namespace Contacts.Core.Intake.Booking;

/// <summary>What guest and hosts are told of a booking.</summary>
public enum BookingMessage
{
    /// <summary>It is booked.</summary>
    Confirmed,

    /// <summary>The guest asked for a time; a host has yet to say yes.</summary>
    Requested,

    /// <summary>A host said no to what the guest asked for.</summary>
    Declined,
    Rescheduled,

    /// <summary>Somebody else hosts it.</summary>
    Reassigned,
    Canceled,

    /// <summary>It is canceled, and the guest is asked to choose another time.</summary>
    RescheduleRequested,

    /// <summary>It is soon; to the guest alone.</summary>
    Reminder,
}
