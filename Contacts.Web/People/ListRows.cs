using System.Text.Json.Serialization;
using Contacts.Core.People;
using Contacts.Web.Statuses;

namespace Contacts.Web.People;

/// <summary>The rows on the screen and what they belong to; travels with the first HTML so that the circuit need not ask again.</summary>
/// <param name="Key">The address of these rows.</param>
public sealed record ListRows(string Key, IReadOnlyList<ContactRow> Rows, Cursor? Previous, Cursor? Next, ContactCount Count)
{
    /// <summary>Rows that were changed meanwhile and match no more, the last ones first: they stay in their place until the list is read anew.</summary>
    public IReadOnlyList<long> Left { get; init; } = [];

    /// <summary>How many did so before those and are not shown any more.</summary>
    public int LeftBefore { get; init; }

    /// <summary>How many stand where, of those who match, whatever status is asked for; none until they are counted.</summary>
    public IReadOnlyList<StatusCount> Counts { get; init; } = [];

    /// <summary>Which contacts those counts are of.</summary>
    public string? Counted { get; init; }

    /// <summary>The search ran out of time before the page was full.</summary>
    public bool IsPartial { get; init; }

    /// <summary>It took a search that somebody asked to go on: what changes is followed in these rows, and others are not looked for again.</summary>
    public bool IsSearched { get; init; }

    /// <summary>The address named a place in another order, or none, so that these are the first rows.</summary>
    public bool IsLost { get; init; }

    [JsonIgnore] public IReadOnlyList<string> Ids => [.. Rows.Select(r => r.PublicId)];

    /// <summary>
    /// These rows with those of before that match no more, each behind the row it stood behind: a page of them, and the others are counted.
    /// A list whose contacts are all moved by a change of many would have no end of them.
    /// </summary>
    /// <param name="open">The public id of the contact that is open beside the list: one steps on from its row.</param>
    public ListRows Keep(IReadOnlyList<ContactRow> left, ListRows before, string? open)
    {
        var places = before.Left.Index().ToDictionary(l => l.Item, l => l.Index);
        List<ContactRow> kept = [.. left.OrderBy(r => r.PublicId != open).ThenBy(r => places.GetValueOrDefault(r.Id, -1)).Take(ContactQuery.PageSize)];
        var rows = Rows.ToList();
        foreach (var row in kept)
        {
            var above = before.Rows.TakeWhile(r => r.Id != row.Id).Select(r => r.Id).Reverse().ToList();
            rows.Insert(above.Select(id => rows.FindIndex(r => r.Id == id)).FirstOrDefault(i => i >= 0, -1) + 1, row);
        }
        return this with { Rows = rows, Left = [.. kept.Select(r => r.Id)], LeftBefore = left.Count == 0 ? 0 : before.LeftBefore + left.Count - kept.Count };
    }
}

/// <summary>A user who may be a contact owner, or was.</summary>
public sealed record OwnerChoice(long Id, string Name);

/// <summary>What a contact's status and owner are chosen from.</summary>
public sealed record Choices(IReadOnlyList<StatusChoice> Statuses, IReadOnlyList<OwnerChoice> Owners)
{
    public StatusChoice? Status(long? id) => Statuses.FirstOrDefault(s => s.Id == id);

    /// <summary>Those who have left the account. What they had is still theirs, and they are given nothing more.</summary>
    public IReadOnlyList<OwnerChoice> Former { get; init; } = [];

    /// <summary>Whose a contact is.</summary>
    public OwnerChoice? Owner(long? id) => Owners.FirstOrDefault(o => o.Id == id) ?? Former.FirstOrDefault(o => o.Id == id);

    /// <summary>Rows name a status or an owner made after these were read.</summary>
    public bool Lack(IEnumerable<ContactRow> rows) => rows.Any(r => Lack(r.StatusId, r.OwnerId));

    /// <summary>The same for a contact.</summary>
    public bool Lack(long? status, long? owner) => (status is not null && Status(status) is null) || (owner is not null && Owner(owner) is null);

    /// <summary>The counts name a status made after these were read.</summary>
    public bool Lack(IEnumerable<StatusCount> counts) => counts.Any(c => c.StatusId is not null && Status(c.StatusId) is null);
}
