using Contacts.Core.Activity;
using Contacts.Core.Data;
using Contacts.Core.People.Lists;
using Microsoft.EntityFrameworkCore;

namespace Contacts.Core.People;

/// <summary>
/// Changes many contacts by their own rules and saves them by prepared commands, some ten times as quick as one by one. For what an
/// organisation decides about all of them: their fields, statuses and owners. What identifies a contact is not kept up here and goes through
/// <see cref="ContactBook"/>; what makes it look like another one is for the caller to keep (<see cref="ManyLookalikes"/>).
/// </summary>
internal static class ContactRewrite
{
    /// <summary>So many in one turn at the gate: the next in line waits a fraction of a second, and contacts that share a page of an index write it once.</summary>
    public const int Chunk = 1500;

    private static readonly HashSet<string> StandingColumns =
        [nameof(Contact.StatusId), nameof(Contact.StatusAt), nameof(Contact.StatusReason), nameof(Contact.OwnerId), nameof(Contact.UpdatedAt), nameof(Contact.Version)];

    /// <summary>Changes where contacts stand and who looks after them, and nothing else. Runs inside a write; their entries are saved and told of with them.</summary>
    /// <param name="change">Says whether it changed the contact.</param>
    /// <returns>How many it changed.</returns>
    /// <exception cref="LostRaceException">Somebody else changed one of them meanwhile.</exception>
    public static Task<int> StandingAsync(ContactsDb db, IReadOnlyCollection<long> ids, Func<Contact, bool> change) => ApplyAsync(db, ids, change, null, StandingColumns.Contains);

    /// <summary>Changes their values, or whether they are listed at all, likewise, and what lists find them by.</summary>
    /// <param name="fields">The fields whose index follows.</param>
    public static Task<int> ValuesAsync(ContactsDb db, IReadOnlyCollection<long> ids, Func<Contact, bool> change, IndexedFields fields) => ApplyAsync(db, ids, change, fields, _ => true);

    private static async Task<int> ApplyAsync(ContactsDb db, IReadOnlyCollection<long> ids, Func<Contact, bool> change, IndexedFields? fields, Func<string, bool> columns)
    {
        using var update = new BulkUpdate<Contact>(db, columns);
        var changed = new List<(Contact Contact, object[] Before)>(ids.Count);
        var indexed = new List<(IndexedContact Before, IndexedContact After)>();
        // One parameter for all of them: one each makes another command of every chunk, in which each is looked up by its name.
        foreach (var contact in await db.Contacts.AsNoTracking().Where(c => ids.Contains(c.Id)).OrderBy(c => c.Id).ToListAsync())
        {
            var (before, was) = (update.Before(contact), fields is null ? null : IndexedContact.Of(contact, fields));
            if (!change(contact)) continue;
            changed.Add((contact, before));
            if (was is not null) indexed.Add((was, IndexedContact.Of(contact, fields!)));
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
        await BulkInsert.InsertAsync(db, entries.Select(e => e.entry));
        db.Announce(entries.Select(e => ContactChange.Of(e.entry)));
    }
}
