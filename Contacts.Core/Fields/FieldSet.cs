namespace Contacts.Core.Fields;

/// <summary>All fields of an account's contacts as they stand now: the system's, then its own in the account's order.</summary>
public sealed class FieldSet(IEnumerable<FieldDefinition> custom)
{
    public IReadOnlyList<FieldDefinition> Custom { get; } = [.. custom.OrderBy(f => f.Position).ThenBy(f => f.Id)];

    public IEnumerable<FieldDefinition> All => SystemFields.All.Concat(Custom);

    /// <summary>Those that still collect.</summary>
    public IEnumerable<FieldDefinition> Active => All.Where(f => !f.IsArchived);

    public FieldDefinition? Find(string name) => SystemFields.Find(name) ?? Custom.FirstOrDefault(f => f.Name == name);
}
