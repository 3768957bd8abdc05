namespace Contacts.Core.Fields.Types;

/// <summary>Text of several lines.</summary>
public sealed class LongTextField() : FieldType("long_text", "Multi-line text", "long_text")
{
    public const int MaxLength = 5000;

    public override FilterKind FilterKind => FilterKind.Presence;

    public override PlainInput Input => PlainInput.Lines;

    public override FieldRange Range => FieldRange.Length;

    public override bool TakesPattern => true;

    public override bool Takes(FieldType answer) => true;

    public override string? Parse(string text, FieldDefinition field, InputPlace place, out string value)
    {
        value = text.ReplaceLineEndings("\n").Trim();
        return value.Length <= MaxLength ? null : $"Keep it within {MaxLength} characters.";
    }
}
