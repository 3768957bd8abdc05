using Contacts.Core;
using Contacts.Core.Fields;
using Microsoft.AspNetCore.Components;

namespace Contacts.Web.Fields;

/// <summary>What is being typed about one field, new or saved, until it is saved.</summary>
public sealed class FieldDraft
{
    private readonly FieldSet _fields;
    private readonly string _before;
    private string _title = "", _name = "", _type = FieldType.All[0].Key;
    private bool _isNameTyped;

    public FieldDraft(FieldSet fields, FieldDefinition? field = null)
    {
        (_fields, Field) = (fields, field);
        if (field is not null)
        {
            (_title, _name, _type, Subtext) = (field.Title, field.Name, field.Type.Key, field.Subtext ?? "");
            Options.AddRange(field.Options.Select(o => new OptionDraft { Key = o.Key, Label = o.Label }));
        }
        _before = Written();
    }

    /// <summary>The saved field, or null while it is new.</summary>
    public FieldDefinition? Field { get; set; }

    public bool IsNew => Field is null;
    public string Subtext { get; set; } = "";
    public List<OptionDraft> Options { get; } = [];
    public RuleException? Refused { get; set; }
    public bool IsDirty => Written() != _before;

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
            if (FieldType.Of(value).HasOptions && Options.Count == 0) Options.Add(new OptionDraft());
        }
    }

    public bool HasOptions => FieldType.Of(_type).HasOptions;

    public string? ErrorAt(string param) => Refused?.Param == param ? Refused.Message : null;

    /// <summary>A refusal that belongs to none of the inputs.</summary>
    public string? OtherError => Refused is { Param: not ("title" or "name" or "subtext" or "type" or "options") } ? Refused.Message : null;

    public FieldEdit ToEdit() => new(_title, Subtext, _type, _name, [.. Options.Select(o => new OptionEdit(o.Label, o.Key))]);

    private string Written() => string.Join('\u001f', [_title, _name, _type, Subtext, .. Options.Where(o => o.Label.Length > 0).Select(o => o.Key + "\u001e" + o.Label)]);
}
