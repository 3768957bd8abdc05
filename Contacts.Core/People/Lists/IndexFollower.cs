using Contacts.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace Contacts.Core.People.Lists;

/// <summary>Lets the index follow the contacts of one save: made before it, from what they were, and run after it, when new ones have their numbers.</summary>
internal sealed class IndexFollower
{
    private readonly List<(IndexedContact Before, Contact Now, bool IsGone)> _changes = [];
    private readonly IndexedFields _fields;

    private IndexFollower(IndexedFields fields) => _fields = fields;

    /// <summary>Null when the save concerns no contact.</summary>
    public static async Task<IndexFollower?> BeforeAsync(ContactsDb db)
    {
        var entries = db.ChangeTracker.Entries<Contact>().Where(e => e.State is EntityState.Added or EntityState.Modified or EntityState.Deleted).ToList();
        if (entries.Count == 0) return null;
        if (db.Database.CurrentTransaction is null) throw new InvalidOperationException("Contacts are written through the write gate, where their index is written with them.");
        var originals = entries.ConvertAll(e => e.State == EntityState.Added ? null : (Contact)e.OriginalValues.ToObject());
        var hasOwn = entries.Select(e => e.Entity).Concat(originals.OfType<Contact>()).Any(c => c.Values.Values.Any(v => v.Value is not null));
        var follower = new IndexFollower(hasOwn ? await IndexedFields.LoadAsync(db) : IndexedFields.SystemOnly);
        foreach (var (entry, original) in entries.Zip(originals))
            follower._changes.Add((original is null ? IndexedContact.Nothing(0) : IndexedContact.Of(original, follower._fields), entry.Entity, entry.State == EntityState.Deleted));
        return follower;
    }

    public Task AfterAsync(ContactsDb db) =>
        ContactIndex.ChangeAsync(db, _changes.ConvertAll(c => (c.Before, c.IsGone ? IndexedContact.Nothing(c.Now.Id) : IndexedContact.Of(c.Now, _fields))));
}
