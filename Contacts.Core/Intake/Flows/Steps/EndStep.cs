namespace Contacts.Core.Intake.Flows.Steps;

/// <summary>Ends with words, or goes on to another page.</summary>
public sealed record EndStep : FlowStep
{
    /// <summary>What a guest reads where a flow ends without words of its own.</summary>
    public static readonly EndStep Thanks = new() { Heading = "Thank you", Text = "We have received your answers." };

    public string Heading { get; init; } = "";
    public string? Text { get; init; }

    /// <summary>Where the guest goes instead of reading; null stays here.</summary>
    public string? RedirectUrl { get; init; }

    public override bool IsLast => true;

    public override string Title => $"the end {Short(Heading)}";

    public override string Words(FlowNames names) => RedirectUrl is null ? Text is null ? $"End with “{Heading}”" : $"End with “{Heading}”: {Text}" : $"End and go on to {RedirectUrl}";

    internal override FlowStep Checked(FlowNames names, string at) => this with
    {
        Heading = PageText.OptionalLine(Heading, MaxTitleLength, $"{at}.heading") ?? throw new RuleException("Write a heading.", $"{at}.heading"),
        Text = PageText.Optional(Text, MaxTextLength, $"{at}.text"),
        RedirectUrl = PageText.Url(RedirectUrl, $"{at}.redirect_url"),
    };
}
