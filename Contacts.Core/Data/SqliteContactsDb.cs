using Contacts.Core.People;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Contacts.Core.Data;

/// <summary>The default: one file.</summary>
public sealed class SqliteContactsDb(DbContextOptions<SqliteContactsDb> options) : ContactsDb(options)
{
    private const int ConstraintUnique = 2067, ConstraintPrimaryKey = 1555;

    public override bool IsLostRace(Exception error) =>
        (error as SqliteException ?? error.InnerException as SqliteException) is { SqliteExtendedErrorCode: ConstraintUnique or ConstraintPrimaryKey };

    internal override ListSql Lists { get; } = new SqliteListSql();

    internal override bool IsGivenUp(Exception error) => false; // one writer at a time: no two can cross

    // Deleted text is overwritten (secure_delete), but the log holds pages from before. Readers are waited for, up to a limit.
    internal override async Task EmptyLogAsync()
    {
        await Database.OpenConnectionAsync();
        await Database.ExecuteSqlRawAsync("PRAGMA busy_timeout=5000; PRAGMA wal_checkpoint(TRUNCATE); PRAGMA busy_timeout=0;");
    }

    // The transaction holds the only write lock.
    internal override Task HoldContactsAsync(IQueryable<Contact> contacts) => Task.CompletedTask;

    internal override bool WritesAlone => true;

    internal override bool IsInProcess => true;

    internal override PreparedRows PrepareRows(string sql, IReadOnlyList<BulkColumn>? columns) => new SqliteRows(this, sql);

    // The transaction holds the only write lock, so nobody else takes them; inserting them moves SQLite's own counter.
    internal override async Task<IReadOnlyList<long>> ReserveIdsAsync(string table, int count)
    {
        var last = await Database.SqlQuery<long>($"""SELECT "seq" AS "Value" FROM "sqlite_sequence" WHERE "name" = {table}""").SingleOrDefaultAsync();
        return [.. Enumerable.Range(1, count).Select(n => last + n)];
    }
}
