namespace Contacts.Core.People;

/// <summary>Two contacts that may be one person, and why; one row for the two. They are never merged silently.</summary>
public sealed class PossibleDuplicate : IAccountOwned
{
    public const int MaxReasonLength = 200;

    private const string Between = ", ";

    private PossibleDuplicate() { }

    /// <summary>The lower number comes first; a contact that has none yet will have the higher.</summary>
    internal PossibleDuplicate(Contact contact, long otherId, string reason, DateTime now)
    {
        (AccountId, Reason, RaisedAt) = (contact.AccountId, reason, now);
        if (contact.Id == 0 || contact.Id > otherId) (ContactId, Other, OtherId) = (otherId, contact, contact.Id);
        else (Contact, ContactId, OtherId) = (contact, contact.Id, otherId);
    }

    /// <summary>The same as another pair says of a contact that was merged into this one.</summary>
    internal PossibleDuplicate(Contact survivor, long otherId, PossibleDuplicate of) : this(survivor, otherId, of.Reason, of.RaisedAt) => DismissedAt = of.DismissedAt;

    internal PossibleDuplicate(long accountId, long lower, long higher, string reason, DateTime now) =>
        (AccountId, ContactId, OtherId, Reason, RaisedAt) = (accountId, lower, higher, reason, now);

    public long AccountId { get; private set; }
    public long ContactId { get; private set; }
    public long OtherId { get; private set; }
    public Contact? Contact { get; private set; }
    public Contact? Other { get; private set; }

    /// <summary>As a person reads it: "Same phone"; several stand side by side.</summary>
    public string Reason { get; private set; } = "";
    public DateTime RaisedAt { get; private set; }

    /// <summary>Somebody said they are two people; the pair is not raised again.</summary>
    public DateTime? DismissedAt { get; private set; }

    internal long NotThis(long id) => ContactId == id ? OtherId : ContactId;

    /// <summary>A further reason stands beside the first. Says whether it was news.</summary>
    internal bool Add(string reason)
    {
        if (DismissedAt is not null || Reason.Contains(reason, StringComparison.OrdinalIgnoreCase)) return false;
        var both = $"{Reason}{Between}{char.ToLowerInvariant(reason[0])}{reason[1..]}";
        if (both.Length <= MaxReasonLength) Reason = both;
        return true;
    }

    /// <summary>What another pair was raised for stands here too.</summary>
    internal void Join(PossibleDuplicate other)
    {
        foreach (var reason in other.Reason.Split(Between)) Add(reason);
    }

    /// <summary>Takes a reason away that does not hold any more. Says whether another is left.</summary>
    internal bool Drop(string reason)
    {
        var left = Reason.Split(Between).Where(r => !r.Equals(reason, StringComparison.OrdinalIgnoreCase)).ToList();
        if (left.Count > 0) Reason = char.ToUpperInvariant(left[0][0]) + string.Join(Between, left)[1..];
        return left.Count > 0;
    }

    internal void Dismiss(DateTime? at) => DismissedAt = at;
}
