using Contacts.Core.Data;
using Contacts.Core.People;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Contacts.Core.Erasure;

/// <summary>What has been in the bin for 30 days is removed for good, one person at a time.</summary>
public sealed class BinRetention(AccountDbs dbs, ErasureDesk desk, TimeProvider clock, ILogger<BinRetention> log)
{
    private const int Chunk = 100;

    /// <summary>Sweeps now and then once a day.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        using var daily = new PeriodicTimer(TimeSpan.FromDays(1), clock);
        try
        {
            do await TrySweepAsync(stop);
            while (await daily.WaitForNextTickAsync(stop));
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // What is left of the sweep waits for the next start.
        }
    }

    /// <summary>Removes what has lain long enough. Says how many contacts that were, those merged into them not counted.</summary>
    internal async Task<int> SweepAsync(CancellationToken cancel = default)
    {
        var before = clock.GetUtcNow().UtcDateTime - ContactBin.Kept;
        await using var all = dbs.OpenBeforeAccount();
        var swept = 0;
        try
        {
            foreach (var account in await all.Accounts.Select(a => a.Id).ToListAsync(cancel))
            {
                await using var db = dbs.Open(account);
                for (List<long> ids; (ids = await db.Contacts.Where(c => c.DeletedAt < before && c.MergedIntoId == null).OrderBy(c => c.DeletedAt).Select(c => c.Id).Take(Chunk).ToListAsync(cancel)).Count > 0;)
                    foreach (var id in ids)
                        if (await desk.EraseBinnedAsync(account, id, before, cancel)) swept++;
            }
        }
        finally
        {
            if (swept > 0) await desk.EmptyLogAsync();
        }
        return swept;
    }

    // Whatever goes wrong with one sweep, the server goes on and the next day tries again.
    private async Task TrySweepAsync(CancellationToken stop)
    {
        try
        {
            if (await SweepAsync(stop) is > 0 and var swept)
                log.LogInformation("Removed {Count} contacts that were deleted more than {Days} days ago", swept, ContactBin.Kept.TotalDays);
        }
        catch (Exception error) when (!stop.IsCancellationRequested)
        {
            log.LogError(error, "The bin could not be emptied; the next try is tomorrow");
        }
    }
}
