using Contacts.Core.Data;
using Contacts.Core.Fields;

namespace Contacts.Core.Intake.Flows;

/// <summary>The rules of a flow's list of steps.</summary>
internal static class FlowSteps
{
    public const int MaxCount = 100;

    private const string Gone = "The step it goes on to is gone: choose another.";

    /// <param name="used">Keys of steps that the draft may have lost and guests still meet: no other step gets one.</param>
    /// <exception cref="RuleException">At a part of <c>steps.{index}</c>: <c>.label</c>, <c>.go</c>, <c>.rules.{index}.conditions.{index}.value</c> ...</exception>
    public static List<FlowStep> Arrange(IReadOnlyList<FlowStep> edited, IReadOnlyList<FlowStep> before, IEnumerable<string> used, FlowNames names, long accountId)
    {
        if (edited.Count > MaxCount) throw new RuleException($"A flow has at most {MaxCount} steps.", "steps");
        if (edited.Select(s => s.Key).Distinct().Count() < edited.Count) throw new RuleException("Two steps have the same key.", "steps");
        // What was right once is not looked at again when another step is changed: its field may have changed meanwhile, which is warned of.
        var unchanged = edited.Index().Where(s => before.Any(b => b.Key == s.Item.Key && JsonColumn.Write(b) == JsonColumn.Write(s.Item))).Select(s => s.Index).ToHashSet();
        var tidy = WithKeys([.. edited.Select((step, i) => unchanged.Contains(i) ? step : step.Checked(names, $"steps.{i}"))], before, used);
        var plan = new FlowPlan(tidy, names.Fields, accountId);
        return [.. tidy.Select((step, i) => WithRules(step, plan, unchanged.Contains(i), $"steps.{i}"))];
    }

    private static FlowStep WithRules(FlowStep step, FlowPlan plan, bool isUnchanged, string at)
    {
        if (step.IsLast) return step with { Rules = [], Go = null };
        if (step.Go is not null && plan.Find(step.Go) is null) throw new RuleException(Gone, $"{at}.go");
        foreach (var (r, rule) in step.Rules.Index())
        {
            if (rule.Go is not null && plan.Find(rule.Go) is null) throw new RuleException(Gone, $"{at}.rules.{r}.go");
            if (rule.Conditions.FindIndex(c => c.Subject == FlowSubject.Answer && plan.Question(c.Name) is null) is >= 0 and var c) throw new RuleException("Choose a question.", $"{at}.rules.{r}.conditions.{c}.name");
        }
        if (isUnchanged) return step;
        if (step.Rules.Count > FlowRule.MaxCount) throw new RuleException($"A step has at most {FlowRule.MaxCount} rules.", $"{at}.rules");
        return step with { Rules = [.. step.Rules.Select((rule, r) => Checked(rule, plan, $"{at}.rules.{r}"))] };
    }

    private static FlowRule Checked(FlowRule rule, FlowPlan plan, string at)
    {
        if (rule.Conditions.Count is 0 or > FlowRule.MaxConditions) throw new RuleException($"A rule asks for 1 to {FlowRule.MaxConditions} things.", $"{at}.conditions");
        return rule with { Conditions = [.. rule.Conditions.Select((condition, c) => condition.Checked(plan, $"{at}.conditions.{c}"))] };
    }

    // A key kept from before keeps addresses that fill it in; anything else gets a key of its own, and whatever names it follows.
    private static List<FlowStep> WithKeys(List<FlowStep> steps, IReadOnlyList<FlowStep> before, IEnumerable<string> used)
    {
        var kept = before.Select(s => s.Key).ToHashSet();
        var taken = steps.Select(s => s.Key).Where(kept.Contains).Concat(kept).Concat(used).ToHashSet();
        var renamed = new Dictionary<string, string>();
        foreach (var step in steps.Where(s => !kept.Contains(s.Key))) taken.Add(renamed[step.Key] = FreeKey(step.KeyStem, taken));
        return steps.ConvertAll(step => step with
        {
            Key = New(step.Key)!,
            Go = New(step.Go),
            Rules = [.. step.Rules.Select(rule => new FlowRule([.. rule.Conditions.Select(c => c.Subject == FlowSubject.Answer ? c with { Name = New(c.Name) } : c)], New(rule.Go)))],
        });

        string? New(string? key) => key is null ? null : renamed.GetValueOrDefault(key, key);
    }

    private static string FreeKey(string label, HashSet<string> taken)
    {
        var stem = FieldDefinition.NameFor(label);
        if (stem.Length == 0) stem = "question";
        return Enumerable.Range(1, int.MaxValue).Select(n => n == 1 ? stem : $"{stem}_{n}").First(key => !taken.Contains(key) && !PageParameters.Have(key));
    }
}
