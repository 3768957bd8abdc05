namespace Contacts.Core.People;

/// <summary>Which contacts are in lists.</summary>
internal static class ContactLists
{
    /// <summary>Those in lists, in counts and open to change.</summary>
    public static IQueryable<Contact> Listed(this IQueryable<Contact> contacts) => contacts.Where(c => c.DeletedAt == null && c.MergedIntoId == null);
}
