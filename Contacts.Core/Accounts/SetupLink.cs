namespace Contacts.Core.Accounts;

/// <summary>The one link to the first setup, while nobody owns this installation. One row at most, so that using it up is a race only one can win.</summary>
public sealed class SetupLink
{
    public const int OnlyId = 1;
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(30);

    public int Id { get; private set; } = OnlyId;
    public string TokenHash { get; private set; } = "";
    public DateTime ExpiresAt { get; private set; }

    public bool IsOpenedBy(string? token, DateTime now) => token is { Length: > 0 } && now < ExpiresAt && Secret.Hash(token) == TokenHash;

    internal string NewToken(DateTime now)
    {
        var token = Secret.New();
        (TokenHash, ExpiresAt) = (Secret.Hash(token), now + Lifetime);
        return token;
    }
}
