using Contacts.Core.Data;
using Contacts.Core.Fields;

namespace Contacts.Core.People.Lists;

/// <summary>What of a contact says where it stands in an order.</summary>
/// <param name="Value">Of the field that is sorted by, as it is kept.</param>
internal sealed record SortFacts(long Id, long LastActivityAt, string SortName, long? StatusId, long? OwnerId, string? Value);

/// <summary>
/// The order of a list: one source after the other, each by its own key. A column of the contacts is one source; a field is its values and then those
/// without; a choice is one source for each.
/// </summary>
internal sealed class ListOrder
{
    private const string Values = "v", Rest = "";

    private readonly Func<SortFacts, (int Source, object? Key)> _place;

    private ListOrder(IReadOnlyList<ListSource> sources, Func<SortFacts, (int, object?)> place, Sql value, FilterField? field = null) => (Sources, _place, Value, Field) = (sources, place, value, field);

    /// <summary>First to last.</summary>
    public IReadOnlyList<ListSource> Sources { get; private init; }

    /// <summary>The value sorted by; nothing where it is a column.</summary>
    public Sql Value { get; }
    public FilterField? Field { get; }

    /// <summary>The field it is by: a cursor names it, so that one of another order is told.</summary>
    private string? Name { get; set; }

    /// <summary>The list by last activity, to which bounds on that time apply.</summary>
    public bool IsByActivity { get; private init; }

    public static ListOrder Of(ContactSort sort, bool reversed, ContactsDb db, FilterFields fields)
    {
        var order = Make(sort, reversed, db, fields);
        order.Name ??= sort.Field;
        return order;
    }

    private static ListOrder Make(ContactSort sort, bool reversed, ContactsDb db, FilterFields fields)
    {
        var (account, descending) = (db.AccountId, sort.IsDescending != reversed);
        switch (sort.Field)
        {
            case FilterFields.LastActivity:
                return new ListOrder([ListSources.ByActivity(account, descending)], facts => (0, facts.LastActivityAt), Sql.Nothing) { IsByActivity = true };
            case FilterFields.Name:
                return new ListOrder([ListSources.Contacts(account, ListKey.Text, nameof(Contact.SortName), descending)], facts => (0, facts.SortName), Sql.Nothing);
            case FilterFields.Created:
                return new ListOrder([ListSources.Contacts(account, ListKey.None, null, descending)], _ => (0, null), Sql.Nothing);
            case FilterFields.Status:
                return ByStatus(account, descending, [.. fields.Find(FilterFields.Status)!.Choices.Select(c => PublicId.Parse(PublicId.Status, c.Key)!.Value)]);
            case FilterFields.Owner:
                return ByOwner(account, descending, [.. fields.Find(FilterFields.Owner)!.Choices.Select(c => PublicId.Parse(PublicId.User, c.Key)!.Value)]);
            case FilterFields.Source:
                return ByChoice(account, descending, fields.Find(FilterFields.Source)!, IndexedContact.SourceFieldId, Sql.Column("SourceKind"));
            default:
                if (fields.Find(sort.Field) is not { Field: { } own } field || !ContactSort.Takes(field)) return Of(ContactSort.LastActivity, reversed, db, fields);
                var value = new ConditionSql(db, fields, DateTime.UnixEpoch, TimeZoneId.Utc).ValueOf(own);
                return field.Kind is FilterKind.Choice or FilterKind.Choices or FilterKind.YesNo ? ByChoice(account, descending, field, ConditionSql.IdOf(own), value) : ByValue(account, descending, field, value);
        }
    }

    /// <summary>Those of it that pass a test which the index answers.</summary>
    public ListOrder Within(Sql test) => new([.. Sources.Select(s => s with { Where = Sql.Of($"{s.Where} AND {test}") })], _place, Value, Field) { IsByActivity = IsByActivity, Name = Name };

    /// <summary>The same, from its end.</summary>
    public ListOrder Backwards() => new([.. Sources.Select(s => s.Turned()).Reverse()], facts => _place(facts) is var (source, key) ? (Sources.Count - 1 - source, key) : default, Value, Field) { IsByActivity = IsByActivity, Name = Name };

    /// <summary>In which source a contact is, and where.</summary>
    public (int Source, ListPlace Place) PlaceOf(SortFacts facts) => _place(facts) is var (source, key) ? (source, new ListPlace(key, facts.Id)) : default;

    public Cursor CursorOf(Contact contact)
    {
        var value = Field?.Field is { } field ? contact.ValueOf(field) : FilterFields.SourceKey(contact.Source.Kind);
        var (source, place) = PlaceOf(new SortFacts(contact.Id, new DateTimeOffset(contact.LastActivityAt).ToUnixTimeMilliseconds(), contact.SortName, contact.StatusId, contact.OwnerId, value));
        return CursorAt(source, place);
    }

    public Cursor CursorAt(int source, ListPlace place) => new(Sources.Count == 1 ? $"{Name}:{ListSource.Write(place.Key)}" : $"{Name}:{Sources[source].Name}:{ListSource.Write(place.Key)}", place.Id);

    /// <summary>The place of a number among the contacts as they were made.</summary>
    public static Cursor CursorAt(long id) => new($"{FilterFields.Created}:", id);

