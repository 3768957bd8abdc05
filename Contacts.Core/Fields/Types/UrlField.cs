using System.Text.RegularExpressions;

namespace Contacts.Core.Fields.Types;

/// <summary>A web address. Only http and https: anything else in a link is a way to run code.</summary>
public sealed partial class UrlField() : FieldType("url", "Link", "url")
{
    public const int MaxLength = 2000;

    public override PlainInput Input => PlainInput.Link;

    public override bool TakesPattern => true;

    public override bool CanBeUnique => true;

    public override string? Parse(string text, FieldDefinition field, InputPlace place, out string value)
    {
        value = text.Trim();
        if (!value.Contains(':', StringComparison.Ordinal) || HostAndPort().IsMatch(value)) value = "https://" + value;
        var right = value.Length <= MaxLength
            && Uri.TryCreate(value, UriKind.Absolute, out var url) && (url.Scheme is "https" or "http")
            && url.Host.Contains('.', StringComparison.Ordinal) && url.UserInfo.Length == 0 && !value.Any(char.IsWhiteSpace);
        return right ? null : "Enter a web address, like https://example.com.";
    }

    // No scheme is all digits after its colon, so this takes no "javascript:" for a host.
    [GeneratedRegex(@"^[^/:]+:\d+(/|\?|\z)")]
    private static partial Regex HostAndPort();
}
