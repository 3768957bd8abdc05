using Contacts.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace Contacts.Core.Accounts;

/// <summary>The API keys of all accounts: makes them, and finds the caller behind one.</summary>
public sealed class ApiKeyRing(AccountDbs dbs, WriteGate gate, TimeProvider clock)
{
    /// <summary>So that secret scanners can recognise a leaked key.</summary>
    public const string Prefix = "oc_";

    /// <summary>Makes a key and gives it in full, for the only time.</summary>
    /// <exception cref="RuleException">The name is missing or too long.</exception>
    public async Task<string> CreateAsync(long accountId, string name, Role role, CancellationToken cancel = default)
    {
        name = name.Trim();
        if (name.Length is 0 or > ApiKey.MaxNameLength)
            throw new RuleException($"Give the key a name of at most {ApiKey.MaxNameLength} letters.", "name");
        if (role == Role.Owner) throw new RuleException("A key is for an admin or a member; it cannot act as the owner.", "role");

        var key = Secret.New(Prefix);
        await gate.RunAsync(accountId, db =>
        {
            db.ApiKeys.Add(new ApiKey(accountId, name, Secret.Hash(key), role, clock.GetUtcNow().UtcDateTime));
            return Task.FromResult(true);
        }, cancel);
        return key;
    }

    /// <summary>Who calls with this key, or null when it is unknown or revoked.</summary>
    public async Task<Caller?> FindCallerAsync(string key, CancellationToken cancel = default)
    {
        var hash = Secret.Hash(key);
        await using var db = dbs.OpenBeforeAccount();
        // The key is what tells the account, so it is looked up before there is one.
        var found = await db.ApiKeys.IgnoreQueryFilters().AsNoTracking().SingleOrDefaultAsync(k => k.Hash == hash && k.RevokedAt == null, cancel);
        return found?.AsCaller();
    }

    /// <summary>The name of the account a caller belongs to.</summary>
    public async Task<string> AccountNameAsync(Caller caller, CancellationToken cancel = default)
    {
        await using var db = dbs.Open(caller.AccountId);
        return await db.Accounts.Where(a => a.Id == caller.AccountId).Select(a => a.Name).SingleAsync(cancel);
    }
}
