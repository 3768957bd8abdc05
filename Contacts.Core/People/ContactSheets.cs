using Contacts.Core.Accounts;
using Contacts.Core.Activity;
using Contacts.Core.Data;
using Contacts.Core.Tracking;
using Microsoft.EntityFrameworkCore;

namespace Contacts.Core.People;

/// <summary>A contact with the newest of what happened with it and of what it looked at.</summary>
/// <param name="HasStood">It, or one merged into it, has stood at a status, so that there is a history of it.</param>
public sealed record ContactSheet(Contact Contact, ActivityPage Activity, VisitPage Visits, bool HasStood);

/// <summary>What a contact's page opens with.</summary>
public sealed class ContactSheets(AccountDbs dbs)
{
    /// <summary>Reads it all on one connection: opening one costs as much as a read.</summary>
    /// <returns>The contact, deleted ones included, or the one that speaks for it since it was merged; null when this account has none with the number.</returns>
    public async Task<ContactSheet?> ReadAsync(Caller caller, long id, CancellationToken cancel = default)
    {
        caller.Require(Permission.ViewContacts);
        await using var db = dbs.Open(caller.AccountId);
        await db.Database.OpenConnectionAsync(cancel);
        if (await ContactBook.FindFamilyAsync(db, id, cancel) is not [var contact, ..] together) return null;
        var family = together.ConvertAll(c => c.Id);
        var (entries, hasOlder) = await ActivityLog.NewestAsync(db, family, ActivityLog.PageSize, cancel);
        var hasStood = together.Exists(c => c.StatusAt is not null);
        return new ContactSheet(contact, new ActivityPage(entries, hasOlder), await VisitLog.NewestAsync(db, family, VisitLog.PageSize, cancel), hasStood);
    }
}
