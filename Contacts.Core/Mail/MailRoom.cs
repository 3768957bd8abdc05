using Contacts.Core.Accounts;
using Contacts.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace Contacts.Core.Mail;

/// <summary>Asked of a message that is about to go out, in the write that takes it: whether it still is to. What was only planned is written then.</summary>
public delegate Task<bool> MailDue(ContactsDb db, OutgoingMail mail, DateTime now);

/// <summary>Where messages wait until they are sent. They are put there by whoever writes what they tell of, in the same transaction.</summary>
public sealed class MailRoom(AccountDbs dbs, WriteGate gate, TimeProvider clock, MailDue isDue)
{
    /// <summary>How many troubled messages are shown at most.</summary>
    public const int MaxShown = 100;

    /// <summary>How long whoever took a message has for sending it, which is longer than any try takes: one whose sender died meanwhile goes out after that.</summary>
    internal static readonly TimeSpan Held = TimeSpan.FromMinutes(5);

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <summary>The messages whose time has come, of all accounts, those that wait longest first.</summary>
    public async Task<IReadOnlyList<OutgoingMail>> WaitingAsync(int count, CancellationToken cancel = default)
    {
        var now = Now;
        await using var db = dbs.OpenBeforeAccount();
        return await db.OutgoingMails.IgnoreQueryFilters().AsNoTracking().Where(m => m.DueAt <= now).OrderBy(m => m.DueAt).ThenBy(m => m.Id).Take(count).ToListAsync(cancel);
    }

    /// <summary>Takes a waiting message to send it: until it is told what became of it, no other node does.</summary>
    /// <returns>The message as it is to go out; null when there is nothing to send any more.</returns>
    public Task<OutgoingMail?> TakeAsync(OutgoingMail waiting, CancellationToken cancel = default) => gate.RunAsync(waiting.AccountId, async db =>
    {
        var now = Now;
        if (await db.OutgoingMails.Where(m => m.Id == waiting.Id && m.DueAt <= now).ExecuteUpdateAsync(set => set.SetProperty(m => m.DueAt, now + Held)) == 0) return null;
        var mail = await db.OutgoingMails.SingleAsync(m => m.Id == waiting.Id);
        if (await isDue(db, mail, now)) return mail;
        db.OutgoingMails.Remove(mail);
        return null;
    }, cancel);

    /// <summary>The message is out: it need not wait any longer. Told twice, by two nodes, it is the same.</summary>
    /// <returns>False when the contact it is about was erased meanwhile, and the message must not stay either.</returns>
    public Task<bool> SentAsync(OutgoingMail mail, CancellationToken cancel = default) => gate.RunAsync(mail.AccountId, async db =>
    {
        var waited = await db.OutgoingMails.Where(m => m.Id == mail.Id).ExecuteDeleteAsync(cancel) > 0;
        return waited || mail.ContactId is not { } contact || await StillThereAsync(db, contact, cancel);
    }, cancel);

    /// <summary>It could not be sent: it is tried again later, or not any more.</summary>
    public Task FailedAsync(OutgoingMail mail, string problem, bool forGood, CancellationToken cancel = default) => gate.RunAsync(mail.AccountId, async db =>
    {
        (await db.OutgoingMails.SingleOrDefaultAsync(m => m.Id == mail.Id))?.Fail(problem, forGood, Now);
        return true;
    }, cancel);

    /// <summary>How the account's messages stand.</summary>
    public async Task<MailState> StateAsync(Caller caller, CancellationToken cancel = default)
    {
        caller.Require(Permission.ManageMail);
        var now = Now;
        await using var db = dbs.Open(caller.AccountId);
        var mails = db.OutgoingMails;
        return new MailState(
            await mails.CountAsync(m => m.DueAt <= now, cancel),
            await mails.Where(m => m.DueAt <= now).MinAsync(m => (DateTime?)m.DueAt, cancel),
            await mails.CountAsync(m => m.DueAt > now && m.Problem == null, cancel),
            await mails.CountAsync(m => m.Problem != null, cancel),
            await mails.Where(m => m.Problem != null).OrderBy(m => m.Id).Take(MaxShown)
                .Select(m => new TroubledMail(m.Id, m.ToAddress, m.Subject, m.CreatedAt, m.DueAt, m.Attempts, m.Problem!)).ToListAsync(cancel));
    }

    /// <summary>Lets messages that failed be tried again now, and if need be for another three days.</summary>
    /// <param name="id">One of them; all when null.</param>
    public Task<int> RetryAsync(Caller caller, long? id = null, CancellationToken cancel = default)
    {
        caller.Require(Permission.ManageMail);
        var now = Now;
        return gate.RunAsync(caller.AccountId, db => db.OutgoingMails.Where(m => m.Problem != null && (id == null || m.Id == id))
            .ExecuteUpdateAsync(set => set.SetProperty(m => m.DueAt, now).SetProperty(m => m.Attempts, 0)), cancel);
    }

    /// <summary>Throws away a message that failed.</summary>
    /// <exception cref="RuleException">It went out meanwhile, or somebody else threw it away.</exception>
    public Task DiscardAsync(Caller caller, long id, CancellationToken cancel = default)
    {
        caller.Require(Permission.ManageMail);
        return gate.RunAsync(caller.AccountId, async db => await db.OutgoingMails.Where(m => m.Id == id && m.Problem != null).ExecuteDeleteAsync() > 0
            ? true
            : throw new RuleException("This message does not wait any more.", refusal: Refusal.NotFound), cancel);
    }

    // Mail knows no contacts, only their table's name.
    private static Task<bool> StillThereAsync(ContactsDb db, long contact, CancellationToken cancel) =>
        db.Database.SqlQuery<long>($"""SELECT "Id" AS "Value" FROM "Contacts" WHERE "AccountId" = {db.AccountId} AND "Id" = {contact}""").AnyAsync(cancel);
}
