using System.Collections.Concurrent;
using Contacts.Core.Activity;
using Contacts.Core.Data;
using Contacts.Core.Fields;
using Microsoft.EntityFrameworkCore;

namespace Contacts.Core.People;

/// <summary>Keeps a contact's match keys equal to its values, and raises those it then shares a key with. Runs inside a write.</summary>
internal static class Lookalikes
{
    /// <summary>More contacts than this under one key are a switchboard or a shared line, not duplicates.</summary>
    public const int Crowd = 20;

    private static readonly ConcurrentDictionary<Type, Func<ContactsDb, MatchKind, long, IAsyncEnumerable<Holder>>> Holders = new();

    /// <summary>Who has a key: the contact that speaks for it.</summary>
    public sealed record Holder(long ContactId, long? MergedIntoId)
    {
        public long Id => MergedIntoId ?? ContactId;
    }

    public static string Reason(MatchKind kind) => kind switch
    {
        MatchKind.Phone => "Same phone",
        MatchKind.NameAndCompany => "Same name and company",
        _ => "Emails differ only in dots or a +tag",
    };

    /// <summary>The entry changed a value that keys are made of.</summary>
    public static bool Concerns(ActivityEntry entry) => entry.Changes.Exists(c => Concerns(c.Field));

    /// <summary>Keys are made of values of the field with this name.</summary>
    public static bool Concerns(string field) => field is SystemFields.FirstName or SystemFields.LastName
        or SystemFields.Company or SystemFields.Email or SystemFields.MobilePhone or SystemFields.Phone;

    /// <summary>After the contact's values were written. What did not change costs nothing but the look at it.</summary>
    /// <param name="inherited">As <see cref="InheritAsync"/> gave them, when that merge was undone: of these pairs only what holds without it is left.</param>
    public static async Task KeepAsync(ContactsDb db, Contact contact, BlockList blocked, DateTime now, IReadOnlyCollection<long>? inherited = null)
    {
        if (contact.Id != 0) await db.Identities.Where(i => i.ContactId == contact.Id).LoadAsync();
        // With what this write added and without what it took away, both of which the database does not know yet.
        var known = db.Identities.Local.Where(i => i.Contact == contact).ToList();
        var there = contact.Id == 0 ? [] : await db.MatchKeys.Where(k => k.ContactId == contact.Id).ToListAsync();
        var wanted = MatchValues.Of(contact, known.Select(i => (i.Kind, i.Value))).Keys(blocked);

        var gone = there.Where(k => !wanted.Contains((k.Kind, k.Hash))).ToList();
        db.MatchKeys.RemoveRange(gone);
        foreach (var (kind, hash) in wanted.Except(there.Select(k => (k.Kind, k.Hash))))
        {
            db.MatchKeys.Add(new MatchKey(contact, kind, hash));
            await RaiseAsync(db, contact, kind, hash, now);
        }
        // Last: a pair that has lost one reason may just have been given another.
        if (gone.Count > 0 || inherited is not null) await ForgetAsync(db, contact, wanted, inherited ?? []);
    }

    /// <summary>Raised once per pair; a pair that somebody dismissed stays dismissed.</summary>
    public static async Task RaiseAsync(ContactsDb db, Contact contact, long otherId, string reason, DateTime now)
    {
        // The same work may have raised it a moment ago, for another reason.
        var pair = db.PossibleDuplicates.Local.FirstOrDefault(d => d.NotThis(otherId) == contact.Id && (d.ContactId == otherId || d.OtherId == otherId));
        if (pair is null && contact.Id != 0)
            pair = await db.PossibleDuplicates.FirstOrDefaultAsync(d => (d.ContactId == contact.Id && d.OtherId == otherId) || (d.ContactId == otherId && d.OtherId == contact.Id));
        if (pair is null) db.PossibleDuplicates.Add(new PossibleDuplicate(contact, otherId, reason, now));
        else pair.Add(reason);
    }

    /// <summary>
    /// Lets a survivor speak for those merged into it: each of their pairs with somebody else is its own from now on, open or dismissed as theirs is.
    /// Theirs stay, and speak again after an undo.
    /// </summary>
    /// <returns>Whom the survivor had no pair with before.</returns>
    public static async Task<List<long>> InheritAsync(ContactsDb db, Contact survivor, IEnumerable<long> merged)
    {
        List<long> family = [survivor.Id, .. merged];
        var pairs = await db.PossibleDuplicates.Where(d => family.Contains(d.ContactId) || family.Contains(d.OtherId)).ToListAsync();
        pairs.RemoveAll(d => family.Contains(d.ContactId) && family.Contains(d.OtherId));
        var own = pairs.Where(d => d.ContactId == survivor.Id || d.OtherId == survivor.Id).ToDictionary(d => d.NotThis(survivor.Id));
        var made = new List<long>();
        foreach (var pair in pairs.Except(own.Values).OrderBy(d => d.DismissedAt is null))
        {
            var other = family.Contains(pair.ContactId) ? pair.OtherId : pair.ContactId;
            if (own.TryGetValue(other, out var there))
            {
                there.Join(pair);
                continue;
            }
            own[other] = db.PossibleDuplicates.Add(new PossibleDuplicate(survivor, other, pair)).Entity;
            made.Add(other);
        }
        return made;
    }

