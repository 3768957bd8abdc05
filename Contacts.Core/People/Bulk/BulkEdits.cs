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
    private const int SweptAtOnce = 5_000;

    private readonly BulkRunner _runner = new(gate, finder, clock, log);

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <summary>Whether many contacts can be given one value of the field: not what belongs to one alone, nor a file.</summary>
    public static bool Takes(FieldDefinition field) => field.Name is not (SystemFields.Email or SystemFields.MobilePhone) && !field.Rules.Unique && !field.Type.IsUploaded;

    /// <summary>Begins and returns; <see cref="FindAsync"/> tells how far it is.</summary>
    /// <exception cref="RuleException">Nobody is chosen, or as <see cref="BulkWork"/> says.</exception>
    public async Task<BulkRun> StartAsync(Caller caller, ContactSelection selection, BulkChange change, CancellationToken cancel = default)
    {
        var run = await PrepareAsync(caller, selection, change, cancel);
        _runner.Leave(caller, run.Id, () => _runner.ApplyAsync(caller, run.Id, selection));
        return run;
    }

    /// <summary>The same, and returns when it is through.</summary>
    public async Task<BulkRun> RunAsync(Caller caller, ContactSelection selection, BulkChange change, CancellationToken cancel = default)
    {
        var run = await PrepareAsync(caller, selection, change, cancel);
        await _runner.ApplyAsync(caller, run.Id, selection);
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

    /// <summary>The last runs that the caller may stop and undo, newest first, and who began each: the caller's own, and everybody's for those who may delete contacts.</summary>
    public async Task<IReadOnlyList<(BulkRun Run, string? By)>> RecentAsync(Caller caller, int take = 10, CancellationToken cancel = default)
    {
        caller.Require(Permission.EditContacts);
        await using var db = dbs.Open(caller.AccountId);
        var (runs, since) = (db.BulkRuns.AsQueryable(), Now - BulkRun.Kept);
        if (!caller.May(Permission.DeleteContacts)) runs = runs.Where(r => r.StartedById == caller.UserId && r.Field != BulkRun.Bin);
        var found = await runs.Where(r => r.StartedAt >= since).OrderByDescending(r => r.StartedAt).ThenByDescending(r => r.Id).Take(take).ToListAsync(cancel);
        var names = await db.Users.ToDictionaryAsync(u => u.Id, u => u.Name, cancel);
        return found.ConvertAll(run => (run, run.StartedById is { } by ? names.GetValueOrDefault(by) : null));
    }

    /// <summary>Stops a run, or its undoing, after the chunk that is being written. What was done until then stays; a change can be undone, and an undoing begun again.</summary>
    /// <exception cref="RuleException">There is none, or it is another user's and the caller may not delete contacts.</exception>
    public Task StopAsync(Caller caller, long id, CancellationToken cancel = default)
    {
        caller.Require(Permission.EditContacts);
        return gate.RunAsync(caller.AccountId, async db =>
        {
            (await OwnAsync(db, caller, id)).Stop(Now);
            return true;
        }, cancel);
    }

    /// <summary>Begins to give every contact back what it had; one that somebody changed since stays as it is. Broken off, it can be begun again.</summary>
    /// <exception cref="RuleException">As for stopping; or it is still running, or undone already.</exception>
    public async Task<BulkRun> UndoAsync(Caller caller, long id, CancellationToken cancel = default)
    {
        var run = await PrepareUndoAsync(caller, id, cancel);
        _runner.Leave(caller, id, () => _runner.TakeBackAsync(caller, id));
        return run;
    }

    /// <summary>The same, and returns when it is through.</summary>
    public async Task<BulkRun> RunUndoAsync(Caller caller, long id, CancellationToken cancel = default)
    {
        await PrepareUndoAsync(caller, id, cancel);
        await _runner.TakeBackAsync(caller, id);
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

    /// <summary>Makes the row of a run, which shows from now on.</summary>
    internal Task<BulkRun> PrepareAsync(Caller caller, ContactSelection selection, BulkChange change, CancellationToken cancel)
    {
        caller.Require(Permission.EditContacts);
        if (change is BulkDelete) caller.Require(Permission.DeleteContacts);
        if (selection is { Query: null, Ids.Count: 0 }) throw new RuleException("Choose at least one contact.", "contacts");
        return gate.RunAsync(caller.AccountId, async db =>
        {
            var work = await BulkWork.OfAsync(db, caller, change, clock);
            var run = db.BulkRuns.Add(new BulkRun(caller, work, selection.Ids.Count, Now)).Entity;
            await db.SaveChangesAsync();
            return run;
        }, cancel);
    }

    private Task<BulkRun> PrepareUndoAsync(Caller caller, long id, CancellationToken cancel)
    {
        caller.Require(Permission.EditContacts);
        return gate.RunAsync(caller.AccountId, db => PrepareUndoAsync(db, caller, id), cancel);
    }

    private async Task<BulkRun> PrepareUndoAsync(ContactsDb db, Caller caller, long id)
    {
        var run = await OwnAsync(db, caller, id);
        if (run.StateAt(Now) is BulkState.Finding or BulkState.Running or BulkState.Undoing) throw new RuleException("This change is still running.", refusal: Refusal.Conflict);
        if (run.UndoneAt is not null) throw new RuleException("This change was undone already.", refusal: Refusal.Conflict);
        if (Now - run.StartedAt > BulkRun.Kept) throw new RuleException($"A change can be undone for {BulkRun.Kept.Days} days.", refusal: Refusal.Conflict);
        if (await BulkWork.OfAsync(db, caller, run, clock) is null) throw new RuleException("What was set is gone or became something else, so there is nothing to take back.", refusal: Refusal.Conflict);
        run.StartUndo(Now);
        return run;
    }

    private static async Task<BulkRun> OwnAsync(ContactsDb db, Caller caller, long id)
    {
        var run = await db.BulkRuns.SingleOrDefaultAsync(r => r.Id == id) ?? throw new RuleException("There is no such change any more.", refusal: Refusal.NotFound);
        if (run.StartedById != caller.UserId || run.Field == BulkRun.Bin) caller.Require(Permission.DeleteContacts);
        return run;
    }
}
