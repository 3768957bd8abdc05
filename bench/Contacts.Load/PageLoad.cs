using System.Collections.Concurrent;
using System.Diagnostics;

namespace Contacts.Load;

/// <summary>A booking calendar's page asked for by several connections, as guests do who look for a time.</summary>
internal static class PageLoad
{
    private const string Page = "/b/load/intro-call";

    /// <summary>A process that has just started spends its first seconds compiling what it runs most.</summary>
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(15);

    public static async Task<int> MeasureAsync(string dll, int connections, int seconds, CancellationToken cancel)
    {
        var folder = Directory.CreateTempSubdirectory("contacts-pages-").FullName;
        using var server = new ServerUnderTest(dll, folder);
        await server.StartAsync(cancel);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var times = new ConcurrentQueue<double>();
        var running = Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Task.Run(() => AskAsync(new Uri(server.Address, Page), times, stop.Token), CancellationToken.None)));
        await Task.Delay(WarmUp, cancel);
        times.Clear();
        var started = Stopwatch.GetTimestamp();
        await Task.Delay(TimeSpan.FromSeconds(seconds), cancel);
        var (all, elapsed) = (times.Order().ToList(), Stopwatch.GetElapsedTime(started));
        await stop.CancelAsync();
        await running;

        Console.WriteLine($"{all.Count / elapsed.TotalSeconds:0} pages/s from {connections} connections; answer p50 {all[all.Count / 2]:0.0} ms, p99 {all[all.Count * 99 / 100]:0.0} ms");
        server.Dispose();
        Directory.Delete(folder, recursive: true);
        return 0;
    }

    private static async Task AskAsync(Uri page, ConcurrentQueue<double> times, CancellationToken stop)
    {
        using var client = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 1 });
        while (!stop.IsCancellationRequested)
        {
            var started = Stopwatch.GetTimestamp();
            using var answer = await client.GetAsync(page, CancellationToken.None);
            answer.EnsureSuccessStatusCode();
            times.Enqueue(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }
    }
}
