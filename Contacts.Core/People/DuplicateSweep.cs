using System.Collections.Concurrent;
using Contacts.Core.Accounts;
using Contacts.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Contacts.Core.People;

/// <summary>How far a look through all contacts is.</summary>
/// <param name="Looked">Contacts whose keys were compared with their values.</param>
/// <param name="Found">Pairs that nobody knew of.</param>
public sealed record SweepState(int Looked, int Total, int Found, bool IsDone = false, bool HasFailed = false);

/// <summary>
/// Looks through all contacts of an account for possible duplicates: brings their match keys up to date, then reads the keys in their own
/// order. It holds one chunk in memory, and whoever waits at the write gate waits milliseconds.
/// </summary>
public sealed class DuplicateSweep(AccountDbs dbs, WriteGate gate, TimeProvider clock, ILogger<DuplicateSweep> log)
{
    private const int Chunk = 500, Groups = 200;

    private readonly ConcurrentDictionary<long, SweepState> _states = new();

    /// <summary>The look that is under way or was the last in this process; null when there was none.</summary>
    public SweepState? State(Caller caller)
    {
        caller.Require(Permission.MergeContacts);
        return _states.GetValueOrDefault(caller.AccountId);
    }

    /// <summary>Begins to look and returns; one look at a time in each account. It goes on when the page that asked is closed.</summary>
    public void Start(Caller caller)
    {
        caller.Require(Permission.MergeContacts);
        var begun = new SweepState(0, 0, 0);
        var state = _states.AddOrUpdate(caller.AccountId, begun, (_, last) => last.IsDone ? begun : last);
        if (ReferenceEquals(state, begun)) _ = Task.Run(() => RunAsync(caller));
    }

    /// <summary>Looks, and returns when all was looked through.</summary>
    public async Task<SweepState> RunAsync(Caller caller, CancellationToken cancel = default)
    {
        caller.Require(Permission.MergeContacts);
        var state = new SweepState(0, 0, 0);
        try
        {
            await using (var db = dbs.Open(caller.AccountId)) state = state with { Total = await db.Contacts.Listed().CountAsync(cancel) };
            for (long? last = 0; last is { } from;)
            {
                (last, var looked) = await gate.RunAsync(caller.AccountId, db => KeepKeysAsync(db, from), cancel);
                _states[caller.AccountId] = state = state with { Looked = state.Looked + looked };
            }
            foreach (var kind in Enum.GetValues<MatchKind>())
                for (long? last = long.MinValue; last is { } from;)
                {
                    (last, var found) = await RaiseAsync(caller.AccountId, kind, from, cancel);
                    _states[caller.AccountId] = state = state with { Found = state.Found + found };
                }
            return _states[caller.AccountId] = state with { IsDone = true };
        }
        catch (Exception error)
        {
            _states[caller.AccountId] = state with { IsDone = true, HasFailed = true };
            log.LogError(error, "Looking for duplicates in account {Account} stopped after {Count} contacts", caller.AccountId, state.Looked);
            throw;
        }
    }

    // The values are read inside the write, and held: nobody changes them before their keys are written.
    private static async Task<(long? Last, int Count)> KeepKeysAsync(ContactsDb db, long from)
    {
        var blocked = await Identities.BlockedAsync(db);
        var ids = await db.Contacts.Where(c => c.Id > from && c.DeletedAt == null).OrderBy(c => c.Id).Take(Chunk).Select(c => c.Id).ToListAsync();
        if (ids.Count == 0) return (null, 0);
        var last = ids[^1];
        var these = db.Contacts.Where(c => ids.Contains(c.Id) && c.DeletedAt == null);
        await db.HoldContactsAsync(these);
        var contacts = await these.OrderBy(c => c.Id).Select(c => new { c.Id, c.FirstName, c.LastName, c.Company, c.Email, c.MobilePhone, c.Phone }).ToListAsync();
        var known = (await db.Identities.Where(i => i.ContactId > from && i.ContactId <= last).Select(i => new { i.ContactId, i.Kind, i.Value }).ToListAsync())
            .ToLookup(i => i.ContactId, i => (i.Kind, i.Value));
        var there = await ManyLookalikes.KeysAsync(db, ids);
        await ManyLookalikes.WriteAsync(db, contacts.Select(c => new ChangedKeys(c.Id, [.. there[c.Id]], MatchValues.Of(c.FirstName, c.LastName, c.Company, c.Email, c.MobilePhone, c.Phone, known[c.Id]).Keys(blocked))));
        return (last, contacts.Count);
    }

