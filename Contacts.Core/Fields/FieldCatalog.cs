using Contacts.Core.Accounts;
using Contacts.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace Contacts.Core.Fields;

/// <summary>What an admin fills in for a field. A blank name is made from the title; the name and the type are fixed once saved.</summary>
public sealed record FieldEdit(string Title, string? Subtext, string Type, string? Name, IReadOnlyList<OptionEdit> Options)
{
    /// <summary>As typed; null leaves those the field has.</summary>
    public FieldRules? Rules { get; init; }

    /// <summary>The heading it stands under; blank for none; null leaves it.</summary>
    public string? Group { get; init; }
}

/// <summary>The account's contact fields: shaping them is what the gear on the contacts page opens.</summary>
public sealed class FieldCatalog(AccountDbs dbs, WriteGate gate, TimeProvider clock, FieldRuled ruled)
{
    public const int MaxCustomFields = 200;

    private static readonly CompiledList<long, int, FieldDefinition> All = new((db, account, _) => db.Fields.AsNoTracking().Where(f => f.AccountId == account));
    private static readonly CompiledList<string, int, FieldDefinition> Named = new((db, name, _) => db.Fields.AsNoTracking().Where(f => f.Name == name));

    public async Task<FieldSet> ListAsync(Caller caller, CancellationToken cancel = default)
    {
        caller.Require(Permission.ViewContacts);
        await using var db = dbs.Open(caller.AccountId);
        return await LoadAsync(db, cancel);
    }

    /// <summary>For features that write values inside their own transaction, and for public pages.</summary>
    public static async Task<FieldSet> LoadAsync(ContactsDb db, CancellationToken cancel = default) => await FilledAsync(db, await db.Fields.ToListAsync(cancel), cancel);

    /// <summary>The same for those who only look, as often as a guest answers.</summary>
    internal static async Task<FieldSet> ReadAsync(ContactsDb db, CancellationToken cancel = default) => await FilledAsync(db, await All.RunAsync(db, db.AccountId, 0, cancel), cancel);

    /// <summary>The system's, and those of the account's own that have one of these names.</summary>
    internal static async Task<FieldSet> LoadAsync(ContactsDb db, IReadOnlyCollection<string> names, CancellationToken cancel)
    {
        if (names.Count == 0) return FieldSet.SystemOnly;
        var fields = new List<FieldDefinition>(names.Count);
        foreach (var name in names) fields.AddRange(await Named.RunAsync(db, name, 0, cancel));
        return await FilledAsync(db, fields, cancel);
    }

    private static async Task<FieldSet> FilledAsync(ContactsDb db, List<FieldDefinition> fields, CancellationToken cancel)
    {
        if (fields.Exists(f => f.Type.NamesUsers)) await FieldUsers.FillAsync(db, fields, cancel);
        return new FieldSet(fields);
    }

    /// <summary>The country and time zone that typed values are read by.</summary>
    internal static Task<InputPlace> PlaceAsync(ContactsDb db) =>
        db.Accounts.Where(a => a.Id == db.AccountId).Select(a => new InputPlace(a.Country, a.TimeZone)).SingleAsync();

