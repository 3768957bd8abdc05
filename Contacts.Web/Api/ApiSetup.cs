using Contacts.Core.Accounts;
using Contacts.Core.Intake;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.AspNetCore.Routing.Template;

namespace Contacts.Web.Api;

/// <summary>The API other systems use, and its description.</summary>
public static class ApiSetup
{
    private const string Base = "/v2";

    public static IServiceCollection AddContactsApi(this IServiceCollection services)
    {
        services.AddSingleton<ApiCallers>().AddSingleton<ApiLimits>().AddSingleton<IdempotentPosts>().AddSingleton<BookingWriter>();
        services.AddHostedService<IdempotencySweep>();
        return services.AddApiDescription();
    }

    public static IEndpointRouteBuilder MapContactsApi(this IEndpointRouteBuilder app)
    {
        // Anonymous to cookies and their policies: the filter asks for the key.
        var api = app.MapGroup(Base).AllowAnonymous().DisableAntiforgery().AddEndpointFilter<ApiFilter>();
        api.MapGet("/test", TestAsync).DescribeTest();
        api.MapContacts();
        api.MapContactFields();
        api.MapContactStatuses();
        api.MapInteractions();
        api.MapActivities();
        api.MapMerges();
        api.MapBookings();
        api.MapBookingCalendars();
        api.Map("/{**rest}", Unknown).ExcludeFromDescription();
        app.MapApiDescription();
        return app;
    }

    private static async Task<IResult> TestAsync(HttpContext http, ApiKeyRing ring)
    {
        var request = ApiRequest.Of(http);
        return ApiAnswer.Of(new TestJson($"The API key is valid for account: {await ring.AccountNameAsync(request.Caller, request.Cancel)}"));
    }

    // Whatever no other route takes; a path that is there under another method is told apart.
    private static ApiAnswer Unknown(HttpContext http, EndpointDataSource routes)
    {
        var methods = routes.Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<HttpMethodMetadata>() is { HttpMethods.Count: > 0 } && Matches(e.RoutePattern, http.Request.Path))
            .SelectMany(e => e.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods).Distinct().Order().ToList();
        return methods.Count == 0
            ? ApiAnswer.Refuse(404, ErrorJson.Invalid, $"No such route: {http.Request.Method} {http.Request.Path}")
            : ApiAnswer.Refuse(405, ErrorJson.Invalid, $"The method {http.Request.Method} is not allowed here.").With("Allow", string.Join(", ", methods));
    }

    private static bool Matches(RoutePattern pattern, PathString path) =>
        pattern.RawText?.StartsWith(Base, StringComparison.Ordinal) == true && new TemplateMatcher(new RouteTemplate(pattern), []).TryMatch(path, []);

    /// <summary>Forgets answers after their time.</summary>
    private sealed class IdempotencySweep(IdempotencyLog log, TimeProvider clock, ILogger<IdempotencySweep> logger) : BackgroundService
    {
        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            using var hourly = new PeriodicTimer(TimeSpan.FromHours(1), clock);
            while (await hourly.WaitForNextTickAsync(stoppingToken))
            {
                var swept = await log.SweepAsync(stoppingToken);
                if (swept > 0) logger.LogInformation("Forgot {Count} answers kept for idempotency keys", swept);
            }
        }
    }
}

/// <summary>The answer to a key's trial.</summary>
internal sealed record TestJson(string Message);
