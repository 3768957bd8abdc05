namespace Contacts.Core.Intake.Flows;

/// <summary>A step on the map of its flow.</summary>
/// <param name="Step">Null for the end in our words, where a flow has none of its own.</param>
/// <param name="IsApart">No way leads to it.</param>
public sealed record FlowMapNode(FlowStep? Step, int X, int Y, bool IsApart = false)
{
    public const int Width = 132, Height = 44;
}

/// <summary>A way from one step to another.</summary>
/// <param name="Path">As SVG draws it.</param>
/// <param name="When">What has to hold, in words; blank where it always goes that way.</param>
/// <param name="LabelX">The middle of the words.</param>
public sealed record FlowMapArrow(FlowStep From, FlowStep? To, string Path, string When, int LabelX, int LabelY)
{
    public const int LabelHeight = 18, MaxLabelWidth = 120;

    /// <summary>As wide as the words are about, and no wider than a step.</summary>
    public int LabelWidth => Math.Min(MaxLabelWidth, 14 + When.Length * 6);
}

/// <summary>The paths of a flow as a drawing: each step below those that lead to it, with an arrow for every way. It is a function of the steps, in pixels.</summary>
/// <param name="ApartY">Where those begin that no way leads to; null where there are none.</param>
public sealed record FlowMap(IReadOnlyList<FlowMapNode> Nodes, IReadOnlyList<FlowMapArrow> Arrows, int Width, int Height, int? ApartY)
{
    public static FlowMap Of(FlowPlan plan) => new FlowMapLayout(plan).Draw();
}
