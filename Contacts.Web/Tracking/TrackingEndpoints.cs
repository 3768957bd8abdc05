using System.Text.Json;
using System.Text.Json.Serialization;
using Contacts.Core;
using Contacts.Core.Intake;
using Contacts.Core.Tracking;
using Contacts.Web.Safety;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace Contacts.Web.Tracking;

/// <summary>The tracking script, what it has to know of its site, and the address it reports to. All are open to every site, and none reads or sets a cookie.</summary>
public static class TrackingEndpoints
{
    private const int MaxBody = 4096;
    private static readonly TimeSpan RulesKept = TimeSpan.FromMinutes(1), FullFor = TimeSpan.FromSeconds(5);

    public static IEndpointRouteBuilder MapTracking(this IEndpointRouteBuilder app)
    {
        var script = new TrackingScript();
        app.MapGet("/t.js", script.Give).AllowAnonymous().ExcludeFromDescription();
        app.MapGet("/t", GiveRulesAsync).AllowAnonymous().RequireRateLimiting(RateLimits.PageViews).ExcludeFromDescription();
        app.MapPost("/t", ReceiveAsync).AllowAnonymous().DisableAntiforgery().RequireRateLimiting(RateLimits.PageViews).ExcludeFromDescription();
        return app;
    }

    private static async Task<IResult> GiveRulesAsync(HttpContext http, KnownSites sites)
    {
        http.Response.Headers.AccessControlAllowOrigin = "*";
        if (await sites.FindAsync(http.Request.Query["s"].ToString(), http.RequestAborted) is not { } site) return TypedResults.NotFound();
        http.Response.GetTypedHeaders().CacheControl = new CacheControlHeaderValue { Public = true, MaxAge = RulesKept };
        return TypedResults.Json(SiteRulesJson.Of(site));
    }

    private static async Task<IResult> ReceiveAsync(HttpContext http, PageViewDesk desk, Recognition recognition, PageViewTally tally)
    {
        http.Response.Headers.AccessControlAllowOrigin = "*"; // no credentials are read, so any site may report
        try
        {
            if (await ReadBodyAsync(http.Request) is not { } body)
            {
                tally.Count(ViewRefusal.TooLarge);
                return Refused(StatusCodes.Status413PayloadTooLarge, "A page view has at most 4 KB.");
            }
            if (Parse(body) is not { } sent)
            {
                tally.Count(ViewRefusal.Broken);
                return Refused(StatusCodes.Status400BadRequest, "Send a JSON object with the texts u, t, r, v and s.");
            }
            var (report, sender) = (sent.Report, ReportSenders.Of(http.Request, sent.Automated is 1));
            if (sent.Token is { } token)
            {
                if (await desk.AdmitAsync(report, sender, http.RequestAborted) is { Rules.Mode: TrackingMode.Ask } site) await recognition.IdentifyAsync(site, report.VisitorKey!, token, http.RequestAborted);
                return TypedResults.NoContent();
            }
            if (await desk.ReceiveAsync(report, sender, http.RequestAborted) != Reception.Full) return TypedResults.NoContent();
            http.Response.GetTypedHeaders().Set(HeaderNames.RetryAfter, FullFor.TotalSeconds);
            return Refused(StatusCodes.Status503ServiceUnavailable, "There is no room for more page views just now.");
        }
        catch (RuleException problem)
        {
            return Refused(Refusals.StatusOf(problem), problem.Message, problem.Param);
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

    private static ReportJson? Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            return JsonSerializer.Deserialize<ReportJson>(body.Span);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static JsonHttpResult<RefusalJson> Refused(int status, string message, string? param = null) =>
        TypedResults.Json(new RefusalJson("invalid_request_error", message, param), statusCode: status);

    private sealed record ReportJson(
        [property: JsonPropertyName("u")] string? Url, [property: JsonPropertyName("t")] string? Title, [property: JsonPropertyName("r")] string? Referrer,
        [property: JsonPropertyName("v")] string? Visitor, [property: JsonPropertyName("s")] string? Site, [property: JsonPropertyName("d")] double? Seconds,
        [property: JsonPropertyName("c")] string? Choice, [property: JsonPropertyName("w")] string? Wording, [property: JsonPropertyName("i")] string? Token,
        [property: JsonPropertyName("b")] int? Automated)
    {
        public PageViewReport Report => new(Site, Visitor, Url, Title, Referrer) { Seconds = Seconds, Choice = Choice, Wording = Wording };
    }

    private sealed record RefusalJson(
        string Type, string Message, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Param);
}
