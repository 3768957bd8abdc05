using Contacts.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Contacts.Core.Tracking;

/// <summary>Page views are kept as many days as their account says; then they go, and with them the browsers that never told who they are.</summary>
public sealed class PageViewRetention(AccountDbs dbs, WriteGate gate, TimeProvider clock, ILogger<PageViewRetention> log)
{
    // Small, so that whoever waits at the write gate waits milliseconds.
    private const int Batch = 500;

    /// <summary>Sweeps now and then once a day.</summary>
    public Task RunAsync(CancellationToken stop) => DailySweep.RunAsync(async cancel =>
    {
        if (await SweepAsync(cancel) is > 0 and var swept) log.LogInformation("Deleted {Count} page views whose time was over", swept);
    }, clock, log, stop);

    /// <summary>Deletes what is too old. Says how many page views that were.</summary>
    internal async Task<int> SweepAsync(CancellationToken cancel = default)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        await using var all = dbs.OpenBeforeAccount();
        var swept = 0;
        await SweepRefusalsAsync(all, now, cancel);
        foreach (var account in await all.Accounts.Select(a => a.Id).ToListAsync(cancel))
        {
            await using var db = dbs.Open(account);
            var before = now.AddDays(-(await TrackingSettings.LoadAsync(db, cancel)).KeptDays);
            swept += await SweepViewsAsync(db, before, cancel);
            await SweepVisitorsAsync(db, before, cancel);
            await SweepCountsAsync(db, before, cancel);
            await SweepRefusalsAsync(db, now, cancel);
        }
        return swept;
    }

    private async Task<int> SweepViewsAsync(ContactsDb db, DateTime before, CancellationToken cancel)
    {
        for (var swept = 0; ;)
        {
            var ids = await db.PageViews.Where(v => v.At < before).OrderBy(v => v.At).Select(v => v.Id).Take(Batch).ToListAsync(cancel);
            if (ids.Count == 0) return swept;
            using var turn = await gate.EnterAsync(cancel);
            swept += await db.PageViews.Where(v => ids.Contains(v.Id)).ExecuteDeleteAsync(cancel);
        }
    }

    private async Task SweepVisitorsAsync(ContactsDb db, DateTime before, CancellationToken cancel)
    {
        for (var last = 0L; ;)
        {
            var from = last;
            var ids = await Forgotten(db, before).Where(v => v.Id > from).OrderBy(v => v.Id).Select(v => v.Id).Take(Batch).ToListAsync(cancel);
            if (ids.Count == 0) return;
            last = ids[^1];
            using var turn = await gate.EnterAsync(cancel);
            // Asked again inside the turn: the browser may have come back since.
            await Forgotten(db, before).Where(v => ids.Contains(v.Id)).ExecuteDeleteAsync(cancel);
        }
    }

    private async Task SweepCountsAsync(ContactsDb db, DateTime before, CancellationToken cancel)
    {
        using var turn = await gate.EnterAsync(cancel);
        await db.PageCounts.Where(c => c.Day < before).ExecuteDeleteAsync(cancel);
        await db.TrackedSites.Where(s => s.LastAt < before).ExecuteDeleteAsync(cancel);
    }

    private async Task SweepRefusalsAsync(ContactsDb db, DateTime now, CancellationToken cancel)
    {
        var before = now.AddDays(-RefusalCount.KeptDays);
        using var turn = await gate.EnterAsync(cancel);
        await db.RefusalCounts.Where(c => c.Day < before).ExecuteDeleteAsync(cancel);
    }

    private static IQueryable<Visitor> Forgotten(ContactsDb db, DateTime before) =>
        db.Visitors.Where(v => v.ContactId == null && v.FirstSeenAt < before && !db.PageViews.Any(p => p.VisitorId == v.Id));
}
