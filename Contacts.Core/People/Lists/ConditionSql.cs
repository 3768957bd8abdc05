using System.Globalization;
using Contacts.Core.Activity;
using Contacts.Core.Data;
using Contacts.Core.Fields;

namespace Contacts.Core.People.Lists;

/// <summary>Turns a filter into SQL. What it compares with goes in as parameters.</summary>
internal sealed class ConditionSql(ContactsDb db, FilterFields fields, DateTime now, string timeZone)
{
    private readonly long _account = db.AccountId;
    private readonly ListSql _sql = db.Lists;

    /// <summary>Null where nothing is left to ask: a part about a field that is not there says nothing.</summary>
    public Clause? Of(FilterPart part)
    {
        if (part is FilterCondition { HasLostItsValue: true }) return Nobody;
        if (part is FilterCondition condition) return fields.Find(condition.Field) is { } field ? Of(field, condition) : null;
        var group = (FilterGroup)part;
        var parts = group.Parts.Select(Of).OfType<Clause>().ToList();
        return parts.Count switch { 0 => null, 1 => parts[0], _ => Clause.Group(group.MatchesAll, parts) };
    }

    private static Clause Nobody => new(Sql.Of($"1 = 0")) { Ids = Sql.Of($"""SELECT 0 AS "ContactId" WHERE 1 = 0"""), IsOfNumber = true };

    private Clause Of(FilterField field, FilterCondition condition) => (field.Field, field.Name) switch
    {
        (null, FilterFields.Status) => new ListedColumns(_account).Status(condition, [.. condition.Values.Select(v => PublicId.Parse(PublicId.Status, v) ?? 0)]),
        (null, FilterFields.Owner) => new ListedColumns(_account).Owner(condition, [.. condition.Values.Select(v => PublicId.Parse(PublicId.User, v) ?? 0)]),
        (null, FilterFields.Source) => Chosen(IndexedContact.SourceFieldId, condition, condition.Values, repeats: false),
        (null, FilterFields.Name) => new ListedColumns(_account).Name(condition),
        (null, FilterFields.Created) => new ListedColumns(_account).Created(DayRange.Of(condition, now, timeZone, wholeDays: false).Milliseconds),
        (null, FilterFields.Updated) => ListedColumns.Updated(DayRange.Of(condition, now, timeZone, wholeDays: false).Milliseconds),
        (null, FilterFields.LastActivity) => new ListedColumns(_account).LastActivity(DayRange.Of(condition, now, timeZone, wholeDays: false).Milliseconds),
        (null, FilterFields.Booked) => Did(condition, [ActivityKind.BookingScheduled]),
        (null, FilterFields.Answered) => Did(condition, [ActivityKind.FormSubmitted, ActivityKind.ConversationClosed]),
        (null, FilterFields.LastSeen) => new VisitClauses(_account).LastSeen(condition, now, timeZone),
        (null, FilterFields.Visits) => new VisitClauses(_account).Visits(condition),
        (null, _) => new VisitClauses(_account).Viewed(condition),
        ({ } own, _) => Of(own, field.Kind, condition),
    };

    private Clause Of(FieldDefinition field, FilterKind kind, FilterCondition condition)
    {
        var (id, value) = (IdOf(field), ValueOf(field));
        var isNumber = kind is FilterKind.Number or FilterKind.Date or FilterKind.Moment;
        switch (condition.Operator)
        {
            case FilterOperator.Empty:
                return new Clause(Sql.Of($"{value} IS NULL"));
            case FilterOperator.HasValue:
                var some = isNumber ? ListSources.Numbers(_account, id, Sql.Nothing, false) : ListSources.Texts(_account, id, Sql.Nothing, false, false) with { Repeats = kind == FilterKind.Choices };
                return Clause.From(some, Sql.Of($"{value} IS NOT NULL"));
        }
        return kind switch
        {
            FilterKind.Number => Number(id, value, condition, [.. condition.Values.Select(v => Canonical(field, v))]),
            FilterKind.Date => Range(id, _sql.Ordinal(value), DayRange.Of(condition, now, timeZone, wholeDays: true), range => range.DayNumbers, "uuuu-MM-dd"),
            FilterKind.Moment => Range(id, _sql.Ordinal(value), DayRange.Of(condition, now, timeZone, wholeDays: false), range => range.Milliseconds, "uuuu-MM-dd'T'HH:mm:ss'Z'"),
            FilterKind.Text => Text(field, id, value, condition),
            _ => Chosen(id, condition, condition.Values, repeats: kind == FilterKind.Choices),
        };
    }

