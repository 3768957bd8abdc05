using System.Globalization;

namespace Contacts.Core.Fields;

/// <summary>Who reads a value, as far as its wording depends on it.</summary>
/// <param name="TimeZone">IANA zone in which moments are told.</param>
public sealed record Reader(CultureInfo Culture, string TimeZone = TimeZoneId.Utc);
