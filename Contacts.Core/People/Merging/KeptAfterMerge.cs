using Contacts.Core.Activity;
using Contacts.Core.Data;
using Contacts.Core.Fields;
using Contacts.Core.Tracking;
using Microsoft.EntityFrameworkCore;

namespace Contacts.Core.People.Merging;

/// <summary>What stays with a survivor when a merge into it is undone: read once everything else is back where it was, inside the same write.</summary>
internal sealed class KeptAfterMerge(ContactsDb db, ContactMerge merge, Contact survivor, FieldSet fields)
{
    public List<KeptChange> Changes { get; } = [];
    public int Activities { get; private set; }

    /// <summary>The list as a sentence; null when there is nothing to tell.</summary>
    public string? Text
    {
        get
        {
            var parts = Changes.ConvertAll(k => $"{k.Title}: {k.Value?.Replace("\n", ", ", StringComparison.Ordinal) ?? "empty"}");
            if (Activities > 0) parts.Add(Activities == 1 ? "1 activity" : $"{Activities} activities");
            if (parts.Count == 0) return null;
            var text = $"Kept from after the merge: {string.Join("; ", parts)}";
            return text.Length <= ActivityEntry.MaxTextLength ? text : text[..(ActivityEntry.MaxTextLength - 1)] + "…";
        }
    }

    /// <param name="stays">What the merge set and the undo could not put back.</param>
    /// <param name="undo">Tells what it did put back.</param>
    public async Task ReadAsync(IEnumerable<(string Field, string? Value)> stays, ActivityEntry undo)
    {
        var since = await db.Entries.Where(e => e.ContactId == survivor.Id && e.Number > merge.EntryNumber).OrderBy(e => e.Number)
            .Select(e => new { e.Kind, e.Changes }).ToListAsync();
        Activities = since.Count(e => e.Kind == ActivityKind.Noted || ActivityKind.Interactions.Contains(e.Kind));
        var changed = since.Where(e => e.Kind != ActivityKind.Merged && e.Kind != ActivityKind.Unmerged).SelectMany(e => e.Changes).GroupBy(c => c.Field)
            .Where(changes => changes.Key is not (AddressBook.OtherEmails or AddressBook.OtherPhones or Visitor.JoinChange) && !undo.Changes.Exists(c => c.Field == changes.Key))
            .Select(changes => (Field: changes.Key, Value: changes.Last().New));
        Changes.AddRange(changed.Concat(stays).Concat(await AddressesAsync()).DistinctBy(k => k.Field).Select(k => new KeptChange(k.Field, TitleOf(k.Field), k.Value)));
    }

    // Told by what is there, since the undo gives back what was removed: what the survivor was not known by before, or else that it is known by fewer.
    private async Task<List<(string Field, string? Value)>> AddressesAsync()
    {
        var kept = new List<(string, string?)>();
        var now = await Identities.OfFamilyAsync(db, survivor);
        foreach (var (kind, field) in new[] { (IdentityKind.Email, AddressBook.OtherEmails), (IdentityKind.Phone, AddressBook.OtherPhones) })
        {
            var primary = Identities.KeyOf(kind, merge.Before.Primaries.Find(p => p.Field == Identities.FieldOf(kind).Name)?.Value);
            var before = merge.Before.Held.Where(h => h.Kind == kind && !merge.Moved.Exists(m => m.Id == h.ContactId)).Select(h => h.Key).ToList();
            var added = now.Where(i => i.Kind == kind && i.ContactId == survivor.Id && !before.Contains(i.Key) && !Identities.IsPrimary(survivor, i)).Select(i => i.Value).ToList();
            if (added.Count > 0) kept.Add((field, string.Join('\n', added)));
            else if (before.Exists(key => key != primary && !now.Exists(i => i.Kind == kind && i.Key == key))) kept.Add((field, null));
        }
        return kept;
    }

    private string TitleOf(string field) => field switch
    {
        StatusSpell.StatusChange => "Status",
        StatusSpell.ReasonChange => "Reason",
        Contact.OwnerChange => "Contact owner",
        AddressBook.OtherEmails => "Other emails",
        AddressBook.OtherPhones => "Other phones",
        _ => fields.Find(field)?.Title ?? field,
    };
}
