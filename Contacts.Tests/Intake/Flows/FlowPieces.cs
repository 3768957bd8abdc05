using Contacts.Core.Fields;
using Contacts.Core.Intake.Flows;
using Contacts.Core.Intake.Flows.Steps;

namespace Contacts.Tests.Intake.Flows;

/// <summary>Steps and plans, as tests of flows need them.</summary>
internal static class FlowPieces
{
    public static readonly FlowNames Nobody = new(FieldSet.SystemOnly, new Dictionary<long, string>(), new Dictionary<long, string>(), new Dictionary<long, string>());

    public static QuestionStep Ask(string key, string type = "text", string? field = null) => new() { Key = key, Label = $"{key}?", Type = type, Field = field };

    public static QuestionStep AskOneOf(string key, params string[] options) => new() { Key = key, Label = $"{key}?", Type = "single_choice", Options = [.. options] };

    public static MessageStep Say(string key, string text = "Hello") => new() { Key = key, Text = text };

    public static EndStep End(string key) => new() { Key = key, Heading = key };

    public static FlowRule If(string question, FlowTest test, string? value, string? go) => new([new(FlowSubject.Answer, question, test, value)], go);

    public static FlowRule If(FlowSubject subject, string? name, FlowTest test, string? value, string? go) => new([new(subject, name, test, value)], go);

    public static FlowPlan Plan(params FlowStep[] steps) => new(steps, FieldSet.SystemOnly, 1);

    public static FlowWalk Walk(FlowPlan plan, params (string Step, string Value)[] given) => Walk(plan, FlowFacts.None, given);

    public static FlowWalk Walk(FlowPlan plan, FlowFacts facts, params (string Step, string Value)[] given) => FlowEngine.Walk(plan, [.. given.Select(g => new GivenAnswer(g.Step, g.Value))], facts);
}
