using System.Data.Common;
using Contacts.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.Logging;

namespace Contacts.Core.Tracking;

/// <summary>
/// Writes queued page views in groups, one commit each, taking its turn at the write gate. It makes the rows of browsers seen for the
/// first time and joins nobody to anything.
/// </summary>
public sealed class PageViewWriter(AccountDbs dbs, WriteGate gate, PageViewQueue queue, ILogger<PageViewWriter> log)
{
    private const int MaxGroup = 256;

    /// <summary>Writes until <paramref name="stop"/>, then what is still queued, and returns.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        await using var closing = stop.Register(queue.Close);
        while (await queue.WaitAsync())
        {
            try
            {
                await WriteQueuedAsync();
            }
            catch (Exception error) when (error is DbException or InvalidOperationException)
            {
                // Page views are worth less than the server: this group is lost, the next is tried.
                log.LogError(error, "A group of page views could not be written");
            }
        }
    }

    /// <summary>Writes one group of what is queued. Says how many.</summary>
    internal async Task<int> WriteQueuedAsync()
    {
        var group = new List<PendingPageView>(MaxGroup);
        while (group.Count < MaxGroup && queue.TryTake(out var view)) group.Add(view!);
        if (group.Count == 0) return 0;

        using var turn = await gate.EnterAsync(CancellationToken.None);
        await using var db = dbs.OpenBeforeAccount();
        await using var transaction = await db.Database.BeginTransactionAsync();
        await WriteAsync(db.Database.GetDbConnection(), transaction.GetDbTransaction(), group);
        await transaction.CommitAsync();
        return group.Count;
    }

    private static async Task WriteAsync(DbConnection connection, DbTransaction transaction, List<PendingPageView> group)
    {
        await using var find = Command(connection, transaction, """SELECT "Id" FROM "Visitors" WHERE "AccountId" = @account AND "Key" = @key""", "account", "key");
        // Another node may have made the same row meanwhile; the harmless update makes the insert give its number all the same.
        await using var make = Command(connection, transaction, """
            INSERT INTO "Visitors" ("AccountId", "Key", "FirstSeenAt") VALUES (@account, @key, @at)
            ON CONFLICT ("AccountId", "Key") DO UPDATE SET "Key" = excluded."Key" RETURNING "Id"
            """, "account", "key", "at");
        await using var insert = Command(connection, transaction, """
            INSERT INTO "PageViews" ("AccountId", "VisitorId", "Url", "Title", "Referrer", "At") VALUES (@account, @visitor, @url, @title, @referrer, @at)
            """, "account", "visitor", "url", "title", "referrer", "at");

        var visitors = new Dictionary<(long, string), long>();
        foreach (var view in group)
        {
            var at = new DateTimeOffset(view.At).ToUnixTimeMilliseconds();
            if (!visitors.TryGetValue((view.AccountId, view.VisitorKey), out var visitor))
            {
                var found = await Set(find, view.AccountId, view.VisitorKey).ExecuteScalarAsync() ?? await Set(make, view.AccountId, view.VisitorKey, at).ExecuteScalarAsync();
                visitors[(view.AccountId, view.VisitorKey)] = visitor = (long)found!;
            }
            await Set(insert, view.AccountId, visitor, view.Url, view.Title, view.Referrer, at).ExecuteNonQueryAsync();
        }
    }

    private static DbCommand Command(DbConnection connection, DbTransaction transaction, string sql, params string[] names)
    {
        var command = connection.CreateCommand();
        (command.CommandText, command.Transaction) = (sql, transaction);
        foreach (var name in names)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = name;
            command.Parameters.Add(parameter);
        }
        return command;
    }

    private static DbCommand Set(DbCommand command, params object?[] values)
    {
        for (var i = 0; i < values.Length; i++) command.Parameters[i].Value = values[i] ?? DBNull.Value;
        return command;
    }
}
