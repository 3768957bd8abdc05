using Contacts.Core.Activity;
using Contacts.Core.Data;
using Contacts.Core.Fields;
using Contacts.Core.Files;
using Contacts.Core.Intake.Booking;
using Contacts.Core.People;
using Contacts.Core.People.Lists;
using Contacts.Core.People.Merging;
using Microsoft.EntityFrameworkCore;

namespace Contacts.Core.Erasure;

/// <summary>Who is erased, and what of them is not found by the number of a contact alone.</summary>
/// <param name="Family">The contact that speaks for the person, then those merged into it.</param>
/// <param name="Emails">All that lead to them now, as <paramref name="Phones"/> do.</param>
/// <param name="Former">Emails and phones they had before, which may be somebody else's by now.</param>
/// <param name="Parted">Merges with others that were undone.</param>
/// <param name="Left">Bookings under their address that stayed with another contact when such a merge was undone.</param>
/// <param name="Brought">Bookings of others to which they were brought along.</param>
internal sealed record Person(List<Contact> Family, List<string> Emails, List<string> Phones, List<string> Former, List<ContactMerge> Parted, List<Booking> Left, List<Booking> Brought)
{
    public List<long> Ids { get; } = Family.ConvertAll(c => c.Id);
}

/// <summary>Every place of the database where something of a person is kept. A table that refers to contacts belongs in here.</summary>
internal static class PersonalTraces
{
    // A shorter word may stand in what is about somebody else.
    private const int ShortestTrace = 5;

    /// <summary>The contact that speaks for the person, then those merged into it.</summary>
    /// <exception cref="RuleException">There is no such contact; or it was merged, and erasing it would erase a contact that nobody named (<see cref="Refusal.Conflict"/>).</exception>
    public static async Task<List<Contact>> FamilyAsync(ContactsDb db, long id)
    {
        var contact = await db.Contacts.SingleOrDefaultAsync(c => c.Id == id) ?? throw RuleException.NotFound("contact", PublicId.Format(PublicId.Contact, id));
        if (contact.MergedIntoId is not { } into) return await ContactBin.FamilyAsync(db, contact);
        var survivor = await db.Contacts.SingleAsync(c => c.Id == into);
        throw new RuleException($"{contact.DisplayName} was merged into {survivor.DisplayName}. Erase that contact, or undo the merge first.", refusal: Refusal.Conflict)
        {
            About = PublicId.Format(PublicId.Contact, into),
        };
    }

    public static async Task<Person> OfAsync(ContactsDb db, List<Contact> family)
    {
        var ids = family.ConvertAll(c => c.Id);
        var (emails, phones) = await KnownByAsync(db, family, ids);
        var parted = await MergeTraces.FindAsync(db, ids);
        return new Person(family, emails, phones, await FormerAsync(db, ids), parted, await MergeTraces.BookingsAsync(db, parted, ids, emails), await BookingTraces.BroughtAsync(db, ids, emails));
    }

    public static IQueryable<Booking> Bookings(ContactsDb db, List<long> ids) => db.Bookings.Where(b => b.ContactId != null && ids.Contains(b.ContactId.Value));

    public static IQueryable<StoredFile> Files(ContactsDb db, List<long> ids) => db.Files.Where(f => f.ContactId != null && ids.Contains(f.ContactId.Value));

