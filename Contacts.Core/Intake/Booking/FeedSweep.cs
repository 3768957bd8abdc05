using Contacts.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Contacts.Core.Intake.Booking;

/// <summary>Reads the other calendars of hosts when it is their time, in all accounts, as long as the server runs.</summary>
public sealed class FeedSweep(AccountDbs dbs, WriteGate gate, BusyFeeds feeds, TimeProvider clock, ILogger<FeedSweep> log)
{
    private const int Group = 100, AtOnce = 8;
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(15);

    /// <summary>While one node reads a calendar, the others leave it alone; should the node die, it is read after this time.</summary>
    private static readonly TimeSpan Hold = TimeSpan.FromMinutes(2);

    /// <summary>Ends when it is stopped, and by nothing else.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(Look, clock);
        try
        {
            do
            {
                await TryAsync(SweepAsync, stop);
            }
            while (await timer.WaitForNextTickAsync(stop));
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // What was due is due at the next start.
        }
    }

    /// <summary>Reads what is due now.</summary>
    internal async Task SweepAsync(CancellationToken cancel)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        List<BusyFeed> due;
        await using (var db = dbs.OpenBeforeAccount())
        {
            await ForgetAsync(db, cancel);
            due = await db.BusyFeeds.IgnoreQueryFilters().AsNoTracking().Where(f => f.NextReadAt <= now).OrderBy(f => f.NextReadAt).Take(Group).ToListAsync(cancel);
        }
        await Parallel.ForEachAsync(due, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancel }, async (feed, stop) =>
        {
            if (await HoldAsync(feed, now, stop)) await TryAsync(inner => feeds.ReadAndKeepAsync(feed, inner), stop);
        });
    }

    // Nobody but their owner sees these calendars, so of one who has left nobody could take them away.
    private async Task ForgetAsync(ContactsDb db, CancellationToken cancel)
    {
        var left = await db.BusyFeeds.IgnoreQueryFilters().Where(f => db.Users.IgnoreQueryFilters().Any(u => u.Id == f.UserId && u.RemovedAt != null)).Select(f => new { f.AccountId, f.UserId }).Distinct().ToListAsync(cancel);
        foreach (var of in left.GroupBy(f => f.AccountId, f => f.UserId))
            await gate.RunAsync(of.Key, account => account.BusyFeeds.Where(f => of.Contains(f.UserId)).ExecuteDeleteAsync(), cancel);
    }

    private Task<bool> HoldAsync(BusyFeed feed, DateTime now, CancellationToken cancel) => gate.RunAsync(feed.AccountId, async db =>
        await db.BusyFeeds.Where(f => f.Id == feed.Id && f.NextReadAt <= now).ExecuteUpdateAsync(set => set.SetProperty(f => f.NextReadAt, now + Hold)) > 0, cancel);

    // One calendar that breaks something must not hold up the others.
    private async Task TryAsync(Func<CancellationToken, Task> work, CancellationToken stop)
    {
        try
        {
            await work(stop);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            log.LogError(error, "Calendars of hosts could not all be read; what is due is tried again");
        }
    }
}
