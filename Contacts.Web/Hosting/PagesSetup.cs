namespace Contacts.Web.Hosting;

/// <summary>The pages for signed-in users, and what is shown where there is none.</summary>
internal static class PagesSetup
{
    // Addresses of programs, not of people: their answers stay as short as they are.
    private static readonly string[] ForPrograms = ["/v2", "/t", "/hooks", "/health", "/_blazor", "/openapi"];

    public static void UsePagesForErrors(this WebApplication app) => app.UseWhen(
        http => !ForPrograms.Any(path => http.Request.Path.StartsWithSegments(path)),
        people => people.UseStatusCodePagesWithReExecute("/not-found", createScopeForStatusCodePages: true));

    /// <summary>What does not exist is not found; without this a guest would be asked to sign in first.</summary>
    public static void UseNotFound(this WebApplication app) => app.Use((http, next) =>
    {
        if (http.GetEndpoint() is not null) return next(http);
        http.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    });

    public static void MapPages(this WebApplication app)
    {
        app.MapGet("/", () => TypedResults.LocalRedirect("~/contacts"));
        app.MapRazorComponents<App>()
            .AddInteractiveServerRenderMode(circuits => circuits.ContentSecurityFrameAncestorsPolicy = null); // our own header says it
    }
}