    private static async Task RaiseAsync(ContactsDb db, Contact contact, MatchKind kind, long hash, DateTime now)
    {
        var holders = new List<Holder>();
        await foreach (var holder in HoldersOf(db, kind, hash)) holders.Add(holder);
        if (holders.Count >= Crowd)
        {
            await RaiseCrowdAsync(db, kind, hash, [.. holders.Select(h => h.ContactId)], now);
            return;
        }
        // Of one that was merged, the contact that speaks for it is raised.
        var self = contact.MergedIntoId is { } survivor ? await db.Contacts.SingleAsync(c => c.Id == survivor) : contact;
        foreach (var other in holders.Select(h => h.Id).Distinct().Where(id => id != self.Id))
            await RaiseAsync(db, self, other, Reason(kind), now);
    }

    private static async Task RaiseCrowdAsync(ContactsDb db, MatchKind kind, long hash, List<long> holders, DateTime now)
    {
        if (await db.SharedKeys.AnyAsync(k => k.Kind == kind && k.Hash == hash)) return;
        db.SharedKeys.Add(new SharedKey(db.AccountId, kind, hash, now));
        // The pairs among the first of them are the same story, told too often.
        var reason = Reason(kind);
        await db.PossibleDuplicates.Where(d => d.DismissedAt == null && d.Reason == reason && holders.Contains(d.ContactId) && holders.Contains(d.OtherId)).ExecuteDeleteAsync();
    }

    // A pair lives as long as the two, or those merged into them, have a key in common, and tells of the kinds they have; what was raised for another reason stays.
    private static async Task ForgetAsync(ContactsDb db, Contact contact, HashSet<(MatchKind Kind, long Hash)> wanted, IReadOnlyCollection<long> inherited)
    {
        var self = contact.MergedIntoId ?? contact.Id;
        var pairs = await db.PossibleDuplicates.Where(d => d.ContactId == self || d.OtherId == self).ToListAsync();
        pairs.RemoveAll(d => d.DismissedAt is not null && !inherited.Contains(d.NotThis(self)));
        if (pairs.Count == 0) return;
        var keys = await KeysBesideAsync(db, contact, [self, .. pairs.Select(d => d.NotThis(self))]);
        var own = wanted.Concat(keys[self]).ToHashSet();
        foreach (var pair in pairs)
        {
            var other = pair.NotThis(self);
            var shared = keys[other].Where(own.Contains).Select(k => k.Kind).ToHashSet();
            var isLeft = shared.Count > 0 || !inherited.Contains(other);
            foreach (var kind in Enum.GetValues<MatchKind>().Where(kind => !shared.Contains(kind))) isLeft &= pair.Drop(Reason(kind));
            if (!isLeft) db.PossibleDuplicates.Remove(pair);
        }
    }

    // By the contact that speaks; those of the contact itself are being changed.
    private static async Task<ILookup<long, (MatchKind Kind, long Hash)>> KeysBesideAsync(ContactsDb db, Contact contact, List<long> ids)
    {
        var merged = await db.Contacts.Where(c => c.MergedIntoId != null && ids.Contains(c.MergedIntoId.Value))
            .Select(c => new { c.Id, Into = c.MergedIntoId!.Value }).ToDictionaryAsync(c => c.Id, c => c.Into);
        List<long> all = [.. ids, .. merged.Keys];
        var keys = await db.MatchKeys.Where(k => all.Contains(k.ContactId) && k.ContactId != contact.Id).Select(k => new { k.ContactId, k.Kind, k.Hash }).ToListAsync();
        return keys.ToLookup(k => merged.GetValueOrDefault(k.ContactId, k.ContactId), k => (k.Kind, k.Hash));
    }

    private static IAsyncEnumerable<Holder> HoldersOf(ContactsDb db, MatchKind kind, long hash) => Holders.GetOrAdd(db.GetType(), _ => EF.CompileAsyncQuery(
        (ContactsDb context, MatchKind k, long h) => context.MatchKeys.Where(key => key.Kind == k && key.Hash == h)
            .OrderBy(key => key.ContactId).Take(Crowd + 1).Select(key => new Holder(key.ContactId, key.Contact!.MergedIntoId))))(db, kind, hash);
}
