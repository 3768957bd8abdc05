using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Contacts.Core.Activity;

namespace Contacts.Core.People;

/// <summary>What the list is ordered by; every order ends in the row's number, so that it is total.</summary>
public enum ContactSort
{
    /// <summary>Last activity, newest first.</summary>
    LastActivity,
    /// <summary>Name, A to Z.</summary>
    Name,
    /// <summary>When the contact was made, newest first: the API's order.</summary>
    Created,
}

/// <summary>A place in an ordered list, by the value and number of a row, so that paging costs the same at any depth.</summary>
public sealed record Cursor(string Value, long Id)
{
    public override string ToString() => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Id} {Value}")));

    /// <summary>Null when the text is no cursor.</summary>
    public static Cursor? Parse(string? text)
    {
        if (string.IsNullOrEmpty(text) || !Base64Url.IsValid(text)) return null;
        var parts = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text)).Split(' ', 2);
        return parts.Length == 2 && long.TryParse(parts[0], CultureInfo.InvariantCulture, out var id) ? new Cursor(parts[1], id) : null;
    }
}

/// <summary>Which contacts, in which order, from where.</summary>
public sealed record ContactQuery
{
    public const int PageSize = 50, MaxSearchLength = 200;

    public string? Search { get; init; }
    public ContactSort Sort { get; init; }

    /// <summary>The other way round than the sort's own direction.</summary>
    public bool Reversed { get; init; }
    public string? Email { get; init; }
    public long? StatusId { get; init; }

    /// <summary>Only those who have none.</summary>
    public bool WithoutStatus { get; init; }
    public long? OwnerId { get; init; }
    public DateTime? CreatedAfter { get; init; }
    public DateTime? CreatedBefore { get; init; }
    public DateTime? UpdatedAfter { get; init; }
    public DateTime? UpdatedBefore { get; init; }
    public Cursor? After { get; init; }
    public Cursor? Before { get; init; }
    public int Take { get; init; } = PageSize;
}

/// <summary>A contact as a row of the list.</summary>
public sealed record ContactRow(
    long Id, string? FirstName, string? LastName, string? Email, string? Phone, string? Salutation,
    long? StatusId, long? OwnerId, DateTime LastActivityAt, Source Source, string SortName)
{
    public string PublicId => Core.PublicId.Format(Core.PublicId.Contact, Id);
    public string DisplayName => Contact.NameOf(FirstName, LastName, Email, Phone, Salutation);
}

/// <summary>One page and whether there is more on either side.</summary>
public sealed record Page<T>(IReadOnlyList<T> Items, Cursor? Previous, Cursor? Next);
