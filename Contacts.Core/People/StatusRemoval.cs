using Contacts.Core.Accounts;
using Contacts.Core.Activity;
using Contacts.Core.Data;
using Contacts.Core.Statuses;
using Microsoft.EntityFrameworkCore;

namespace Contacts.Core.People;

/// <summary>Takes a status out of the pipeline. Its contacts, the sources that set it, saved views on it and new contacts go on to the one that replaces it.</summary>
public sealed class StatusRemoval(AccountDbs dbs, WriteGate gate, ChangeFeed feed, TimeProvider clock)
{
    /// <summary>How many contacts stand at the status.</summary>
    public async Task<int> CountAsync(Caller caller, long statusId, CancellationToken cancel = default)
    {
        caller.Require(Permission.ManageStatuses);
        await using var db = dbs.Open(caller.AccountId);
        return await db.Contacts.Listed().CountAsync(c => c.StatusId == statusId, cancel);
    }

    /// <summary>Moves every contact on, each with an entry of its own, then removes the status. Broken off, it can be done again.</summary>
    /// <param name="replacementId">Null: they have no status from then on.</param>
    /// <param name="progress">Told the number of contacts moved.</param>
    /// <exception cref="RuleException">There is no such status, or, at <c>replacement</c>, none to replace it.</exception>
    public async Task RemoveAsync(Caller caller, long statusId, long? replacementId, IProgress<int>? progress = null, CancellationToken cancel = default)
    {
        caller.Require(Permission.ManageStatuses);
        if (replacementId == statusId) throw new RuleException("Choose another status than the one you remove.", "replacement");
        await gate.RunAsync(caller.AccountId, db => ReplaceAsync(db, statusId, replacementId), cancel);
        for (var moved = 0; ;)
        {
            var more = await gate.RunAsync(caller.AccountId, db => MoveOnAsync(db, caller, statusId, replacementId), cancel);
            if (more == 0) break;
            progress?.Report(moved += more);
        }
        feed.PublishViews(caller.AccountId);
    }

    // First, so that nothing but a person's own hand brings a contact here any more.
    private static async Task<bool> ReplaceAsync(ContactsDb db, long statusId, long? replacementId)
    {
        await StatusList.LockAsync(db);
        var (status, replacement) = await FindAsync(db, statusId, replacementId);
        if (replacement is not null && status.IsDefault) replacement.IsDefault = true;
        status.IsDefault = false;
        await db.BookingCalendars.Where(c => c.StatusId == statusId).ExecuteUpdateAsync(set => set.SetProperty(c => c.StatusId, replacementId));
        return true;
    }

    private async Task<int> MoveOnAsync(ContactsDb db, Caller caller, long statusId, long? replacementId)
    {
        var (status, replacement) = await FindAsync(db, statusId, replacementId);
        var (next, now) = (await NextAsync(db, statusId), clock.GetUtcNow().UtcDateTime);
        if (next.Count == 0) await TakeOutAsync(db, status, replacement);
        return await ContactRewrite.StandingAsync(db, next, contact =>
        {
            var entry = new ActivityEntry(caller.AccountId, ActivityKind.StatusChanged, "", Source.Of(caller), caller, now, now);
            contact.MoveTo(replacement, status, entry);
            contact.Append(entry);
            return true;
        });
    }

    // Those in lists first; then those in the bin and those merged, each by the index that holds them.
    private static async Task<List<long>> NextAsync(ContactsDb db, long statusId)
    {
        var here = db.Contacts.Where(c => c.StatusId == statusId).OrderByDescending(c => c.LastActivityAt).ThenByDescending(c => c.Id);
        foreach (var part in new[] { here.Listed(), here.Where(c => c.DeletedAt != null), here.Where(c => c.MergedIntoId != null) })
            if (await part.Take(ContactRewrite.Chunk).Select(c => c.Id).ToListAsync() is { Count: > 0 } next) return next;
        return [];
    }

    private static async Task TakeOutAsync(ContactsDb db, ContactStatus status, ContactStatus? replacement)
    {
        await StatusList.LockAsync(db);
        db.Statuses.Remove(status);
        if (replacement is not null)
            foreach (var view in await db.SavedViews.ToListAsync()) view.Follow(status.Id, replacement.Id);
        foreach (var (other, index) in (await StatusList.LoadAsync(db)).Where(s => s != status).Select((other, index) => (other, index))) other.Position = index + 1;
    }

    private static async Task<(ContactStatus Status, ContactStatus? Replacement)> FindAsync(ContactsDb db, long statusId, long? replacementId)
    {
        var all = await StatusList.LoadAsync(db);
        var status = all.Find(s => s.Id == statusId) ?? throw RuleException.NotFound("contact status", PublicId.Format(PublicId.Status, statusId));
        var replacement = all.Find(s => s.Id == replacementId);
        if (replacementId is not null && replacement is null) throw new RuleException("There is no such status.", "replacement");
        return (status, replacement);
    }
}
