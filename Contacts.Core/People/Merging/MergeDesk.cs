using Contacts.Core.Accounts;
using Contacts.Core.Activity;
using Contacts.Core.Data;
using Contacts.Core.Fields;
using Contacts.Core.Statuses;
using Microsoft.EntityFrameworkCore;

namespace Contacts.Core.People.Merging;

/// <summary>
/// Makes one of contacts that are one person, field by field, and parts them again. What was merged stays as it is, out of every list;
/// what it did and is known by is read through the survivor.
/// </summary>
public sealed class MergeDesk(AccountDbs dbs, WriteGate gate, TimeProvider clock)
{
    /// <summary>What each of the contacts has, and which of it would be taken.</summary>
    /// <exception cref="RuleException">As for merging.</exception>
    public async Task<MergePreview> PreviewAsync(Caller caller, long survivorId, IReadOnlyList<long> otherIds, CancellationToken cancel = default)
    {
        caller.Require(Permission.MergeContacts);
        await using var db = dbs.Open(caller.AccountId);
        return await PreviewAsync(db, survivorId, otherIds);
    }

    /// <summary>Merges contacts into one of them.</summary>
    /// <param name="choices">By field name, <c>status</c> or <c>owner</c>, the contact whose value is taken; what is not named goes as the preview suggests.</param>
    /// <exception cref="RuleException">
    /// At <c>from</c> when there are too few or too many; when one of them is not there, or was merged meanwhile (<see cref="Refusal.Conflict"/>); at the choice that is none.
    /// </exception>
    public Task<ContactMerge> MergeAsync(Caller caller, long survivorId, IReadOnlyList<long> otherIds, IReadOnlyDictionary<string, long>? choices, Source source,
        CancellationToken cancel = default)
    {
        caller.Require(Permission.MergeContacts);
        return gate.RunAsync(caller.AccountId, db => MergeAsync(db, survivorId, otherIds, choices, source, caller, Now()), cancel);
    }

    /// <summary>The same inside a write of somebody else's own: a guest who says who they are was met before without a name.</summary>
    /// <param name="by">Null: nobody asked for it.</param>
    internal static async Task<ContactMerge> MergeAsync(ContactsDb db, long survivorId, IReadOnlyList<long> otherIds, IReadOnlyDictionary<string, long>? choices, Source source, Caller? by, DateTime now)
    {
        var preview = await PreviewAsync(db, survivorId, otherIds);
        var taken = preview.Choose(choices);
        var (survivor, others) = (preview.Survivor, preview.Others);
        var entry = new ActivityEntry(db.AccountId, ActivityKind.Merged, NamesOf(others), source, by, now, now);
        var (former, primaries) = (Replaced(survivor, taken), Primaries(survivor));
        var (standing, times) = (survivor.Standing, survivor.Times);

        foreach (var (row, giver) in taken)
            if (row.Field is { } field && row.MayGive(giver.Id)) survivor.Write(field, row.ValueOf(giver.Id), entry);
        await StandAsync(db, survivor, taken, entry);
        survivor.Times = others.Aggregate(times, (joined, other) => joined.With(other.Times));
        survivor.Append(entry);

        var moved = await MoveAsync(db, survivor, others);
        var held = (await Identities.OfFamilyAsync(db, survivor)).ConvertAll(i => new HeldIdentity(i.ContactId, i.Kind, i.Key));
        var merge = new ContactMerge(survivor, entry, moved,
            new SurvivorBefore
            {
                Values = former, Primaries = primaries, Held = held, Standing = standing, Set = survivor.Standing, Times = times,
                Inherited = await Lookalikes.InheritAsync(db, survivor, moved.Select(m => m.Id)),
            });
        db.ContactMerges.Add(merge);
        foreach (var other in others) await UniqueValues.ReleaseAsync(db, other);
        await UniqueValues.ClaimAsync(db, survivor, taken.Select(t => t.Row.Field).OfType<FieldDefinition>(), entry);
        await Identities.LetSearchFindAsync(db, survivor);
        await db.SaveChangesAsync(); // who is merged into whom is read from the database
        await Lookalikes.KeepAsync(db, survivor, await Identities.BlockedAsync(db), now);
        return merge;
    }

    /// <summary>
    /// Parts the contacts again: what was merged is back as it was, and the survivor has each value back that is still the one the merge set.
    /// What was changed since stays with the survivor and is listed.
    /// </summary>
    /// <exception cref="RuleException">There is no such merge; or it is undone, or its survivor is deleted or merged itself (<see cref="Refusal.Conflict"/>).</exception>
    public Task<UndoneMerge> UndoAsync(Caller caller, long mergeId, Source source, CancellationToken cancel = default)
    {
        caller.Require(Permission.MergeContacts);
        return gate.RunAsync(caller.AccountId, async db =>
        {
            var merge = await db.ContactMerges.SingleOrDefaultAsync(m => m.Id == mergeId) ?? throw RuleException.NotFound("merge", PublicId.Format(PublicId.Merge, mergeId));
            return await new MergeUndo(db, merge, caller, source, Now()).RunAsync();
        }, cancel);
    }

    /// <summary>The merges that made the contact what it is, which can be undone: newest first.</summary>
    public async Task<IReadOnlyList<ContactMerge>> ListAsync(Caller caller, long contactId, CancellationToken cancel = default)
    {
        caller.Require(Permission.ViewContacts);
        await using var db = dbs.Open(caller.AccountId);
        return await db.ContactMerges.Where(m => m.SurvivorId == contactId && m.UndoneAt == null).OrderByDescending(m => m.Id).ToListAsync(cancel);
    }

