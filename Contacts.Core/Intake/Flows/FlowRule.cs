namespace Contacts.Core.Intake.Flows;

/// <summary>Where a flow goes on after a step if everything it asks for holds.</summary>
/// <param name="Go">The key of a step; null for the next in order.</param>
public sealed record FlowRule(List<FlowCondition> Conditions, string? Go)
{
    public const int MaxCount = 20, MaxConditions = 10;

    internal bool Holds(FlowPlan plan, IReadOnlyDictionary<string, string> answers, FlowFacts facts) => Conditions.TrueForAll(c => c.Holds(plan, answers, facts));

    /// <summary>"“Team size” is at least “10” and the country is “DE”".</summary>
    public string Words(FlowPlan plan) => string.Join(" and ", Conditions.Select(c => c.Words(plan)));

    /// <summary>The same on the way out of a step: "is at least “10” and the country is “DE”".</summary>
    internal string WordsAfter(FlowStep step, FlowPlan plan) => string.Join(" and ", Conditions.Select(c => c.WordsAfter(step, plan)));

    /// <summary>Whatever meets this one meets the other, too.</summary>
    internal bool IsWithin(FlowRule other) => other.Conditions.TrueForAll(Conditions.Contains);
}
