using System.Text.Json;
using System.Text.Json.Serialization;
using Contacts.Core.Tracking;

namespace Contacts.Web.Tracking;

/// <summary>What /t.js has to know of its site: how it asks, and in which words.</summary>
internal sealed record SiteRulesJson(
    [property: JsonPropertyName("m")] string Mode, [property: JsonPropertyName("i")] string IdCookie, [property: JsonPropertyName("c")] string ConsentCookie,
    [property: JsonPropertyName("w")] int Wording, [property: JsonPropertyName("q")] IReadOnlyList<string> QueryNames, [property: JsonPropertyName("t")] IReadOnlyList<SiteRulesJson.WordsJson> Words)
{
    public static SiteRulesJson Of(KnownSite site) => new(site.Rules.Mode.ToString().ToLowerInvariant(), site.Rules.IdCookie, site.Rules.ConsentCookie, site.Rules.WordingVersion, site.Rules.QueryNames,
        [.. site.Wordings.Select(w => new WordsJson(w.Language, w.Question, w.Yes, w.No))]);

    /// <summary>For pages for guests, where the server asks by itself and the cookies have their own names.</summary>
    public static string OnGuestPage(KnownSite site) => JsonSerializer.Serialize(Of(site) with { IdCookie = VisitorCookie.Id, ConsentCookie = VisitorCookie.Consent, Words = [] });

    internal sealed record WordsJson(
        [property: JsonPropertyName("l")] string Language, [property: JsonPropertyName("q")] string Question, [property: JsonPropertyName("y")] string Yes, [property: JsonPropertyName("n")] string No);
}
