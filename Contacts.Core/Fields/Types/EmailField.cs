namespace Contacts.Core.Fields.Types;

/// <summary>An email address, kept as typed.</summary>
public sealed class EmailField() : FieldType("email", "Email", "email")
{
    public override PlainInput Input => PlainInput.Email;

    public override bool TakesPattern => true;

    public override bool CanBeUnique => true;

    public override string? Parse(string text, FieldDefinition field, InputPlace place, out string value) =>
        EmailAddress.TryParse(text, out value) ? null : EmailAddress.Problem;
}
