using Contacts.Core;
using Contacts.Core.Fields;
using Contacts.Core.Fields.Types;
using Microsoft.AspNetCore.Components;

namespace Contacts.Web.Fields;

/// <summary>What is being typed about one field, new or saved, until it is saved.</summary>
public sealed class FieldDraft
{
    private static readonly string[] Inputs = ["title", "name", "subtext", "type", "options", "group", "currency", .. FieldRulesForm.Params];

    private readonly FieldSet _fields;
    private string _title = "", _name = "", _type = FieldType.All[0].Key;
    private bool _isNameTyped;

    public FieldDraft(FieldSet fields, FieldDefinition? field = null)
    {
        (_fields, Field) = (fields, field);
        if (field is null) return;
        (_title, _name, _type, Subtext, Group) = (field.Title, field.Name, field.Type.Key, field.Subtext ?? "", field.Group ?? "");
        Options.AddRange(field.Options.Select(o => new OptionDraft { Key = o.Key, Label = o.Label, Color = o.Color ?? "" }));
        Rules = field.Rules.AsTyped(field);
    }

    /// <summary>The saved field, or null while it is new.</summary>
    public FieldDefinition? Field { get; set; }

    public bool IsNew => Field is null;
    public string Subtext { get; set; } = "";
    public string Group { get; set; } = "";
    public List<OptionDraft> Options { get; } = [];

    /// <summary>As typed.</summary>
    public FieldRules Rules { get; set; } = new();
    public RuleException? Refused { get; set; }
    public bool IsDirty => Written() != new FieldDraft(_fields, Field).Written();

    /// <summary>Until somebody types a name, a new field's name follows its title.</summary>
    public string Title
    {
        get => _title;
        set
        {
            _title = value;
            if (IsNew && !_isNameTyped) _name = _fields.NameFor(value);
        }
    }

    public string Name
    {
        get => _name;
        set => (_name, _isNameTyped) = (value, value.Length > 0);
    }

    public string Type
    {
        get => _type;
        set
        {
            _type = value;
            if (HasOptions && Options.Count == 0) Options.Add(new OptionDraft());
        }
    }

    public bool HasOptions => FieldType.Of(_type).HasOptions;

    /// <summary>A saved field is to become one of another type, and its values with it.</summary>
    public bool ChangesType => Field is not null && Field.Type.Key != _type;

    /// <summary>The currency that values get with another type.</summary>
    public string? NextCurrency => FieldType.Of(_type) is CurrencyField ? Rules.Currency : null;

    /// <summary>People would not tell it from another field by its title.</summary>
    public bool SharesTitle => _fields.Active.Any(f => f.Name != Field?.Name && f.Title.Equals(_title.Trim(), StringComparison.OrdinalIgnoreCase));

    /// <summary>The groups there are, to choose among.</summary>
    public IReadOnlyList<string> Groups => [.. _fields.Groups.Select(g => g.Name).OfType<string>()];

    public IReadOnlyList<string> OptionLabels => [.. Options.Select(o => o.Label).Where(label => !string.IsNullOrWhiteSpace(label))];

    public string? ErrorAt(string param) => Refused?.Param == param ? Refused.Message : null;

    /// <summary>A refusal that belongs to none of the inputs.</summary>
    public string? OtherError => Refused is not null && !Inputs.Contains(Refused.Param) ? Refused.Message : null;

    /// <summary>The field as it would be, to look at.</summary>
    public FieldDefinition Sketch() => FieldDefinition.Sketch(_title, Subtext, FieldType.Of(_type), OptionLabels, Rules);

    public IReadOnlyList<OptionEdit> OptionEdits => [.. Options.Select(o => new OptionEdit(o.Label, o.Key, o.Color))];

    /// <summary>The options stay where the type changes, as they are typed: both types have them.</summary>
    public bool KeepsOptions => HasOptions && Field?.Type.HasOptions == true;

    // Rules of another type, and options where there were none or will be none, are a matter of the change itself.
    public FieldEdit ToEdit() => ChangesType
        ? new FieldEdit(_title, Subtext, Field!.Type.Key, _name, KeepsOptions ? OptionEdits : [.. Field.Options.Select(o => new OptionEdit(o.Label, o.Key))]) { Group = Group }
        : new FieldEdit(_title, Subtext, _type, _name, OptionEdits) { Group = Group, Rules = Ruled() };

    // What the type has no input for is not sent along.
    private FieldRules Ruled()
    {
        var type = FieldType.Of(_type);
        var rules = type.Range == FieldRange.None ? Rules with { Min = null, Max = null } : Rules;
        if (!type.TakesPattern) rules = rules with { Pattern = null, PatternMessage = null };
        if (type is not CurrencyField) rules = rules with { Currency = null };
        if (!type.CanBeUnique) rules = rules with { Unique = false };
        return rules.Unique || !type.TakesDefault ? rules with { Default = null } : rules;
    }

    private (string, FieldRules) Written() =>
        (string.Join('\u001f', [_title, _name, _type, Subtext, Group, .. Options.Where(o => o.Label.Length > 0).Select(o => $"{o.Key}\u001e{o.Label}\u001e{o.Color}")]), Rules);
}
