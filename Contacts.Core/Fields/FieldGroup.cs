namespace Contacts.Core.Fields;

/// <summary>Fields that stand together under a heading; without a name, those under none.</summary>
public sealed record FieldGroup(string? Name, IReadOnlyList<FieldDefinition> Fields);
