namespace Contacts.Core.People.Views;

/// <summary>What a list of contacts shows and how, in the words its address has for it. What an address no longer means is told when it is read.</summary>
public sealed record ViewSettings
{
    /// <summary>Of all its texts together.</summary>
    public const int MaxTextLength = 6000;

    /// <summary>All contacts, last active first, in the usual columns.</summary>
    public static readonly ViewSettings Plain = new();

    public string? Search { get; init; }

    /// <summary>As <see cref="Lists.ContactFilter.Write"/> writes it.</summary>
    public string? Filter { get; init; }

    /// <summary>The name of a field, with a minus before it for the other way round; null: last activity.</summary>
    public string? Sort { get; init; }

    /// <summary>Names of fields with their widths: <c>name,email:240,seats</c>; null: the usual ones.</summary>
    public string? Columns { get; init; }
    public bool IsCompact { get; init; }

    /// <summary>By status, instead of as a list.</summary>
    public bool IsBoard { get; init; }
}
