namespace Contacts.Core.Intake.Booking;

/// <summary>A time at which a host is busy elsewhere (UTC).</summary>
public sealed record BusySpan(DateTime From, DateTime To);

/// <summary>A host's other calendar, read from its ICS address on a schedule. What was read stays until it is read again.</summary>
public sealed class BusyFeed : IAccountOwned
{
    public const int MaxNameLength = 100, MaxUrlLength = 2000, MaxProblemLength = 300, MaxETagLength = 200, MaxCount = 10;
    private static readonly TimeSpan Often = TimeSpan.FromMinutes(10), Seldom = TimeSpan.FromHours(6);

    private BusyFeed() { }

    internal BusyFeed(long accountId, long userId, string name, string url, DateTime now) =>
        (AccountId, UserId, Name, Url, NextReadAt) = (accountId, userId, name, url, now);

    public long Id { get; private set; }
    public long AccountId { get; private set; }
    public long UserId { get; private set; }
    public string Name { get; internal set; } = "";

    /// <summary>The secret address of the calendar; shown to its owner only.</summary>
    public string Url { get; private set; } = "";
    public List<BusySpan> Busy { get; private set; } = [];

    /// <summary>When it was last read with success.</summary>
    public DateTime? ReadAt { get; private set; }

    /// <summary>Why it could not be read the last time; null when it could.</summary>
    public string? Problem { get; private set; }
    public DateTime NextReadAt { get; internal set; }

    /// <summary>What the server called what it sent last (HTTP ETag).</summary>
    public string? ETag { get; private set; }

    /// <summary>What to ask for anything newer than. Once a day everything is asked for: what repeats is expanded for a year ahead, and the year goes on.</summary>
    internal string? NewerThan(DateTime now) => ReadAt?.Date == now.Date ? ETag : null;

    internal void Took(FeedContent content, DateTime now)
    {
        if (content.Busy is { } busy) (Busy, ETag) = ([.. busy], content.ETag);
        (ReadAt, Problem, NextReadAt) = (now, null, now + Often);
    }

    /// <summary>What was read before stays. The longer it fails, the less often it is tried.</summary>
    internal void Failed(string problem, DateTime now)
    {
        var since = now - (ReadAt ?? now);
        Problem = problem.Length > MaxProblemLength ? problem[..MaxProblemLength] : problem;
        NextReadAt = now + (since < Often ? Often : since > Seldom ? Seldom : since);
    }
}

/// <summary>What a calendar holds now; null when it is what it was before.</summary>
internal sealed record FeedContent(IReadOnlyList<BusySpan>? Busy, string? ETag);
