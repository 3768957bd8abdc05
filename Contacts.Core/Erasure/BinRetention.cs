using Contacts.Core.Data;
using Contacts.Core.Intake.Booking;
using Contacts.Core.Mail;
using Contacts.Core.People;
using Contacts.Core.People.Bulk;
using Contacts.Core.Webhooks;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Contacts.Core.Erasure;

/// <summary>What has been in the bin for 30 days is removed for good, one person at a time; messages about contacts that are not there any more; what links that expired would have filled in; and webhooks that were given up.</summary>
public sealed class BinRetention(AccountDbs dbs, ErasureDesk desk, BulkEdits edits, BookingLinks links, HookRoom hooks, Outbox outbox, TimeProvider clock, ILogger<BinRetention> log)
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
        var accounts = await all.Accounts.Select(a => a.Id).ToListAsync(cancel);
        var swept = 0;
        try
        {
            foreach (var account in accounts)
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
        foreach (var account in accounts)
        {
            await edits.SweepAsync(account, cancel);
            await links.ForgetExpiredAsync(account, cancel);
            await hooks.ForgetGivenUpAsync(account, cancel);
        }
        await desk.TidySearchAsync(cancel);
        await ForgetMessagesAsync(accounts, cancel);
        return swept;
    }

    // A message that was on its way, or a file in use, when its contact was erased. Listed before they are looked up: a contact is there before its message.
    private async Task ForgetMessagesAsync(List<long> accounts, CancellationToken cancel)
    {
        var gone = outbox.Contacts().ToHashSet();
        foreach (var account in accounts)
        {
            await using var db = dbs.Open(account);
            foreach (var some in gone.Chunk(Chunk).ToList()) gone.ExceptWith(await db.Contacts.Where(c => some.Contains(c.Id)).Select(c => c.Id).ToListAsync(cancel));
        }
        foreach (var file in outbox.FilesAbout(gone)) File.Delete(file);
    }
}
