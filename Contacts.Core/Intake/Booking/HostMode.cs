namespace Contacts.Core.Intake.Booking;

/// <summary>Which of a calendar's hosts come to a meeting.</summary>
public enum HostMode
{
    /// <summary>The first in order that is free.</summary>
    Priority,

    /// <summary>Of those that are free, the one whose turn it is.</summary>
    RoundRobin,

    /// <summary>Everyone.</summary>
    Together,
}
