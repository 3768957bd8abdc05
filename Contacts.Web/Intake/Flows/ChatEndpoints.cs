using Contacts.Core.Intake.Flows;
using Contacts.Web.Safety;

namespace Contacts.Web.Intake.Flows;

/// <summary>What the scripts of chats ask for: how a chat shows itself on a site, and whether something was said.</summary>
internal static class ChatEndpoints
{
    /// <summary>Shorter than any proxy's patience.</summary>
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(25);

    public static IEndpointRouteBuilder MapChats(this IEndpointRouteBuilder app)
    {
        var pages = app.MapGroup("").AllowAnonymous().RequireRateLimiting(RateLimits.Public).ExcludeFromDescription();
        pages.MapGet("/c/{account}/{bot}/news", NewsAsync);
        pages.MapGet("/c/{account}/{bot}/widget", WidgetAsync);
        return app;
    }

    /// <summary>200 as soon as there are more lines than the guest has; 204 where there are none yet. What they say is on the page.</summary>
    private static async Task<IResult> NewsAsync(string account, string bot, string? run, int? after, HttpContext http, FlowDesk desk, ChatFeed chats, IHostApplicationLifetime life)
    {
        http.Response.Headers.CacheControl = "no-store";
        if (await desk.FindSettingsAsync(account, bot, http.RequestAborted) is null) return Results.NotFound();
        if (run is null || await desk.NewsAsync(account, run, http.RequestAborted) is not { } conversation) return Results.NoContent();
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, life.ApplicationStopping);
        try
        {
            return await chats.WaitAsync(conversation.AccountId, conversation.RunId, async () => (await desk.NewsAsync(account, run, ending.Token))?.Lines > (after ?? 0), Wait, ending.Token) ? Results.Ok() : Results.NoContent();
        }
        catch (OperationCanceledException)
        {
            return Results.NoContent();
        }
    }

    /// <summary>For the script on a site: nothing in it is anybody's.</summary>
    private static async Task<IResult> WidgetAsync(string account, string bot, HttpContext http, FlowDesk desk)
    {
        if (await desk.FindSettingsAsync(account, bot, http.RequestAborted) is not { } flow) return Results.NotFound();
        var origin = http.Request.Headers.Origin.ToString();
        http.Response.Headers.Vary = "Origin";
        if (flow.Flow.Sites.Count > 0 && origin.Length > 0 && !flow.Flow.Sites.Contains(origin, StringComparer.OrdinalIgnoreCase)) return Results.NotFound();
        http.Response.Headers.AccessControlAllowOrigin = "*";
        http.Response.Headers.CacheControl = "no-cache";
        var chat = flow.Flow.Chat;
        return Results.Json(new
        {
            Name = chat.BotName ?? flow.Organisation,
            Color = flow.Flow.Color,
            Opens = chat.Opens.ToString().ToLowerInvariant(),
            chat.After,
            Audience = chat.Audience.ToString().ToLowerInvariant(),
            chat.Pages,
            Cookie = flow.VisitorCookie,
        });
    }
}
