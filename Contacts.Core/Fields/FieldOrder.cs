namespace Contacts.Core.Fields;

/// <summary>The order of an account's own fields and of the groups they stand in. Archived ones keep their places.</summary>
internal static class FieldOrder
{
    public static List<FieldGroup> Arrange(IEnumerable<FieldDefinition> fields) =>
        [.. fields.GroupBy(f => f.Group ?? "").OrderBy(g => g.Key.Length > 0).Select(g => new FieldGroup(g.Key.Length > 0 ? g.Key : null, [.. g]))];

    /// <summary>One place up (-1) or down (+1): past its neighbour, or from the end of its group into the next one.</summary>
    public static void Move(IReadOnlyList<FieldDefinition> custom, FieldDefinition field, int step)
    {
        if (field.IsArchived) return;
        var groups = Lists(custom);
        var at = groups.FindIndex(g => g.Fields.Contains(field));
        var own = groups[at].Fields;
        var to = own.IndexOf(field) + step;
        if (to >= 0 && to < own.Count)
        {
            (own[to - step], own[to]) = (own[to], own[to - step]);
        }
        else if (at + step >= 0 && at + step < groups.Count)
        {
            var (name, next) = groups[at + step];
            own.Remove(field);
            next.Insert(step < 0 ? next.Count : 0, field);
            field.Group = name;
        }
        Write(custom, groups);
    }

    /// <summary>Moves all fields of a group past those of its neighbour. What stands under no heading stays first.</summary>
    public static void MoveGroup(IReadOnlyList<FieldDefinition> custom, string name, int step)
    {
        var groups = Lists(custom);
        var at = groups.FindIndex(g => g.Name == name);
        if (at < 0) throw RuleException.NotFound("group", name, "group");
        var to = at + step;
        if (to < 0 || to >= groups.Count || groups[to].Name is null) return;
        (groups[at], groups[to]) = (groups[to], groups[at]);
        Write(custom, groups);
    }

    private static List<(string? Name, List<FieldDefinition> Fields)> Lists(IReadOnlyList<FieldDefinition> custom) =>
        Arrange(custom.Where(f => !f.IsArchived)).ConvertAll(g => (g.Name, g.Fields.ToList()));

    private static void Write(IReadOnlyList<FieldDefinition> custom, List<(string? Name, List<FieldDefinition> Fields)> groups)
    {
        var order = new Queue<FieldDefinition>(groups.SelectMany(g => g.Fields));
        for (var i = 0; i < custom.Count; i++) (custom[i].IsArchived ? custom[i] : order.Dequeue()).Position = i + 1;
    }
}
