using Contacts.Core.Accounts;

namespace Contacts.Web.Layout;

/// <summary>The chosen theme of this browser, for pages that nobody has signed in to and for the first paint. It is written by shell.js.</summary>
internal static class ThemeCookie
{
    private const string Name = "contacts.theme", SystemIsDarkName = "contacts.dark";

    public static Theme? Read(HttpContext http) => Enum.TryParse<Theme>(http.Request.Cookies[Name], ignoreCase: true, out var theme) ? theme : null;

    /// <summary>What the operating system said last time; the server cannot see it otherwise.</summary>
    public static bool SystemIsDark(HttpContext http) => http.Request.Cookies[SystemIsDarkName] == "1";
}
