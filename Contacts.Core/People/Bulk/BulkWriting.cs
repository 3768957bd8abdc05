using Contacts.Core.Accounts;
using Contacts.Core.Activity;
using Contacts.Core.Data;
using Contacts.Core.Fields;
using Contacts.Core.People.Lists;
using Contacts.Core.People.Merging;
using Microsoft.EntityFrameworkCore;

namespace Contacts.Core.People.Bulk;

/// <summary>A value of one field.</summary>
internal sealed class BulkWriting : BulkWork
{
    private const int MaxTold = 80;

    private readonly FieldDefinition _field;

    internal BulkWriting(Caller caller, TimeProvider clock, FieldDefinition field, string? value) : base(caller, clock) => (_field, Value) = (field, value);

    public override string Field => _field.Name;
    public override string? Value { get; }
    public override string FieldType => _field.Type.Key;
    public override int Chunk => LooksAlike ? TrackedChunk : base.Chunk;

    // Such values make contacts look like others, so their keys follow, one contact after the other.
    private bool LooksAlike => Lookalikes.Concerns(_field.Name);

    // The rules that there are by now. What was written before they were stays, and can be undone.
    public override string? Problem => _field.IsArchived || !BulkEdits.Takes(_field) ? "The field takes no value from many any more."
        : Value is null ? _field.Rules.Required ? _field.RequiredProblem : null
        : Value.Split('\n').FirstOrDefault(key => _field.Type.HasOptions && !_field.Options.Exists(o => o.Key == key)) is not null ? "The option is gone."
        : _field.Check(Value, InputPlace.Anywhere);

    public override string Title => Value is null ? $"{_field.Title} cleared" : $"{_field.Title} to {_field.Type.Format(Value, _field).ShortenedTo(MaxTold)}";

    /// <exception cref="RuleException">At the field: many cannot share its values, or it cannot be cleared.</exception>
    public static BulkWriting Of(Caller caller, TimeProvider clock, FieldDefinition field, string? value)
    {
        if (!BulkEdits.Takes(field)) throw new RuleException($"{field.Title} belongs to one contact alone, so it cannot be set for many.", field.Name);
        if (value is null && field.Rules.Required) throw new RuleException(field.RequiredProblem, field.Name) { IsFieldRule = true };
        return new BulkWriting(caller, clock, field, value);
    }

    public override Task<Dictionary<long, BulkBefore>> ApplyAsync(ContactsDb db, IReadOnlyCollection<long> ids) => ChangeAsync(db, ids, (contact, entry) =>
    {
        var was = new FormerValue(_field.Name, _field.Type.Key, contact.ValueOf(_field), contact.Values.GetValueOrDefault(_field.Name));
        return contact.Write(_field, Value, entry) ? new BulkBefore { Value = was } : null;
    });

    public override async Task<BulkGivenBack> UndoAsync(ContactsDb db, IReadOnlyDictionary<long, BulkBefore> before) => All(before, await ChangeAsync(db, [.. before.Keys], (contact, entry) =>
    {
        var former = before[contact.Id].Value!;
        // Changed since, or a value that the field has no longer room for.
        if (contact.ValueOf(_field) != Value || former.Type != _field.Type.Key || (former.Value is { } value && _field.Check(value, InputPlace.Anywhere) is not null)) return null;
        contact.PutBack(_field, former, entry);
        return new BulkBefore();
    }));

    private async Task<Dictionary<long, BulkBefore>> ChangeAsync(ContactsDb db, IReadOnlyCollection<long> ids, Func<Contact, ActivityEntry, BulkBefore?> change)
    {
        BulkBefore? Change(Contact contact)
        {
            var entry = NewEntry(ActivityKind.Edited);
            if (change(contact, entry) is not { } was) return null;
            contact.Append(entry);
            return was;
        }
        if (LooksAlike) return await TrackAsync(db, ids, Change);
        var fields = await IndexedFields.LoadAsync(db);
        return await CollectAsync(apply => ContactRewrite.ValuesAsync(db, ids, apply, fields), Change);
    }

    private static async Task<Dictionary<long, BulkBefore>> TrackAsync(ContactsDb db, IReadOnlyCollection<long> ids, Func<Contact, BulkBefore?> change)
    {
        var (before, blocked) = (new Dictionary<long, BulkBefore>(), await Identities.BlockedAsync(db));
        foreach (var contact in await db.Contacts.Listed().Where(c => ids.Contains(c.Id)).OrderBy(c => c.Id).ToListAsync())
        {
            if (change(contact) is not { } was) continue;
            before[contact.Id] = was;
            var entry = contact.Entries.Last();
            await Lookalikes.KeepAsync(db, contact, blocked, entry.CreatedAt);
            await db.SaveChangesAsync(); // the next may look like this one
        }
        return before;
    }
}

/// <summary>The bin.</summary>
internal sealed class BulkDeleting(Caller caller, TimeProvider clock) : BulkWork(caller, clock)
{
    public override string Field => BulkRun.Bin;
    public override string? Value => null;
    public override string Title => "Deleted";

    // A contact leaves every index there is, which takes some five times as long as to change one of them.
    public override int Chunk => ContactRewrite.Chunk / 5;

    public override async Task<Dictionary<long, BulkBefore>> ApplyAsync(ContactsDb db, IReadOnlyCollection<long> ids)
    {
        var now = Now;
        return (await ContactBin.PutAsync(db, Caller, ids, now)).ToDictionary(id => id, _ => new BulkBefore { DeletedAt = now });
    }

    public override async Task<BulkGivenBack> UndoAsync(ContactsDb db, IReadOnlyDictionary<long, BulkBefore> before)
    {
        var ids = before.Keys.ToList();
        var binned = await db.Contacts.AsNoTracking().Where(c => ids.Contains(c.Id) && c.DeletedAt != null && c.MergedIntoId == null).OrderBy(c => c.Id).ToListAsync();
        // One that was restored and deleted again lies there by somebody else's will. Times are kept in milliseconds.
        binned.RemoveAll(c => (c.DeletedAt!.Value - before[c.Id].DeletedAt!.Value).Duration() >= TimeSpan.FromMilliseconds(1));
        var back = await (await ContactRestore.OfAsync(db, Caller, Now)).ManyAsync(binned, TrackedChunk);
        return new BulkGivenBack(back, back == binned.Count ? ids.Count : ids.Count(id => id < binned[back].Id));
    }
}
