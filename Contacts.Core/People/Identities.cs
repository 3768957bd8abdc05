using Contacts.Core.Data;
using Contacts.Core.Fields;
using Microsoft.EntityFrameworkCore;

namespace Contacts.Core.People;

/// <summary>Finds contacts by what identifies them, and keeps those rows equal to the contacts' values. Runs inside a write.</summary>
internal static class Identities
{
    private static readonly CompiledQuery<IdentityKind, string, Identity?> ByKey =
        new((db, kind, key) => db.Identities.Include(i => i.Contact).SingleOrDefault(i => i.Kind == kind && i.Key == key));

    /// <summary>The identifying key of a mobile phone: itself in E.164; national numbers identify nobody.</summary>
    public static string? PhoneKey(string? mobilePhone) => mobilePhone?.StartsWith('+') == true ? PhoneNumber.ToE164(mobilePhone, null) : null;

    public static string? KeyOf(IdentityKind kind, string? text) => kind == IdentityKind.Email ? EmailAddress.Key(text) : PhoneKey(text);

    /// <summary>The field that holds the primary one of a kind.</summary>
    public static FieldDefinition FieldOf(IdentityKind kind) => SystemFields.Find(kind == IdentityKind.Email ? SystemFields.Email : SystemFields.MobilePhone)!;

    /// <summary>The contact known by this; of one that was merged, the contact that speaks for it.</summary>
    public static async Task<Contact?> FindAsync(ContactsDb db, IdentityKind kind, string? key) =>
        key is null || await ByKey.RunAsync(db, kind, key) is not { } identity ? null : await HolderAsync(db, identity);

    private static readonly CompiledQuery<long, bool, BlockList?> Blocked = new((db, account, _) => db.BlockLists.AsNoTracking().SingleOrDefault(b => b.AccountId == account));

    /// <summary>What identifies nobody in this account.</summary>
    public static async Task<BlockList> BlockedAsync(ContactsDb db) => await Blocked.RunAsync(db, db.AccountId, true) ?? new BlockList(db.AccountId);

    /// <summary>Lets the primary email or mobile phone, now that it was written, identify the contact in place of the one before; others stay. What is blocked identifies nobody.</summary>
    /// <param name="before">What the primary one was.</param>
    /// <returns>The other contact that has it already, in which case nothing changed; otherwise null.</returns>
    public static async Task<Contact?> ClaimAsync(ContactsDb db, Contact contact, IdentityKind kind, string? before, BlockList blocked)
    {
        var value = contact.ValueOf(FieldOf(kind));
        var (key, old) = (KeyOf(kind, value), KeyOf(kind, before));
        if (blocked.PatternOf(key) is not null) key = null;
        // Matching has mostly read it already.
        var held = key is null ? null : contact.Id == 0 ? await ByKey.RunAsync(db, kind, key)
            : db.Identities.Local.FirstOrDefault(i => i.ContactId == contact.Id && i.Kind == kind && i.Key == key) ?? await ByKey.RunAsync(db, kind, key);
        if (held is not null && await HolderAsync(db, held) is var holder && holder != contact) return holder;

        if (old is not null && old != key && await ByKey.RunAsync(db, kind, old) is { } replaced && replaced.ContactId == contact.Id) db.Identities.Remove(replaced);
        if (held is not null) held.Spell(value!);
        else if (key is not null) db.Identities.Add(new Identity(contact, kind, key, value!));
        if (contact.AlsoKnownBy.Length > 0) await LetSearchFindAsync(db, contact);
        return null;
    }

    /// <summary>What the contact and those merged into it are known by, in a steady order, this write's changes included.</summary>
    public static async Task<List<Identity>> OfFamilyAsync(ContactsDb db, Contact contact)
    {
        var family = await db.FamilyAsync(contact.Id);
        // A merge of this very write is not in the database yet.
        foreach (var other in db.Contacts.Local)
            if (other.MergedIntoId == contact.Id) family.Add(other.Id);
            else if (other != contact) family.Remove(other.Id);
        await db.Identities.Where(i => family.Contains(i.ContactId)).LoadAsync();
        return [.. db.Identities.Local.Where(i => family.Contains(i.ContactId)).OrderBy(i => i.Kind).ThenBy(i => i.Key, StringComparer.Ordinal)];
    }

    /// <summary>Keeps what a search finds the contact by equal to its identities.</summary>
    public static async Task LetSearchFindAsync(ContactsDb db, Contact contact) =>
        contact.BeKnownBy((await OfFamilyAsync(db, contact)).Where(i => !IsPrimary(contact, i)).Select(i => i.Value).Distinct());

    public static bool IsPrimary(Contact contact, Identity identity) => IsPrimary(contact, identity.Kind, identity.Key);

    public static bool IsPrimary(Contact contact, IdentityKind kind, string key) => KeyOf(kind, contact.ValueOf(FieldOf(kind))) == key;

    public static RuleException Taken(Contact other, IdentityKind kind)
    {
        var id = PublicId.Format(PublicId.Contact, other.Id);
        var what = kind == IdentityKind.Email ? "email address" : "mobile phone";
        return new RuleException($"{other.DisplayName} ({id}) has this {what} already.", FieldOf(kind).Name, Refusal.Conflict) { About = id };
    }

    private static async Task<Contact> HolderAsync(ContactsDb db, Identity identity) =>
        identity.Contact!.MergedIntoId is { } survivor ? await db.Contacts.SingleAsync(c => c.Id == survivor) : identity.Contact;
}
