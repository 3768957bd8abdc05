using System.Net;
using Microsoft.AspNetCore.Http.Features;

namespace Contacts.Web.Safety;

/// <summary>
/// Refuses requests for a host that is not ours (a poisoned Host header, DNS rebinding), and sockets opened by a page of another
/// site: the browser sends cookies along with those, and SameSite does not stop a neighbouring subdomain.
/// </summary>
internal static class HostGuard
{
    /// <param name="publicUrl">As configured; null when it is not, and then every host is taken.</param>
    public static IApplicationBuilder UseHostGuard(this IApplicationBuilder app, Uri? publicUrl) => app.Use(async (http, next) =>
    {
        if (publicUrl is not null && !IsOurs(http.Request.Host.Host, publicUrl))
            await RefuseAsync(http, StatusCodes.Status400BadRequest, "This address does not belong to this installation.");
        else if (http.Request.Path.StartsWithSegments("/_blazor") && !ComesFromHere(http.Request, publicUrl))
            await RefuseAsync(http, StatusCodes.Status403Forbidden, "This connection must come from a page of this installation.");
        else if (http.Request.Path == "/_blazor" && !IsSocket(http))
            await RefuseAsync(http, StatusCodes.Status400BadRequest, "Pages need WebSockets. Let the proxy in front pass them.");
        else
            await next(http);
    });

    private static bool IsOurs(string host, Uri publicUrl) =>
        host.Equals(publicUrl.Host, StringComparison.OrdinalIgnoreCase) || host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address);

    private static bool ComesFromHere(HttpRequest request, Uri? publicUrl)
    {
        var origin = request.Headers.Origin.ToString();
        if (origin.Length == 0) return !IsSocket(request.HttpContext); // a browser always names it on a socket
        return origin.Equals($"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase)
            || publicUrl is not null && origin.Equals(publicUrl.GetLeftPart(UriPartial.Authority), StringComparison.OrdinalIgnoreCase);
    }

    // WebSockets.IsWebSocketRequest is always false this early: the hub adds that middleware behind us.
    private static bool IsSocket(HttpContext http) => http.Request.Headers.Upgrade.ToString().Equals("websocket", StringComparison.OrdinalIgnoreCase)
        || http.Features.Get<IHttpExtendedConnectFeature>()?.IsExtendedConnect == true;

    private static Task RefuseAsync(HttpContext http, int status, string sentence)
    {
        http.Response.StatusCode = status;
        return http.Response.WriteAsync(sentence);
    }
}
