using System.Diagnostics;
using Contacts.Core.Data;

namespace Contacts.Core.People.Lists;

/// <summary>
/// How a list is read: from the few contacts that an index says may match, or, where every condition is common, along the list's own order.
/// A capped count of each condition decides: without it either way can cost seconds among a million contacts.
/// </summary>
internal sealed class ListPlan(ContactsDb db, ListLimits limits)
{
    /// <summary>What the query asks of contacts, all of which must hold.</summary>
    public static List<Clause> ClausesOf(ContactQuery query, ContactsDb db, FilterFields fields, DateTime now)
    {
        var (account, columns) = (db.AccountId, new ListedColumns(db.AccountId));
        var clauses = WordsOf(query.Search).Select(word => Clause.From(db.Lists.Found(account, word), ListSql.Has(word))).ToList();
        if (query.Email is { } email)
        {
            var known = Sql.Of($"""
                SELECT coalesce(m."MergedIntoId", m."Id") AS "ContactId" FROM "Identities" i JOIN "Contacts" m ON m."AccountId" = i."AccountId" AND m."Id" = i."ContactId"
                WHERE i."AccountId" = {account} AND i."Kind" = {nameof(IdentityKind.Email)} AND i."Key" = {EmailAddress.Key(email) ?? ""}
                """);
            clauses.Add(new Clause(Sql.Of($"""c."Id" IN ({known})""")) { Ids = known });
        }
        if (query.StatusId is { } status) clauses.Add(columns.OneStatus(Sql.Of($"{Sql.Column(nameof(Contact.StatusId))} = {status}")));
        if (query.WithoutStatus) clauses.Add(columns.OneStatus(Sql.Of($"{Sql.Column(nameof(Contact.StatusId))} IS NULL")));
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
        foreach (var clause in clauses)
        {
            // So few are looked at quicker than the next condition is asked for.
            if (few is { Count: <= 100 }) break;
            if (await FewAsync(clause, cancel) is not { } ids) continue;
            if (few is null) few = ids;
            else few.IntersectWith(ids);
        }
        return few;
    }

    private async Task<HashSet<long>?> FewAsync(Clause clause, CancellationToken cancel)
    {
        if (clause.Parts.Count == 0) return clause.Ids is not null && await CountAsync(clause, cancel) <= limits.Few ? [.. await clause.Ids.ReadAsync(db, row => row.GetInt64(0), cancel)] : null;
        if (clause.NeedsAll) return await FewAsync(clause.Parts, cancel);
        var any = new HashSet<long>();
        foreach (var part in clause.Parts)
        {
            if (await FewAsync(part, cancel) is not { } ids) return null;
            any.UnionWith(ids);
            if (any.Count > limits.Few) return null;
        }
        return any;
    }

    private Task<long> CountAsync(Clause clause, CancellationToken cancel) =>
        Sql.Of($"SELECT count(*) FROM (SELECT 1 FROM ({clause.Ids!}) i LIMIT {limits.Few + 1L}) n").NumberAsync(db, cancel);

    // Control characters are in no search text.
    private static IEnumerable<string> WordsOf(string? search)
    {
        var text = Folding.Fold(search is null ? null : string.Concat(search.Select(c => char.IsControl(c) ? ' ' : c)));
        // A phone number is one word, however it is spaced.
        if (text.Count(char.IsAsciiDigit) >= 3 && text.All(c => char.IsAsciiDigit(c) || c is '+' or ' ' or '-' or '/' or '.' or '(' or ')'))
            return [string.Concat(text.Where((c, at) => char.IsAsciiDigit(c) || (c == '+' && at == 0)))];
        return text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Distinct().Take(8);
    }

    private static long? Milliseconds(DateTime? time) => time is null ? null : (time.Value.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMillisecond;
}

/// <summary>How much is looked at, and how long.</summary>
/// <param name="Few">Up to so many contacts are looked at one by one.</param>
/// <param name="Chunk">How far a walk goes before it looks at the time for the first time.</param>
/// <param name="Time">After which a walk stops at the end of its stretch; null: never.</param>
internal sealed record ListLimits(int Few = 5000, int Chunk = 1000, TimeSpan? Time = null)
{
    /// <summary>For people who wait: a search stops and says so.</summary>
    public static readonly ListLimits Waiting = new(Time: TimeSpan.FromMilliseconds(30));

    /// <summary>For programs: everything is found, however long it takes.</summary>
    public static readonly ListLimits Whole = new();
}

/// <summary>How far a walk goes at a time: each stretch further than the one before, and no further than the rest of the time goes at the pace so far.</summary>
internal sealed class WalkPace(ListLimits limits)
{
    private const int Growth = 4, MaxChunk = 32_000;

    private readonly long _started = Stopwatch.GetTimestamp();
    private long _stretchStarted = Stopwatch.GetTimestamp();

    public int Chunk { get; private set; } = limits.Chunk;

    /// <summary>Called at the end of a stretch.</summary>
    /// <returns>False when time is up.</returns>
    public bool GoesOn()
    {
        var (now, began) = (Stopwatch.GetTimestamp(), _stretchStarted);
        _stretchStarted = now;
        var next = Math.Min(Chunk * Growth, MaxChunk);
        if (limits.Time is { } time) next = (int)Math.Min(next, (time - Stopwatch.GetElapsedTime(_started, now)) / Stopwatch.GetElapsedTime(began, now) * Chunk);
        // A stretch shorter than the first would cost more to begin than to walk.
        if (next < limits.Chunk) return false;
        Chunk = next;
        return true;
    }
}
