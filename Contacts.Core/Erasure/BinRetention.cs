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
    public Task RunAsync(CancellationToken stop) => DailySweep.RunAsync(async cancel =>
    {
        if (await SweepAsync(cancel) is > 0 and var swept) log.LogInformation("Removed {Count} contacts that were deleted more than {Days} days ago", swept, ContactBin.Kept.TotalDays);
    }, clock, log, stop);

    /// <summary>Removes what has lain long enough. Says how many contacts that were, those merged into them not counted.</summary>
    internal async Task<int> SweepAsync(CancellationToken cancel = default)
    {
        var before = clock.GetUtcNow().UtcDateTime - ContactBin.Kept;
        await using var all = dbs.OpenBeforeAccount();
        var swept = 0;
        foreach (var account in await all.Accounts.Select(a => a.Id).ToListAsync(cancel))
        {
            await using var db = dbs.Open(account);
            for (List<long> ids; (ids = await db.Contacts.Where(c => c.DeletedAt < before && c.MergedIntoId == null).OrderBy(c => c.DeletedAt).Select(c => c.Id).Take(Chunk).ToListAsync(cancel)).Count > 0;)
                foreach (var id in ids)
                {
                    await desk.EraseAsync(account, id, remember: false, cancel);
                    swept++;
                }
        }
        return swept;
    }
}