    // A choice, or a text that is the same: each is one place in the index.
    private Clause Chosen(long fieldId, FilterCondition condition, IReadOnlyList<string> values, bool repeats)
    {
        if (condition.Operator == FilterOperator.AllOf && values.Count > 1)
            return Clause.Group(all: true, [.. values.Select(v => Chosen(fieldId, condition with { Operator = FilterOperator.AnyOf }, [v], repeats))]);
        var which = Sql.Of($"""t."Value" IN ({Sql.Join(values.Select(v => Sql.Of($"{v}")), $", ")})""");
        // SQLite would make a join of a bare EXISTS, and begin with the values instead of the list.
        var has = Sql.Of($"""(EXISTS (SELECT 1 FROM "FieldTexts" t WHERE t."AccountId" = {_account} AND t."FieldId" = {fieldId} AND {which} AND t."ContactId" = c."Id") IS TRUE)""");
        if (condition.Operator is FilterOperator.IsNot or FilterOperator.NoneOf) return new Clause(Sql.Of($"NOT {has}")) { IsOfNumber = true };
        return Clause.From(ListSources.Texts(_account, fieldId, which, values.Count == 1, false) with { Repeats = repeats && values.Count > 1 }, has) with { IsOfNumber = true };
    }

    private Clause Text(FieldDefinition field, long id, Sql value, FilterCondition condition)
    {
        var part = condition.Operator switch { FilterOperator.StartsWith => SearchedPart.Beginning, FilterOperator.Contains or FilterOperator.ContainsNot => SearchedPart.Any, _ => SearchedPart.Whole };
        var texts = condition.Values.SelectMany(text => field.Type.ToSearched(text, part, new InputPlace(fields.Country))).Distinct().ToList();
        if (part == SearchedPart.Whole) return Chosen(id, condition, texts, repeats: false);
        var parts = texts.ConvertAll(text => Text(id, value, condition.Operator, text));
        return parts.Count == 1 ? parts[0] : Clause.Group(all: condition.Operator == FilterOperator.ContainsNot, parts);
    }

    private Clause Text(long id, Sql value, FilterOperator comparison, string text)
    {
        var starts = comparison == FilterOperator.StartsWith;
        var pattern = ListSql.Like(text, starts ? "" : "%", "%");
        var test = _sql.FoldedValue(_account, id, value, folded => Sql.Of($"{folded} LIKE {pattern} ESCAPE '\\'"));
        if (comparison == FilterOperator.ContainsNot) return new Clause(Sql.Of($"NOT {test}")) { Folds = true };
        var texts = starts
            ? ListSources.Texts(_account, id, Sql.Of($"""t."Value" >= {text} AND t."Value" < {text + ListedColumns.Last}"""), false, false)
            : ListSources.Texts(_account, id, Sql.Nothing, false, false) with { Sieve = Sql.Of($"""t."Value" LIKE {pattern} ESCAPE '\'""") };
        return Clause.From(texts, test) with { Folds = true };
    }

