using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Contacts.Core.Data;

/// <summary>One prepared command of the caller's transaction, run for many rows of parameters <c>@p0</c>, <c>@p1</c> and so on.</summary>
internal sealed class PreparedRows : IAsyncDisposable
{
    private const int MaxBatch = 1000;

    private readonly DbTransaction _transaction;
    private readonly DbCommand _command;
    private readonly Func<DbCommand, int, DbParameter> _parameter;
    private readonly int _count;

    /// <param name="parameters">How many there are.</param>
    /// <param name="parameter">Makes one of a type of its own; without it the value says the type.</param>
    public PreparedRows(ContactsDb db, string sql, int parameters, Func<DbCommand, int, DbParameter>? parameter = null)
    {
        (_transaction, _count, _parameter) = (db.Database.CurrentTransaction!.GetDbTransaction(), parameters, parameter ?? Plain);
        _command = _transaction.Connection!.CreateCommand();
        (_command.Transaction, _command.CommandText) = (_transaction, sql);
        for (var i = 0; i < parameters; i++) _command.Parameters.Add(_parameter(_command, i));
    }

    public static string NameOf(int parameter) => $"@p{parameter}";

    /// <returns>How many rows of the table it touched.</returns>
    public async Task<int> RunAsync(IReadOnlyList<object[]> rows)
    {
        var touched = 0;
        // PostgreSQL takes a batch in one round trip; SQLite has none to save.
        if (_transaction.Connection!.CanCreateBatch)
            foreach (var part in rows.Chunk(MaxBatch)) touched += await RunBatchAsync(part);
        else
            foreach (var row in rows) touched += await RunAsync(row);
        return touched;
    }

    private async Task<int> RunAsync(object[] row)
    {
        for (var i = 0; i < _count; i++) _command.Parameters[i].Value = row[i];
        return await _command.ExecuteNonQueryAsync();
    }

    private async Task<int> RunBatchAsync(object[][] rows)
    {
        await using var batch = _transaction.Connection!.CreateBatch();
        batch.Transaction = _transaction;
        foreach (var row in rows)
        {
            var command = batch.CreateBatchCommand();
            command.CommandText = _command.CommandText;
            for (var i = 0; i < _count; i++)
            {
                var parameter = _parameter(_command, i);
                parameter.Value = row[i];
                command.Parameters.Add(parameter);
            }
            batch.BatchCommands.Add(command);
        }
        await batch.PrepareAsync();
        return await batch.ExecuteNonQueryAsync();
    }

    private static DbParameter Plain(DbCommand command, int index)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = NameOf(index);
        return parameter;
    }

    public ValueTask DisposeAsync() => _command.DisposeAsync();
}
