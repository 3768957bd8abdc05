namespace Contacts.Core.Accounts;

/// <summary>A one-time link by which a user chooses a password. One per user at most: a new one is the end of the one before it.</summary>
public sealed class PasswordLink : IAccountOwned
{
    /// <summary>Mailed links are used at once or never; those printed by a command are passed on by hand.</summary>
    public static readonly TimeSpan Mailed = TimeSpan.FromHours(1), Printed = TimeSpan.FromDays(1);

    private PasswordLink() { }

    internal PasswordLink(AppUser user) => (AccountId, UserId) = (user.AccountId, user.Id);

    public long UserId { get; private set; }
    public long AccountId { get; private set; }
    public string TokenHash { get; private set; } = "";
    public DateTime ExpiresAt { get; private set; }

    internal string NewToken(DateTime now, TimeSpan lifetime)
    {
        var token = Secret.New();
        (TokenHash, ExpiresAt) = (Secret.Hash(token), now + lifetime);
        return token;
    }
}
