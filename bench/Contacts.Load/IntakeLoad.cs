using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;

namespace Contacts.Load;

/// <summary>Interactions posted by several connections, four of five for people who are known already.</summary>
internal sealed class IntakeLoad(Uri address, string key, int connections)
{
    private const int NewEvery = 5;

    /// <summary>A process that has just started spends its first seconds compiling what it runs most.</summary>
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(15);

    private int _sent;

    /// <summary>The activity id of every interaction that was acknowledged, and how long its answer took.</summary>
    public ConcurrentQueue<(string Activity, double Milliseconds)> Acknowledged { get; } = [];

    public ConcurrentQueue<string> Refused { get; } = [];

    /// <summary>Posts until told to stop, or until the server is gone.</summary>
    public Task RunAsync(CancellationToken stop) => Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Task.Run(() => PostAsync(stop), CancellationToken.None)));

    private async Task PostAsync(CancellationToken stop)
    {
        using var client = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 1 }) { BaseAddress = address };
        client.DefaultRequestHeaders.Add("API-Key", key);
        while (!stop.IsCancellationRequested)
        {
            var n = Interlocked.Increment(ref _sent);
            var person = n % NewEvery == 0 ? n : n % 1000;
            using var request = new HttpRequestMessage(HttpMethod.Post, "/v2/interactions") { Content = JsonContent.Create(Interaction(person)) };
            request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString("N"));
            var started = Stopwatch.GetTimestamp();
            try
            {
                using var response = await client.SendAsync(request, CancellationToken.None);
                var body = await response.Content.ReadAsStringAsync(CancellationToken.None);
                if (response.IsSuccessStatusCode)
                    Acknowledged.Enqueue((JsonDocument.Parse(body).RootElement.GetProperty("activity").GetString()!, Stopwatch.GetElapsedTime(started).TotalMilliseconds));
                else
                    Refused.Enqueue($"{(int)response.StatusCode} {body}");
            }
            catch (HttpRequestException)
            {
                return; // the server was killed: what was not answered is not owed
            }
        }
    }

    private static object Interaction(int person) => new
    {
        type = "form.submitted",
        source = "Load",
        title = "Contact us",
        contact = new { first_name = "Person", last_name = person.ToString(CultureInfo.InvariantCulture), email = $"person{person}@load.example", company = $"Company {person % 50}" },
        answers = new[] { new { question = "How can we help?", value = "With a second opinion." } },
    };

    public static async Task<int> MeasureAsync(string dll, int connections, int seconds, CancellationToken cancel)
    {
        var folder = Directory.CreateTempSubdirectory("contacts-load-").FullName;
        using var server = new ServerUnderTest(dll, folder);
        await server.StartAsync(cancel);
        var key = await server.CreateKeyAsync(cancel);
        var load = new IntakeLoad(server.Address, key, connections);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var running = load.RunAsync(stop.Token);
        await Task.Delay(WarmUp, cancel);
        load.Acknowledged.Clear();
        Console.WriteLine($"process {server.ProcessId}, database {Path.Combine(folder, "contacts.db")}");
        var started = Stopwatch.GetTimestamp();
        await Task.Delay(TimeSpan.FromSeconds(seconds), cancel);
        var (count, elapsed) = (load.Acknowledged.Count, Stopwatch.GetElapsedTime(started));
        await stop.CancelAsync();
        await running;

        var times = load.Acknowledged.Select(a => a.Milliseconds).Order().ToList();
        Console.WriteLine($"{count / elapsed.TotalSeconds:0} intakes/s from {connections} connections; answer p50 {times[times.Count / 2]:0.0} ms, p99 {times[times.Count * 99 / 100]:0.0} ms; refused {load.Refused.Count}");
        if (load.Refused.TryPeek(out var refusal)) Console.WriteLine(refusal);
        server.Dispose();
        Directory.Delete(folder, recursive: true);
        return load.Refused.IsEmpty ? 0 : 1;
    }
}
