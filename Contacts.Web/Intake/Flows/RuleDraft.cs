using Contacts.Core.Intake.Flows;

namespace Contacts.Web.Intake.Flows;

/// <summary>One rule, as typed.</summary>
public sealed class RuleDraft
{
    public RuleDraft(RulePartDraft first) => Conditions = [first];

    public RuleDraft(FlowRule rule) => (Conditions, Go) = ([.. rule.Conditions.Select(c => new RulePartDraft(c))], rule.Go ?? "");

    public List<RulePartDraft> Conditions { get; }

    /// <summary>Blank for the next in order.</summary>
    public string Go { get; set; } = "";

    public FlowRule ToRule() => new([.. Conditions.Select(c => c.ToCondition())], Go.Length == 0 ? null : Go);
}
