using Contacts.Core.Accounts;
using Contacts.Core.Activity;
using Contacts.Core.Data;
using Contacts.Core.Fields;
using Contacts.Core.Statuses;
using Microsoft.EntityFrameworkCore;

namespace Contacts.Core.People.Merging;

/// <summary>A field of the survivor that was changed after a merge and so keeps its value, as people read it; null is empty.</summary>
public sealed record KeptChange(string Field, string Title, string? Value);

/// <summary>What came of undoing a merge.</summary>
/// <param name="KeptActivities">Interactions and notes that came after the merge and stay with the survivor.</param>
public sealed record UndoneMerge(ContactMerge Merge, IReadOnlyList<KeptChange> Kept, int KeptActivities);

/// <summary>One undo of one merge, inside a write.</summary>
internal sealed class MergeUndo(ContactsDb db, ContactMerge merge, Caller caller, Source source, DateTime now)
{
    private Contact _survivor = null!;
    private List<Contact> _moved = [];
    private List<ContactMerge> _later = [];
    private FieldSet _fields = null!;
    private BlockList _blocked = null!;

    // What the merge set, and what there was before cannot be put back.
    private readonly List<(string Field, string? Value)> _stays = [];

    public async Task<UndoneMerge> RunAsync()
    {
        await LoadAsync();
        var back = _moved.Where(c => merge.OtherIds.Contains(c.Id)).ToList();
        var entry = Entry(MergeDesk.NamesOf(back));
        PutTimesBack();
        PutValuesBack(entry);
        await PutStandingBackAsync(entry);
        foreach (var contact in _moved) contact.PartFrom(merge.Moved.Find(m => m.Id == contact.Id)!.From);
        foreach (var contact in back) await OwnPrimariesAsync(contact, null);
        await OwnPrimariesAsync(_survivor, entry);

        var kept = new KeptAfterMerge(db, merge, _survivor, _fields);
        await kept.ReadAsync(_stays, entry);
        entry.Text = kept.Text;

        _survivor.Append(entry);
        foreach (var contact in back) contact.Append(Entry(_survivor.DisplayName));
        foreach (var contact in back.Append(_survivor)) await Identities.LetSearchFindAsync(db, contact);
        ForgetParted();
        merge.UndoneAt = now;
        await UniqueValues.RegainAsync(db, [_survivor, .. back], _fields);
        await db.SaveChangesAsync(); // who is merged into whom is read from the database
        foreach (var contact in back) await Lookalikes.KeepAsync(db, contact, _blocked, now);
        await Lookalikes.KeepAsync(db, _survivor, _blocked, now, merge.Before.Inherited);
        merge.Before = new SurvivorBefore(); // of no use any more, and of more than one person
        return new UndoneMerge(merge, kept.Changes, kept.Activities);
    }

    private ActivityEntry Entry(string title) => new(caller.AccountId, ActivityKind.Unmerged, title, source, caller, now, now);

    private async Task LoadAsync()
    {
        if (merge.UndoneAt is not null) throw Refused("This merge was undone already.");
        _survivor = await db.Contacts.SingleAsync(c => c.Id == merge.SurvivorId);
        if (_survivor.DeletedAt is not null) throw Refused($"{_survivor.DisplayName} is deleted. Restore it first.");
        if (_survivor.MergedIntoId is { } into)
            throw Refused($"{_survivor.DisplayName} was merged into {(await db.Contacts.SingleAsync(c => c.Id == into)).DisplayName} since. Undo that merge first.");
        var family = await db.Contacts.Where(c => c.MergedIntoId == _survivor.Id).OrderBy(c => c.Id).ToListAsync();
        _moved = family.FindAll(c => merge.Moved.Exists(m => m.Id == c.Id));
        if (_moved.Count == 0) throw Refused("What was merged is gone for good.");
        _later = await db.ContactMerges.Where(m => m.SurvivorId == _survivor.Id && m.UndoneAt == null && m.EntryNumber > merge.EntryNumber).OrderBy(m => m.EntryNumber).ToListAsync();
        (_fields, _blocked) = (await FieldCatalog.LoadAsync(db), await Identities.BlockedAsync(db));
    }

