using Contacts.Core.Accounts;
using Contacts.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace Contacts.Core.Fields;

/// <summary>What an admin fills in for a field. A blank name is made from the title; the name and the type are fixed once saved.</summary>
public sealed record FieldEdit(string Title, string? Subtext, string Type, string? Name, IReadOnlyList<OptionEdit> Options);

/// <summary>The account's contact fields: shaping them is what the gear on the contacts page opens.</summary>
public sealed class FieldCatalog(AccountDbs dbs, WriteGate gate, TimeProvider clock)
{
    public const int MaxCustomFields = 200;

    public async Task<FieldSet> ListAsync(Caller caller, CancellationToken cancel = default)
    {
        caller.Require(Permission.ViewContacts);
        await using var db = dbs.Open(caller.AccountId);
        return await LoadAsync(db, cancel);
    }

    /// <summary>For features that write values inside their own transaction, and for public pages.</summary>
    public static async Task<FieldSet> LoadAsync(ContactsDb db, CancellationToken cancel = default)
    {
        var fields = await db.Fields.ToListAsync(cancel);
        if (fields.Exists(f => f.Type.NamesUsers)) await FieldUsers.FillAsync(db, fields, cancel);
        return new FieldSet(fields);
    }

    /// <exception cref="RuleException">At <c>title</c>, <c>name</c>, <c>type</c>, <c>subtext</c> or <c>options</c>.</exception>
    public Task<FieldDefinition> CreateAsync(Caller caller, FieldEdit edit, CancellationToken cancel = default)
    {
        caller.Require(Permission.ManageFields);
        var type = FieldType.Find(edit.Type) ?? throw new RuleException($"Choose a field type: {string.Join(", ", FieldType.All.Select(t => t.Key))}.", "type");

        return gate.RunAsync(caller.AccountId, async db =>
        {
            var fields = await LoadAsync(db, cancel);
            var custom = fields.Custom;
            var name = string.IsNullOrWhiteSpace(edit.Name) ? fields.NameFor(edit.Title) : edit.Name.Trim();
            var field = new FieldDefinition(caller.AccountId, name, type, custom.Count == 0 ? 1 : custom.Max(f => f.Position) + 1, clock.GetUtcNow().UtcDateTime);
            field.Describe(edit.Title, edit.Subtext, edit.Options);
            CheckName(name, custom);
            if (custom.Count >= MaxCustomFields) throw new RuleException($"An organisation has at most {MaxCustomFields} fields of its own.");
            db.Fields.Add(field);
            return field;
        }, cancel);
    }

    /// <summary>Changes title, subtext and options; name and type are fixed.</summary>
    public Task<FieldDefinition> EditAsync(Caller caller, string name, FieldEdit edit, CancellationToken cancel = default) =>
        ChangeAsync(caller, name, (field, _) => field.Describe(edit.Title, edit.Subtext, edit.Options), cancel);

    /// <summary>Stops collection and keeps the values.</summary>
    public Task<FieldDefinition> ArchiveAsync(Caller caller, string name, CancellationToken cancel = default) =>
        ChangeAsync(caller, name, (field, _) => field.ArchivedAt ??= clock.GetUtcNow().UtcDateTime, cancel);

    public Task<FieldDefinition> RestoreAsync(Caller caller, string name, CancellationToken cancel = default) =>
        ChangeAsync(caller, name, (field, _) => field.ArchivedAt = null, cancel);

    /// <summary>Moves the field one place up (-1) or down (+1) among those in use.</summary>
    public Task<FieldDefinition> MoveAsync(Caller caller, string name, int step, CancellationToken cancel = default) =>
        ChangeAsync(caller, name, (field, custom) =>
        {
            var active = custom.Where(f => !f.IsArchived).ToList();
            var to = active.IndexOf(field) + Math.Sign(step);
            if (field.IsArchived || to < 0 || to >= active.Count) return;
            (field.Position, active[to].Position) = (active[to].Position, field.Position);
        }, cancel);

    private Task<FieldDefinition> ChangeAsync(Caller caller, string name, Action<FieldDefinition, IReadOnlyList<FieldDefinition>> change, CancellationToken cancel)
    {
        caller.Require(Permission.ManageFields);
        if (SystemFields.Find(name) is not null) throw new RuleException("A system field cannot be changed.", "name");
        return gate.RunAsync(caller.AccountId, async db =>
        {
            var custom = (await LoadAsync(db, cancel)).Custom;
            var field = custom.FirstOrDefault(f => f.Name == name) ?? throw RuleException.NotFound("contact field", name, "name");
            change(field, custom);
            return field;
        }, cancel);
    }

    private static void CheckName(string name, IReadOnlyList<FieldDefinition> custom)
    {
        if (!FieldDefinition.IsName(name))
            throw new RuleException($"A name has small letters, digits and underscores, begins with a letter, and has at most {FieldDefinition.MaxNameLength} characters.", "name");
        if (SystemFields.Reserves(name)) throw new RuleException($"The name '{name}' is taken by the system. Choose another.", "name", Refusal.Conflict);
        if (custom.Any(f => f.Name == name)) throw new RuleException($"There is a field named '{name}' already.", "name", Refusal.Conflict);
    }
}
