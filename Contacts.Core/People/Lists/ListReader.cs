using System.Data.Common;
using Contacts.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace Contacts.Core.People.Lists;

/// <summary>Reads one list of an account: pages by key, which cost the same at any depth, and counts.</summary>
internal sealed class ListReader
{
    private readonly ContactsDb _db;
    private readonly ContactQuery _query;
    private readonly List<Clause> _clauses;

    // The order of all contacts, and of those that the conditions leave of it.
    private readonly ListOrder _whole, _order;
    private readonly ListPlan _plan;

    // The conditions that the order's own index does not answer.
    private readonly List<Clause> _open;
    private readonly WalkPace _pace;
    private readonly TimeProvider _clock;

    private ListReader(ContactsDb db, ContactQuery query, List<Clause> clauses, ListOrder order, ListPlan plan, ListLimits limits, TimeProvider clock)
    {
        (_db, _query, _clauses, _whole, _order, _plan, _pace, _clock) = (db, query, clauses, order, order, plan, new WalkPace(limits, clock), clock);
        var answered = _order.IsByActivity ? _clauses.Find(c => c.IsOneStatus) : null;
        if (answered is not null) _order = _order.Within(answered.Test);
        _open = [.. _clauses.Where(c => c != answered)];
        if (_order.IsByActivity)
            foreach (var clause in _open.Where(c => c.ActiveSince is not null)) _order = _order.Within(ActiveSince(clause));
    }

    public static async Task<ListReader> OpenAsync(ContactsDb db, ContactQuery query, ListLimits limits, TimeProvider clock, CancellationToken cancel)
    {
        await db.Database.OpenConnectionAsync(cancel);
        return Open(db, query, await ContactFinder.LoadAsync(db, query, cancel), limits, clock);
    }

    /// <summary>The same on a connection that is open.</summary>
    /// <param name="fields">Those that the query names.</param>
    public static ListReader Open(ContactsDb db, ContactQuery query, FilterFields fields, ListLimits limits, TimeProvider clock)
    {
        var clauses = ListPlan.ClausesOf(query, db, fields, clock.GetUtcNow().UtcDateTime);
        if (clauses.Exists(c => c.Folds)) db.Lists.Prepare(db);
        return new ListReader(db, query, clauses, ListOrder.Of(query.Sort, query.Reversed, db, fields), new ListPlan(db, limits, clock), limits, clock);
    }

    /// <summary>The same list of those at one status alone; null: of those at none. What was found out about the other conditions is not asked again.</summary>
    public ListReader At(long? statusId, ListLimits limits, int take = ContactQuery.PageSize) =>
        new(_db, _query with { Take = take }, [.. _clauses, new ListedColumns(_db.AccountId).At(statusId)], _whole, _plan, limits, _clock);

    /// <summary>The same list from another place.</summary>
    public ListReader From(Cursor? after, Cursor? before, int take, ListLimits limits) => new(_db, _query with { After = after, Before = before, Take = take }, _clauses, _whole, _plan, limits, _clock);

    /// <param name="columns">What is read of each contact, each after a comma.</param>
    /// <param name="read">Reads a row from the third column on.</param>
    public async Task<Page<T>> PageAsync<T>(Sql columns, Func<DbDataReader, T> read, CancellationToken cancel)
    {
        var cursor = _query.After ?? _query.Before;
        // A place that is not in this order is none: the list begins.
        var isLost = cursor is not null && _order.Read(cursor) is null;
        var backwards = !isLost && _query.After is null && cursor is not null;
        var order = backwards ? _order.Backwards() : _order;
        var from = cursor is null || isLost ? null : order.Read(cursor);
        var few = await _plan.FewAsync(_open, cancel);
        var (rows, stopped) = few is null ? await WalkAsync(order, from, columns, read, cancel) : (await PickAsync(order, from, few, columns, read, cancel), null);

        var more = rows.Count > _query.Take;
        if (more) rows.RemoveAt(_query.Take);
        Cursor? end = more ? CursorOf(rows[^1]) : stopped is var (source, place) ? order.CursorAt(source, place) : null;
        var start = from is null || rows.Count == 0 ? null : CursorOf(rows[0]);
        if (backwards) rows.Reverse();
        return new Page<T>(rows.ConvertAll(r => r.Row), backwards ? end : start, backwards ? (rows.Count == 0 ? null : CursorOf(rows[^1])) : end) { IsPartial = !more && stopped is not null, IsLost = isLost };

        Cursor CursorOf((int Source, ListPlace Place, T Row) row) => order.CursorAt(row.Source, row.Place);
    }

