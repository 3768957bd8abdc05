using System.Globalization;
using System.Text.Json.Nodes;

namespace Contacts.Core.Fields.Types;

/// <summary>So many of five; the field's rules may say another greatest, up to ten.</summary>
public sealed class RatingField() : FieldType("rating", "Rating", "rating")
{
    public const int DefaultMax = 5, GreatestMax = 10;

    public override FilterKind FilterKind => FilterKind.Number;

    public override PlainInput Input => PlainInput.Scale;

    public override FieldRange Range => FieldRange.Value;

    /// <summary>The greatest the field has.</summary>
    public static int MaxOf(FieldDefinition field) =>
        int.TryParse(field.Rules.Max, NumberStyles.None, CultureInfo.InvariantCulture, out var max) && max is > 1 and <= GreatestMax ? max : DefaultMax;

    public override IReadOnlyList<string> PlainChoices(FieldDefinition field) => [.. Enumerable.Range(1, MaxOf(field)).Select(Write)];

    public override string? Parse(string text, FieldDefinition field, InputPlace place, out string value)
    {
        var read = int.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var rating) && rating >= 1 && rating <= MaxOf(field);
        value = read ? Write(rating) : "";
        return read ? null : $"Choose a rating from 1 to {MaxOf(field)}.";
    }

    // The greatest is what makes the scale, so no scale is there to read it by.
    internal override string? ParseBound(string text, FieldDefinition field, InputPlace place, out string value)
    {
        var read = int.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var bound) && bound is >= 1 and <= GreatestMax;
        value = read ? Write(bound) : "";
        return read ? null : $"Enter a number from 1 to {GreatestMax}.";
    }

    // "Less than 6" is asked of ratings up to five.
    internal override string? ParseCompared(string text, FieldDefinition field, out string value) => Of("number").Parse(text, field, InputPlace.Anywhere, out value);

    public override string Display(string value, FieldDefinition field, Reader reader) => Parse(value, field, InputPlace.Anywhere, out _) is null ? $"{value} of {MaxOf(field)}" : value;

    public override int? Compare(string one, string other) => Read(one).CompareTo(Read(other));

    public override JsonNode ToJson(string value, FieldDefinition field) => JsonValue.Create(Read(value));

    private static int Read(string value) => int.Parse(value, CultureInfo.InvariantCulture);

    private static string Write(int rating) => rating.ToString(CultureInfo.InvariantCulture);
}
