using Contacts.Core.Accounts;
using Contacts.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace Contacts.Core.Activity;

/// <summary>A value a field was given, as people read it, and what gave it.</summary>
/// <param name="Value">Null: the field was cleared.</param>
/// <param name="Old">What was there before; of addresses beside the primary one, that which was taken away.</param>
/// <param name="Title">What the entry was about; see <see cref="ActivityEntry.Title"/>.</param>
public sealed record PastValue(long ContactId, long EntryId, string? Value, string? Old, ActivityKind Kind, string Title, Source Source, string? ActorName, DateTime At);

/// <summary>What a field of a contact was before, read from the entries that changed it.</summary>
internal static class ValueHistory
{
    /// <summary>The newest first; found for each contact by key, because one ordered walk over several would sort them all.</summary>
    public static async Task<List<PastValue>> ReadAsync(ContactsDb db, IReadOnlyCollection<long> contactIds, string field, int take, CancellationToken cancel)
    {
        // What is older was said of another field, which had the name and was deleted. The system's have no row, and are older than all.
        var made = await db.Fields.Where(f => f.Name == field).Select(f => f.CreatedAt).FirstOrDefaultAsync(cancel);
        var since = (made.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMillisecond;
        var found = new List<long>();
        foreach (var contactId in contactIds) found.AddRange(await FindAsync(db, contactId, field, since, take, cancel));
        var entries = await db.Entries.Where(e => found.Contains(e.Id)).OrderByDescending(e => e.At).ThenByDescending(e => e.Id).Take(take).ToListAsync(cancel);
        return entries.ConvertAll(e => (Entry: e, Change: e.Changes.Last(c => c.Field == field))).ConvertAll(t =>
            new PastValue(t.Entry.ContactId, t.Entry.Id, t.Change.New, t.Change.Old, t.Entry.Kind, t.Entry.Title, t.Entry.Source, t.Entry.ActorName, t.Entry.At));
    }

    // The database looks for the field's name as it stands in the document: an entry that says nothing of the field is never read.
    private static Task<List<long>> FindAsync(ContactsDb db, long contactId, string field, long since, int take, CancellationToken cancel)
    {
        var named = $"%\"field\":\"{field.Replace("_", "!_", StringComparison.Ordinal)}\"%"; // LIKE takes an underscore for any letter
        return db.Database.SqlQuery<long>($"""
            SELECT "Id" AS "Value" FROM "Entries" WHERE "AccountId" = {db.AccountId} AND "ContactId" = {contactId} AND "CreatedAt" >= {since} AND "Changes" LIKE {named} ESCAPE '!'
            ORDER BY "At" DESC, "Id" DESC LIMIT {take}
            """).ToListAsync(cancel);
    }
}
