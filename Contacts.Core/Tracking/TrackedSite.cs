namespace Contacts.Core.Tracking;

/// <summary>A host that page views came from: how an admin sees that the script is in place.</summary>
public sealed class TrackedSite : IAccountOwned
{
    public const int MaxHostLength = 260;

    private TrackedSite() { }

    public long AccountId { get; private set; }
    public string Host { get; private set; } = "";
    public DateTime FirstAt { get; private set; }
    public DateTime LastAt { get; private set; }

    /// <summary>By people, since the first.</summary>
    public long Views { get; private set; }

    /// <summary>By programs.</summary>
    public long Bots { get; private set; }
}

/// <summary>How often a page was opened on a day, where pages are counted without knowing anybody again.</summary>
public sealed class PageCount : IAccountOwned
{
    public const int MaxSourceLength = 100;

    private PageCount() { }

    public long AccountId { get; private set; }

    /// <summary>Midnight UTC.</summary>
    public DateTime Day { get; private set; }

    /// <summary>Without any query.</summary>
    public string Url { get; private set; } = "";

    /// <summary>What led there; empty where nothing is known of it.</summary>
    public string Source { get; private set; } = "";
    public bool IsBot { get; private set; }
    public long Views { get; private set; }
}
