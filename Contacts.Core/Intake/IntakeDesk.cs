using System.Text.Json;
using Contacts.Core.Accounts;
using Contacts.Core.Activity;
using Contacts.Core.Data;
using Contacts.Core.Fields;
using Contacts.Core.People;
using Contacts.Core.Statuses;
using Microsoft.EntityFrameworkCore;

namespace Contacts.Core.Intake;

/// <summary>
/// Where interactions come in: match or make the contact, write its fields, append the one activity entry. All of it or nothing.
/// </summary>
public sealed class IntakeDesk(WriteGate gate, IdempotencyLog idempotency, TimeProvider clock)
{
    /// <summary>Takes in one interaction; returns after the commit.</summary>
    /// <exception cref="RuleException">A value does not parse, breaks a rule of its field or names none; or the idempotency key was used for something else.</exception>
    public Task<IntakeResult> ReceiveAsync(long accountId, Interaction interaction, CancellationToken cancel = default) =>
        gate.RunAsync(accountId, db => ReceiveAsync(db, interaction), cancel);

    /// <summary>The same inside a write of the caller's own, such as a booking that takes its slot.</summary>
    internal async Task<IntakeResult> ReceiveAsync(ContactsDb db, Interaction interaction)
    {
        if (await AnsweredAsync(db, interaction.Idempotency) is { } before) return before;

        var now = clock.GetUtcNow().UtcDateTime;
        var blocked = await Identities.BlockedAsync(db);
        var edit = WithoutWordsForNothing(WithAnswers(interaction), blocked);
        var fields = await edit.FieldsAsync(db);
        var values = await edit.ParseAsync(db, fields);
        if (values.Find(v => v.Value is not null && v.Field.Type.IsUploaded).Field is { } file) throw new RuleException($"'{file.Title}' holds a file and takes no text.", file.Name);
        var said = values.Where(v => v.Value is not null).ToDictionary(v => v.Field.Name, v => v.Field.Type.Format(v.Value!, v.Field));
        var email = EmailAddress.Key(ValueOf(values, SystemFields.Email));
        var mobile = ValueOf(values, SystemFields.MobilePhone);
        var phone = Identities.PhoneKey(mobile);
        // What is blocked is kept where there is nothing better, and identifies nobody.
        var (nobodysEmail, nobodysPhone) = (blocked.PatternOf(email) is not null, blocked.PatternOf(phone) is not null);
        var (contact, phoneOwner, byEmail) = await MatchAsync(db, nobodysEmail ? null : email, nobodysPhone ? null : phone);
        if (nobodysEmail && contact?.Email is not null) values.RemoveAll(v => v.Field.Name == SystemFields.Email);
        if (nobodysPhone && contact?.MobilePhone is not null) values.RemoveAll(v => v.Field.Name == SystemFields.MobilePhone);
        var made = contact is null;
        contact ??= new Contact(db.AccountId, interaction.Source, now);
        var (emailBefore, mobileBefore) = (contact.Email, contact.MobilePhone);
        // What it is known by already is no news: which one is the primary is for users to say.
        if (byEmail && emailBefore is not null) values.RemoveAll(v => v.Field.Name == SystemFields.Email);
        if (phoneOwner == contact && mobileBefore is not null) values.RemoveAll(v => v.Field.Name == SystemFields.MobilePhone);

        var owner = Reaches(interaction, contact, made) && interaction.OwnerId is { } ownerId ? await db.Users.SingleOrDefaultAsync(u => u.Id == ownerId && u.RemovedAt == null) : null;
        var ownerBefore = owner is not null && contact.OwnerId is { } beforeId ? await db.Users.SingleAsync(u => u.Id == beforeId) : null;
        if (made && fields == FieldSet.SystemOnly) fields = await FieldCatalog.ReadAsync(db);
        var statuses = made || interaction.StatusId is not null ? await StatusList.LoadAsync(db) : [];
        var entry = Apply(contact, interaction, values, owner, statuses, now, made ? fields : null, ownerBefore);

        if (made) db.Contacts.Add(contact);
        // What was not given identifies as before.
        if (email is not null) await ClaimAsync(db, contact, IdentityKind.Email, emailBefore, blocked);
        if (phoneOwner is not null && phoneOwner != contact) await Lookalikes.RaiseAsync(db, contact, phoneOwner.Id, Lookalikes.Reason(MatchKind.Phone), now);
        else if (mobile is not null) await ClaimAsync(db, contact, IdentityKind.Phone, mobileBefore, blocked);
        await UniqueValues.ClaimAsync(db, contact, values.Select(v => v.Field), entry);
        if (Lookalikes.Concerns(entry)) await Lookalikes.KeepAsync(db, contact, blocked, now);
        await db.SaveChangesAsync();

        if (await VisitorJoin.JoinAsync(db, interaction.VisitorKey, contact, entry, now) is { } browser) browser.Tell(email, said);
        var result = new IntakeResult(contact.Id, entry.Id, made);
        if (interaction.Idempotency is { } key) idempotency.Add(db, key, 200, JsonColumn.Write(result));
        return result;
    }

