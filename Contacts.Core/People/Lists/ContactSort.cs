using Contacts.Core.Fields;

namespace Contacts.Core.People.Lists;

/// <summary>
/// What the list is ordered by: last activity, name, when it was added, status, contact owner, source, or any field that can be compared. Every order
/// ends in the contact's number, so that it is total; contacts without a value come last, whichever way round.
/// </summary>
/// <param name="Field">The <see cref="FilterField.Name"/>.</param>
public sealed record ContactSort(string Field)
{
    /// <summary>Newest first.</summary>
    public static readonly ContactSort LastActivity = new(FilterFields.LastActivity);

    /// <summary>A to Z.</summary>
    public static readonly ContactSort Name = new(FilterFields.Name);

    /// <summary>When the contact was made, newest first: the API's order.</summary>
    public static readonly ContactSort Created = new(FilterFields.Created);

    /// <summary>First to last, as the pipeline has them.</summary>
    public static readonly ContactSort Status = new(FilterFields.Status);

    /// <summary>A to Z.</summary>
    public static readonly ContactSort Owner = new(FilterFields.Owner);

    /// <summary>By a field: from the least value to the greatest, A to Z, choices in the order they are offered.</summary>
    public static ContactSort By(FieldDefinition field) => new(FilterFields.NameOf(field));

    /// <summary>Its own direction is from the greatest to the least: times run from the newest.</summary>
    public bool IsDescending => this == LastActivity || this == Created;

    /// <summary>Whether a list can be ordered by it.</summary>
    public static bool Takes(FilterField field) => field.Field is null
        ? field.Name is FilterFields.LastActivity or FilterFields.Name or FilterFields.Created or FilterFields.Status or FilterFields.Owner or FilterFields.Source
        : Takes(field.Field.Type);

    /// <summary>Whether it can be ordered by values of the type.</summary>
    public static bool Takes(FieldType type) => type.FilterKind != FilterKind.Presence;

    /// <summary>The order that an address names; last activity, with a notice, where there is no such field any more.</summary>
    public static (ContactSort Sort, string? Notice) Read(string? name, FilterFields fields)
    {
        if (string.IsNullOrEmpty(name)) return (LastActivity, null);
        return fields.Find(name) is { } field && Takes(field) ? (new ContactSort(name), null) : (LastActivity, $"Contacts cannot be sorted by '{name.ShortenedTo(FilterText.MaxTold)}', so they are sorted by last activity.");
    }
}
