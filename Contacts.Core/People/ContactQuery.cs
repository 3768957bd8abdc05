using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Contacts.Core.Activity;
using Contacts.Core.Fields;
using Contacts.Core.People.Lists;

namespace Contacts.Core.People;

/// <summary>A place in an ordered list, by the value and number of a row, so that paging costs the same at any depth.</summary>
public sealed record Cursor(string Value, long Id)
{
    public override string ToString() => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Id} {Value}")));

    /// <summary>Null when the text is no cursor.</summary>
    public static Cursor? Parse(string? text)
    {
        if (string.IsNullOrEmpty(text) || !Base64Url.IsValid(text)) return null;
        var parts = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text)).Split(' ', 2);
        // A value may have lines, as an address has; the sign that no database takes is in none.
        return parts.Length == 2 && !parts[1].Contains('\0', StringComparison.Ordinal) && long.TryParse(parts[0], CultureInfo.InvariantCulture, out var id) ? new Cursor(parts[1], id) : null;
    }
}

/// <summary>Which contacts, in which order, from where.</summary>
public sealed record ContactQuery
{
    public const int PageSize = 50, MaxSearchLength = 200;

    /// <summary>Words that name, emails, phones and company have: parts of words from three letters on, beginnings of words before.</summary>
    public string? Search { get; init; }
    public ContactFilter Filter { get; init; } = ContactFilter.None;

    /// <summary>IANA zone in which the days of the filter begin.</summary>
    public string TimeZone { get; init; } = TimeZoneId.Utc;
    public ContactSort Sort { get; init; } = ContactSort.LastActivity;

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

    /// <summary>Names of the fields whose values the rows are to bring (<see cref="FieldDefinition.Name"/>).</summary>
    public IReadOnlyList<string> Columns { get; init; } = [];
}

/// <summary>A contact as a row of the list.</summary>
public sealed record ContactRow(
    long Id, string? FirstName, string? LastName, string? Email, string? Phone, string? Salutation,
    long? StatusId, long? OwnerId, DateTime LastActivityAt, Source Source, string SortName, DateTime CreatedAt, DateTime UpdatedAt)
{
    /// <summary>Canonical values of <see cref="ContactQuery.Columns"/>, by field name; without those that are empty.</summary>
    public IReadOnlyDictionary<string, string> Values { get; init => field = value.Count == 0 ? None : value; } = None;

    private static readonly Dictionary<string, string> None = [];

    public string PublicId => Core.PublicId.Format(Core.PublicId.Contact, Id);
    public string DisplayName => Contact.NameOf(FirstName, LastName, Email, Phone, Salutation);
}

/// <summary>One page and whether there is more on either side.</summary>
public sealed record Page<T>(IReadOnlyList<T> Items, Cursor? Previous, Cursor? Next)
{
    /// <summary>The search ran out of time before the page was full: there may be more, which <see cref="Next"/> goes on to look for.</summary>
    public bool IsPartial { get; init; }

    /// <summary>The cursor was of another order, or of none: this is the first page.</summary>
    public bool IsLost { get; init; }
}

/// <summary>Where a contact stands in a list, whether or not it matches any more.</summary>
/// <param name="Position">From 1; null when it does not match, or stands too far down to count.</param>
/// <param name="Previous">The number of the contact before it.</param>
/// <param name="Next">The number of the one after it.</param>
/// <param name="PageAfter">Where the page on which it stands begins; null: it is the first.</param>
public sealed record InList(int? Position, long? Previous, long? Next, Cursor? PageAfter)
{
    /// <summary>Where looking for the one before, and for the one after, goes on: it took its time and had not found any.</summary>
    public (Cursor? Before, Cursor? After) Unsearched { get; init; }

    /// <summary>As far as positions are counted.</summary>
    internal const int Countable = 1000;
}

/// <summary>How many contacts match.</summary>
/// <param name="IsExact">False: there are more than that.</param>
public sealed record ContactCount(long Number, bool IsExact);

/// <summary>How many contacts stand at a status.</summary>
/// <param name="StatusId">Null: at none.</param>
public sealed record StatusCount(long? StatusId, ContactCount Count);
