namespace Contacts.Core.Intake.Flows.Steps;

/// <summary>Moves the contact to a status.</summary>
public sealed record StatusStep : FlowStep
{
    public long StatusId { get; init; }

    /// <summary>A contact that stands further on already stays there.</summary>
    public bool ForwardOnly { get; init; }

    public override string Title => "setting the status";

    public override string Words(FlowNames names) => $"Set the status to {names.Statuses.GetValueOrDefault(StatusId, "one that is gone")}{(ForwardOnly ? ", only forward" : "")}";

    public override string? Missing(FlowNames names) => names.Statuses.ContainsKey(StatusId) ? null : "The status is gone: choose another.";

    internal override FlowStep Checked(FlowNames names, string at) => StatusId > 0 ? this : throw new RuleException("Choose a status.", $"{at}.status");
}