    private Clause Number(long id, Sql value, FilterCondition condition, IReadOnlyList<string> texts)
    {
        if (condition.Operator == FilterOperator.IsNot) return new Clause(Sql.Of($"({value} IS NULL OR {value} <> {texts[0]})"));
        var numbers = texts.Select(t => double.Parse(t, CultureInfo.InvariantCulture)).ToList();
        if (condition.Operator == FilterOperator.Is) return Clause.From(ListSources.Numbers(_account, id, Sql.Of($"""t."Value" = {numbers[0]}"""), false), Sql.Of($"{value} = {texts[0]}"));
        if (condition.Operator == FilterOperator.Between && numbers[0] > numbers[1]) (numbers, texts) = ([numbers[1], numbers[0]], [texts[1], texts[0]]);
        var kept = Sql.Of($"""t."Value" """);
        return Clause.From(
            ListSources.Numbers(_account, id, Compared(condition.Operator, kept, Sql.Of($"{numbers[0]}"), Sql.Of($"{numbers[^1]}")), false),
            // Both are read from text, so that equal ones are equal.
            Compared(condition.Operator, _sql.Number(value), _sql.Number(Sql.Of($"{texts[0]}")), _sql.Number(Sql.Of($"{texts[^1]}"))));
    }

    internal static Sql Compared(FilterOperator comparison, Sql value, Sql one, Sql other) => comparison switch
    {
        FilterOperator.MoreThan => Sql.Of($"{value} > {one}"),
        FilterOperator.AtLeast => Sql.Of($"{value} >= {one}"),
        FilterOperator.LessThan => Sql.Of($"{value} < {one}"),
        FilterOperator.AtMost => Sql.Of($"{value} <= {one}"),
        _ => Sql.Of($"{value} >= {one} AND {value} <= {other}"),
    };

    private Clause Range(long id, Sql value, DayRange range, Func<DayRange, (long? From, long? To)> numbers, string format)
    {
        var (from, to) = numbers(range);
        var pattern = NodaTime.Text.InstantPattern.CreateWithInvariantCulture(format);
        var test = Sql.Join([
            range.From is { } first ? Sql.Of($"{value} >= {pattern.Format(Whole(first))}") : Sql.Nothing,
            range.To is { } last ? Sql.Of($"{value} < {pattern.Format(Whole(last))}") : Sql.Nothing,
        ], $" AND ");
        return Clause.From(ListSources.Numbers(_account, id, ListedColumns.Within(Sql.Of($"""t."Value" """), from, to), false), test);
    }

    // Values have whole seconds.
    private static NodaTime.Instant Whole(NodaTime.Instant time) => NodaTime.Instant.FromUnixTimeSeconds((long)Math.Ceiling(time.ToUnixTimeMilliseconds() / 1000m));

    // What was done under the name of one that was merged is the survivor's.
    private Clause Did(FilterCondition condition, IReadOnlyList<ActivityKind> kinds)
    {
        long? since = condition.Operator.CountsDays() ? DayRange.Of(condition, now, timeZone, wholeDays: false).Milliseconds.From : null;
        var did = Sql.Of($"""
            EXISTS (SELECT 1 FROM {ListSql.Own(_account)} CROSS JOIN "Entries" e WHERE e."AccountId" = {_account} AND e."ContactId" = o."Own" AND e."Kind" IN ({Sql.Join(kinds.Select(k => Sql.Of($"{k.Key}")), $", ")}){(since is { } at ? Sql.Of($""" AND e."At" >= {at}""") : Sql.Nothing)})
            """);
        return condition.Operator is FilterOperator.NotLastDays or FilterOperator.Empty ? new Clause(Sql.Of($"NOT {did}")) { IsOfNumber = true } : new Clause(did) { ActiveSince = since, IsOfNumber = true };
    }

    internal static long IdOf(FieldDefinition field) => field.IsSystem ? SystemColumn.Of(field.Name).FieldId : field.Id;

    internal Sql ValueOf(FieldDefinition field) => field.IsSystem ? Sql.Column(SystemColumn.Of(field.Name).Name) : _sql.OwnValue(field.Name);

    // The reading of the filter has seen to it that it parses.
    private static string Canonical(FieldDefinition field, string text) => field.Type.ParseCompared(text, field, out var value) is null ? value : "0";
}
