namespace Contacts.Core.Data;

/// <summary>
/// Inserts many rows of one table inside the caller's transaction, by a prepared command. It skips change tracking and nothing else:
/// the rows are entities made by their own rules. The caller sets keys and links (see <see cref="ContactsDb.ReserveIdsAsync"/>).
/// </summary>
internal sealed class BulkInsert<T> : IDisposable where T : class
{
    private readonly BulkTable _table;
    private readonly PreparedRows _command;

    public BulkInsert(ContactsDb db)
    {
        _table = new BulkTable(db, typeof(T));
        var columns = string.Join(", ", _table.Columns.Select(c => $"\"{c.Name}\""));
        _command = db.PrepareRows($"INSERT INTO \"{_table.Name}\" ({columns}) VALUES ({string.Join(", ", _table.Columns.Select((_, i) => $"@p{i}"))})", _table.Columns);
    }

    public Task InsertAsync(IEnumerable<T> rows) => _command.RunAsync(rows.Select(_table.ValuesOf));

    public void Dispose() => _command.Dispose();
}
