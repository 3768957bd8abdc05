using Contacts.Core.Activity;
using Contacts.Core.Data;
using Contacts.Core.Intake.Booking;
using Contacts.Core.People;
using Contacts.Core.People.Merging;
using Microsoft.EntityFrameworkCore;

namespace Contacts.Core.Erasure;

/// <summary>What a person left with others they were merged with, until that was undone.</summary>
internal static class MergeTraces
{
    /// <summary>The undone merges that one of these contacts took part in.</summary>
    public static async Task<List<ContactMerge>> FindAsync(ContactsDb db, List<long> ids)
    {
        // Whom a merge moved stands in its document alone; the database looks there, and reads out none but these.
        var found = new List<long>();
        foreach (var id in ids)
        {
            var (merged, along) = ($"%\"id\":{id}}}%", $"%\"id\":{id},%");
            found.AddRange(await db.Database.SqlQuery<long>($"""
                SELECT "Id" AS "Value" FROM "ContactMerges" WHERE "AccountId" = {db.AccountId} AND ("Moved" LIKE {merged} OR "Moved" LIKE {along})
                """).ToListAsync());
        }
        return await db.ContactMerges.AsNoTracking().Where(m => m.UndoneAt != null && (found.Contains(m.Id) || ids.Contains(m.SurvivorId))).ToListAsync();
    }

    /// <summary>Bookings under the person's address that came in while they were merged, and are the other contact's since.</summary>
    public static async Task<List<Booking>> BookingsAsync(ContactsDb db, List<ContactMerge> parted, List<long> ids, List<string> emails)
    {
        var keys = emails.Select(EmailAddress.Key).ToHashSet();
        var found = new List<Booking>();
        foreach (var merge in parted.Where(m => !ids.Contains(m.SurvivorId)))
            found.AddRange((await db.Bookings.Where(b => b.ContactId == merge.SurvivorId && b.CreatedAt >= merge.At && b.CreatedAt <= merge.UndoneAt).ToListAsync())
                .Where(b => keys.Contains(EmailAddress.Key(b.GuestEmail))));
        return [.. found.DistinctBy(b => b.Id)];
    }

    /// <summary>The entries of the others keep that there was a merge and that something was changed, and nothing more; no merge tells of the person.</summary>
    public static async Task RemoveAsync(ContactsDb db, Person person)
    {
        foreach (var merge in person.Parted)
        {
            if (!person.Ids.Contains(merge.SurvivorId)) await BlankLaterAsync(db, merge, person);
            var (contacts, number, undone) = (merge.Moved.ConvertAll(m => m.Id).Append(merge.SurvivorId).ToList(), merge.EntryNumber, merge.UndoneAt);
            await db.Entries.Where(e => contacts.Contains(e.ContactId) && ((e.ContactId == merge.SurvivorId && e.Number == number) || (e.Kind == ActivityKind.Unmerged && e.CreatedAt == undone)))
                .ExecuteUpdateAsync(set => set.SetProperty(e => e.Title, "").SetProperty(e => e.Text, (string?)null).SetProperty(e => e.Changes, new List<FieldChange>()));
        }
        var (gone, ids) = (person.Parted.ConvertAll(m => m.Id), person.Ids);
        await db.ContactMerges.Where(m => gone.Contains(m.Id) || ids.Contains(m.SurvivorId)).ExecuteDeleteAsync();
    }

    // Until the undo, what the survivor had from the person was in the way of later changes, which say what they replaced.
    private static async Task BlankLaterAsync(ContactsDb db, ContactMerge merge, Person person)
    {
        var told = await db.Entries.AsNoTracking().Where(e => e.ContactId == merge.SurvivorId && e.Number >= merge.EntryNumber && e.CreatedAt <= merge.UndoneAt).ToListAsync();
        var given = told.Where(e => e.Number == merge.EntryNumber).SelectMany(e => e.Changes).Select(c => (c.Field, c.New)).ToHashSet();
        var known = person.Emails.Select(EmailAddress.Key).Concat(person.Phones).Concat(person.Phones.Select(PhoneNumber.Display)).ToHashSet();
        foreach (var entry in told.Where(e => e.Number > merge.EntryNumber))
        {
            var left = entry.Changes.Select(c => c with { Old = IsTheirs(c.Field, c.Old) ? null : c.Old, New = IsTheirs(c.Field, c.New) ? null : c.New }).ToList();
            if (left.SequenceEqual(entry.Changes) && entry.Kind != ActivityKind.Unmerged) continue;
            left.RemoveAll(c => c.Old is null && c.New is null);
            var text = entry.Kind == ActivityKind.Unmerged ? null : entry.Text;
            await db.Entries.Where(e => e.Id == entry.Id).ExecuteUpdateAsync(set => set.SetProperty(e => e.Changes, left).SetProperty(e => e.Text, text));
        }

        // Where somebody stands, and who looks after them, tells nothing of another person.
        bool IsTheirs(string field, string? text) => text is not null && field is not (StatusSpell.StatusChange or Contact.OwnerChange)
            && (given.Contains((field, text)) || known.Contains(EmailAddress.Key(text) ?? text));
    }
}
