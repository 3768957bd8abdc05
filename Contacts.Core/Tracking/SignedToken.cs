using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Contacts.Core.Tracking;

/// <summary>
/// A JSON Web Token by which an account's own site says whose browser this is: signed with the account's key (HS256), it names an <c>email</c>
/// and ends (<c>exp</c>) within a day. A browser that names an email by itself is not believed.
/// </summary>
public static class SignedToken
{
    private const int MaxLength = 2000;
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1), Leeway = TimeSpan.FromMinutes(1);

    /// <summary>The email it vouches for; null when it vouches for none.</summary>
    public static string? EmailIn(string? token, string secret, DateTime now)
    {
        if (token is not { Length: <= MaxLength } || token.Split('.') is not [var header, var claims, var signature]) return null;
        var signed = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.ASCII.GetBytes($"{header}.{claims}"));
        if (Bytes(signature) is not { } given || !CryptographicOperations.FixedTimeEquals(signed, given)) return null;
        // "none" and other algorithms are the oldest way to forge one.
        if (Read<Header>(header) is not { Alg: "HS256" } || Read<Claims>(claims) is not { Email: { } email, Exp: { } end }) return null;
        var left = end - new DateTimeOffset(now).ToUnixTimeSeconds();
        return left >= -Leeway.TotalSeconds && left <= (Longest + Leeway).TotalSeconds ? email : null;
    }

    private static T? Read<T>(string part) where T : class
    {
        try
        {
            return Bytes(part) is { } bytes ? JsonSerializer.Deserialize<T>(bytes, JsonSerializerOptions.Web) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static byte[]? Bytes(string text) => Base64Url.IsValid(text) ? Base64Url.DecodeFromChars(text) : null;

    private sealed record Header(string? Alg);

    private sealed record Claims(string? Email, double? Exp);
}
