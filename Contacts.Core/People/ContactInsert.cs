using Contacts.Core.Activity;
using Contacts.Core.Data;
using Contacts.Core.People.Lists;

namespace Contacts.Core.People;

/// <summary>A contact that was made in memory by its own rules, and what is kept with it as far as it can be worked out before it has a number.</summary>
internal sealed class NewContact
{
    /// <param name="fields">The fields by which lists are to find it.</param>
    public NewContact(Contact contact, BlockList blocked, IndexedFields fields)
    {
        Contact = contact;
        if (EmailAddress.Key(contact.Email) is { } email) Identities.Add((IdentityKind.Email, email, contact.Email!));
        if (People.Identities.PhoneKey(contact.MobilePhone) is { } phone) Identities.Add((IdentityKind.Phone, phone, contact.MobilePhone!));
        MatchKeys = MatchValues.Of(contact, []).Keys(blocked);
        Indexed = IndexedContact.Of(contact, fields);
    }

    public Contact Contact { get; }
    public List<(IdentityKind Kind, string Key, string Value)> Identities { get; } = [];
    public HashSet<(MatchKind Kind, long Hash)> MatchKeys { get; }
    public IndexedContact Indexed { get; }
}

/// <summary>
/// Inserts many contacts with their entries and all that is kept with them, by prepared commands in the caller's transaction. That nobody in
/// the account has one of their emails or phones, and that no two of them look alike, is for the caller to know.
/// </summary>
internal static class ContactInsert
{
    /// <summary>Contacts and entries have their numbers afterwards.</summary>
    /// <returns>The entries in the order of their numbers.</returns>
    public static async Task<List<ActivityEntry>> InsertAsync(ContactsDb db, IReadOnlyList<NewContact> contacts)
    {
        foreach (var (made, id) in contacts.Zip(await db.ReserveIdsAsync("Contacts", contacts.Count)))
        {
            (made.Contact.Id, made.Indexed.Id) = (id, id);
            foreach (var entry in made.Contact.Entries) entry.ContactId = id;
        }
        // Numbered as if recorded when they happened: the account's stream is read by that number.
        List<ActivityEntry> entries = [.. contacts.SelectMany(c => c.Contact.Entries).OrderBy(e => e.At)];
        foreach (var (entry, id) in entries.Zip(await db.ReserveIdsAsync("Entries", entries.Count))) entry.Id = id;

        // Sorted while the contacts are written.
        var index = Task.Run(() => IndexRows.Of(contacts.Select(c => c.Indexed)));
        await BulkInsert.InsertAsync(db, contacts.Select(c => c.Contact));
        await ContactIndex.WriteAsync(db, await index);
        await BulkInsert.InsertAsync(db, contacts.SelectMany(c => c.Identities, (c, i) => new Identity(c.Contact, i.Kind, i.Key, i.Value)));
        await BulkInsert.InsertAsync(db, contacts.SelectMany(c => c.MatchKeys, (c, k) => new MatchKey(c.Contact, k.Kind, k.Hash)));
        await BulkInsert.InsertAsync(db, entries);
        return entries;
    }
}