    public static async Task RemoveAsync(ContactsDb db, Person person, DateTime now)
    {
        var (ids, emails) = (person.Ids, person.Emails);
        await RemoveAnswersAsync(db, ids, emails);
        await db.OutgoingMails.Where(m => (m.ContactId != null && ids.Contains(m.ContactId.Value)) || emails.Contains(m.ToAddress)).ExecuteDeleteAsync();
        await db.OutgoingHooks.Where(h => h.ContactId != null && ids.Contains(h.ContactId.Value)).ExecuteDeleteAsync();
        await BookingTraces.RemoveAsync(db, person, now);
        await FlowTraces.RemoveAsync(db, person);
        await db.Visitors.Where(v => v.ContactId != null && ids.Contains(v.ContactId.Value)).ExecuteDeleteAsync(); // page views with them
        await Files(db, ids).ExecuteDeleteAsync();
        await db.PossibleDuplicates.Where(d => ids.Contains(d.ContactId) || ids.Contains(d.OtherId)).ExecuteDeleteAsync();
        await MergeTraces.RemoveAsync(db, person);
        await db.BulkRows.Where(r => ids.Contains(r.ContactId)).ExecuteDeleteAsync();
        await db.UniqueValues.Where(u => ids.Contains(u.ContactId)).ExecuteDeleteAsync();
        await db.MatchKeys.Where(k => ids.Contains(k.ContactId)).ExecuteDeleteAsync();
        await db.BinnedIdentities.Where(i => ids.Contains(i.ContactId)).ExecuteDeleteAsync();
        await db.Identities.Where(i => ids.Contains(i.ContactId)).ExecuteDeleteAsync();
        await db.Entries.Where(e => ids.Contains(e.ContactId)).ExecuteDeleteAsync();
        await ContactIndex.RemoveAsync(db, person.Family);
        List<string> known = [.. new[] { emails, person.Phones, person.Phones.ConvertAll(PhoneNumber.Display), person.Former }.SelectMany(words => words).Where(word => word.Length >= ShortestTrace)];
        foreach (var view in await db.SavedViews.ToListAsync()) view.Forget(known);
        foreach (var run in await db.BulkRuns.ToListAsync()) run.Forget(known);
        // The merged ones first: they point to the other.
        await db.Contacts.Where(c => ids.Contains(c.Id) && c.MergedIntoId != null).ExecuteDeleteAsync();
        await db.Contacts.Where(c => ids.Contains(c.Id)).ExecuteDeleteAsync();
    }

    private static async Task<(List<string> Emails, List<string> Phones)> KnownByAsync(ContactsDb db, List<Contact> family, List<long> ids)
    {
        var known = await db.Identities.Where(i => ids.Contains(i.ContactId)).Select(i => new { i.Kind, i.Value }).ToListAsync();
        known.AddRange(await db.BinnedIdentities.Where(i => ids.Contains(i.ContactId)).Select(i => new { i.Kind, i.Value }).ToListAsync());
        var guests = await Bookings(db, ids).Select(b => b.GuestEmail).Distinct().ToListAsync();
        return (
            [.. family.Select(c => c.Email).OfType<string>().Concat(known.Where(i => i.Kind == IdentityKind.Email).Select(i => i.Value)).Concat(guests).DistinctBy(EmailAddress.Key)],
            [.. family.SelectMany(c => new[] { c.MobilePhone, c.Phone }).OfType<string>().Concat(known.Where(i => i.Kind == IdentityKind.Phone).Select(i => i.Value)).Distinct()]);
    }

    // An address that was replaced or removed stands in the entry that once gave it.
    private static async Task<List<string>> FormerAsync(ContactsDb db, List<long> ids)
    {
        var former = new List<string>();
        foreach (var field in new[] { SystemFields.Email, SystemFields.MobilePhone, SystemFields.Phone, AddressBook.OtherEmails, AddressBook.OtherPhones })
            former.AddRange((await ValueHistory.ReadAsync(db, ids, field, int.MaxValue, CancellationToken.None)).Select(v => v.Value).OfType<string>());
        return former;
    }

    // Answers are kept a day. Which of them tell of the person stands only in their text.
    private static async Task RemoveAnswersAsync(ContactsDb db, List<long> ids, List<string> emails)
    {
        var words = ids.SelectMany(id => new[] { PublicId.Format(PublicId.Contact, id), $"\"contactId\":{id}," }).Concat(emails.SelectMany(e => new[] { e, EmailAddress.Key(e)! })).OfType<string>().Distinct().ToList();
        foreach (var word in words) await db.IdempotencyRecords.Where(r => r.Answer.Contains(word) || r.Key.Contains(word)).ExecuteDeleteAsync();
    }
}
