using Contacts.Core.Accounts;

namespace Contacts.Web.Layout;

/// <summary>The chosen theme of this browser, for pages that nobody has signed in to and for the first paint. It is written by shell.js.</summary>
internal static class ThemeCookie
{
    private const string Name = "contacts.theme";

    public static Theme? Read(HttpContext http) => Enum.TryParse<Theme>(http.Request.Cookies[Name], ignoreCase: true, out var theme) ? theme : null;
}
