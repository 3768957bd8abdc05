using Contacts.Core.Accounts;
using Contacts.Core.Data;
using Contacts.Core.Fields;
using Contacts.Core.People.Lists;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Contacts.Core.People.Bulk;

/// <summary>
/// Changes many contacts at once and takes it back. A run goes on when the page that began it is closed; it works in short pieces, so that
/// everybody else gets on with theirs in between.
/// </summary>
public sealed class BulkEdits(AccountDbs dbs, WriteGate gate, ContactFinder finder, TimeProvider clock, ILogger<BulkEdits> log)
{
    private const int IdsAtOnce = 10_000, SweptAtOnce = 5_000;

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <summary>Whether many contacts can be given one value of the field: not what belongs to one alone, nor a file.</summary>
    public static bool Takes(FieldDefinition field) => field.Name is not (SystemFields.Email or SystemFields.MobilePhone) && !field.Rules.Unique && !field.Type.IsUploaded;

    /// <summary>Begins and returns; <see cref="FindAsync"/> tells how far it is.</summary>
    /// <exception cref="RuleException">Nobody is chosen, or as <see cref="BulkWork"/> says.</exception>
    public async Task<BulkRun> StartAsync(Caller caller, ContactSelection selection, BulkChange change, CancellationToken cancel = default)
    {
        var (run, ids) = await PrepareAsync(caller, selection, change, cancel);
        _ = Task.Run(() => GuardAsync(caller, run.Id, () => ApplyAsync(caller, run.Id, ids)), CancellationToken.None);
        return run;
    }

    /// <summary>The same, and returns when it is through.</summary>
    public async Task<BulkRun> RunAsync(Caller caller, ContactSelection selection, BulkChange change, CancellationToken cancel = default)
    {
        var (run, ids) = await PrepareAsync(caller, selection, change, cancel);
        await ApplyAsync(caller, run.Id, ids);
        return (await FindAsync(caller, run.Id, cancel))!;
    }

    /// <summary>How a run stands; null when there is none with the number.</summary>
    public async Task<BulkRun?> FindAsync(Caller caller, long id, CancellationToken cancel = default)
    {
        caller.Require(Permission.EditContacts);
        await using var db = dbs.Open(caller.AccountId);
        return await db.BulkRuns.SingleOrDefaultAsync(r => r.Id == id, cancel);
    }

    /// <summary>The caller's last runs, newest first.</summary>
    public async Task<IReadOnlyList<BulkRun>> ListAsync(Caller caller, int take = 10, CancellationToken cancel = default)
    {
        caller.Require(Permission.EditContacts);
        await using var db = dbs.Open(caller.AccountId);
        return await db.BulkRuns.Where(r => r.StartedById == caller.UserId).OrderByDescending(r => r.StartedAt).ThenByDescending(r => r.Id).Take(take).ToListAsync(cancel);
    }

    /// <summary>Stops after the chunk that is being written. What was changed stays, and can be undone.</summary>
    /// <exception cref="RuleException">There is none, or it is another user's and the caller may not delete contacts.</exception>
    public Task StopAsync(Caller caller, long id, CancellationToken cancel = default)
    {
        caller.Require(Permission.EditContacts);
        return gate.RunAsync(caller.AccountId, async db =>
        {
            var run = await OwnAsync(db, caller, id);
            if (run.FinishedAt is null) run.Stop(Now);
            return true;
        }, cancel);
    }

    /// <summary>Begins to give every contact back what it had; one that somebody changed since stays as it is. Broken off, it can be begun again.</summary>
    /// <exception cref="RuleException">As for stopping; or it is still running, or undone already.</exception>
    public async Task<BulkRun> UndoAsync(Caller caller, long id, CancellationToken cancel = default)
    {
        var run = await PrepareUndoAsync(caller, id, cancel);
        _ = Task.Run(() => GuardAsync(caller, id, () => TakeBackAsync(caller, id)), CancellationToken.None);
        return run;
    }

    /// <summary>The same, and returns when it is through.</summary>
    public async Task<BulkRun> RunUndoAsync(Caller caller, long id, CancellationToken cancel = default)
    {
        await PrepareUndoAsync(caller, id, cancel);
        await TakeBackAsync(caller, id);
        return (await FindAsync(caller, id, cancel))!;
    }

    /// <summary>Forgets the runs of an account that can be undone no more.</summary>
    internal async Task SweepAsync(long accountId, CancellationToken cancel)
    {
        var before = Now - BulkRun.Kept;
        while (await gate.RunAsync(accountId, async db =>
        {
            if (await db.BulkRuns.Where(r => r.StartedAt < before).OrderBy(r => r.Id).FirstOrDefaultAsync() is not { } run) return false;
            var rows = await db.BulkRows.Where(r => r.RunId == run.Id).OrderBy(r => r.ContactId).Take(SweptAtOnce).Select(r => r.ContactId).ToListAsync();
            var last = rows.LastOrDefault();
            if (rows.Count == 0) db.BulkRuns.Remove(run);
            else await db.BulkRows.Where(r => r.RunId == run.Id && r.ContactId <= last).ExecuteDeleteAsync();
            return true;
        }, cancel)) { }
    }

