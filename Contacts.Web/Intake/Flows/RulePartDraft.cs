using Contacts.Core.Intake.Flows;

namespace Contacts.Web.Intake.Flows;

/// <summary>One thing a rule asks for, as typed.</summary>
public sealed class RulePartDraft(FlowSubject subject, string name)
{
    public RulePartDraft(FlowCondition condition) : this(condition.Subject, condition.Name ?? "") => (Test, Value) = (condition.Test, condition.Value ?? "");

    public FlowSubject Subject { get; set; } = subject;
    public string Name { get; set; } = name;
    public FlowTest Test { get; set; }
    public string Value { get; set; } = "";

    public FlowCondition ToCondition() => new(Subject, Name, Test, Value);

    /// <summary>What it looks at is another thing now: a test that is not for it gives way to the first one that is.</summary>
    public void Fit(FlowPlan plan)
    {
        if (ToCondition().ShapeIn(plan) is { } shape && FlowCondition.TestsOf(shape.Type) is var tests && !tests.Contains(Test)) Test = tests[0];
    }
}
