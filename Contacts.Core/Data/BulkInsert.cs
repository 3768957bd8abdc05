namespace Contacts.Core.Data;

/// <summary>
/// Inserts many rows of one table inside the caller's transaction, by a prepared command. It skips change tracking and nothing else:
/// the rows are entities made by their own rules. The caller sets keys and links (see <see cref="ContactsDb.ReserveIdsAsync"/>).
/// </summary>
internal static class BulkInsert
{
    public static async Task InsertAsync<T>(ContactsDb db, IEnumerable<T> rows) where T : class
    {
        var table = new BulkTable(db, typeof(T));
        var columns = string.Join(", ", table.Columns.Select(c => $"\"{c.Name}\""));
        using var command = db.PrepareRows($"INSERT INTO \"{table.Name}\" ({columns}) VALUES ({string.Join(", ", table.Columns.Select((_, i) => PreparedRows.NameOf(i)))})", table.Columns);
        await command.RunAsync(rows.Select(table.ValuesOf));
    }
}
