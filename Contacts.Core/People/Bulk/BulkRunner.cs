using Contacts.Core.Accounts;
using Contacts.Core.Data;
using Contacts.Core.People.Lists;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Contacts.Core.People.Bulk;

/// <summary>Does the work of runs, there and back, in turns at the gate so short that everybody else gets on with theirs in between.</summary>
internal sealed class BulkRunner(WriteGate gate, ContactFinder finder, TimeProvider clock, ILogger log)
{
    private const int IdsAtOnce = 10_000;

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <summary>Lets work go on by itself: nobody waits for a run that was begun from a page.</summary>
    public void Leave(Caller caller, long id, Func<Task> work) => _ = Task.Run(() => GuardAsync(caller, id, work), CancellationToken.None);

    /// <summary>Finds whom a run is about, and changes them chunk by chunk, until it is through or stopped.</summary>
    public async Task ApplyAsync(Caller caller, long id, ContactSelection selection)
    {
        var ids = selection.Query is null ? [.. selection.Ids.Order()] : await FindAllAsync(caller, id, selection.Query, selection.Except);
        var most = int.MaxValue;
        for (var done = 0; done < ids.Count;)
        {
            var from = done;
            var taken = await gate.RunAsync(caller.AccountId, async db =>
            {
                var run = await db.BulkRuns.SingleAsync(r => r.Id == id);
                if (run.StoppedAt is not null) return 0;
                if (await BulkWork.OfAsync(db, caller, run, clock) is not { Problem: null } work)
                {
                    run.Stop(Now);
                    return 0;
                }
                var part = ids.GetRange(from, Math.Min(Math.Min(work.Chunk, most), ids.Count - from));
                var (changed, looked) = await work.ApplyAsync(db, part);
                await BulkInsert.InsertAsync(db, changed.Select(c => new BulkRow(caller.AccountId, id, c.Key, c.Value)));
                run.Count(looked, changed.Count, Now);
                return looked;
            });
            if (taken == 0) break;
            done += taken;
            most = MostAfter(taken);
        }
        await WithRunAsync(caller, id, run => run.Finish(Now));
    }

    /// <summary>Gives every contact of a run back what it had, chunk by chunk, until it is through or stopped.</summary>
    public async Task TakeBackAsync(Caller caller, long id)
    {
        var most = int.MaxValue;
        while (await gate.RunAsync(caller.AccountId, async db =>
        {
            var run = await db.BulkRuns.SingleAsync(r => r.Id == id);
            if (run is { UndoStartedAt: null } or { UndoneAt: not null }) return false;
            var work = await BulkWork.OfAsync(db, caller, run, clock);
            var rows = await db.BulkRows.AsNoTracking().Where(r => r.RunId == id).OrderBy(r => r.ContactId).Take(Math.Min(work?.Chunk ?? ContactRewrite.Chunk, most)).ToListAsync();
            if (rows.Count == 0)
            {
                run.FinishUndo(Now);
                return false;
            }
            // What became of it meanwhile leaves nothing to give back.
            var (back, looked) = work is null ? new BulkPart(new Dictionary<long, BulkBefore>(), rows.Count) : await work.UndoAsync(db, rows.ToDictionary(r => r.ContactId, r => r.Before));
            var last = rows[looked - 1].ContactId;
            await db.BulkRows.Where(r => r.RunId == id && r.ContactId <= last).ExecuteDeleteAsync();
            run.CountBack(back.Count, looked - back.Count, Now);
            most = MostAfter(looked);
            return true;
        })) { }
    }

    // How many the next part has at most: where one stopped early, the next would be read to its end in vain.
    private static int MostAfter(int looked) => looked * 2;

    // All numbers before the first change, which may let others match: eight bytes each, and from then on the run says how many there are.
    private async Task<List<long>> FindAllAsync(Caller caller, long id, ContactQuery query, IReadOnlyCollection<long> except)
    {
        var (ids, isStopped) = (new List<long>(), false);
        while (!isStopped && await finder.IdsAsync(caller, query, ids.LastOrDefault(), IdsAtOnce) is { Count: > 0 } part)
        {
            ids.AddRange(part);
            if (part.Count < IdsAtOnce) break;
            await WithRunAsync(caller, id, run =>
            {
                run.Find(ids.Count, Now);
                isStopped = run.StoppedAt is not null;
            });
        }
        if (isStopped) return [];
        var without = except.ToHashSet();
        ids.RemoveAll(without.Contains);
        await WithRunAsync(caller, id, run => run.Begin(ids.Count, Now));
        return ids;
    }

    private Task<bool> WithRunAsync(Caller caller, long id, Action<BulkRun> change) => gate.RunAsync(caller.AccountId, async db =>
    {
        change(await db.BulkRuns.SingleAsync(r => r.Id == id));
        return true;
    });

    // Its row stands still, which the page shows, and the log says why.
    private async Task GuardAsync(Caller caller, long id, Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (Exception error)
        {
            log.LogError(error, "Changing many contacts of account {Account} broke off (run {Run})", caller.AccountId, id);
        }
    }
}
