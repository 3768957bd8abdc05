namespace Contacts.Core.Intake.Booking;

/// <summary>A time at which a host is busy elsewhere (UTC).</summary>
public sealed record BusySpan(DateTime From, DateTime To);

/// <summary>A host's other calendar, read from its ICS address on a schedule. What was read stays until it is read again.</summary>
public sealed class BusyFeed : IAccountOwned
{
    public const int MaxNameLength = 100, MaxUrlLength = 2000, MaxProblemLength = 300, MaxCount = 10;

    private BusyFeed() { }

    internal BusyFeed(long accountId, long userId, string name, string url, DateTime now) =>
        (AccountId, UserId, Name, Url, NextReadAt) = (accountId, userId, name, url, now);

    public long Id { get; private set; }
    public long AccountId { get; private set; }
    public long UserId { get; private set; }
    public string Name { get; private set; } = "";

    /// <summary>The secret address of the calendar; shown to its owner only.</summary>
    public string Url { get; private set; } = "";
    public List<BusySpan> Busy { get; internal set; } = [];

    /// <summary>When it was last read with success.</summary>
    public DateTime? ReadAt { get; internal set; }

    /// <summary>Why it could not be read the last time; null when it could.</summary>
    public string? Problem { get; internal set; }
    public DateTime NextReadAt { get; internal set; }

    /// <summary>What the server called what it sent last (HTTP ETag).</summary>
    public string? ETag { get; internal set; }
}
