using Contacts.Core;

namespace Contacts.Web.Accounts;

/// <summary>The one-time links that leave the house: always from the public address, never from a request's Host.</summary>
internal static class AccountLinks
{
    public static string Setup(this PublicUrl url, string token) => url.LinkTo($"/setup?token={token}");

    public static string Invitation(this PublicUrl url, string token) => url.LinkTo($"/account/invitation?token={token}");

    public static string Password(this PublicUrl url, string token) => url.LinkTo($"/account/reset-password?token={token}");
}
