using Contacts.Core.Accounts;
using Contacts.Core.Activity;
using Contacts.Core.Data;
using Contacts.Core.Fields;
using Contacts.Core.People.Lists;
using Microsoft.EntityFrameworkCore;

namespace Contacts.Core.People;

/// <summary>A contact whose value would not become one of the new type.</summary>
public sealed record MisfitValue(long ContactId, string Contact, string Value);

/// <summary>What a change of type would do to the values that are there.</summary>
/// <param name="Misfits">The first of those that would be emptied.</param>
/// <param name="Options">For a type with options: what they would be.</param>
public sealed record ConversionPreview(int Converting, int Lost, IReadOnlyList<MisfitValue> Misfits, IReadOnlyList<string> Options);

/// <summary>Changes of a field that change the values contacts have: another type, an option that goes, the whole field that goes.</summary>
public sealed class FieldConversions(AccountDbs dbs, WriteGate gate, TimeProvider clock, FieldRetyped retyped)
{
    public const int MaxMisfits = 20;

    /// <summary>How many contacts have something in the field.</summary>
    public async Task<int> CountAsync(Caller caller, string name, CancellationToken cancel = default)
    {
        caller.Require(Permission.ManageFields);
        await using var db = dbs.Open(caller.AccountId);
        var (field, _) = await FieldCatalog.FindOwnAsync(db, name);
        return await FieldHolders.Of(db, field).Listed().CountAsync(cancel);
    }

    /// <summary>How many contacts have chosen the option with this key, those in the bin and those merged included.</summary>
    public async Task<int> CountOptionAsync(Caller caller, string name, string key, CancellationToken cancel = default)
    {
        caller.Require(Permission.ManageFields);
        await using var db = dbs.Open(caller.AccountId);
        var (field, _) = await FieldCatalog.FindOwnAsync(db, name);
        return await FieldHolders.CountChosenAsync(db, field, key, cancel);
    }

    /// <summary>
    /// Takes an option out; what contacts chose becomes another option, which then answers to its name too, or empty. Broken off, it can be
    /// done again.
    /// </summary>
    /// <param name="to">The key of the other option; null empties.</param>
    /// <exception cref="RuleException">At <c>options</c>: there is no such option, or it is the last.</exception>
    public async Task<FieldDefinition> ReplaceOptionAsync(Caller caller, string name, string key, string? to, CancellationToken cancel = default)
    {
        caller.Require(Permission.ManageFields);
        var field = await FindAsync(caller, name);
        field.Copy().DropOption(key, to);
        return await RewriteAsync(caller, field, value => Keys(value).Contains(key), (contact, value, entry) =>
        {
            var kept = Keys(value).Select(k => k == key ? to : k).ToHashSet();
            var chosen = string.Join('\n', field.Options.Select(o => o.Key).Where(kept.Contains));
            contact.Convert(field, chosen.Length == 0 ? null : chosen, field.Type.Format(value, field), entry());
        }, (_, own) =>
        {
            own.DropOption(key, to);
            return Task.CompletedTask;
        }, cancel);
    }

    /// <summary>What changing the field's type would do; nothing is changed.</summary>
    /// <param name="options">Options the admin gives, where the new type has them; those that values need come after.</param>
    /// <param name="currency">ISO 4217 code of the amounts, where they become some.</param>
    /// <exception cref="RuleException">As for changing.</exception>
    public async Task<ConversionPreview> PreviewAsync(
        Caller caller, string name, string type, IReadOnlyList<OptionEdit>? options = null, string? currency = null, CancellationToken cancel = default)
    {
        caller.Require(Permission.ManageFields);
        await using var db = dbs.Open(caller.AccountId);
        var (field, _) = await FieldCatalog.FindOwnAsync(db, name);
        var conversion = await FieldConversion.ThinkAsync(db, field, type, options ?? [], currency);
        var (converting, lost) = (0, new List<(long Id, string Value)>());
        await foreach (var (id, value) in FieldHolders.ReadAsync(db, field, listedOnly: true).WithCancellation(cancel))
        {
            if (conversion.To(value) is not null) converting++;
            else lost.Add((id, conversion.TextOf(value)));
        }
        var first = lost.Take(MaxMisfits).Select(m => m.Id).ToList();
        var names = await db.Contacts.Where(c => first.Contains(c.Id)).ToDictionaryAsync(c => c.Id, c => c.DisplayName, cancel);
        return new ConversionPreview(converting, lost.Count, [.. lost.Take(MaxMisfits).Select(m => new MisfitValue(m.Id, names[m.Id], m.Value))],
            [.. conversion.After.Options.Select(o => o.Label)]);
    }

