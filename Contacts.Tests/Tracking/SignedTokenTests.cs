using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Contacts.Core.Tracking;

namespace Contacts.Tests.Tracking;

public sealed class SignedTokenTests
{
    private const string Secret = "a-key-of-the-account";
    private static readonly DateTime Now = new(2026, 11, 23, 9, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void A_token_of_the_account_vouches_for_an_email() => Assert.Equal("ada@example.com", SignedToken.EmailIn(Token(), Secret, Now));

    [Fact]
    public void A_token_signed_with_another_key_does_not() => Assert.Null(SignedToken.EmailIn(Token(secret: "guessed"), Secret, Now));

    [Theory]
    [InlineData("""{"alg":"none"}""")]
    [InlineData("""{"alg":"HS512"}""")]
    [InlineData("{}")]
    [InlineData("no json")]
    public void A_token_of_another_kind_does_not(string header) => Assert.Null(SignedToken.EmailIn(Token(header), Secret, Now));

    [Theory]
    [InlineData(-120)] // over
    [InlineData(90_000)] // a key for ever
    [InlineData(null)]
    public void A_token_without_an_end_within_a_day_does_not(int? seconds) => Assert.Null(SignedToken.EmailIn(Token(seconds: seconds), Secret, Now));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("a.b")]
    [InlineData("a.b.c.d")]
    [InlineData("ä.b.c")]
    public void What_is_no_token_does_not(string? token) => Assert.Null(SignedToken.EmailIn(token, Secret, Now));

    internal static string Token(string header = """{"alg":"HS256","typ":"JWT"}""", string secret = Secret, int? seconds = 600, string email = "ada@example.com", DateTime? now = null)
    {
        var end = seconds is { } left ? $",\"exp\":{new DateTimeOffset(now ?? Now).ToUnixTimeSeconds() + left}" : "";
        var signed = $"{Encode(header)}.{Encode($$"""{"email":"{{email}}"{{end}}}""")}";
        return $"{signed}.{Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.ASCII.GetBytes(signed)))}";
    }

    private static string Encode(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));
}
