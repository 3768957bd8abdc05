namespace Contacts.Core.Fields.Types;

/// <summary>A web address. Only http and https: anything else in a link is a way to run code.</summary>
public sealed class UrlField() : FieldType("url", "Link", "url")
{
    public const int MaxLength = 2000;

    public override PlainInput Input => PlainInput.Link;

    public override string? Parse(string text, FieldDefinition field, string? country, out string value)
    {
        value = text.Trim();
        if (!value.Contains("://", StringComparison.Ordinal) && !value.Contains(':', StringComparison.Ordinal)) value = "https://" + value;
        var right = value.Length <= MaxLength
            && Uri.TryCreate(value, UriKind.Absolute, out var url) && (url.Scheme is "https" or "http")
            && url.Host.Contains('.', StringComparison.Ordinal) && !value.Any(char.IsWhiteSpace);
        return right ? null : "Enter a web address, like https://example.com.";
    }
}
