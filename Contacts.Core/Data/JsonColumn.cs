using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Contacts.Core.Data;

/// <summary>A small document in one text column, readable with plain sqlite3.</summary>
internal static class JsonColumn
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        // Stored, never put into HTML as it is: letters stay letters.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter() },
    };

    /// <summary>A list of records. They never change, so comparing and copying the list is enough to see a change.</summary>
    public static PropertyBuilder<List<T>> IsJson<T>(this PropertyBuilder<List<T>> property)
    {
        property.HasConversion(list => Write(list), text => Read<List<T>>(text),
            new ValueComparer<List<T>>((a, b) => a!.SequenceEqual(b!), list => list.Count, list => new List<T>(list)));
        return property;
    }

    /// <summary>One record.</summary>
    public static PropertyBuilder<T> IsJsonRecord<T>(this PropertyBuilder<T> property) where T : class, IEquatable<T>, new()
    {
        property.HasConversion(record => Write(record), text => Read<T>(text), new ValueComparer<T>((a, b) => a!.Equals(b), record => record.GetHashCode(), record => record));
        return property;
    }

    /// <summary>Records by name, likewise.</summary>
    public static PropertyBuilder<Dictionary<string, T>> IsJson<T>(this PropertyBuilder<Dictionary<string, T>> property)
    {
        property.HasConversion(map => Write(map), text => Read<Dictionary<string, T>>(text),
            new ValueComparer<Dictionary<string, T>>((a, b) => a!.Count == b!.Count && !a.Except(b).Any(), map => map.Count, map => new Dictionary<string, T>(map)));
        return property;
    }

    public static string Write<T>(T value) => JsonSerializer.Serialize(value, Options);

    // Most lists are empty: that much can be seen without a reader.
    public static T Read<T>(string text) where T : new() => text is "[]" or "{}" ? new T() : JsonSerializer.Deserialize<T>(text, Options) ?? new T();
}
