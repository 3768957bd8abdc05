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
    private const int MaxMoves = 200;

    private static readonly CompiledList<long, int, ActivityEntry> Newest =
        new((db, contact, take) => db.Entries.AsNoTracking().Where(e => e.ContactId == contact && !e.IsSuperseded).OrderByDescending(e => e.At).ThenByDescending(e => e.Id).Take(take));

    /// <summary>
    /// The entries of the contact and of those merged into it, newest first, read by key: an old page costs what a new one does. A booking is there
    /// once, by its last step.
    /// </summary>
    /// <param name="group">Only kinds of this group.</param>
    /// <param name="before">The number of the entry to go on from; the answer holds what happened before it.</param>
    public async Task<ActivityPage> ReadAsync(
        Caller caller, long contactId, ActivityGroup? group = null, long? before = null, int take = PageSize, CancellationToken cancel = default)
    {
        var page = await PageAsync(caller, contactId, group, before, newer: false, everyStep: false, take, cancel);
        return page is var (entries, hasMore) ? new ActivityPage(entries, hasMore) : new ActivityPage([], false);
    }

    /// <summary>A page of all of them, each step of a booking too, newest first, either way from an entry: what happened before it, or what happened after it.</summary>
    /// <returns>The entries and whether there are more in that direction; null when the contact has no such entry.</returns>
    public Task<(IReadOnlyList<ActivityEntry> Entries, bool HasMore)?> PageAsync(
        Caller caller, long contactId, long? from, bool newer, int take, CancellationToken cancel = default) =>
        PageAsync(caller, contactId, null, from, newer && from is not null, everyStep: true, take, cancel);

    private async Task<(IReadOnlyList<ActivityEntry> Entries, bool HasMore)?> PageAsync(
        Caller caller, long contactId, ActivityGroup? group, long? from, bool newer, bool everyStep, int take, CancellationToken cancel)
    {
        caller.Require(Permission.ViewContacts);
        await using var db = dbs.Open(caller.AccountId);
        var family = await db.FamilyAsync(contactId, cancel);
        var at = from is null ? null : await db.Entries.Where(e => e.Id == from && family.Contains(e.ContactId)).Select(e => (DateTime?)e.At).SingleOrDefaultAsync(cancel);
        if (from is not null && at is null) return null;

        // One short read per member: the index gives each in order, while one read over all of them would sort all they have.
        var found = new List<ActivityEntry>();
        if (group is null && from is null && !everyStep) return await NewestAsync(db, family, take, cancel);
        foreach (var member in family)
        {
            var entries = db.Entries.Where(e => e.ContactId == member);
            if (!everyStep) entries = entries.Where(e => !e.IsSuperseded);
            if (group is not null)
            {
                var kinds = ActivityKind.All.Where(k => k.Group == group).ToList();
                entries = entries.Where(e => kinds.Contains(e.Kind));
            }
            if (from is not null && newer) entries = entries.Where(e => e.At > at || (e.At == at && e.Id > from));
            else if (from is not null) entries = entries.Where(e => e.At < at || (e.At == at && e.Id < from));
            var ordered = newer ? entries.OrderBy(e => e.At).ThenBy(e => e.Id) : entries.OrderByDescending(e => e.At).ThenByDescending(e => e.Id);
            found.AddRange(await ordered.Take(take + 1).ToListAsync(cancel));
        }
        var merged = newer ? found.OrderBy(e => e.At).ThenBy(e => e.Id) : found.OrderByDescending(e => e.At).ThenByDescending(e => e.Id);
        var page = merged.Take(take).ToList();
        if (newer) page.Reverse();
        return (page, found.Count > take);
    }

    /// <summary>Every step of a booking, first to last.</summary>
    public async Task<IReadOnlyList<ActivityEntry>> StepsAsync(Caller caller, long bookingId, CancellationToken cancel = default)
    {
        caller.Require(Permission.ViewContacts);
        await using var db = dbs.Open(caller.AccountId);
        return await db.Entries.Where(e => e.BookingId == bookingId).OrderBy(e => e.At).ThenBy(e => e.Id).Take(MaxMoves).ToListAsync(cancel);
    }

    internal static async Task<(IReadOnlyList<ActivityEntry> Entries, bool HasMore)> NewestAsync(ContactsDb db, IReadOnlyList<long> family, int take, CancellationToken cancel)
    {
        var found = await Newest.RunAsync(db, family[0], take + 1, cancel);
        foreach (var member in family.Skip(1)) found.AddRange(await Newest.RunAsync(db, member, take + 1, cancel));
        return ([.. (family.Count == 1 ? found : found.OrderByDescending(e => e.At).ThenByDescending(e => e.Id).AsEnumerable()).Take(take)], found.Count > take);
    }

    /// <summary>
    /// Where the contact stood and how long, and where those merged into it stood until they were, newest first: read when somebody asks for
    /// it, by walking their entries.
    /// </summary>
    public async Task<IReadOnlyList<StatusSpell>> StatusHistoryAsync(Caller caller, long contactId, CancellationToken cancel = default)
    {
        caller.Require(Permission.ViewContacts);
        await using var db = dbs.Open(caller.AccountId);
        var family = await db.FamilyAsync(contactId, cancel);
        var (merged, undone) = (await db.MergedAtAsync(family, cancel), await db.MergesTakenBackAsync(family, cancel));
        var spells = new List<StatusSpell>();
        foreach (var id in family)
        {
            var moves = await db.Entries.Where(e => e.ContactId == id && e.MovesStatus).OrderByDescending(e => e.At).ThenByDescending(e => e.Id).Take(MaxMoves).ToListAsync(cancel);
            spells.AddRange(StatusSpell.Of(moves.OrderBy(e => e.Number), undone[id], until: merged.TryGetValue(id, out var at) ? at : null));
        }
        return [.. spells.AsEnumerable().Reverse().OrderByDescending(s => s.From)];
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

    /// <summary>The values a field of the contact was given, and of those merged into it, newest first.</summary>
    public async Task<IReadOnlyList<PastValue>> ValueHistoryAsync(
        Caller caller, long contactId, string field, int take = HistorySize, CancellationToken cancel = default)
    {
        caller.Require(Permission.ViewContacts);
        await using var db = dbs.Open(caller.AccountId);
        return await ValueHistory.ReadAsync(db, await db.FamilyAsync(contactId, cancel), field, take, cancel);
    }
}
