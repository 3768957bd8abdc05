using Microsoft.AspNetCore.Components;

namespace Contacts.Web.Fields;

/// <summary>One line of the options; the input is kept to move the focus there.</summary>
public sealed class OptionDraft
{
    public string? Key { get; init; }
    public string Label { get; set; } = "";

    /// <summary>One of the palette; blank for none.</summary>
    public string Color { get; set; } = "";
    public ElementReference Input { get; set; }
}
