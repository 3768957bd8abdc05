using Contacts.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace Contacts.Core.Mail;

/// <summary>Where messages wait until they are sent. They are put there by whoever writes what they tell of, in the same transaction.</summary>
public sealed class MailRoom(AccountDbs dbs, WriteGate gate, TimeProvider clock)
{
    /// <summary>The messages whose time has come, of all accounts, those that wait longest first.</summary>
    public async Task<IReadOnlyList<OutgoingMail>> WaitingAsync(int count, CancellationToken cancel = default)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        await using var db = dbs.OpenBeforeAccount();
        return await db.OutgoingMails.IgnoreQueryFilters().AsNoTracking().Where(m => m.DueAt <= now).OrderBy(m => m.DueAt).ThenBy(m => m.Id).Take(count).ToListAsync(cancel);
    }

    /// <summary>The message is out: it need not wait any longer. Told twice, by two nodes, it is the same.</summary>
    /// <returns>False when the contact it is about was erased meanwhile, and the message must not stay either.</returns>
    public Task<bool> SentAsync(OutgoingMail mail, CancellationToken cancel = default) => gate.RunAsync(mail.AccountId, async db =>
    {
        var waited = await db.OutgoingMails.Where(m => m.Id == mail.Id).ExecuteDeleteAsync(cancel) > 0;
        return waited || mail.ContactId is not { } contact || await StillThereAsync(db, contact, cancel);
    }, cancel);

    // Mail knows no contacts, only their table's name.
    private static Task<bool> StillThereAsync(ContactsDb db, long contact, CancellationToken cancel) =>
        db.Database.SqlQuery<long>($"""SELECT "Id" AS "Value" FROM "Contacts" WHERE "AccountId" = {db.AccountId} AND "Id" = {contact}""").AnyAsync(cancel);
}