    /// <summary>What an interaction does to its contact: its values are written and its one entry appended.</summary>
    /// <param name="owner">Becomes the contact owner; null leaves it.</param>
    /// <param name="statuses">The pipeline, where the interaction or the making of a contact may set a status.</param>
    /// <param name="defaults">The account's fields, whose defaults a contact that is being made begins with; null for one that was there.</param>
    /// <param name="ownerBefore">Who was the owner.</param>
    internal static ActivityEntry Apply(Contact contact, Interaction interaction, List<(FieldDefinition Field, string? Value)> values, AppUser? owner,
        IReadOnlyList<ContactStatus> statuses, DateTime now, FieldSet? defaults = null, AppUser? ownerBefore = null)
    {
        var entry = new ActivityEntry(contact.AccountId, interaction.Kind, interaction.Title, interaction.Source, null, interaction.At, now) { MeetingAt = interaction.MeetingAt, BookingId = interaction.BookingId, Text = interaction.Text };
        entry.Answers.AddRange(interaction.Answers);
        var email = EmailAddress.Key(ValueOf(values, SystemFields.Email));
        foreach (var (field, value) in values)
        {
            // A blank never overwrites, and the same address in other letters is no change.
            if (value is null || (field.Name == SystemFields.Email && email == EmailAddress.Key(contact.Email))) continue;
            if (MayWrite(field, contact)) contact.Write(field, value, entry);
        }
        if (defaults is not null) contact.WriteDefaults(defaults, entry);
        if (owner is not null) contact.AssignTo(owner, ownerBefore, entry);
        if (StatusFor(contact, interaction, statuses) is { } status) contact.MoveTo(status, statuses.FirstOrDefault(s => s.Id == contact.StatusId), entry);
        contact.Append(entry);
        return entry;
    }

    private static bool Reaches(Interaction interaction, Contact contact, bool made) => made || interaction.OwnerReach == OwnerReach.Any || (interaction.OwnerReach == OwnerReach.Nobodys && contact.OwnerId is null);

    // What a guest may not write is still read in the activity's answers.
    private static bool MayWrite(FieldDefinition field, Contact contact) => field.Rules.Writers switch
    {
        FieldWriters.UsersOnly => false,
        FieldWriters.FirstValueWins => contact.ValueOf(field) is null,
        _ => true,
    };

    // The source's own rule first; a new contact that none speaks for begins at the default. One that was removed meanwhile is none.
    private static ContactStatus? StatusFor(Contact contact, Interaction interaction, IReadOnlyList<ContactStatus> statuses)
    {
        if (statuses.FirstOrDefault(s => s.Id == interaction.StatusId) is null)
            return contact.Version == 0 ? statuses.FirstOrDefault(s => s.IsDefault) : null;
        return StatusBy(contact, interaction.StatusId, interaction.StatusForwardOnly, statuses);
    }

    /// <summary>Where a source's rule moves the contact; null leaves it where it stands.</summary>
    internal static ContactStatus? StatusBy(Contact contact, long? statusId, bool forwardOnly, IReadOnlyList<ContactStatus> statuses)
    {
        var (target, here) = (statuses.FirstOrDefault(s => s.Id == statusId), statuses.FirstOrDefault(s => s.Id == contact.StatusId));
        return forwardOnly && here is not null && target?.Position <= here.Position ? null : target;
    }

    // Email decides; the mobile phone only where there is no email to go by. The second contact is the one the phone belongs to.
    private static async Task<(Contact? Contact, Contact? PhoneOwner, bool ByEmail)> MatchAsync(ContactsDb db, string? email, string? phone)
    {
        var byEmail = await Identities.FindAsync(db, IdentityKind.Email, email);
        var byPhone = await Identities.FindAsync(db, IdentityKind.Phone, phone);
        if (byEmail is not null) return (byEmail, byPhone, true);
        if (email is null || byPhone?.Email is null) return (byPhone, byPhone, false);
        return (null, byPhone, false);
    }

    // Matching found nobody with it; whoever has it now came in between.
    private static async Task ClaimAsync(ContactsDb db, Contact contact, IdentityKind kind, string? before, BlockList blocked)
    {
        if (await Identities.ClaimAsync(db, contact, kind, before, blocked) is not null) throw new LostRaceException();
    }

    private async Task<IntakeResult?> AnsweredAsync(ContactsDb db, IdempotencyKey? key) =>
        key is not null && await idempotency.FindAsync(db, key) is { } record
            ? JsonSerializer.Deserialize<IntakeResult>(record.Answer, JsonSerializerOptions.Web)
            : null;

    internal static ContactEdit WithAnswers(Interaction interaction)
    {
        var edit = new ContactEdit(interaction.Contact.Values.Count + interaction.Answers.Count);
        foreach (var (field, text) in interaction.Contact.Values) edit.Set(field, text);
        foreach (var answer in interaction.Answers)
            if (answer.Field is { } field && !string.IsNullOrWhiteSpace(answer.Value)) edit.Set(field, answer.Value);
        return edit;
    }

    // "null" is no email and no phone: as if nothing had been said. An interaction is not lost for it.
    private static ContactEdit WithoutWordsForNothing(ContactEdit edit, BlockList blocked)
    {
        foreach (var (field, text) in edit.Values.Where(v => v.Key is SystemFields.Email or SystemFields.MobilePhone && blocked.PatternOf(v.Value) is not null).ToList())
            if (field == SystemFields.Email ? !EmailAddress.TryParse(text, out _) : !text!.Any(char.IsDigit)) edit.Set(field, null);
        return edit;
    }

    private static string? ValueOf(List<(FieldDefinition Field, string? Value)> values, string name) => values.Find(v => v.Field.Name == name).Value;
}
