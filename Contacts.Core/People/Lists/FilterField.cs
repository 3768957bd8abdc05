using System.Globalization;
using Contacts.Core.Fields;

namespace Contacts.Core.People.Lists;

/// <summary>Something contacts can be filtered by: a field of theirs, a column of the list, or what they did.</summary>
/// <param name="Name">As addresses name it.</param>
/// <param name="Title">As a person reads it.</param>
/// <param name="Group">The heading it is offered under.</param>
/// <param name="Field">The field of contacts behind it, if it is one.</param>
/// <param name="Choices">What a condition of a choice is chosen from.</param>
/// <param name="CanBeEmpty">There are contacts without it.</param>
public sealed record FilterField(string Name, string Title, FilterKind Kind, string? Group, FieldDefinition? Field, IReadOnlyList<FieldOption> Choices, bool CanBeEmpty = true)
{
    /// <summary>More days than this are a slip of the hand.</summary>
    public const int MaxDays = 36_500;

    public IReadOnlyList<FilterOperator> Operators =>
        [.. FilterOperators.Of(Kind).Where(o => CanBeEmpty || o is not (FilterOperator.HasValue or FilterOperator.Empty))];

    /// <summary>A condition of it, with those values it can have; what is wrong comes as sentences. Null: nothing is to be asked.</summary>
    internal FilterCondition? Condition(FilterOperator comparison, IReadOnlyList<string> values, List<string> notices)
    {
        if (!Operators.Contains(comparison))
        {
            notices.Add($"{Title} cannot be compared with \"{comparison.Words(Kind)}\", so this condition is left out.");
            return null;
        }
        var (least, most) = comparison.Values();
        var (given, taken) = (values.Select(v => NowCalled(v.Trim())).Where(v => v.Length > 0).Distinct().ToList(), new List<string>());
        if (given.Count > most) notices.Add($"{Title} \"{comparison.Words(Kind)}\" takes {Most(most)}; those after are left out.");
        foreach (var value in given.Take(most))
            if (Problem(comparison, value) is { } problem) notices.Add(problem);
            else taken.Add(value);
        // Two equal bounds are a range of one.
        if (comparison == FilterOperator.Between && taken.Count == 1 && values.Count == 2 && values[0].Trim() == values[1].Trim()) taken.Add(taken[0]);
        if (taken.Count >= least) return new FilterCondition(Name, comparison, taken);
        // What is not to be found leaves everybody; what is to be found, where nothing is left of it, nobody. Else a view would widen to all contacts.
        var isLeftOut = comparison is FilterOperator.IsNot or FilterOperator.NoneOf or FilterOperator.ContainsNot or FilterOperator.NotLastDays;
        notices.Add($"The condition on {Title} has no value that can be used, so {(isLeftOut ? "it is left out" : "nobody matches it")}.");
        return isLeftOut ? null : new FilterCondition(Name, comparison);
    }

    // A choice that was merged into another is that one from then on.
    private string NowCalled(string value) =>
        Kind is not (FilterKind.Choice or FilterKind.Choices) || Choices.Any(c => c.Key == value) ? value : Choices.FirstOrDefault(c => c.WasCalled(value))?.Key ?? value;

    private static string Most(int most) => most switch { 0 => "no value", 1 => "one value", _ => $"at most {most} values" };

    /// <summary>What is wrong with one value of a condition, as a sentence; null when it can be used.</summary>
    public string? Problem(FilterOperator comparison, string value)
    {
        if (comparison.CountsDays())
            return int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days is >= 0 and <= MaxDays ? null : $"{Title}: '{value}' is no number of days.";
        return Kind switch
        {
            FilterKind.Choice or FilterKind.Choices => Choices.Any(c => c.Key == value) ? null : $"{Title} no longer has the choice '{value}'.",
            FilterKind.YesNo => value is "true" or "false" ? null : $"{Title} is yes or no, not '{value}'.",
            FilterKind.Number => Field!.Type.ParseCompared(value, Field, out _) is { } problem ? $"{Title}: {problem}" : null,
            FilterKind.Times => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out _) ? null : $"{Title}: '{value}' is no whole number.",
            FilterKind.Date or FilterKind.Moment or FilterKind.Seen => DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is > 1 and < 9999
                ? null : $"{Title}: '{value}' is no date like 2027-03-01.",
            _ when value.Any(char.IsControl) => $"{Title}: the text has a character that nothing is found by.",
            _ => value.Length <= ContactFilter.MaxValueLength ? null : $"{Title}: keep the text within {ContactFilter.MaxValueLength} characters.",
        };
    }

    /// <summary>The condition as one reads it: "City contains ber".</summary>
    public string Tell(FilterCondition condition)
    {
        var words = condition.Operator.Words(Kind);
        var values = condition.Values.Select(v => Kind == FilterKind.YesNo ? v == "true" ? "yes" : "no" : Choices.FirstOrDefault(c => c.Key == v)?.Label ?? v).ToList();
        var told = condition.HasLostItsValue ? "(nothing)" : string.Join(condition.Operator == FilterOperator.Between ? " and " : ", ", values);
        return words.Contains('…', StringComparison.Ordinal) ? $"{Title} {words.Replace("…", told, StringComparison.Ordinal)}"
            : told.Length == 0 ? $"{Title} {words}" : $"{Title} {words} {told}";
    }
}
