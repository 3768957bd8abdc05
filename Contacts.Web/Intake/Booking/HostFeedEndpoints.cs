using System.Security.Cryptography;
using System.Text;
using Contacts.Core.Intake.Booking;
using Contacts.Web.Safety;
using Microsoft.Net.Http.Headers;

namespace Contacts.Web.Intake.Booking;

/// <summary>Where calendar programs read a host's meetings, by an address that only the host knows.</summary>
internal static class HostFeedEndpoints
{
    public static void MapHostFeeds(this IEndpointRouteBuilder app) =>
        app.MapGet("/feeds/{key}.ics", GiveFeedAsync).AllowAnonymous().RequireRateLimiting(RateLimits.Public).ExcludeFromDescription();

    private static async Task<IResult> GiveFeedAsync(string key, HttpContext http, HostFeed feed)
    {
        if (await feed.WriteAsync(key, http.RequestAborted) is not { } file)
        {
            http.Response.Headers.CacheControl = "no-store";
            return Results.NotFound();
        }
        // A program asks every few minutes, and is told in two lines that nothing changed.
        http.Response.Headers.CacheControl = "private, no-cache";
        http.Response.Headers["Referrer-Policy"] = "no-referrer";
        var bytes = Encoding.UTF8.GetBytes(file);
        var etag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 16))}\"");
        return Results.File(bytes, "text/calendar; charset=utf-8", entityTag: etag);
    }
}
