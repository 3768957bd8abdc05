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
}
