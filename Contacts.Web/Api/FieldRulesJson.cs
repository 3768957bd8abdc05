using System.Text.Json;
using Contacts.Core;
using Contacts.Core.Fields;

namespace Contacts.Web.Api;

/// <summary>Reads the rules of a field from a request body: what is not sent stays, null takes a rule away.</summary>
internal static class FieldRulesJson
{
    public static readonly string[] Names = ["required", "unique", "default", "min", "max", "pattern", "pattern_message", "writers", "on_forms", "currency"];

    public static readonly IReadOnlyDictionary<FieldWriters, string> Writers = new Dictionary<FieldWriters, string>
    {
        [FieldWriters.Everybody] = "everybody", [FieldWriters.FirstValueWins] = "first_value_wins", [FieldWriters.UsersOnly] = "users_only",
    };

    /// <param name="type">Of the field; null where there is none of the name.</param>
    /// <exception cref="RuleException">At the first property of the wrong kind.</exception>
    public static FieldRules Read(JsonElement body, FieldRules rules, FieldType? type) => rules with
    {
        Required = Flag(body, "required", rules.Required),
        Unique = Flag(body, "unique", rules.Unique),
        Default = Given(body, "default") ? ReadValue(body, "default", type) : rules.Default,
        Min = Given(body, "min") ? ReadValue(body, "min", type) : rules.Min,
        Max = Given(body, "max") ? ReadValue(body, "max", type) : rules.Max,
        Pattern = Given(body, "pattern") ? body.Text("pattern") : rules.Pattern,
        PatternMessage = Given(body, "pattern_message") ? body.Text("pattern_message") : rules.PatternMessage,
        Writers = Given(body, "writers") ? ReadWriters(body) : rules.Writers,
        Currency = Given(body, "currency") ? body.Text("currency") : rules.Currency,
        HiddenOnForms = !Flag(body, "on_forms", !rules.HiddenOnForms),
    };

    private static bool Given(JsonElement body, string name) => body.TryGetProperty(name, out _);

    private static bool Flag(JsonElement body, string name, bool before) => !body.TryGetProperty(name, out var value) ? before : value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw Invalid(name, value),
    };

    private static FieldWriters ReadWriters(JsonElement body)
    {
        var text = body.Text("writers");
        return Writers.Any(w => w.Value == text)
            ? Writers.First(w => w.Value == text).Key
            : throw new RuleException($"Invalid writers: '{text}'. It is one of {string.Join(", ", Writers.Values)}.", "writers");
    }

    private static string? ReadValue(JsonElement body, string name, FieldType? type)
    {
        var value = body.GetProperty(name);
        return value.ValueKind switch
        {
            JsonValueKind.Null => null,
            JsonValueKind.String => value.ReadString(name),
            JsonValueKind.Array when value.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String) => string.Join('\n', value.EnumerateArray().Select(item => item.ReadString(name))),
            JsonValueKind.Object => type?.ReadObject(value) ?? throw Invalid(name, value),
            JsonValueKind.Array => throw Invalid(name, value),
            _ => value.GetRawText(),
        };
    }

    private static RuleException Invalid(string name, JsonElement value) => new($"Invalid {name}: '{value.GetRawText()}'", name);
}
