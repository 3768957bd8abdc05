using Contacts.Core.Fields;
using Contacts.Core.Intake.Flows.Steps;

namespace Contacts.Core.Intake.Flows;

/// <summary>Looks over a flow before guests meet it.</summary>
public static class FlowReview
{
    /// <summary>What is odd: steps never reached, dead ends, rules that can never hold, and whatever is named and gone.</summary>
    public static IReadOnlyList<FlowWarning> Warnings(FlowPlan plan, FlowNames names)
    {
        var reached = Reached(plan);
        var warnings = new List<FlowWarning>();
        if (!plan.Steps.OfType<QuestionStep>().Any()) warnings.Add(new(null, "Nothing is asked."));
        foreach (var step in plan.Steps)
        {
            if (step.Missing(names) is { } missing) warnings.Add(new(step.Key, missing));
            if (!reached.Contains(step.Key)) warnings.Add(new(step.Key, "No way leads here."));
            else if (plan.After(step).Contains(null)) warnings.Add(new(step.Key, "Nothing follows: guests are thanked in our words. Add an end."));
            if (step is OwnerStep { IsHost: true } && reached.Contains(step.Key) && !Reached(plan, step, _ => true).Any(key => plan.Find(key) is CalendarStep)) warnings.Add(new(step.Key, "No booking calendar comes after this, so nobody is the host."));
            foreach (var (at, rule) in step.Rules.Index())
                if (WhyNever(plan, step, at, rule) is { } why) warnings.Add(new(step.Key, $"Rule {at + 1} can never hold: {why}"));
        }
        return warnings;
    }

    /// <exception cref="RuleException">At <c>steps</c>: there are none, or the flow would go round without asking anything.</exception>
    internal static void RequirePublishable(FlowPlan plan)
    {
        if (plan.Steps.Count == 0) throw new RuleException("Add a step first.", "steps");
        if (Loop(plan) is { } step) throw new RuleException($"From {step.Title} the flow comes back to it without asking anything. Lead it elsewhere.", "steps");
    }

    private static HashSet<string> Reached(FlowPlan plan) => plan.Steps.Count == 0 ? [] : Reached(plan, plan.Steps[0], _ => true);

    // The steps one can come to from a step, going on only after those that let one pass.
    private static HashSet<string> Reached(FlowPlan plan, FlowStep from, Func<FlowStep, bool> passes)
    {
        var (reached, ahead) = (new HashSet<string> { from.Key }, new Stack<FlowStep>([from]));
        while (ahead.TryPop(out var step))
            if (passes(step))
                foreach (var next in plan.After(step).OfType<FlowStep>())
                    if (reached.Add(next.Key)) ahead.Push(next);
        return reached;
    }

    // A question that may be left out does not stop anybody.
    private static FlowStep? Loop(FlowPlan plan)
    {
        var silent = plan.Steps.Where(s => s is not QuestionStep { Skips: false } && !s.IsLast).ToList();
        return silent.Find(step => plan.After(step).OfType<FlowStep>().Any(next => next == step || (IsSilent(next) && Reached(plan, next, IsSilent).Contains(step.Key))));

        bool IsSilent(FlowStep step) => silent.Contains(step);
    }

    private static string? WhyNever(FlowPlan plan, FlowStep step, int at, FlowRule rule)
    {
        if (step.Rules.FindIndex(rule.IsWithin) is var first && first < at) return $"whatever meets it meets rule {first + 1} first.";
        foreach (var condition in rule.Conditions)
        {
            if (condition.ShapeIn(plan) is not { } shape) return "it asks for something that is gone.";
            if (condition.Subject == FlowSubject.Answer && !IsAskedBefore(plan, condition.Name!, step)) return $"{plan.Find(condition.Name)!.Title} is not asked before.";
            if (condition.Test is FlowTest.Is or FlowTest.Contains && shape.Type.HasOptions && shape.FindOption(condition.Value!) is null) return $"“{condition.Value}” is none of the choices.";
            if (rule.Conditions.Exists(other => Excludes(condition, other, shape))) return $"{condition.Words(plan)}, and it asks for the opposite, too.";
        }
        return null;
    }

    private static bool IsAskedBefore(FlowPlan plan, string question, FlowStep step) =>
        plan.Find(question) is { } asked && (asked == step || Reached(plan, asked, _ => true).Contains(step.Key));

    private static bool Excludes(FlowCondition one, FlowCondition other, FieldDefinition shape)
    {
        if (one.Subject != other.Subject || one.Name != other.Name) return false;
        return (one.Test, other.Test) switch
        {
            (FlowTest.Is, FlowTest.Is) => one.Value != other.Value,
            (FlowTest.Is, FlowTest.IsNot) => one.Value == other.Value,
            (FlowTest.Answered or FlowTest.Is or FlowTest.AtLeast or FlowTest.AtMost, FlowTest.NotAnswered) => true,
            (FlowTest.AtLeast, FlowTest.AtMost) => Compare(one, other) > 0,
            (FlowTest.Is, FlowTest.AtMost) => Compare(one, other) > 0,
            (FlowTest.Is, FlowTest.AtLeast) => Compare(one, other) < 0,
            _ => false,
        };

        int? Compare(FlowCondition a, FlowCondition b) =>
            shape.Type.Parse(a.Value!, shape, InputPlace.Anywhere, out var x) is null && shape.Type.Parse(b.Value!, shape, InputPlace.Anywhere, out var y) is null ? shape.Type.Compare(x, y) : null;
    }
}
