using Contacts.Core.People;
using Contacts.Web.Statuses;

namespace Contacts.Web.People;

/// <summary>The rows on the screen and what they belong to; travels with the first HTML so that the circuit need not ask again.</summary>
/// <param name="Key">The address of these rows.</param>
public sealed record ListRows(string Key, IReadOnlyList<ContactRow> Rows, Cursor? Previous, Cursor? Next, int Count);

/// <summary>A user who may be a contact owner.</summary>
public sealed record OwnerChoice(long Id, string Name);

/// <summary>What a contact's status and owner are chosen from.</summary>
public sealed record Choices(IReadOnlyList<StatusChoice> Statuses, IReadOnlyList<OwnerChoice> Owners)
{
    public StatusChoice? Status(long? id) => Statuses.FirstOrDefault(s => s.Id == id);
    public OwnerChoice? Owner(long? id) => Owners.FirstOrDefault(o => o.Id == id);

    /// <summary>Made after these were read.</summary>
    public bool IsMissing(long? status, long? owner) => (status is not null && Status(status) is null) || (owner is not null && Owner(owner) is null);
}