    /// <exception cref="RuleException">At <c>title</c>, <c>name</c>, <c>type</c>, <c>subtext</c>, <c>options</c>, <c>group</c> or one of the rules.</exception>
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
            await ArrangeAsync(db, field, edit, custom);
            CheckName(name, custom);
            if (custom.Count >= MaxCustomFields) throw new RuleException($"An organisation has at most {MaxCustomFields} fields of its own.");
            db.Fields.Add(field);
            return field;
        }, cancel);
    }

    /// <summary>Changes title, subtext, options, group and rules; the name is fixed, and the type changes with the values alone.</summary>
    /// <exception cref="RuleException">As for creating; or, with <see cref="Refusal.Conflict"/>, contacts have chosen an option that is left out, or share values that are to be unique.</exception>
    public Task<FieldDefinition> EditAsync(Caller caller, string name, FieldEdit edit, CancellationToken cancel = default) =>
        ChangeAsync(caller, name, async (db, field, custom) =>
        {
            var before = field.Copy();
            await ArrangeAsync(db, field, edit, custom);
            await ruled(db, field, before);
        }, cancel);

    /// <summary>Stops collection and keeps the values.</summary>
    public Task<FieldDefinition> ArchiveAsync(Caller caller, string name, CancellationToken cancel = default) =>
        ChangeAsync(caller, name, (field, _) => field.ArchivedAt ??= clock.GetUtcNow().UtcDateTime, cancel);

    public Task<FieldDefinition> RestoreAsync(Caller caller, string name, CancellationToken cancel = default) =>
        ChangeAsync(caller, name, (field, _) => field.ArchivedAt = null, cancel);

    /// <summary>Moves the field one place up (-1) or down (+1) among those in use, at the end of its group into the next one.</summary>
    public Task<FieldDefinition> MoveAsync(Caller caller, string name, int step, CancellationToken cancel = default) =>
        ChangeAsync(caller, name, (field, custom) => FieldOrder.Move(custom, field, Math.Sign(step)), cancel);

    /// <summary>Moves a whole group past the one above (-1) or below (+1).</summary>
    public Task MoveGroupAsync(Caller caller, string group, int step, CancellationToken cancel = default)
    {
        caller.Require(Permission.ManageFields);
        return gate.RunAsync(caller.AccountId, async db =>
        {
            FieldOrder.MoveGroup((await LoadAsync(db)).Custom, group, Math.Sign(step));
            return true;
        }, cancel);
    }

    /// <summary>The account's own field inside a write.</summary>
    internal static async Task<(FieldDefinition Field, IReadOnlyList<FieldDefinition> Custom)> FindOwnAsync(ContactsDb db, string name)
    {
        if (SystemFields.Find(name) is not null) throw new RuleException("A system field cannot be changed.", "name");
        var custom = (await LoadAsync(db)).Custom;
        return (custom.FirstOrDefault(f => f.Name == name) ?? throw RuleException.NotFound("contact field", name, "name"), custom);
    }

    private Task<FieldDefinition> ChangeAsync(Caller caller, string name, Action<FieldDefinition, IReadOnlyList<FieldDefinition>> change, CancellationToken cancel) =>
        ChangeAsync(caller, name, (_, field, custom) =>
        {
            change(field, custom);
            return Task.CompletedTask;
        }, cancel);

    private Task<FieldDefinition> ChangeAsync(
        Caller caller, string name, Func<ContactsDb, FieldDefinition, IReadOnlyList<FieldDefinition>, Task> change, CancellationToken cancel)
    {
        caller.Require(Permission.ManageFields);
        return gate.RunAsync(caller.AccountId, async db =>
        {
            var (field, custom) = await FindOwnAsync(db, name);
            await change(db, field, custom);
            return field;
        }, cancel);
    }

    private static async Task ArrangeAsync(ContactsDb db, FieldDefinition field, FieldEdit edit, IReadOnlyList<FieldDefinition> custom)
    {
        field.Describe(edit.Title, edit.Subtext, edit.Options);
        if (edit.Group is not null) field.PutUnder(edit.Group, custom.Where(f => f != field));
        var typed = edit.Rules ?? field.Rules.AsTyped(field);
        var takesPlace = new[] { typed.Default, typed.Min, typed.Max }.Any(text => text is not null && field.Type.NeedsPlace(text));
        field.Rule(typed, takesPlace ? await PlaceAsync(db) : InputPlace.Anywhere);
    }

    private static void CheckName(string name, IReadOnlyList<FieldDefinition> custom)
    {
        if (!FieldDefinition.IsName(name))
            throw new RuleException($"A name has small letters, digits and underscores, begins with a letter, and has at most {FieldDefinition.MaxNameLength} characters.", "name");
        if (SystemFields.Reserves(name)) throw new RuleException($"The name '{name}' is taken by the system. Choose another.", "name", Refusal.Conflict);
        if (custom.Any(f => f.Name == name)) throw new RuleException($"There is a field named '{name}' already.", "name", Refusal.Conflict);
    }
}
