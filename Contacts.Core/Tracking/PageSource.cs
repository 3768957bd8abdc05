namespace Contacts.Core.Tracking;

/// <summary>What led to a page.</summary>
public static class PageSource
{
    /// <summary>The campaign that the address names, else the other site the visitor came from; null when unknown.</summary>
    public static string? Of(string url, string? referrer)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var page)) return null;
        if (Campaign(page) is { } campaign) return campaign;
        return Uri.TryCreate(referrer, UriKind.Absolute, out var from) && from.Host != page.Host ? from.Host : null;
    }

    private static string? Campaign(Uri page)
    {
        var tags = page.Query.TrimStart('?').Split('&').Select(part => part.Split('=', 2)).Where(pair => pair is [_, { Length: > 0 }]).ToLookup(pair => pair[0], pair => Uri.UnescapeDataString(pair[1].Replace('+', ' ')));
        var named = string.Join(", ", new[] { tags["utm_source"].FirstOrDefault(), tags["utm_campaign"].FirstOrDefault() }.OfType<string>());
        if (named.Length > 0) return named;
        return tags["gclid"].Any() ? "Google Ads" : null;
    }
}
