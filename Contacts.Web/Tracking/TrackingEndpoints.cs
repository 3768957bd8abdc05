using System.Reflection;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Contacts.Core;
using Contacts.Core.Tracking;
using Contacts.Web.Safety;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace Contacts.Web.Tracking;

/// <summary>The tracking script and the address it reports to. Both are open to every site, and neither reads or sets a cookie.</summary>
public static class TrackingEndpoints
{
    private const int MaxBody = 4096;
    private static readonly TimeSpan ScriptKept = TimeSpan.FromHours(1);

    public static IEndpointRouteBuilder MapTracking(this IEndpointRouteBuilder app)
    {
        var script = ReadScript();
        var tag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(script))[..16]}\"");
        app.MapGet("/t.js", (HttpContext http) =>
        {
            http.Response.GetTypedHeaders().CacheControl = new CacheControlHeaderValue { Public = true, MaxAge = ScriptKept };
            http.Response.Headers["Cross-Origin-Resource-Policy"] = "cross-origin";
            return TypedResults.Bytes(script, "text/javascript; charset=utf-8", entityTag: tag);
        }).AllowAnonymous().ExcludeFromDescription();

        app.MapPost("/t", ReceiveAsync).AllowAnonymous().DisableAntiforgery().RequireRateLimiting(RateLimits.Public).ExcludeFromDescription();
        return app;
    }

    private static async Task<IResult> ReceiveAsync(HttpContext http, PageViewDesk desk)
    {
        http.Response.Headers.AccessControlAllowOrigin = "*"; // no credentials are read, so any site may report
        if (VisitorCookie.Objects(http.Request) || Crawlers.Sent(http.Request)) return TypedResults.NoContent();
        try
        {
            if (await ReadBodyAsync(http.Request) is not { } body) return Refused(StatusCodes.Status413PayloadTooLarge, "A page view has at most 4 KB.");
            await desk.ReceiveAsync(Parse(body), http.RequestAborted);
            return TypedResults.NoContent();
        }
        catch (RuleException problem)
        {
            return Refused(problem.Refusal == Refusal.NotFound ? StatusCodes.Status404NotFound : StatusCodes.Status400BadRequest, problem.Message, problem.Param);
        }
    }

    // Reads one byte more than is allowed at most, whatever the length header promises.
    private static async Task<ReadOnlyMemory<byte>?> ReadBodyAsync(HttpRequest request)
    {
        var body = new byte[MaxBody + 1];
        var length = await request.Body.ReadAtLeastAsync(body, body.Length, throwOnEndOfStream: false, request.HttpContext.RequestAborted);
        if (length > MaxBody) return null; // not in one expression: there, null would become an empty body
        return body.AsMemory(0, length);
    }

    private static PageViewReport Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            var sent = JsonSerializer.Deserialize<ReportJson>(body.Span) ?? throw new JsonException();
            return new PageViewReport(sent.Site, sent.Visitor, sent.Url, sent.Title, sent.Referrer);
        }
        catch (JsonException)
        {
            throw new RuleException("Send a JSON object with the texts u, t, r, v and s.");
        }
    }

    private static JsonHttpResult<RefusalJson> Refused(int status, string message, string? param = null) =>
        TypedResults.Json(new RefusalJson("invalid_request_error", message, param), statusCode: status);

    private static byte[] ReadScript()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("t.js")!;
        using var script = new MemoryStream();
        stream.CopyTo(script);
        return script.ToArray();
    }

    private sealed record ReportJson(
        [property: JsonPropertyName("u")] string? Url, [property: JsonPropertyName("t")] string? Title, [property: JsonPropertyName("r")] string? Referrer,
        [property: JsonPropertyName("v")] string? Visitor, [property: JsonPropertyName("s")] string? Site);

    private sealed record RefusalJson(
        string Type, string Message, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Param);
}
