namespace Contacts.Core.People;

/// <summary>What a contact in the bin was known by: given back when it is restored, unless somebody else has it by then.</summary>
public sealed class BinnedIdentity : IAccountOwned
{
    private BinnedIdentity() { }

    internal BinnedIdentity(Identity identity) =>
        (AccountId, ContactId, Kind, Key, Value) = (identity.AccountId, identity.ContactId, identity.Kind, identity.Key, identity.Value);

    public long AccountId { get; private set; }
    public long ContactId { get; private set; }
    public IdentityKind Kind { get; private set; }
    public string Key { get; private set; } = "";
    public string Value { get; private set; } = "";
}
