using System.Text.Json.Nodes;

namespace Contacts.Core.Fields.Types;

/// <summary>Any of the field's options, one a line, in the options' order.</summary>
public sealed class MultipleChoiceField() : FieldType("multiple_choice", "Multiple choice", "multiple_choice")
{
    public override FilterKind FilterKind => FilterKind.Choices;

    public override bool HasOptions => true;

    public override PlainInput Input => PlainInput.AnyOf;

    public override string? Parse(string text, FieldDefinition field, InputPlace place, out string value)
    {
        value = "";
        var chosen = new List<FieldOption>();
        foreach (var label in Lines(text))
        {
            if (field.FindOption(label) is not { } option) return field.ChoiceProblem(label);
            if (!chosen.Contains(option)) chosen.Add(option);
        }
        value = string.Join('\n', field.Options.Where(chosen.Contains).Select(o => o.Key));
        return null;
    }

    public override string Format(string value, FieldDefinition field) => string.Join('\n', Lines(value).Select(field.LabelOf));

    public override string Display(string value, FieldDefinition field, Reader reader) => string.Join(", ", Lines(value).Select(field.LabelOf));

    public override JsonNode ToJson(string value, FieldDefinition field) =>
        new JsonArray([.. Lines(value).Select(key => (JsonNode)JsonValue.Create(field.LabelOf(key)))]);

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
