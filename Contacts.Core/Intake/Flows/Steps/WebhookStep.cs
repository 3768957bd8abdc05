using Contacts.Core.Webhooks;

namespace Contacts.Core.Intake.Flows.Steps;

/// <summary>Tells another system of the submission, by a signed POST to its address.</summary>
public sealed record WebhookStep : FlowStep
{
    public string Url { get; init; } = "";

    /// <summary>The name of the server, which people know it by.</summary>
    private string Host => Uri.TryCreate(Url, UriKind.Absolute, out var url) ? url.Host : Url;

    public override string Title => "a webhook";

    public override string Words(FlowNames names) => $"Send it to {Host}";

    internal override FlowStep Checked(FlowNames names, string at)
    {
        var text = Url.Trim();
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme != Uri.UriSchemeHttps || url.Host.Length == 0) throw new RuleException("Enter an address like https://hooks.example.com/contacts.", $"{at}.url");
        // As it is stored and called: letters that an address does not have are several characters there.
        if (url.AbsoluteUri.Length > OutgoingHook.MaxUrlLength) throw new RuleException($"Keep it within {OutgoingHook.MaxUrlLength} characters.", $"{at}.url");
        if (url.UserInfo.Length > 0) throw new RuleException("An address with a name and password in it is not called. The signature says who calls.", $"{at}.url");
        if (names.Network.IsRefused(url)) throw new RuleException(OutsideNetwork.Inside, $"{at}.url");
        return this with { Url = url.AbsoluteUri };
    }
}
