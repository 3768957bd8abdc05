using Contacts.Core.Accounts;
using Contacts.Core.Data;
using Contacts.Core.Fields;
using Contacts.Core.Statuses;
using Microsoft.EntityFrameworkCore;

namespace Contacts.Core.People.Lists;

/// <summary>What is asked around a list of contacts: what it can be filtered by, its counts, and which contacts are all that match.</summary>
public sealed class ContactFinder(AccountDbs dbs, TimeProvider clock)
{
    /// <summary>All that the account's contacts can be filtered and sorted by.</summary>
    public async Task<FilterFields> FieldsAsync(Caller caller, CancellationToken cancel = default)
    {
        caller.Require(Permission.ViewContacts);
        await using var db = dbs.Open(caller.AccountId);
        return await LoadAsync(db, cancel);
    }

    /// <summary>Goes on where the search for a page ran out of time, for up to two seconds: somebody asked for it.</summary>
    /// <param name="found">The page as far as it was found.</param>
    /// <param name="stop">The search ends with what it has found by then.</param>
    public async Task<Page<ContactRow>> SearchOnAsync(Caller caller, ContactQuery query, Page<ContactRow> found, CancellationToken stop, CancellationToken cancel = default)
    {
        caller.Require(Permission.ViewContacts);
        await using var db = dbs.Open(caller.AccountId);
        var backwards = query.After is null && query.Before is not null && !found.IsLost;
        var rest = query with { After = backwards ? null : found.Next, Before = backwards ? found.Previous : null, Take = query.Take - found.Items.Count };
        var more = await PageAsync(db, rest, ListLimits.Patient with { Stop = stop }, clock, cancel);
        return found with
        {
            Items = backwards ? [.. more.Items, .. found.Items] : [.. found.Items, .. more.Items],
            Previous = backwards ? more.Previous : found.Previous ?? more.Previous,
            Next = backwards ? found.Next ?? more.Next : more.Next,
            IsPartial = more.IsPartial,
        };
    }

    /// <summary>What these contacts are by now, as rows, in this order; without those that match no more.</summary>
    public async Task<IReadOnlyList<ContactRow>> RowsAsync(Caller caller, ContactQuery query, IReadOnlyCollection<long> ids, CancellationToken cancel = default)
    {
        caller.Require(Permission.ViewContacts);
        await using var db = dbs.Open(caller.AccountId);
        var list = await OpenAsync(db, query, ListLimits.Waiting, cancel);
        var matching = (await list.MatchingAsync(ids, cancel)).ToHashSet();
        return await RowsAsync(list, db, query, [.. ids.Where(matching.Contains)], cancel);
    }

    /// <summary>The others of these contacts, which match no more, as rows in this order; without those that are listed no more.</summary>
    public async Task<IReadOnlyList<ContactRow>> LeftAsync(Caller caller, ContactQuery query, IReadOnlyCollection<long> ids, CancellationToken cancel = default)
    {
        caller.Require(Permission.ViewContacts);
        await using var db = dbs.Open(caller.AccountId);
        var list = await OpenAsync(db, query, ListLimits.Whole, cancel);
        return await RowsAsync(list, db, query, [.. ids.Except(await list.MatchingAsync(ids, cancel))], cancel);
    }

    /// <summary>How many match, however long it takes.</summary>
    public async Task<long> CountExactlyAsync(Caller caller, ContactQuery query, CancellationToken cancel = default)
    {
        caller.Require(Permission.ViewContacts);
        await using var db = dbs.Open(caller.AccountId);
        return (await (await OpenAsync(db, query, ListLimits.Whole, cancel)).CountAsync(long.MaxValue - 1, cancel)).Number;
    }

    /// <summary>How many of those that match stand at each status, those at none first, then the pipeline; the query's own status is left aside.</summary>
    public async Task<IReadOnlyList<StatusCount>> StatusCountsAsync(Caller caller, ContactQuery query, CancellationToken cancel = default)
    {
        caller.Require(Permission.ViewContacts);
        await using var db = dbs.Open(caller.AccountId);
        await db.Database.OpenConnectionAsync(cancel);
        var (counts, statuses) = (new List<StatusCount>(), await StatusList.LoadAsync(db, cancel));
        List<long?> ids = [null, .. statuses.Select(s => s.Id)];
        var fields = await LoadAsync(db, query, cancel, statuses);
        // Together they take no longer than one count may.
        var time = new SharedTime(ListLimits.Waiting, ids.Count, clock);
        var list = ListReader.Open(db, query with { StatusId = null, WithoutStatus = false }, fields, ListLimits.Waiting, clock);
        if (await list.CountByStatusAsync(cancel) is { } few) return [.. ids.Select(id => new StatusCount(id, new ContactCount(few.GetValueOrDefault(id ?? 0), true)))];
        foreach (var id in ids) counts.Add(new StatusCount(id, await list.At(id, time.Next()).CountAsync(ContactBook.CountCap, cancel)));
        return counts;
    }

