using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Contacts.Core.Accounts;

/// <summary>Secrets made here: 256 random bits in URL letters. The database holds only their SHA-256, which needs no salt at that length.</summary>
public static class Secret
{
    public static string New(string prefix = "") => prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    public static string Hash(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
}
