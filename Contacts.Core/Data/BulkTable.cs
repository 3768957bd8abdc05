using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace Contacts.Core.Data;

/// <summary>A table as prepared commands see it: columns and conversions are those of EF's own model, so the two can never differ.</summary>
internal sealed class BulkTable
{
    /// <param name="columns">Which columns, by the names of their properties; keys and tokens come along. All, when it is not given.</param>
    public BulkTable(ContactsDb db, Type type, Func<string, bool>? columns = null)
    {
        var entity = db.Model.FindEntityType(type)!;
        var table = StoreObjectIdentifier.Create(entity, StoreObjectType.Table)!.Value;
        Name = table.Name;
        Columns = [.. entity.GetFlattenedProperties().Where(p => columns is null || p.IsPrimaryKey() || p.IsConcurrencyToken || columns(p.Name)).Select(p => new BulkColumn(p, p.GetColumnName(table)!))];
    }

    public string Name { get; }
    public IReadOnlyList<BulkColumn> Columns { get; }

    /// <summary>What the database holds of the row, in the order of the columns.</summary>
    public object[] ValuesOf(object row)
    {
        var values = new object[Columns.Count];
        for (var i = 0; i < values.Length; i++) values[i] = Columns[i].ValueOf(row);
        return values;
    }
}

internal sealed class BulkColumn(IProperty property, string name)
{
    private readonly IClrPropertyGetter _getter = property.GetGetter();
    private readonly RelationalTypeMapping _mapping = property.GetRelationalTypeMapping();

    public string Name { get; } = name;
    public bool IsKey { get; } = property.IsPrimaryKey();

    /// <summary>Tells that somebody else changed the row meanwhile.</summary>
    public bool IsToken { get; } = property.IsConcurrencyToken;

    public DbParameter NewParameter(DbCommand command, string parameter) => _mapping.CreateParameter(command, parameter, null, property.IsColumnNullable());

    public object ValueOf(object row)
    {
        var value = _getter.GetClrValueUsingContainingEntity(row);
        return (value is null || _mapping.Converter is null ? value : _mapping.Converter.ConvertToProvider(value)) ?? DBNull.Value;
    }
}
