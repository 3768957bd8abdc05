namespace Contacts.Core.Fields.Types;

/// <summary>One of the field's options.</summary>
public sealed class SingleChoiceField() : FieldType("single_choice", "Single choice", "single_choice")
{
    public override FilterKind FilterKind => FilterKind.Choice;

    public override bool HasOptions => true;

    public override PlainInput Input => PlainInput.OneOf;

    public override string? Parse(string text, FieldDefinition field, InputPlace place, out string value)
    {
        var option = field.FindOption(text);
        value = option?.Key ?? "";
        return option is null ? field.ChoiceProblem(text) : null;
    }

    public override string Format(string value, FieldDefinition field) => field.LabelOf(value);
}
