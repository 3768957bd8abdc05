using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.Data.Sqlite;

namespace Contacts.Load;

/// <summary>Page views posted by several connections for a thousand browsers; each has its number as its title.</summary>
internal sealed class PageViewLoad(Uri address, int connections)
{
    private const int Browsers = 1000;

    /// <summary>A process that has just started spends its first seconds compiling what it runs most.</summary>
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(10);

    private static int _sent;

    /// <summary>The number of every page view that was taken.</summary>
    public ConcurrentQueue<int> Taken { get; } = [];

    private int _full;

    /// <summary>How many there was no room for.</summary>
    public int Full => _full;

    public ConcurrentQueue<string> Refused { get; } = [];

    /// <summary>Posts until told to stop, or until the server is gone.</summary>
    public Task RunAsync(CancellationToken stop) => Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Task.Run(() => PostAsync(stop), CancellationToken.None)));

    private async Task PostAsync(CancellationToken stop)
    {
        using var client = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 1 }) { BaseAddress = address };
        while (!stop.IsCancellationRequested)
        {
            var number = Interlocked.Increment(ref _sent);
            var body = $$"""{"s":"load","u":"https://www.load.example/pages/{{number % 50}}","t":"{{number}}","r":"https://search.example","v":"{{number % Browsers:x32}}"}""";
            try
            {
                using var content = new StringContent(body, Encoding.UTF8, "text/plain");
                using var response = await client.PostAsync(new Uri("/t", UriKind.Relative), content, CancellationToken.None);
                if (response.StatusCode == HttpStatusCode.NoContent) Taken.Enqueue(number);
                else if (response.StatusCode == HttpStatusCode.ServiceUnavailable) Interlocked.Increment(ref _full);
                else Refused.Enqueue($"page view: {(int)response.StatusCode} {await response.Content.ReadAsStringAsync(CancellationToken.None)}");
            }
            catch (HttpRequestException)
            {
                return; // the server was killed: what was not answered is not owed
            }
        }
    }

    /// <summary>What was taken before the server was killed, and is missing all the same.</summary>
    public async Task<List<string>> CheckAsync(string file)
    {
        var there = await StoredAsync(file);
        return [.. Taken.Where(number => !there.Contains(number)).Select(number => $"page view taken but missing: {number}")];
    }

    public static async Task<int> MeasureAsync(string dll, int connections, int seconds, CancellationToken cancel)
    {
        var folder = Directory.CreateTempSubdirectory("contacts-views-").FullName;
        using var server = new ServerUnderTest(dll, folder);
        await server.StartAsync(cancel);
        var load = new PageViewLoad(server.Address, connections);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var running = load.RunAsync(stop.Token);
        await Task.Delay(WarmUp, cancel);
        var (before, fullBefore, started) = (load.Taken.Count, load.Full, Stopwatch.GetTimestamp());
        await Task.Delay(TimeSpan.FromSeconds(seconds), cancel);
        var (taken, full, elapsed) = (load.Taken.Count - before, load.Full - fullBefore, Stopwatch.GetElapsedTime(started));
        await stop.CancelAsync();
        await running;
        var process = Process.GetProcessById(server.ProcessId);
        var memory = process.WorkingSet64;
        server.Stop();
        var missing = load.Taken.Count - (await StoredAsync(Path.Combine(folder, "contacts.db"))).Count;
        Console.WriteLine($"{taken / elapsed.TotalSeconds:0} page views/s taken from {connections} connections, {full / elapsed.TotalSeconds:0}/s had no room; working set {memory / 1e6:0} MB; {missing} of {load.Taken.Count} taken are missing after the end; refused {load.Refused.Count}");
        if (load.Refused.TryPeek(out var refusal)) Console.WriteLine(refusal);
        Directory.Delete(folder, recursive: true);
        return load.Refused.IsEmpty && missing == 0 ? 0 : 1;
    }

    private static async Task<HashSet<int>> StoredAsync(string file)
    {
        await using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = """SELECT "Title" FROM "PageViews" """;
        await using var reader = await command.ExecuteReaderAsync();
        var stored = new HashSet<int>();
        while (await reader.ReadAsync()) stored.Add(int.Parse(reader.GetString(0), CultureInfo.InvariantCulture));
        return stored;
    }
}
