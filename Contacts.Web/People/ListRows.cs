using System.Text.Json.Serialization;
using Contacts.Core.People;
using Contacts.Web.Statuses;

namespace Contacts.Web.People;

/// <summary>The rows on the screen and what they belong to; travels with the first HTML so that the circuit need not ask again.</summary>
/// <param name="Key">The address of these rows.</param>
public sealed record ListRows(string Key, IReadOnlyList<ContactRow> Rows, Cursor? Previous, Cursor? Next, ContactCount Count)
{
    /// <summary>Rows that were changed meanwhile and match no more: they stay in their place until the list is read anew.</summary>
    public IReadOnlyList<long> Left { get; init; } = [];

    /// <summary>How many stand where, of those who match, whatever status is asked for.</summary>
    public IReadOnlyList<StatusCount> Counts { get; init; } = [];

    /// <summary>The search ran out of time before the page was full.</summary>
    public bool IsPartial { get; init; }

    /// <summary>It took a search that somebody asked to go on: what changes is followed in these rows, and others are not looked for again.</summary>
    public bool IsSearched { get; init; }

    /// <summary>The address named a place in another order, or none, so that these are the first rows.</summary>
    public bool IsLost { get; init; }

    [JsonIgnore] public IReadOnlyList<string> Ids => [.. Rows.Select(r => r.PublicId)];

    /// <summary>These rows with those of before that match no more, each behind the row it stood behind.</summary>
    public ListRows Keep(IReadOnlyList<ContactRow> left, ListRows before)
    {
        var rows = Rows.ToList();
        foreach (var row in left)
        {
            var above = before.Rows.TakeWhile(r => r.Id != row.Id).Select(r => r.Id).Reverse().ToList();
            rows.Insert(above.Select(id => rows.FindIndex(r => r.Id == id)).FirstOrDefault(i => i >= 0, -1) + 1, row);
        }
        return this with { Rows = rows, Left = [.. left.Select(r => r.Id)] };
    }
}

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
