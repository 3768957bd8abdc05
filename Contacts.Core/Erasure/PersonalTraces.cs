using Contacts.Core.Activity;
using Contacts.Core.Data;
using Contacts.Core.Files;
using Contacts.Core.Intake.Booking;
using Contacts.Core.People;
using Contacts.Core.People.Lists;
using Contacts.Core.People.Merging;
using Microsoft.EntityFrameworkCore;

namespace Contacts.Core.Erasure;

/// <summary>Every place of the database where something of a person is kept. A table that refers to contacts belongs in here.</summary>
internal static class PersonalTraces
{
    public const string ErasedGuest = "Erased guest";

    /// <summary>The contact that speaks for the person, then those merged into it.</summary>
    public static async Task<List<Contact>> FamilyAsync(ContactsDb db, long id)
    {
        var asked = await db.Contacts.SingleOrDefaultAsync(c => c.Id == id) ?? throw RuleException.NotFound("contact", PublicId.Format(PublicId.Contact, id));
        return await ContactBin.FamilyAsync(db, asked.MergedIntoId is { } survivor ? await db.Contacts.SingleAsync(c => c.Id == survivor) : asked);
    }

    public static IQueryable<Booking> Bookings(ContactsDb db, List<long> ids) => db.Bookings.Where(b => b.ContactId != null && ids.Contains(b.ContactId.Value));

    public static IQueryable<StoredFile> Files(ContactsDb db, List<long> ids) => db.Files.Where(f => f.ContactId != null && ids.Contains(f.ContactId.Value));

    /// <summary>All the emails and phones the person was ever known by here.</summary>
    public static async Task<(List<string> Emails, List<string> Phones)> KnownByAsync(ContactsDb db, List<Contact> family)
    {
        var ids = family.ConvertAll(c => c.Id);
        var known = await db.Identities.Where(i => ids.Contains(i.ContactId)).Select(i => new { i.Kind, i.Value }).ToListAsync();
        known.AddRange(await db.BinnedIdentities.Where(i => ids.Contains(i.ContactId)).Select(i => new { i.Kind, i.Value }).ToListAsync());
        var guests = await Bookings(db, ids).Select(b => b.GuestEmail).Distinct().ToListAsync();
        return (
            [.. family.Select(c => c.Email).OfType<string>().Concat(known.Where(i => i.Kind == IdentityKind.Email).Select(i => i.Value)).Concat(guests).DistinctBy(EmailAddress.Key)],
            [.. family.SelectMany(c => new[] { c.MobilePhone, c.Phone }).OfType<string>().Concat(known.Where(i => i.Kind == IdentityKind.Phone).Select(i => i.Value)).Distinct()]);
    }

    public static async Task RemoveAsync(ContactsDb db, List<Contact> family, List<string> emails, DateTime now)
    {
        var ids = family.ConvertAll(c => c.Id);
        await RemoveAnswersAsync(db, ids, emails);
        await db.OutgoingMails.Where(m => (m.ContactId != null && ids.Contains(m.ContactId.Value)) || emails.Contains(m.ToAddress)).ExecuteDeleteAsync();
        await RemoveBookingsAsync(db, ids, now);
        await db.Visitors.Where(v => v.ContactId != null && ids.Contains(v.ContactId.Value)).ExecuteDeleteAsync(); // page views with them
        await Files(db, ids).ExecuteDeleteAsync();
        await db.PossibleDuplicates.Where(d => ids.Contains(d.ContactId) || ids.Contains(d.OtherId)).ExecuteDeleteAsync();
        await RemoveMergesAsync(db, ids);
        await db.UniqueValues.Where(u => ids.Contains(u.ContactId)).ExecuteDeleteAsync();
        await db.MatchKeys.Where(k => ids.Contains(k.ContactId)).ExecuteDeleteAsync();
        await db.BinnedIdentities.Where(i => ids.Contains(i.ContactId)).ExecuteDeleteAsync();
        await db.Identities.Where(i => ids.Contains(i.ContactId)).ExecuteDeleteAsync();
        await db.Entries.Where(e => ids.Contains(e.ContactId)).ExecuteDeleteAsync();
        await ContactIndex.RemoveAsync(db, family);
        foreach (var view in await db.SavedViews.ToListAsync()) view.Forget(emails);
        // The merged ones first: they point to the other.
        await db.Contacts.Where(c => ids.Contains(c.Id) && c.MergedIntoId != null).ExecuteDeleteAsync();
        await db.Contacts.Where(c => ids.Contains(c.Id)).ExecuteDeleteAsync();
    }

    // A merge that was undone left names and values in the entries of the other contacts: those two entries keep that there was one, and nothing more.
    private static async Task RemoveMergesAsync(ContactsDb db, List<long> ids)
    {
        var parted = (await db.ContactMerges.Where(m => m.UndoneAt != null).ToListAsync()).FindAll(m => ids.Contains(m.SurvivorId) || m.Moved.Exists(moved => ids.Contains(moved.Id)));
        foreach (var merge in parted)
        {
            var (contacts, number, undone) = (merge.Moved.ConvertAll(m => m.Id).Append(merge.SurvivorId).ToList(), merge.EntryNumber, merge.UndoneAt);
            await db.Entries.Where(e => contacts.Contains(e.ContactId) && ((e.ContactId == merge.SurvivorId && e.Number == number) || (e.Kind == ActivityKind.Unmerged && e.CreatedAt == undone)))
                .ExecuteUpdateAsync(set => set.SetProperty(e => e.Title, "").SetProperty(e => e.Text, (string?)null).SetProperty(e => e.Changes, new List<FieldChange>()));
        }
        var gone = parted.ConvertAll(m => m.Id);
        await db.ContactMerges.Where(m => gone.Contains(m.Id) || ids.Contains(m.SurvivorId)).ExecuteDeleteAsync();
        db.ChangeTracker.Entries<ContactMerge>().ToList().ForEach(entry => entry.State = EntityState.Detached);
    }

    // A meeting still to come keeps its time, or somebody else would get it; nothing is left of whose it was.
    private static async Task RemoveBookingsAsync(ContactsDb db, List<long> ids, DateTime now)
    {
        await Bookings(db, ids).Where(b => b.EndsAt <= now).ExecuteDeleteAsync();
        foreach (var booking in await Bookings(db, ids).ToListAsync()) booking.Anonymise(ErasedGuest);
        await db.SaveChangesAsync();
    }

    // Answers are kept a day. Which of them tell of the person stands only in their text.
    private static async Task RemoveAnswersAsync(ContactsDb db, List<long> ids, List<string> emails)
    {
        var words = ids.SelectMany(id => new[] { PublicId.Format(PublicId.Contact, id), $"\"contactId\":{id}," }).Concat(emails.SelectMany(e => new[] { e, EmailAddress.Key(e)! })).OfType<string>().Distinct().ToList();
        foreach (var word in words) await db.IdempotencyRecords.Where(r => r.Answer.Contains(word) || r.Key.Contains(word)).ExecuteDeleteAsync();
    }
}
