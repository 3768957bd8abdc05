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

    /// <summary>Contacts that were just inserted with prepared commands.</summary>
    public static Task AddAsync(ContactsDb db, IReadOnlyCollection<Contact> contacts, IndexedFields fields) =>
        ChangeAsync(db, [.. contacts.Select(c => (IndexedContact.Nothing(c.Id), IndexedContact.Of(c, fields)))]);

    /// <summary>Contacts that are about to be removed for good, listed or not: nothing of them stays.</summary>
    public static async Task RemoveAsync(ContactsDb db, IReadOnlyCollection<Contact> contacts)
    {
        var fields = await IndexedFields.LoadAsync(db);
        await ChangeAsync(db, [.. contacts.Select(c => (IndexedContact.All(c, fields), IndexedContact.Nothing(c.Id)))]);
    }

    /// <summary>Makes the index of contacts follow from what they were to what they are.</summary>
    public static async Task ChangeAsync(ContactsDb db, IReadOnlyList<(IndexedContact Before, IndexedContact After)> changes)
    {
        await RunAsync(db, RemoveText, changes.SelectMany(c => c.Before.Texts.Except(c.After.Texts).Select(t => Row(db, t.FieldId, t.Value, c.Before.Id))));
        await RunAsync(db, RemoveNumber, changes.SelectMany(c => c.Before.Numbers.Except(c.After.Numbers).Select(t => Row(db, t.FieldId, t.Value, c.Before.Id))));
        await RunAsync(db, AddText, changes.SelectMany(c => c.After.Texts.Except(c.Before.Texts).Select(t => Row(db, t.FieldId, t.Value, c.After.Id))));
        await RunAsync(db, AddNumber, changes.SelectMany(c => c.After.Numbers.Except(c.Before.Numbers).Select(t => Row(db, t.FieldId, t.Value, c.After.Id))));
        var texts = changes.Where(c => c.Before.SearchText != c.After.SearchText).Select(c => (c.After.Id, c.Before.SearchText, c.After.SearchText)).ToList();
        if (texts.Count > 0) await db.Lists.KeepSearchAsync(db, texts);
    }

    /// <summary>Makes the index of some contacts anew, whatever it held of them in part. Their search texts are written as they are written now.</summary>
    /// <param name="after">The number of the last contact that is done.</param>
    /// <returns>The number of the last one of these; null when there are none left.</returns>
    public static async Task<long?> RebuildAsync(ContactsDb db, long after)
    {
        var contacts = await db.Contacts.Where(c => c.Id > after).OrderBy(c => c.Id).Take(Chunk).ToListAsync();
        if (contacts.Count == 0) return null;
        foreach (var contact in contacts) contact.Refold();
        await db.SaveChangesAsync();
        var fields = await IndexedFields.LoadAsync(db);
        var indexed = contacts.Where(c => c.IsListed).Select(c => IndexedContact.Of(c, fields)).ToList();
        await ChangeAsync(db, indexed.ConvertAll(c => (IndexedContact.Nothing(c.Id), c)));
        // What has words there already would have them twice.
        await db.Lists.KeepSearchAsync(db, indexed.ConvertAll(c => (c.Id, c.SearchText, c.SearchText)));
        return contacts[^1].Id;
    }

    /// <summary>Makes the index of one field anew: its values are of another type now.</summary>
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
            await RunAsync(db, AddText, part.SelectMany(c => IndexedContact.TextsOf(field.Type, c.Value).Select(text => Row(db, field.Id, text, c.Id))));
            await RunAsync(db, AddNumber, part.Select(c => (c.Id, Number: IndexedContact.NumberOf(field.Type, c.Value))).Where(c => c.Number is not null).Select(c => Row(db, field.Id, c.Number!.Value, c.Id)));
            part.Clear();
        }
    }

    private static object[] Row(ContactsDb db, long fieldId, object value, long contactId) => [db.AccountId, fieldId, value, contactId];

    private static async Task RunAsync(ContactsDb db, string sql, IEnumerable<object[]> rows)
    {
        // In the order of the table: neighbours go to the same page.
        var sorted = rows.OrderBy(r => (long)r[1]).ThenBy(r => r[2] as string, StringComparer.Ordinal).ThenBy(r => r[2] as double?).ToList();
        if (sorted.Count == 0) return;
        using var command = db.PrepareRows(sql);
        await command.RunAsync(sorted);
    }
}
