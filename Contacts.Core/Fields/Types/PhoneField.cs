namespace Contacts.Core.Fields.Types;

/// <summary>A telephone number: E.164 where it can be, as typed where it cannot.</summary>
public sealed class PhoneField() : FieldType("phone", "Phone", "phone")
{
    public override PlainInput Input => PlainInput.Phone;

    public override bool TakesPattern => true;

    public override bool CanBeUnique => true;

    public override string? Parse(string text, FieldDefinition field, InputPlace place, out string value) =>
        PhoneNumber.TryParse(text, place.Country, out value) ? null : PhoneNumber.Problem;

    // "0170 123" is looked for inside +49170123.
    internal override string ToSearched(string text)
    {
        var digits = string.Concat(text.Where(c => char.IsAsciiDigit(c) || c == '+'));
        return digits.Length == 0 ? Folding.FoldShort(text) : digits.StartsWith("00", StringComparison.Ordinal) ? "+" + digits[2..] : digits.Length > 1 && digits[0] == '0' ? digits[1..] : digits;
    }

    public override bool NeedsPlace(string text) => !text.TrimStart().StartsWith('+');

    public override string Display(string value, FieldDefinition field, Reader reader) => PhoneNumber.Display(value);
}
