using Microsoft.EntityFrameworkCore;

namespace Contacts.Core.Data;

/// <summary>The only door to the database: a context opens for one account and sees nothing else.</summary>
public sealed class AccountDbs(Func<ContactsDb> open)
{
    /// <summary>For reading. Writes go through <see cref="WriteGate"/>.</summary>
    public ContactsDb Open(long accountId)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(accountId);
        var db = open();
        db.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.NoTracking;
        db.EnterAccount(accountId);
        return db;
    }

    /// <summary>
    /// Before an account is known (sign-in, a key, a public address): account-owned rows stay hidden unless the query
    /// says <c>IgnoreQueryFilters</c>, which a test allows only where the account itself is being found.
    /// </summary>
    public ContactsDb OpenBeforeAccount() => open();
}
