namespace Contacts.Core.Fields.Types;

/// <summary>One line of text.</summary>
public sealed class TextField() : FieldType("text", "Single-line text", "text")
{
    public const int MaxLength = 250;

    public override FieldRange Range => FieldRange.Length;

    public override bool TakesPattern => true;

    public override bool CanBeUnique => true;

    // Only what is sure to fit in one short line.
    public override bool Takes(FieldType answer) => answer is not (LongTextField or MultipleChoiceField or UrlField or AddressField);

    public override string? Parse(string text, FieldDefinition field, InputPlace place, out string value)
    {
        value = text.ReplaceLineEndings(" ").Trim();
        return value.Length <= MaxLength ? null : $"Keep it within {MaxLength} characters.";
    }
}
