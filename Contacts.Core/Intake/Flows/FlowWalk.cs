using Contacts.Core.Fields;

namespace Contacts.Core.Intake.Flows;

/// <summary>What a guest answered to a step; blank where the question was left out.</summary>
public sealed record GivenAnswer(string Step, string Value);

/// <summary>Where answers lead through a flow.</summary>
/// <param name="Stop">The question to ask next, or the step it ends with; null where it ends without one.</param>
/// <param name="Says">What is said before that, since the last answer.</param>
/// <param name="Due">The actions that were passed, in order; each once.</param>
/// <param name="Answers">What was answered, in the order it was asked; each question once, with its last answer.</param>
/// <param name="Route">Why it went this way, a sentence for each turn.</param>
/// <param name="Used">How many of the answers it took.</param>
public sealed record FlowWalk(FlowStep? Stop, IReadOnlyList<string> Says, IReadOnlyList<FlowStep> Due, IReadOnlyList<(FlowQuestion Question, string Value)> Answers, IReadOnlyList<string> Route, int Used)
{
    /// <summary>The question that waits for its answer; null at the end.</summary>
    public FlowQuestion? Question { get; init; }

    /// <summary>What is asked with it, itself first: more than one only where questions stand on a page together.</summary>
    public IReadOnlyList<FlowAsked> Asked { get; init; } = [];
    public bool IsDone => Question is null;

    /// <summary>The name or email that was given; null where neither was.</summary>
    public string? Guest => new[] { AnswerFor(PageParameters.Name), AnswerFor(SystemFields.Email) }.FirstOrDefault(text => !string.IsNullOrEmpty(text));

    /// <summary>What was answered to the question that goes to a field; the whole name's is <c>name</c>.</summary>
    public string? AnswerFor(string field) => Answers.FirstOrDefault(a => field == PageParameters.Name ? a.Question.Step.IsName : a.Question.Mapped?.Name == field).Value;
}
