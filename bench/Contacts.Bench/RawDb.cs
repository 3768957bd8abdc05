using System.Data.Common;
using Contacts.Core.Data;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Contacts.Bench;

/// <summary>Plain prepared SQL on a connection of its own that stays open: what a hand-written program would get.</summary>
internal sealed class RawDb(DbConnection connection) : IAsyncDisposable
{
    private readonly Dictionary<string, DbCommand> _commands = [];

    public static async Task<RawDb> OpenAsync(DatabaseOptions options, CancellationToken cancel)
    {
        DbConnection connection = options.IsSqlite ? new SqliteConnection(options.ConnectionString) : new NpgsqlConnection(options.ConnectionString);
        await connection.OpenAsync(cancel);
        var raw = new RawDb(connection);
        // As safe as the product's own connections.
        foreach (var pragma in options.IsSqlite ? ["cache_size=-65536", "synchronous=FULL", "secure_delete=ON", "temp_store=MEMORY", "wal_autocheckpoint=10000", "foreign_keys=ON"] : Array.Empty<string>())
            await raw.ReadAsync($"PRAGMA {pragma}");
        return raw;
    }

    /// <summary>Reads every column of every row, as the product does.</summary>
    /// <param name="parameters">For <c>@p0</c>, <c>@p1</c> and so on.</param>
    public async Task<List<object[]>> ReadAsync(string sql, params object[] parameters)
    {
        var rows = new List<object[]>();
        await using var reader = await (await CommandAsync(sql, parameters)).ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            var row = new object[reader.FieldCount];
            reader.GetValues(row);
            rows.Add(row);
        }
        return rows;
    }

    public async Task<int> RunAsync(string sql, params object[] parameters) => await (await CommandAsync(sql, parameters)).ExecuteNonQueryAsync();

    /// <summary>One commit for all of it.</summary>
    public async Task CommitAsync(Func<Task> work)
    {
        await RunAsync("BEGIN");
        await work();
        await RunAsync("COMMIT");
    }

    /// <summary>Rows of a table as they are, to be written again.</summary>
    public async Task<RawRows> RowsAsync(string table, string where, params object[] parameters)
    {
        string[] columns;
        await using (var reader = await (await CommandAsync($"SELECT * FROM \"{table}\" WHERE {where} LIMIT 0", parameters)).ExecuteReaderAsync())
            columns = [.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetName)];
        return new RawRows(table, columns, await ReadAsync($"SELECT * FROM \"{table}\" WHERE {where}", parameters));
    }

    /// <summary>Inserts rows as quick as each database takes them.</summary>
    public async Task InsertAsync(RawRows rows)
    {
        var columns = string.Join(", ", rows.Columns.Select(c => c.StartsWith('"') || c == "rowid" ? c : $"\"{c}\""));
        if (connection is not NpgsqlConnection postgres)
        {
            var insert = $"INSERT INTO \"{rows.Table}\" ({columns}) VALUES ({string.Join(", ", rows.Columns.Select((_, at) => $"@p{at}"))})";
            foreach (var row in rows.Rows) await RunAsync(insert, row);
            return;
        }
        await using var copy = await postgres.BeginBinaryImportAsync($"COPY \"{rows.Table}\" ({columns}) FROM STDIN (FORMAT BINARY)");
        foreach (var row in rows.Rows)
        {
            await copy.StartRowAsync();
            foreach (var value in row) await (value is DBNull ? copy.WriteNullAsync() : copy.WriteAsync(value));
        }
        await copy.CompleteAsync();
    }

    public async Task<long> NumberAsync(string sql, params object[] parameters) => Convert.ToInt64((await ReadAsync(sql, parameters))[0][0], System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>The number of an own field.</summary>
    public Task<long> FieldIdAsync(long account, string name) => NumberAsync("""SELECT "Id" FROM "Fields" WHERE "AccountId" = @p0 AND "Name" = @p1""", account, name);

    private async Task<DbCommand> CommandAsync(string sql, object[] parameters)
    {
        if (!_commands.TryGetValue(sql, out var command))
        {
            _commands[sql] = command = connection.CreateCommand();
            (command.CommandText, command.CommandTimeout) = (sql, 3600);
            for (var i = 0; i < parameters.Length; i++)
            {
                var parameter = command.CreateParameter();
                (parameter.ParameterName, parameter.Value) = ($"p{i}", parameters[i]);
                command.Parameters.Add(parameter);
            }
            await command.PrepareAsync();
        }
        for (var i = 0; i < parameters.Length; i++) command.Parameters[i].Value = parameters[i];
        return command;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var command in _commands.Values) await command.DisposeAsync();
        await connection.DisposeAsync();
    }
}

/// <summary>Rows of one table.</summary>
internal sealed record RawRows(string Table, IReadOnlyList<string> Columns, List<object[]> Rows)
{
    public int At(string column) => Columns.ToList().IndexOf(column);
}
