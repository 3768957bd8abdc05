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
    public static Task AddAsync(ContactsDb db, IEnumerable<IndexedContact> contacts) => ChangeAsync(db, [.. contacts.Select(c => (IndexedContact.Nothing(c.Id), c))]);

    /// <summary>Contacts that are about to be removed for good, listed or not: nothing of them stays. They are held and were read since.</summary>
    public static async Task RemoveAsync(ContactsDb db, IReadOnlyCollection<Contact> contacts)
    {
        var fields = await IndexedFields.LoadAsync(db);
        await ChangeAsync(db, [.. contacts.Select(c => (IndexedContact.All(c, fields), IndexedContact.Nothing(c.Id)))]);
    }

    /// <summary>Makes the index of contacts follow from what they were to what they are.</summary>
    public static async Task ChangeAsync(ContactsDb db, IReadOnlyList<(IndexedContact Before, IndexedContact After)> changes)
    {
        await RunAsync(db, RemoveText, changes.SelectMany(c => Beyond(c.Before.Texts, c.After.Texts, c.Before.Id)), string.CompareOrdinal);
        await RunAsync(db, RemoveNumber, changes.SelectMany(c => Beyond(c.Before.Numbers, c.After.Numbers, c.Before.Id)), Comparer<double>.Default.Compare);
        await RunAsync(db, AddText, changes.SelectMany(c => Beyond(c.After.Texts, c.Before.Texts, c.After.Id)), string.CompareOrdinal);
        await RunAsync(db, AddNumber, changes.SelectMany(c => Beyond(c.After.Numbers, c.Before.Numbers, c.After.Id)), Comparer<double>.Default.Compare);
        var texts = changes.Where(c => c.Before.SearchText != c.After.SearchText).Select(c => (c.After.Id, c.Before.SearchText, c.After.SearchText)).ToList();
        if (texts.Count > 0) await db.Lists.KeepSearchAsync(db, texts);
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
            await RunAsync(db, AddText, part.SelectMany(c => IndexedContact.TextsOf(field.Type, c.Value).Select(text => (field.Id, text, c.Id))), string.CompareOrdinal);
            await RunAsync(db, AddNumber, part.Select(c => (c.Id, Number: IndexedContact.NumberOf(field.Type, c.Value))).Where(c => c.Number is not null).Select(c => (field.Id, c.Number!.Value, c.Id)), Comparer<double>.Default.Compare);
            part.Clear();
        }
    }

    private static IEnumerable<(long FieldId, T Value, long ContactId)> Beyond<T>(HashSet<(long FieldId, T Value)> values, HashSet<(long FieldId, T Value)> others, long contactId)
    {
        foreach (var value in values)
            if (!others.Contains(value)) yield return (value.FieldId, value.Value, contactId);
    }

    private static async Task RunAsync<T>(ContactsDb db, string sql, IEnumerable<(long FieldId, T Value, long ContactId)> rows, Comparison<T> compare) where T : notnull
    {
        var sorted = rows.ToList();
        if (sorted.Count == 0) return;
        // In the order of the table: neighbours go to the same page.
        sorted.Sort((a, b) => a.FieldId != b.FieldId ? a.FieldId.CompareTo(b.FieldId) : compare(a.Value, b.Value) is not 0 and var order ? order : a.ContactId.CompareTo(b.ContactId));
        using var command = db.PrepareRows(sql);
        object account = db.AccountId;
        await command.RunAsync(sorted.Select(r => new object[] { account, r.FieldId, r.Value, r.ContactId }));
    }
}
