namespace Contacts.Core.People.Bulk;

/// <summary>What is to become of many contacts at once.</summary>
public abstract record BulkChange;

/// <summary>A status, or none; a reason goes with one that means lost.</summary>
public sealed record BulkMove(long? StatusId, string? Reason = null) : BulkChange;

/// <summary>An owner, or none.</summary>
public sealed record BulkAssign(long? OwnerId) : BulkChange;

/// <summary>A value of a field as one types it; null or blank clears.</summary>
public sealed record BulkWrite(string Field, string? Text) : BulkChange;

/// <summary>The bin, for 30 days.</summary>
public sealed record BulkDelete : BulkChange;

/// <summary>Which contacts: some by number, or all that match a query without some.</summary>
public sealed record ContactSelection
{
    private ContactSelection() { }

    public IReadOnlyCollection<long> Ids { get; private init; } = [];
    public ContactQuery? Query { get; private init; }
    public IReadOnlyCollection<long> Except { get; private init; } = [];

    public static ContactSelection Of(IReadOnlyCollection<long> ids) => new() { Ids = [.. ids.Distinct()] };

    public static ContactSelection AllOf(ContactQuery query, IReadOnlyCollection<long>? except = null) => new() { Query = query with { After = null, Before = null }, Except = except ?? [] };
}
