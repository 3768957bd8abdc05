using System.Text.Json.Nodes;

namespace Contacts.Core.Fields.Types;

/// <summary>A user of the account, kept by id. Who left keeps their name here and is no longer offered; their id is still read, so that a value that is there can stay.</summary>
public sealed class UserField() : FieldType("user", "User", "user")
{
    public override FilterKind FilterKind => FilterKind.Choice;

    public override bool NamesUsers => true;

    public override PlainInput Input => PlainInput.None;

    public override string? Parse(string text, FieldDefinition field, InputPlace place, out string value)
    {
        var user = field.FindOption(text) ?? field.FindFormerUser(text);
        value = user?.Key ?? "";
        return user is null ? $"'{text.Trim()}' is no user of your organisation. Give a name, an email address or an id." : null;
    }

    public override string Format(string value, FieldDefinition field) => field.LabelOf(value);

    public override JsonNode ToJson(string value, FieldDefinition field) => JsonValue.Create(value);
}
