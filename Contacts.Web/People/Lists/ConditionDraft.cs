using Contacts.Core.Fields;
using Contacts.Core.People.Lists;

namespace Contacts.Web.People.Lists;

/// <summary>A condition while somebody makes it.</summary>
public sealed class ConditionDraft
{
    public ConditionDraft(FilterField field, FilterCondition? condition)
    {
        (Field, Operator) = (field, condition?.Operator ?? field.Operators[0]);
        Values = [.. condition?.Values ?? []];
    }

    public FilterField Field { get; }
    public FilterOperator Operator { get; private set; }
    public List<string> Values { get; private set; }

    /// <summary>What is wrong, once somebody wanted to apply it.</summary>
    public string? Problem { get; private set; }

    public bool TakesNothing => Operator.Values().Most == 0;
    public bool TakesTwo => Operator == FilterOperator.Between;
    public bool IsChosen => Field.Kind is FilterKind.Choice or FilterKind.Choices;
    public bool TakesLines => !IsChosen && Operator == FilterOperator.AnyOf;

    /// <summary>Chosen, not typed: it holds as soon as it is whole.</summary>
    public bool AppliesAtOnce => TakesNothing || IsChosen || Field.Kind == FilterKind.YesNo;

    public string Value(int number) => Values.ElementAtOrDefault(number) ?? "";

    public void Compare(FilterOperator comparison)
    {
        // A number of days is no day, and a list of lines no word.
        if (comparison.CountsDays() != Operator.CountsDays() || comparison.Values().Most == 0) Values = [];
        (Operator, Problem) = (comparison, null);
        if (IsChosen) Settle();
        else if (Values.Count > comparison.Values().Most) Values = Values[..comparison.Values().Most];
    }

    public void Type(int number, string? value)
    {
        while (Values.Count <= number) Values.Add("");
        (Values[number], Problem) = (value ?? "", null);
    }

    public void TypeLines(string? lines) => (Values, Problem) = ([.. (lines ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)], null);

    /// <summary>Ticks a choice, or takes the tick off: several make "is" into "is any of".</summary>
    public void Tick(string key, bool ticked)
    {
        Values = ticked ? [.. Values.Append(key).Distinct()] : [.. Values.Where(v => v != key)];
        Settle();
    }

    /// <summary>The condition as it stands; null, with the problem, when it is not whole, or the filter that it makes finds no room in an address.</summary>
    public FilterCondition? Build(Func<FilterCondition, ContactFilter> filter)
    {
        var given = Values.Select(v => v.Trim()).Where(v => v.Length > 0).ToList();
        // Two equal bounds are a range of one.
        if (!TakesTwo) given = [.. given.Distinct()];
        var (least, most) = Operator.Values();
        Problem = given.Count < least
            ? IsChosen ? "Choose at least one." : TakesTwo ? "Give both bounds." : Operator.CountsDays() ? "Give a number of days." : "Give a value."
            : given.Count > most ? IsChosen ? $"Choose at most {most}." : $"Give at most {most} values; these are {given.Count}."
            : given.Select(v => Field.Problem(Operator, v)).FirstOrDefault(p => p is not null);
        if (Problem is not null) return null;
        var condition = new FilterCondition(Field.Name, Operator, given);
        if (filter(condition).FitsAddress) return condition;
        Problem = "The filter grows too long for its address. Take some values or another condition out.";
        return null;
    }

    private void Settle()
    {
        if (Field.Kind != FilterKind.Choice) return;
        Operator = (Operator, Values.Count > 1) switch
        {
            (FilterOperator.Is, true) => FilterOperator.AnyOf,
            (FilterOperator.IsNot, true) => FilterOperator.NoneOf,
            (FilterOperator.AnyOf, false) => FilterOperator.Is,
            (FilterOperator.NoneOf, false) => FilterOperator.IsNot,
            _ => Operator,
        };
    }
}
