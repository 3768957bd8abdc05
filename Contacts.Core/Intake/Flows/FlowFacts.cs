using System.Text.Json.Serialization;
using NodaTime.TimeZones;

namespace Contacts.Core.Intake.Flows;

/// <summary>What is known of a guest before anything is answered. It stays as it was when the guest began, so that answers lead the same way whenever they are looked at.</summary>
public sealed record FlowFacts
{
    private static readonly Dictionary<string, string> Countries = TzdbDateTimeZoneSource.Default.ZoneLocations!.ToDictionary(place => place.ZoneId, place => place.CountryCode);

    /// <summary>For trying a flow out: nothing is known.</summary>
    public static readonly FlowFacts None = new();

    /// <summary>What the contact's fields say, as a guest would answer, by field name; of a guest whose browser is not known nothing.</summary>
    public IReadOnlyDictionary<string, string> Known { get; init; } = new Dictionary<string, string>();

    /// <summary>The address of the page where the guest began; null when it is not told.</summary>
    public string? Page { get; init; }

    /// <summary>The <c>utm_*</c> values of that address.</summary>
    public IReadOnlyDictionary<string, string> Utm { get; init; } = new Dictionary<string, string>();

    /// <summary>IANA zone of the guest's clock.</summary>
    public string TimeZone { get; init; } = TimeZoneId.Utc;

    /// <summary>How often the guest has been here, this time included.</summary>
    public int Visits { get; init; } = 1;

    /// <summary>ISO 3166, of the zone; null where the zone is no place.</summary>
    [JsonIgnore]
    public string? Country => Countries.GetValueOrDefault(TimeZone);
}
