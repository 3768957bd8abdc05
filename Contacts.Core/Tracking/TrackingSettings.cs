using Contacts.Core.Accounts;
using Contacts.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace Contacts.Core.Tracking;

/// <summary>What came in from an account's sites, and what was turned away.</summary>
/// <param name="Sites">The latest first.</param>
/// <param name="Refused">Of this account's sites, in the last <see cref="RefusalCount.KeptDays"/> days.</param>
/// <param name="Strangers">Of nobody's site in particular, likewise.</param>
public sealed record TrackingCheck(IReadOnlyList<TrackedSite> Sites, IReadOnlyList<RefusedViews> Refused, IReadOnlyList<RefusedViews> Strangers);

/// <summary>The rules about page views as the account's admins keep them.</summary>
public sealed class TrackingSettings(AccountDbs dbs, WriteGate gate, KnownSites sites, PageViewTally tally, TimeProvider clock)
{
    private const int MaxShown = 20;

    public async Task<KnownSite> FindAsync(Caller caller, CancellationToken cancel = default)
    {
        caller.Require(Permission.ManageTracking);
        await using var db = dbs.Open(caller.AccountId);
        var account = await db.Accounts.SingleAsync(a => a.Id == caller.AccountId, cancel);
        return new KnownSite(account.Id, account.Slug, account.Name, await LoadAsync(db, cancel));
    }

    /// <exception cref="RuleException">At the part that is wrong.</exception>
    public async Task SaveAsync(Caller caller, TrackingEdit edit, CancellationToken cancel = default)
    {
        caller.Require(Permission.ManageTracking);
        await ChangeAsync(caller, (db, rules) =>
        {
            if (rules.Change(edit)) db.ConsentTexts.Add(new ConsentText(rules.AccountId, rules.WordingVersion, rules.Wordings, clock.GetUtcNow().UtcDateTime));
        }, cancel);
    }

    /// <summary>A new key for signed tokens; those of the old one are no longer believed.</summary>
    public async Task RenewSecretAsync(Caller caller, CancellationToken cancel = default)
    {
        caller.Require(Permission.ManageTracking);
        await ChangeAsync(caller, (_, rules) => rules.RenewSecret(), cancel);
    }

    /// <summary>Whether the script is in place: what it reported, and what was refused.</summary>
    public async Task<TrackingCheck> CheckAsync(Caller caller, CancellationToken cancel = default)
    {
        caller.Require(Permission.ManageTracking);
        await using var db = dbs.Open(caller.AccountId);
        return new TrackingCheck(
            await db.TrackedSites.OrderByDescending(s => s.LastAt).Take(MaxShown).ToListAsync(cancel),
            await tally.ReadAsync(caller.AccountId, cancel), await tally.ReadAsync(PageViewTally.Nobody, cancel));
    }

    /// <summary>What visitors were asked before and are asked now, the latest first; not the words we begin with.</summary>
    public async Task<IReadOnlyList<ConsentText>> WordingsAsync(Caller caller, CancellationToken cancel = default)
    {
        caller.Require(Permission.ManageTracking);
        await using var db = dbs.Open(caller.AccountId);
        return await db.ConsentTexts.OrderByDescending(t => t.Version).Take(MaxShown).ToListAsync(cancel);
    }

    internal static async Task<TrackingRules> LoadAsync(ContactsDb db, CancellationToken cancel = default) =>
        await db.TrackingRules.SingleOrDefaultAsync(cancel) ?? new TrackingRules(db.AccountId);

    private async Task ChangeAsync(Caller caller, Action<ContactsDb, TrackingRules> change, CancellationToken cancel)
    {
        await gate.RunAsync(caller.AccountId, async db =>
        {
            var rules = await db.TrackingRules.SingleOrDefaultAsync();
            if (rules is null) db.TrackingRules.Add(rules = new TrackingRules(db.AccountId));
            change(db, rules);
            return true;
        }, cancel);
        sites.Forget(caller.AccountId);
    }
}
