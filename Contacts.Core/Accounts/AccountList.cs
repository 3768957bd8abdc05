using Contacts.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace Contacts.Core.Accounts;

/// <summary>The accounts of this installation, for whoever runs it.</summary>
public sealed class AccountList(AccountDbs dbs)
{
    /// <summary>The account of that slug; without one, the only account there is.</summary>
    /// <exception cref="RuleException">There is none, or it is not clear which.</exception>
    public async Task<long> FindAsync(string? slug, CancellationToken cancel = default)
    {
        await using var db = dbs.OpenBeforeAccount();
        var accounts = await db.Accounts.AsNoTracking().Where(a => slug == null || a.Slug == slug).OrderBy(a => a.Slug)
            .Select(a => new { a.Id, a.Slug }).Take(20).ToListAsync(cancel);
        return accounts switch
        {
            [var only] => only.Id,
            [] when slug is not null => throw new RuleException($"There is no account '{slug}'.", "account", Refusal.NotFound),
            [] => throw new RuleException("There is no account yet. Start the server and follow the setup link first.", "account", Refusal.NotFound),
            _ => throw new RuleException($"There are several accounts ({string.Join(", ", accounts.Select(a => a.Slug))}). Say which with --account.", "account"),
        };
    }
}
