using Contacts.Core.Fields;

namespace Contacts.Core.People.Lists;

/// <summary>How a condition compares. Which of them a field has, its <see cref="FilterKind"/> says.</summary>
public enum FilterOperator
{
    Is,
    IsNot,
    AnyOf,
    AllOf,
    NoneOf,
    Contains,
    ContainsNot,
    StartsWith,
    MoreThan,
    AtLeast,
    LessThan,
    AtMost,
    Between,
    On,
    Before,
    After,
    LastDays,
    NotLastDays,
    DaysAgo,
    NextDays,
    HasValue,
    Empty,
}

/// <summary>The operators of each kind of field, in the order they are offered, their words and their keys in an address.</summary>
public static class FilterOperators
{
    /// <summary>The most values of "is any of".</summary>
    public const int MaxValues = 50;

    private static readonly Dictionary<FilterOperator, string> Keys = new()
    {
        [FilterOperator.Is] = "is", [FilterOperator.IsNot] = "not", [FilterOperator.AnyOf] = "in", [FilterOperator.AllOf] = "all", [FilterOperator.NoneOf] = "none",
        [FilterOperator.Contains] = "has", [FilterOperator.ContainsNot] = "hasnot", [FilterOperator.StartsWith] = "starts",
        [FilterOperator.MoreThan] = "gt", [FilterOperator.AtLeast] = "gte", [FilterOperator.LessThan] = "lt", [FilterOperator.AtMost] = "lte", [FilterOperator.Between] = "between",
        [FilterOperator.On] = "on", [FilterOperator.Before] = "before", [FilterOperator.After] = "after", [FilterOperator.LastDays] = "last",
        [FilterOperator.NotLastDays] = "notlast", [FilterOperator.DaysAgo] = "ago", [FilterOperator.NextDays] = "next", [FilterOperator.HasValue] = "any", [FilterOperator.Empty] = "empty",
    };

    private static readonly Dictionary<string, FilterOperator> ByKey = Keys.ToDictionary(k => k.Value, k => k.Key);

    public static IReadOnlyList<FilterOperator> Of(FilterKind kind) => kind switch
    {
        FilterKind.Text => [FilterOperator.Contains, FilterOperator.ContainsNot, FilterOperator.Is, FilterOperator.IsNot, FilterOperator.AnyOf, FilterOperator.StartsWith, FilterOperator.HasValue, FilterOperator.Empty],
        FilterKind.Number => [FilterOperator.Is, FilterOperator.IsNot, FilterOperator.MoreThan, FilterOperator.AtLeast, FilterOperator.LessThan, FilterOperator.AtMost, FilterOperator.Between, FilterOperator.HasValue, FilterOperator.Empty],
        FilterKind.Date or FilterKind.Moment => [FilterOperator.LastDays, FilterOperator.DaysAgo, FilterOperator.NextDays, FilterOperator.On, FilterOperator.Before, FilterOperator.After, FilterOperator.Between, FilterOperator.HasValue, FilterOperator.Empty],
        FilterKind.Choice => [FilterOperator.Is, FilterOperator.IsNot, FilterOperator.AnyOf, FilterOperator.NoneOf, FilterOperator.HasValue, FilterOperator.Empty],
        FilterKind.Choices => [FilterOperator.AnyOf, FilterOperator.AllOf, FilterOperator.NoneOf, FilterOperator.HasValue, FilterOperator.Empty],
        FilterKind.YesNo => [FilterOperator.Is, FilterOperator.IsNot, FilterOperator.HasValue, FilterOperator.Empty],
        FilterKind.Activity => [FilterOperator.LastDays, FilterOperator.NotLastDays, FilterOperator.HasValue, FilterOperator.Empty],
        FilterKind.Seen => [FilterOperator.LastDays, FilterOperator.DaysAgo, FilterOperator.On, FilterOperator.Before, FilterOperator.After, FilterOperator.Between, FilterOperator.HasValue, FilterOperator.Empty],
        FilterKind.Times => [FilterOperator.AtLeast, FilterOperator.AtMost, FilterOperator.Is, FilterOperator.Between],
        FilterKind.Page => [FilterOperator.Contains, FilterOperator.ContainsNot],
        _ => [FilterOperator.HasValue, FilterOperator.Empty],
    };

    /// <summary>How many values it takes: none, one, two, or at least one.</summary>
    public static (int Least, int Most) Values(this FilterOperator comparison) => comparison switch
    {
        FilterOperator.HasValue or FilterOperator.Empty => (0, 0),
        FilterOperator.Between => (2, 2),
        FilterOperator.AnyOf or FilterOperator.AllOf or FilterOperator.NoneOf => (1, MaxValues),
        _ => (1, 1),
    };

    /// <summary>Its value is a number of days.</summary>
    public static bool CountsDays(this FilterOperator comparison) =>
        comparison is FilterOperator.LastDays or FilterOperator.NotLastDays or FilterOperator.DaysAgo or FilterOperator.NextDays;

    /// <summary>As a person reads it between the field and the value; <c>…</c> stands where the value belongs inside the words.</summary>
    public static string Words(this FilterOperator comparison, FilterKind kind) => (comparison, kind) switch
    {
        (FilterOperator.LastDays, _) => "in the last … days",
        (FilterOperator.NotLastDays, _) => "not for … days",
        (FilterOperator.HasValue, FilterKind.Activity or FilterKind.Seen) => "ever",
        (FilterOperator.Empty, FilterKind.Activity or FilterKind.Seen) => "never",
        (FilterOperator.AnyOf, FilterKind.Choices) => "has any of",
        (FilterOperator.AllOf, _) => "has all of",
        (FilterOperator.NoneOf, FilterKind.Choices) => "has none of",
        (FilterOperator.IsNot, _) => "is not",
        (FilterOperator.AnyOf, _) => "is any of",
        (FilterOperator.NoneOf, _) => "is none of",
        (FilterOperator.Contains, _) => "contains",
        (FilterOperator.ContainsNot, _) => "does not contain",
        (FilterOperator.StartsWith, _) => "starts with",
        (FilterOperator.MoreThan, _) => "more than",
        (FilterOperator.AtLeast, _) => "at least",
        (FilterOperator.LessThan, _) => "less than",
        (FilterOperator.AtMost, _) => "at most",
        (FilterOperator.Between, _) => "between",
        (FilterOperator.On, _) => "on",
        (FilterOperator.Before, _) => "before",
        (FilterOperator.After, _) => "after",
        (FilterOperator.DaysAgo, _) => "more than … days ago",
        (FilterOperator.NextDays, _) => "in the next … days",
        (FilterOperator.HasValue, _) => "has any value",
        (FilterOperator.Empty, _) => "is empty",
        _ => "is",
    };

    internal static string Key(this FilterOperator comparison) => Keys[comparison];

    internal static FilterOperator? Find(string key) => ByKey.TryGetValue(key, out var comparison) ? comparison : null;
}
