using Contacts.Core.Accounts;
using Contacts.Core.Activity;
using Contacts.Core.Data;
using Contacts.Core.Fields;
using Contacts.Core.People.Lists;
using Microsoft.EntityFrameworkCore;

namespace Contacts.Core.People;

/// <summary>All the contacts of an account, for those who edit them: users at the screen, the API, and later import and bulk.</summary>
public sealed class ContactBook(AccountDbs dbs, WriteGate gate, TimeProvider clock)
{
    private static readonly CompiledList<long, int, Contact> Together =
        new((db, id, _) => db.Contacts.AsNoTracking().Where(c => c.Id == id || c.MergedIntoId == id));

    private static readonly CompiledQuery<long, int, Contact?> ById = new((db, id, _) => db.Contacts.AsNoTracking().SingleOrDefault(c => c.Id == id));

    /// <summary>Counts stop here: beyond it a list says "more than".</summary>
    public const int CountCap = 10_000;

    public async Task<Page<ContactRow>> ListAsync(Caller caller, ContactQuery query, CancellationToken cancel = default)
    {
        caller.Require(Permission.ViewContacts);
        await using var db = dbs.Open(caller.AccountId);
        return await ContactFinder.PageAsync(db, query, ListLimits.Waiting, clock, cancel);
    }

    /// <summary>Whole contacts, for the API: found however long it takes.</summary>
    public async Task<Page<Contact>> ListWholeAsync(Caller caller, ContactQuery query, CancellationToken cancel = default)
    {
        caller.Require(Permission.ViewContacts);
        await using var db = dbs.Open(caller.AccountId);
        var page = await (await ListReader.OpenAsync(db, query, ListLimits.Whole, clock, cancel)).PageAsync(Sql.Nothing, row => row.GetInt64(1), cancel);
        var contacts = await db.Contacts.Where(c => page.Items.Contains(c.Id)).ToDictionaryAsync(c => c.Id, cancel);
        return new Page<Contact>([.. page.Items.Where(contacts.ContainsKey).Select(id => contacts[id])], page.Previous, page.Next);
    }

    /// <summary>How many match: exact up to <see cref="CountCap"/>, and as far as a twentieth of a second goes.</summary>
    public async Task<ContactCount> CountAsync(Caller caller, ContactQuery query, CancellationToken cancel = default)
    {
        caller.Require(Permission.ViewContacts);
        await using var db = dbs.Open(caller.AccountId);
        return await (await ListReader.OpenAsync(db, query, ListLimits.Waiting, clock, cancel)).CountAsync(CountCap, cancel);
    }

    /// <summary>The contact, deleted ones included; null when this account has none with the number.</summary>
    public async Task<Contact?> FindAsync(Caller caller, long id, CancellationToken cancel = default)
    {
        caller.Require(Permission.ViewContacts);
        await using var db = dbs.Open(caller.AccountId);
        return await ById.RunAsync(db, id, 0);
    }

    /// <summary>The same, or the contact that speaks for it since it was merged: old links lead there.</summary>
    public async Task<Contact?> FindSurvivorAsync(Caller caller, long id, CancellationToken cancel = default)
    {
        caller.Require(Permission.ViewContacts);
        await using var db = dbs.Open(caller.AccountId);
        return await FindSurvivorAsync(db, id);
    }

    /// <summary>Those of the contacts that are there, deleted ones included.</summary>
    public async Task<IReadOnlyList<Contact>> FindAllAsync(Caller caller, IReadOnlyCollection<long> ids, CancellationToken cancel = default)
    {
        caller.Require(Permission.ViewContacts);
        await using var db = dbs.Open(caller.AccountId);
        return await db.Contacts.Where(c => ids.Contains(c.Id)).ToListAsync(cancel);
    }

    /// <summary>The contact, or the one that speaks for it since it was merged, and behind it those merged into it; nobody when this account has none with the number.</summary>
    internal static async Task<List<Contact>> FindFamilyAsync(ContactsDb db, long id, CancellationToken cancel)
    {
        var found = await Together.RunAsync(db, id, 0, cancel);
        if (found.Find(c => c.Id == id)?.MergedIntoId is { } survivor) (id, found) = (survivor, await Together.RunAsync(db, survivor, 0, cancel));
        return [.. found.OrderBy(c => c.Id != id).ThenBy(c => c.Id)];
    }

