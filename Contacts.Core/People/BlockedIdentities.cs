using Contacts.Core.Accounts;
using Contacts.Core.Data;
using Contacts.Core.Fields;
using Microsoft.EntityFrameworkCore;

namespace Contacts.Core.People;

/// <summary>The emails and phones that identify nobody, for the admins who keep that list.</summary>
public sealed class BlockedIdentities(AccountDbs dbs, WriteGate gate)
{
    private const int Chunk = 1000;

    /// <summary>The patterns, in the order they were added.</summary>
    public async Task<IReadOnlyList<string>> ListAsync(Caller caller, CancellationToken cancel = default)
    {
        caller.Require(Permission.ManageSources);
        await using var db = dbs.Open(caller.AccountId);
        return (await Identities.BlockedAsync(db)).Patterns;
    }

    /// <summary>
    /// From now on what falls under the pattern identifies nobody; contacts that were known by it keep it as a value.
    /// </summary>
    /// <returns>How many contacts are no longer known by it.</returns>
    public async Task<int> AddAsync(Caller caller, string? pattern, CancellationToken cancel = default)
    {
        caller.Require(Permission.ManageSources);
        var added = await gate.RunAsync(caller.AccountId, async db => (await LoadAsync(db)).Add(pattern, (await FieldCatalog.PlaceAsync(db)).Country), cancel);
        var taken = 0;
        for (var from = ((IdentityKind?)IdentityKind.Email, ""); from.Item1 is { } kind;)
            (from, taken) = await TakeAsync(caller.AccountId, added, kind, from.Item2, taken, cancel);
        return taken;
    }

    /// <summary>What falls under the pattern, and under no other, identifies again; one that several contacts have, the first of them.</summary>
    /// <returns>How many contacts are known by it again.</returns>
    public async Task<int> RemoveAsync(Caller caller, string pattern, CancellationToken cancel = default)
    {
        caller.Require(Permission.ManageSources);
        var removed = await gate.RunAsync(caller.AccountId, async db => (await LoadAsync(db)).Remove(pattern), cancel);
        var given = 0;
        for (long? last = removed ? 0 : null; last is { } from;)
        {
            (last, var back) = await GiveBackAsync(caller.AccountId, pattern, from, cancel);
            given += back;
        }
        return given;
    }

    // Read by key outside the gate; only what falls under the pattern takes a turn.
    private async Task<((IdentityKind?, string), int)> TakeAsync(long account, string pattern, IdentityKind kind, string from, int taken, CancellationToken cancel)
    {
        await using var db = dbs.Open(account);
        var keys = await db.Identities.Where(i => i.Kind == kind && string.Compare(i.Key, from) > 0).OrderBy(i => i.Key).Take(Chunk).Select(i => i.Key).ToListAsync(cancel);
        var matching = keys.Where(key => BlockList.Matches(pattern, key)).ToList();
        if (matching.Count > 0)
            taken += await gate.RunAsync(account, async inside =>
            {
                var rows = await inside.Identities.Include(i => i.Contact).Where(i => i.Kind == kind && matching.Contains(i.Key)).ToListAsync();
                // A further email has no other place to stand: it stays, and matching passes it over.
                var primaries = rows.FindAll(i => Identities.IsPrimary(i.Contact!, i));
                inside.Identities.RemoveRange(primaries);
                var blocked = await Identities.BlockedAsync(inside);
                foreach (var contact in rows.Select(i => i.Contact!).Distinct()) await Lookalikes.KeepAsync(inside, contact, blocked, contact.UpdatedAt);
                return primaries.Count;
            }, cancel);
        if (keys.Count == Chunk) return ((kind, keys[^1]), taken);
        return kind == IdentityKind.Email ? ((IdentityKind.Phone, ""), taken) : ((null, ""), taken);
    }

    private async Task<(long? Last, int Given)> GiveBackAsync(long account, string pattern, long from, CancellationToken cancel)
    {
        await using var db = dbs.Open(account);
        var contacts = await db.Contacts.Where(c => c.Id > from && c.DeletedAt == null).OrderBy(c => c.Id).Take(Chunk).Select(c => new { c.Id, c.Email, c.MobilePhone }).ToListAsync(cancel);
        bool Falls(string? key) => key is not null && BlockList.Matches(pattern, key);
        var ids = contacts.Where(c => Falls(EmailAddress.Key(c.Email)) || Falls(Identities.PhoneKey(c.MobilePhone))).Select(c => c.Id).ToList();
        var given = ids.Count == 0 ? 0 : await gate.RunAsync(account, inside => GiveBackAsync(inside, ids), cancel);
        return (contacts.Count < Chunk ? null : contacts[^1].Id, given);
    }

    private static async Task<int> GiveBackAsync(ContactsDb db, List<long> ids)
    {
        var (blocked, given) = (await Identities.BlockedAsync(db), 0);
        foreach (var contact in await db.Contacts.Where(c => ids.Contains(c.Id) && c.DeletedAt == null).OrderBy(c => c.Id).ToListAsync())
        {
            var before = await db.Identities.CountAsync(i => i.ContactId == contact.Id);
            await Identities.ClaimAsync(db, contact, IdentityKind.Email, contact.Email, blocked);
            await Identities.ClaimAsync(db, contact, IdentityKind.Phone, contact.MobilePhone, blocked);
            await db.SaveChangesAsync(); // the next may have the same one
            if (await db.Identities.CountAsync(i => i.ContactId == contact.Id) > before) given++;
            await Lookalikes.KeepAsync(db, contact, blocked, contact.UpdatedAt);
        }
        return given;
    }

    private static async Task<BlockList> LoadAsync(ContactsDb db)
    {
        if (await db.BlockLists.SingleOrDefaultAsync() is { } there) return there;
        return db.BlockLists.Add(new BlockList(db.AccountId)).Entity;
    }
}
