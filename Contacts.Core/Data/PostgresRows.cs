using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Contacts.Core.Data;

/// <summary>In batches, each of which is one round trip.</summary>
/// <param name="columns">What the parameters are; without them each value says its type.</param>
internal sealed class PostgresRows(ContactsDb db, string sql, IReadOnlyList<BulkColumn>? columns) : PreparedRows
{
    private const int MaxBatch = 1000;

    private readonly DbTransaction _transaction = db.Database.CurrentTransaction!.GetDbTransaction();

    public override async Task<int> RunAsync(IEnumerable<object[]> rows)
    {
        var touched = 0;
        foreach (var part in rows.Chunk(MaxBatch)) touched += await RunBatchAsync(part);
        return touched;
    }

    private async Task<int> RunBatchAsync(object[][] rows)
    {
        await using var batch = _transaction.Connection!.CreateBatch();
        batch.Transaction = _transaction;
        // Parameters are made by a command, and belong to none.
        await using var maker = _transaction.Connection.CreateCommand();
        foreach (var row in rows)
        {
            var command = batch.CreateBatchCommand();
            command.CommandText = sql;
            for (var i = 0; i < row.Length; i++)
            {
                var parameter = columns is null ? maker.CreateParameter() : columns[i].NewParameter(maker, NameOf(i));
                (parameter.ParameterName, parameter.Value) = (NameOf(i), row[i]);
                command.Parameters.Add(parameter);
            }
            batch.BatchCommands.Add(command);
        }
        await batch.PrepareAsync();
        return await batch.ExecuteNonQueryAsync();
    }

    // What is prepared stays with the connection, for whoever runs it next.
    public override void Dispose() { }
}
