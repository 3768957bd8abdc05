using System.Security.Cryptography;

namespace Contacts.Core.Tracking;

/// <summary>An anonymous browser, known by a first-party cookie it agreed to. It is joined to a contact by what somebody does in it.</summary>
public sealed class Visitor : IAccountOwned
{
    /// <summary>The cookie's value: 128 random bits as 32 hexadecimal digits.</summary>
    public const int KeyLength = 32;

    /// <summary>Among an entry's changes: since when the browser that joined its contact was seen.</summary>
    public const string JoinChange = "browser";

    private Visitor() { }

    public Visitor(long accountId, string key, DateTime now) => (AccountId, Key, FirstSeenAt) = (accountId, key, now);

    public long Id { get; internal set; }
    public long AccountId { get; private set; }
    public string Key { get; private set; } = "";
    public long? ContactId { get; private set; }

    /// <summary>When it was joined to the contact.</summary>
    public DateTime? JoinedAt { get; private set; }
    public DateTime FirstSeenAt { get; private set; }

    /// <summary>Null before its first page view.</summary>
    public DateTime? LastSeenAt { get; private set; }

    /// <summary>How many visits it made: runs of page views with no gap over <see cref="Visit.Gap"/>.</summary>
    public int Visits { get; private set; }

    /// <summary>The page its first visit began on, and what led there.</summary>
    public string? Landing { get; private set; }
    public string? Source { get; private set; }
    public DeviceClass Device { get; private set; }

    /// <summary>A program, as far as it can be told: kept, and not shown.</summary>
    public bool IsBot { get; private set; }

    /// <summary>When it took back its yes; null while that holds.</summary>
    public DateTime? RevokedAt { get; private set; }

    /// <summary>When it was proven whose it is, by a site that knows who is signed in there. An email that is typed proves nothing.</summary>
    public DateTime? ProvenAt { get; private set; }

    /// <summary>What was said in it; null for nothing.</summary>
    public BrowserTold? Told { get; private set; }

    internal void Prove(DateTime now) => ProvenAt ??= now;

    internal void Tell(string? email, IReadOnlyDictionary<string, string> said) => Told = (Told ?? new BrowserTold()).With(email, said);

    /// <summary>A browser that belongs to one contact already keeps to it: history never moves from person to person.</summary>
    public bool JoinTo(long contactId, DateTime now)
    {
        if (ContactId is not null) return ContactId == contactId;
        // Whoever fills in a form is somebody, whatever the browser calls itself.
        (ContactId, JoinedAt, IsBot) = (contactId, now, false);
        return true;
    }

    /// <summary>Somebody else uses the browser from here on: what it saw so far stays with whom it was, under a key no browser has.</summary>
    /// <returns>The visitor that the browser is now.</returns>
    internal Visitor HandOver(DateTime now)
    {
        var key = Key;
        Key = RandomNumberGenerator.GetHexString(KeyLength, lowercase: true);
        return new Visitor(AccountId, key, now) { Device = Device };
    }

    /// <summary>Looks at a page, in the order of time.</summary>
    public void Sees(PageView view)
    {
        if (Visits == 0) (Landing, Source) = (WithoutQuery(view.Url), Cut(PageSource.Of(view.Url, view.Referrer)));
        if (LastSeenAt is null || view.At - LastSeenAt > Visit.Gap) Visits++;
        if (LastSeenAt is null || view.At > LastSeenAt) LastSeenAt = view.At;
    }

    /// <summary>Forgets what it saw before a time.</summary>
    /// <param name="rest">What it saw since, in the order of time.</param>
    internal void Remembers(IReadOnlyCollection<PageView> rest, DateTime since)
    {
        var last = LastSeenAt;
        (FirstSeenAt, LastSeenAt, Visits, Landing, Source) = (rest.FirstOrDefault()?.At ?? since, null, 0, null, null);
        foreach (var view in rest) Sees(view);
        LastSeenAt = last;
    }

    public static bool IsKey(string? text) => text is { Length: KeyLength } && text.All(char.IsAsciiHexDigitLower);

    internal static string WithoutQuery(string url) => url.Split('?')[0];

    internal static string? Cut(string? source) => source?.CutTo(PageCount.MaxSourceLength);
}