    /// <summary>How many match, up to a cap.</summary>
    public async Task<ContactCount> CountAsync(long cap, CancellationToken cancel)
    {
        if (_clauses is not [{ Source: { Repeats: false, Test.IsNothing: true } }] && await _plan.FewAsync(_clauses, cancel) is { } few) return Counted(await CountAsync(few, cancel), cap);
        var (source, asked) = CountingSource();
        var (tests, ofNumber) = (TestsOf(asked), asked.TrueForAll(c => c.IsOfNumber));
        var isPlain = asked.Count == 0 && source is { Test.IsNothing: true, Sieve.IsNothing: true };
        long count = 0;
        _pace.Begin();
        for (ListPlace? from = null; ;)
        {
            var to = isPlain ? null : await source.PlaceAfterAsync(_db, from, _pace.Chunk, cancel);
            count += await source.Count(_db.AccountId, from, to, tests, ofNumber, cap - count + 1).NumberAsync(_db, cancel);
            if (to is null || count > cap) return Counted(count, cap);
            if (!_pace.GoesOn()) return new ContactCount(count, IsExact: false);
            from = to;
        }
    }

    /// <summary>How many of those that match stand at each status, 0 for none, where an index says that they are few; null where it does not.</summary>
    public async Task<Dictionary<long, long>?> CountByStatusAsync(CancellationToken cancel)
    {
        if (await _plan.FewAsync(_clauses, cancel) is not { } few) return null;
        var status = Sql.Column(nameof(Contact.StatusId));
        var counts = await Sql.Of($"{Some(Sql.Of($"{status}, count(*)"), few, TestsOf(_clauses))} GROUP BY {status}").ReadAsync(_db, row => (Status: NumberOf(row, 0) ?? 0, Count: row.GetInt64(1)), cancel);
        return counts.ToDictionary(c => c.Status, c => c.Count);
    }

    /// <summary>Rows of some contacts, by number; those that are listed no more are not among them.</summary>
    public async Task<Dictionary<long, T>> RowsAsync<T>(IReadOnlyCollection<long> ids, Sql columns, Func<DbDataReader, T> read, CancellationToken cancel) =>
        (await Some(Sql.Of($"""0, c."Id"{columns}"""), ids, Sql.Nothing).ReadAsync(_db, row => (Id: row.GetInt64(1), Row: read(row)), cancel)).ToDictionary(r => r.Id, r => r.Row);

    /// <summary>Where a contact stands in the order, whether or not it matches.</summary>
    public Cursor CursorOf(Contact contact) => _order.CursorOf(contact);

    /// <summary>Those of some contacts that match.</summary>
    public Task<List<long>> MatchingAsync(IReadOnlyCollection<long> ids, CancellationToken cancel) => Some(Sql.Of($"""c."Id" """), ids, TestsOf(_clauses)).ReadAsync(_db, row => row.GetInt64(0), cancel);

    private static ContactCount Counted(long count, long cap) => new(Math.Min(count, cap), count <= cap);

    private async Task<long> CountAsync(HashSet<long> few, CancellationToken cancel) => few.Count == 0 ? 0 : await Some(Sql.Of($"count(*)"), few, TestsOf(_clauses)).NumberAsync(_db, cancel);

