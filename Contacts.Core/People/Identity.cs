namespace Contacts.Core.People;

/// <summary>By what a contact is known.</summary>
public enum IdentityKind
{
    Email,
    Phone,
}

/// <summary>
/// What identifies a contact: an email (see <see cref="EmailAddress.Key"/>) or a mobile phone in E.164; unique in the account.
/// This unique row, not a look before the insert, is what makes twenty simultaneous first interactions one contact.
/// </summary>
public sealed class Identity : IAccountOwned
{
    private Identity() { }

    internal Identity(Contact contact, IdentityKind kind, string key, string value) =>
        (AccountId, Contact, ContactId, Kind, Key, Value) = (contact.AccountId, contact, contact.Id, kind, key, value);

    public long AccountId { get; private set; }
    public IdentityKind Kind { get; private set; }
    public string Key { get; private set; } = "";

    /// <summary>As it was typed: what people read and mails are sent to.</summary>
    public string Value { get; private set; } = "";
    public long ContactId { get; private set; }
    public Contact? Contact { get; private set; }

    /// <summary>The same address in other letters.</summary>
    internal void Spell(string value) => Value = value;
}