    internal static async Task<Contact?> FindSurvivorAsync(ContactsDb db, long id)
    {
        var found = await ById.RunAsync(db, id, 0);
        return found?.MergedIntoId is { } survivor ? await ById.RunAsync(db, survivor, 0) : found;
    }

    /// <summary>The place of a contact in a list, deleted ones included, so that a delete does not break a walk; null when there is none.</summary>
    public async Task<Cursor?> CursorAtAsync(Caller caller, long id, ContactSort sort, CancellationToken cancel = default)
    {
        caller.Require(Permission.ViewContacts);
        await using var db = dbs.Open(caller.AccountId);
        if (await ById.RunAsync(db, id, 0) is not { } contact) return null;
        var fields = await ContactFinder.LoadAsync(db, new ContactQuery { Sort = sort }, cancel);
        return ListOrder.Of(sort, reversed: false, db, fields).CursorOf(contact);
    }

    /// <summary>The contacts that may be the same person as this one, and why.</summary>
    public async Task<IReadOnlyList<(Contact Other, string Reason)>> PossibleDuplicatesAsync(Caller caller, long id, CancellationToken cancel = default)
    {
        caller.Require(Permission.ViewContacts);
        await using var db = dbs.Open(caller.AccountId);
        var pairs = await PossibleDuplicates.Open(db).Where(d => d.ContactId == id || d.OtherId == id).OrderByDescending(d => d.RaisedAt)
            .Include(d => d.Contact).Include(d => d.Other).Take(10).ToListAsync(cancel);
        return [.. pairs.Select(d => (d.ContactId == id ? d.Other! : d.Contact!, d.Reason))];
    }

    /// <summary>Adds a contact by hand or through the API.</summary>
    /// <exception cref="RuleException">A value does not parse, nothing tells who it is, or the email or mobile phone is another contact's.</exception>
    /// <param name="also">Runs in the same write, once the contact has its number.</param>
    public Task<Contact> AddAsync(Caller caller, ContactEdit edit, Source source, Func<ContactsDb, Contact, Task>? also = null, CancellationToken cancel = default)
    {
        caller.Require(Permission.EditContacts);
        return gate.RunAsync(caller.AccountId, async db =>
        {
            var contact = await AddAsync(db, caller, edit, source);
            if (also is not null) await also(db, contact);
            return contact;
        }, cancel);
    }

    /// <summary>Changes the contact with this email, or makes it.</summary>
    /// <returns>The contact, and whether it was made.</returns>
    public Task<(Contact Contact, bool Made)> PutByEmailAsync(Caller caller, string email, ContactEdit edit, Source source, CancellationToken cancel = default)
    {
        caller.Require(Permission.EditContacts);
        if (EmailAddress.Key(email) is not { } key) throw new RuleException(EmailAddress.Problem, SystemFields.Email);
        return gate.RunAsync(caller.AccountId, async db =>
        {
            if (await Identities.FindAsync(db, IdentityKind.Email, key) is not { } contact)
                return (await AddAsync(db, caller, edit.Set(SystemFields.Email, email), source), true);
            // It is found by any of its emails; which one is the primary is for users to say.
            if (edit.Values.ContainsKey(SystemFields.Email) && contact.Email is { } primary && EmailAddress.Key(primary) != key) edit.Set(SystemFields.Email, primary);
            await EditAsync(db, caller, contact, edit, source);
            return (contact, false);
        }, cancel);
    }

    /// <summary>Changes values, status and owner. What is equal already leaves no entry.</summary>
    /// <param name="version">The version the change was made from; another one there now is a conflict. Null: whatever is there.</param>
    /// <exception cref="RuleException">As for adding; or not found; or somebody else changed the contact meanwhile.</exception>
    public Task<Contact> EditAsync(Caller caller, long id, ContactEdit edit, Source source, int? version = null, CancellationToken cancel = default)
    {
        caller.Require(Permission.EditContacts);
        return gate.RunAsync(caller.AccountId, async db =>
        {
            var contact = await LoadAsync(db, id);
            if (version is not null && version != contact.Version)
                throw new RuleException("Somebody else changed this contact meanwhile. Look at the new values, then change it again.", refusal: Refusal.Conflict);
            await EditAsync(db, caller, contact, edit, source);
            return contact;
        }, cancel);
    }

