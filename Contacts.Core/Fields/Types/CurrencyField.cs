using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Contacts.Core.Fields.Types;

/// <summary>An amount of the field's currency, kept in its minor unit: 123450 is 1234.50. A field without a currency takes amounts with two decimals.</summary>
public sealed partial class CurrencyField() : FieldType("currency", "Amount of money", "currency")
{
    private const long Most = 1_000_000_000_000_000;

    public override FilterKind FilterKind => FilterKind.Number;

    public override PlainInput Input => PlainInput.Number;

    public override FieldRange Range => FieldRange.Value;

    /// <summary>The field's currency, where it has one.</summary>
    public static Currency? Of(FieldDefinition field) => Currency.Find(field.Rules.Currency);

    public override string? Hint(FieldDefinition field) => Of(field) is { } currency ? $"In {currency.Code}." : null;

    public override string? Parse(string text, FieldDefinition field, InputPlace place, out string value)
    {
        value = "";
        var (currency, decimals) = (Of(field), DecimalsOf(field));
        var like = $"Enter an amount, like {Write(123450, decimals)}.";
        var digits = WithoutSigns(text, currency, out var isNegative);
        if (!Amount().IsMatch(digits)) return currency is null ? like : $"{like[..^1]} ({currency.Name}).";
        if (Plain(digits, decimals) is not { } plain)
            return $"It is not clear where the decimals of '{text.Trim()}' begin. Write it with a point and nothing else, like {Write(123450, decimals)}.";
        var point = plain.IndexOf('.', StringComparison.Ordinal);
        if (point >= 0 && plain.Length - point - 1 > decimals)
            return decimals == 0 ? "This currency has no decimals." : $"Give at most {decimals} decimals, like {Write(123450, decimals)}.";
        if (!decimal.TryParse(plain, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) || number > Most / Scale(decimals)) return "The amount is too large.";
        var minor = (long)(number * Scale(decimals));
        value = (isNegative ? -minor : minor).ToString(CultureInfo.InvariantCulture);
        return null;
    }

    public override string Format(string value, FieldDefinition field) => Write(Read(value), DecimalsOf(field));

    public override string Display(string value, FieldDefinition field, Reader reader)
    {
        var format = (NumberFormatInfo)reader.Culture.NumberFormat.Clone();
        var symbol = Of(field)?.Symbol ?? "";
        (format.CurrencyDecimalDigits, format.CurrencySymbol) = (DecimalsOf(field), symbol.Length > 1 ? symbol + "\u00a0" : symbol);
        if (format.CurrencyNegativePattern == 0) format.CurrencyNegativePattern = 1; // -$5, not ($5)
        return (Read(value) / (decimal)Scale(DecimalsOf(field))).ToString("C", format).Trim();
    }

    public override int? Compare(string one, string other) => Read(one).CompareTo(Read(other));

    public override JsonNode ToJson(string value, FieldDefinition field) => JsonNode.Parse(Format(value, field))!;

    private static int DecimalsOf(FieldDefinition field) => Of(field)?.Decimals ?? 2;

    // The field's own currency may stand before or behind, and the minus before or behind it: "-€5", "€ -5", "5 EUR".
    private static string WithoutSigns(string text, Currency? currency, out bool isNegative)
    {
        text = text.Trim();
        isNegative = TakesOff("-") || TakesOff("\u2212");
        if (currency is not null && (TakesOff(currency.Code) || TakesOff(currency.Symbol)) && !isNegative) isNegative = TakesOff("-");
        return text;

        bool TakesOff(string sign)
        {
            var before = text.StartsWith(sign, StringComparison.OrdinalIgnoreCase);
            if (!before && (sign == "-" || !text.EndsWith(sign, StringComparison.OrdinalIgnoreCase))) return false;
            text = (before ? text[sign.Length..] : text[..^sign.Length]).Trim();
            return true;
        }
    }

    // The digits with a point for the decimals; null where a lone separator could be either.
    private static string? Plain(string digits, int decimals)
    {
        digits = Spaces().Replace(digits, "");
        var marks = digits.Where(c => c is '.' or ',').ToList();
        if (marks.Count == 0) return digits;
        var last = marks[^1];
        var isDecimal = marks.Distinct().Count() == 2 || (marks.Count == 1 && (last == '.' || digits.Length - digits.IndexOf(',', StringComparison.Ordinal) - 1 != 3));
        if (marks is [','] && !isDecimal && decimals == 3) return null; // 1,234 of a currency with three decimals
        var whole = isDecimal ? digits[..digits.LastIndexOf(last)] : digits;
        if (whole.Any(c => c is '.' or ',') && !Grouped().IsMatch(whole)) return null;
        var plain = string.Concat(whole.Where(char.IsAsciiDigit));
        return isDecimal ? $"{plain}.{digits[(digits.LastIndexOf(last) + 1)..]}" : plain;
    }

    private static long Scale(int decimals) => decimals switch { 0 => 1, 3 => 1000, _ => 100 };

    private static long Read(string value) => long.Parse(value, CultureInfo.InvariantCulture);

    private static string Write(long minor, int decimals) => (minor / (decimal)Scale(decimals)).ToString($"F{decimals}", CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^[0-9](?:[0-9.,'’ \u00a0\u202f]*[0-9])?\z")]
    private static partial Regex Amount();

    [GeneratedRegex(@"['’ \u00a0\u202f]")]
    private static partial Regex Spaces();

    [GeneratedRegex(@"^[1-9][0-9]{0,2}(?:(?:,[0-9]{3})+|(?:\.[0-9]{3})+)\z")]
    private static partial Regex Grouped();
}
