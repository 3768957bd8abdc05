using Contacts.Core.Activity;
using Contacts.Core.Data;
using Contacts.Core.Fields;
using Microsoft.EntityFrameworkCore;

namespace Contacts.Core.People;

/// <summary>Keeps the values of fields that are unique apart. Runs inside a write; whoever writes a contact's values claims them here.</summary>
internal static class UniqueValues
{
    /// <summary>Makes the contact's values of those of the fields that the entry changed its own, and frees those it had before.</summary>
    /// <exception cref="RuleException">At the field's name, when another contact has the value; it is named.</exception>
    public static async Task ClaimAsync(ContactsDb db, Contact contact, IEnumerable<FieldDefinition> fields, ActivityEntry entry)
    {
        foreach (var field in fields.Where(f => f.Rules.Unique && entry.Changes.Exists(c => c.Field == f.Name)).Distinct())
            if (await TakeAsync(db, contact, field) is { } other) throw Taken(other, field);
    }

    /// <summary>For contacts that a merge is undone between. What somebody else took meanwhile stays with both, who are raised as possible duplicates: nothing is lost by parting.</summary>
    public static async Task RegainAsync(ContactsDb db, IReadOnlyList<Contact> contacts, FieldSet fields)
    {
        foreach (var field in fields.Custom.Where(f => f.Rules.Unique))
            foreach (var contact in contacts.Where(c => c.IsListed))
            {
                if (await TakeAsync(db, contact, field) is { } other) await Lookalikes.RaiseAsync(db, contact, other.Id, $"Same {field.Title}", contact.UpdatedAt);
                await db.SaveChangesAsync(); // the next may have the same value
            }
    }

    /// <summary>For a contact that is deleted or merged into another.</summary>
    public static async Task ReleaseAsync(ContactsDb db, Contact contact) =>
        db.UniqueValues.RemoveRange(await db.UniqueValues.Where(u => u.ContactId == contact.Id).ToListAsync());

    /// <summary>For a contact that is back from the bin: what another one has by now is cleared in the entry.</summary>
    public static async Task ReclaimAsync(ContactsDb db, Contact contact, ActivityEntry entry)
    {
        foreach (var field in (await FieldCatalog.LoadAsync(db)).Custom.Where(f => f.Rules.Unique))
            if (await TakeAsync(db, contact, field) is not null) contact.Write(field, null, entry);
    }

    /// <summary>A field became unique, or is no longer: its rows are made from the values that are there, or go.</summary>
    /// <exception cref="RuleException">At <c>unique</c>, when contacts share values already.</exception>
    public static async Task FollowAsync(ContactsDb db, FieldDefinition field)
    {
        await db.UniqueValues.Where(u => u.FieldId == field.Id).ExecuteDeleteAsync();
        if (!field.Rules.Unique) return;

        var held = new Dictionary<string, long>();
        var (shared, first) = (new HashSet<string>(), 0L);
        var contacts = 0;
        await foreach (var (id, value) in FieldHolders.ReadAsync(db, field, listedOnly: true))
        {
            var key = UniqueValue.KeyOf(value);
            if (held.TryAdd(key, id)) continue;
            if (first == 0) first = held[key];
            contacts += shared.Add(key) ? 2 : 1;
        }
        if (shared.Count > 0)
            throw new RuleException(
                $"{contacts} contacts share {(shared.Count == 1 ? "one value" : $"{shared.Count} values")} of this field. Give each its own first.", "unique", Refusal.Conflict)
            {
                About = PublicId.Format(PublicId.Contact, first),
            };

        await BulkInsert.InsertAsync(db, held.Select(pair => new UniqueValue(db.AccountId, field.Id, pair.Key, pair.Value)));
    }

    /// <returns>The other contact that has the value, in which case nothing is taken.</returns>
    private static async Task<Contact?> TakeAsync(ContactsDb db, Contact contact, FieldDefinition field)
    {
        var key = contact.ValueOf(field) is { } value ? UniqueValue.KeyOf(value) : null;
        var own = contact.Id == 0 ? [] : await db.UniqueValues.Where(u => u.FieldId == field.Id && u.ContactId == contact.Id).ToListAsync();
        if (own.Exists(u => u.Key == key)) return null;
        var holder = key is null ? null : await db.UniqueValues.Include(u => u.Contact).SingleOrDefaultAsync(u => u.FieldId == field.Id && u.Key == key);
        if (holder?.Contact is { IsListed: true } other) return other;
        // Who is deleted or merged away holds nothing. Gone before the new row, which may have the same key.
        db.UniqueValues.RemoveRange(holder is null ? own : own.Append(holder));
        if (own.Count > 0 || holder is not null) await db.SaveChangesAsync();
        if (key is not null) db.UniqueValues.Add(new UniqueValue(contact, field.Id, key));
        return null;
    }

    private static RuleException Taken(Contact other, FieldDefinition field) =>
        new($"{other.DisplayName} ({PublicId.Format(PublicId.Contact, other.Id)}) has this value already, and {field.Title} is unique.", field.Name, Refusal.Conflict)
        {
            About = PublicId.Format(PublicId.Contact, other.Id),
        };
}
