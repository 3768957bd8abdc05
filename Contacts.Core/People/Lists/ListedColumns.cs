using Contacts.Core.Data;

namespace Contacts.Core.People.Lists;

/// <summary>
/// Conditions on the contacts' own columns. A plus before a column keeps SQLite from sorting by the column's index what it would better walk in the
/// list's own order; where the index is wanted, it is the clause's source.
/// </summary>
internal sealed class ListedColumns(long accountId)
{
    /// <summary>Behind every letter: the end of what begins with a text.</summary>
    public const string Last = "\U0010FFFF";

    public Clause Status(FilterCondition condition, IReadOnlyList<long> ids)
    {
        var column = Sql.Column(nameof(Contact.StatusId));
        return condition.Operator switch
        {
            FilterOperator.Is => OneStatus(Sql.Of($"{column} = {ids[0]}")),
            FilterOperator.Empty => OneStatus(Sql.Of($"{column} IS NULL")),
            _ => new Clause(Number(column, condition, ids)),
        };
    }

    /// <summary>At one status; null: at none.</summary>
    public Clause At(long? statusId)
    {
        var column = Sql.Column(nameof(Contact.StatusId));
        return OneStatus(statusId is { } id ? Sql.Of($"{column} = {id}") : Sql.Of($"{column} IS NULL"));
    }

    public Clause OneStatus(Sql test) => Clause.From(ListSources.ByActivity(accountId, where: test), test) with { IsOneStatus = true };

    public Clause Owner(FilterCondition condition, IReadOnlyList<long> ids)
    {
        var column = Sql.Column(nameof(Contact.OwnerId));
        return condition.Operator switch
        {
            FilterOperator.Is => Owner(ids[0]),
            FilterOperator.Empty => Clause.From(ListSources.Contacts(accountId, ListKey.None, null, false, Sql.Of($"{column} IS NULL")), Sql.Of($"+{column} IS NULL")),
            _ => new Clause(Number(column, condition, ids)),
        };
    }

    public Clause Owner(long id)
    {
        var column = Sql.Column(nameof(Contact.OwnerId));
        return Clause.From(ListSources.Contacts(accountId, ListKey.None, null, false, Sql.Of($"{column} = {id}")), Sql.Of($"+{column} = {id}"));
    }

    public Clause Name(FilterCondition condition)
    {
        var (column, texts) = (Sql.Column(nameof(Contact.SortName)), condition.Values.Select(Folding.FoldShort).ToList());
        var isOneOf = Sql.Of($"{column} IN ({Sql.Join(texts.Select(t => Sql.Of($"{t}")), $", ")})");
        var pattern = ListSql.Like(texts[0], condition.Operator == FilterOperator.StartsWith ? "" : "%", "%");
        var like = Sql.Of($"{column} LIKE {pattern} ESCAPE '\\'");
        return condition.Operator switch
        {
            FilterOperator.Is or FilterOperator.AnyOf => Clause.From(ByName(isOneOf), isOneOf),
            FilterOperator.IsNot => new Clause(Sql.Of($"{column} <> {texts[0]}")),
            FilterOperator.ContainsNot => new Clause(Sql.Of($"NOT {like}")),
            FilterOperator.StartsWith => Clause.From(ByName(Sql.Of($"{column} >= {texts[0]} AND {column} < {texts[0] + Last}")), like),
            _ => new Clause(like),
        };

        ListSource ByName(Sql where) => ListSources.Contacts(accountId, ListKey.Text, nameof(Contact.SortName), false, where);
    }

    /// <summary>Whoever was added at a time has been active since.</summary>
    public Clause Created((long? From, long? To) range)
    {
        var column = Sql.Column(nameof(Contact.CreatedAt));
        var source = ListSources.Contacts(accountId, ListKey.Moment, nameof(Contact.CreatedAt), false, Within(column, range.From, range.To));
        return Clause.From(source, Within(Sql.Of($"+{column}"), range.From, range.To)) with { ActiveSince = range.From };
    }

    public static Clause Updated((long? From, long? To) range) => new(Within(Sql.Column(nameof(Contact.UpdatedAt)), range.From, range.To));

    public Clause LastActivity((long? From, long? To) range)
    {
        var test = Within(Sql.Column(nameof(Contact.LastActivityAt)), range.From, range.To);
        return Clause.From(ListSources.ByActivity(accountId, where: test), test) with { ActiveSince = range.From };
    }

    public static Sql Within(Sql column, long? from, long? to) =>
        Sql.Join([from is { } first ? Sql.Of($"{column} >= {first}") : Sql.Nothing, to is { } last ? Sql.Of($"{column} < {last}") : Sql.Nothing], $" AND ");

    private static Sql Number(Sql column, FilterCondition condition, IReadOnlyList<long> ids)
    {
        var isOneOf = Sql.Of($"+{column} IN ({Sql.Join(ids.Select(id => Sql.Of($"{id}")), $", ")})");
        return condition.Operator switch
        {
            FilterOperator.HasValue => Sql.Of($"+{column} IS NOT NULL"),
            FilterOperator.IsNot or FilterOperator.NoneOf => Sql.Of($"({column} IS NULL OR NOT {isOneOf})"),
            _ => isOneOf,
        };
    }
}
