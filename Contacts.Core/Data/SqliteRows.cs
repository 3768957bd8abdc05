using System.Text;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using SQLitePCL;
using static SQLitePCL.raw;

namespace Contacts.Core.Data;

/// <summary>By SQLite's own statements: a command of ADO.NET looks each parameter up by its name for every row, which costs more than most rows do.</summary>
internal sealed class SqliteRows : PreparedRows
{
    // As many as are made ready while as many are written.
    private const int Part = 500;

    private readonly sqlite3 _connection;
    private readonly sqlite3_stmt _statement;
    private byte[] _text = new byte[1024];
    private object[] _bound = [];

    public SqliteRows(ContactsDb db, string sql)
    {
        _connection = ((SqliteConnection)db.Database.GetDbConnection()).Handle!;
        Check(sqlite3_prepare_v2(_connection, sql, out _statement));
    }

    // One writes at a time, and making rows of objects takes a good part as long as writing them: another thread does that meanwhile.
    public override async Task<int> RunAsync(IEnumerable<object[]> rows)
    {
        var touched = 0;
        using var parts = rows.Chunk(Part).GetEnumerator();
        for (var isMore = parts.MoveNext(); isMore;)
        {
            var part = parts.Current;
            var next = part.Length == Part ? Task.Run(parts.MoveNext) : Task.FromResult(false);
            try
            {
                foreach (var row in part) touched += Run(row);
            }
            finally
            {
                isMore = await next;
            }
        }
        return touched;
    }

    private int Run(object[] row)
    {
        // What a neighbour has too, SQLite still holds.
        for (var i = 0; i < row.Length; i++)
            if (_bound.Length == 0 || !row[i].Equals(_bound[i])) Check(Bind(i + 1, row[i]));
        _bound = row;
        if (sqlite3_step(_statement) is not SQLITE_DONE and var failure) Check(failure);
        sqlite3_reset(_statement);
        return sqlite3_changes(_connection);
    }

    private int Bind(int index, object value) => value switch
    {
        string text => Bind(index, text),
        long number => sqlite3_bind_int64(_statement, index, number),
        int number => sqlite3_bind_int(_statement, index, number),
        bool yes => sqlite3_bind_int(_statement, index, yes ? 1 : 0),
        double number => sqlite3_bind_double(_statement, index, number),
        DBNull => sqlite3_bind_null(_statement, index),
        _ => throw new NotSupportedException($"No column holds a {value.GetType().Name}."),
    };

    private int Bind(int index, string text)
    {
        if (text.Length == 0) return sqlite3_bind_text(_statement, index, text); // no bytes at all would be taken for null
        if (text.Length * 3 > _text.Length) _text = new byte[text.Length * 3];
        return sqlite3_bind_text(_statement, index, _text.AsSpan(0, Encoding.UTF8.GetBytes(text, _text)));
    }

    private void Check(int result) => SqliteException.ThrowExceptionForRC(result, _connection);

    public override void Dispose() => _statement.Dispose();
}
