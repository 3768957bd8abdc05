namespace Contacts.Core.Fields;

/// <summary>Fields that stand together under a heading; an account's own without a name stand under <see cref="Ungrouped"/> on the contact's page.</summary>
public sealed record FieldGroup(string? Name, IReadOnlyList<FieldDefinition> Fields)
{
    public const string Ungrouped = "Your fields";

    public string Title => Name ?? Ungrouped;

    /// <summary>Groups of one rank follow one another as their first fields do.</summary>
    internal int Rank => Fields[0] switch { { IsSystem: true, Group: SystemFields.PersonGroup or SystemFields.CompanyGroup } => 0, { IsSystem: true } => 3, { Group: null } => 1, _ => 2 };
}
