using Contacts.Core.Accounts;
using Contacts.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace Contacts.Core.Activity;

/// <summary>A value a field was given, as people read it, and what gave it.</summary>
/// <param name="Value">Null: the field was cleared.</param>
/// <param name="Title">What the entry was about; see <see cref="ActivityEntry.Title"/>.</param>
public sealed record PastValue(long ContactId, long EntryId, string? Value, ActivityKind Kind, string Title, Source Source, string? ActorName, DateTime At);

/// <summary>What a field of a contact was before, read from the entries that changed it.</summary>
internal static class ValueHistory
{
    /// <summary>The newest first; of each contact by key, because one ordered walk over several would sort them all.</summary>
    public static async Task<List<PastValue>> ReadAsync(ContactsDb db, IReadOnlyCollection<long> contactIds, string field, int take, CancellationToken cancel)
    {
        var found = new List<PastValue>();
        foreach (var id in contactIds) found.AddRange(await ReadAsync(db, id, field, take, cancel));
        return [.. found.OrderByDescending(v => v.At).ThenByDescending(v => v.EntryId).Take(take)];
    }

    // The database looks for the field's name as it stands in the document: an entry that says nothing of the field is never read.
    private static async Task<IEnumerable<PastValue>> ReadAsync(ContactsDb db, long contactId, string field, int take, CancellationToken cancel)
    {
        var named = $"%\"field\":\"{field.Replace("_", "!_", StringComparison.Ordinal)}\"%"; // LIKE takes an underscore for any letter
        var entries = await db.Entries.FromSql($"""SELECT * FROM "Entries" WHERE "Changes" LIKE {named} ESCAPE '!'""").Where(e => e.ContactId == contactId)
            .OrderByDescending(e => e.At).ThenByDescending(e => e.Id).Take(take)
            .Select(e => new { e.Id, e.Changes, e.Kind, e.Title, e.Source, e.ActorName, e.At }).ToListAsync(cancel);
        return entries.Select(e => new PastValue(contactId, e.Id, e.Changes.Last(c => c.Field == field).New, e.Kind, e.Title, e.Source, e.ActorName, e.At));
    }
}