    private async Task<(BulkRun Run, List<long> Ids)> PrepareAsync(Caller caller, ContactSelection selection, BulkChange change, CancellationToken cancel)
    {
        caller.Require(Permission.EditContacts);
        if (change is BulkDelete) caller.Require(Permission.DeleteContacts);
        var ids = await IdsAsync(caller, selection, cancel);
        if (ids.Count == 0) throw new RuleException("Choose at least one contact.", "contacts");
        return await gate.RunAsync(caller.AccountId, async db =>
        {
            var work = await BulkWork.OfAsync(db, caller, change, clock);
            var run = db.BulkRuns.Add(new BulkRun(caller, work, ids.Count, Now)).Entity;
            await db.SaveChangesAsync();
            return (run, ids);
        }, cancel);
    }

    // All numbers at once: eight bytes each, and the run says from its beginning how many there are.
    private async Task<List<long>> IdsAsync(Caller caller, ContactSelection selection, CancellationToken cancel)
    {
        if (selection.Query is not { } query) return [.. selection.Ids.Distinct().Order()];
        var ids = new List<long>();
        for (IReadOnlyList<long> part; (part = await finder.IdsAsync(caller, query, ids.LastOrDefault(), IdsAtOnce, cancel)).Count > 0;) ids.AddRange(part);
        var except = selection.Except.ToHashSet();
        ids.RemoveAll(except.Contains);
        return ids;
    }

    private async Task ApplyAsync(Caller caller, long id, List<long> ids)
    {
        foreach (var part in ids.Chunk(ContactRewrite.Chunk))
        {
            var goesOn = await gate.RunAsync(caller.AccountId, async db =>
            {
                var run = await db.BulkRuns.SingleAsync(r => r.Id == id);
                if (run.StoppedAt is not null) return false;
                if (await BulkWork.OfAsync(db, caller, run, clock) is not { Problem: null } work)
                {
                    run.Stop(Now);
                    return false;
                }
                var before = await work.ApplyAsync(db, part);
                await BulkInsert.InsertAsync(db, before.Select(b => new BulkRow(caller.AccountId, id, b.Key, b.Value)));
                run.Count(part.Length, before.Count, Now);
                return true;
            });
            if (!goesOn) break;
        }
        await gate.RunAsync(caller.AccountId, async db =>
        {
            (await db.BulkRuns.SingleAsync(r => r.Id == id)).Finish(Now);
            return true;
        });
    }

    private Task<BulkRun> PrepareUndoAsync(Caller caller, long id, CancellationToken cancel)
    {
        caller.Require(Permission.EditContacts);
        return gate.RunAsync(caller.AccountId, db => PrepareUndoAsync(db, caller, id), cancel);
    }

    private async Task<BulkRun> PrepareUndoAsync(ContactsDb db, Caller caller, long id)
    {
        var run = await OwnAsync(db, caller, id);
        if (run.StateAt(Now) is BulkState.Running or BulkState.Undoing) throw new RuleException("This change is still running.", refusal: Refusal.Conflict);
        if (run.UndoneAt is not null) throw new RuleException("This change was undone already.", refusal: Refusal.Conflict);
        if (Now - run.StartedAt > BulkRun.Kept) throw new RuleException($"A change can be undone for {BulkRun.Kept.Days} days.", refusal: Refusal.Conflict);
        if (await BulkWork.OfAsync(db, caller, run, clock) is null) throw new RuleException("What was set is gone or became something else, so there is nothing to take back.", refusal: Refusal.Conflict);
        run.StartUndo(Now);
        return run;
    }

    private async Task TakeBackAsync(Caller caller, long id)
    {
        while (await gate.RunAsync(caller.AccountId, async db =>
        {
            var run = await db.BulkRuns.SingleAsync(r => r.Id == id);
            var rows = await db.BulkRows.AsNoTracking().Where(r => r.RunId == id).OrderBy(r => r.ContactId).Take(ContactRewrite.Chunk).ToListAsync();
            if (rows.Count == 0)
            {
                run.FinishUndo(Now);
                return false;
            }
            // What became of it meanwhile leaves nothing to give back.
            var restored = await BulkWork.OfAsync(db, caller, run, clock) is not { } work ? 0 : await work.UndoAsync(db, rows.ToDictionary(r => r.ContactId, r => r.Before));
            var last = rows[^1].ContactId;
            await db.BulkRows.Where(r => r.RunId == id && r.ContactId <= last).ExecuteDeleteAsync();
            run.CountBack(restored, rows.Count - restored, Now);
            return true;
        })) { }
    }

    // Nobody waits for a run that was begun from a page: its row stands still, which the page shows, and the log says why.
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

    private static async Task<BulkRun> OwnAsync(ContactsDb db, Caller caller, long id)
    {
        var run = await db.BulkRuns.SingleOrDefaultAsync(r => r.Id == id) ?? throw new RuleException("There is no such change any more.", refusal: Refusal.NotFound);
        if (run.StartedById != caller.UserId || run.Field == BulkRun.Bin) caller.Require(Permission.DeleteContacts);
        return run;
    }
}