    /// <param name="seen">Where it stood for whoever moves it; elsewhere by now is a conflict that tells who was faster. Null: wherever it stands.</param>
    public Task<Contact> MoveToAsync(Caller caller, long id, long? statusId, Source source, Seen? seen = null, CancellationToken cancel = default) =>
        EditAsync(caller, id, new ContactEdit().MoveTo(statusId, seen), source, cancel: cancel);

    /// <summary>Says why a contact is lost, as an entry of its own.</summary>
    /// <exception cref="RuleException">At <c>status_reason</c>.</exception>
    public Task<Contact> ExplainAsync(Caller caller, long id, string? reason, Source source, CancellationToken cancel = default) =>
        EditAsync(caller, id, new ContactEdit().Explain(reason), source, cancel: cancel);

    /// <param name="seen">Whose it was for whoever assigns it, as for moving.</param>
    public Task<Contact> AssignToAsync(Caller caller, long id, long? ownerId, Source source, Seen? seen = null, CancellationToken cancel = default) =>
        EditAsync(caller, id, new ContactEdit().AssignTo(ownerId, seen), source, cancel: cancel);

    /// <exception cref="RuleException">At <c>text</c>, when it is empty, too long, or cannot be stored.</exception>
    public Task<Contact> AddNoteAsync(Caller caller, long id, string text, Source source, CancellationToken cancel = default)
    {
        caller.Require(Permission.EditContacts);
        text = text.Trim();
        if (text.Length is 0 or > ActivityEntry.MaxTextLength)
            throw new RuleException(text.Length == 0 ? "Write something first." : $"Keep a note within {ActivityEntry.MaxTextLength} characters.", "text");
        if (text.Contains('\0', StringComparison.Ordinal)) throw new RuleException("The text has a character that cannot be stored.", "text");
        return gate.RunAsync(caller.AccountId, async db =>
        {
            var contact = await LoadAsync(db, id);
            var now = clock.GetUtcNow().UtcDateTime;
            contact.Append(new ActivityEntry(caller.AccountId, ActivityKind.Noted, "Note", source, caller, now, now) { Text = text });
            return contact;
        }, cancel);
    }

    /// <summary>Puts the contact into the bin and frees its email and phone; a later interaction with them makes a new one.</summary>
    public Task DeleteAsync(Caller caller, long id, CancellationToken cancel = default)
    {
        caller.Require(Permission.DeleteContacts);
        return gate.RunAsync(caller.AccountId, async db =>
        {
            await ContactBin.PutAsync(db, caller, [(await LoadAsync(db, id)).Id], clock.GetUtcNow().UtcDateTime);
            return true;
        }, cancel);
    }

