namespace Contacts.Core.Tracking;

/// <summary>An anonymous browser, known by a first-party cookie it agreed to. It is joined to a contact when it submits something.</summary>
public sealed class Visitor : IAccountOwned
{
    /// <summary>The cookie's value: 128 random bits as 32 hexadecimal digits.</summary>
    public const int KeyLength = 32;

    private Visitor() { }

    public Visitor(long accountId, string key, DateTime now) => (AccountId, Key, FirstSeenAt) = (accountId, key, now);

    public long Id { get; internal set; }
    public long AccountId { get; private set; }
    public string Key { get; private set; } = "";
    public long? ContactId { get; private set; }
    public DateTime FirstSeenAt { get; private set; }

    /// <summary>A browser that belongs to one contact already keeps to it: history never moves from person to person.</summary>
    public bool JoinTo(long contactId)
    {
        ContactId ??= contactId;
        return ContactId == contactId;
    }

    public static bool IsKey(string? text) => text is { Length: KeyLength } && text.All(char.IsAsciiHexDigitLower);
}
