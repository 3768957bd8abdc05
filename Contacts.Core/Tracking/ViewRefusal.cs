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
/// <param name="Count">As long as it is kept, today's among them.</param>
public sealed record RefusedViews(ViewRefusal Reason, long Count, long Today);

/// <summary>How many were refused for one reason on a day. Rows of no account belong to nobody's site in particular.</summary>
public sealed class RefusalCount : IAccountOwned
{
    /// <summary>How many days it is kept.</summary>
    public const int KeptDays = 30;

    private RefusalCount() { }

    public long AccountId { get; private set; }

    /// <summary>Midnight UTC.</summary>
    public DateTime Day { get; private set; }
    public ViewRefusal Reason { get; private set; }
    public long Count { get; private set; }
}
