using Contacts.Core.Activity;
using Contacts.Core.Intake.Flows;
using Contacts.Core.Tracking;

namespace Contacts.Web.Shared;

/// <summary>
/// Runs a page's refresh when the account's contacts, or its saved views, change: never two at a time, never more often than the interval, and always once
/// more after the last change. A booking rush of hundreds a second costs an open page three queries a second.
/// </summary>
internal sealed class LiveUpdates : IDisposable
{
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(300);

    private readonly Func<Task> _refresh;
    private readonly TimeProvider _clock;
    private readonly ILogger _log;
    private readonly IDisposable _listening;
    private readonly CancellationTokenSource _stopped = new();
    private int _state; // 0 idle, 1 running, 2 running and to run again

    private LiveUpdates(Func<Action, IDisposable> listen, TimeProvider clock, ILogger log, Func<Task> refresh)
    {
        (_refresh, _clock, _log) = (refresh, clock, log);
        _listening = listen(Wake);
    }

    /// <param name="log">Hears of a refresh that failed; the next change refreshes again.</param>
    /// <param name="refresh">Comes on a thread of its own: a component passes through its <c>InvokeAsync</c>.</param>
    public static LiveUpdates Start(ChangeFeed feed, long accountId, TimeProvider clock, ILogger log, Func<Task> refresh, Predicate<ContactChange>? concerns = null) =>
        new(wake => feed.Listen(accountId, change => { if (concerns is null || concerns(change)) wake(); }), clock, log, refresh);

    /// <summary>The same for the account's saved views.</summary>
    public static LiveUpdates OfViews(ChangeFeed feed, long accountId, TimeProvider clock, ILogger log, Func<Task> refresh) =>
        new(wake => feed.ListenToViews(accountId, wake), clock, log, refresh);

    /// <summary>The same for what contacts look at just now.</summary>
    /// <param name="concerns">Asked with the browser's number.</param>
    public static LiveUpdates OfVisits(VisitFeed feed, long accountId, TimeProvider clock, ILogger log, Func<Task> refresh, Predicate<long> concerns) =>
        new(wake => feed.Listen(accountId, visitor => { if (concerns(visitor)) wake(); }), clock, log, refresh);

    /// <summary>The same for conversations with guests.</summary>
    /// <param name="concerns">Asked with the conversation's number.</param>
    public static LiveUpdates OfChats(ChatFeed feed, long accountId, TimeProvider clock, ILogger log, Func<Task> refresh, Predicate<long>? concerns = null) =>
        new(wake => feed.Listen(accountId, run => { if (concerns is null || concerns(run)) wake(); }), clock, log, refresh);

    private void Wake()
    {
        if (Interlocked.CompareExchange(ref _state, 1, 0) == 0) _ = Task.Run(RunAsync);
        else Interlocked.CompareExchange(ref _state, 2, 1);
    }

    private async Task RunAsync()
    {
        try
        {
            do
            {
                Interlocked.Exchange(ref _state, 1);
                await TryRefreshAsync();
                await Task.Delay(Interval, _clock, _stopped.Token);
            }
            while (Interlocked.CompareExchange(ref _state, 0, 1) == 2);
        }
        catch (Exception) when (_stopped.IsCancellationRequested)
        {
            // The page was closed while its refresh was under way.
        }
    }

    // What fails here nobody else would hear of, and the page would never be refreshed again.
    private async Task TryRefreshAsync()
    {
        try
        {
            await _refresh();
        }
        catch (Exception error) when (!_stopped.IsCancellationRequested)
        {
            _log.LogError(error, "A page could not be refreshed after a change");
        }
    }

    public void Dispose()
    {
        _listening.Dispose();
        _stopped.Cancel();
        _stopped.Dispose();
    }
}
