using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Contacts.Core;
using Contacts.Core.Webhooks;

namespace Contacts.Web.Webhooks;

/// <summary>Takes what waits for other systems and delivers it. What was not taken waits on, and holds up nothing else.</summary>
internal sealed class HookSender(HookRoom room, OutsideNetwork network, TimeProvider clock, ILogger<HookSender> log) : BackgroundService
{
    private const int Group = 50, AtOnce = 8, MaxToldBytes = 4 * 1024;
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1), AfterTrouble = TimeSpan.FromSeconds(30), Patience = TimeSpan.FromSeconds(15);

    private readonly HttpClient _http = new(network.NewHandler()) { Timeout = Timeout.InfiniteTimeSpan };

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var wait = Look;
            try
            {
                await SendAllAsync(stoppingToken);
            }
            catch (Exception error) when (error is not OperationCanceledException) // the database is away
            {
                wait = AfterTrouble;
                log.LogError(error, "Webhooks could not be read; the next try is in {Seconds} seconds", wait.TotalSeconds);
            }
            await Task.Delay(wait, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Delivers everything whose time has come, some at once: one that does not answer keeps the others waiting no longer than that.</summary>
    internal async Task SendAllAsync(CancellationToken cancel)
    {
        for (var more = true; more;)
        {
            var waiting = await room.WaitingAsync(Group, cancel);
            more = waiting.Count == Group;
            // Once it is taken it is tried to the end, even if the program is being stopped: half a try would be made again.
            await Parallel.ForEachAsync(waiting, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancel }, async (hook, _) => await SendAsync(hook));
        }
    }

    private async Task SendAsync(OutgoingHook hook)
    {
        if (!await room.TakeAsync(hook)) return;
        if (await TryAsync(hook) is not { } trouble)
        {
            await room.SentAsync(hook);
            log.LogInformation("Webhook {Hook} of account {Account} was taken", hook.Id, hook.AccountId);
            return;
        }
        await room.FailedAsync(hook, trouble.Problem, trouble.IsForGood, trouble.IsSilence);
        log.LogWarning("Webhook {Hook} of account {Account} was not taken; see {About}", hook.Id, hook.AccountId, hook.About);
    }

    /// <returns>What was wrong; null when it was taken.</returns>
    private async Task<Trouble?> TryAsync(OutgoingHook hook)
    {
        var now = clock.GetUtcNow();
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, hook.Url) { Content = new StringContent(hook.Body, Encoding.UTF8, "application/json") };
            request.Headers.UserAgent.Add(new ProductInfoHeaderValue("Contacts", "1.0"));
            request.Headers.Add("webhook-id", hook.Key);
            request.Headers.Add("webhook-timestamp", now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
            request.Headers.Add("webhook-signature", HookSignature.Sign(hook.Secret, hook.Key, now, hook.Body));
            using var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience.Token);
            // Taken, whatever else it has to say.
            if (answer.IsSuccessStatusCode) return null;
            // Who answers so wants no more of it.
            return new($"{(int)answer.StatusCode} {await ReadAsync(answer.Content, patience.Token)}".TrimEnd(), IsForGood: answer.StatusCode == HttpStatusCode.Gone);
        }
        catch (OperationCanceledException)
        {
            return new($"No answer within {Patience.TotalSeconds} seconds.", IsSilence: true);
        }
        catch (HttpRequestException error) when (error.InnerException is RuleException refused)
        {
            return new(refused.Message);
        }
        catch (Exception error) // whatever one receiver does is its own trouble and nobody else's
        {
            return new(Line(error.Message), IsSilence: error is HttpRequestException);
        }
    }

    // As far as it can be read: the status says what is wrong, and this only says it in words.
    private async Task<string> ReadAsync(HttpContent content, CancellationToken cancel)
    {
        var (bytes, read) = (new byte[MaxToldBytes], 0);
        try
        {
            await using var stream = await content.ReadAsStreamAsync(cancel);
            for (int more; read < bytes.Length && (more = await stream.ReadAsync(bytes.AsMemory(read), cancel)) > 0;) read += more;
        }
        catch (Exception error)
        {
            log.LogDebug(error, "The answer to a webhook broke off, or is none that can be read");
        }
        return Line(Encoding.UTF8.GetString(bytes, 0, read));
    }

    // Without what no database stores: halves of characters, and the one that is none.
    private static string Line(string text) => string.Join(' ', string.Concat(text.EnumerateRunes().Select(rune => Rune.IsControl(rune) ? " " : rune.ToString())).Split(' ', StringSplitOptions.RemoveEmptyEntries));

    /// <param name="IsForGood">It would be the same again.</param>
    /// <param name="IsSilence">Nobody answered, and nobody would answer the next one.</param>
    private sealed record Trouble(string Problem, bool IsForGood = false, bool IsSilence = false);

    public override void Dispose()
    {
        _http.Dispose();
        base.Dispose();
    }
}
