using Contacts.Core.Fields;
using Microsoft.AspNetCore.Components;

namespace Contacts.Web.Fields.Editors;

/// <summary>What every editor of a value is given. The value is the text <see cref="FieldType.Format"/> gives.</summary>
public abstract class ValueEditor : ComponentBase
{
    [Parameter, EditorRequired] public FieldDefinition Field { get; set; } = null!;
    [Parameter] public string? Value { get; set; }
    [Parameter] public EventCallback<string?> ValueChanged { get; set; }

    /// <summary>The field's title where it is left out.</summary>
    [Parameter] public string? Label { get; set; }

    [Parameter] public string? Error { get; set; }
    [Parameter] public bool AutoFocus { get; set; }

    /// <summary>Neither label nor subtext is shown: they stand beside the editor already.</summary>
    [Parameter] public bool Dense { get; set; }

    protected string Name => Label ?? Field.Title;

    protected string? Help => Dense ? null : Field.Subtext;
}
