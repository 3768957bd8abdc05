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

    public PreparedRows(ContactsDb db, string sql, int parameters)
    {
        _transaction = db.Database.CurrentTransaction!.GetDbTransaction();
        _command = _transaction.Connection!.CreateCommand();
        (_command.Transaction, _command.CommandText) = (_transaction, sql);
        for (var i = 0; i < parameters; i++)
        {
            var parameter = _command.CreateParameter();
            parameter.ParameterName = $"p{i}";
            _command.Parameters.Add(parameter);
        }
    }

    public async Task RunAsync(IReadOnlyList<object[]> rows)
    {
        // PostgreSQL takes a batch in one round trip; SQLite has none to save.
        if (_transaction.Connection!.CanCreateBatch)
        {
            foreach (var part in rows.Chunk(MaxBatch)) await RunBatchAsync(part);
            return;
        }
        foreach (var row in rows)
        {
            for (var i = 0; i < row.Length; i++) _command.Parameters[i].Value = row[i];
            await _command.ExecuteNonQueryAsync();
        }
    }

    private async Task RunBatchAsync(object[][] rows)
    {
        await using var batch = _transaction.Connection!.CreateBatch();
        batch.Transaction = _transaction;
        foreach (var row in rows)
        {
            var command = batch.CreateBatchCommand();
            command.CommandText = _command.CommandText;
            for (var i = 0; i < row.Length; i++)
            {
                var parameter = _command.CreateParameter();
                (parameter.ParameterName, parameter.Value) = ($"p{i}", row[i]);
                command.Parameters.Add(parameter);
            }
            batch.BatchCommands.Add(command);
        }
        await batch.PrepareAsync();
        await batch.ExecuteNonQueryAsync();
    }

    public ValueTask DisposeAsync() => _command.DisposeAsync();
}
