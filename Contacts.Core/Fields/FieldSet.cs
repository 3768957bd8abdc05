namespace Contacts.Core.Fields;

/// <summary>All fields of an account's contacts as they stand now: the system's, then its own in the account's order.</summary>
public sealed class FieldSet(IEnumerable<FieldDefinition> custom)
{
    /// <summary>For values that name system fields alone.</summary>
    public static readonly FieldSet SystemOnly = new([]);

    public IReadOnlyList<FieldDefinition> Custom { get; } = [.. custom.OrderBy(f => f.Position).ThenBy(f => f.Id)];

    public IEnumerable<FieldDefinition> All => SystemFields.All.Concat(Custom);

    /// <summary>Those that still collect.</summary>
    public IEnumerable<FieldDefinition> Active => All.Where(f => !f.IsArchived);

    /// <summary>The account's own fields in use under their headings: first those under none, then the groups in the order of their first fields.</summary>
    public IReadOnlyList<FieldGroup> Groups => FieldOrder.Arrange(Custom.Where(f => !f.IsArchived));

    /// <summary>Those that still collect, under the headings of the contact's page: who it is and where they work, then the account's own, then the rest.</summary>
    public IReadOnlyList<FieldGroup> PageGroups =>
        [.. Active.GroupBy(f => f.Group, StringComparer.OrdinalIgnoreCase).Select(g => new FieldGroup(g.Key, [.. g])).OrderBy(g => g.Rank)];

    public FieldDefinition? Find(string name) => SystemFields.Find(name) ?? Custom.FirstOrDefault(f => f.Name == name);

    /// <summary>A name made from the title that no other field has: a second "Team size" is <c>team_size_2</c>. None without a title.</summary>
    public string NameFor(string title)
    {
        if (string.IsNullOrWhiteSpace(title)) return "";
        var stem = FieldDefinition.NameFor(title);
        if (stem.Length == 0) stem = "field"; // a title without a letter or digit that names can have
        if (stem.StartsWith(PageParameters.Campaign, StringComparison.Ordinal)) stem = "field_" + stem[..Math.Min(stem.Length, FieldDefinition.MaxNameLength - 6)];
        return Enumerable.Range(1, int.MaxValue).Select(n => WithNumber(stem, n)).First(name => !SystemFields.Reserves(name) && Find(name) is null);
    }

    private static string WithNumber(string stem, int number)
    {
        if (number == 1) return stem;
        var suffix = $"_{number}";
        return stem[..Math.Min(stem.Length, FieldDefinition.MaxNameLength - suffix.Length)].TrimEnd('_') + suffix;
    }
}
