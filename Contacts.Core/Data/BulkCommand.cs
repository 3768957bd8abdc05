using System.Data.Common;

namespace Contacts.Core.Data;

/// <summary>One statement run for many rows inside the caller's transaction.</summary>
internal sealed class BulkCommand : IAsyncDisposable
{
    private const int MaxBatch = 500;

    private readonly DbTransaction _transaction;
    private readonly DbCommand _command;
    private readonly IReadOnlyList<BulkColumn> _parameters;

    public BulkCommand(DbTransaction transaction, string sql, IReadOnlyList<BulkColumn> parameters)
    {
        (_transaction, _parameters) = (transaction, parameters);
        _command = transaction.Connection!.CreateCommand();
        _command.Transaction = transaction;
        _command.CommandText = sql;
        for (var i = 0; i < parameters.Count; i++) _command.Parameters.Add(NewParameter(i));
    }

    /// <param name="rows">A value for each parameter, as the database takes it.</param>
    /// <returns>How many rows of the table it touched.</returns>
    public async Task<int> RunAsync(IReadOnlyList<object[]> rows)
    {
        var touched = 0;
        // PostgreSQL takes a batch in one round trip; SQLite has none to save.
        if (!_transaction.Connection!.CanCreateBatch)
            foreach (var row in rows) touched += await RunAsync(row);
        else
            foreach (var part in rows.Chunk(MaxBatch)) touched += await RunBatchAsync(part);
        return touched;
    }

    private async Task<int> RunAsync(object[] row)
    {
        for (var i = 0; i < row.Length; i++) _command.Parameters[i].Value = row[i];
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
            for (var i = 0; i < row.Length; i++)
            {
                var parameter = NewParameter(i);
                parameter.Value = row[i];
                command.Parameters.Add(parameter);
            }
            batch.BatchCommands.Add(command);
        }
        await batch.PrepareAsync();
        return await batch.ExecuteNonQueryAsync();
    }

    private DbParameter NewParameter(int index) => _parameters[index].NewParameter(_command, "@p" + index);

    public ValueTask DisposeAsync() => _command.DisposeAsync();
}
