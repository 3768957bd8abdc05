using Contacts.Core.Fields;

namespace Contacts.Tests.Fields;

/// <summary>A field of a type, as an admin would have made it.</summary>
internal static class Sample
{
    public static FieldDefinition Field(string type, params OptionEdit[] options)
    {
        var field = new FieldDefinition(1, "a_field", FieldType.Of(type), 1, new DateTime(2026, 11, 23, 9, 0, 0, DateTimeKind.Utc));
        field.Describe("A field", null, options.Length > 0 ? options : ["1–10", "11–50", "More"]);
        if (field.Type.NamesUsers) field.ChooseAmong([new("USR-0000000001", "Iris Ritter", null, ["iris@acme.example"]), new("USR-0000000002", "Tom Berg", null, ["tom@acme.example"])], [new("USR-0000000003", "Gone Girl")]);
        return field;
    }
}
