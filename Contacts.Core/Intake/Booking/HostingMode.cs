namespace Contacts.Core.Intake.Booking;

/// <summary>Who of a calendar's hosts comes to a meeting.</summary>
public enum HostingMode
{
    /// <summary>Its one host.</summary>
    OneHost,

    /// <summary>Whoever of those free had the fewest meetings.</summary>
    RoundRobin,

    /// <summary>The first of those free, in the calendar's order.</summary>
    Priority,

    /// <summary>All of them; a time is free when it is for everybody.</summary>
    Everyone,
}
