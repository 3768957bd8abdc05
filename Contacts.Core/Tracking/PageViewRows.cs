using System.Data.Common;

namespace Contacts.Core.Tracking;

/// <summary>The prepared commands of one group of page views.</summary>
internal sealed class PageViewRows(DbConnection connection, DbTransaction transaction) : IAsyncDisposable
{
    private readonly Dictionary<string, DbCommand> _commands = [];
    private readonly Dictionary<(long, string), (DateTime First, DateTime Last, int Views, int Bots)> _sites = [];

    public async Task<SeenVisitor?> FindAsync(long account, string key)
    {
        var find = Command("""SELECT "Id", "ContactId", "LastSeenAt", "Visits", "RevokedAt" FROM "Visitors" WHERE "AccountId" = @p0 AND "Key" = @p1""", account, key);
        await using var row = await find.ExecuteReaderAsync();
        return await row.ReadAsync() ? new SeenVisitor(account, row.GetInt64(0), row.IsDBNull(1) ? null : row.GetInt64(1), Moment(row, 2), row.GetInt32(3), Moment(row, 4)) : null;
    }

    public async Task<SeenVisitor> MakeAsync(PendingReport report, string key)
    {
        // Another node may have made the same row meanwhile; the harmless update makes the insert give its number all the same.
        var made = await Command("""
            INSERT INTO "Visitors" ("AccountId", "Key", "FirstSeenAt", "Visits", "IsBot") VALUES (@p0, @p1, @p2, 0, @p3)
            ON CONFLICT ("AccountId", "Key") DO UPDATE SET "Key" = excluded."Key" RETURNING "Id"
            """, report.AccountId, key, Milliseconds(report.At), false).ExecuteScalarAsync();
        return new SeenVisitor(report.AccountId, (long)made!, null, null, 0, null);
    }

    public async Task AddAsync(SeenVisitor visitor, PendingPageView view)
    {
        Note(view);
        await Command("""INSERT INTO "PageViews" ("AccountId", "VisitorId", "Url", "Title", "Referrer", "At") VALUES (@p0, @p1, @p2, @p3, @p4, @p5)""",
            view.AccountId, visitor.Id, view.Url, view.Title, view.Referrer, Milliseconds(view.At)).ExecuteNonQueryAsync();
    }

    public Task AddAsync(SeenVisitor visitor, PendingConsent consent) => Command("""
        INSERT INTO "ConsentRecords" ("AccountId", "VisitorId", "At", "IsGranted", "Wording", "Place", "Network") VALUES (@p0, @p1, @p2, @p3, @p4, @p5, @p6)
        """, consent.AccountId, visitor.Id, Milliseconds(consent.At), consent.IsGranted, consent.Wording, consent.Place, consent.Network).ExecuteNonQueryAsync();

    /// <summary>The page as it was opened last; a later and longer time takes the place of an earlier one.</summary>
    public Task TimeAsync(SeenVisitor visitor, PendingTime time) => Command("""
        UPDATE "PageViews" SET "Seconds" = @p3 WHERE "Id" = (SELECT "Id" FROM "PageViews" WHERE "AccountId" = @p0 AND "VisitorId" = @p1 AND "Url" = @p2 ORDER BY "At" DESC, "Id" DESC LIMIT 1)
            AND ("Seconds" IS NULL OR "Seconds" < @p3)
        """, time.AccountId, visitor.Id, time.Url, time.Seconds).ExecuteNonQueryAsync();

    public Task CountAsync(PendingPageView view)
    {
        Note(view);
        return Command("""
            INSERT INTO "PageCounts" ("AccountId", "Day", "Url", "Source", "IsBot", "Views") VALUES (@p0, @p1, @p2, @p3, @p4, 1)
            ON CONFLICT ("AccountId", "Day", "Url", "Source", "IsBot") DO UPDATE SET "Views" = "PageCounts"."Views" + 1
            """, view.AccountId, Milliseconds(view.At.Date), Visitor.WithoutQuery(view.Url), Visitor.Cut(PageSource.Of(view.Url, view.Referrer)) ?? "", view.IsBot).ExecuteNonQueryAsync();
    }

    public async Task KeepAsync(SeenVisitor visitor)
    {
        await Command("""UPDATE "Visitors" SET "LastSeenAt" = @p2, "Visits" = @p3, "RevokedAt" = @p4 WHERE "AccountId" = @p0 AND "Id" = @p1""",
            visitor.AccountId, visitor.Id, Milliseconds(visitor.LastSeenAt), visitor.Visits, Milliseconds(visitor.RevokedAt)).ExecuteNonQueryAsync();
        if (visitor.First is not { } first) return;
        // Whoever filled in a form is somebody, whatever the browser calls itself.
        await Command("""
            UPDATE "Visitors" SET "Landing" = @p2, "Source" = @p3, "Device" = @p4, "IsBot" = CASE WHEN "ContactId" IS NULL THEN @p5 ELSE "IsBot" END WHERE "AccountId" = @p0 AND "Id" = @p1
            """, visitor.AccountId, visitor.Id, Visitor.WithoutQuery(first.Url), Visitor.Cut(PageSource.Of(first.Url, first.Referrer)), first.Device.ToString(), first.IsBot).ExecuteNonQueryAsync();
    }

    /// <summary>Which hosts the group came from, one row each.</summary>
    public async Task KeepSitesAsync()
    {
        foreach (var ((account, host), seen) in _sites.OrderBy(s => s.Key))
            await Command("""
                INSERT INTO "TrackedSites" ("AccountId", "Host", "FirstAt", "LastAt", "Views", "Bots") VALUES (@p0, @p1, @p2, @p3, @p4, @p5)
                ON CONFLICT ("AccountId", "Host") DO UPDATE SET "LastAt" = excluded."LastAt", "Views" = "TrackedSites"."Views" + excluded."Views", "Bots" = "TrackedSites"."Bots" + excluded."Bots"
                """, account, host, Milliseconds(seen.First), Milliseconds(seen.Last), (long)seen.Views, (long)seen.Bots).ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var command in _commands.Values) await command.DisposeAsync();
    }

    private void Note(PendingPageView view)
    {
        if (PageAddress.Host(view.Url) is not { Length: <= TrackedSite.MaxHostLength } host) return;
        var isFirst = !_sites.TryGetValue((view.AccountId, host), out var seen);
        _sites[(view.AccountId, host)] = (isFirst ? view.At : seen.First, view.At, seen.Views + (view.IsBot ? 0 : 1), seen.Bots + (view.IsBot ? 1 : 0));
    }

    // Each statement is one command, made when it is first needed.
    private DbCommand Command(string sql, params object?[] values)
    {
        if (!_commands.TryGetValue(sql, out var command))
        {
            _commands[sql] = command = connection.CreateCommand();
            (command.CommandText, command.Transaction) = (sql, transaction);
            for (var i = 0; i < values.Length; i++)
            {
                var parameter = command.CreateParameter();
                parameter.ParameterName = $"p{i}";
                command.Parameters.Add(parameter);
            }
        }
        for (var i = 0; i < values.Length; i++) command.Parameters[i].Value = values[i] ?? DBNull.Value;
        return command;
    }

    private static DateTime? Moment(DbDataReader row, int column) => row.IsDBNull(column) ? null : DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(column)).UtcDateTime;

    private static long Milliseconds(DateTime at) => new DateTimeOffset(DateTime.SpecifyKind(at, DateTimeKind.Utc)).ToUnixTimeMilliseconds();

    private static long? Milliseconds(DateTime? at) => at is { } moment ? Milliseconds(moment) : null;
}