    // Along the order, a stretch at a time, until the page is full, the list ends, or time is up.
    private async Task<(List<(int Source, ListPlace Place, T Row)> Rows, (int, ListPlace)? Stopped)> WalkAsync<T>(ListOrder order, (int Source, ListPlace Place)? start, Sql columns, Func<DbDataReader, T> read, CancellationToken cancel)
    {
        var rows = new List<(int Source, ListPlace Place, T Row)>();
        _pace.Begin();
        for (var i = start?.Source ?? 0; i < order.Sources.Count; i++)
        {
            var (index, source, tests) = (i, order.Sources[i], TestsOf(_open));
            for (var from = i == start?.Source ? start.Value.Place : null; ;)
            {
                var isPlain = tests.IsNothing && source.Test.IsNothing;
                var to = isPlain ? null : await source.PlaceAfterAsync(_db, from, _pace.Chunk, cancel);
                rows.AddRange(await source.Rows(_db.AccountId, columns, from, to, tests, _query.Take + 1 - rows.Count)
                    .ReadAsync(_db, row => (index, source.PlaceIn(row), read(row)), cancel));
                if (rows.Count > _query.Take) return (rows, null);
                if (to is null) break;
                if (!_pace.GoesOn()) return (rows, (i, to));
                from = to;
            }
        }
        return (rows, null);
    }

    // Out of a few contacts: all that match are put in order here, and the page's own are read.
    private async Task<List<(int Source, ListPlace Place, T Row)>> PickAsync<T>(ListOrder order, (int Source, ListPlace Place)? from, HashSet<long> few, Sql columns, Func<DbDataReader, T> read, CancellationToken cancel)
    {
        if (few.Count == 0) return [];
        var facts = Sql.Of($"""c."Id", c."LastActivityAt", c."SortName", c."StatusId", c."OwnerId", {(order.Value.IsNothing ? Sql.Of($"NULL") : order.Value)}""");
        var places = (await Some(facts, few, TestsOf(_clauses)).ReadAsync(_db, row => order.PlaceOf(new SortFacts(
            row.GetInt64(0), row.GetInt64(1), row.GetString(2), NumberOf(row, 3), NumberOf(row, 4), row.IsDBNull(5) ? null : row.GetString(5))), cancel));
        if (from is { } place) places.RemoveAll(p => order.Compare(p, place) <= 0);
        places.Sort(order.Compare);
        if (places.Count > _query.Take + 1) places.RemoveRange(_query.Take + 1, places.Count - _query.Take - 1);
        if (places.Count == 0) return [];
        var rows = await RowsAsync(places.ConvertAll(p => p.Place.Id), columns, read, cancel);
        // One that was removed just now is not there any more.
        return [.. places.Where(p => rows.ContainsKey(p.Place.Id)).Select(p => (p.Source, p.Place, rows[p.Place.Id]))];
    }

    private Sql Some(Sql columns, IReadOnlyCollection<long> ids, Sql tests) =>
        // By the numbers alone, without the way through an index of the account.
        Sql.Of($"""SELECT {columns} FROM "Contacts" c WHERE +c."AccountId" = {_db.AccountId} AND {_db.Lists.IsIn(Sql.Of($"""c."Id" """), ids)} AND {ListSource.Listed}{ListSource.And(tests)}""");

    // One condition is walked where it is indexed, and the others are asked: best the one which would have to look at the contacts when asked, and at
    // more than their columns.
    private (ListSource Source, List<Clause> Asked) CountingSource()
    {
        var walked = _clauses.Where(c => c.Source is { Repeats: false }).OrderBy(c => c.IsOfNumber).ThenByDescending(c => c.Folds).FirstOrDefault();
        if (walked is not null) return (walked.Source!, [.. _clauses.Where(c => c != walked)]);
        return (ListSources.ByActivity(_db.AccountId, where: Sql.Join(_clauses.Select(ActiveSince), $" AND ")), _clauses);
    }

    private static Sql ActiveSince(Clause clause) => clause.ActiveSince is { } since ? Sql.Of($"""c."LastActivityAt" >= {since}""") : Sql.Nothing;

    private static Sql TestsOf(List<Clause> clauses) => Sql.Join(clauses.Select(c => c.Test), $" AND ");

    private static long? NumberOf(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetInt64(column);
}
