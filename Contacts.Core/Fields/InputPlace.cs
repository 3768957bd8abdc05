namespace Contacts.Core.Fields;

/// <summary>Where a text was typed, as far as its meaning depends on it.</summary>
/// <param name="Country">ISO 3166 country of national phone numbers, or null.</param>
/// <param name="TimeZone">IANA zone of times that name none.</param>
public sealed record InputPlace(string? Country, string TimeZone = TimeZoneId.Utc)
{
    /// <summary>For texts that mean the same everywhere.</summary>
    public static readonly InputPlace Anywhere = new(Country: null);
}
