using System.Security.Claims;
using Contacts.Core;
using Contacts.Core.Accounts;
using Contacts.Core.People;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Contacts.Web.Keyboard;

/// <summary>Looks up contacts for the command palette of whoever is signed in.</summary>
internal static class PaletteEndpoints
{
    private const int MaxFound = 7;

    public static void MapPalette(this IEndpointRouteBuilder app) => app.MapGet("/palette", FindAsync).ExcludeFromDescription();

    private static async Task<Results<RazorComponentResult<PaletteContacts>, NotFound>> FindAsync(string? q, HttpContext http, Sessions sessions, ContactBook book)
    {
        var session = long.TryParse(http.User.FindFirstValue(ClaimTypes.NameIdentifier), out var user) ? await sessions.FindAsync(user, http.RequestAborted) : null;
        if (session is null) return TypedResults.NotFound();
        http.Response.Headers.CacheControl = "private, no-store";
        var text = (q ?? "").Trim();
        text = text.CutTo(ContactQuery.MaxSearchLength);
        var found = text.Length == 0 ? [] : (await book.ListAsync(session.Caller, new ContactQuery { Search = text, Take = MaxFound }, http.RequestAborted)).Items;
        return new RazorComponentResult<PaletteContacts>(new { Contacts = found });
    }
}
