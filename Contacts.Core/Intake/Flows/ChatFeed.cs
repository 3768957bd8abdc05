using Contacts.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace Contacts.Core.Intake.Flows;

/// <summary>
/// Tells guests and the team that something was said. What is said through this process is told at once; what is said through another one on the same
/// database is seen by looking, once for all who listen. A waiting guest is one small object here, and there are only so many.
/// </summary>
public sealed class ChatFeed(AccountDbs dbs, TimeProvider clock)
{
    /// <summary>How many guests may wait in one process; the others ask again after a while.</summary>
    public const int MaxWaiting = 5000;

    /// <summary>How long after a change another process's clock may put it, and still it is seen.</summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromSeconds(30);

    private readonly Lock _lock = new();
    private readonly Dictionary<(long Account, long Run), List<Waiting>> _waiting = [];
    private readonly Dictionary<long, List<Action<long>>> _listening = [];
    private readonly Dictionary<(long Account, long Run), int> _seen = [];
    private int _count;

    /// <summary>Hears of every conversation of an account until disposed, by its number. Listeners return at once.</summary>
    public IDisposable Listen(long accountId, Action<long> listener)
    {
        lock (_lock)
        {
            if (!_listening.TryGetValue(accountId, out var listeners)) _listening[accountId] = listeners = [];
            listeners.Add(listener);
        }
        return new Ending(() =>
        {
            lock (_lock)
                if (_listening[accountId].Remove(listener) && _listening[accountId].Count == 0) _listening.Remove(accountId);
        });
    }

    /// <summary>Waits until there is something in a conversation that the guest does not have: now, or after something was said.</summary>
    /// <param name="isThere">Asked again whenever something was said, which the guest may have already.</param>
    /// <returns>False when the time is over, or when too many wait already.</returns>
    public async Task<bool> WaitAsync(long accountId, long runId, Func<Task<bool>> isThere, TimeSpan atMost, CancellationToken cancel = default)
    {
        var guest = new Waiting();
        lock (_lock)
        {
            if (_count >= MaxWaiting) return false;
            if (!_waiting.TryGetValue((accountId, runId), out var others)) _waiting[(accountId, runId)] = others = [];
            others.Add(guest);
            _count++;
        }
        try
        {
            var until = clock.GetUtcNow() + atMost;
            for (var news = guest.News; !await isThere(); news = guest.News)
                await news.WaitAsync(TimeSpan.FromTicks(Math.Max(0, (until - clock.GetUtcNow()).Ticks)), clock, cancel);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
        finally
        {
            lock (_lock)
            {
                _count--;
                if (_waiting.TryGetValue((accountId, runId), out var others) && others.Remove(guest) && others.Count == 0) _waiting.Remove((accountId, runId));
            }
        }
    }

    /// <summary>Looks what was said through other processes, in the accounts that somebody listens to.</summary>
    public async Task LookAsync(CancellationToken cancel = default)
    {
        List<long> accounts;
        lock (_lock) accounts = [.. _waiting.Keys.Select(key => key.Account).Concat(_listening.Keys).Distinct()];
        if (accounts.Count == 0)
        {
            _seen.Clear();
            return;
        }
        var (since, there) = (clock.GetUtcNow().UtcDateTime - Overlap, new HashSet<(long, long)>());
        foreach (var account in accounts)
        {
            await using var db = dbs.Open(account);
            foreach (var run in await db.FlowRuns.Where(r => r.ChangedAt > since && r.LineCount > 0).Select(r => new { r.Id, r.LineCount }).ToListAsync(cancel))
            {
                there.Add((account, run.Id));
                if (_seen.TryGetValue((account, run.Id), out var seen) && seen == run.LineCount) continue;
                _seen[(account, run.Id)] = run.LineCount;
                Publish(account, run.Id);
            }
        }
        foreach (var old in _seen.Keys.Where(key => !there.Contains(key)).ToList()) _seen.Remove(old);
    }

    internal void Publish(long accountId, long runId)
    {
        List<Action<long>> listeners;
        List<Waiting> waiting;
        lock (_lock)
        {
            listeners = [.. _listening.GetValueOrDefault(accountId, [])];
            waiting = [.. _waiting.GetValueOrDefault((accountId, runId), [])];
        }
        foreach (var guest in waiting) guest.Wake();
        foreach (var listener in listeners) listener(runId);
    }

    private sealed class Waiting
    {
        private TaskCompletionSource _news = New();

        /// <summary>Ends when something is said from now on. It is taken before one looks, so that nothing goes by in between.</summary>
        public Task News => Volatile.Read(ref _news).Task;

        public void Wake() => Interlocked.Exchange(ref _news, New()).TrySetResult();

        private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private sealed class Ending(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
