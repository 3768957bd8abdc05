using System.Text.Json.Serialization;
using Contacts.Core.People;

namespace Contacts.Web.People;

/// <summary>The columns on the screen and what they belong to; travels with the first HTML so that the circuit need not ask again.</summary>
/// <param name="Key">The address of these columns.</param>
public sealed record BoardRows(string Key, IReadOnlyList<BoardColumn> Columns)
{
    [JsonIgnore] public int Total => Columns.Sum(c => c.Count);
    [JsonIgnore] public ContactCount Count => Columns.Any(c => c.Count > ContactBook.CountCap) ? new(ContactBook.CountCap, false) : new(Total, true);
    [JsonIgnore] public IReadOnlyList<string> Ids => [.. Columns.SelectMany(c => c.Cards).Select(c => c.PublicId)];

    public BoardColumn? At(long? statusId) => Columns.FirstOrDefault(c => c.StatusId == statusId);

    /// <summary>The card with this public id, and where it lies.</summary>
    public (BoardCard Card, BoardColumn Column)? Find(string id) =>
        Columns.SelectMany(column => column.Cards.Where(c => c.PublicId == id).Select(card => ((BoardCard, BoardColumn)?)(card, column))).FirstOrDefault();

    public BoardRows With(BoardColumn column) => this with { Columns = [.. Columns.Select(c => c.StatusId == column.StatusId ? column : c)] };

    /// <summary>As it will look once the contact has moved: the card lies where its last activity puts it.</summary>
    public BoardRows Move(BoardCard card, BoardColumn here, BoardColumn there) =>
        With(here with { Count = Less(here.Count), Cards = [.. here.Cards.Where(c => c.Id != card.Id)] })
            .With(there with { Count = there.Count + 1, Cards = [.. there.Cards.Append(card).OrderByDescending(c => c.LastActivityAt).ThenByDescending(c => c.Id)] });

    /// <summary>With more of a column; a card that was just moved there may be among them.</summary>
    public BoardRows Append(BoardColumn column, IEnumerable<BoardCard> cards, Cursor? next) =>
        With(column with { Cards = [.. column.Cards.UnionBy(cards, c => c.Id)], Next = next });

    private static int Less(int count) => count > ContactBook.CountCap ? count : count - 1;
}
