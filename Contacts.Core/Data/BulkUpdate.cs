using System.Collections;

namespace Contacts.Core.Data;

/// <summary>
/// Saves many rows that changed, by prepared commands that set the columns that differ and no others, so that an index nothing
/// happened to is left alone. Rows are found by key and, where the table has one, by the version they were read at.
/// </summary>
/// <param name="columns">Which columns may differ, by the names of their properties.</param>
internal sealed class BulkUpdate<T>(ContactsDb db, Func<string, bool> columns) : IDisposable where T : class
{
    private readonly BulkTable _table = new(db, typeof(T), columns);
    private readonly Dictionary<string, PreparedRows> _commands = [];

    /// <summary>What the database holds of the row: to be taken before it changes.</summary>
    public object[] Before(T row) => _table.ValuesOf(row);

    /// <exception cref="LostRaceException">Somebody else changed one of them meanwhile.</exception>
    public async Task UpdateAsync(IReadOnlyList<(T Row, object[] Before)> rows)
    {
        var differing = rows.Select(r => (r.Before, After: _table.ValuesOf(r.Row)))
            .Select(r => (r.Before, r.After, Changed: Enumerable.Range(0, r.After.Length).Where(i => !Same(r.Before[i], r.After[i])).ToList()));
        foreach (var group in differing.Where(r => r.Changed.Count > 0).GroupBy(r => string.Join(',', r.Changed)))
        {
            var changed = group.First().Changed;
            var found = Enumerable.Range(0, _table.Columns.Count).Where(i => _table.Columns[i].IsKey || _table.Columns[i].IsToken).ToList();
            if (!_commands.TryGetValue(group.Key, out var command)) _commands[group.Key] = command = Prepare(changed, found);
            List<object[]> values = [.. group.Select(r => changed.Select(i => r.After[i]).Concat(found.Select(i => r.Before[i])).ToArray())];
            if (await command.RunAsync(values) != values.Count) throw new LostRaceException();
        }
    }

    private PreparedRows Prepare(List<int> changed, List<int> found)
    {
        var set = string.Join(", ", changed.Select((column, i) => $"\"{_table.Columns[column].Name}\" = @p{i}"));
        var where = string.Join(" AND ", found.Select((column, i) => $"\"{_table.Columns[column].Name}\" = @p{changed.Count + i}"));
        return db.PrepareRows($"UPDATE \"{_table.Name}\" SET {set} WHERE {where}", [.. changed.Concat(found).Select(i => _table.Columns[i])]);
    }

    private static bool Same(object a, object b) => StructuralComparisons.StructuralEqualityComparer.Equals(a, b);

    public void Dispose()
    {
        foreach (var command in _commands.Values) command.Dispose();
    }
}
