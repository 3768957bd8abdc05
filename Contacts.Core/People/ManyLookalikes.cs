using Contacts.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace Contacts.Core.People;

/// <summary>The match keys that a contact has and those it is to have.</summary>
internal sealed record ChangedKeys(long ContactId, IReadOnlyCollection<(MatchKind Kind, long Hash)> Before, IReadOnlyCollection<(MatchKind Kind, long Hash)> After)
{
    public IEnumerable<(MatchKind Kind, long Hash)> Lost => Before.Except(After);
    public IEnumerable<(MatchKind Kind, long Hash)> Gained => After.Except(Before);
}

/// <summary>What <see cref="Lookalikes"/> does for one contact, for many at once: as far as nobody looks like one of them, before or afterwards.</summary>
internal static class ManyLookalikes
{
    /// <summary>
    /// Those of the contacts whose change nobody has to be told of: none loses what makes it look like another, and what they look like from now on
    /// nobody does, each other included, or so many do that it says nothing.
    /// </summary>
    /// <param name="changed">As they will be, none of them tracked.</param>
    /// <returns>Their keys, by their numbers.</returns>
    public static async Task<Dictionary<long, ChangedKeys>> FreeAsync(ContactsDb db, IReadOnlyCollection<Contact> changed, BlockList blocked)
    {
        var ids = changed.Select(c => c.Id).ToList();
        var known = (await db.Identities.Where(i => ids.Contains(i.ContactId)).Select(i => new { i.ContactId, i.Kind, i.Value }).ToListAsync()).ToLookup(i => i.ContactId, i => (i.Kind, i.Value));
        var pairs = await db.PossibleDuplicates.Where(d => d.DismissedAt == null && (ids.Contains(d.ContactId) || ids.Contains(d.OtherId))).Select(d => new { d.ContactId, d.OtherId }).ToListAsync();
        var paired = pairs.SelectMany(p => new[] { p.ContactId, p.OtherId }).ToHashSet();
        var there = await KeysAsync(db, ids);
        var keys = changed.Select(c => new ChangedKeys(c.Id, [.. there[c.Id]], MatchValues.Of(c, known[c.Id]).Keys(blocked))).ToList();

        List<(MatchKind, long)> gained = [.. keys.SelectMany(k => k.Gained)];
        var crowds = (await CrowdsAsync(db, gained)).Except(keys.SelectMany(k => k.Lost)).ToHashSet(); // whose crowd gets smaller meanwhile may be none any more
        var alike = gained.GroupBy(k => k).Where(g => g.Skip(1).Any()).Select(g => g.Key).Concat(await TakenAsync(db, gained.Except(crowds))).Except(crowds).ToHashSet();
        return keys.Where(k => !(paired.Contains(k.ContactId) && k.Lost.Any()) && !k.Gained.Any(alike.Contains)).ToDictionary(k => k.ContactId);
    }

    /// <summary>Makes contacts have the keys they are to have and no others.</summary>
    public static async Task WriteAsync(ContactsDb db, IEnumerable<ChangedKeys> keys)
    {
        var changed = keys.Where(k => k.Lost.Any() || k.Gained.Any()).ToList();
        var ids = changed.Where(k => k.Before.Count > 0).Select(k => k.ContactId).ToList();
        if (ids.Count > 0) await db.MatchKeys.Where(k => ids.Contains(k.ContactId)).ExecuteDeleteAsync();
        await BulkInsert.InsertAsync(db, changed.SelectMany(k => k.After, (k, key) => new MatchKey(db.AccountId, k.ContactId, key.Kind, key.Hash)));
    }

    /// <summary>The keys that contacts have, by their numbers.</summary>
    public static async Task<ILookup<long, (MatchKind Kind, long Hash)>> KeysAsync(ContactsDb db, List<long> contacts) =>
        (await db.MatchKeys.Where(k => contacts.Contains(k.ContactId)).Select(k => new { k.ContactId, k.Kind, k.Hash }).ToListAsync()).ToLookup(k => k.ContactId, k => (k.Kind, k.Hash));

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
    private static async Task<List<(MatchKind Kind, long Hash)>> CrowdsAsync(ContactsDb db, IEnumerable<(MatchKind Kind, long Hash)> keys)
    {
        var crowds = new List<(MatchKind, long)>();
        foreach (var kind in keys.Distinct().ToLookup(k => k.Kind, k => k.Hash))
        {
            var hashes = kind.ToList();
            foreach (var hash in await db.SharedKeys.Where(k => k.Kind == kind.Key && hashes.Contains(k.Hash)).Select(k => k.Hash).ToListAsync())
                if (await db.MatchKeys.Where(k => k.Kind == kind.Key && k.Hash == hash).OrderBy(k => k.ContactId).Take(Lookalikes.Crowd).CountAsync() == Lookalikes.Crowd) crowds.Add((kind.Key, hash));
        }
        return crowds;
    }
}
