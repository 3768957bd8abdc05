using Microsoft.AspNetCore.Authentication.Cookies;

namespace Contacts.Web.Accounts;

/// <summary>How long a sign-in lasts, and what its cookie allows.</summary>
internal static class AccountCookies
{
    public static readonly TimeSpan Session = TimeSpan.FromHours(12), Remembered = TimeSpan.FromDays(14);

    /// <param name="secure">Over https the cookie is bound to this very host; over plain http, on localhost or a LAN, browsers refuse that.</param>
    public static void Arrange(CookieAuthenticationOptions cookie, bool secure)
    {
        cookie.Cookie.Name = secure ? "__Host-contacts" : "contacts";
        cookie.Cookie.SecurePolicy = secure ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
        cookie.Cookie.SameSite = SameSiteMode.Lax;
        cookie.Cookie.HttpOnly = true;
        cookie.Cookie.Path = "/";
        cookie.ExpireTimeSpan = Session;
        cookie.SlidingExpiration = true;
        cookie.LoginPath = cookie.AccessDeniedPath = "/account/login";
        cookie.LogoutPath = "/account/logout";
        cookie.ReturnUrlParameter = "returnUrl";
    }
}
