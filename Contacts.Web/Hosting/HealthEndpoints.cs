using Contacts.Core.Data;

namespace Contacts.Web.Hosting;

/// <summary>For whoever watches the server: is the process there, and can it do its work?</summary>
internal static class HealthEndpoints
{
    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        var health = app.MapGroup("/health").AllowAnonymous().DisableHttpMetrics();
        health.MapGet("/live", () => TypedResults.Text("live"));
        health.MapGet("/ready", async (Migrator migrator, CancellationToken cancel) => await migrator.IsReadyAsync(cancel)
            ? Results.Text("ready")
            : Results.Text("The database cannot be reached or is not migrated.", statusCode: StatusCodes.Status503ServiceUnavailable));
    }
}
