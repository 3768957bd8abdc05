using Contacts.Core.Activity;

namespace Contacts.Core.People.Merging;

/// <summary>
/// Contacts that were found to be one person. What was merged is kept and points to the survivor; this remembers the pointers there were
/// and what the survivor was before, so that the merge can be undone.
/// </summary>
public sealed class ContactMerge : IAccountOwned
{
    /// <summary>So many can be merged into another at once.</summary>
    public const int MaxOthers = 8;

    private ContactMerge() { }

    internal ContactMerge(Contact survivor, ActivityEntry entry, List<MovedContact> moved, SurvivorBefore before) =>
        (AccountId, SurvivorId, EntryNumber, At, Moved, Before) = (survivor.AccountId, survivor.Id, entry.Number, entry.At, moved, before);

    public long Id { get; private set; }
    public long AccountId { get; private set; }
    public long SurvivorId { get; private set; }

    /// <summary>The <see cref="ActivityEntry.Number"/> of the survivor's entry that tells of it; values it set have it as their origin.</summary>
    public int EntryNumber { get; private set; }
    public DateTime At { get; private set; }
    public DateTime? UndoneAt { get; internal set; }

    /// <summary>Who points to the survivor since then: those that were merged, and those that had been merged into them.</summary>
    public List<MovedContact> Moved { get; private set; } = [];
    public SurvivorBefore Before { get; internal set; } = new();

    /// <summary>Those that were merged, without those that came along.</summary>
    public IEnumerable<long> OtherIds => Moved.Where(m => m.From is null).Select(m => m.Id);
}

/// <summary>A contact that points to a survivor, and the one it pointed to before, if any.</summary>
public sealed record MovedContact(long Id, long? From);

/// <summary>What a field held before a merge, and where that came from.</summary>
public sealed record FormerValue(string Field, string Type, string? Value, StoredValue? Stored);

/// <summary>Where a contact stands and who looks after it.</summary>
public sealed record ContactStanding(long? StatusId = null, DateTime? StatusAt = null, string? StatusReason = null, long? OwnerId = null);

/// <summary>Where a contact came from, and its times.</summary>
public sealed record ContactTimes(Source Source, DateTime CreatedAt, DateTime? LastInteractedAt, DateTime LastActivityAt)
{
    /// <summary>Those of two contacts that are one person.</summary>
    public ContactTimes With(ContactTimes other) => new(
        other.CreatedAt < CreatedAt ? other.Source : Source,
        other.CreatedAt < CreatedAt ? other.CreatedAt : CreatedAt,
        LastInteractedAt is null || other.LastInteractedAt > LastInteractedAt ? other.LastInteractedAt : LastInteractedAt,
        other.LastActivityAt > LastActivityAt ? other.LastActivityAt : LastActivityAt);
}

/// <summary>An email or phone, and whom it identified.</summary>
public sealed record HeldIdentity(long ContactId, IdentityKind Kind, string Key);

/// <summary>What a survivor was before a merge, as far as the merge may have changed it.</summary>
public sealed record SurvivorBefore
{
    /// <summary>What the merge replaced.</summary>
    public List<FormerValue> Values { get; init; } = [];

    /// <summary>Its email and mobile phone, replaced or not.</summary>
    public List<FormerValue> Primaries { get; init; } = [];

    /// <summary>Who was known by what, of all that were merged.</summary>
    public List<HeldIdentity> Held { get; init; } = [];
    public ContactStanding Standing { get; init; } = new();

    /// <summary>How the merge let it stand.</summary>
    public ContactStanding Set { get; init; } = new();
    public ContactTimes? Times { get; init; }

    /// <summary>Whom the survivor may be a duplicate of only since it speaks for those merged into it.</summary>
    public List<long> Inherited { get; init; } = [];
}
