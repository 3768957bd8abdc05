namespace Contacts.Core.Tracking;

/// <summary>What a site's script reported, on its way to the database: checked and cleaned, its browser known by key alone.</summary>
public abstract record PendingReport(long AccountId, DateTime At);

/// <summary>A page was opened.</summary>
/// <param name="VisitorKey">Null where pages are only counted.</param>
public sealed record PendingPageView(long AccountId, string? VisitorKey, string Url, string Title, string? Referrer, DateTime At) : PendingReport(AccountId, At)
{
    public bool IsBot { get; init; }
    public DeviceClass Device { get; init; }

    /// <summary>What the visitor said on the page when it was opened.</summary>
    public PendingConsent? Answer { get; init; }
}

/// <summary>A page was looked at so long.</summary>
public sealed record PendingTime(long AccountId, string VisitorKey, string Url, int Seconds, DateTime At) : PendingReport(AccountId, At);

/// <summary>The visitor said yes, or took it back.</summary>
public sealed record PendingConsent(long AccountId, string VisitorKey, bool IsGranted, string Wording, string Place, string? Network, DateTime At) : PendingReport(AccountId, At);
