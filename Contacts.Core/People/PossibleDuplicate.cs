namespace Contacts.Core.People;

/// <summary>Two contacts that may be one person, and why. They are never merged silently.</summary>
public sealed class PossibleDuplicate : IAccountOwned
{
    private PossibleDuplicate() { }

    internal PossibleDuplicate(Contact contact, Contact other, string reason, DateTime now) =>
        (AccountId, Contact, Other, Reason, RaisedAt) = (contact.AccountId, contact, other, reason, now);

    public long AccountId { get; private set; }
    public long ContactId { get; private set; }
    public long OtherId { get; private set; }
    public Contact? Contact { get; private set; }
    public Contact? Other { get; private set; }

    /// <summary>As a person reads it: "Same mobile phone".</summary>
    public string Reason { get; private set; } = "";
    public DateTime RaisedAt { get; private set; }

    /// <summary>Somebody said they are two people; the pair is not raised again.</summary>
    public DateTime? DismissedAt { get; private set; }
}
