using NodaTime.TimeZones;

namespace Contacts.Core;

/// <summary>A country of ISO 3166: two letters, and the name in English.</summary>
public sealed record Country(string Code, string Name)
{
    /// <summary>All of them, by name. The list comes with the time zones.</summary>
    public static IReadOnlyList<Country> All { get; } =
        [.. TzdbDateTimeZoneSource.Default.ZoneLocations!.Select(place => new Country(place.CountryCode, place.CountryName)).DistinctBy(c => c.Code).OrderBy(c => c.Name, StringComparer.Ordinal)];

    /// <summary>The two letters, or null when none was chosen.</summary>
    /// <exception cref="RuleException">At <c>country</c>: there is no such country.</exception>
    public static string? Check(string? code)
    {
        code = code?.Trim().ToUpperInvariant();
        if (string.IsNullOrEmpty(code)) return null;
        return All.Any(c => c.Code == code) ? code : throw new RuleException($"'{code}' is not a country. Give its two letters, like DE.", "country");
    }
}
