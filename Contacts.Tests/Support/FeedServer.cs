using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Contacts.Tests.Support;

/// <summary>A server on this machine that hands out whatever a test puts at its paths.</summary>
internal sealed class FeedServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private FeedServer(WebApplication app) => _app = app;

    public Dictionary<string, RequestDelegate> Paths { get; } = [];

    /// <summary>What was asked for, as <c>/path</c>, with the ETag that was sent.</summary>
    public List<(string Path, string IfNoneMatch)> Asked { get; } = [];

    public string Address { get; private set; } = "";

    public static async Task<FeedServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        var server = new FeedServer(app);
        app.Run(server.AnswerAsync);
        await app.StartAsync();
        server.Address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        return server;
    }

    /// <summary>A calendar at a path, with the events as they stand in it.</summary>
    public string Put(string path, params string[] events)
    {
        var text = Ics(events);
        Paths[path] = http => http.Response.WriteAsync(text);
        return Address + path;
    }

    /// <summary>A page of HTML at a path.</summary>
    public string PutPage(string path, string html)
    {
        Paths[path] = http =>
        {
            http.Response.ContentType = "text/html; charset=utf-8";
            return http.Response.WriteAsync(html);
        };
        return Address + path;
    }

    public static string Ics(params string[] events) => string.Join("\r\n", ["BEGIN:VCALENDAR", "VERSION:2.0", .. events, "END:VCALENDAR", ""]);

    public static string Event(params string[] lines) => string.Join("\r\n", ["BEGIN:VEVENT", .. lines, "END:VEVENT"]);

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private Task AnswerAsync(HttpContext http)
    {
        lock (Asked) Asked.Add((http.Request.Path, http.Request.Headers.IfNoneMatch.ToString()));
        if (Paths.TryGetValue(http.Request.Path, out var answer)) return answer(http);
        http.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }
}
