using NodaTime;

namespace Contacts.Core.Intake.Booking;

/// <summary>What a host has had of late.</summary>
/// <param name="Meetings">How many, over whatever time turns are counted.</param>
/// <param name="LastBooked">When the host was last booked; null for never.</param>
public readonly record struct HostTurn(long HostId, int Meetings, Instant? LastBooked);

/// <summary>Who hosts a meeting for which several are free.</summary>
public static class HostChoice
{
    /// <summary>Whom the meeting goes to: by turns whoever has the fewest meetings, then has waited longest, then stands first.</summary>
    /// <param name="free">Those who are free, in the calendar's order; at least one.</param>
    public static IReadOnlyList<long> Choose(HostingMode mode, IReadOnlyList<HostTurn> free) => mode switch
    {
        HostingMode.Everyone => [.. free.Select(host => host.HostId)],
        HostingMode.RoundRobin => [free.MinBy(host => (host.Meetings, host.LastBooked ?? Instant.MinValue)).HostId],
        _ => [free[0].HostId],
    };
}
