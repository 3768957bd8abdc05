using System.Text.Json;
using Contacts.Core.Activity;
using Contacts.Core.People;
using Contacts.Core.People.Merging;
using Contacts.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Contacts.Tests.People.Merging;

/// <summary>Short words for tests of merging.</summary>
internal static class MergeHouse
{
    public static readonly Source ByHand = new(SourceKind.User, "Tom Berg");

    public static MergeDesk Merging(this TestHouse house) => house.Get<MergeDesk>();

    public static Task<Contact> AddAsync(this TestHouse house, string name, string? email = null, params (string Field, string Value)[] values)
    {
        var edit = new ContactEdit().SetName(name);
        if (email is not null) edit.Set("email", email);
        foreach (var (field, value) in values) edit.Set(field, value);
        return house.Book.AddAsync(house.Member, edit, ByHand);
    }

    public static Task<ContactMerge> MergeAsync(this TestHouse house, Contact survivor, params Contact[] others) =>
        house.Merging().MergeAsync(house.Admin, survivor.Id, [.. others.Select(o => o.Id)], null, ByHand);

    public static Task<UndoneMerge> UndoAsync(this TestHouse house, ContactMerge merge) => house.Merging().UndoAsync(house.Admin, merge.Id, ByHand);

    public static async Task<Contact> NowAsync(this TestHouse house, Contact contact) => (await house.Book.FindAsync(house.Member, contact.Id))!;

    /// <summary>All that a merge and its undo must leave as it was: by contact, in words.</summary>
    public static Task<Dictionary<long, string>> StateAsync(this TestHouse house) => house.ReadAsync(async db =>
    {
        var identities = (await db.Identities.OrderBy(i => i.Kind).ThenBy(i => i.Key).ToListAsync()).ToLookup(i => i.ContactId);
        var entries = (await db.Entries.OrderBy(e => e.Number).ToListAsync()).Where(e => e.Kind != ActivityKind.Merged && e.Kind != ActivityKind.Unmerged).ToLookup(e => e.ContactId);
        var unique = (await db.UniqueValues.OrderBy(u => u.FieldId).ToListAsync()).ToLookup(u => u.ContactId);
        return (await db.Contacts.ToListAsync()).ToDictionary(c => c.Id, c => JsonSerializer.Serialize(new
        {
            System = Core.Fields.SystemFields.All.Select(c.ValueOf),
            Values = c.Values.OrderBy(v => v.Key, StringComparer.Ordinal),
            c.StatusId, c.StatusAt, c.StatusReason, c.OwnerId, c.Source, c.CreatedAt, c.LastInteractedAt, c.LastActivityAt, c.DeletedAt, c.MergedIntoId, c.SortName, c.SearchText, c.AlsoKnownBy,
            Identities = identities[c.Id].Select(i => new { i.Kind, i.Key, i.Value }),
            Unique = unique[c.Id].Select(u => new { u.FieldId, u.Key }),
            Entries = entries[c.Id].Select(e => new { e.Id, e.Number, e.Kind, e.Title, e.At, e.Changes, e.Answers }),
        }));
    });
}
