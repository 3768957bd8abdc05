using Contacts.Core.Accounts;
using Contacts.Core.Activity;
using Contacts.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace Contacts.Core.People;

/// <summary>Which entries of the account.</summary>
/// <param name="SourceName">Of sources of that kind, the one of this name.</param>
/// <param name="ActorId">Done by this user.</param>
/// <param name="OwnerId">About contacts this user looks after now.</param>
public sealed record StreamQuery(ActivityGroup? Group = null, SourceKind? Source = null, long? ActorId = null, long? OwnerId = null, string? SourceName = null)
{
    public bool IsFiltered => this != new StreamQuery();
}

/// <summary>Whom an entry is about: the contact, or the one that speaks for it since it was merged.</summary>
public sealed record StreamContact(long Id, string DisplayName, bool IsBinned)
{
    public string PublicId => Core.PublicId.Format(Core.PublicId.Contact, Id);
}

/// <summary>An entry and whom it is about.</summary>
public sealed record StreamEntry(ActivityEntry Entry, StreamContact Contact);

/// <summary>A stretch of the stream, newest first.</summary>
/// <param name="Older">Where to go on; null at the end.</param>
/// <param name="Reached">A filter that finds little stops here, so that no reading takes long: what is older has not been looked at.</param>
/// <param name="Newest">The account's newest entry at the time, whether it matches or not: from where news is asked for.</param>
public sealed record StreamPage(IReadOnlyList<StreamEntry> Entries, long? Older, DateTime? Reached, long Newest);

/// <summary>How many matching entries have come, exact up to <see cref="ActivityStream.CountCap"/>, and the number to ask from the next time.</summary>
public sealed record StreamNews(int Count, long Newest);

/// <summary>
/// What happened in the whole account, in the order it was recorded, so that news stands on top even when it tells of last week. That order
/// is the entries' own number: its index grows at one end only. Filters have no index, which every interaction would pay for; they walk.
/// </summary>
public sealed class ActivityStream(AccountDbs dbs)
{
    public const int PageSize = 40, CountCap = 99;

    /// <summary>As many entries one filtered reading looks at.</summary>
    internal const int Reach = 10_000;

    /// <param name="before">The number of the entry to go on from.</param>
    public async Task<StreamPage> ReadAsync(Caller caller, StreamQuery query, long? before = null, int take = PageSize, CancellationToken cancel = default)
    {
        caller.Require(Permission.ViewContacts);
        await using var db = dbs.Open(caller.AccountId);
        var newest = await NewestAsync(db, cancel);
        var from = before ?? newest + 1;
        var older = db.Entries.Where(e => e.Id < from);
        var floor = query.IsFiltered ? await FloorAsync(older, cancel) : null;
        var matching = Matching(db, older, query);
        if (floor is { } end) matching = matching.Where(e => e.Id >= end.Id);
        var found = await matching.OrderByDescending(e => e.Id).Take(take + 1).ToListAsync(cancel);
        if (found.Count <= take) return new StreamPage(await WithContactsAsync(db, found, cancel), floor?.Id, floor?.CreatedAt, newest);
        found.RemoveAt(take);
        return new StreamPage(await WithContactsAsync(db, found, cancel), found[^1].Id, null, newest);
    }

    /// <param name="since">What was the newest entry at the last look.</param>
    public async Task<StreamNews> NewsAsync(Caller caller, StreamQuery query, long since, CancellationToken cancel = default)
    {
        caller.Require(Permission.ViewContacts);
        await using var db = dbs.Open(caller.AccountId);
        var newest = await NewestAsync(db, cancel);
        var newer = db.Entries.Where(e => e.Id > since && e.Id <= newest);
        if (query.IsFiltered && await FloorAsync(newer, cancel) is { } floor) newer = newer.Where(e => e.Id >= floor.Id);
        return new StreamNews(await Matching(db, newer, query).OrderByDescending(e => e.Id).Take(CountCap + 1).CountAsync(cancel), newest);
    }

    /// <summary>Entries that are on a screen, as they are now: of an erased contact there is none, and a name or the bin may have changed.</summary>
    public async Task<IReadOnlyList<StreamEntry>> ReadAgainAsync(Caller caller, IReadOnlyCollection<long> entryIds, CancellationToken cancel = default)
    {
        caller.Require(Permission.ViewContacts);
        await using var db = dbs.Open(caller.AccountId);
        return await WithContactsAsync(db, await db.Entries.Where(e => entryIds.Contains(e.Id)).OrderByDescending(e => e.Id).ToListAsync(cancel), cancel);
    }

