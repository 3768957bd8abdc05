using System.Security.Claims;
using Contacts.Core.Accounts;
using Contacts.Core.Files;

namespace Contacts.Web.Files;

/// <summary>Where signed-in users get the files of their account. One of another account is answered as one that does not exist.</summary>
internal static class FileEndpoints
{
    public static void MapFiles(this IEndpointRouteBuilder app) => app.MapGet("/files/{file}", GiveAsync).ExcludeFromDescription();

    private static async Task<IResult> GiveAsync(string file, HttpContext http, Sessions sessions, FileStore files)
    {
        var session = long.TryParse(http.User.FindFirstValue(ClaimTypes.NameIdentifier), out var user) ? await sessions.FindAsync(user, http.RequestAborted) : null;
        if (session is null || await files.OpenAsync(session.Caller, file, http.RequestAborted) is not var (stored, content)) return Results.NotFound();
        http.Response.Headers.CacheControl = "private, no-store";
        // By its name it is always a download: what a file says it is must never run as a page of ours.
        return Results.Stream(content, FileName.ContentType(stored.Name), stored.Name);
    }
}
