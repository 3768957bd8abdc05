namespace Contacts.Core.Intake.Flows;

/// <summary>A question on a page, with what is said above it.</summary>
public sealed record FlowAsked(FlowQuestion Question, IReadOnlyList<string> Says);