    /// <summary>The sources of the newest entries by name, as far back as one reading of a filter looks: a calendar, a key, an import. Users are no sources by name.</summary>
    public async Task<IReadOnlyList<Source>> SourcesAsync(Caller caller, CancellationToken cancel = default)
    {
        caller.Require(Permission.ViewContacts);
        await using var db = dbs.Open(caller.AccountId);
        var newest = db.Entries.AsQueryable();
        if (await FloorAsync(newest, cancel) is { } floor) newest = newest.Where(e => e.Id >= floor.Id);
        var named = await newest.Where(e => e.Source.Kind != SourceKind.User && e.Source.Name != "").Select(e => new { e.Source.Kind, e.Source.Name }).Distinct().ToListAsync(cancel);
        return [.. named.Select(s => new Source(s.Kind, s.Name)).OrderBy(s => s.Kind).ThenBy(s => s.Name, StringComparer.CurrentCultureIgnoreCase)];
    }

    private static Task<long> NewestAsync(ContactsDb db, CancellationToken cancel) => db.Entries.OrderByDescending(e => e.Id).Select(e => e.Id).FirstOrDefaultAsync(cancel);

    // The last entry within reach, when there is more below it.
    private static async Task<(long Id, DateTime CreatedAt)?> FloorAsync(IQueryable<ActivityEntry> entries, CancellationToken cancel)
    {
        var ids = await entries.OrderByDescending(e => e.Id).Select(e => e.Id).Skip(Reach - 1).Take(2).ToListAsync(cancel);
        if (ids is not [var last, _]) return null;
        return (last, await entries.Where(e => e.Id == last).Select(e => e.CreatedAt).SingleAsync(cancel));
    }

    private static IQueryable<ActivityEntry> Matching(ContactsDb db, IQueryable<ActivityEntry> entries, StreamQuery query)
    {
        if (query.Group is { } group)
        {
            var kinds = ActivityKind.All.Where(k => k.Group == group).ToList();
            entries = entries.Where(e => kinds.Contains(e.Kind));
        }
        if (query.Source is { } source) entries = entries.Where(e => e.Source.Kind == source);
        if (query.SourceName is { } name) entries = entries.Where(e => e.Source.Name == name);
        if (query.ActorId is { } actor) entries = entries.Where(e => e.ActorId == actor);
        if (query.OwnerId is { } owner)
            entries = entries.Where(e => db.Contacts.Any(c => c.Id == e.ContactId
                && (c.MergedIntoId == null ? c.OwnerId == owner : db.Contacts.Any(survivor => survivor.Id == c.MergedIntoId && survivor.OwnerId == owner))));
        return entries;
    }

    private static async Task<IReadOnlyList<StreamEntry>> WithContactsAsync(ContactsDb db, List<ActivityEntry> entries, CancellationToken cancel)
    {
        var contacts = await PeopleAsync(db, entries.Select(e => e.ContactId), cancel);
        var survivors = await PeopleAsync(db, contacts.Values.Select(c => c.MergedIntoId).OfType<long>(), cancel);
        var told = new List<StreamEntry>(entries.Count);
        foreach (var entry in entries)
        {
            if (!contacts.TryGetValue(entry.ContactId, out var about)) continue; // erased since its entries were read
            if (about.MergedIntoId is { } survivor && survivors.TryGetValue(survivor, out var speaker)) about = speaker;
            told.Add(new StreamEntry(entry, new StreamContact(about.Id, Contact.NameOf(about.FirstName, about.LastName, about.Email, about.Phone, about.Salutation), about.IsBinned)));
        }
        return told;
    }

    private static async Task<Dictionary<long, Known>> PeopleAsync(ContactsDb db, IEnumerable<long> contactIds, CancellationToken cancel)
    {
        var ids = contactIds.Distinct().ToList();
        return ids.Count == 0 ? [] : await db.Contacts.Where(c => ids.Contains(c.Id))
            .Select(c => new Known(c.Id, c.FirstName, c.LastName, c.Email, c.MobilePhone ?? c.Phone, c.Salutation, c.MergedIntoId, c.DeletedAt != null)).ToDictionaryAsync(c => c.Id, cancel);
    }

    private sealed record Known(long Id, string? FirstName, string? LastName, string? Email, string? Phone, string? Salutation, long? MergedIntoId, bool IsBinned);
}
