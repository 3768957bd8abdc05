using System.Globalization;
using Contacts.Core.Fields;

namespace Contacts.Core.People.Merging;

/// <summary>What one of the contacts has for a row: a canonical value, or the number of a status or user. Null when it has none.</summary>
public sealed record MergeCandidate(long ContactId, string? Value);

/// <summary>A field, the status or the contact owner, as each of the contacts has it.</summary>
/// <param name="Field">Null for <see cref="MergePreview.Status"/> and <see cref="MergePreview.Owner"/>.</param>
/// <param name="Candidates">The survivor's first.</param>
/// <param name="Suggested">The contact whose value is taken unless somebody chooses another.</param>
public sealed record MergeRow(string Name, FieldDefinition? Field, IReadOnlyList<MergeCandidate> Candidates, long Suggested)
{
    /// <summary>There is something to choose.</summary>
    public bool Differs => Candidates.Select(c => c.Value).Where(value => IsName || value is not null).Distinct().Count() > 1;

    /// <summary>The two parts of a name belong together, so that of these a blank may be chosen too.</summary>
    public bool IsName => Name is SystemFields.FirstName or SystemFields.LastName;

    public bool MayGive(long contactId) => IsName || ValueOf(contactId) is not null;

    public string? ValueOf(long contactId) => Candidates.First(c => c.ContactId == contactId).Value;
}

/// <summary>What contacts have, field by field, before they are merged; rows that none of them fills are left out.</summary>
public sealed record MergePreview(Contact Survivor, IReadOnlyList<Contact> Others, IReadOnlyList<MergeRow> Rows)
{
    public const string Status = "status", Owner = "owner";

    public IEnumerable<Contact> All => Others.Prepend(Survivor);

    internal static MergePreview Of(Contact survivor, IReadOnlyList<Contact> others, FieldSet fields)
    {
        List<MergeRow> rows =
        [
            .. fields.All.Select(field => Row(field.Name, field, c => c.ValueOf(field), Suggest(survivor, others, field))),
            Row(Status, null, c => Text(c.StatusId), survivor.StatusId is not null ? survivor : others.Where(o => o.StatusId is not null).MaxBy(o => o.StatusAt)),
            Row(Owner, null, c => Text(c.OwnerId), survivor.OwnerId is not null ? survivor : others.Where(o => o.OwnerId is not null).MaxBy(o => o.UpdatedAt)),
        ];
        return new MergePreview(survivor, others, [.. rows.Where(r => r.Candidates.Any(c => c.Value is not null))]);

        MergeRow Row(string name, FieldDefinition? field, Func<Contact, string?> value, Contact? suggested) =>
            new(name, field, [.. others.Prepend(survivor).Select(c => new MergeCandidate(c.Id, value(c)))], (suggested ?? survivor).Id);
    }

    /// <summary>The contact whose value is taken in each row.</summary>
    /// <exception cref="RuleException">At the row that is none, or whose choice has no value.</exception>
    internal List<(MergeRow Row, Contact Giver)> Choose(IReadOnlyDictionary<string, long>? choices)
    {
        foreach (var name in choices?.Keys ?? [])
            if (Rows.All(r => r.Name != name)) throw new RuleException($"None of these contacts has a value for '{name}'.", name);
        return [.. Rows.Select(row =>
        {
            if (choices is null || !choices.TryGetValue(row.Name, out var chosen)) return (row, All.First(c => c.Id == row.Suggested));
            var giver = All.FirstOrDefault(c => c.Id == chosen) ?? throw new RuleException("Choose one of the contacts that are merged.", row.Name);
            return row.MayGive(chosen) ? (row, giver) : throw new RuleException($"{giver.DisplayName} has no value for '{row.Name}'.", row.Name);
        })];
    }

    // The survivor's own, else the newest. First and last name belong together: half of each would be nobody.
    private static Contact? Suggest(Contact survivor, IReadOnlyList<Contact> others, FieldDefinition field)
    {
        if (field.Name is SystemFields.FirstName or SystemFields.LastName)
            return HasName(survivor) ? survivor : others.Where(HasName).MaxBy(o => Newer(SetAt(o, SystemFields.FirstName), SetAt(o, SystemFields.LastName)));
        return survivor.ValueOf(field) is not null ? survivor : others.Where(o => o.ValueOf(field) is not null).MaxBy(o => SetAt(o, field.Name));
    }

    private static bool HasName(Contact contact) => contact.FirstName is not null || contact.LastName is not null;

    private static DateTime SetAt(Contact contact, string field) => contact.Values.GetValueOrDefault(field)?.At ?? DateTime.MinValue;

    private static DateTime Newer(DateTime one, DateTime other) => one > other ? one : other;

    private static string? Text(long? id) => id?.ToString(CultureInfo.InvariantCulture);
}
