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

    // Who looks like whom is asked, too, which takes as long again.
    public override int Chunk => LooksAlike ? ContactRewrite.Chunk / 2 : ContactRewrite.Chunk;

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

    public override Task<BulkPart> ApplyAsync(ContactsDb db, IReadOnlyCollection<long> ids) => ChangeAsync(db, ids, (contact, entry) =>
    {
        var was = new FormerValue(_field.Name, _field.Type.Key, contact.ValueOf(_field), contact.Values.GetValueOrDefault(_field.Name));
        return contact.Write(_field, Value, entry) ? new BulkBefore { Value = was } : null;
    });

    public override Task<BulkPart> UndoAsync(ContactsDb db, IReadOnlyDictionary<long, BulkBefore> before) => ChangeAsync(db, [.. before.Keys], (contact, entry) =>
    {
        var former = before[contact.Id].Value!;
        // Changed since, or a value that the field has no longer room for.
        if (contact.ValueOf(_field) != Value || former.Type != _field.Type.Key || (former.Value is { } value && _field.Check(value, InputPlace.Anywhere) is not null)) return null;
        contact.PutBack(_field, former, entry);
        return new BulkBefore();
    });

    private async Task<BulkPart> ChangeAsync(ContactsDb db, IReadOnlyCollection<long> ids, Func<Contact, ActivityEntry, BulkBefore?> change)
    {
        return LooksAlike ? await ChangeLooksAsync(db, ids, Change) : new BulkPart(await TogetherAsync(db, ids, Change), ids.Count);

        BulkBefore? Change(Contact contact)
        {
            var entry = NewEntry(ActivityKind.Edited);
            if (change(contact, entry) is not { } was) return null;
            contact.Append(entry);
            return was;
        }
    }

    // Whom nobody looks like is changed with as few questions as one of them, the others one after the other.
    private static async Task<BulkPart> ChangeLooksAsync(ContactsDb db, IReadOnlyCollection<long> ids, Func<Contact, BulkBefore?> change)
    {
        var blocked = await Identities.BlockedAsync(db);
        var these = db.Contacts.Listed().Where(c => ids.Contains(c.Id));
        await db.HoldContactsAsync(these);
        var contacts = await these.AsNoTracking().OrderBy(c => c.Id).ToListAsync();
        contacts.RemoveAll(c => change(c) is null);
        var (free, byOne) = (await ManyLookalikes.FreeAsync(db, contacts, blocked), MostByOne);
        var done = contacts.TakeWhile(c => free.ContainsKey(c.Id) || byOne-- > 0).Select(c => c.Id).ToList();

        var (together, others) = (done.FindAll(free.ContainsKey), done.FindAll(id => !free.ContainsKey(id)));
        var before = await TogetherAsync(db, together, change);
        await ManyLookalikes.WriteAsync(db, together.Select(id => free[id]));
        foreach (var contact in await db.Contacts.Where(c => others.Contains(c.Id)).OrderBy(c => c.Id).ToListAsync())
        {
            before[contact.Id] = change(contact)!;
            await Lookalikes.KeepAsync(db, contact, blocked, contact.UpdatedAt);
            await db.SaveChangesAsync(); // the next may look like this one
        }
        return new BulkPart(before, Through(ids, contacts, done.Count));
    }

    private static async Task<Dictionary<long, BulkBefore>> TogetherAsync(ContactsDb db, IReadOnlyCollection<long> ids, Func<Contact, BulkBefore?> change)
    {
        if (ids.Count == 0) return [];
        var fields = await IndexedFields.LoadAsync(db);
        return await CollectAsync(apply => ContactRewrite.ValuesAsync(db, ids, apply, fields), change);
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

    public override async Task<BulkPart> ApplyAsync(ContactsDb db, IReadOnlyCollection<long> ids)
    {
        var now = Now;
        return new BulkPart((await ContactBin.PutAsync(db, Caller, ids, now)).ToDictionary(id => id, _ => new BulkBefore { DeletedAt = now }), ids.Count);
    }

    public override async Task<BulkPart> UndoAsync(ContactsDb db, IReadOnlyDictionary<long, BulkBefore> before)
    {
        var ids = before.Keys.ToList();
        var binned = await db.Contacts.AsNoTracking().Where(c => ids.Contains(c.Id) && c.DeletedAt != null && c.MergedIntoId == null).OrderBy(c => c.Id).ToListAsync();
        // One that was restored and deleted again lies there by somebody else's will. Times are kept in milliseconds.
        binned.RemoveAll(c => (c.DeletedAt!.Value - before[c.Id].DeletedAt!.Value).Duration() >= TimeSpan.FromMilliseconds(1));
        var back = await (await ContactRestore.OfAsync(db, Caller, Now)).ManyAsync(binned, MostByOne);
        return new BulkPart(binned.Take(back).ToDictionary(c => c.Id, _ => new BulkBefore()), Through(ids, binned, back));
    }
}
