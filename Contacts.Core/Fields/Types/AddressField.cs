using System.Text.Json;
using System.Text.Json.Nodes;

namespace Contacts.Core.Fields.Types;

/// <summary>A postal address, kept as up to five lines in the order of <see cref="Parts"/>; a line in the middle may be blank.</summary>
public sealed class AddressField() : FieldType("address", "Address", "address")
{
    public const int MaxPartLength = 200;

    /// <summary>The lines: what the API calls each, what people read, and what browsers fill in.</summary>
    public static readonly IReadOnlyList<(string Name, string Label, string Autocomplete)> Parts =
    [
        ("street", "Street", "street-address"), ("city", "City", "address-level2"), ("state", "State or province", "address-level1"),
        ("post_code", "Post code", "postal-code"), ("country", "Country", "country-name"),
    ];

    public override PlainInput Input => PlainInput.Address;

    public override string? Parse(string text, FieldDefinition field, InputPlace place, out string value)
    {
        var lines = Lines(text);
        value = string.Join('\n', lines).TrimEnd('\n');
        if (value.Count(letter => letter == '\n') >= Parts.Count) return "An address has five lines: street, city, state, post code, country.";
        return lines.Any(line => line.Length > MaxPartLength) ? $"Keep each line of the address within {MaxPartLength} characters." : null;
    }

    public override string Display(string value, FieldDefinition field, Reader reader) => string.Join(", ", Lines(value).Where(line => line.Length > 0));

    public override JsonNode ToJson(string value, FieldDefinition field)
    {
        var lines = Split(value);
        return new JsonObject(Parts.Select((part, at) => KeyValuePair.Create(part.Name, lines[at].Length == 0 ? null : (JsonNode?)JsonValue.Create(lines[at]))));
    }

    public override string? ReadObject(JsonElement sent)
    {
        var lines = new string[Parts.Count];
        foreach (var property in sent.EnumerateObject())
        {
            var at = Parts.ToList().FindIndex(part => part.Name == property.Name);
            if (at < 0 || (property.Value.ValueKind == JsonValueKind.Null ? "" : TextOf(property.Value)) is not { } line) return null;
            lines[at] = line.ReplaceLineEndings(", ");
        }
        return string.Join('\n', lines);
    }

    /// <summary>A text as the five inputs show it; what is too many stands in the last.</summary>
    public static string[] Split(string text)
    {
        var lines = Lines(text);
        return [.. Enumerable.Range(0, Parts.Count).Select(at => at == Parts.Count - 1 ? string.Join(' ', lines.Skip(at)).Trim() : lines.ElementAtOrDefault(at) ?? "")];
    }

    private static string? TextOf(JsonElement part) => part.ValueKind == JsonValueKind.String ? JsonText.Of(part) : null;

    private static string[] Lines(string text) => text.ReplaceLineEndings("\n").Split('\n', StringSplitOptions.TrimEntries);
}
