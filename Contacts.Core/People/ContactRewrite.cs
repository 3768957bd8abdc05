using Contacts.Core.Activity;
using Contacts.Core.Data;
using Contacts.Core.People.Lists;
using Microsoft.EntityFrameworkCore;

namespace Contacts.Core.People;

/// <summary>
/// Changes many contacts by their own rules and saves them by prepared commands, some ten times as quick as one by one. For what an
/// organisation decides about all of them: their fields, statuses and owners. Whatever identifies a contact or makes it look like
/// another one is not kept up here and goes through <see cref="ContactBook"/>.
/// </summary>
internal static class ContactRewrite
{
    /// <summary>So many in one turn at the gate: the next in line waits a fraction of a second.</summary>
    public const int Chunk = 500;

    /// <summary>Runs inside a write; the entries that contacts appended are saved and told of with them.</summary>
    /// <param name="change">Says whether it changed the contact.</param>
    /// <param name="fields">The fields whose index follows; all, when they are not given.</param>
    /// <returns>How many it changed.</returns>
    /// <exception cref="LostRaceException">Somebody else changed one of them meanwhile.</exception>
    public static async Task<int> ApplyAsync(ContactsDb db, IReadOnlyCollection<long> ids, Func<Contact, bool> change, IndexedFields? fields = null)
    {
        fields ??= await IndexedFields.LoadAsync(db);
        await using var update = new BulkUpdate<Contact>(db);
        var changed = new List<(Contact Contact, object[] Before)>(ids.Count);
        var indexed = new List<(IndexedContact Before, IndexedContact After)>(ids.Count);
        foreach (var contact in await db.Contacts.AsNoTracking().Where(c => ids.Contains(c.Id)).OrderBy(c => c.Id).ToListAsync())
        {
            var (before, was) = (update.Before(contact), IndexedContact.Of(contact, fields));
            if (!change(contact)) continue;
            changed.Add((contact, before));
            indexed.Add((was, IndexedContact.Of(contact, fields)));
        }
        await update.UpdateAsync(changed);
        await ContactIndex.ChangeAsync(db, indexed);
        await AddEntriesAsync(db, changed.ConvertAll(c => c.Contact));
        return changed.Count;
    }

    private static async Task AddEntriesAsync(ContactsDb db, List<Contact> contacts)
    {
        var entries = contacts.SelectMany(c => c.Entries, (contact, entry) => (contact, entry)).ToList();
        if (entries.Count == 0) return;
        var numbers = await db.ReserveIdsAsync("Entries", entries.Count);
        foreach (var ((contact, entry), number) in entries.Zip(numbers)) (entry.Id, entry.ContactId) = (number, contact.Id);
        await using var insert = new BulkInsert<ActivityEntry>(db);
        await insert.InsertAsync(entries.ConvertAll(e => e.entry));
        db.Announce(entries.Select(e => ContactChange.Of(e.entry)));
    }
}