    /// <summary>The next contacts that match, by number: all of them, chunk by chunk, for changes to whole lists.</summary>
    /// <param name="after">The last number of the chunk before.</param>
    public async Task<IReadOnlyList<long>> IdsAsync(Caller caller, ContactQuery query, long after, int take, CancellationToken cancel = default)
    {
        caller.Require(Permission.ViewContacts);
        await using var db = dbs.Open(caller.AccountId);
        var byNumber = query with { Sort = ContactSort.Created, Reversed = true, Before = null, After = ListOrder.CursorAt(after), Take = take };
        return (await (await OpenAsync(db, byNumber, ListLimits.Whole, cancel)).PageAsync(Sql.Nothing, row => row.GetInt64(1), cancel)).Items;
    }

    /// <summary>Where a contact stands in a list, wherever the query itself begins; null when there is none with the number.</summary>
    public async Task<InList?> PlaceAsync(Caller caller, ContactQuery query, long id, CancellationToken cancel = default)
    {
        caller.Require(Permission.ViewContacts);
        await using var db = dbs.Open(caller.AccountId);
        var list = await OpenAsync(db, query, ListLimits.Waiting, cancel);
        if (await FindAsync(id) is not { } contact) return null;
        var before = await IdsAsync(list.From(null, list.CursorOf(contact), InList.Countable, ListLimits.Waiting));
        var after = await IdsAsync(list.From(list.CursorOf(contact), null, 1, ListLimits.Waiting));
        var isCounted = before is { Previous: null, IsPartial: false };
        var matches = isCounted && (await list.MatchingAsync([id], cancel)).Count > 0;
        // Pages begin after every so many; too far down to count, one begins with this contact.
        var above = isCounted ? before.Items.Count / ContactQuery.PageSize * ContactQuery.PageSize : before.Items.Count;
        return new InList(
            matches ? before.Items.Count + 1 : null,
            before.Items.Count > 0 ? before.Items[^1] : null,
            after.Items.Count > 0 ? after.Items[0] : null,
            above > 0 && await FindAsync(before.Items[above - 1]) is { } last ? list.CursorOf(last) : null)
        {
            Unsearched = (before is { Items.Count: 0, IsPartial: true } ? before.Previous : null, after is { Items.Count: 0, IsPartial: true } ? after.Next : null),
        };

        Task<Contact?> FindAsync(long number) => db.Contacts.Listed().SingleOrDefaultAsync(c => c.Id == number, cancel);

        Task<Page<long>> IdsAsync(ListReader part) => part.PageAsync(Sql.Nothing, row => row.GetInt64(1), cancel);
    }

    /// <summary>False while the index of a database from before is still being made: until then filters and searches may miss contacts.</summary>
    public async Task<bool> IsIndexedAsync(Caller caller, CancellationToken cancel = default)
    {
        caller.Require(Permission.ViewContacts);
        await using var db = dbs.Open(caller.AccountId);
        return !await db.IndexBuilds.AnyAsync(cancel);
    }

    internal static async Task<FilterFields> LoadAsync(ContactsDb db, CancellationToken cancel) =>
        FilterFields.Of(await FieldCatalog.LoadAsync(db, cancel), await StatusList.LoadAsync(db, cancel), await db.Users.ToListAsync(cancel));

    /// <summary>Only what a query names: most lists name nothing, and an account may have 200 fields.</summary>
    /// <param name="statuses">Where they were read already.</param>
    internal static async Task<FilterFields> LoadAsync(ContactsDb db, ContactQuery query, CancellationToken cancel, IReadOnlyList<ContactStatus>? statuses = null)
    {
        var names = query.Filter.Root.Conditions.Select(c => c.Field).Append(query.Sort.Field).ToHashSet();
        var fields = FilterFields.Of(await FieldCatalog.LoadAsync(db, [.. names.Select(FilterFields.OwnNameOf).OfType<string>()], cancel),
            names.Contains(FilterFields.Status) ? statuses ?? await StatusList.LoadAsync(db, cancel) : [], names.Contains(FilterFields.Owner) ? await db.Users.ToListAsync(cancel) : []);
        return query.Filter.Root.Conditions.Any(c => fields.Find(c.Field) is { Kind: FilterKind.Text, Field.Type: var type } && c.Values.Any(type.NeedsPlace)) ? fields.In((await FieldCatalog.PlaceAsync(db)).Country) : fields;
    }

    internal static async Task<Page<ContactRow>> PageAsync(ContactsDb db, ContactQuery query, ListLimits limits, TimeProvider clock, CancellationToken cancel)
    {
        var (list, rows) = (await ListReader.OpenAsync(db, query, limits, clock, cancel), new RowReader(db, query.Columns));
        return await list.PageAsync(rows.Columns, rows.Read, cancel);
    }

    private static async Task<IReadOnlyList<ContactRow>> RowsAsync(ListReader list, ContactsDb db, ContactQuery query, IReadOnlyList<long> ids, CancellationToken cancel)
    {
        if (ids.Count == 0) return [];
        var reader = new RowReader(db, query.Columns);
        var rows = await list.RowsAsync(ids, reader.Columns, reader.Read, cancel);
        return [.. ids.Where(rows.ContainsKey).Select(id => rows[id])];
    }

    private Task<ListReader> OpenAsync(ContactsDb db, ContactQuery query, ListLimits limits, CancellationToken cancel) => ListReader.OpenAsync(db, query, limits, clock, cancel);
}