    private async Task<(long? Last, int Found)> RaiseAsync(long account, MatchKind kind, long from, CancellationToken cancel)
    {
        await using var db = dbs.Open(account);
        // The index gives the keys in order, so that the database counts as it reads and keeps nothing.
        var groups = await db.MatchKeys.Where(k => k.Kind == kind && k.Hash > from).GroupBy(k => k.Hash).Where(g => g.Count() > 1)
            .OrderBy(g => g.Key).Select(g => new { Hash = g.Key, Count = g.Count() }).Take(Groups).ToListAsync(cancel);
        if (groups.Count == 0) return (null, 0);
        var few = groups.Where(g => g.Count <= Lookalikes.Crowd).Select(g => g.Hash).ToList();
        var holders = (await db.MatchKeys.Where(k => k.Kind == kind && few.Contains(k.Hash) && k.Contact!.DeletedAt == null)
            .Select(k => new { k.Hash, Id = k.Contact!.MergedIntoId ?? k.ContactId }).ToListAsync(cancel)).ToLookup(k => k.Hash, k => k.Id);
        var pairs = few.SelectMany(hash => Pairs([.. holders[hash].Distinct().Order()])).ToList();
        var crowds = groups.Where(g => g.Count > Lookalikes.Crowd).Select(g => g.Hash).ToList();
        var found = await gate.RunAsync(account, inside => RaiseAsync(inside, kind, pairs, crowds), cancel);
        return (groups.Count < Groups ? null : groups[^1].Hash, found);
    }

    private static IEnumerable<(long, long)> Pairs(List<long> ids)
    {
        for (var i = 0; i < ids.Count; i++)
            for (var j = i + 1; j < ids.Count; j++)
                yield return (ids[i], ids[j]);
    }

    internal async Task<int> RaiseAsync(ContactsDb db, MatchKind kind, List<(long Lower, long Higher)> pairs, List<long> crowds)
    {
        var (now, reason, found) = (clock.GetUtcNow().UtcDateTime, Lookalikes.Reason(kind), 0);
        var ids = pairs.SelectMany(p => new[] { p.Lower, p.Higher }).Distinct().ToList();
        // The pairs were read before this write: one of the two may have been erased, deleted or merged since.
        var there = (await db.Contacts.Listed().Where(c => ids.Contains(c.Id)).Select(c => c.Id).ToListAsync()).ToHashSet();
        var known = new Dictionary<(long, long), PossibleDuplicate>();
        foreach (var pair in await db.PossibleDuplicates.Where(d => ids.Contains(d.ContactId) && ids.Contains(d.OtherId)).ToListAsync())
            known.TryAdd((Math.Min(pair.ContactId, pair.OtherId), Math.Max(pair.ContactId, pair.OtherId)), pair);
        foreach (var pair in pairs.Distinct().Where(p => there.Contains(p.Lower) && there.Contains(p.Higher)))
        {
            if (known.TryGetValue(pair, out var raised))
            {
                raised.Add(reason);
                continue;
            }
            db.PossibleDuplicates.Add(new PossibleDuplicate(db.AccountId, pair.Lower, pair.Higher, reason, now));
            found++;
        }
        var told = await db.SharedKeys.Where(k => k.Kind == kind && crowds.Contains(k.Hash)).Select(k => k.Hash).ToListAsync();
        db.SharedKeys.AddRange(crowds.Except(told).Select(hash => new SharedKey(db.AccountId, kind, hash, now)));
        return found;
    }
}
