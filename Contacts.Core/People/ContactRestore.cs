using Contacts.Core.Accounts;
using Contacts.Core.Activity;
using Contacts.Core.Data;
using Contacts.Core.Fields;
using Contacts.Core.People.Lists;
using Microsoft.EntityFrameworkCore;

namespace Contacts.Core.People;

/// <summary>What came of a restore: the contact, and what of it belongs to others by now.</summary>
public sealed record Restored(Contact Contact, IReadOnlyList<string> Lost);

/// <summary>
/// Takes contacts out of the bin, each with those merged into it and with what they are known by, as far as nobody else has it by now.
/// Runs inside a write.
/// </summary>
internal sealed class ContactRestore(ContactsDb db, Caller caller, DateTime now, BlockList blocked)
{
    public static async Task<ContactRestore> OfAsync(ContactsDb db, Caller caller, DateTime now) => new(db, caller, now, await Identities.BlockedAsync(db));

    /// <summary>Many of them: those whom nobody stands in the way of with as few questions as one of them, the others one after the other.</summary>
    /// <param name="contacts">In the order of their numbers, none of them tracked.</param>
    /// <param name="mostByOne">How many may go one after the other.</param>
    /// <returns>How many of them, from the first on, are back.</returns>
    public async Task<int> ManyAsync(IReadOnlyList<Contact> contacts, int mostByOne)
    {
        var free = await ReturningContact.FreeAsync(db, contacts, blocked);
        var done = contacts.TakeWhile(c => free.ContainsKey(c.Id) || mostByOne-- > 0).ToList();
        await TogetherAsync([.. done.Where(c => free.ContainsKey(c.Id)).Select(c => free[c.Id])]);
        foreach (var other in done.Where(c => !free.ContainsKey(c.Id))) await OneAsync(await db.Contacts.SingleAsync(c => c.Id == other.Id));
        return done.Count;
    }

    private async Task TogetherAsync(IReadOnlyCollection<ReturningContact> free)
    {
        if (free.Count == 0) return;
        var ids = free.Select(f => f.Contact.Id).ToList();
        await ContactRewrite.ValuesAsync(db, ids, contact =>
        {
            contact.Restore();
            contact.Append(NewEntry());
            return true;
        }, await IndexedFields.LoadAsync(db));
        await BulkInsert.InsertAsync(db, free.SelectMany(f => f.Known, (f, i) => new Identity(f.Contact, i.Kind, i.Key, i.Value)));
        await BulkInsert.InsertAsync(db, free.SelectMany(f => f.MatchKeys, (f, k) => new MatchKey(f.Contact, k.Kind, k.Hash)));
        await BulkInsert.InsertAsync(db, free.SelectMany(f => f.Unique, (f, u) => new UniqueValue(f.Contact, u.FieldId, u.Key)));
        await db.BinnedIdentities.Where(i => ids.Contains(i.ContactId)).ExecuteDeleteAsync();
    }

    /// <summary>What another contact has by now stays there: the value is cleared in the entry that tells of it, and the two are raised as possible duplicates.</summary>
    public async Task<Restored> OneAsync(Contact contact)
    {
        var family = await ContactBin.FamilyAsync(db, contact);
        foreach (var member in family) member.Restore();
        var lost = await GiveBackAsync(family);

        // Those merged into it have no entry of the restore, unless it took a value from them.
        foreach (var member in family.Where(m => m == contact || lost.Exists(l => l.Of == m)))
        {
            var entry = NewEntry();
            entry.Text = TextOf(lost.FindAll(l => member == contact || l.Of == member));
            foreach (var kind in Enum.GetValues<IdentityKind>())
            {
                var field = Identities.FieldOf(kind);
                if (lost.Exists(l => l.Kind == kind && Identities.KeyOf(kind, l.Value) == Identities.KeyOf(kind, member.ValueOf(field)))) member.Write(field, null, entry);
            }
            if (member == contact) await UniqueValues.ReclaimAsync(db, contact, entry);
            member.Append(entry);
        }
        await db.SaveChangesAsync();
        await Identities.LetSearchFindAsync(db, contact);
        foreach (var member in family) await Lookalikes.KeepAsync(db, member, blocked, now);
        foreach (var other in lost.Select(l => l.To).Distinct()) await Lookalikes.RaiseAsync(db, contact, other.Id, "Had the same email or phone before it was deleted", now);
        // The next one may be known by the same, or look alike.
        await db.SaveChangesAsync();
        return new Restored(contact, lost.ConvertAll(l => l.Value));
    }

    /// <returns>What belongs to a contact outside the family by now.</returns>
    private async Task<List<(Contact Of, IdentityKind Kind, string Value, Contact To)>> GiveBackAsync(List<Contact> family)
    {
        var lost = new List<(Contact Of, IdentityKind Kind, string Value, Contact To)>();
        var ids = family.ConvertAll(c => c.Id);
        var known = await db.BinnedIdentities.Where(i => ids.Contains(i.ContactId)).ToListAsync();
        foreach (var (member, identity) in known.Select(i => (family.Single(c => c.Id == i.ContactId), i)))
        {
            if (await Identities.FindAsync(db, identity.Kind, identity.Key) is { } other) lost.Add((member, identity.Kind, identity.Value, other));
            // A further address has no other place to stand, blocked or not.
            else if (blocked.PatternOf(identity.Key) is null || !Identities.IsPrimary(member, identity.Kind, identity.Key)) db.Identities.Add(new Identity(member, identity.Kind, identity.Key, identity.Value));
        }
        db.BinnedIdentities.RemoveRange(known);
        await db.SaveChangesAsync();

        // What was not kept for it, because it was blocked then, or deleted when nothing was kept. A phone may be a value that never was its own.
        foreach (var (member, kind) in family.SelectMany(m => Enum.GetValues<IdentityKind>(), (m, kind) => (m, kind)))
        {
            var value = member.ValueOf(Identities.FieldOf(kind));
            if (await Identities.ClaimAsync(db, member, kind, value, blocked) is { } other && kind == IdentityKind.Email && !family.Contains(other)
                && !lost.Exists(l => l.Kind == kind && EmailAddress.Key(l.Value) == EmailAddress.Key(value))) lost.Add((member, kind, value!, other));
            await db.SaveChangesAsync(); // the next may have the same one
        }
        return lost;
    }

    private ActivityEntry NewEntry() => new(caller.AccountId, ActivityKind.Restored, "", Source.Of(caller), caller, now, now);

    private static string? TextOf(List<(Contact, IdentityKind, string Value, Contact)> lost) => lost.Count == 0 ? null
        : $"{string.Join(" and ", lost.Select(l => l.Value))} {(lost.Count == 1 ? "belongs" : "belong")} to another contact by now and {(lost.Count == 1 ? "is" : "are")} not given back.";
}
