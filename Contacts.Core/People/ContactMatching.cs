using System.Globalization;
using Contacts.Core.Data;
using Contacts.Core.People.Lists;
using Microsoft.EntityFrameworkCore;

namespace Contacts.Core.People;

/// <summary>Turns a <see cref="ContactQuery"/> into SQL.</summary>
internal static class ContactMatching
{
    /// <summary>Those in lists, in counts and open to change.</summary>
    public static IQueryable<Contact> Listed(this IQueryable<Contact> contacts) => contacts.Where(c => c.DeletedAt == null && c.MergedIntoId == null);

    public static IQueryable<Contact> Matching(this ContactsDb db, ContactQuery query)
    {
        var contacts = db.Contacts.Listed();
        foreach (var word in Folding.Fold(query.Search).Split(' ', StringSplitOptions.RemoveEmptyEntries).Take(8))
            contacts = contacts.Where(c => c.SearchText.Contains(word));
        if (query.Email is { } email)
        {
            var key = EmailAddress.Key(email);
            contacts = contacts.Where(c => db.Identities.Where(i => i.Kind == IdentityKind.Email && i.Key == key).Select(i => i.Contact!.MergedIntoId ?? i.ContactId).Contains(c.Id));
        }
        if (query.StatusId is { } status) contacts = contacts.Where(c => c.StatusId == status);
        if (query.WithoutStatus) contacts = contacts.Where(c => c.StatusId == null);
        if (query.OwnerId is { } owner) contacts = contacts.Where(c => c.OwnerId == owner);
        if (query.CreatedAfter is { } createdAfter) contacts = contacts.Where(c => c.CreatedAt > createdAfter);
        if (query.CreatedBefore is { } createdBefore) contacts = contacts.Where(c => c.CreatedAt < createdBefore);
        if (query.UpdatedAfter is { } updatedAfter) contacts = contacts.Where(c => c.UpdatedAt > updatedAfter);
        if (query.UpdatedBefore is { } updatedBefore) contacts = contacts.Where(c => c.UpdatedAt < updatedBefore);
        return contacts;
    }

    /// <summary>One page by key: the cost does not grow with the depth.</summary>
    public static async Task<Page<T>> PageAsync<T>(
        this IQueryable<Contact> contacts, ContactQuery query, Func<IQueryable<Contact>, IQueryable<T>> project, Func<T, Cursor> cursorOf, CancellationToken cancel)
    {
        var backwards = query.After is null && query.Before is not null;
        // Each sort has its own direction; a reversed list or a step back turns it round.
        var descending = query.Sort != ContactSort.Name ^ query.Reversed ^ backwards;
        var rows = await project(Ordered(contacts, query.Sort, descending, query.After ?? query.Before)).Take(query.Take + 1).ToListAsync(cancel);
        var more = rows.Count > query.Take;
        if (more) rows.RemoveAt(query.Take);
        if (backwards) rows.Reverse();
        if (rows.Count == 0) return new Page<T>(rows, null, null);
        var hasPrevious = backwards ? more : query.After is not null;
        var hasNext = backwards || more;
        return new Page<T>(rows, hasPrevious ? cursorOf(rows[0]) : null, hasNext ? cursorOf(rows[^1]) : null);
    }

    public static Cursor CursorOf(ContactSort sort, long id, DateTime lastActivityAt, string sortName) => new(
        sort == ContactSort.LastActivity ? lastActivityAt.Ticks.ToString(CultureInfo.InvariantCulture) : sort == ContactSort.Name ? sortName : "", id);

    private static IQueryable<Contact> Ordered(IQueryable<Contact> contacts, ContactSort sort, bool descending, Cursor? from)
    {
        var id = from?.Id ?? 0;
        switch (sort.Field)
        {
            case FilterFields.Name:
                var name = from?.Value ?? "";
                if (from is not null) contacts = descending
                    ? contacts.Where(c => string.Compare(c.SortName, name) < 0 || (c.SortName == name && c.Id < id))
                    : contacts.Where(c => string.Compare(c.SortName, name) > 0 || (c.SortName == name && c.Id > id));
                return descending ? contacts.OrderByDescending(c => c.SortName).ThenByDescending(c => c.Id) : contacts.OrderBy(c => c.SortName).ThenBy(c => c.Id);
            case FilterFields.Created:
                if (from is not null) contacts = descending ? contacts.Where(c => c.Id < id) : contacts.Where(c => c.Id > id);
                return descending ? contacts.OrderByDescending(c => c.Id) : contacts.OrderBy(c => c.Id);
            default:
                var at = long.TryParse(from?.Value, CultureInfo.InvariantCulture, out var ticks) && ticks is >= 0 and <= 3155378975999999999
                    ? new DateTime(ticks, DateTimeKind.Utc) : DateTime.UnixEpoch;
                if (from is not null) contacts = descending
                    ? contacts.Where(c => c.LastActivityAt < at || (c.LastActivityAt == at && c.Id < id))
                    : contacts.Where(c => c.LastActivityAt > at || (c.LastActivityAt == at && c.Id > id));
                return descending
                    ? contacts.OrderByDescending(c => c.LastActivityAt).ThenByDescending(c => c.Id)
                    : contacts.OrderBy(c => c.LastActivityAt).ThenBy(c => c.Id);
        }
    }
}
