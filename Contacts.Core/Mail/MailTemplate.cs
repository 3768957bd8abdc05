using System.Globalization;
using System.Net;
using System.Text;

namespace Contacts.Core.Mail;

/// <summary>A short message in one hand, plain and HTML: a greeting, a few sentences, labelled lines where there are some, one link.</summary>
public sealed record MailTemplate(string Subject)
{
    /// <summary>Begins with "Hello Ada,"; not where the sentences do so themselves.</summary>
    public bool Greets { get; init; } = true;

    /// <summary>One paragraph each, above the lines.</summary>
    public IReadOnlyList<string> Sentences { get; init; } = [];

    /// <summary>Such as "When" and a time; those without a value are left out.</summary>
    public IReadOnlyList<(string Label, string Value)> Lines { get; init; } = [];

    /// <summary>What the one button says, and where it leads.</summary>
    public (string Label, string Url)? Button { get; init; }

    /// <summary>Below the button, smaller.</summary>
    public string? Closing { get; init; }

    /// <summary>An iTIP invitation (RFC 5546) to send along.</summary>
    public string? Calendar { get; init; }

    public MailText To(string address, string name) => new(address, name, Subject.ReplaceLineEndings(" "), Plain(name), Html(name), Calendar);

    private string Plain(string name)
    {
        var text = new StringBuilder();
        if (Greets) text.Append(Greeting(name)).Append("\n\n");
        foreach (var sentence in Sentences) text.Append(sentence).Append("\n\n");
        foreach (var (label, value) in Shown) text.Append(CultureInfo.InvariantCulture, $"{label}: {value}\n");
        if (Shown.Any()) text.Append('\n');
        if (Button is { } button) text.Append(CultureInfo.InvariantCulture, $"{button.Label}: {button.Url}\n");
        if (Closing is not null) text.Append('\n').Append(Closing).Append('\n');
        return text.ToString();
    }

    // Styles stand on the elements: mail programs drop style sheets.
    private string Html(string name)
    {
        var html = new StringBuilder("""<div style="font:15px/1.5 system-ui,-apple-system,'Segoe UI',Roboto,sans-serif;color:#1b1d1c;max-width:560px">""");
        if (Greets) html.Append(CultureInfo.InvariantCulture, $"<p>{Encoded(Greeting(name))}</p>");
        foreach (var sentence in Sentences) html.Append(CultureInfo.InvariantCulture, $"<p>{Encoded(sentence)}</p>");
        if (Shown.Any()) html.Append("""<table style="border-collapse:collapse;font:inherit">""");
        foreach (var (label, value) in Shown)
            html.Append(CultureInfo.InvariantCulture, $"""<tr><td style="padding:2px 16px 2px 0;color:#565a57;vertical-align:top">{Encoded(label)}</td><td style="padding:2px 0;vertical-align:top;color:#1b1d1c">{Encoded(value)}</td></tr>""");
        if (Shown.Any()) html.Append("</table>");
        if (Button is { } button)
            html.Append(CultureInfo.InvariantCulture, $"""<p style="margin:20px 0"><a href="{Encoded(button.Url)}" style="display:inline-block;padding:10px 18px;border-radius:6px;background:#0f766e;color:#ffffff;text-decoration:none;font-weight:600">{Encoded(button.Label)}</a></p>""");
        if (Closing is not null) html.Append(CultureInfo.InvariantCulture, $"""<p style="color:#626662;font-size:13px">{Encoded(Closing)}</p>""");
        return html.Append("</div>").ToString();
    }

    private IEnumerable<(string Label, string Value)> Shown => Lines.Where(line => line.Value.Length > 0);

    private static string Greeting(string name) => name.Length == 0 ? "Hello," : $"Hello {name},";

    private static string Encoded(string text) => WebUtility.HtmlEncode(text).ReplaceLineEndings("<br>");
}
