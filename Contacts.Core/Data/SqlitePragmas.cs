using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Contacts.Core.Data;

/// <summary>
/// What each SQLite connection needs: WAL, a real fsync per commit, and deleted text overwritten; the log grows to 40 MB before it is written
/// back, so that a page which many commits touch is written back once. Set once per native handle: a pooled handle keeps it, and setting it at
/// every open would cost as much as the query.
/// </summary>
internal sealed class SqlitePragmas : DbConnectionInterceptor
{
    public static readonly SqlitePragmas Instance = new();

    private static readonly ConditionalWeakTable<object, object> Prepared = [];

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) => Prepare((SqliteConnection)connection);

    public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Prepare((SqliteConnection)connection);
        return Task.CompletedTask;
    }

    private static void Prepare(SqliteConnection connection)
    {
        if (connection.Handle is not { } handle || !Prepared.TryAdd(handle, handle)) return;
        // EF asks by a read-only connection whether there is a database at all; a file without a log, as a backup is, could not be given one there.
        if (SQLitePCL.raw.sqlite3_db_readonly(handle, "main") == 1) return;
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON; PRAGMA temp_store=MEMORY; PRAGMA cache_size=-65536; PRAGMA wal_autocheckpoint=10000;";
        command.ExecuteNonQuery();
    }
}
