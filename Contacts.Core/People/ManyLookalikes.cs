using Contacts.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace Contacts.Core.People;

/// <summary>What <see cref="Lookalikes"/> does for one contact, for many at once: as far as nobody looks like one of them, before or afterwards.</summary>
internal static class ManyLookalikes
{
    /// <summary>
    /// Those of the contacts whose change nobody has to be told of: none is one of two that may be one, and what they look like from now on nobody
    /// does, each other included, or so many do that it says nothing.
    /// </summary>
    /// <param name="changed">As they will be, none of them tracked.</param>
    /// <returns>The keys they will have, by their numbers.</returns>
    public static async Task<Dictionary<long, HashSet<(MatchKind Kind, long Hash)>>> FreeAsync(ContactsDb db, IReadOnlyCollection<Contact> changed, BlockList blocked)
    {
        var ids = changed.Select(c => c.Id).ToList();
        var known = (await db.Identities.Where(i => ids.Contains(i.ContactId)).Select(i => new { i.ContactId, i.Kind, i.Value }).ToListAsync()).ToLookup(i => i.ContactId, i => (i.Kind, i.Value));
        var pairs = await db.PossibleDuplicates.Where(d => d.DismissedAt == null && (ids.Contains(d.ContactId) || ids.Contains(d.OtherId))).Select(d => new { d.ContactId, d.OtherId }).ToListAsync();
        var paired = pairs.SelectMany(p => new[] { p.ContactId, p.OtherId }).ToHashSet();
        var wanted = changed.ToDictionary(c => c.Id, c => MatchValues.Of(c, known[c.Id]).Keys(blocked));

        var there = await KeysAsync(db, ids);
        var added = wanted.ToDictionary(w => w.Key, w => w.Value.Except(there[w.Key]).ToList());
        List<(MatchKind, long)> all = [.. added.Values.SelectMany(keys => keys)];
        var crowds = await CrowdsAsync(db, all);
        var alike = all.GroupBy(k => k).Where(g => g.Skip(1).Any()).Select(g => g.Key).Concat(await TakenAsync(db, all.Except(crowds))).Except(crowds).ToHashSet();
        return wanted.Where(w => !paired.Contains(w.Key) && !added[w.Key].Exists(alike.Contains)).ToDictionary();
    }

    /// <summary>Makes contacts have these keys and no others.</summary>
    public static async Task ReplaceAsync(ContactsDb db, IReadOnlyDictionary<long, HashSet<(MatchKind Kind, long Hash)>> wanted)
    {
        var there = await KeysAsync(db, [.. wanted.Keys]);
        var changed = wanted.Where(w => !w.Value.SetEquals(there[w.Key])).ToList();
        var ids = changed.Where(w => there[w.Key].Any()).Select(w => w.Key).ToList();
        if (ids.Count > 0) await db.MatchKeys.Where(k => ids.Contains(k.ContactId)).ExecuteDeleteAsync();
        await BulkInsert.InsertAsync(db, changed.SelectMany(w => w.Value, (w, k) => new MatchKey(db.AccountId, w.Key, k.Kind, k.Hash)));
    }

    /// <summary>Those of the keys that somebody has.</summary>
    public static async Task<List<(MatchKind Kind, long Hash)>> TakenAsync(ContactsDb db, IEnumerable<(MatchKind Kind, long Hash)> keys)
    {
        var taken = new List<(MatchKind, long)>();
        // By kind: so each question is answered by the key of the table.
        foreach (var kind in keys.Distinct().ToLookup(k => k.Kind, k => k.Hash))
        {
            var hashes = kind.ToList();
            taken.AddRange((await db.MatchKeys.Where(k => k.Kind == kind.Key && hashes.Contains(k.Hash)).Select(k => k.Hash).Distinct().ToListAsync()).Select(hash => (kind.Key, hash)));
        }
        return taken;
    }

    // Told of once already, and shared by so many still.
    private static async Task<HashSet<(MatchKind Kind, long Hash)>> CrowdsAsync(ContactsDb db, IEnumerable<(MatchKind Kind, long Hash)> keys)
    {
        var crowds = new HashSet<(MatchKind, long)>();
        foreach (var kind in keys.Distinct().ToLookup(k => k.Kind, k => k.Hash))
        {
            var hashes = kind.ToList();
            foreach (var hash in await db.SharedKeys.Where(k => k.Kind == kind.Key && hashes.Contains(k.Hash)).Select(k => k.Hash).ToListAsync())
                if (await db.MatchKeys.Where(k => k.Kind == kind.Key && k.Hash == hash).Take(Lookalikes.Crowd).CountAsync() == Lookalikes.Crowd) crowds.Add((kind.Key, hash));
        }
        return crowds;
    }

    private static async Task<ILookup<long, (MatchKind Kind, long Hash)>> KeysAsync(ContactsDb db, List<long> contacts) =>
        (await db.MatchKeys.Where(k => contacts.Contains(k.ContactId)).Select(k => new { k.ContactId, k.Kind, k.Hash }).ToListAsync()).ToLookup(k => k.ContactId, k => (k.Kind, k.Hash));
}
