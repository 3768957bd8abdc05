using Contacts.Core.Fields;

namespace Contacts.Tests.Fields;

/// <summary>A field of a type, as an admin would have made it.</summary>
internal static class Sample
{
    public static FieldDefinition Field(string type, params OptionEdit[] options)
    {
        var field = new FieldDefinition(1, "a_field", FieldType.Of(type), 1, new DateTime(2026, 11, 23, 9, 0, 0, DateTimeKind.Utc));
        field.Describe("A field", null, options.Length > 0 ? options : ["1–10", "11–50", "More"]);
        return field;
    }
}