    private static RuleException Refused(string message) => new(message, refusal: Refusal.Conflict);

    private void PutValuesBack(ActivityEntry entry)
    {
        foreach (var former in merge.Before.Values)
        {
            // A later merge that replaced the value would put it back: what it puts back is what was there before this one.
            foreach (var later in _later)
                later.Before = later.Before with { Values = Passed(later.Before.Values, former), Primaries = Passed(later.Before.Primaries, former) };
            if (_fields.Find(former.Field) is not { } field || _survivor.Values.GetValueOrDefault(field.Name)?.Entry != merge.EntryNumber) continue;
            if (AsTaken(former, field) is { } taken) _survivor.PutBack(field, taken, entry);
            else _stays.Add((field.Name, _survivor.ValueOf(field) is { } value ? field.Type.Format(value, field) : null));
        }

        List<FormerValue> Passed(List<FormerValue> values, FormerValue former) =>
            [.. values.Select(v => v.Field == former.Field && v.Stored?.Entry == merge.EntryNumber ? former : v)];
    }

    // As the field takes it by now: an option may have become another one. Null when it is of another type, or the options are gone.
    private static FormerValue? AsTaken(FormerValue former, FieldDefinition field)
    {
        if (field.Type.Key != former.Type) return null;
        if (!field.Type.HasOptions || former is not { Value: { } value, Stored: { } stored }) return former;
        var chosen = value.Split('\n').Select(key => field.FindOption(field.LabelOf(key))).ToList();
        var keys = string.Join('\n', field.Options.Where(chosen.Contains).Select(o => o.Key));
        return keys.Length == 0 ? null : former with { Value = keys, Stored = field.IsSystem ? stored : stored with { Value = keys } };
    }

    // A later merge remembers what it found. What of that belongs to those that part now, it would not put back on the survivor.
    private void ForgetParted()
    {
        var parted = merge.Before.Held.FindAll(held => merge.Moved.Exists(m => m.Id == held.ContactId));
        foreach (var later in _later)
            later.Before = later.Before with
            {
                Held = later.Before.Held.FindAll(held => !merge.Moved.Exists(m => m.Id == held.ContactId)),
                Values = [.. later.Before.Values.Select(Own)],
                Primaries = [.. later.Before.Primaries.Select(Own)],
            };

        FormerValue Own(FormerValue value) => merge.Before.Primaries.Find(p => p.Field == value.Field) is { } former
            && parted.Exists(held => Identities.FieldOf(held.Kind).Name == value.Field && held.Key == Identities.KeyOf(held.Kind, value.Value)) ? former : value;
    }