    /// <summary>
    /// Changes the type of the field, of all its values and of who asks for them, all or nothing. What does not convert is emptied, and the
    /// contact's activity tells what it was.
    /// </summary>
    /// <exception cref="RuleException">At <c>type</c>, <c>options</c> or <c>currency</c>.</exception>
    public Task<FieldDefinition> ChangeTypeAsync(
        Caller caller, string name, string type, IReadOnlyList<OptionEdit>? options = null, string? currency = null, CancellationToken cancel = default)
    {
        caller.Require(Permission.ManageFields);
        return gate.RunAsync(caller.AccountId, async db =>
        {
            var (field, _) = await FieldCatalog.FindOwnAsync(db, name);
            await FieldHolders.HoldAsync(db, field);
            var conversion = await FieldConversion.ThinkAsync(db, field, type, options ?? [], currency);
            await retyped(db, field, conversion.After.Type);
            await db.UniqueValues.Where(u => u.FieldId == field.Id).ExecuteDeleteAsync();
            field.ChangeTo(conversion.After);
            var changing = new List<long>();
            await foreach (var (id, value) in FieldHolders.ReadAsync(db, field, listedOnly: false))
                if (conversion.To(value) != value) changing.Add(id);
            var others = await IndexedFields.LoadAsync(db, except: field);
            foreach (var part in changing.Chunk(ContactRewrite.Chunk))
                await ContactRewrite.ValuesAsync(db, part, contact => conversion.Apply(contact, () => NewEntry(caller)), others);
            await ContactIndex.RebuildFieldAsync(db, field);
            return field;
        }, cancel);
    }

    /// <summary>Deletes an archived field for good: its values leave the contacts, whose activities tell what they were. Broken off, it can be done again.</summary>
    /// <exception cref="RuleException">At <c>name</c>, when the field is in use.</exception>
    public async Task DeleteAsync(Caller caller, string name, CancellationToken cancel = default)
    {
        caller.Require(Permission.ManageFields);
        var field = await FindAsync(caller, name);
        CheckArchived(field);
        await RewriteAsync(caller, field, _ => true, (contact, value, entry) => contact.Convert(field, null, field.Type.Format(value, field), entry()), async (db, own) =>
        {
            CheckArchived(own);
            await retyped(db, own, null);
            db.Fields.Remove(own);
        }, cancel);
    }

    private async Task<FieldDefinition> FindAsync(Caller caller, string name)
    {
        await using var db = dbs.Open(caller.AccountId);
        return (await FieldCatalog.FindOwnAsync(db, name)).Field;
    }

    // In short pieces, so that nobody waits long in between. The field changes with the last, which takes along what came meanwhile.
    private async Task<FieldDefinition> RewriteAsync(
        Caller caller, FieldDefinition field, Func<string, bool> picks, Action<Contact, string, Func<ActivityEntry>> rewrite, Func<ContactsDb, FieldDefinition, Task> finish, CancellationToken cancel)
    {
        List<long> ids;
        await using (var db = dbs.Open(caller.AccountId)) ids = await PickAsync(db);
        foreach (var part in ids.Chunk(ContactRewrite.Chunk)) await gate.RunAsync(caller.AccountId, db => ApplyAsync(db, part), cancel);
        return await gate.RunAsync(caller.AccountId, async db =>
        {
            var (own, _) = await FieldCatalog.FindOwnAsync(db, field.Name);
            await finish(db, own);
            foreach (var part in (await PickAsync(db)).Chunk(ContactRewrite.Chunk)) await ApplyAsync(db, part);
            return own;
        }, cancel);

        async Task<List<long>> PickAsync(ContactsDb db)
        {
            var picked = new List<long>();
            await foreach (var (id, value) in FieldHolders.ReadAsync(db, field, listedOnly: false).WithCancellation(cancel))
                if (picks(value)) picked.Add(id);
            return picked;
        }

        async Task<int> ApplyAsync(ContactsDb db, long[] part) => await ContactRewrite.ValuesAsync(db, part, contact =>
        {
            if (contact.Values.GetValueOrDefault(field.Name)?.Value is not { } value || !picks(value)) return false;
            rewrite(contact, value, () => NewEntry(caller));
            return true;
        }, await IndexedFields.LoadAsync(db));
    }

    private ActivityEntry NewEntry(Caller caller)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        return new ActivityEntry(caller.AccountId, ActivityKind.Edited, "", Source.Of(caller), caller, now, now);
    }

    private static void CheckArchived(FieldDefinition field)
    {
        if (!field.IsArchived) throw new RuleException("Only an archived field can be deleted. Archive it first.", "name");
    }

    private static string[] Keys(string value) => value.Split('\n');
}
