using Contacts.Core.Accounts;
using Contacts.Core.Activity;
using Contacts.Core.Data;
using Contacts.Core.Fields;
using Microsoft.EntityFrameworkCore;

namespace Contacts.Core.People;

/// <summary>An email or phone that a contact is known by.</summary>
/// <param name="Key">What names it when it is made the primary one, or removed.</param>
public sealed record KnownAddress(IdentityKind Kind, string Key, string Value, bool IsPrimary)
{
    /// <summary>The field whose value the primary one of its kind is.</summary>
    public string Field => Identities.FieldOf(Kind).Name;

    /// <summary>What it came by, where it stands beside the primary one, whose field has an origin of its own; null when nothing tells.</summary>
    public PastValue? Origin { get; init; }
}

/// <summary>The several emails and phones of contacts. One of each kind is the primary, which is the field's value and where mails go.</summary>
public sealed class AddressBook(AccountDbs dbs, WriteGate gate, TimeProvider clock)
{
    /// <summary>The most of one kind.</summary>
    public const int Max = 10;

    /// <summary>What entries call those beside the primary one.</summary>
    public const string OtherEmails = "other_emails", OtherPhones = "other_phones";

    /// <summary>All that the contact and those merged into it are known by, the primary ones first.</summary>
    public async Task<IReadOnlyList<KnownAddress>> ListAsync(Caller caller, long contactId, CancellationToken cancel = default)
    {
        caller.Require(Permission.ViewContacts);
        await using var db = dbs.Open(caller.AccountId);
        if (await db.Contacts.SingleOrDefaultAsync(c => c.Id == contactId, cancel) is not { } contact) return [];
        var family = await db.FamilyAsync(contactId, cancel);
        var identities = await db.Identities.Where(i => family.Contains(i.ContactId)).ToListAsync(cancel);
        var known = identities.ConvertAll(i => new KnownAddress(i.Kind, i.Key, i.Value, Identities.IsPrimary(contact, i)));
        return [.. (await AddressOrigins.TellAsync(db, family, known, cancel)).OrderBy(a => a.Kind).ThenByDescending(a => a.IsPrimary).ThenBy(a => a.Key, StringComparer.Ordinal)];
    }

    /// <summary>Adds an email or phone: the primary one where there is none, else beside it.</summary>
    /// <exception cref="RuleException">At <c>email</c> or <c>mobile_phone</c>: it is none, there are too many, or it is another contact's (<see cref="RuleException.About"/>).</exception>
    public Task<Contact> AddAsync(Caller caller, long contactId, IdentityKind kind, string text, Source source, CancellationToken cancel = default) =>
        ChangeAsync(caller, contactId, source, async (db, contact, entry) =>
        {
            var field = Identities.FieldOf(kind);
            var edit = new ContactEdit().Set(field.Name, text);
            var values = await edit.ParseAsync(db, FieldSet.SystemOnly);
            (await Identities.BlockedAsync(db)).Refuse(values, contact);
            var value = values[0].Value;
            if (Identities.KeyOf(kind, value) is not { } key)
                throw new RuleException(kind == IdentityKind.Email ? EmailAddress.Problem : "Enter the number with its country, like +44 20 7946 0958.", field.Name);
            var known = await Identities.OfFamilyAsync(db, contact);
            if (known.Exists(i => i.Kind == kind && i.Key == key)) return;
            if (await Identities.FindAsync(db, kind, key) is { } other) throw Identities.Taken(other, kind);
            if (known.Count(i => i.Kind == kind) >= Max) throw new RuleException($"A contact has at most {Max} {(kind == IdentityKind.Email ? "email addresses" : "phones")}.", field.Name);
            db.Identities.Add(new Identity(contact, kind, key, value!));
            if (contact.ValueOf(field) is null) contact.Write(field, value, entry);
            else entry.Changes.Add(new FieldChange(OthersOf(kind), null, value));
        }, cancel);

    /// <summary>Makes one of the contact's emails or phones the primary; the one before stays beside it.</summary>
    public Task<Contact> MakePrimaryAsync(Caller caller, long contactId, IdentityKind kind, string key, Source source, CancellationToken cancel = default) =>
        ChangeAsync(caller, contactId, source, async (db, contact, entry) =>
        {
            var (field, identity) = (Identities.FieldOf(kind), await OneOfAsync(db, contact, kind, key));
            if (Identities.IsPrimary(contact, identity)) return;
            var before = contact.ValueOf(field);
            // A primary that identified nobody has no place among the others.
            var stays = (await Identities.OfFamilyAsync(db, contact)).Exists(i => Identities.IsPrimary(contact, i) && i.Kind == kind);
            contact.Write(field, identity.Value, entry);
            entry.Changes.Add(new FieldChange(OthersOf(kind), identity.Value, stays ? before : null));
        }, cancel);

    /// <summary>The contact is no longer known by it. Without its primary one it has none until somebody chooses another.</summary>
    public Task<Contact> RemoveAsync(Caller caller, long contactId, IdentityKind kind, string key, Source source, CancellationToken cancel = default) =>
        ChangeAsync(caller, contactId, source, async (db, contact, entry) =>
        {
            var identity = await OneOfAsync(db, contact, kind, key);
            if (Identities.IsPrimary(contact, identity)) contact.Write(Identities.FieldOf(kind), null, entry);
            else entry.Changes.Add(new FieldChange(OthersOf(kind), identity.Value, null));
            db.Identities.Remove(identity);
        }, cancel);

    private Task<Contact> ChangeAsync(Caller caller, long contactId, Source source, Func<ContactsDb, Contact, ActivityEntry, Task> change, CancellationToken cancel)
    {
        caller.Require(Permission.EditContacts);
        return gate.RunAsync(caller.AccountId, async db =>
        {
            var contact = await ContactBook.LoadAsync(db, contactId);
            var now = clock.GetUtcNow().UtcDateTime;
            var entry = new ActivityEntry(caller.AccountId, ActivityKind.Edited, "", source, caller, now, now);
            await change(db, contact, entry);
            if (entry.Changes.Count == 0) return contact;
            contact.Append(entry);
            await Identities.LetSearchFindAsync(db, contact);
            await db.SaveChangesAsync();
            await Lookalikes.KeepAsync(db, contact, await Identities.BlockedAsync(db), now);
            return contact;
        }, cancel);
    }

    private static async Task<Identity> OneOfAsync(ContactsDb db, Contact contact, IdentityKind kind, string key) =>
        (await Identities.OfFamilyAsync(db, contact)).Find(i => i.Kind == kind && i.Key == key)
        ?? throw new RuleException($"{contact.DisplayName} is not known by {key}.", Identities.FieldOf(kind).Name, Refusal.NotFound);

    /// <summary>What entries call those of a kind beside the primary one.</summary>
    public static string OthersOf(IdentityKind kind) => kind == IdentityKind.Email ? OtherEmails : OtherPhones;
}