    private async Task<Contact> AddAsync(ContactsDb db, Caller caller, ContactEdit edit, Source source)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var contact = new Contact(caller.AccountId, source, now);
        var entry = new ActivityEntry(caller.AccountId, ActivityKind.Created, "", source, caller, now, now);
        var blocked = await Identities.BlockedAsync(db);
        var fields = await FieldCatalog.LoadAsync(db);
        var values = await edit.ParseAsync(db, fields);
        blocked.Refuse(values, contact);
        foreach (var (field, value) in values) contact.Write(field, value, entry);
        contact.WriteDefaults(fields, entry);
        db.Contacts.Add(contact); // before the claims, which may save what they replace
        await ClaimAsync(db, contact, null, null, values, blocked, entry);
        if (contact.DisplayName == Contact.Unnamed)
            throw new RuleException("Give at least a name, an email address or a phone number.", SystemFields.FirstName);
        // Other systems give what they have; a person can be asked.
        if (source.Kind == SourceKind.User && fields.Active.FirstOrDefault(f => f.IsAskedOfAdder && contact.ValueOf(f) is null) is { } missing)
            throw new RuleException(missing.RequiredProblem, missing.Name) { IsFieldRule = true };
        // Nobody said where it stands, not even nowhere.
        if (!edit.SetsStatus && await db.Statuses.SingleOrDefaultAsync(s => s.IsDefault) is { } start) contact.MoveTo(start, null, entry);
        await MoveAsync(db, contact, edit, entry);
        await AssignAsync(db, contact, edit, entry);
        contact.Append(entry);
        await db.SaveChangesAsync();
        ContactFiles.Keep(db, contact);
        return contact;
    }

    private async Task EditAsync(ContactsDb db, Caller caller, Contact contact, ContactEdit edit, Source source)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var edited = new ActivityEntry(caller.AccountId, ActivityKind.Edited, "", source, caller, now, now);
        await WriteAsync(db, contact, edit, edited);
        await AssignAsync(db, contact, edit, edited);
        if (edited.Changes.Count > 0) contact.Append(edited);

        var moved = new ActivityEntry(caller.AccountId, ActivityKind.StatusChanged, "", source, caller, now, now);
        if (await MoveAsync(db, contact, edit, moved)) contact.Append(moved);
    }

    /// <summary>Writes what a user says of the contact, told in an entry.</summary>
    internal static async Task WriteAsync(ContactsDb db, Contact contact, ContactEdit edit, ActivityEntry entry)
    {
        if (edit.Values.Count == 0) return;
        var blocked = await Identities.BlockedAsync(db);
        var (email, mobile) = (contact.Email, contact.MobilePhone);
        var values = await edit.ParseAsync(db, await edit.FieldsAsync(db));
        blocked.Refuse(values, contact);
        foreach (var (field, value) in values)
        {
            if (value is null && field.Rules.Required && contact.ValueOf(field) is not null) throw new RuleException(field.RequiredProblem, field.Name) { IsFieldRule = true };
            contact.Write(field, value, entry);
        }
        ContactFiles.Keep(db, contact);
        await ClaimAsync(db, contact, email, mobile, values, blocked, entry);
    }

    private static async Task ClaimAsync(ContactsDb db, Contact contact, string? email, string? mobile, List<(FieldDefinition Field, string? Value)> values,
        BlockList blocked, ActivityEntry entry)
    {
        await ClaimAsync(db, contact, IdentityKind.Email, email, contact.Email, blocked);
        await ClaimAsync(db, contact, IdentityKind.Phone, mobile, contact.MobilePhone, blocked);
        await UniqueValues.ClaimAsync(db, contact, values.Select(v => v.Field), entry);
        if (Lookalikes.Concerns(entry)) await Lookalikes.KeepAsync(db, contact, blocked, entry.CreatedAt);
    }

    private static async Task ClaimAsync(ContactsDb db, Contact contact, IdentityKind kind, string? before, string? now, BlockList blocked)
    {
        if (now != before && await Identities.ClaimAsync(db, contact, kind, before, blocked) is { } other) throw Identities.Taken(other, kind);
    }

    private static async Task<bool> MoveAsync(ContactsDb db, Contact contact, ContactEdit edit, ActivityEntry entry)
    {
        if (!edit.SetsStatus && !edit.SetsReason) return false;
        var statuses = await db.Statuses.ToListAsync();
        var moved = false;
        if (edit.SetsStatus)
        {
            var status = statuses.Find(s => s.Id == edit.StatusId);
            if (edit.StatusId is not null && status is null) throw new RuleException("There is no such status.", "status");
            await StandingConflict.CheckStatusAsync(db, contact, edit, statuses);
            moved = contact.MoveTo(status, statuses.Find(s => s.Id == contact.StatusId), entry);
        }
        return (edit.SetsReason && contact.Explain(edit.StatusReason, statuses.Find(s => s.Id == contact.StatusId), entry)) || moved;
    }

    private static async Task AssignAsync(ContactsDb db, Contact contact, ContactEdit edit, ActivityEntry entry)
    {
        if (!edit.SetsOwner) return;
        var users = await db.Users.Where(u => u.Id == edit.OwnerId || u.Id == contact.OwnerId).ToListAsync();
        var user = users.Find(u => u.Id == edit.OwnerId);
        // Whoever left keeps what they had, and is given nothing more.
        if (edit.OwnerId is not null && (user is null || (user.RemovedAt is not null && user.Id != contact.OwnerId))) throw new RuleException("There is no such user.", "owner");
        await StandingConflict.CheckOwnerAsync(db, contact, edit, users);
        contact.AssignTo(user, users.Find(u => u.Id == contact.OwnerId), entry);
    }

    internal static async Task<Contact> LoadAsync(ContactsDb db, long id) =>
        await db.Contacts.Listed().SingleOrDefaultAsync(c => c.Id == id)
        ?? throw RuleException.NotFound("contact", PublicId.Format(PublicId.Contact, id));
}
