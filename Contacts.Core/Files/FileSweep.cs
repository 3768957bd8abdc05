using Contacts.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Contacts.Core.Files;

/// <summary>Each day files go that nothing leads to: uploads given up a day ago, logos that another took the place of, and the files of contacts that are gone for good.</summary>
public sealed class FileSweep(AccountDbs dbs, WriteGate gate, FileFolder folder, TimeProvider clock, ILogger<FileSweep> log)
{
    public static readonly TimeSpan Kept = TimeSpan.FromDays(1);

    private const int Batch = 500;

    /// <summary>Sweeps now and then once a day.</summary>
    public Task RunAsync(CancellationToken stop) => DailySweep.RunAsync(async cancel =>
    {
        if (await SweepAsync(cancel) is > 0 and var swept) log.LogInformation("Deleted {Count} files that nothing led to", swept);
    }, clock, log, stop);

    /// <summary>Deletes them. Says how many.</summary>
    internal async Task<int> SweepAsync(CancellationToken cancel = default)
    {
        var before = clock.GetUtcNow().UtcDateTime - Kept;
        await using var all = dbs.OpenBeforeAccount();
        var swept = 0;
        foreach (var account in await all.Accounts.Select(a => a.Id).ToListAsync(cancel))
        {
            await using var db = dbs.Open(account);
            swept += await ForgetAsync(db, before, cancel);
            swept += await DeleteNamelessAsync(db, before, cancel);
        }
        return swept;
    }

    // The row first: a file without one is found again below.
    private async Task<int> ForgetAsync(ContactsDb db, DateTime before, CancellationToken cancel)
    {
        for (var swept = 0; ;)
        {
            var files = await Forgotten(db, before).OrderBy(f => f.Id).Take(Batch).ToListAsync(cancel);
            if (files.Count == 0) return swept;
            var ids = files.ConvertAll(f => f.Id);
            using (await gate.EnterAsync(cancel))
            {
                // Asked again inside the turn: somebody may have saved one since.
                swept += await Forgotten(db, before).Where(f => ids.Contains(f.Id)).ExecuteDeleteAsync(cancel);
            }
            var left = await db.Files.Where(f => ids.Contains(f.Id)).Select(f => f.Id).ToListAsync(cancel);
            foreach (var file in files.Where(f => !left.Contains(f.Id))) folder.Delete(file);
        }
    }

    private async Task<int> DeleteNamelessAsync(ContactsDb db, DateTime before, CancellationToken cancel)
    {
        var there = new DirectoryInfo(folder.Of(db.AccountId));
        if (!there.Exists) return 0;
        var swept = 0;
        foreach (var some in there.EnumerateFiles().Where(file => file.LastWriteTimeUtc < before).Chunk(Batch))
        {
            var names = some.Select(file => file.Name).ToList();
            var known = await db.Files.Where(f => names.Contains(f.StoredAs)).Select(f => f.StoredAs).ToListAsync(cancel);
            foreach (var file in some.Where(file => !known.Contains(file.Name)))
            {
                file.Delete();
                swept++;
            }
        }
        return swept;
    }

    private static IQueryable<StoredFile> Forgotten(ContactsDb db, DateTime before) =>
        db.Files.Where(f => f.CreatedAt < before && (f.ContactId == null || !db.Contacts.Any(c => c.Id == f.ContactId)) && !db.BookingCalendars.Any(c => c.LogoFileId == f.Id) && !db.Flows.Any(flow => flow.LogoFileId == f.Id));
}