    private async Task PutStandingBackAsync(ActivityEntry entry)
    {
        var (was, set, stands) = (merge.Before.Standing, merge.Before.Set, _survivor.Standing);
        foreach (var later in _later) later.Before = later.Before with { Standing = Back(later.Before.Standing) };
        var back = Back(stands);
        var statuses = await db.Statuses.Where(s => s.Id == back.StatusId || s.Id == stands.StatusId).ToListAsync();
        var users = await db.Users.Where(u => u.Id == back.OwnerId || u.Id == stands.OwnerId).ToListAsync();
        if (back.StatusId is not null && Status(back.StatusId) is null)
        {
            // It was taken out of the pipeline since, where nobody is moved to nowhere either.
            back = back with { StatusId = stands.StatusId, StatusAt = stands.StatusAt, StatusReason = stands.StatusReason };
            _stays.Add((StatusSpell.StatusChange, Status(stands.StatusId)?.Name));
        }
        if (back.OwnerId is not null && User(back.OwnerId) is null) back = back with { OwnerId = null };
        _survivor.Standing = back;
        // It may have stood there since another time, without another status: the history is read by the entry all the same.
        entry.MovesStatus = (back.StatusId, back.StatusAt) != (stands.StatusId, stands.StatusAt);
        if (back.StatusId != stands.StatusId) entry.Changes.Add(new FieldChange(StatusSpell.StatusChange, Status(stands.StatusId)?.Name, Status(back.StatusId)?.Name));
        if (back.StatusReason != stands.StatusReason) entry.Changes.Add(new FieldChange(StatusSpell.ReasonChange, stands.StatusReason, back.StatusReason));
        if (back.OwnerId != stands.OwnerId) entry.Changes.Add(new FieldChange(Contact.OwnerChange, User(stands.OwnerId)?.Name, User(back.OwnerId)?.Name));

        ContactStatus? Status(long? id) => statuses.Find(s => s.Id == id);
        AppUser? User(long? id) => users.Find(u => u.Id == id);
        ContactStanding Back(ContactStanding standing)
        {
            // By the time as well: another merge, undone before this one, may have left it the same status.
            if ((set.StatusId, set.StatusAt) != (was.StatusId, was.StatusAt) && (standing.StatusId, standing.StatusAt) == (set.StatusId, set.StatusAt))
                standing = standing with { StatusId = was.StatusId, StatusAt = was.StatusAt, StatusReason = was.StatusReason };
            return set.OwnerId != was.OwnerId && standing.OwnerId == set.OwnerId ? standing with { OwnerId = was.OwnerId } : standing;
        }
    }

    // Made anew from before this merge and from those that stay merged; what is later than the merges made it is the survivor's own.
    private void PutTimesBack()
    {
        var (before, with) = (merge.Before.Times!, Joined(merge.Before.Times!, merge));
        foreach (var later in _later)
        {
            var found = later.Before.Times!;
            later.Before = later.Before with { Times = Own(found) };
            (before, with) = (Joined(later.Before.Times!, later), Joined(found, later));
        }
        _survivor.Times = Own(_survivor.Times);

        ContactTimes Own(ContactTimes times) => new(before.Source, before.CreatedAt,
            times.LastInteractedAt > (with.LastInteractedAt ?? DateTime.MinValue) ? times.LastInteractedAt : before.LastInteractedAt,
            times.LastActivityAt > with.LastActivityAt ? times.LastActivityAt : before.LastActivityAt);
    }

    private ContactTimes Joined(ContactTimes times, ContactMerge of) =>
        db.Contacts.Local.Where(c => of.OtherIds.Contains(c.Id)).Aggregate(times, (joined, contact) => joined.With(contact.Times));

    // Its email and phone identify it again where nobody else has them; a primary that somebody made of another's address does not stay.
    private async Task OwnPrimariesAsync(Contact contact, ActivityEntry? entry)
    {
        foreach (var kind in Enum.GetValues<IdentityKind>())
        {
            var field = Identities.FieldOf(kind);
            var held = await HoldAsync(contact, kind);
            if (held || entry is null || merge.Before.Primaries.Find(p => p.Field == field.Name) is not { } former) continue;
            if (Identities.KeyOf(kind, former.Value) == Identities.KeyOf(kind, contact.ValueOf(field))) continue; // so it was before: a value that does not identify
            _survivor.PutBack(field, former, entry);
            await HoldAsync(contact, kind);
        }
    }

    // Not when it did not identify the contact before the merge either, nor when it was blocked since.
    private async Task<bool> HoldAsync(Contact contact, IdentityKind kind)
    {
        var value = contact.ValueOf(Identities.FieldOf(kind));
        if (Identities.KeyOf(kind, value) is not { } key) return true;
        if (await Identities.FindAsync(db, kind, key) is { } holder) return holder == contact;
        if (_blocked.PatternOf(key) is null && merge.Before.Held.Contains(new HeldIdentity(contact.Id, kind, key))) db.Identities.Add(new Identity(contact, kind, key, value!));
        return true;
    }
}
