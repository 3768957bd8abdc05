using System.Globalization;
using System.Text.Json.Nodes;

namespace Contacts.Core.Fields.Types;

/// <summary>A number, kept as the shortest text that reads back to it. Written with a point, whoever writes.</summary>
public sealed class NumberField() : FieldType("number", "Number", "number")
{
    /// <summary>Beyond this a double no longer holds every whole number.</summary>
    public const double Max = 9_007_199_254_740_992;

    private const NumberStyles Styles = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    public override FilterKind FilterKind => FilterKind.Number;

    public override PlainInput Input => PlainInput.Number;

    public override FieldRange Range => FieldRange.Value;

    public override bool CanBeUnique => true;

    public override string? Parse(string text, FieldDefinition field, InputPlace place, out string value)
    {
        value = "";
        if (!double.TryParse(text.Trim(), Styles, CultureInfo.InvariantCulture, out var number) || !double.IsFinite(number))
            return "Enter a number, like 42 or 3.5.";
        if (Math.Abs(number) > Max) return "Enter a number with at most 15 digits.";
        value = Write(number == 0 ? 0 : number); // no "-0"
        return null;
    }

    public override string Display(string value, FieldDefinition field, Reader reader) => Read(value).ToString("#,0.###############", reader.Culture);

    public override int? Compare(string one, string other) => Read(one).CompareTo(Read(other));

    public override JsonNode ToJson(string value, FieldDefinition field) => JsonNode.Parse(value)!;

    private static double Read(string value) => double.Parse(value, CultureInfo.InvariantCulture);

    private static string Write(double number) => number.ToString("R", CultureInfo.InvariantCulture);
}
