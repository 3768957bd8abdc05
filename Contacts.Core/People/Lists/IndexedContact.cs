using Contacts.Core.Data;
using Contacts.Core.Fields;
using Microsoft.EntityFrameworkCore;

namespace Contacts.Core.People.Lists;

/// <summary>The account's own fields as far as the index of lists needs them, by name.</summary>
internal sealed class IndexedFields(IReadOnlyDictionary<string, (long Id, FieldType Type)> own)
{
    public static readonly IndexedFields SystemOnly = new(new Dictionary<string, (long, FieldType)>());

    /// <param name="except">One whose index is made anew afterwards.</param>
    public static async Task<IndexedFields> LoadAsync(ContactsDb db, FieldDefinition? except = null) =>
        new((await db.Fields.AsNoTracking().Select(f => new { f.Name, f.Id, f.Type }).ToListAsync()).Where(f => f.Id != except?.Id).ToDictionary(f => f.Name, f => (f.Id, f.Type)));

    public (long Id, FieldType Type)? Find(string name) => own.TryGetValue(name, out var field) ? field : null;
}

/// <summary>What the index of lists holds of a contact. A contact that is in no list has nothing there.</summary>
internal sealed class IndexedContact
{
    /// <summary>The number of the kind of source among the fields.</summary>
    public const long SourceFieldId = -100;

    /// <summary>The number of the contact, which a new one is given later.</summary>
    public long Id { get; set; }
    public string SearchText { get; private init; } = "";
    public HashSet<(long FieldId, string Value)> Texts { get; } = [];
    public HashSet<(long FieldId, double Value)> Numbers { get; } = [];

    public static IndexedContact Nothing(long id) => new() { Id = id };

    public static IndexedContact Of(Contact contact, IndexedFields fields)
    {
        return contact.IsListed ? All(contact, fields) : Nothing(contact.Id);
    }

    /// <summary>What it would hold of the contact if that were listed.</summary>
    public static IndexedContact All(Contact contact, IndexedFields fields)
    {
        var indexed = new IndexedContact { Id = contact.Id, SearchText = contact.SearchText };
        foreach (var field in SystemFields.All)
            if (SystemColumn.Of(field.Name) is var column && column.Get(contact) is { } value) indexed.Add(column.FieldId, field.Type, value);
        foreach (var (name, stored) in contact.Values)
            if (stored.Value is { } value && fields.Find(name) is var (id, type)) indexed.Add(id, type, value);
        indexed.Texts.Add((SourceFieldId, FilterFields.SourceKey(contact.Source.Kind)));
        return indexed;
    }

    /// <summary>The one place that says how a value stands in the index.</summary>
    public static IEnumerable<string> TextsOf(FieldType type, string value) => type.FilterKind switch
    {
        FilterKind.Number or FilterKind.Date or FilterKind.Moment => [],
        FilterKind.Choice or FilterKind.YesNo => [value],
        FilterKind.Choices => value.Split('\n'),
        FilterKind.Presence => [""],
        _ => [Folding.FoldShort(value)],
    };

    public static double? NumberOf(FieldType type, string value) => type.FilterKind is FilterKind.Number or FilterKind.Date or FilterKind.Moment ? type.ToNumber(value) : null;

    private void Add(long fieldId, FieldType type, string value)
    {
        foreach (var text in TextsOf(type, value)) Texts.Add((fieldId, text));
        if (NumberOf(type, value) is { } number) Numbers.Add((fieldId, number));
    }
}
