using Contacts.Core;
using Contacts.Core.Activity;
using Contacts.Core.People;

namespace Contacts.Web.Activity;

/// <summary>What the stream shows, as its address says it. What an address says wrongly is left out, and told.</summary>
public sealed record StreamState(StreamQuery Query, bool HasUnknown = false)
{
    private const string Path = "/activity";

    public static StreamState Parse(string? kind, string? source, string? person, string? owner)
    {
        var unknown = false;
        // "api" is all of them, "api:ACME Zapier" a single one.
        var (of, name) = source?.Split(':', 2) is [var before, var after] ? (before, after) : (source, null);
        var query = new StreamQuery(
            Read(kind, text => OneOf<ActivityGroup>(text)),
            Read(of, text => OneOf<SourceKind>(text)),
            Read(person, text => PublicId.Parse(PublicId.User, text)),
            Read(owner, text => PublicId.Parse(PublicId.User, text)));
        if (name?.Contains('\0', StringComparison.Ordinal) == true) (query, unknown) = (query with { Source = null }, true); // in no text of a database
        else if (query.Source is not null && !string.IsNullOrEmpty(name)) query = query with { SourceName = name };
        return new StreamState(query, unknown);

        T? Read<T>(string? text, Func<string, T?> read) where T : struct
        {
            if (string.IsNullOrEmpty(text)) return null;
            var value = read(text);
            unknown |= value is null;
            return value;
        }
    }

    /// <summary>The address.</summary>
    public string Href
    {
        get
        {
            var parts = new[]
            {
                ("kind", Query.Group?.ToString().ToLowerInvariant()), ("source", Source(Query)), ("person", User(Query.ActorId)), ("owner", User(Query.OwnerId)),
            }.Where(part => part.Item2 is not null).Select(part => $"{part.Item1}={Uri.EscapeDataString(part.Item2!)}").ToList();
            return parts.Count == 0 ? Path : $"{Path}?{string.Join('&', parts)}";
        }
    }

    public StreamState Of(ActivityGroup? group) => new(Query with { Group = group });

    public StreamState From(SourceKind? source, string? name = null) => new(Query with { Source = source, SourceName = name });

    public StreamState By(long? actor) => new(Query with { ActorId = actor });

    public StreamState OwnedBy(long? owner) => new(Query with { OwnerId = owner });

    private static string? Source(StreamQuery query) => query.Source?.ToString().ToLowerInvariant() is { } kind ? query.SourceName is { } name ? $"{kind}:{name}" : kind : null;

    private static string? User(long? id) => id is { } number ? PublicId.Format(PublicId.User, number) : null;

    // By name only: numbers are names to Enum.TryParse as well.
    private static T? OneOf<T>(string text) where T : struct, Enum
    {
        foreach (var value in Enum.GetValues<T>())
            if (string.Equals(value.ToString(), text, StringComparison.OrdinalIgnoreCase)) return value;
        return null;
    }
}
