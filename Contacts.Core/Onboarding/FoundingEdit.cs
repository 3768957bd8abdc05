namespace Contacts.Core.Onboarding;

/// <summary>What one says to found an account: the organisation, and its first owner.</summary>
public sealed record FoundingEdit
{
    public string? Organisation { get; init; }

    /// <summary>Of the organisation, and of the owner to begin with.</summary>
    public string? TimeZone { get; init; } = TimeZoneId.Utc;
    public string? Country { get; init; }
    public string? Name { get; init; }
    public string? Email { get; init; }

    /// <summary>Null when the owner is to choose it by a one-time link.</summary>
    public string? Password { get; init; }
}
