namespace Contacts.Core.Fields;

/// <summary>What the address of a page for guests says of the page itself. Whatever else stands there fills in a question, so neither fields nor questions are called so.</summary>
public static class PageParameters
{
    public const string Name = "name", Email = "email", Guests = "guests", Zone = "zone", OnceHubZone = "iana_time_zone", Month = "month", Day = "day", Start = "start",
        Duration = "duration", OnceHubDuration = "duration_minutes", Link = "link", Embed = "embed", Skip = "skip", Consent = "oc_consent", Visitor = "oc_id", Run = "run", Begin = "begin", BeganOn = "began_on", FlowRun = "flow_run";

    /// <summary>How the parameters of a campaign begin.</summary>
    public const string Campaign = "utm_";

    public static readonly IReadOnlyList<string> All = [Name, Email, Guests, Zone, OnceHubZone, Month, Day, Start, Duration, OnceHubDuration, Link, Embed, Skip, Consent, Visitor, Run, Begin, BeganOn, FlowRun];

    public static bool Have(string name) => All.Contains(name) || name.StartsWith(Campaign, StringComparison.Ordinal);
}
