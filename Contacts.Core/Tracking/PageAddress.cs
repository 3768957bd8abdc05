using System.Text;

namespace Contacts.Core.Tracking;

/// <summary>
/// What is kept of the address a visitor was at: enough to say which page, nothing that says who. Everything a page view
/// stores passes here first, whatever the script that sent it promised.
/// </summary>
public static class PageAddress
{
    // Somebody who encodes an address twice still means an address.
    private const int MaxDecodings = 4;

    /// <summary>The page without sign-in part, fragment and query; of the query, campaign tags stay and what the account lists. Null when it is no web page.</summary>
    public static string? Clean(string? url, IReadOnlyCollection<string>? listed = null)
    {
        if (Web(url) is not { } page) return null;
        var path = page.GetComponents(UriComponents.Path, UriFormat.UriEscaped).Split('/').Where(segment => !LooksLikeEmail(segment));
        var address = Origin(page) + "/" + string.Join('/', path);
        var tags = page.Query.TrimStart('?').Split('&').Where(pair => IsKept(pair, listed ?? [])).ToList();
        var tagged = tags.Count == 0 ? address : address + "?" + string.Join('&', tags);
        return (tagged.Length <= PageView.MaxUrlLength ? tagged : address).CutTo(PageView.MaxUrlLength);
    }

    /// <summary>Scheme and host of where the visitor came from, or null.</summary>
    public static string? Origin(string? referrer) =>
        Web(referrer) is { } page && Origin(page) is { Length: <= PageView.MaxUrlLength } origin ? origin : null;

    /// <summary>The page's title in one line, without words that look like an email.</summary>
    public static string Title(string? title)
    {
        var words = Printable(title ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Where(word => !LooksLikeEmail(word));
        return string.Join(' ', words).CutTo(PageView.MaxTitleLength);
    }

    /// <summary>The host of a page, or null.</summary>
    internal static string? Host(string? url) => Web(url)?.IdnHost;

    private static Uri? Web(string? url) =>
        Uri.TryCreate(Printable(url ?? "").Trim(), UriKind.Absolute, out var page) && page.Scheme is "http" or "https" && page.Host.Length > 0 ? page : null;

    private static string Origin(Uri page) => page.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped);

    private static bool IsKept(string pair, IReadOnlyCollection<string> listed)
    {
        var equals = pair.IndexOf('=', StringComparison.Ordinal);
        if (equals < 1 || equals == pair.Length - 1) return false;
        var name = pair[..equals];
        return (name == "gclid" || listed.Contains(name) || (name.StartsWith("utm_", StringComparison.Ordinal) && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_')))
            && !LooksLikeEmail(pair[(equals + 1)..]);
    }

    private static bool LooksLikeEmail(string text)
    {
        for (var decoding = 0; decoding < MaxDecodings; decoding++)
        {
            if (text.Contains('@', StringComparison.Ordinal) || text.Contains('＠', StringComparison.Ordinal)) return true;
            var plain = Uri.UnescapeDataString(text);
            if (plain == text) return false;
            text = plain;
        }
        return true; // nobody hides a page name this deep
    }

    // A zero character does not fit a PostgreSQL text; half a surrogate pair fits no encoding, and comes out as a replacement character.
    private static string Printable(string text)
    {
        if (!text.Any(c => char.IsControl(c) || char.IsSurrogate(c))) return text; // nearly always
        var printable = new StringBuilder(text.Length);
        foreach (var letter in text.EnumerateRunes()) printable.Append(Rune.IsControl(letter) ? " " : letter.ToString());
        return printable.ToString();
    }
}
