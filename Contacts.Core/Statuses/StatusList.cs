using Contacts.Core.Accounts;
using Contacts.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace Contacts.Core.Statuses;

/// <summary>The account's pipeline.</summary>
public sealed class StatusList(AccountDbs dbs)
{
    /// <summary>All statuses, first to last.</summary>
    public async Task<IReadOnlyList<ContactStatus>> ListAsync(Caller caller, CancellationToken cancel = default)
    {
        caller.Require(Permission.ViewContacts);
        await using var db = dbs.Open(caller.AccountId);
        return await db.Statuses.OrderBy(s => s.Position).ToListAsync(cancel);
    }
}
