using System.Globalization;
using System.Text.RegularExpressions;

namespace Contacts.Web.Api;

/// <summary>Times as the API writes them (UTC, milliseconds) and reads them (a date, or a date and time with or without an offset).</summary>
internal static partial class ApiTime
{
    public static string Write(DateTime time) => time.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    public static string? Write(DateTime? time) => time is null ? null : Write(time.Value);

    public static bool TryRead(string text, out DateTime time)
    {
        var parts = Shape().Match(text);
        time = default;
        if (!parts.Success) return false;
        // An offset's plus sign arrives as a space where the sender did not encode it.
        var offset = parts.Groups["offset"].Value.Replace(' ', '+');
        var clock = parts.Groups["clock"].Value is { Length: > 0 } given ? given : "00:00";
        var plain = $"{parts.Groups["date"].Value}T{clock}{(parts.Groups["fraction"].Value is { Length: > 8 } long9 ? long9[..8] : parts.Groups["fraction"].Value)}{offset}";
        if (!DateTimeOffset.TryParse(plain, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var parsed)) return false;
        time = parsed.UtcDateTime;
        return true;
    }

    [GeneratedRegex(@"^(?<date>\d{4}-\d{2}-\d{2})([Tt ](?<clock>\d{2}:\d{2}(:\d{2})?)(?<fraction>\.\d+)?(?<offset>[Zz]|[+\- ]\d{2}:?\d{2})?)?$")]
    private static partial Regex Shape();
}
