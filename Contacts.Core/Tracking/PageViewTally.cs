using System.Collections.Concurrent;

namespace Contacts.Core.Tracking;

/// <summary>Why a page view was not kept.</summary>
public enum ViewRefusal
{
    /// <summary>No account has the site key.</summary>
    UnknownSite,

    /// <summary>Sent from another site than the page's, or than the account allows.</summary>
    ForeignOrigin,
    TooLarge,
    Broken,

    /// <summary>A time on a page that cannot be.</summary>
    ImpossibleTime,

    /// <summary>One address sent too many.</summary>
    Flood,

    /// <summary>The queue had no room.</summary>
    Full,

    /// <summary>The account keeps none.</summary>
    SwitchedOff,

    /// <summary>The browser says by Global Privacy Control that nobody may.</summary>
    Objected,

    /// <summary>The visitor took back the yes.</summary>
    Revoked,

    /// <summary>A token that the account's key did not sign, or whose time is over.</summary>
    BadToken,
}

/// <summary>How many were refused for one reason.</summary>
public sealed record RefusedViews(ViewRefusal Reason, long Count);

/// <summary>Counts, since the program started, what was refused: the one trace a refused page view leaves.</summary>
public sealed class PageViewTally(TimeProvider clock)
{
    /// <summary>Where no account is known.</summary>
    public const long Nobody = 0;

    private readonly ConcurrentDictionary<(long AccountId, ViewRefusal Reason), long> _counts = new();

    public DateTime Since { get; } = clock.GetUtcNow().UtcDateTime;

    public void Count(ViewRefusal reason, long accountId = Nobody) => _counts.AddOrUpdate((accountId, reason), 1, (_, count) => count + 1);

    public IReadOnlyList<RefusedViews> Of(long accountId) =>
        [.. _counts.Where(c => c.Key.AccountId == accountId).OrderBy(c => c.Key.Reason).Select(c => new RefusedViews(c.Key.Reason, c.Value))];
}
