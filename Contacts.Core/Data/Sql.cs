using System.Data.Common;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;

namespace Contacts.Core.Data;

/// <summary>
/// A piece of SQL whose every value is a parameter: it is written as an interpolated string, and what stands in a hole becomes a parameter or,
/// being SQL itself, goes in as it is. Text from outside can therefore never become SQL.
/// </summary>
internal sealed partial class Sql
{
    public static readonly Sql Nothing = new();

    // A string is SQL from the source code, anything else a parameter's value.
    private readonly List<(string? Text, object? Value)> _parts = [];

    private Sql() { }

    public bool IsNothing => _parts.Count == 0;

    public static Sql Of(Handler sql) => sql.Sql;

    /// <summary>A column of a contact by its name in the model.</summary>
    public static Sql Column(string name)
    {
        if (!ColumnName().IsMatch(name)) throw new ArgumentException($"'{name}' is no column.", nameof(name));
        var sql = new Sql();
        sql._parts.Add(($"c.\"{name}\"", null));
        return sql;
    }

    /// <summary>Pieces with the same words between them; nothing gives nothing.</summary>
    public static Sql Join(IEnumerable<Sql> pieces, Handler between)
    {
        var joined = new Sql();
        foreach (var piece in pieces.Where(p => !p.IsNothing))
        {
            if (!joined.IsNothing) joined._parts.AddRange(between.Sql._parts);
            joined._parts.AddRange(piece._parts);
        }
        return joined;
    }

    /// <summary>Runs it and reads each row.</summary>
    public async Task<List<T>> ReadAsync<T>(ContactsDb db, Func<DbDataReader, T> read, CancellationToken cancel)
    {
        var command = Command(db);
        // Through EF, so that the transaction, the log and the time limit are the same as for every other query.
        var scope = new RelationalCommandParameterObject(db.GetService<IRelationalConnection>(), command.ParameterValues, null, db, db.GetService<IRelationalCommandDiagnosticsLogger>());
        var rows = new List<T>();
        if (db.IsInProcess)
        {
            cancel.ThrowIfCancellationRequested();
            using var here = command.RelationalCommand.ExecuteReader(scope);
            while (here.Read())
            {
                cancel.ThrowIfCancellationRequested();
                rows.Add(read(here.DbDataReader));
            }
            return rows;
        }
        await using var reader = await command.RelationalCommand.ExecuteReaderAsync(scope, cancel);
        while (await reader.ReadAsync(cancel)) rows.Add(read(reader.DbDataReader));
        return rows;
    }

    /// <summary>Runs it and reads the one number it gives.</summary>
    public async Task<long> NumberAsync(ContactsDb db, CancellationToken cancel) => (await ReadAsync(db, row => row.GetInt64(0), cancel))[0];

    private RawSqlCommand Command(ContactsDb db)
    {
        using var maker = db.Database.GetDbConnection().CreateCommand();
        var parameters = new List<object>();
        var text = new StringBuilder();
        foreach (var (part, value) in _parts)
        {
            if (part is not null)
            {
                text.Append(part);
                continue;
            }
            var parameter = maker.CreateParameter();
            (parameter.ParameterName, parameter.Value) = ($"@p{parameters.Count}", value);
            parameters.Add(parameter);
            text.Append(parameter.ParameterName);
        }
        return db.GetService<IRawSqlCommandBuilder>().Build(text.ToString(), parameters, db.Model);
    }

    [GeneratedRegex(@"^[A-Za-z]+\z")]
    private static partial Regex ColumnName();

    /// <summary>What the compiler turns an interpolated string into.</summary>
    [InterpolatedStringHandler]
    public readonly ref struct Handler
    {
        public Handler(int literalLength, int formattedCount) => Sql = new Sql();

        public Sql Sql { get; }

        public void AppendLiteral(string text) => Sql._parts.Add((text, null));

        public void AppendFormatted(Sql sql) => Sql._parts.AddRange(sql._parts);

        public void AppendFormatted(long value) => Sql._parts.Add((null, value));

        public void AppendFormatted(double value) => Sql._parts.Add((null, value));

        public void AppendFormatted(string value) => Sql._parts.Add((null, value));

        public void AppendFormatted(long[] value) => Sql._parts.Add((null, value));
    }
}
