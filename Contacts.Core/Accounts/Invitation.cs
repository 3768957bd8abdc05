namespace Contacts.Core.Accounts;

/// <summary>An open invitation to join an account. Accepted or revoked, it is gone; its link is known only by its hash.</summary>
public sealed class Invitation : IAccountOwned
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(7);

    private Invitation() { }

    internal Invitation(long accountId, string email, string emailKey, Role role, string invitedBy, DateTime now) =>
        (AccountId, Email, EmailKey, Role, InvitedBy, CreatedAt) = (accountId, email, emailKey, role, invitedBy, now);

    public long Id { get; private set; }
    public long AccountId { get; private set; }
    public string Email { get; private set; } = "";
    public string EmailKey { get; private set; } = "";
    public Role Role { get; internal set; }

    /// <summary>Who invited, by name.</summary>
    public string InvitedBy { get; private set; } = "";
    public string TokenHash { get; private set; } = "";
    public DateTime CreatedAt { get; private set; }
    public DateTime ExpiresAt { get; private set; }

    public bool IsOpen(DateTime now) => now < ExpiresAt;

    /// <summary>A fresh link, good for seven days; the one before it is dead.</summary>
    internal string NewToken(DateTime now)
    {
        var token = Secret.New();
        (TokenHash, ExpiresAt) = (Secret.Hash(token), now + Lifetime);
        return token;
    }
}
