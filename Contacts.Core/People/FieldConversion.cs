using Contacts.Core.Activity;
using Contacts.Core.Data;
using Contacts.Core.Fields;

namespace Contacts.Core.People;

/// <summary>A field as it was and as it will be, and how its values go over.</summary>
internal sealed class FieldConversion
{
    private readonly FieldDefinition _before;
    private readonly InputPlace _place;

    private FieldConversion(FieldDefinition before, FieldDefinition after, InputPlace place) => (_before, After, _place) = (before, after, place);

    public FieldDefinition After { get; }

    /// <summary>Reads the values there are where options have to be made of them.</summary>
    /// <exception cref="RuleException">At <c>type</c>, <c>options</c> or <c>currency</c>.</exception>
    public static async Task<FieldConversion> ThinkAsync(ContactsDb db, FieldDefinition field, string type, IReadOnlyList<OptionEdit> options, string? currency)
    {
        var to = FieldType.Find(type) ?? throw new RuleException("Choose a field type.", "type");
        if (to.IsUploaded) throw new RuleException("Values of this type are uploaded, so nothing can become one.", "type");
        if (field.Type.IsUploaded) throw new RuleException("No other type holds files. Make another field, and archive this one.", "type");
        if (to == field.Type) throw new RuleException("The field is of this type already.", "type");
        var before = field.Copy();
        var edits = options.Where(o => !string.IsNullOrWhiteSpace(o.Label)).ToList();
        if (to.HasOptions && !before.Type.HasOptions)
            await foreach (var (_, value) in FieldHolders.ReadAsync(db, before, listedOnly: false))
            {
                if (edits.Count >= FieldDefinition.MaxOptions) break;
                edits.AddRange(Labels(before.Type.Format(value, before), to).Where(l => FieldOption.IsLabel(l) && !edits.Exists(e => e.Label.Equals(l, StringComparison.OrdinalIgnoreCase)))
                    .Select(OptionEdit.FromString));
            }
        if (to.HasOptions && !before.Type.HasOptions && edits.Count == 0)
            throw new RuleException("Give at least one option. No contact has a value to make them from.", "options");
        var after = before.As(to, [.. edits.Take(FieldDefinition.MaxOptions)], currency);
        if (to.NamesUsers) await FieldUsers.FillAsync(db, [after], default);
        return new FieldConversion(before, after, await FieldCatalog.PlaceAsync(db));
    }

    public string TextOf(string value) => _before.Type.Format(value, _before);

    /// <summary>The canonical value of the new type; null when it is none.</summary>
    public string? To(string value) =>
        After.Type.Parse(_before.Type.TextFor(After.Type, value, _before, _place), After, _place, out var converted) is null && converted.Length > 0 ? converted : null;

    /// <summary>Says whether it changed the contact.</summary>
    public bool Apply(Contact contact, Func<ActivityEntry> entry)
    {
        if (contact.Values.GetValueOrDefault(_before.Name)?.Value is not { } value || To(value) is var converted && converted == value) return false;
        contact.Convert(After, converted, TextOf(value), converted is null ? entry() : null);
        return true;
    }

    private static string[] Labels(string text, FieldType to) =>
        to.Input == PlainInput.AnyOf ? text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) : [text];
}
