namespace Contacts.Core.Tracking;

/// <summary>A run of page views with no gap over 30 minutes, oldest view first.</summary>
public sealed record Visit(IReadOnlyList<PageView> Views)
{
    public static readonly TimeSpan Gap = TimeSpan.FromMinutes(30);

    public DateTime StartedAt => Views[0].At;

    /// <summary>What led here: the campaign that the first address names, else the site it came from; null when unknown.</summary>
    public string? Source => Campaign(Views[0].Url) ?? (Uri.TryCreate(Views[0].Referrer, UriKind.Absolute, out var origin) ? origin.Host : null);

    /// <summary>How long the page was looked at: until the next one. The last page of a visit tells nothing.</summary>
    public TimeSpan? TimeOn(int view) => view + 1 < Views.Count ? Views[view + 1].At - Views[view].At : null;

    /// <summary>Groups page views, newest first, into visits, newest first.</summary>
    public static IReadOnlyList<Visit> Group(IEnumerable<PageView> newestFirst)
    {
        var visits = new List<List<PageView>>();
        foreach (var view in newestFirst)
        {
            if (visits.Count == 0 || visits[^1][^1].At - view.At > Gap) visits.Add([]);
            visits[^1].Add(view);
        }
        return [.. visits.Select(views => new Visit([.. Enumerable.Reverse(views)]))];
    }

    private static string? Campaign(string url)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address)) return null;
        var parts = address.Query.TrimStart('?').Split('&').Select(part => part.Split('=', 2)).Where(pair => pair.Length == 2 && pair[1].Length > 0).ToList();
        var source = parts.Find(pair => pair[0] is "utm_source")?[1];
        var campaign = parts.Find(pair => pair[0] is "utm_campaign")?[1];
        return source is null && campaign is null ? null : Uri.UnescapeDataString(string.Join(", ", new[] { source, campaign }.OfType<string>()).Replace('+', ' '));
    }
}
