using Contacts.Core.Fields;
using Contacts.Core.Tracking;

namespace Contacts.Web.Tracking;

/// <summary>The cookies that /t.js sets on a guest's browser, and whether what they say may be used.</summary>
public static class VisitorCookie
{
    public const string Id = PageParameters.Visitor, Consent = PageParameters.Consent, Granted = "granted";

    /// <summary>
    /// The browser's key where the guest allowed it and the browser does not object; otherwise null. A site that has a yes hands the key over in
    /// the address, because a page within its own, or after it, has other cookies.
    /// </summary>
    public static string? KeyOf(HttpRequest request)
    {
        if (Objects(request) || request.Query[Consent] == "no") return null;
        if (request.Query[Id].ToString() is var handed && Visitor.IsKey(handed)) return handed;
        return request.Cookies[Consent] == Granted && Visitor.IsKey(request.Cookies[Id]) ? request.Cookies[Id] : null;
    }

    /// <summary>Global Privacy Control: a no that no stored yes overrules.</summary>
    public static bool Objects(HttpRequest request) => request.Headers["Sec-GPC"] == "1";
}
