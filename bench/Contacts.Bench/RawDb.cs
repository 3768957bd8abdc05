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
        if (options.IsSqlite) await raw.ReadAsync("PRAGMA cache_size=-65536");
        return raw;
    }

    /// <summary>Reads every column of every row, as the product does.</summary>
    /// <param name="parameters">For <c>@p0</c>, <c>@p1</c> and so on.</param>
    public async Task<List<object[]>> ReadAsync(string sql, params object[] parameters)
    {
        if (!_commands.TryGetValue(sql, out var command))
        {
            _commands[sql] = command = connection.CreateCommand();
            command.CommandText = sql;
            for (var i = 0; i < parameters.Length; i++)
            {
                var parameter = command.CreateParameter();
                (parameter.ParameterName, parameter.Value) = ($"p{i}", parameters[i]);
                command.Parameters.Add(parameter);
            }
            await command.PrepareAsync();
        }
        for (var i = 0; i < parameters.Length; i++) command.Parameters[i].Value = parameters[i];
        var rows = new List<object[]>();
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            var row = new object[reader.FieldCount];
            reader.GetValues(row);
            rows.Add(row);
        }
        return rows;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var command in _commands.Values) await command.DisposeAsync();
        await connection.DisposeAsync();
    }
}
