namespace Contacts.Core.Fields.Types;

/// <summary>A telephone number: E.164 where it can be, as typed where it cannot.</summary>
public sealed class PhoneField() : FieldType("phone", "Phone", "phone")
{
    public override PlainInput Input => PlainInput.Phone;

    public override bool TakesPattern => true;

    public override bool CanBeUnique => true;

    public override string? Parse(string text, FieldDefinition field, InputPlace place, out string value) =>
        PhoneNumber.TryParse(text, place.Country, out value) ? null : PhoneNumber.Problem;

    // As it is kept, and as it was typed where it was kept so. Inside a number without the country's digits too, for those of other countries.
    internal override IReadOnlyList<string> ToSearched(string text, SearchedPart part, InputPlace place)
    {
        string?[] found =
        [
            part == SearchedPart.Whole ? PhoneNumber.ToE164(text, place.Country) : PhoneNumber.Beginning(text, place.Country),
            part == SearchedPart.Any ? PhoneNumber.Inside(text) : null,
            Folding.FoldShort(text),
        ];
        return [.. found.OfType<string>().Distinct()];
    }

    public override bool NeedsPlace(string text) => !text.TrimStart().StartsWith('+');

    public override string Display(string value, FieldDefinition field, Reader reader) => PhoneNumber.Display(value);
}
