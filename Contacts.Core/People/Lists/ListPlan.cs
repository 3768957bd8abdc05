using Contacts.Core.Data;

namespace Contacts.Core.People.Lists;

/// <summary>
/// How a list is read: from the few contacts that an index says may match, or, where every condition is common, along the list's own order.
/// A capped count of each condition decides: without it either way can cost seconds among a million contacts.
/// </summary>
internal sealed class ListPlan(ContactsDb db, ListLimits limits, TimeProvider clock)
{
    // What has to be passed entry by entry takes half of the time: the other is for the walk, in case it does not end.
    private readonly WalkPace _pace = new(limits with { Time = limits.Time / 2 }, clock);

    // Lists that differ in one condition share what was found out about the others.
    private readonly Dictionary<Clause, HashSet<long>?> _known = new(ReferenceEqualityComparer.Instance);

    /// <summary>What the query asks of contacts, all of which must hold.</summary>
    public static List<Clause> ClausesOf(ContactQuery query, ContactsDb db, FilterFields fields, DateTime now)
    {
        var (account, columns) = (db.AccountId, new ListedColumns(db.AccountId));
        var clauses = SearchWords.Of(query.Search).Take(SearchWords.Max).Select(word => Clause.From(db.Lists.Found(account, word), ListSql.Has(word))).ToList();
        if (query.Email is { } email)
        {
            var known = Sql.Of($"""
                SELECT coalesce(m."MergedIntoId", m."Id") AS "ContactId" FROM "Identities" i JOIN "Contacts" m ON m."AccountId" = i."AccountId" AND m."Id" = i."ContactId"
                WHERE i."AccountId" = {account} AND i."Kind" = {nameof(IdentityKind.Email)} AND i."Key" = {EmailAddress.Key(email) ?? ""}
                """);
            clauses.Add(new Clause(Sql.Of($"""c."Id" IN ({known})""")) { Ids = known });
        }
        if (query.StatusId is not null || query.WithoutStatus) clauses.Add(columns.At(query.WithoutStatus ? null : query.StatusId));
        if (query.OwnerId is { } owner) clauses.Add(columns.Owner(owner));
        // After a time is not at it.
        if (query.CreatedAfter is not null || query.CreatedBefore is not null) clauses.Add(columns.Created((Milliseconds(query.CreatedAfter) + 1, Milliseconds(query.CreatedBefore))));
        if (query.UpdatedAfter is not null || query.UpdatedBefore is not null) clauses.Add(ListedColumns.Updated((Milliseconds(query.UpdatedAfter) + 1, Milliseconds(query.UpdatedBefore))));
        if (new ConditionSql(db, fields, now, query.TimeZone).Of(query.Filter.Root) is { } filter) clauses.AddRange(filter is { NeedsAll: true } ? filter.Parts : [filter]);
        return clauses;
    }

    /// <summary>Contacts that are at least all that match, where they are few; null where every condition is common.</summary>
    public async Task<HashSet<long>?> FewAsync(IReadOnlyList<Clause> clauses, CancellationToken cancel)
    {
        HashSet<long>? few = null;
        foreach (var clause in clauses.OrderBy(c => c.Scans))
        {
            // So few are looked at quicker than the next condition is asked for; and any few quicker than all that a field has.
            if (few is { Count: <= 100 } || (few is not null && clause.Scans && !_known.ContainsKey(clause))) break;
            if (await FewAsync(clause, cancel) is not { } ids) continue;
            if (few is null) few = [.. ids];
            else few.IntersectWith(ids);
        }
        return few;
    }

    private async Task<HashSet<long>?> FewAsync(Clause clause, CancellationToken cancel)
    {
        if (!_known.TryGetValue(clause, out var few)) _known[clause] = few = await FindFewAsync(clause, cancel);
        return few;
    }

    private async Task<HashSet<long>?> FindFewAsync(Clause clause, CancellationToken cancel)
    {
        if (clause.Parts.Count > 0) return clause.NeedsAll ? await FewAsync(clause.Parts, cancel) : await AnyOfAsync(clause.Parts, cancel);
        if (clause.Scans) return await ScanAsync(clause.Source!, cancel);
        return clause.Ids is not null && await CountAsync(clause, cancel) <= limits.Few ? [.. await clause.Ids.ReadAsync(db, row => row.GetInt64(0), cancel)] : null;
    }

    private async Task<HashSet<long>?> AnyOfAsync(IReadOnlyList<Clause> parts, CancellationToken cancel)
    {
        var any = new HashSet<long>();
        foreach (var part in parts.OrderBy(p => p.Scans))
        {
            if (await FewAsync(part, cancel) is not { } ids) return null;
            any.UnionWith(ids);
            if (any.Count > limits.Few) return null;
        }
        return any;
    }

    // Null where there are too many, or where the time was too short to tell.
    private async Task<HashSet<long>?> ScanAsync(ListSource source, CancellationToken cancel)
    {
        var found = new HashSet<long>();
        _pace.Begin();
        for (ListPlace? from = null; ;)
        {
            var to = await source.PlaceAfterAsync(db, from, _pace.Chunk, cancel);
            found.UnionWith(await source.IdsBetween(from, to).ReadAsync(db, row => row.GetInt64(0), cancel));
            if (found.Count > limits.Few) return null;
            if (to is null) return found;
            if (!_pace.GoesOn()) return null;
            from = to;
        }
    }

    private Task<long> CountAsync(Clause clause, CancellationToken cancel) =>
        Sql.Of($"SELECT count(*) FROM (SELECT 1 FROM ({clause.Ids!}) i LIMIT {limits.Few + 1L}) n").NumberAsync(db, cancel);

    private static long? Milliseconds(DateTime? time) => time is null ? null : (time.Value.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMillisecond;
}
