using System.Text.Json.Serialization;

namespace Contacts.Core.People;

/// <summary>A field's value and where it came from. Short names: a contact carries a dozen of these.</summary>
/// <param name="Value">The canonical text; null for a system field, whose value has a column of its own.</param>
/// <param name="Entry">The <see cref="Activity.ActivityEntry.Number"/> that set it.</param>
/// <param name="At">When (UTC).</param>
public sealed record StoredValue(
    [property: JsonPropertyName("v")] string? Value,
    [property: JsonPropertyName("e")] int Entry,
    [property: JsonPropertyName("t")] DateTime At);
