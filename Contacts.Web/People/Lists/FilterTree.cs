using Contacts.Core.People.Lists;

namespace Contacts.Web.People.Lists;

/// <summary>Changes to one part of a filter, found by its place: the number of the part in each group on the way down.</summary>
internal static class FilterTree
{
    /// <summary>Puts a part at a place: in that of another, or behind the last. A group that is not there yet is made, and matches any of its parts.</summary>
    public static ContactFilter Put(this ContactFilter filter, IReadOnlyList<int> at, FilterPart part) => new(Put(filter.Root, [.. at], part));

    /// <summary>Takes a part out, and the groups that are empty without it.</summary>
    public static ContactFilter Without(this ContactFilter filter, IReadOnlyList<int> at) => new(Put(filter.Root, [.. at], null));

    /// <summary>Whether all parts of a group must hold, or any.</summary>
    public static ContactFilter Matching(this ContactFilter filter, IReadOnlyList<int> at, bool all) =>
        at.Count == 0 ? new(filter.Root with { MatchesAll = all }) : filter.Put(at, (FilterGroup)filter.At(at)! with { MatchesAll = all });

    /// <summary>The part at a place; null behind the last.</summary>
    public static FilterPart? At(this ContactFilter filter, IReadOnlyList<int> at)
    {
        FilterPart? part = filter.Root;
        foreach (var step in at) part = (part as FilterGroup)?.Parts.ElementAtOrDefault(step);
        return part;
    }

    /// <summary>Status as a whole is a condition that every contact must meet: the one that the counts beside the search set.</summary>
    public static FilterCondition? StatusOf(this ContactFilter filter) =>
        filter.Root.MatchesAll ? filter.Root.Parts.OfType<FilterCondition>().FirstOrDefault(c => c.Field == FilterFields.Status) : null;

    /// <summary>The same filter for this status alone; null: for any.</summary>
    public static ContactFilter ForStatus(this ContactFilter filter, FilterCondition? status)
    {
        // All of several conditions of which any may hold are one group by now.
        var root = filter.Root.MatchesAll || filter.Root.Parts.Count < 2 ? FilterGroup.All([.. filter.Root.Parts]) : FilterGroup.All(filter.Root);
        var now = root.Parts.OfType<FilterCondition>().FirstOrDefault(c => c.Field == FilterFields.Status && filter.Root.MatchesAll);
        var parts = root.Parts.Select(p => ReferenceEquals(p, now) ? status : p).OfType<FilterPart>();
        return ContactFilter.All([.. now is null && status is not null ? parts.Append(status) : parts]);
    }

    private static FilterGroup Put(FilterGroup group, ReadOnlySpan<int> at, FilterPart? part)
    {
        var parts = group.Parts.ToList();
        var here = at[0];
        if (at.Length > 1) part = Put(parts.ElementAtOrDefault(here) as FilterGroup ?? new FilterGroup(!group.MatchesAll, []), at[1..], part) is { Parts.Count: > 0 } inner ? inner : null;
        if (here < parts.Count) parts.RemoveAt(here);
        if (part is not null) parts.Insert(Math.Min(here, parts.Count), part);
        return group with { Parts = parts };
    }
}
