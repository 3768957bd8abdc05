using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace Contacts.Core.Tracking;

/// <summary>What an account decided about page views. One that never decided anything has the rules it began with, and no row.</summary>
public sealed partial class TrackingRules : IAccountOwned
{
    public const int MaxSites = 50, MaxQueryNames = 50, MaxNameLength = 100, MostDays = 730, DefaultDays = 90, SecretLength = 64;
    public const string DefaultIdCookie = "oc_id", DefaultConsentCookie = "oc_consent";

    private TrackingRules() { }

    internal TrackingRules(long accountId) => AccountId = accountId;

    public long AccountId { get; private set; }
    public TrackingMode Mode { get; private set; } = TrackingMode.Ask;

    /// <summary>Hosts that may report page views; none: every site may.</summary>
    public List<string> Sites { get; private set; } = [];

    /// <summary>Names in an address's query that are kept beside campaign tags.</summary>
    public List<string> QueryNames { get; private set; } = [];

    /// <summary>How many days page views are kept.</summary>
    public int KeptDays { get; private set; } = DefaultDays;

    /// <summary>The names of the two cookies on the account's own sites.</summary>
    public string IdCookie { get; private set; } = DefaultIdCookie;
    public string ConsentCookie { get; private set; } = DefaultConsentCookie;

    /// <summary>The account's own wording; none: the built-in one.</summary>
    public List<ConsentWording> Wordings { get; private set; } = [];

    /// <summary>Counts the wordings there were; 0 is the built-in one.</summary>
    public int WordingVersion { get; private set; }

    /// <summary>Signs the tokens by which the account's site says who a browser belongs to; null until it wants to.</summary>
    public string? Secret { get; private set; }

    /// <returns>The wording is another one, and is to be kept as such.</returns>
    /// <exception cref="RuleException">At <c>sites</c>, <c>queryNames</c>, <c>keptDays</c>, <c>idCookie</c>, <c>consentCookie</c> or <c>wording</c>.</exception>
    internal bool Change(TrackingEdit edit)
    {
        var (sites, names, wordings) = (CheckSites(edit.Sites), CheckNames(edit.QueryNames), ConsentWording.Check(edit.Wordings));
        if (edit.KeptDays is < 1 or > MostDays) throw new RuleException($"Page views are kept between 1 and {MostDays} days.", "keptDays");
        var (id, consent) = (CheckCookie(edit.IdCookie, "idCookie"), CheckCookie(edit.ConsentCookie, "consentCookie"));
        if (id == consent) throw new RuleException("The two cookies need two names.", "consentCookie");
        (Mode, Sites, QueryNames, KeptDays, IdCookie, ConsentCookie) = (edit.Mode, sites, names, edit.KeptDays, id, consent);
        if (wordings.SequenceEqual(Wordings)) return false;
        (Wordings, WordingVersion) = (wordings, WordingVersion + 1);
        return true;
    }

    internal void RenewSecret() => Secret = RandomNumberGenerator.GetHexString(SecretLength, lowercase: true);

    /// <summary>Whether pages of a host may report.</summary>
    public bool Knows(string host) => Sites.Count == 0 || Sites.Exists(site => host.Equals(site, StringComparison.OrdinalIgnoreCase) || host.EndsWith("." + site, StringComparison.OrdinalIgnoreCase));

    private static List<string> CheckSites(IEnumerable<string> sites)
    {
        var hosts = sites.Select(s => s.Trim().ToLowerInvariant()).Where(s => s.Length > 0).Select(HostOf).Distinct().ToList();
        return hosts.Count <= MaxSites ? hosts : throw new RuleException($"At most {MaxSites} sites fit.", "sites");
    }

    // People paste addresses where a name is asked for.
    private static string HostOf(string site)
    {
        var host = Uri.TryCreate(site.Contains("://", StringComparison.Ordinal) ? site : "https://" + site, UriKind.Absolute, out var address) ? address.IdnHost : "";
        return Uri.CheckHostName(host) is UriHostNameType.Dns or UriHostNameType.IPv4 && host.Length <= 253 ? host : throw new RuleException($"'{site}' is no name of a site like www.example.com.", "sites");
    }

    private static List<string> CheckNames(IEnumerable<string> queryNames)
    {
        var names = queryNames.Select(n => n.Trim()).Where(n => n.Length > 0).Distinct(StringComparer.Ordinal).ToList();
        if (names.Find(n => n.Length > MaxNameLength || !PlainName().IsMatch(n)) is { } wrong) throw new RuleException($"'{wrong}' is no name of a query parameter like lang.", "queryNames");
        return names.Count <= MaxQueryNames ? names : throw new RuleException($"At most {MaxQueryNames} names fit.", "queryNames");
    }

    private static string CheckCookie(string name, string param) => name.Trim() is { Length: > 0 and <= 40 } text && PlainName().IsMatch(text)
        ? text : throw new RuleException("A cookie's name has at most 40 letters, digits, _ and -.", param);

    [GeneratedRegex(@"^[A-Za-z0-9_-]+$")]
    private static partial Regex PlainName();
}

/// <summary>All an admin may change of it at once.</summary>
public sealed record TrackingEdit
{
    public TrackingMode Mode { get; init; } = TrackingMode.Ask;
    public IReadOnlyList<string> Sites { get; init; } = [];
    public IReadOnlyList<string> QueryNames { get; init; } = [];
    public int KeptDays { get; init; } = TrackingRules.DefaultDays;
    public string IdCookie { get; init; } = TrackingRules.DefaultIdCookie;
    public string ConsentCookie { get; init; } = TrackingRules.DefaultConsentCookie;
    public IReadOnlyList<ConsentWording> Wordings { get; init; } = [];

    public static TrackingEdit Of(TrackingRules rules) => new()
    {
        Mode = rules.Mode, Sites = rules.Sites, QueryNames = rules.QueryNames, KeptDays = rules.KeptDays,
        IdCookie = rules.IdCookie, ConsentCookie = rules.ConsentCookie, Wordings = rules.Wordings,
    };
}