    /// <summary>Null when the cursor is of another order.</summary>
    public (int Source, ListPlace Place)? Read(Cursor cursor)
    {
        if (!cursor.Value.StartsWith($"{Name}:", StringComparison.Ordinal)) return null;
        var text = cursor.Value[(Name!.Length + 1)..];
        if (Sources.Count == 1) return Sources[0].Read(text, cursor.Id) is { } only ? (0, only) : null;
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var source = colon < 0 ? -1 : Sources.ToList().FindIndex(s => s.Name == text[..colon]);
        return source >= 0 && Sources[source].Read(text[(colon + 1)..], cursor.Id) is { } place ? (source, place) : null;
    }

    /// <summary>Which of two contacts comes first.</summary>
    public int Compare((int Source, ListPlace Place) one, (int Source, ListPlace Place) other)
    {
        if (one.Source != other.Source) return one.Source.CompareTo(other.Source);
        var keys = (one.Place.Key, other.Place.Key) switch
        {
            (string a, string b) => CompareText(a, b),
            (double a, double b) => a.CompareTo(b),
            (long a, long b) => a.CompareTo(b),
            _ => 0,
        };
        if (keys == 0) keys = one.Place.Id.CompareTo(other.Place.Id);
        return Sources[one.Source].Descending ? -keys : keys;
    }

    // By code points, as the databases do it.
    internal static int CompareText(string one, string other)
    {
        for (var i = 0; i < one.Length && i < other.Length; i++)
            if (one[i] != other[i])
                return char.IsSurrogate(one[i]) != char.IsSurrogate(other[i]) ? char.IsSurrogate(one[i]).CompareTo(char.IsSurrogate(other[i])) : one[i].CompareTo(other[i]);
        return one.Length.CompareTo(other.Length);
    }

    private static ListOrder ByStatus(long account, bool descending, List<long> ids)
    {
        var column = Sql.Column(nameof(Contact.StatusId));
        if (descending) ids.Reverse();
        return new ListOrder(
            [.. ids.Select(id => ListSources.ByActivity(account, where: Sql.Of($"{column} = {id}"), name: $"{id}")), ListSources.ByActivity(account, where: Sql.Of($"{column} IS NULL"), name: Rest)],
            facts => (SourceOf(facts.StatusId, ids), facts.LastActivityAt), Sql.Nothing);
    }

    private static ListOrder ByOwner(long account, bool descending, List<long> ids)
    {
        var column = Sql.Column(nameof(Contact.OwnerId));
        if (descending) ids.Reverse();
        return new ListOrder(
            [.. ids.Select(id => ByNumber(Sql.Of($"{column} = {id}"), $"{id}")), ByNumber(Sql.Of($"{column} IS NULL"), Rest)],
            facts => (SourceOf(facts.OwnerId, ids), null), Sql.Nothing);

        ListSource ByNumber(Sql where, string name) => ListSources.Contacts(account, ListKey.None, null, true, where, name);
    }

    // One that was made after the choices were read stands with the rest, as a choice of a field that is gone does.
    private static int SourceOf(long? id, List<long> ids) => id is { } number && ids.IndexOf(number) is >= 0 and var source ? source : ids.Count;

    private static ListOrder ByValue(long account, bool descending, FilterField field, Sql value)
    {
        var id = ConditionSql.IdOf(field.Field!);
        var isText = field.Kind == FilterKind.Text;
        var values = isText ? ListSources.Texts(account, id, Sql.Nothing, isOneValue: false, descending, Values) : ListSources.Numbers(account, id, Sql.Nothing, descending, Values);
        return new ListOrder([values, ListSources.ByActivity(account, name: Rest) with { Test = Sql.Of($"{value} IS NULL") }],
            facts => facts.Value is null ? (1, facts.LastActivityAt) : (0, isText ? Folding.FoldShort(facts.Value) : field.Field!.Type.ToNumber(facts.Value)), value, field);
    }

    private static ListOrder ByChoice(long account, bool descending, FilterField field, long id, Sql value)
    {
        // Of several choices the first one counts, whichever way round.
        List<string> keys = field.Kind == FilterKind.YesNo ? ["false", "true"] : [.. field.Choices.Select(c => c.Key)];
        var sources = keys.Select((key, index) =>
            ListSources.Texts(account, id, Sql.Of($"""t."Value" = {key}"""), isOneValue: true, descending: true, key) with
            {
                Test = field.Kind == FilterKind.Choices ? HasNone(keys.Take(index)) : Sql.Nothing,
            }).ToList();
        if (descending) sources.Reverse();
        if (field.CanBeEmpty) sources.Add(ListSources.ByActivity(account, name: Rest) with { Test = HasNone(keys) });
        return new ListOrder(sources, PlaceOf, value, field);

        (int, object?) PlaceOf(SortFacts facts)
        {
            var lines = facts.Value?.Split('\n') ?? [];
            var first = keys.FindIndex(lines.Contains);
            return first < 0 ? (sources.Count - 1, facts.LastActivityAt) : (descending ? keys.Count - 1 - first : first, null);
        }

        Sql HasNone(IEnumerable<string> some) => some.ToList() is { Count: > 0 } none
            ? Sql.Of($"""NOT EXISTS (SELECT 1 FROM "FieldTexts" f WHERE f."AccountId" = {account} AND f."FieldId" = {id} AND f."Value" IN ({Sql.Join(none.Select(k => Sql.Of($"{k}")), $", ")}) AND f."ContactId" = c."Id")""")
            : Sql.Nothing;
    }
}
