using System.Text.Json;
using Contacts.Core.Tracking;
using Microsoft.Playwright;

namespace Contacts.Tests.Support;

/// <summary>Somebody's own site with our line in its pages: another host than the program's, so that its cookies are its own.</summary>
internal sealed class TrackedPages : IAsyncDisposable
{
    private readonly FeedServer _server;
    private readonly WebApp _app;

    private TrackedPages(FeedServer server, WebApp app) => (_server, _app) = (server, app);

    /// <summary>As a browser names it; the program is 127.0.0.1.</summary>
    public string Address => _server.Address.Replace("127.0.0.1", "localhost", StringComparison.Ordinal);

    public static async Task<TrackedPages> StartAsync(WebApp app) => new(await FeedServer.StartAsync(), app);

    /// <summary>A page at a path with our line in it.</summary>
    public string Put(string path, string title, string body = "", string line = "async", string before = "")
    {
        _server.PutPage(path, $"""
            <!DOCTYPE html>
            <html lang="en">
            <head><title>{title}</title><link rel="icon" href="data:,">{before}<script src="{_app.Address}t.js" data-site="acme" {line}></script></head>
            <body><main><h1>{title}</h1>{body}</main></body>
            </html>
            """);
        return Address + path;
    }

    /// <summary>Waits until the script of the page runs.</summary>
    public static Task RunsAsync(IPage page) => page.WaitForFunctionAsync("window._oc && !Array.isArray(window._oc)");

    /// <summary>Does something that makes the page report, and waits until it was taken.</summary>
    public static async Task<JsonElement> ReportsAsync(IPage page, Func<Task> act, string with)
    {
        var answer = await page.RunAndWaitForResponseAsync(act, answer => answer.Request.Method == "POST" && answer.Url.EndsWith("/t", StringComparison.Ordinal) && answer.Request.PostData!.Contains(with, StringComparison.Ordinal));
        return JsonSerializer.Deserialize<JsonElement>(answer.Request.PostData!);
    }

    /// <summary>Waits until everything that was reported so far is written: the queue keeps its order.</summary>
    public async Task WrittenAsync() =>
        Assert.Equal(Reception.Taken, await _app.Get<PageViewDesk>().ReceiveAsync(new PageViewReport("acme", new string('0', Visitor.KeyLength), "https://last.example/", "", null), new ReportSender()));

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
