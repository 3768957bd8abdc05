namespace Contacts.Core.Tracking;

/// <summary>A visitor's yes, or its withdrawal: what was asked, when, where, and what the answer was. Kept as proof, and never changed.</summary>
public sealed class ConsentRecord : IAccountOwned
{
    public const int MaxWordingLength = 20, MaxNetworkLength = 45;

    private ConsentRecord() { }

    public long Id { get; private set; }
    public long AccountId { get; private set; }
    public long VisitorId { get; private set; }
    public DateTime At { get; private set; }

    /// <summary>False: the yes was taken back.</summary>
    public bool IsGranted { get; private set; }

    /// <summary>The version of the account's wording; <c>site</c> or <c>tcf</c> where the site's own banner asked.</summary>
    public string Wording { get; private set; } = "";

    /// <summary>The page it was said on.</summary>
    public string Place { get; private set; } = "";

    /// <summary>The network it came from: an IP address without the part that tells one household from another.</summary>
    public string? Network { get; private set; }
}
