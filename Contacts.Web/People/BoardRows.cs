using System.Text.Json.Serialization;
using Contacts.Core.People;

namespace Contacts.Web.People;

/// <summary>The columns on the screen and what they belong to; travels with the first HTML so that the circuit need not ask again.</summary>
/// <param name="Key">The address of these columns.</param>
public sealed record BoardRows(string Key, IReadOnlyList<BoardColumn> Columns)
{
    /// <summary>As the list tells it: exact, or that there are more than so many.</summary>
    [JsonIgnore] public ContactCount Count => Columns.Sum(c => c.Count.Number) is var total && Columns.All(c => c.Count.IsExact) ? new(total, true) : new(Math.Min(total, ContactBook.CountCap), false);

    /// <summary>Everybody was looked at, and nobody matches.</summary>
    [JsonIgnore] public bool IsEmpty => Columns.All(c => c is { Cards.Count: 0, Next: null });
    [JsonIgnore] public IReadOnlyList<string> Ids => [.. Columns.SelectMany(c => c.Cards).Select(c => c.PublicId)];

    public BoardColumn? At(long? statusId) => Columns.FirstOrDefault(c => c.StatusId == statusId);

    /// <summary>The card with this public id, and where it lies.</summary>
    public (BoardCard Card, BoardColumn Column)? Find(string id) =>
        Columns.SelectMany(column => column.Cards.Where(c => c.PublicId == id).Select(card => ((BoardCard, BoardColumn)?)(card, column))).FirstOrDefault();

    public BoardRows With(BoardColumn column) => this with { Columns = [.. Columns.Select(c => c.StatusId == column.StatusId ? column : c)] };

    /// <summary>As it will look once the contact has moved: the card lies where its last activity puts it.</summary>
    public BoardRows Move(BoardCard card, BoardColumn here, BoardColumn there) =>
        With(here with { Count = Changed(here.Count, -1), Cards = [.. here.Cards.Where(c => c.Id != card.Id)] })
            .With(there with { Count = Changed(there.Count, 1), Cards = [.. there.Cards.Append(card).OrderByDescending(c => c.LastActivityAt).ThenByDescending(c => c.Id)] });

    private static ContactCount Changed(ContactCount count, int by) => count.IsExact ? count with { Number = count.Number + by } : count;
}
