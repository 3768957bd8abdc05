using System.Data.Common;
using Contacts.Core.Activity;
using Contacts.Core.Data;
using Contacts.Core.Fields;

namespace Contacts.Core.People.Lists;

/// <summary>Reads contacts as rows of the list, with the columns somebody chose.</summary>
internal sealed class RowReader
{
    private const int First = 2;

    private readonly List<string> _chosen;

    public RowReader(ContactsDb db, IReadOnlyList<string> chosen)
    {
        _chosen = [.. chosen.Where(FieldDefinition.IsName).Distinct()];
        Columns = Sql.Of($"""
            , c."FirstName", c."LastName", c."Email", c."MobilePhone", c."Phone", c."Salutation", c."StatusId", c."OwnerId", c."LastActivityAt",
            c."SourceKind", c."SourceName", c."SortName", c."CreatedAt", c."UpdatedAt"{(_chosen.Count == 0 ? Sql.Nothing : Sql.Of($", {Sql.Join(_chosen.Select(ValueOf), $", ")}"))}
            """);

        Sql ValueOf(string field) => SystemFields.Find(field) is null ? db.Lists.OwnValue(field) : Sql.Column(SystemColumn.Of(field).Name);
    }

    public Sql Columns { get; }

    public ContactRow Read(DbDataReader row)
    {
        var at = First;
        var contact = new ContactRow(row.GetInt64(1), Text(), Text(), Text(), Text() is { } mobile ? Skip(mobile) : Text(), Text(), Number(), Number(), Time(),
            new Source(Enum.Parse<SourceKind>(Text()!), Text()!), Text()!, Time(), Time());
        if (_chosen.Count == 0) return contact;
        var values = new Dictionary<string, string>(_chosen.Count);
        foreach (var field in _chosen)
            if (Text() is { } value) values[field] = value;
        return contact with { Values = values };

        string? Text() => row.IsDBNull(at++) ? null : row.GetString(at - 1);
        long? Number() => row.IsDBNull(at++) ? null : row.GetInt64(at - 1);
        DateTime Time() => DateTime.UnixEpoch.AddMilliseconds(row.GetInt64(at++));
        string Skip(string text)
        {
            at++; // a mobile phone goes before another
            return text;
        }
    }
}
