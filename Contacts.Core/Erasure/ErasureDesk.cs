using Contacts.Core.Accounts;
using Contacts.Core.Activity;
using Contacts.Core.Data;
using Contacts.Core.Files;
using Contacts.Core.Intake.Booking;
using Contacts.Core.Mail;
using Contacts.Core.People;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Contacts.Core.Erasure;

/// <summary>What is removed with a person, to be read before they are.</summary>
/// <param name="Upcoming">Meetings still to come: their times stay taken, without a name.</param>
public sealed record ErasurePreview(string Name, int Emails, int Phones, int Merged, int Entries, int PageViews, int Bookings, int Upcoming, int Messages);

/// <summary>Removes a person for good, everywhere: the contact and those merged into it, and whatever was kept because of them.</summary>
public sealed class ErasureDesk(AccountDbs dbs, WriteGate gate, ChangeFeed feed, Outbox outbox, FileFolder folder, TimeProvider clock, ILogger<ErasureDesk> log)
{
    /// <summary>What would go.</summary>
    /// <exception cref="RuleException">As for erasing.</exception>
    public async Task<ErasurePreview> PreviewAsync(Caller caller, long id, CancellationToken cancel = default)
    {
        caller.Require(Permission.EraseContacts);
        await using var db = dbs.Open(caller.AccountId);
        var now = clock.GetUtcNow().UtcDateTime;
        var person = await PersonalTraces.OfAsync(db, await PersonalTraces.FamilyAsync(db, id));
        var ids = person.Ids;
        return new ErasurePreview(person.Family[0].DisplayName, person.Emails.Count, person.Phones.Count, ids.Count - 1,
            await db.Entries.CountAsync(e => ids.Contains(e.ContactId), cancel),
            await db.PageViews.CountAsync(view => db.Visitors.Any(v => v.Id == view.VisitorId && v.ContactId != null && ids.Contains(v.ContactId.Value)), cancel),
            await PersonalTraces.Bookings(db, ids).CountAsync(cancel) + person.Left.Count,
            await PersonalTraces.Bookings(db, ids).CountAsync(b => b.EndsAt > now && b.Status == BookingStatus.Scheduled, cancel)
                + person.Left.Count(b => b.EndsAt > now && b.Status == BookingStatus.Scheduled),
            await db.OutgoingMails.CountAsync(m => m.ContactId != null && ids.Contains(m.ContactId.Value), cancel) + outbox.FilesAbout(ids).Count);
    }

    /// <summary>Removes the person. In the account stays a keyed hash of each email and phone, so that adding them again can be warned of.</summary>
    /// <exception cref="RuleException">There is no such contact, or it was merged into another (<see cref="Refusal.Conflict"/>).</exception>
    public async Task EraseAsync(Caller caller, long id, CancellationToken cancel = default)
    {
        caller.Require(Permission.EraseContacts);
        await EraseAsync(caller.AccountId, db => PersonalTraces.FamilyAsync(db, id), remember: true, cancel);
        await EmptyLogAsync();
    }

    /// <summary>Removes one that ran out in the bin. That leaves no hashes: nobody asked for it.</summary>
    /// <returns>False when it was restored, erased or merged meanwhile, and nothing was removed.</returns>
    internal Task<bool> EraseBinnedAsync(long accountId, long id, DateTime before, CancellationToken cancel) => EraseAsync(accountId, async db =>
    {
        var contact = await db.Contacts.SingleOrDefaultAsync(c => c.Id == id && c.DeletedAt < before && c.MergedIntoId == null);
        return contact is null ? [] : await ContactBin.FamilyAsync(db, contact);
    }, remember: false, cancel);

    /// <summary>The database's log holds the last changes: emptied, nothing of who was erased is left in it. The others wait for it.</summary>
    internal async Task EmptyLogAsync()
    {
        using var turn = await gate.EnterAsync(CancellationToken.None);
        await using var db = dbs.OpenBeforeAccount();
        await db.EmptyLogAsync();
    }

    /// <summary>
    /// The search index only marks what is deleted; this writes its parts anew, a little in each turn at the gate, until no word of who was
    /// erased is left in them.
    /// </summary>
    internal async Task TidySearchAsync(CancellationToken cancel)
    {
        for (var more = true; more;)
        {
            using var turn = await gate.EnterAsync(cancel);
            await using var db = dbs.OpenBeforeAccount();
            more = await db.Lists.TidyAsync(db);
        }
        await EmptyLogAsync();
    }

    /// <param name="find">Who is erased, asked in the same write: the contact and those merged into it, or nobody.</param>
    private async Task<bool> EraseAsync(long accountId, Func<ContactsDb, Task<List<Contact>>> find, bool remember, CancellationToken cancel)
    {
        var (erased, uploads, messages) = await gate.RunAsync(accountId, async db =>
        {
            var family = await HeldAsync(db, find);
            if (family.Count == 0) return ([], [], []);
            var now = clock.GetUtcNow().UtcDateTime;
            var person = await PersonalTraces.OfAsync(db, family);
            var uploads = await PersonalTraces.Files(db, person.Ids).AsNoTracking().ToListAsync();
            var messages = person.Left.Concat(person.Brought).SelectMany(BookingTraces.Abouts).ToList();
            await PersonalTraces.RemoveAsync(db, person, now);
            if (remember) await ErasedIdentities.RememberAsync(db, [.. person.Emails, .. person.Phones, .. person.Former], now);
            return (person.Ids, uploads, messages);
        }, cancel);

        Delete([.. uploads.Select(folder.PathOf), .. outbox.FilesAbout(erased), .. messages.SelectMany(outbox.FilesAbout)]);
        foreach (var contact in erased) feed.Publish(new ContactChange(accountId, contact, null));
        return erased.Count > 0;
    }

    // What somebody else is changing of them just now is waited for, so that it goes too.
    private static async Task<List<Contact>> HeldAsync(ContactsDb db, Func<ContactsDb, Task<List<Contact>>> find)
    {
        for (var held = new HashSet<long>(); ;)
        {
            var family = await find(db);
            if (family.TrueForAll(c => held.Contains(c.Id))) return family;
            held.UnionWith(family.Select(c => c.Id));
            await db.HoldContactsAsync(db.Contacts.Where(c => held.Contains(c.Id)));
            db.ChangeTracker.Clear(); // they are read as they are now
        }
    }

    // The person is gone from the database already: one file in use must not keep back the rest. The daily sweeps delete what was left.
    private void Delete(IEnumerable<string> files)
    {
        foreach (var file in files)
        {
            try
            {
                File.Delete(file);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                log.LogError(error, "{File} of a person who was erased could not be deleted", file);
            }
        }
    }
}
