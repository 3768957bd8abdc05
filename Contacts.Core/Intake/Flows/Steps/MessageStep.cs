namespace Contacts.Core.Intake.Flows.Steps;

/// <summary>Says something.</summary>
public sealed record MessageStep : FlowStep
{
    public string Text { get; init; } = "";

    public override string Title => $"the message {Short(Text)}";

    public override string Words(FlowNames names) => Text;

    internal override FlowStep Checked(FlowNames names, string at) => this with { Text = PageText.Optional(Text, MaxTextLength, $"{at}.text") ?? throw new RuleException("Write the message.", $"{at}.text") };
}
