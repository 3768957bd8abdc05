using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace Contacts.Core.Data;

/// <summary>
/// Inserts many rows of one table inside the caller's transaction, by prepared commands with the columns and conversions of EF's own
/// model, so the two can never differ. It skips change tracking and nothing else: the rows are entities made by their own rules.
/// The caller sets keys and links (see <see cref="ContactsDb.ReserveIdsAsync"/>).
/// </summary>
internal sealed class BulkInsert<T> : IAsyncDisposable where T : class
{
    private const int MaxBatch = 500;

    private readonly DbTransaction _transaction;
    private readonly DbCommand _command;
    private readonly Column[] _columns;

    public BulkInsert(ContactsDb db)
    {
        var entity = db.Model.FindEntityType(typeof(T))!;
        var table = StoreObjectIdentifier.Create(entity, StoreObjectType.Table)!.Value;
        _transaction = db.Database.CurrentTransaction!.GetDbTransaction();
        _columns = [.. entity.GetFlattenedProperties().Select((p, i) => new Column(p, p.GetColumnName(table)!, "@p" + i))];
        _command = _transaction.Connection!.CreateCommand();
        _command.Transaction = _transaction;
        _command.CommandText =
            $"INSERT INTO \"{table.Name}\" ({string.Join(", ", _columns.Select(c => $"\"{c.Name}\""))}) VALUES ({string.Join(", ", _columns.Select(c => c.Parameter))})";
        foreach (var column in _columns) _command.Parameters.Add(column.NewParameter(_command));
    }

    public async Task InsertAsync(IReadOnlyList<T> rows)
    {
        // PostgreSQL takes a batch in one round trip; SQLite has none to save.
        if (!_transaction.Connection!.CanCreateBatch)
            foreach (var row in rows) await InsertAsync(row);
        else
            foreach (var part in rows.Chunk(MaxBatch)) await InsertBatchAsync(part);
    }

    private async Task InsertAsync(T row)
    {
        for (var i = 0; i < _columns.Length; i++) _command.Parameters[i].Value = _columns[i].ValueOf(row);
        await _command.ExecuteNonQueryAsync();
    }

    private async Task InsertBatchAsync(T[] rows)
    {
        await using var batch = _transaction.Connection!.CreateBatch();
        batch.Transaction = _transaction;
        foreach (var row in rows)
        {
            var command = batch.CreateBatchCommand();
            command.CommandText = _command.CommandText;
            foreach (var column in _columns)
            {
                var parameter = column.NewParameter(_command);
                parameter.Value = column.ValueOf(row);
                command.Parameters.Add(parameter);
            }
            batch.BatchCommands.Add(command);
        }
        await batch.PrepareAsync();
        await batch.ExecuteNonQueryAsync();
    }

    public ValueTask DisposeAsync() => _command.DisposeAsync();

    private sealed class Column(IProperty property, string name, string parameter)
    {
        private readonly IClrPropertyGetter _getter = property.GetGetter();
        private readonly RelationalTypeMapping _mapping = property.GetRelationalTypeMapping();

        public string Name { get; } = name;
        public string Parameter { get; } = parameter;

        public DbParameter NewParameter(DbCommand command) => _mapping.CreateParameter(command, Parameter, null, property.IsColumnNullable());

        public object ValueOf(T row)
        {
            var value = _getter.GetClrValueUsingContainingEntity(row);
            return (value is null || _mapping.Converter is null ? value : _mapping.Converter.ConvertToProvider(value)) ?? DBNull.Value;
        }
    }
}
