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
    private const int Group = 50, AtOnce = 8, MaxToldLength = 300;
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1), AfterTrouble = TimeSpan.FromSeconds(30), Patience = TimeSpan.FromSeconds(15);

    private readonly HttpClient _http = new(network.NewHandler()) { Timeout = Timeout.InfiniteTimeSpan, MaxResponseContentBufferSize = 64 * 1024 };

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
        if (await TryAsync(hook) is not var (problem, forGood))
        {
            await room.SentAsync(hook);
            log.LogInformation("Webhook {Hook} of account {Account} was taken", hook.Id, hook.AccountId);
            return;
        }
        await room.FailedAsync(hook, problem, forGood);
        log.LogWarning("Webhook {Hook} of account {Account} was not taken; see {About}", hook.Id, hook.AccountId, hook.About);
    }

    /// <returns>What was answered instead, and whether it would be again; null when it was taken.</returns>
    private async Task<(string Problem, bool ForGood)?> TryAsync(OutgoingHook hook)
    {
        var now = clock.GetUtcNow();
        using var patience = new CancellationTokenSource(Patience);
        using var request = new HttpRequestMessage(HttpMethod.Post, hook.Url) { Content = new StringContent(hook.Body, Encoding.UTF8, "application/json") };
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("Contacts", "1.0"));
        request.Headers.Add("webhook-id", hook.Key);
        request.Headers.Add("webhook-timestamp", now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        request.Headers.Add("webhook-signature", HookSignature.Sign(hook.Secret, hook.Key, now, hook.Body));
        try
        {
            using var answer = await _http.SendAsync(request, patience.Token);
            if (answer.IsSuccessStatusCode) return null;
            // Who answers so wants no more of it.
            return (Told(answer.StatusCode, await answer.Content.ReadAsStringAsync(patience.Token)), answer.StatusCode == HttpStatusCode.Gone);
        }
        catch (OperationCanceledException)
        {
            return ($"No answer within {Patience.TotalSeconds} seconds.", false);
        }
        catch (HttpRequestException error)
        {
            return (error.InnerException is RuleException refused ? refused.Message : error.Message, false);
        }
    }

    private static string Told(HttpStatusCode status, string text)
    {
        var line = string.Join(' ', string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c)).Split(' ', StringSplitOptions.RemoveEmptyEntries));
        return $"{(int)status}{(line.Length == 0 ? "" : $" {(line.Length > MaxToldLength ? line[..MaxToldLength] + "…" : line)}")}";
    }

    public override void Dispose()
    {
        _http.Dispose();
        base.Dispose();
    }
}
