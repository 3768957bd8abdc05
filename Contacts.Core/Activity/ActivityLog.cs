using Contacts.Core.Accounts;
using Contacts.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace Contacts.Core.Activity;

/// <summary>A stretch of a contact's history, newest first, and whether there is older.</summary>
public sealed record ActivityPage(IReadOnlyList<ActivityEntry> Entries, bool HasOlder);

/// <summary>Which entry set a value: what it was, through which source, who, when.</summary>
/// <param name="Entry">The entry's <see cref="ActivityEntry.Number"/>.</param>
public sealed record ValueOrigin(int Entry, ActivityKind Kind, string Title, Source Source, string? ActorName, DateTime At);

/// <summary>What happened with the contacts of an account, as their timelines show it.</summary>
public sealed class ActivityLog(AccountDbs dbs)
{
    public const int PageSize = 20, HistorySize = 50;

    /// <summary>The contact's entries, newest first, read by key: an old page costs what a new one does.</summary>
    /// <param name="group">Only kinds of this group.</param>
    /// <param name="before">The number of the entry to go on from; the answer holds what happened before it.</param>
    public async Task<ActivityPage> ReadAsync(
        Caller caller, long contactId, ActivityGroup? group = null, long? before = null, int take = PageSize, CancellationToken cancel = default)
    {
        caller.Require(Permission.ViewContacts);
        await using var db = dbs.Open(caller.AccountId);
        var entries = db.Entries.Where(e => e.ContactId == contactId);
        if (before is not null)
        {
            var at = await entries.Where(e => e.Id == before).Select(e => (DateTime?)e.At).SingleOrDefaultAsync(cancel);
            if (at is null) return new ActivityPage([], false);
            entries = entries.Where(e => e.At < at || (e.At == at && e.Id < before));
        }
        if (group is not null)
        {
            var kinds = ActivityKind.All.Where(k => k.Group == group).ToList();
            entries = entries.Where(e => kinds.Contains(e.Kind));
        }
        var found = await entries.OrderByDescending(e => e.At).ThenByDescending(e => e.Id).Take(take + 1).ToListAsync(cancel);
        return new ActivityPage([.. found.Take(take)], found.Count > take);
    }

    /// <summary>A page of the contact's entries, newest first, either way from an entry: what happened before it, or what happened after it.</summary>
    /// <returns>The entries and whether there are more in that direction; null when the contact has no such entry.</returns>
    public async Task<(IReadOnlyList<ActivityEntry> Entries, bool HasMore)?> PageAsync(
        Caller caller, long contactId, long? from, bool newer, int take, CancellationToken cancel = default)
    {
        if (!newer || from is null)
        {
            if (from is not null && !await IsOfAsync(caller, contactId, from.Value, cancel)) return null;
            var page = await ReadAsync(caller, contactId, before: from, take: take, cancel: cancel);
            return (page.Entries, page.HasOlder);
        }
        caller.Require(Permission.ViewContacts);
        await using var db = dbs.Open(caller.AccountId);
        var entries = db.Entries.Where(e => e.ContactId == contactId);
        var at = await entries.Where(e => e.Id == from).Select(e => (DateTime?)e.At).SingleOrDefaultAsync(cancel);
        if (at is null) return null;
        var found = await entries.Where(e => e.At > at || (e.At == at && e.Id > from)).OrderBy(e => e.At).ThenBy(e => e.Id).Take(take + 1).ToListAsync(cancel);
        return ([.. found.Take(take).Reverse()], found.Count > take);
    }

    private async Task<bool> IsOfAsync(Caller caller, long contactId, long id, CancellationToken cancel)
    {
        await using var db = dbs.Open(caller.AccountId);
        return await db.Entries.AnyAsync(e => e.ContactId == contactId && e.Id == id, cancel);
    }

    /// <summary>Where values came from, by the <see cref="ActivityEntry.Number"/> that set them.</summary>
    /// <param name="entries">Number and time of the entries; the time is what the index finds them by.</param>
    public async Task<IReadOnlyDictionary<int, ValueOrigin>> OriginsAsync(
        Caller caller, long contactId, IReadOnlyCollection<(int Number, DateTime At)> entries, CancellationToken cancel = default)
    {
        caller.Require(Permission.ViewContacts);
        if (entries.Count == 0) return new Dictionary<int, ValueOrigin>();
        var times = entries.Select(e => e.At).Distinct().ToList();
        var numbers = entries.Select(e => e.Number).Distinct().ToList();
        await using var db = dbs.Open(caller.AccountId);
        return await db.Entries.Where(e => e.ContactId == contactId && times.Contains(e.At) && numbers.Contains(e.Number))
            .Select(e => new ValueOrigin(e.Number, e.Kind, e.Title, e.Source, e.ActorName, e.At)).ToDictionaryAsync(o => o.Entry, cancel);
    }

    /// <summary>The values a field was given, newest first.</summary>
    /// <param name="contactIds">The contact, and those merged into it.</param>
    public async Task<IReadOnlyList<PastValue>> ValueHistoryAsync(
        Caller caller, IReadOnlyCollection<long> contactIds, string field, int take = HistorySize, CancellationToken cancel = default)
    {
        caller.Require(Permission.ViewContacts);
        await using var db = dbs.Open(caller.AccountId);
        return await ValueHistory.ReadAsync(db, contactIds, field, take, cancel);
    }
}
