namespace Contacts.Core.Accounts;

/// <summary>A key of another system. Only its hash is kept; the key itself is shown once, when it is made.</summary>
public sealed class ApiKey : IAccountOwned
{
    public const int MaxNameLength = 100;

    private ApiKey() { }

    internal ApiKey(long accountId, string name, string hash, Role role, DateTime now)
    {
        (AccountId, Name, Hash, Role, CreatedAt) = (accountId, name, hash, role, now);
    }

    public long Id { get; private set; }
    public long AccountId { get; private set; }
    public string Name { get; private set; } = "";
    public string Hash { get; private set; } = "";
    public Role Role { get; private set; }
    public DateTime CreatedAt { get; private set; }
    public DateTime? RevokedAt { get; private set; }

    public Caller AsCaller() => new(AccountId, null, Id, Name, Role);

    public void Revoke(DateTime now) => RevokedAt ??= now;
}
