using System.Data.Common;
using System.Globalization;
using Contacts.Core.Data;

namespace Contacts.Core.People.Lists;

/// <summary>By what a source is in order, besides the contacts' numbers.</summary>
internal enum ListKey
{
    None,
    Moment,
    Text,
    Number,
}

/// <summary>A place in a source.</summary>
internal sealed record ListPlace(object? Key, long Id);

/// <summary>Contacts in the order of one index, which can be walked from any place, and counted off without looking at the contacts.</summary>
/// <param name="Name">Tells the sources of one order apart.</param>
/// <param name="Table">Where the index is: the contacts as <c>c</c>, or values as <c>t</c>.</param>
/// <param name="Where">What of it.</param>
/// <param name="Column">The key's column.</param>
internal sealed record ListSource(string Name, Sql Table, Sql Where, ListKey Kind, Sql Column, bool OfValues, bool Descending)
{
    /// <summary>What else a contact has to pass to be in it.</summary>
    public Sql Test { get; init; } = Sql.Nothing;

    /// <summary>What else is asked of each entry of the table. The index does not answer it: to find the few that pass, all are passed by.</summary>
    public Sql Sieve { get; init; } = Sql.Nothing;

    /// <summary>A contact may be in it more than once.</summary>
    public bool Repeats { get; init; }

    /// <summary>The contact's number as the table has it.</summary>
    public Sql ContactId { get; init; } = OfValues ? Sql.Of($"""t."ContactId" """) : Sql.Of($"""c."Id" """);

    /// <summary>What rows with the same key are in order by: the contact's number, or one that grows with it.</summary>
    public Sql Id { get; init; } = OfValues ? Sql.Of($"""t."ContactId" """) : Sql.Of($"""c."Id" """);

    /// <summary>The numbers of its contacts.</summary>
    public Sql Ids => IdsBetween(null, null);

    public ListSource Turned() => this with { Descending = !Descending };

    /// <summary>The numbers of those after one place up to another.</summary>
    public Sql IdsBetween(ListPlace? from, ListPlace? to) => Sql.Of($"""SELECT {ContactId} AS "ContactId" FROM {Table} WHERE {Between(from, to)}{And(Sieve)}""");

    /// <summary>Contacts after one place up to another that pass the tests: key, number, then the columns.</summary>
    public Sql Rows(long accountId, Sql columns, ListPlace? from, ListPlace? to, Sql tests, long limit) =>
        Sql.Of($"SELECT {KeyColumn}, {Id}{columns} FROM {Contacts(accountId)} AND {Between(from, to)}{And(Test)}{And(tests)} ORDER BY {Order} LIMIT {limit}");

    /// <summary>How many of them there are, up to a limit.</summary>
    /// <param name="ofNumber">The tests ask for nothing but the contact's number, so that the contacts need not be read.</param>
    public Sql Count(long accountId, ListPlace? from, ListPlace? to, Sql tests, bool ofNumber, long limit) => (Test.IsNothing && tests.IsNothing, Test.IsNothing && ofNumber) switch
    {
        (true, _) => Sql.Of($"SELECT count(*) FROM (SELECT 1 FROM {Table} WHERE {Between(from, to)}{And(Sieve)} LIMIT {limit}) n"),
        (_, true) => Sql.Of($"""SELECT count(*) FROM (SELECT 1 FROM (SELECT {ContactId} AS "Id" FROM {Table} WHERE {Between(from, to)}{And(Sieve)}) c WHERE {tests} LIMIT {limit}) n"""),
        _ => Sql.Of($"SELECT count(*) FROM (SELECT 1 FROM {Contacts(accountId)} AND {Between(from, to)}{And(Test)}{And(tests)} LIMIT {limit}) n"),
    };

    /// <summary>As a cursor keeps it. Moments are told in ticks.</summary>
    public static string Write(object? key) => key switch
    {
        null => "",
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        long milliseconds => DateTime.UnixEpoch.AddMilliseconds(milliseconds).Ticks.ToString(CultureInfo.InvariantCulture),
        _ => (string)key,
    };