    /// <summary>What those that were merged into the contact are called, by their numbers.</summary>
    public async Task<IReadOnlyDictionary<long, string>> NamesAsync(Caller caller, long contactId, CancellationToken cancel = default)
    {
        caller.Require(Permission.ViewContacts);
        await using var db = dbs.Open(caller.AccountId);
        return await db.Contacts.Where(c => c.MergedIntoId == contactId).ToDictionaryAsync(c => c.Id, c => c.DisplayName, cancel);
    }

    internal static string NamesOf(IEnumerable<Contact> contacts)
    {
        var names = contacts.Select(c => c.DisplayName).ToList();
        var text = names.Count < 2 ? string.Concat(names) : $"{string.Join(", ", names[..^1])} and {names[^1]}";
        return text.Length <= ActivityEntry.MaxTitleLength ? text : text[..(ActivityEntry.MaxTitleLength - 1)] + "…";
    }

    private static async Task<MergePreview> PreviewAsync(ContactsDb db, long survivorId, IReadOnlyList<long> otherIds)
    {
        if (otherIds.Count == 0 || otherIds.Contains(survivorId)) throw new RuleException("Choose another contact to merge.", "from");
        if (otherIds.Count > ContactMerge.MaxOthers) throw new RuleException($"Merge at most {ContactMerge.MaxOthers + 1} contacts at once.", "from");
        var ids = otherIds.Distinct().Prepend(survivorId).ToList();
        var found = await db.Contacts.Where(c => ids.Contains(c.Id)).ToDictionaryAsync(c => c.Id);
        var contacts = new List<Contact>();
        foreach (var id in ids)
        {
            if (found.GetValueOrDefault(id) is not { DeletedAt: null } contact)
                throw RuleException.NotFound("contact", PublicId.Format(PublicId.Contact, id), id == survivorId ? "id" : "from");
            if (contact.MergedIntoId is { } into) throw await MergedAlreadyAsync(db, contact, into);
            contacts.Add(contact);
        }
        return MergePreview.Of(contacts[0], contacts[1..], await FieldCatalog.LoadAsync(db));
    }

    private static async Task<RuleException> MergedAlreadyAsync(ContactsDb db, Contact contact, long into)
    {
        var survivor = await db.Contacts.SingleAsync(c => c.Id == into);
        return new RuleException($"{contact.DisplayName} was merged into {survivor.DisplayName} already.", "from", Refusal.Conflict) { About = PublicId.Format(PublicId.Contact, into) };
    }

    private static List<FormerValue> Replaced(Contact survivor, List<(MergeRow Row, Contact Giver)> taken) =>
        [.. taken.Where(t => t.Row.Field is not null && t.Row.MayGive(t.Giver.Id) && t.Row.ValueOf(t.Giver.Id) != t.Row.ValueOf(survivor.Id)).Select(t => Former(survivor, t.Row.Field!))];

    private static List<FormerValue> Primaries(Contact survivor) => [.. Enum.GetValues<IdentityKind>().Select(kind => Former(survivor, Identities.FieldOf(kind)))];

    private static FormerValue Former(Contact contact, FieldDefinition field) =>
        new(field.Name, field.Type.Key, contact.ValueOf(field), contact.Values.GetValueOrDefault(field.Name));

    private static async Task StandAsync(ContactsDb db, Contact survivor, List<(MergeRow Row, Contact Giver)> taken, ActivityEntry entry)
    {
        foreach (var (row, giver) in taken.Where(t => t.Row.Field is null && t.Row.ValueOf(t.Giver.Id) is not null && t.Giver != survivor))
        {
            if (row.Name == MergePreview.Owner)
            {
                var users = await db.Users.Where(u => u.Id == giver.OwnerId || u.Id == survivor.OwnerId).ToListAsync();
                // Whoever left the account is given nothing more.
                if (users.Find(u => u.Id == giver.OwnerId && u.RemovedAt is null) is { } owner) survivor.AssignTo(owner, users.Find(u => u.Id == survivor.OwnerId), entry);
                continue;
            }
            var statuses = await db.Statuses.Where(s => s.Id == giver.StatusId || s.Id == survivor.StatusId).ToListAsync();
            var status = statuses.Find(s => s.Id == giver.StatusId);
            if (survivor.MoveTo(status, statuses.Find(s => s.Id == survivor.StatusId), entry) && status?.Meaning == StatusMeaning.Lost) survivor.Explain(giver.StatusReason, status, entry);
        }
    }

    // Nobody points to one that is merged itself: who was merged into these comes along.
    private static async Task<List<MovedContact>> MoveAsync(ContactsDb db, Contact survivor, IReadOnlyList<Contact> others)
    {
        var ids = others.Select(o => (long?)o.Id).ToList();
        var along = await db.Contacts.Where(c => c.MergedIntoId != null && ids.Contains(c.MergedIntoId)).ToListAsync();
        var moved = others.Concat(along).Select(c => new MovedContact(c.Id, c.MergedIntoId)).ToList();
        foreach (var contact in others.Concat(along)) contact.MergeInto(survivor);
        return moved;
    }

    // To the millisecond, as it is stored, so that what the merge set is known again.
    private DateTime Now() => DateTimeOffset.FromUnixTimeMilliseconds(clock.GetUtcNow().ToUnixTimeMilliseconds()).UtcDateTime;
}
