using System.Globalization;
using Contacts.Core.People.Lists;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Contacts.Core.Data;

/// <summary>Searches by the trigrams of FTS5: three letters anywhere, or, since words are set apart by two blanks, one or two at a word's beginning.</summary>
internal sealed class SqliteListSql : ListSql
{
    public override Sql OwnValue(string field) => Sql.Of($"""json_extract(c."Values", {$"$.{field}.v"})""");

    public override Sql Number(Sql text) => Sql.Of($"CAST({text} AS REAL)");

    public override Sql Ordinal(Sql text) => text;

    public override Sql IsIn(Sql number, IReadOnlyCollection<long> ids) => Sql.Of($"{number} IN (SELECT value FROM json_each({$"[{string.Join(',', ids.Select(id => id.ToString(CultureInfo.InvariantCulture)))}]"}))");

    public override Sql FoldedValue(long accountId, long fieldId, Sql value, Func<Sql, Sql> test) => Sql.Of($"coalesce({test(Sql.Of($"fold({value})"))}, 0)");

    public override void Prepare(ContactsDb db) =>
        ((SqliteConnection)db.Database.GetDbConnection()).CreateFunction("fold", (string? text) => text is null ? null : Folding.FoldShort(text), isDeterministic: true);

    public override ListSource Found(long accountId, string word) => new("", Sql.Of($"""
        "ContactSearch" t
        """), Sql.Of($"""t."ContactSearch" MATCH {Trigrams(word)} AND t.rowid BETWEEN {accountId << 32} AND {(accountId << 32) | uint.MaxValue}"""), ListKey.None, Sql.Nothing, OfValues: true, Descending: false)
    {
        ContactId = Sql.Of($"(t.rowid & 4294967295)"),
        Id = Sql.Of($"t.rowid"),
        // Longer words are found by their parts, which may stand apart.
        Test = word.Length > 3 ? Has(word) : Sql.Nothing,
    };

    public override async Task KeepSearchAsync(ContactsDb db, IReadOnlyList<(long ContactId, string Before, string After)> changes)
    {
        using var remove = db.PrepareRows("""DELETE FROM "ContactSearch" WHERE rowid = @p0""");
        using var add = db.PrepareRows("""INSERT INTO "ContactSearch" (rowid, "Text") VALUES (@p0, @p1)""");
        object RowOf(long id) => (db.AccountId << 32) | id;
        await remove.RunAsync(changes.Where(c => c.Before.Length > 0).Select(c => new[] { RowOf(c.ContactId) }));
        await add.RunAsync(changes.Where(c => c.After.Length > 0).Select(c => new[] { RowOf(c.ContactId), "  " + c.After.Replace(" ", "  ", StringComparison.Ordinal) }));
    }

    // A negative number begins to merge all there is; rows that change are the measure of work, and one is the command's own.
    public override async Task<bool> TidyAsync(ContactsDb db)
    {
        await db.Database.OpenConnectionAsync();
        var before = await ChangesAsync(db);
        await db.Database.ExecuteSqlRawAsync("""INSERT INTO "ContactSearch" ("ContactSearch", rank) VALUES ('merge', -500)""");
        return await ChangesAsync(db) - before > 1;
    }

    private static Task<long> ChangesAsync(ContactsDb db) => db.Database.SqlQueryRaw<long>("""SELECT total_changes() AS "Value" """).SingleAsync();

    // The index keeps no places, so each three letters are asked for by themselves; the contact's own text decides in the end.
    private static string Trigrams(string word)
    {
        List<string> letters = [.. word.EnumerateRunes().Select(rune => rune.ToString())];
        while (letters.Count < 3) letters.Insert(0, " ");
        return string.Join(" AND ", Enumerable.Range(0, letters.Count - 2).Select(at => $"\"{string.Concat(letters.Skip(at).Take(3)).Replace("\"", "\"\"", StringComparison.Ordinal)}\"").Distinct());
    }
}
