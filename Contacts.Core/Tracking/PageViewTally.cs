using System.Data.Common;
using Contacts.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Contacts.Core.Tracking;

/// <summary>Counts what was refused, the one trace a refused page view leaves: here first, and every few seconds in the database, for all nodes and across restarts.</summary>
public sealed class PageViewTally(AccountDbs dbs, WriteGate gate, TimeProvider clock, ILogger<PageViewTally> log)
{
    /// <summary>Where no account is known.</summary>
    public const long Nobody = 0;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private Dictionary<(long AccountId, ViewRefusal Reason), long> _counts = [];

    public void Count(ViewRefusal reason, long accountId = Nobody) => Add((accountId, reason), 1);

    /// <summary>Writes until <paramref name="stop"/>, and once more then.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stop)) await TryKeepAsync();
        }
        catch (OperationCanceledException)
        {
            await TryKeepAsync();
        }
    }

    /// <summary>What was refused of an account's, or of <see cref="Nobody"/>'s, in the days it is kept.</summary>
    internal async Task<IReadOnlyList<RefusedViews>> ReadAsync(long accountId, CancellationToken cancel = default)
    {
        await KeepAsync();
        var (today, first) = (Today, Today.AddDays(1 - RefusalCount.KeptDays));
        await using var db = accountId == Nobody ? dbs.OpenBeforeAccount() : dbs.Open(accountId);
        var kept = await db.RefusalCounts.AsNoTracking().Where(c => c.Day >= first).ToListAsync(cancel);
        return [.. kept.GroupBy(c => c.Reason).OrderBy(g => g.Key).Select(g => new RefusedViews(g.Key, g.Sum(c => c.Count), g.Where(c => c.Day == today).Sum(c => c.Count)))];
    }

    private DateTime Today => clock.GetUtcNow().UtcDateTime.Date;

    private async Task TryKeepAsync()
    {
        try
        {
            await KeepAsync();
        }
        catch (Exception error) when (error is DbException or InvalidOperationException)
        {
            log.LogError(error, "Counts of refused page views could not be written; they wait for the next time");
        }
    }

    private async Task KeepAsync()
    {
        var counts = Take();
        if (counts.Count == 0) return;
        try
        {
            using var turn = await gate.EnterAsync(CancellationToken.None);
            await using var db = dbs.OpenBeforeAccount();
            await using var transaction = await db.Database.BeginTransactionAsync();
            var day = new DateTimeOffset(Today).ToUnixTimeMilliseconds();
            // In one order on every node, so that none waits for another in a circle.
            foreach (var ((account, reason), count) in counts.OrderBy(c => c.Key))
                await db.Database.ExecuteSqlAsync($"""
                    INSERT INTO "RefusalCounts" ("AccountId", "Day", "Reason", "Count") VALUES ({account}, {day}, {reason.ToString()}, {count})
                    ON CONFLICT ("AccountId", "Day", "Reason") DO UPDATE SET "Count" = "RefusalCounts"."Count" + excluded."Count"
                    """);
            await transaction.CommitAsync();
        }
        catch
        {
            foreach (var (what, count) in counts) Add(what, count);
            throw;
        }
    }

    private void Add((long, ViewRefusal) what, long count)
    {
        lock (_lock) _counts[what] = _counts.GetValueOrDefault(what) + count;
    }

    private Dictionary<(long AccountId, ViewRefusal Reason), long> Take()
    {
        lock (_lock)
        {
            var taken = _counts;
            _counts = [];
            return taken;
        }
    }
}
