using Contacts.Core.Data;
using Contacts.Core.Fields;
using Microsoft.EntityFrameworkCore;

namespace Contacts.Core.People.Lists;

/// <summary>
/// The index that lists filter, sort and search by: what each listed contact has in each field, and its words. It is written in the transaction of
/// the contacts themselves, from what they were and what they are, and could be made anew from them at any time.
/// </summary>
internal static class ContactIndex
{
    private const int Chunk = 500;

    private const string AddText = """INSERT INTO "FieldTexts" ("AccountId", "FieldId", "Value", "ContactId") VALUES (@p0, @p1, @p2, @p3) ON CONFLICT DO NOTHING""",
        AddNumber = """INSERT INTO "FieldNumbers" ("AccountId", "FieldId", "Value", "ContactId") VALUES (@p0, @p1, @p2, @p3) ON CONFLICT DO NOTHING""",
        RemoveText = """DELETE FROM "FieldTexts" WHERE "AccountId" = @p0 AND "FieldId" = @p1 AND "Value" = @p2 AND "ContactId" = @p3""",
        RemoveNumber = """DELETE FROM "FieldNumbers" WHERE "AccountId" = @p0 AND "FieldId" = @p1 AND "Value" = @p2 AND "ContactId" = @p3""";

    /// <summary>Contacts that are about to be removed for good, listed or not: nothing of them stays. They are held and were read since.</summary>
    public static async Task RemoveAsync(ContactsDb db, IReadOnlyCollection<Contact> contacts)
    {
        var fields = await IndexedFields.LoadAsync(db);
        await ChangeAsync(db, [.. contacts.Select(c => (IndexedContact.All(c, fields), IndexedContact.Nothing(c.Id)))]);
    }

    /// <summary>Makes the index of contacts follow from what they were to what they are.</summary>
    public static Task ChangeAsync(ContactsDb db, IReadOnlyList<(IndexedContact Before, IndexedContact After)> changes) => WriteAsync(db, new IndexRows(changes));

    /// <summary>The same of rows that were worked out before.</summary>
    public static async Task WriteAsync(ContactsDb db, IndexRows rows)
    {
        await RunAsync(db, RemoveText, rows.GoneTexts);
        await RunAsync(db, RemoveNumber, rows.GoneNumbers);
        await RunAsync(db, AddText, rows.NewTexts);
        await RunAsync(db, AddNumber, rows.NewNumbers);
        if (rows.SearchTexts.Count > 0) await db.Lists.KeepSearchAsync(db, rows.SearchTexts);
    }

    /// <summary>Makes the index of some contacts anew, whatever it held of them in part. Their search texts are written as they are written now.</summary>
    /// <param name="after">The number of the last contact that is done.</param>
    /// <returns>The number of the last one of these; null when there are none left.</returns>
    public static async Task<long?> RebuildAsync(ContactsDb db, long after)
    {
        var ids = await db.Contacts.Where(c => c.Id > after).OrderBy(c => c.Id).Take(Chunk).Select(c => c.Id).ToListAsync();
        if (ids.Count == 0) return null;
        var these = db.Contacts.Where(c => ids.Contains(c.Id));
        await db.HoldContactsAsync(these);
        var contacts = await these.OrderBy(c => c.Id).ToListAsync();
        foreach (var contact in contacts) contact.Refold();
        await db.SaveChangesAsync();
        var fields = await IndexedFields.LoadAsync(db);
        var indexed = contacts.Where(c => c.IsListed).Select(c => IndexedContact.Of(c, fields)).ToList();
        await ChangeAsync(db, indexed.ConvertAll(c => (IndexedContact.Nothing(c.Id), c)));
        // What has words there already would have them twice.
        await db.Lists.KeepSearchAsync(db, indexed.ConvertAll(c => (c.Id, c.SearchText, c.SearchText)));
        return ids[^1];
    }

    /// <summary>Makes the index of one field anew: its values are of another type now. Whoever has some is held.</summary>
    public static async Task RebuildFieldAsync(ContactsDb db, FieldDefinition field)
    {
        await db.Database.ExecuteSqlAsync($"""DELETE FROM "FieldTexts" WHERE "AccountId" = {db.AccountId} AND "FieldId" = {field.Id}""");
        await db.Database.ExecuteSqlAsync($"""DELETE FROM "FieldNumbers" WHERE "AccountId" = {db.AccountId} AND "FieldId" = {field.Id}""");
        var part = new List<(long Id, string Value)>(Chunk);
        await foreach (var holder in FieldHolders.ReadAsync(db, field, listedOnly: true))
        {
            part.Add(holder);
            if (part.Count == Chunk) await AddPartAsync();
        }
        await AddPartAsync();

        async Task AddPartAsync()
        {
            await RunAsync(db, AddText, IndexRows.InOrder(part.SelectMany(c => IndexedContact.TextsOf(field.Type, c.Value).Select(text => (field.Id, text, c.Id))), string.CompareOrdinal));
            await RunAsync(db, AddNumber, IndexRows.InOrder(part.Select(c => (c.Id, Number: IndexedContact.NumberOf(field.Type, c.Value))).Where(c => c.Number is not null).Select(c => (field.Id, c.Number!.Value, c.Id)), Comparer<double>.Default.Compare));
            part.Clear();
        }
    }

    private static async Task RunAsync<T>(ContactsDb db, string sql, List<(long FieldId, T Value, long ContactId)> rows) where T : notnull
    {
        if (rows.Count == 0) return;
        using var command = db.PrepareRows(sql);
        object account = db.AccountId;
        await command.RunAsync(rows.Select(r => new object[] { account, r.FieldId, r.Value, r.ContactId }));
    }
}
