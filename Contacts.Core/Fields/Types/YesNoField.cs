using System.Globalization;
using System.Text.Json.Nodes;

namespace Contacts.Core.Fields.Types;

/// <summary>Yes or no; unanswered is no value.</summary>
public sealed class YesNoField() : FieldType("yes_no", "Yes or no", "yes_no")
{
    private const string Yes = "true", No = "false";

    public override FilterKind FilterKind => FilterKind.YesNo;

    public override PlainInput Input => PlainInput.YesNo;

    public override string? Parse(string text, FieldDefinition field, InputPlace place, out string value)
    {
        value = text.Trim().ToLowerInvariant() switch
        {
            "yes" or "true" or "on" or "1" => Yes,
            "no" or "false" or "off" or "0" => No,
            _ => "",
        };
        return value.Length == 0 ? "Choose yes or no." : null;
    }

    public override string Format(string value, FieldDefinition field) => value == Yes ? "Yes" : "No";

    public override JsonNode ToJson(string value, FieldDefinition field) => JsonValue.Create(value == Yes);
}
