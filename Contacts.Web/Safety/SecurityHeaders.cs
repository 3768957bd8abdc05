using System.Security.Cryptography;

namespace Contacts.Web.Safety;

/// <summary>The headers every answer carries. Scripts run from our own files, or with this answer's nonce where it has one, and from nowhere else.</summary>
internal static class SecurityHeaders
{
    private const string NonceKey = "contacts.csp-nonce", FramingKey = "contacts.framing";

    /// <summary>Other sites may show this page inside theirs where its address asks for it: what guests fill in, and nothing that a signed-in user's right would do.</summary>
    /// <param name="sites">Which; none for every one.</param>
    public static void AllowFraming(this HttpContext http, bool asked, IReadOnlyList<string>? sites = null)
    {
        if (asked) http.Items[FramingKey] = sites is { Count: > 0 } ? string.Join(' ', sites.Prepend("'self'")) : "*";
    }

    /// <summary>For the few inline scripts we write ourselves; a new one for each answer that has any.</summary>
    public static string CspNonce(this HttpContext http)
    {
        if (http.Items[NonceKey] is string nonce) return nonce;
        nonce = Convert.ToBase64String(RandomNumberGenerator.GetBytes(16));
        http.Items[NonceKey] = nonce;
        return nonce;
    }

    public static IApplicationBuilder UseSecurityHeaders(this IApplicationBuilder app) => app.Use((http, next) =>
    {
        // At the very end, because the error handler empties the headers; an endpoint that set its own keeps it.
        http.Response.OnStarting(() =>
        {
            var headers = http.Response.Headers;
            headers.TryAdd("Content-Security-Policy", Policy(http.Items[NonceKey] as string, http.Items[FramingKey] as string ?? "'none'"));
            headers.TryAdd("X-Content-Type-Options", "nosniff");
            headers.TryAdd("Referrer-Policy", "strict-origin-when-cross-origin");
            headers.TryAdd("Cross-Origin-Opener-Policy", "same-origin");
            headers.TryAdd("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()");
            return Task.CompletedTask;
        });
        return next(http);
    });

    // MudBlazor writes <style> while it runs, so styles cannot have a nonce.
    private static string Policy(string? nonce, string ancestors) =>
        $"default-src 'none'; script-src 'self'{(nonce is null ? "" : $" 'nonce-{nonce}'")}; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; "
        + $"connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'self'; frame-ancestors {ancestors}; object-src 'none'";
}
