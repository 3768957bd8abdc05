using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Contacts.Core.Webhooks;

/// <summary>Signs what goes to other systems, as Standard Webhooks does: HMAC-SHA256 of the message's key, the time and the body, joined by dots.</summary>
public static class HookSignature
{
    private const string Prefix = "whsec_";
    private const int Bytes = 32;

    /// <summary>A secret as libraries for Standard Webhooks take it.</summary>
    public static string NewSecret() => Prefix + Convert.ToBase64String(RandomNumberGenerator.GetBytes(Bytes));

    /// <summary>The value of <c>webhook-signature</c>.</summary>
    public static string Sign(string secret, string key, DateTimeOffset at, string body)
    {
        var signed = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{key}.{at.ToUnixTimeSeconds()}.{body}"));
        return "v1," + Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(secret[Prefix.Length..]), signed));
    }
}
