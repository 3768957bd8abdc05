using Contacts.Core.Activity;

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
    private readonly IDisposable _listening;
    private readonly CancellationTokenSource _stopped = new();
    private int _state; // 0 idle, 1 running, 2 running and to run again

    private LiveUpdates(Func<Action, IDisposable> listen, TimeProvider clock, Func<Task> refresh)
    {
        (_refresh, _clock) = (refresh, clock);
        _listening = listen(Wake);
    }

    /// <param name="refresh">Comes on a thread of its own: a component passes through its <c>InvokeAsync</c>.</param>
    public static LiveUpdates Start(ChangeFeed feed, long accountId, TimeProvider clock, Func<Task> refresh, Predicate<ContactChange>? concerns = null) =>
        new(wake => feed.Listen(accountId, change => { if (concerns is null || concerns(change)) wake(); }), clock, refresh);

    /// <summary>The same for the account's saved views.</summary>
    public static LiveUpdates OfViews(ChangeFeed feed, long accountId, TimeProvider clock, Func<Task> refresh) =>
        new(wake => feed.ListenToViews(accountId, wake), clock, refresh);

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
                await _refresh();
                await Task.Delay(Interval, _clock, _stopped.Token);
            }
            while (Interlocked.CompareExchange(ref _state, 0, 1) == 2);
        }
        catch (Exception error) when (error is OperationCanceledException or ObjectDisposedException)
        {
            // The page was closed while its refresh was under way.
        }
    }

    public void Dispose()
    {
        _listening.Dispose();
        _stopped.Cancel();
        _stopped.Dispose();
    }
}
