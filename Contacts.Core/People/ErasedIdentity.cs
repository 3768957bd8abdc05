using System.Security.Cryptography;
using System.Text;

namespace Contacts.Core.People;

/// <summary>
/// "Somebody with this email or phone was erased": a hash under a key of the account's own, so that the row tells nothing by itself and
/// yet the address is known again when somebody adds it.
/// </summary>
public sealed class ErasedIdentity : IAccountOwned
{
    private ErasedIdentity() { }

    internal ErasedIdentity(long accountId, string hash, DateTime now) => (AccountId, Hash, ErasedAt) = (accountId, hash, now);

    public long AccountId { get; private set; }
    public string Hash { get; private set; } = "";
    public DateTime ErasedAt { get; private set; }
}

/// <summary>The random key of an account under which erased addresses are hashed.</summary>
public sealed class ErasureKey : IAccountOwned
{
    private ErasureKey() { }

    internal ErasureKey(long accountId) => (AccountId, Key) = (accountId, RandomNumberGenerator.GetBytes(32));

    public long AccountId { get; private set; }
    public byte[] Key { get; private set; } = [];

    /// <param name="key">As in <see cref="Identity.Key"/>.</param>
    internal string Hash(IdentityKind kind, string key) => Convert.ToHexStringLower(HMACSHA256.HashData(Key, Encoding.UTF8.GetBytes($"{kind}:{key}")));
}
