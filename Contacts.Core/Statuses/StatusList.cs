using Contacts.Core.Accounts;
using Contacts.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace Contacts.Core.Statuses;

/// <summary>What an admin says of a status. Without a colour it keeps its own, or gets one that is free.</summary>
public sealed record StatusEdit(string Name, string? Color = null, StatusMeaning Meaning = StatusMeaning.Open, bool IsDefault = false);

/// <summary>The account's pipeline. Everybody may look; admins change. One is taken out by <c>StatusRemoval</c>, which knows the contacts.</summary>
public sealed class StatusList(AccountDbs dbs, WriteGate gate)
{
    public const int MaxStatuses = 30;

    /// <summary>All statuses, first to last.</summary>
    public async Task<IReadOnlyList<ContactStatus>> ListAsync(Caller caller, CancellationToken cancel = default)
    {
        caller.Require(Permission.ViewContacts);
        await using var db = dbs.Open(caller.AccountId);
        return await LoadAsync(db, cancel);
    }

    /// <summary>For features that move contacts inside their own write.</summary>
    public static Task<List<ContactStatus>> LoadAsync(ContactsDb db, CancellationToken cancel = default) => db.Statuses.OrderBy(s => s.Position).ToListAsync(cancel);

    /// <summary>Adds a status at the end.</summary>
    /// <exception cref="RuleException">At <c>name</c>, <c>color</c> or <c>meaning</c>; or there are as many as there may be.</exception>
    public Task<ContactStatus> CreateAsync(Caller caller, StatusEdit edit, CancellationToken cancel = default) => ChangeAsync(caller, async (db, all) =>
    {
        if (all.Count >= MaxStatuses) throw new RuleException($"An organisation has at most {MaxStatuses} statuses.", refusal: Refusal.Conflict);
        var status = new ContactStatus(caller.AccountId, all.Count == 0 ? 1 : all[^1].Position + 1);
        Describe(status, edit, all);
        db.Statuses.Add(status);
        await db.SaveChangesAsync();
        return status;
    }, cancel);

    /// <summary>Names it anew; its contacts stay with it.</summary>
    public Task<ContactStatus> EditAsync(Caller caller, long id, StatusEdit edit, CancellationToken cancel = default) => ChangeAsync(caller, (_, all) =>
    {
        var status = Find(all, id);
        Describe(status, edit, all);
        return Task.FromResult(status);
    }, cancel);

    /// <summary>Moves the status one place towards the first (-1) or the last (+1).</summary>
    public Task<ContactStatus> MoveAsync(Caller caller, long id, int step, CancellationToken cancel = default) => ChangeAsync(caller, (_, all) =>
    {
        var status = Find(all, id);
        var to = all.IndexOf(status) + Math.Sign(step);
        if (to >= 0 && to < all.Count) (status.Position, all[to].Position) = (all[to].Position, status.Position);
        return Task.FromResult(status);
    }, cancel);

    private Task<ContactStatus> ChangeAsync(Caller caller, Func<ContactsDb, List<ContactStatus>, Task<ContactStatus>> change, CancellationToken cancel)
    {
        caller.Require(Permission.ManageStatuses);
        return gate.RunAsync(caller.AccountId, async db =>
        {
            await LockAsync(db);
            return await change(db, await LoadAsync(db));
        }, cancel);
    }

    /// <summary>Writing the account's row makes whoever else changes the list wait, on other nodes too: names stay unique, and one default one.</summary>
    internal static Task LockAsync(ContactsDb db) =>
        db.Accounts.Where(a => a.Id == db.AccountId).ExecuteUpdateAsync(set => set.SetProperty(a => a.Name, a => a.Name));

    private static void Describe(ContactStatus status, StatusEdit edit, List<ContactStatus> all)
    {
        status.Describe(edit, all);
        if (edit.IsDefault)
            foreach (var other in all) other.IsDefault = false;
        status.IsDefault = edit.IsDefault;
    }

    private static ContactStatus Find(List<ContactStatus> all, long id) =>
        all.Find(s => s.Id == id) ?? throw RuleException.NotFound("contact status", PublicId.Format(PublicId.Status, id));
}
