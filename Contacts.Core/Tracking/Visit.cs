namespace Contacts.Core.Tracking;

/// <summary>A run of page views with no gap over 30 minutes, oldest view first.</summary>
public sealed record Visit(IReadOnlyList<PageView> Views)
{
    public static readonly TimeSpan Gap = TimeSpan.FromMinutes(30);

    public DateTime StartedAt => Views[0].At;

    /// <summary>What led here; null when unknown.</summary>
    public string? Source => PageSource.Of(Views[0].Url, Views[0].Referrer);

    /// <summary>How long the page was looked at: as the browser said, else until the next one; null when neither tells.</summary>
    public TimeSpan? TimeOn(int view) => Views[view].Seconds is { } seconds ? TimeSpan.FromSeconds(seconds) : view + 1 < Views.Count ? Views[view + 1].At - Views[view].At : null;

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
}
