using System.Globalization;
using Contacts.Core.Data;

namespace Contacts.Core.People.Lists;

/// <summary>Conditions on what a contact looked at, in all browsers that are its own or of one that was merged into it.</summary>
internal sealed class VisitClauses(long accountId)
{
    // The browsers v that are the contact's.
    private readonly Sql _from = Sql.Of($"""{ListSql.Own(accountId)} CROSS JOIN "Visitors" v """), _own = Sql.Of($"""v."AccountId" = {accountId} AND v."ContactId" = o."Own" """);

    public Clause Viewed(FilterCondition condition)
    {
        var text = condition.Values[0].ToLowerInvariant();
        // Paths are kept as addresses spell them, and typed as people do.
        var urls = new[] { text, Escaped(text).ToLowerInvariant() }.Distinct().Select(t => Sql.Of($"""lower(p."Url") LIKE {ListSql.Like(t, "%", "%")} ESCAPE '\' """));
        var viewed = Sql.Of($"""
            EXISTS (SELECT 1 FROM {_from} CROSS JOIN "PageViews" p WHERE {_own} AND p."AccountId" = {accountId} AND p."VisitorId" = v."Id" AND ({Sql.Join(urls, $" OR ")}))
            """);
        return new Clause(condition.Operator == FilterOperator.ContainsNot ? Sql.Of($"NOT {viewed}") : viewed) { IsOfNumber = true };
    }

    public Clause LastSeen(FilterCondition condition, DateTime now, string timeZone)
    {
        var last = Sql.Of($"""(SELECT max(v."LastSeenAt") FROM {_from} WHERE {_own})""");
        if (condition.Operator == FilterOperator.Empty) return new Clause(Sql.Of($"{last} IS NULL")) { IsOfNumber = true };
        if (condition.Operator == FilterOperator.HasValue) return new Clause(Sql.Of($"{last} IS NOT NULL")) { IsOfNumber = true };
        var (from, to) = DayRange.Of(condition, now, timeZone, wholeDays: false).Milliseconds;
        return new Clause(ListedColumns.Within(last, from, to)) { IsOfNumber = true, Ids = from is { } since ? SeenSince(since) : null };
    }

    public Clause Visits(FilterCondition condition)
    {
        var visits = Sql.Of($"""(SELECT coalesce(sum(v."Visits"), 0) FROM {_from} WHERE {_own})""");
        var numbers = condition.Values.Select(v => long.Parse(v, CultureInfo.InvariantCulture)).Order().ToList();
        var test = condition.Operator == FilterOperator.Is ? Sql.Of($"{visits} = {numbers[0]}") : ConditionSql.Compared(condition.Operator, visits, Sql.Of($"{numbers[0]}"), Sql.Of($"{numbers[^1]}"));
        return new Clause(test) { IsOfNumber = true };
    }

    private static string Escaped(string text) => string.Concat(text.EnumerateRunes().Select(r => r is { IsAscii: true, Value: > ' ' } ? r.ToString() : Uri.EscapeDataString(r.ToString())));

    // Whoever was seen last in a stretch of time was seen after its beginning.
    private Sql SeenSince(long since) => Sql.Of($"""
        SELECT coalesce(m."MergedIntoId", m."Id") AS "ContactId" FROM "Visitors" v JOIN "Contacts" m ON m."AccountId" = v."AccountId" AND m."Id" = v."ContactId"
        WHERE v."AccountId" = {accountId} AND v."ContactId" IS NOT NULL AND v."LastSeenAt" >= {since}
        """);
}
