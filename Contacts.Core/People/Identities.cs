using Contacts.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace Contacts.Core.People;

/// <summary>Finds contacts by what identifies them, and keeps those rows equal to the contacts' values. Runs inside a write.</summary>
internal static class Identities
{
    private static readonly CompiledQuery<IdentityKind, string, Identity?> ByKey =
        new((db, kind, key) => db.Identities.Include(i => i.Contact).SingleOrDefault(i => i.Kind == kind && i.Key == key));

    /// <summary>The identifying key of a mobile phone: itself in E.164; national numbers identify nobody.</summary>
    public static string? PhoneKey(string? mobilePhone) => mobilePhone?.StartsWith('+') == true ? PhoneNumber.ToE164(mobilePhone, null) : null;

    public static async Task<Contact?> FindAsync(ContactsDb db, IdentityKind kind, string? key) =>
        key is null ? null : (await ByKey.RunAsync(db, kind, key))?.Contact;

    private static readonly CompiledQuery<int, int, BlockList?> Blocked = new((db, _, _) => db.BlockLists.AsNoTracking().SingleOrDefault());

    /// <summary>What identifies nobody in this account.</summary>
    public static async Task<BlockList> BlockedAsync(ContactsDb db) => await Blocked.RunAsync(db, 0, 0) ?? new BlockList(db.AccountId);

    /// <summary>Makes the contact's identity of this kind the one its value gives; what is blocked gives none.</summary>
    /// <returns>The other contact that has it already, in which case nothing changed; otherwise null.</returns>
    public static async Task<Contact?> ClaimAsync(ContactsDb db, Contact contact, IdentityKind kind, BlockList blocked)
    {
        var key = kind == IdentityKind.Email ? EmailAddress.Key(contact.Email) : PhoneKey(contact.MobilePhone);
        if (blocked.PatternOf(key) is not null) key = null;
        // Matching has mostly read it already.
        var own = contact.Id == 0 ? null : db.Identities.Local.FirstOrDefault(i => i.ContactId == contact.Id && i.Kind == kind)
            ?? await db.Identities.SingleOrDefaultAsync(i => i.ContactId == contact.Id && i.Kind == kind);
        if (own?.Key == key) return null;
        var other = await FindAsync(db, kind, key);
        if (other is not null && other != contact) return other;
        if (own is not null) db.Identities.Remove(own);
        if (key is not null) db.Identities.Add(new Identity(contact, kind, key, (kind == IdentityKind.Email ? contact.Email : contact.MobilePhone)!));
        return null;
    }
}
