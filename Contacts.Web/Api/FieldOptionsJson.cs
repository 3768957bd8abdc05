using System.Text.Json;
using Contacts.Core;
using Contacts.Core.Fields;

namespace Contacts.Web.Api;

/// <summary>Reads the options of a field from a request body: each a text, or an object that says what it was called and which colour it has.</summary>
internal static class FieldOptionsJson
{
    private const string Options = "options", Label = "label", Was = "was", Color = "color";

    /// <param name="field">As it stands; null while it is new.</param>
    /// <returns>Null where none are sent.</returns>
    /// <exception cref="RuleException">At <c>options</c>.</exception>
    public static List<OptionEdit>? Read(JsonElement body, FieldDefinition? field)
    {
        if (!body.TryGetProperty(Options, out var sent) || sent.ValueKind == JsonValueKind.Null) return null;
        if (sent.ValueKind != JsonValueKind.Array) throw Malformed();
        var edits = sent.EnumerateArray().Select(option => ReadOne(option, field)).ToList();
        if (edits.GroupBy(e => e.Key).FirstOrDefault(g => g.Key is not null && g.Count() > 1) is { Key: { } twice })
            throw new RuleException($"The option '{field!.LabelOf(twice)}' can become one option only.", Options);
        return edits;
    }

    private static OptionEdit ReadOne(JsonElement option, FieldDefinition? field)
    {
        if (option.ValueKind == JsonValueKind.String) return new OptionEdit(option.ReadString(Options));
        if (option.ValueKind != JsonValueKind.Object || option.EnumerateObject().Any(p => p.Name is not (Label or Was or Color))) throw Malformed();
        var label = TextOf(option, Label) ?? throw Malformed();
        var color = option.TryGetProperty(Color, out _) ? TextOf(option, Color) ?? "" : null;
        if (TextOf(option, Was) is not { } was) return new OptionEdit(label, null, color);
        return new OptionEdit(label, field?.Options.Count > 0 && field.FindOption(was) is { } known ? known.Key : throw new RuleException($"There is no option '{was}'.", Options), color);
    }

    private static string? TextOf(JsonElement option, string name) => !option.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null ? null
        : value.ValueKind == JsonValueKind.String ? value.ReadString(Options) : throw Malformed();

    private static RuleException Malformed() => new("Must be an array of texts, or of objects {label, was, color}.", Options);
}
