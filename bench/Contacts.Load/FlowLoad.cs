using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;

namespace Contacts.Load;

/// <summary>Guests who go through the starter form, and guests who sit in front of open chats.</summary>
internal static partial class FlowLoad
{
    private const string Form = "/f/load/contact-us", Chat = "/c/load/website";

    /// <summary>A process that has just started spends its first seconds compiling what it runs most.</summary>
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(15), Settled = TimeSpan.FromSeconds(10);

    private static int _sent;

    /// <summary>How long the last answer of a form takes to be taken in, from outside.</summary>
    public static async Task<int> SubmitAsync(string dll, int connections, int seconds, CancellationToken cancel)
    {
        var folder = Directory.CreateTempSubdirectory("contacts-forms-").FullName;
        using var server = new ServerUnderTest(dll, folder);
        await server.StartAsync(cancel);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var times = new ConcurrentQueue<double>();
        var running = Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Task.Run(() => AnswerAllAsync(server.Address, times, stop.Token), CancellationToken.None)));
        await Task.Delay(WarmUp, cancel);
        times.Clear();
        var started = Stopwatch.GetTimestamp();
        await Task.Delay(TimeSpan.FromSeconds(seconds), cancel);
        var (all, elapsed) = (times.Order().ToList(), Stopwatch.GetElapsedTime(started));
        await stop.CancelAsync();
        await running;

        Console.WriteLine($"{all.Count / elapsed.TotalSeconds:0} submissions/s from {connections} connections; the last answer p50 {all[all.Count / 2]:0.0} ms, p99 {all[all.Count * 99 / 100]:0.0} ms");
        server.Dispose();
        Directory.Delete(folder, recursive: true);
        return 0;
    }

    /// <summary>What chats cost the server that wait for a person to say something.</summary>
    public static async Task<int> OpenChatsAsync(string dll, int count, CancellationToken cancel)
    {
        var folder = Directory.CreateTempSubdirectory("contacts-chats-").FullName;
        using var server = new ServerUnderTest(dll, folder);
        await server.StartAsync(cancel);
        using var client = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = count + 10, AllowAutoRedirect = false }) { BaseAddress = server.Address, Timeout = TimeSpan.FromMinutes(5) };
        var memory = new ProcessMemory(server.ProcessId);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var waiting = new List<Task>();
        for (var i = 0; i < 50; i++) waiting.Add(WaitAsync(client, await BeginAsync(client, cancel), stop.Token));
        await Task.Delay(Settled, cancel);
        var before = await memory.ReadAsync(cancel);
        for (var i = 0; i < count; i++) waiting.Add(WaitAsync(client, await BeginAsync(client, cancel), stop.Token));
        await Task.Delay(Settled, cancel);
        var open = waiting.Count(w => !w.IsCompleted) - 50;
        var now = await memory.ReadAsync(cancel);
        Console.WriteLine($"{open} open chats: {(now.Managed - before.Managed) / 1e6:0.0} MB managed, {(now.WorkingSet - before.WorkingSet) / 1e6:0.0} MB working set more; all in all {now.Managed / 1e6:0} and {now.WorkingSet / 1e6:0} MB");
        await stop.CancelAsync();
        server.Dispose();
        Directory.Delete(folder, recursive: true);
        return open == count ? 0 : 1;
    }

    private static async Task AnswerAllAsync(Uri address, ConcurrentQueue<double> times, CancellationToken stop)
    {
        using var client = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 1, AllowAutoRedirect = false }) { BaseAddress = address };
        while (!stop.IsCancellationRequested)
        {
            var (page, path) = (await client.GetStringAsync(new Uri(Form, UriKind.Relative), CancellationToken.None), Form);
            var answers = new[] { "Ada Lovelace", $"guest{Interlocked.Increment(ref _sent)}@load.example", "Tell me more." };
            foreach (var (at, answer) in answers.Index())
            {
                var started = Stopwatch.GetTimestamp();
                path = await SendAsync(client, path, page, answer, CancellationToken.None);
                if (at == answers.Length - 1) times.Enqueue(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
                page = await client.GetStringAsync(new Uri(path, UriKind.Relative), CancellationToken.None);
            }
        }
    }

    // Where the guest hears of news: the chat's page says.
    private static async Task<string> BeginAsync(HttpClient client, CancellationToken cancel)
    {
        var first = await client.GetStringAsync(new Uri(Chat, UriKind.Relative), cancel);
        var page = await client.GetStringAsync(new Uri(await SendAsync(client, Chat, first, "Book a meeting", cancel), UriKind.Relative), cancel);
        return WebUtility.HtmlDecode(News().Match(page).Groups[1].Value) + Line().Count(page);
    }

    // Asks again and again, as the page's script does.
    private static async Task WaitAsync(HttpClient client, string news, CancellationToken stop)
    {
        try
        {
            while (true)
                using (var answer = await client.GetAsync(new Uri(news, UriKind.Relative), stop))
                    if (answer.StatusCode != HttpStatusCode.NoContent) return;
        }
        catch (OperationCanceledException) { /* the measurement is over */ }
    }

    private static async Task<string> SendAsync(HttpClient client, string path, string page, string answer, CancellationToken cancel)
    {
        var fields = Hidden().Matches(page).ToDictionary(m => m.Groups[1].Value, m => WebUtility.HtmlDecode(m.Groups[2].Value));
        fields["answer"] = answer;
        using var content = new FormUrlEncodedContent(fields);
        using var sent = await client.PostAsync(new Uri(path, UriKind.Relative), content, cancel);
        return sent.StatusCode == HttpStatusCode.SeeOther ? sent.Headers.Location!.ToString() : throw new InvalidOperationException($"The answer was not taken: {(int)sent.StatusCode}.");
    }

    [GeneratedRegex("<input type=\"hidden\" name=\"([^\"]*)\" value=\"([^\"]*)\"")]
    private static partial Regex Hidden();

    [GeneratedRegex("data-news=\"([^\"]*)\"")]
    private static partial Regex News();

    [GeneratedRegex("<p class=\"line ")]
    private static partial Regex Line();
}
