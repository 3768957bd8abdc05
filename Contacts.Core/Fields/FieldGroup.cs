namespace Contacts.Core.Fields;

/// <summary>Fields that stand under one heading on the contact's page.</summary>
public sealed record FieldGroup(string Title, IReadOnlyList<FieldDefinition> Fields)
{
    /// <summary>The heading of an account's own fields that were given none.</summary>
    public const string Ungrouped = "Your fields";

    /// <summary>Groups of one rank follow one another as their first fields do.</summary>
    internal int Rank => Fields[0] switch { { IsSystem: true, Group: SystemFields.PersonGroup or SystemFields.CompanyGroup } => 0, { IsSystem: true } => 3, { Group: null } => 1, _ => 2 };
}
