using Contacts.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace Contacts.Core.Mail;

/// <summary>Where messages wait until they are sent. They are put there by whoever writes what they tell of, in the same transaction.</summary>
public sealed class MailRoom(AccountDbs dbs, WriteGate gate)
{
    /// <summary>The oldest messages waiting, of all accounts.</summary>
    public async Task<IReadOnlyList<OutgoingMail>> WaitingAsync(int count, CancellationToken cancel = default)
    {
        await using var db = dbs.OpenBeforeAccount();
        return await db.OutgoingMails.IgnoreQueryFilters().AsNoTracking().OrderBy(m => m.Id).Take(count).ToListAsync(cancel);
    }

    /// <summary>The message is out: it need not wait any longer. Told twice, by two nodes, it is the same.</summary>
    public Task SentAsync(OutgoingMail mail, CancellationToken cancel = default) =>
        gate.RunAsync(mail.AccountId, db => db.OutgoingMails.Where(m => m.Id == mail.Id).ExecuteDeleteAsync(cancel), cancel);
}
