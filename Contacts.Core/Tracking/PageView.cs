namespace Contacts.Core.Tracking;

/// <summary>One page a consenting visitor opened. A run of them with no gap over 30 minutes is a visit.</summary>
public sealed class PageView : IAccountOwned
{
    public const int MaxUrlLength = 1000, MaxTitleLength = 300;

    private PageView() { }

    public PageView(long accountId, long visitorId, string url, string title, string? referrer, DateTime at) =>
        (AccountId, VisitorId, Url, Title, Referrer, At) = (accountId, visitorId, url, title, referrer, at);

    public long Id { get; internal set; }
    public long AccountId { get; private set; }
    public long VisitorId { get; private set; }

    /// <summary>Without its fragment, and with no query but campaign tags and what the account lists.</summary>
    public string Url { get; private set; } = "";
    public string Title { get; private set; } = "";

    /// <summary>The origin the visitor came from, never a full address.</summary>
    public string? Referrer { get; private set; }
    public DateTime At { get; private set; }

    /// <summary>How long the page was in front of the visitor's eyes; null where the browser did not say.</summary>
    public int? Seconds { get; private set; }
}
