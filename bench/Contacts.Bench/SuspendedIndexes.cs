using Contacts.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace Contacts.Bench;

/// <summary>Indexes of tables that are about to be filled in no order of theirs: dropped, and made again at the end.</summary>
internal sealed class SuspendedIndexes(AccountDbs dbs, IReadOnlyList<string> statements)
{
    public static async Task<SuspendedIndexes> DropAsync(AccountDbs dbs, IReadOnlyList<string> tables, CancellationToken cancel)
    {
        await using var db = dbs.OpenBeforeAccount();
        var isSqlite = db is SqliteContactsDb;
        var statements = new List<string>();
        foreach (var table in tables)
        {
            statements.AddRange(await db.Database.SqlQueryRaw<string>(isSqlite
                ? """SELECT "sql" AS "Value" FROM sqlite_master WHERE "type" = 'index' AND "tbl_name" = {0} AND "sql" IS NOT NULL"""
                : """SELECT indexdef AS "Value" FROM pg_indexes WHERE tablename = {0} AND indexname LIKE 'IX!_%' ESCAPE '!'""", table).ToListAsync(cancel));
        }
        foreach (var drop in statements.Select(s => $"DROP INDEX \"{s.Split('"')[1]}\"")) await db.Database.ExecuteSqlRawAsync(drop, cancel);
        return new SuspendedIndexes(dbs, statements);
    }

    public async Task RestoreAsync(CancellationToken cancel)
    {
        await using var db = dbs.OpenBeforeAccount();
        db.Database.SetCommandTimeout(TimeSpan.FromHours(1));
        foreach (var statement in statements) await db.Database.ExecuteSqlRawAsync(statement, cancel);
    }
}
