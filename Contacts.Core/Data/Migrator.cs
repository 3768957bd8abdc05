using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Contacts.Core.Data;

/// <summary>Brings the database to this version at start.</summary>
public sealed class Migrator(AccountDbs dbs, DatabaseOptions options, ILogger<Migrator> log)
{
    /// <summary>Applies what is pending, under a lock of the operating system that dies with the process.</summary>
    public async Task MigrateAsync(CancellationToken cancel = default)
    {
        await using var db = dbs.OpenBeforeAccount();
        if (!options.IsSqlite)
        {
            await db.Database.MigrateAsync(cancel); // PostgreSQL's own migration lock ends with the session
            return;
        }
        var file = new Microsoft.Data.Sqlite.SqliteConnectionStringBuilder(options.ConnectionString).DataSource;
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        await using var turn = await LockFileAsync(file + ".migrating", cancel);
        if (!(await db.Database.GetPendingMigrationsAsync(cancel)).Any()) return;
        // A migration that was killed leaves its row behind, and EF would wait for it for ever; our lock says nobody is at it.
        await db.Database.ExecuteSqlRawAsync("""CREATE TABLE IF NOT EXISTS "__EFMigrationsLock" ("Id" INTEGER NOT NULL CONSTRAINT "PK___EFMigrationsLock" PRIMARY KEY, "Timestamp" TEXT NOT NULL)""", cancel);
        await db.Database.ExecuteSqlRawAsync("""DELETE FROM "__EFMigrationsLock" """, cancel);
        // A table that is rebuilt would take the rows that point to it along.
        await db.Database.OpenConnectionAsync(cancel);
        await db.Database.ExecuteSqlRawAsync("PRAGMA foreign_keys=0", cancel);
        await db.Database.MigrateAsync(cancel);
        await db.Database.ExecuteSqlRawAsync("PRAGMA foreign_keys=1", cancel);
    }

    /// <summary>The database answers and is of this version.</summary>
    public async Task<bool> IsReadyAsync(CancellationToken cancel = default)
    {
        try
        {
            await using var db = dbs.OpenBeforeAccount();
            return !(await db.Database.GetPendingMigrationsAsync(cancel)).Any();
        }
        catch (Exception error) when (error is DbException or TimeoutException or InvalidOperationException) // down, or being replaced
        {
            log.LogWarning(error, "The database is not ready");
            return false;
        }
    }

    private static async Task<FileStream> LockFileAsync(string path, CancellationToken cancel)
    {
        for (var waited = TimeSpan.Zero; ; waited += TimeSpan.FromMilliseconds(100))
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (waited < TimeSpan.FromMinutes(2)) // another process is migrating
            {
                await Task.Delay(100, cancel);
            }
        }
    }
}
