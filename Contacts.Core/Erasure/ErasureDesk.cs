using Contacts.Core.Accounts;
using Contacts.Core.Activity;
using Contacts.Core.Data;
using Contacts.Core.Files;
using Contacts.Core.Intake.Booking;
using Contacts.Core.Mail;
using Contacts.Core.People;
using Microsoft.EntityFrameworkCore;

namespace Contacts.Core.Erasure;

/// <summary>What is removed with a person, to be read before they are.</summary>
/// <param name="Upcoming">Meetings still to come: their times stay taken, without a name.</param>
public sealed record ErasurePreview(string Name, int Emails, int Phones, int Merged, int Entries, int PageViews, int Bookings, int Upcoming, int Messages);

/// <summary>Removes a person for good, everywhere: the contact and those merged into it, and whatever was kept because of them.</summary>
public sealed class ErasureDesk(AccountDbs dbs, WriteGate gate, ChangeFeed feed, Outbox outbox, FileFolder folder, TimeProvider clock)
{
    /// <summary>What would go.</summary>
    /// <exception cref="RuleException">There is no such contact.</exception>
    public async Task<ErasurePreview> PreviewAsync(Caller caller, long id, CancellationToken cancel = default)
    {
        caller.Require(Permission.EraseContacts);
        await using var db = dbs.Open(caller.AccountId);
        var (now, family) = (clock.GetUtcNow().UtcDateTime, await PersonalTraces.FamilyAsync(db, id));
        var ids = family.ConvertAll(c => c.Id);
        var (emails, phones) = await PersonalTraces.KnownByAsync(db, family);
        return new ErasurePreview(family[0].DisplayName, emails.Count, phones.Count, ids.Count - 1,
            await db.Entries.CountAsync(e => ids.Contains(e.ContactId), cancel),
            await db.PageViews.CountAsync(view => db.Visitors.Any(v => v.Id == view.VisitorId && v.ContactId != null && ids.Contains(v.ContactId.Value)), cancel),
            await PersonalTraces.Bookings(db, ids).CountAsync(cancel),
            await PersonalTraces.Bookings(db, ids).CountAsync(b => b.EndsAt > now && b.Status == BookingStatus.Scheduled, cancel),
            await db.OutgoingMails.CountAsync(m => m.ContactId != null && ids.Contains(m.ContactId.Value), cancel) + outbox.FilesAbout(ids).Count);
    }

    /// <summary>Removes the person. In the account stays a keyed hash of each email and phone, so that adding them again can be warned of.</summary>
    /// <exception cref="RuleException">There is no such contact.</exception>
    public Task EraseAsync(Caller caller, long id, CancellationToken cancel = default)
    {
        caller.Require(Permission.EraseContacts);
        return EraseAsync(caller.AccountId, id, remember: true, cancel);
    }

    /// <param name="remember">Leave the keyed hashes: the person asked for it. What only ran out in the bin leaves nothing.</param>
    internal async Task EraseAsync(long accountId, long id, bool remember, CancellationToken cancel)
    {
        var (erased, files) = await gate.RunAsync(accountId, async db =>
        {
            var now = clock.GetUtcNow().UtcDateTime;
            var family = await PersonalTraces.FamilyAsync(db, id);
            var (emails, phones) = await PersonalTraces.KnownByAsync(db, family);
            var files = await PersonalTraces.Files(db, family.ConvertAll(c => c.Id)).AsNoTracking().ToListAsync();
            await PersonalTraces.RemoveAsync(db, family, emails, now);
            if (remember) await ErasedIdentities.RememberAsync(db, emails, phones, now);
            return (family.ConvertAll(c => c.Id), files);
        }, cancel);

        outbox.Forget(erased);
        foreach (var file in files) folder.Delete(file);
        using (await gate.EnterAsync(CancellationToken.None))
        {
            await using var db = dbs.Open(accountId);
            await db.EmptyLogAsync();
        }
        foreach (var contact in erased) feed.Publish(new ContactChange(accountId, contact, null));
    }
}
