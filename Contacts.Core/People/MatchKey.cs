namespace Contacts.Core.People;

/// <summary>What two contacts of one person would have in common.</summary>
public enum MatchKind
{
    /// <summary>A mobile or landline number in E.164.</summary>
    Phone = 1,

    /// <summary>First name, last name and company, folded.</summary>
    NameAndCompany = 2,

    /// <summary>An email without its plus-tag and the dots before the at sign.</summary>
    Mailbox = 3,
}

/// <summary>
/// One thing by which a contact could be another one too, as a short hash: kept equal to the contact's values, rebuilt from them at any
/// time. Contacts under one key are possible duplicates.
/// </summary>
public sealed class MatchKey : IAccountOwned
{
    private MatchKey() { }

    internal MatchKey(Contact contact, MatchKind kind, long hash) => (AccountId, Contact, ContactId, Kind, Hash) = (contact.AccountId, contact, contact.Id, kind, hash);

    internal MatchKey(long accountId, long contactId, MatchKind kind, long hash) => (AccountId, ContactId, Kind, Hash) = (accountId, contactId, kind, hash);

    public long AccountId { get; private set; }
    public MatchKind Kind { get; private set; }
    public long Hash { get; private set; }
    public long ContactId { get; private set; }
    public Contact? Contact { get; private set; }
}

/// <summary>A key that very many contacts have, such as the phone of a switchboard: told once, and not as so many pairs.</summary>
public sealed class SharedKey : IAccountOwned
{
    private SharedKey() { }

    internal SharedKey(long accountId, MatchKind kind, long hash, DateTime now) => (AccountId, Kind, Hash, FoundAt) = (accountId, kind, hash, now);

    public long AccountId { get; private set; }
    public MatchKind Kind { get; private set; }
    public long Hash { get; private set; }
    public DateTime FoundAt { get; private set; }

    /// <summary>Somebody has seen it and wants to hear no more of it.</summary>
    public DateTime? DismissedAt { get; private set; }
}