    /// <summary>Null when the text is no key of this source.</summary>
    public ListPlace? Read(string text, long id) => Kind switch
    {
        ListKey.None => new ListPlace(null, id),
        ListKey.Text => new ListPlace(text, id),
        ListKey.Number => double.TryParse(text, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? new ListPlace(number, id) : null,
        _ => long.TryParse(text, CultureInfo.InvariantCulture, out var ticks) && ticks >= DateTime.UnixEpoch.Ticks && ticks <= DateTime.MaxValue.Ticks
            ? new ListPlace((ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMillisecond, id) : null,
    };

    /// <summary>The place of a row that begins with key and number.</summary>
    public ListPlace PlaceIn(DbDataReader row) => new(Kind switch { ListKey.None => null, ListKey.Text => row.GetString(0), ListKey.Number => row.GetDouble(0), _ => row.GetInt64(0) }, row.GetInt64(1));

    /// <summary>The place so many entries further on; null at the end.</summary>
    public async Task<ListPlace?> PlaceAfterAsync(ContactsDb db, ListPlace? from, int count, CancellationToken cancel) => (await PlaceAfter(from, count).ReadAsync(db, PlaceIn, cancel)).FirstOrDefault();

    // Whether or not the sieve lets them pass; nothing at the end.
    private Sql PlaceAfter(ListPlace? from, int count) => Sql.Of($"SELECT {KeyColumn}, {Id} FROM {Table} WHERE {Between(from, null)} ORDER BY {Order} LIMIT 1 OFFSET {count - 1}");

    private Sql KeyColumn => Kind == ListKey.None ? Sql.Of($"0") : Column;

    private Sql Order => (Kind == ListKey.None, Descending) switch
    {
        (true, true) => Sql.Of($"{Id} DESC"),
        (true, false) => Id,
        (false, true) => Sql.Of($"{Column} DESC, {Id} DESC"),
        _ => Sql.Of($"{Column}, {Id}"),
    };

    // The value's table first, whatever the planner thinks: that is the order we walk.
    private Sql Contacts(long accountId) => OfValues
        ? Sql.Of($"""{Table} CROSS JOIN "Contacts" c WHERE c."Id" = {ContactId} AND c."AccountId" = {accountId} AND {Listed} AND {Where}{And(Sieve)}""")
        : Sql.Of($"{Table} WHERE {Where}{And(Sieve)}");

    private Sql Between(ListPlace? from, ListPlace? to) => Sql.Join([Where, Beyond(from, Descending, orAt: false), Beyond(to, !Descending, orAt: true)], $" AND ");

    private Sql Beyond(ListPlace? place, bool less, bool orAt)
    {
        if (place is null) return Sql.Nothing;
        var sign = (less, orAt) switch { (true, true) => Sql.Of($"<="), (true, false) => Sql.Of($"<"), (false, true) => Sql.Of($">="), _ => Sql.Of($">") };
        return place.Key switch
        {
            null => Sql.Of($"{Id} {sign} {place.Id}"),
            string text => Sql.Of($"({Column}, {Id}) {sign} ({text}, {place.Id})"),
            double number => Sql.Of($"({Column}, {Id}) {sign} ({number}, {place.Id})"),
            _ => Sql.Of($"({Column}, {Id}) {sign} ({(long)place.Key}, {place.Id})"),
        };
    }

    internal static Sql And(Sql test) => test.IsNothing ? test : Sql.Of($" AND {test}");

    internal static readonly Sql Listed = Sql.Of($"""c."DeletedAt" IS NULL AND c."MergedIntoId" IS NULL""");
}

/// <summary>The sources there are.</summary>
internal static class ListSources
{
    /// <summary>All listed contacts of the account, of which more may be asked, in the order of a column's index.</summary>
    public static ListSource Contacts(long accountId, ListKey kind, string? column, bool descending, Sql? where = null, string name = "") => new(name,
        Sql.Of($"""
        "Contacts" c
        """), Sql.Of($"""c."AccountId" = {accountId} AND {ListSource.Listed}{ListSource.And(where ?? Sql.Nothing)}"""), kind, column is null ? Sql.Nothing : Sql.Column(column), OfValues: false, descending);

    public static ListSource ByActivity(long accountId, bool descending = true, Sql? where = null, string name = "") =>
        Contacts(accountId, ListKey.Moment, nameof(Contact.LastActivityAt), descending, where, name);

    /// <summary>Those with a value in a field, in the order of the values, or, where there is but one value, of their numbers.</summary>
    public static ListSource Texts(long accountId, long fieldId, Sql where, bool isOneValue, bool descending, string name = "") => new(name, Sql.Of($"""
        "FieldTexts" t
        """), Sql.Of($"""t."AccountId" = {accountId} AND t."FieldId" = {fieldId}{ListSource.And(where)}"""), isOneValue ? ListKey.None : ListKey.Text, Sql.Of($"""t."Value" """), OfValues: true, descending);

    public static ListSource Numbers(long accountId, long fieldId, Sql where, bool descending, string name = "") => new(name, Sql.Of($"""
        "FieldNumbers" t
        """), Sql.Of($"""t."AccountId" = {accountId} AND t."FieldId" = {fieldId}{ListSource.And(where)}"""), ListKey.Number, Sql.Of($"""t."Value" """), OfValues: true, descending);
}
