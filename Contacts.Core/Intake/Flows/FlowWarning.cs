namespace Contacts.Core.Intake.Flows;

/// <summary>What is odd about a flow and does not keep it from being published.</summary>
/// <param name="Step">The key of the step it is about; null where it is about the whole.</param>
public sealed record FlowWarning(string? Step, string Text);
