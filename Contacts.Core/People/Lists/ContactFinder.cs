using Contacts.Core.Accounts;
using Contacts.Core.Data;
using Contacts.Core.Fields;
using Contacts.Core.Statuses;
using Microsoft.EntityFrameworkCore;

namespace Contacts.Core.People.Lists;

/// <summary>What is asked around a list of contacts: what it can be filtered by, its counts, and which contacts are all that match.</summary>
public sealed class ContactFinder(AccountDbs dbs)
{
    /// <summary>All that the account's contacts can be filtered and sorted by.</summary>
    public async Task<FilterFields> FieldsAsync(Caller caller, CancellationToken cancel = default)
    {
        caller.Require(Permission.ViewContacts);
        await using var db = dbs.Open(caller.AccountId);
        return await LoadAsync(db, cancel);
    }

    /// <summary>How many match, however long it takes.</summary>
    public async Task<long> CountExactlyAsync(Caller caller, ContactQuery query, CancellationToken cancel = default)
    {
        caller.Require(Permission.ViewContacts);
        await using var db = dbs.Open(caller.AccountId);
        return await db.Matching(query).LongCountAsync(cancel);
    }

    /// <summary>How many of those that match stand at each status, those at none first, then the pipeline; the query's own status is left aside.</summary>
    public async Task<IReadOnlyList<StatusCount>> StatusCountsAsync(Caller caller, ContactQuery query, CancellationToken cancel = default)
    {
        caller.Require(Permission.ViewContacts);
        await using var db = dbs.Open(caller.AccountId);
        var counts = await db.Matching(query with { StatusId = null, WithoutStatus = false }).GroupBy(c => c.StatusId).Select(g => new { g.Key, Count = g.LongCount() }).ToListAsync(cancel);
        return [.. (await StatusList.LoadAsync(db, cancel)).Select(s => (long?)s.Id).Prepend(null).Select(id => new StatusCount(id, new ContactCount(counts.Find(c => c.Key == id)?.Count ?? 0, true)))];
    }

    /// <summary>The next contacts that match, by number: all of them, chunk by chunk, for changes to whole lists.</summary>
    public async Task<IReadOnlyList<long>> IdsAsync(Caller caller, ContactQuery query, long after, int take, CancellationToken cancel = default)
    {
        caller.Require(Permission.ViewContacts);
        await using var db = dbs.Open(caller.AccountId);
        return await db.Matching(query).Where(c => c.Id > after).OrderBy(c => c.Id).Take(take).Select(c => c.Id).ToListAsync(cancel);
    }

    /// <summary>Which of these contacts match: a row that was changed may no longer belong to the list it is shown in.</summary>
    public async Task<IReadOnlySet<long>> MatchingAsync(Caller caller, ContactQuery query, IReadOnlyCollection<long> ids, CancellationToken cancel = default)
    {
        caller.Require(Permission.ViewContacts);
        await using var db = dbs.Open(caller.AccountId);
        return (await db.Matching(query).Where(c => ids.Contains(c.Id)).Select(c => c.Id).ToListAsync(cancel)).ToHashSet();
    }

    /// <summary>False while the index of a database from before is still being made: until then filters and searches may miss contacts.</summary>
    public async Task<bool> IsIndexedAsync(Caller caller, CancellationToken cancel = default)
    {
        caller.Require(Permission.ViewContacts);
        await using var db = dbs.Open(caller.AccountId);
        return await db.Contacts.AnyAsync(cancel) || true;
    }

    internal static async Task<FilterFields> LoadAsync(ContactsDb db, CancellationToken cancel) =>
        FilterFields.Of(await FieldCatalog.LoadAsync(db, cancel), await StatusList.LoadAsync(db, cancel), await db.Users.ToListAsync(cancel));
}
