using Contacts.Core.Intake.Flows.Steps;

namespace Contacts.Core.Intake.Flows;

/// <summary>Decides where a flow goes on. It is a function: the same steps, answers and facts always lead the same way, for guests and for whoever tries the flow out.</summary>
public static class FlowEngine
{
    /// <summary>Walks the steps with what was answered so far, up to the first question that has no answer or to the end.</summary>
    /// <param name="together">Also looks ahead for what can be asked on the same page.</param>
    public static FlowWalk Walk(FlowPlan plan, IReadOnlyList<GivenAnswer> given, FlowFacts facts, bool together = false)
    {
        var (answers, asked, says, due, route) = (new Dictionary<string, string>(), new List<(FlowQuestion Question, string Value)>(), new List<string>(), new List<FlowStep>(), new List<string>());
        // The steps passed since the last answer: one that comes round again would come for ever.
        var silent = new HashSet<string>();
        var (at, used) = (plan.Steps.Count > 0 ? plan.Steps[0] : null, 0);
        while (at is { IsLast: false })
        {
            var why = (string?)null;
            if (plan.Question(at.Key) is { } question)
            {
                if (Known(question, facts) is { } known)
                {
                    answers[at.Key] = known;
                    why = $"{at.Title} is known: “{known}”";
                }
                else if (!question.IsHeldBack)
                {
                    if (used == given.Count || given[used].Step != at.Key) return Stop(at) with { Question = question, Asked = together ? Together(plan, at, says, answers, facts) : [new(question, says)] };
                    var value = given[used++].Value;
                    answers[at.Key] = value;
                    asked.RemoveAll(a => a.Question == question);
                    asked.Add((question, value));
                    silent.Clear();
                    says.Clear();
                }
            }
            else if (at is MessageStep message) says.Add(message.Text);
            else
            {
                due.Remove(at);
                due.Add(at);
            }
            if (!silent.Add(at.Key)) return Stop(null);

            var rule = at.Rules.Find(r => r.Holds(plan, answers, facts));
            var next = plan.To(rule is null ? at.Go : rule.Go, at);
            if (rule is not null) why = rule.Words(plan);
            else if (at.Rules.Count > 0) why = $"after {at.Title} no rule holds";
            if (why is not null) route.Add($"{char.ToUpperInvariant(why[0])}{why[1..]}: {(next is null ? "the end" : next.Title)}");
            at = next;
        }
        return Stop(at);

        FlowWalk Stop(FlowStep? stop) => new(stop, says, due, asked, route, used);
    }

    /// <summary>Where the page before begins: how many answers came before its first question. Zero on the first page.</summary>
    public static int PageBefore(FlowPlan plan, IReadOnlyList<GivenAnswer> given, FlowFacts facts, bool together)
    {
        if (!together) return Math.Max(0, given.Count - 1);
        var (page, next) = (0, 0);
        while ((next += Walk(plan, [.. given.Take(next)], facts, together: true).Asked.Count) < given.Count) page = next;
        return page;
    }

    // From a question on, up to where an answer on this very page decides, or to something that is none to be asked or said: a calendar, an end.
    private static List<FlowAsked> Together(FlowPlan plan, FlowStep from, IReadOnlyList<string> before, Dictionary<string, string> answers, FlowFacts facts)
    {
        var (asked, says, passed) = (new List<FlowAsked>(), new List<string>(before), new HashSet<string>());
        for (var at = from; at is { IsLast: false } && passed.Add(at.Key);)
        {
            if (plan.Question(at.Key) is { } question)
            {
                if (Known(question, facts) is { } known) answers[at.Key] = known;
                else if (!question.IsHeldBack)
                {
                    if (question.Step.IsForFiles && asked.Exists(a => a.Question.Step.IsForFiles)) break; // what is sent at once has its bounds
                    asked.Add(new(question, says));
                    says = [];
                }
            }
            else if (at is MessageStep message) says.Add(message.Text);
            if (at.Rules.Exists(r => r.Conditions.Exists(c => c.Subject == FlowSubject.Answer && asked.Exists(a => a.Question.Step.Key == c.Name)))) break;
            at = plan.To(at.Rules.Find(r => r.Holds(plan, answers, facts)) is { } rule ? rule.Go : at.Go, at);
        }
        return asked;
    }

    private static string? Known(FlowQuestion question, FlowFacts facts) => question.Step.Skips ? facts.Known.GetValueOrDefault(question.KnownAs) : null;
}
