using System.Collections.Concurrent;
using Contacts.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace Contacts.Core.Tracking;

/// <summary>An account as its visitors meet it.</summary>
public sealed record KnownSite(long AccountId, string Key, string Organisation, TrackingRules Rules)
{
    /// <summary>How visitors are asked, in the account's words or ours.</summary>
    public IReadOnlyList<ConsentWording> Wordings => Rules.Wordings.Count > 0 ? Rules.Wordings : [ConsentWording.BuiltIn(Organisation)];

    /// <summary>The wording in a language, or the first.</summary>
    public ConsentWording WordingIn(string language) => Wordings.FirstOrDefault(w => w.Language.Equals(language, StringComparison.OrdinalIgnoreCase)) ?? Wordings[0];
}

/// <summary>Accounts by their address in URLs, with their rules: read once, not for every page view.</summary>
public sealed class KnownSites(AccountDbs dbs, TimeProvider clock)
{
    // What another node saves is obeyed here after this long.
    private static readonly TimeSpan Kept = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<string, (KnownSite Site, DateTimeOffset Until)> _sites = new(StringComparer.Ordinal);

    /// <summary>Null when no account has the address.</summary>
    public async Task<KnownSite?> FindAsync(string key, CancellationToken cancel = default)
    {
        var now = clock.GetUtcNow();
        if (_sites.TryGetValue(key, out var known) && now < known.Until) return known.Site;
        await using var all = dbs.OpenBeforeAccount();
        var account = await all.Accounts.AsNoTracking().SingleOrDefaultAsync(a => a.Slug == key, cancel);
        if (account is null) return null;
        await using var db = dbs.Open(account.Id);
        var site = new KnownSite(account.Id, key, account.Name, await TrackingSettings.LoadAsync(db, cancel));
        _sites[key] = (site, now + Kept);
        return site;
    }

    internal void Forget(long accountId)
    {
        foreach (var (key, known) in _sites)
            if (known.Site.AccountId == accountId) _sites.TryRemove(key, out _);
    }
}
