using NodaTime;
using NodaTime.TimeZones;

namespace Contacts.Core;

/// <summary>A place's time zone by its IANA name, such as <c>Europe/Berlin</c>.</summary>
public static class TimeZoneId
{
    public const string Utc = "UTC";
    public const string Problem = "Choose a time zone by its place, like Europe/Berlin.";

    private static readonly TzdbDateTimeZoneSource Zones = TzdbDateTimeZoneSource.Default;
    private static readonly Dictionary<string, string> Known = Zones.GetIds().ToDictionary(id => id, id => id, StringComparer.OrdinalIgnoreCase);
    private static readonly HashSet<string> Places = [.. Zones.ZoneLocations!.Select(place => place.ZoneId)];

    /// <summary>What one chooses from: UTC, then every place in alphabetical order.</summary>
    public static IReadOnlyList<string> All { get; } = [Utc, .. Places.Order(StringComparer.Ordinal)];

    /// <summary>The name in use today; Windows' names and names of old are understood.</summary>
    /// <exception cref="RuleException">At <c>timeZone</c>: it names no place.</exception>
    public static string Check(string? text)
    {
        text = text?.Trim() ?? "";
        if (Find(text) is { } id) return id;
        throw new RuleException(IsOffset(text)
            ? $"'{text}' is a difference from UTC, not a place, and would be wrong half the year. {Problem}"
            : text.Length == 0 ? Problem : $"'{text}' is not a time zone. {Problem}", "timeZone");
    }

    public static string? Find(string? text)
    {
        if (string.IsNullOrEmpty(text)) return null;
        if (Zones.WindowsMapping.PrimaryMapping.TryGetValue(text, out var fromWindows)) text = fromWindows;
        if (!Known.TryGetValue(text, out var id) || IsOffset(id)) return null;
        // Not always the canonical name: that would make Oslo of today Berlin, whose clocks it shares.
        if (Places.Contains(id)) return id;
        var canonical = Zones.CanonicalIdMap[id];
        return canonical is "Etc/UTC" or "Etc/GMT" ? Utc : canonical;
    }

    private static bool IsOffset(string text) =>
        (text.StartsWith("GMT", StringComparison.OrdinalIgnoreCase) || text.StartsWith("UTC", StringComparison.OrdinalIgnoreCase))
        && text.Length > 3 && text[3..].TrimStart() is ['+' or '-', ..] || text is ['+' or '-', ..];
}
