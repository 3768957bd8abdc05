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

    /// <summary>Owners of contacts who have left the account: looked for once, and not again at each change.</summary>
    public IReadOnlyList<long> Left { get; init; } = [];

    /// <summary>Rows name a status or an owner made after these were read.</summary>
    public bool Lack(IEnumerable<ContactRow> rows) =>
        rows.Any(r => (r.StatusId is not null && Status(r.StatusId) is null) || (r.OwnerId is { } owner && Owner(owner) is null && !Left.Contains(owner)));

    /// <summary>Read anew for these rows: an owner who is still not among them has left.</summary>
    public Choices With(IEnumerable<ContactRow> rows) =>
        this with { Left = [.. rows.Select(r => r.OwnerId).OfType<long>().Where(id => Owner(id) is null).Distinct()] };
}
