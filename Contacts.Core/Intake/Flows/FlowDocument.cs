namespace Contacts.Core.Intake.Flows;

/// <summary>What a guest reads before the first question.</summary>
public sealed record FlowWelcome(string Heading, string? Text, string Button)
{
    public const int MaxButtonLength = 40;

    /// <exception cref="RuleException">At <c>welcome.heading</c>, <c>.text</c> or <c>.button</c>.</exception>
    internal FlowWelcome Checked() => new(
        PageText.OptionalLine(Heading, FlowStep.MaxTitleLength, "welcome.heading") ?? throw new RuleException("Write a heading.", "welcome.heading"),
        PageText.Optional(Text, FlowStep.MaxTextLength, "welcome.text"),
        PageText.OptionalLine(Button, MaxButtonLength, "welcome.button") ?? "Start");
}

/// <summary>What a flow says and does: its welcome and its steps.</summary>
public sealed record FlowDocument
{
    /// <summary>Null: guests begin with the first step.</summary>
    public FlowWelcome? Welcome { get; init; }

    /// <summary>Of a form: questions stand on a page together as far as no answer to one of them decides on another.</summary>
    public bool AllOnAPage { get; init; }
    public List<FlowStep> Steps { get; init; } = [];

    /// <summary>With a step in the place of the one of its key, or, where there is none yet, before the ends that close the list.</summary>
    public FlowDocument With(FlowStep step)
    {
        var at = Steps.FindIndex(s => s.Key == step.Key);
        var steps = new List<FlowStep>(Steps);
        if (at >= 0) steps[at] = step;
        else steps.Insert(step.IsLast ? steps.Count : steps.FindLastIndex(s => !s.IsLast) + 1, step);
        return this with { Steps = steps };
    }

    /// <summary>Without a step: what led to it goes on to the next in order, and nothing asks for its answer any more.</summary>
    public FlowDocument Without(string key) => this with
    {
        Steps = [.. Steps.Where(s => s.Key != key).Select(s => s with
        {
            Go = s.Go == key ? null : s.Go,
            Rules = [.. s.Rules.Select(r => new FlowRule([.. r.Conditions.Where(c => c.Subject != FlowSubject.Answer || c.Name != key)], r.Go == key ? null : r.Go)).Where(r => r.Conditions.Count > 0)],
        })],
    };

    /// <summary>With a step moved up (-1) or down (1); where others lead does not change, but for those that lead to whatever follows.</summary>
    public FlowDocument Moved(string key, int by)
    {
        var (from, steps) = (Steps.FindIndex(s => s.Key == key), new List<FlowStep>(Steps));
        if (from < 0 || from + by < 0 || from + by >= steps.Count) return this;
        (steps[from], steps[from + by]) = (steps[from + by], steps[from]);
        return this with { Steps = steps };
    }
}
