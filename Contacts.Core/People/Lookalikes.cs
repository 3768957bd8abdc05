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
    public static bool Concerns(ActivityEntry entry) => entry.Changes.Exists(c => c.Field is SystemFields.FirstName or SystemFields.LastName
        or SystemFields.Company or SystemFields.Email or SystemFields.MobilePhone or SystemFields.Phone);

    /// <summary>After the contact's values were written. What did not change costs nothing but the look at it.</summary>
    public static async Task KeepAsync(ContactsDb db, Contact contact, BlockList blocked, DateTime now)
    {
        var known = db.Identities.Local.Where(i => i.Contact == contact).ToList();
        if (contact.Id != 0) known = await db.Identities.Where(i => i.ContactId == contact.Id).ToListAsync();
        var there = contact.Id == 0 ? [] : await db.MatchKeys.Where(k => k.ContactId == contact.Id).ToListAsync();
        var wanted = MatchValues.Of(contact, known).Keys(blocked);

        var gone = there.Where(k => !wanted.Contains((k.Kind, k.Hash))).ToList();
        db.MatchKeys.RemoveRange(gone);
        if (gone.Count > 0) await ForgetAsync(db, contact, wanted);
        foreach (var (kind, hash) in wanted.Except(there.Select(k => (k.Kind, k.Hash))))
        {
            db.MatchKeys.Add(new MatchKey(contact, kind, hash));
            await RaiseAsync(db, contact, kind, hash, now);
        }
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

    private static async Task RaiseAsync(ContactsDb db, Contact contact, MatchKind kind, long hash, DateTime now)
    {
        var holders = new List<Holder>();
        await foreach (var holder in HoldersOf(db, kind, hash)) holders.Add(holder);
        if (holders.Count >= Crowd)
        {
            await RaiseCrowdAsync(db, kind, hash, [.. holders.Select(h => h.ContactId)], now);
            return;
        }
        var self = contact.MergedIntoId ?? contact.Id;
        foreach (var other in holders.Select(h => h.Id).Distinct().Where(id => id != self))
            await RaiseAsync(db, contact, other, Reason(kind), now);
    }

    private static async Task RaiseCrowdAsync(ContactsDb db, MatchKind kind, long hash, List<long> holders, DateTime now)
    {
        if (await db.SharedKeys.AnyAsync(k => k.Kind == kind && k.Hash == hash)) return;
        db.SharedKeys.Add(new SharedKey(db.AccountId, kind, hash, now));
        // The pairs among the first of them are the same story, told too often.
        var reason = Reason(kind);
        await db.PossibleDuplicates.Where(d => d.DismissedAt == null && d.Reason == reason && holders.Contains(d.ContactId) && holders.Contains(d.OtherId)).ExecuteDeleteAsync();
    }

    // A pair lives as long as the two have a key in common; one that was raised for another reason stays.
    private static async Task ForgetAsync(ContactsDb db, Contact contact, HashSet<(MatchKind Kind, long Hash)> wanted)
    {
        var reasons = Enum.GetValues<MatchKind>().Select(Reason).ToList();
        var hashes = wanted.Select(k => k.Hash).ToList();
        var pairs = await db.PossibleDuplicates.Where(d => (d.ContactId == contact.Id || d.OtherId == contact.Id) && d.DismissedAt == null && reasons.Contains(d.Reason)).ToListAsync();
        if (pairs.Count == 0) return;
        var others = pairs.ConvertAll(d => d.NotThis(contact.Id));
        var sharing = await db.MatchKeys.Where(k => others.Contains(k.ContactId) && hashes.Contains(k.Hash)).Select(k => k.ContactId).ToListAsync();
        db.PossibleDuplicates.RemoveRange(pairs.Where(d => !sharing.Contains(d.NotThis(contact.Id))));
    }

    private static IAsyncEnumerable<Holder> HoldersOf(ContactsDb db, MatchKind kind, long hash) => Holders.GetOrAdd(db.GetType(), _ => EF.CompileAsyncQuery(
        (ContactsDb context, MatchKind k, long h) => context.MatchKeys.Where(key => key.Kind == k && key.Hash == h)
            .OrderBy(key => key.ContactId).Take(Crowd + 1).Select(key => new Holder(key.ContactId, key.Contact!.MergedIntoId))))(db, kind, hash);
}
