using Microsoft.Playwright;

namespace Contacts.Tests.Support;

/// <summary>A line between a page and its server on which whatever is sent takes its time, and keeps its order.</summary>
internal static class SlowLine
{
    /// <param name="each">One way.</param>
    public static Task SlowDownAsync(this IPage page, TimeSpan each) => page.RouteWebSocketAsync(_ => true, line =>
    {
        var server = line.ConnectToServer();
        line.OnMessage(Late(server, each));
        server.OnMessage(Late(line, each));
    });

    private static Action<IWebSocketFrame> Late(IWebSocketRoute to, TimeSpan each)
    {
        var before = Task.CompletedTask;
        return frame => before = SendAsync(to, frame, Task.WhenAll(before, Task.Delay(each)));
    }

    private static async Task SendAsync(IWebSocketRoute to, IWebSocketFrame frame, Task due)
    {
        await due;
        if (frame.Binary is { } bytes) to.Send(bytes);
        else to.Send(frame.Text!);
    }
}
