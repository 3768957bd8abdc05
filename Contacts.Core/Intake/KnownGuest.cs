using Contacts.Core.Data;
using Contacts.Core.Fields;
using Contacts.Core.People;
using Contacts.Core.Tracking;
using Microsoft.EntityFrameworkCore;

namespace Contacts.Core.Intake;

/// <summary>
/// What forms, chats and booking pages know of a guest, and need not ask. By the consenting browser only: to ask less of whoever types an address
/// would tell that the address is known. And of the contact only where it was proven whose browser it is; otherwise what was said in it, by
/// whoever it was. So an address that is typed changes nothing of what is asked later.
/// </summary>
internal static class KnownGuest
{
    /// <summary>As a guest would answer, by field name.</summary>
    /// <param name="email">Who the guest says to be, where that was said already: somebody else at the same browser is asked everything.</param>
    public static async Task<Dictionary<string, string>> ValuesAsync(ContactsDb db, IReadOnlyCollection<FieldDefinition> fields, string visitorKey, string? email, CancellationToken cancel)
    {
        if (await db.Visitors.SingleOrDefaultAsync(v => v.Key == visitorKey && v.RevokedAt == null, cancel) is not { } visitor) return [];
        if (visitor is { ProvenAt: not null, ContactId: { } contactId }) return await OfContactAsync(db, fields, contactId, email, cancel);
        if (visitor.Told is not { } told || (email is not null && told.Email != EmailAddress.Key(email))) return [];
        return fields.Where(f => told.Values.ContainsKey(f.Name)).ToDictionary(f => f.Name, f => told.Values[f.Name]);
    }

    private static async Task<Dictionary<string, string>> OfContactAsync(ContactsDb db, IEnumerable<FieldDefinition> fields, long contactId, string? email, CancellationToken cancel)
    {
        var contact = await db.Contacts.SingleOrDefaultAsync(c => c.Id == contactId && c.DeletedAt == null, cancel);
        if (contact?.MergedIntoId is { } survivor) contact = await db.Contacts.SingleAsync(c => c.Id == survivor, cancel);
        var values = new Dictionary<string, string>();
        if (contact is null || (email is not null && !await IsOfAsync(db, contact.Id, email, cancel))) return values;
        foreach (var field in fields)
            if (contact.ValueOf(field) is { } value) values[field.Name] = field.Type.Format(value, field);
        return values;
    }

    private static async Task<bool> IsOfAsync(ContactsDb db, long contactId, string email, CancellationToken cancel)
    {
        var (key, family) = (EmailAddress.Key(email), await db.FamilyAsync(contactId, cancel));
        return await db.Identities.AnyAsync(i => i.Kind == IdentityKind.Email && i.Key == key && family.Contains(i.ContactId), cancel);
    }
}
