using Contacts.Core.Accounts;
using Contacts.Core.Data;
using Contacts.Core.Fields;
using Contacts.Core.People.Lists;
using Contacts.Core.Statuses;
using Microsoft.EntityFrameworkCore;

namespace Contacts.Core.People;

/// <summary>A contact as a card of the board.</summary>
public sealed record BoardCard(
    long Id, string? FirstName, string? LastName, string? Email, string? Phone, string? Salutation, string? Company, long? OwnerId, DateTime LastActivityAt)
{
    public string PublicId => Core.PublicId.Format(Core.PublicId.Contact, Id);
    public string DisplayName => Contact.NameOf(FirstName, LastName, Email, Phone, Salutation);
}

/// <summary>A status and the first of those who stand there, last active first.</summary>
/// <param name="StatusId">Null: those without a status.</param>
/// <param name="Count">Exact up to <see cref="ContactBook.CountCap"/>; one more than that means more.</param>
/// <param name="Next">Where the column goes on; null at its end.</param>
public sealed record BoardColumn(long? StatusId, string Name, string? Color, int Count, IReadOnlyList<BoardCard> Cards, Cursor? Next);

/// <summary>The account's contacts by where they stand.</summary>
public sealed class ContactBoard(AccountDbs dbs, TimeProvider clock)
{
    public const int ColumnSize = 25;

    /// <summary>Every column: those without a status, then the pipeline, first to last.</summary>
    /// <param name="query">Search and filter; its order and its place are the column's own.</param>
    /// <param name="shown">How many cards of a column are on the screen already, by its status; at least <see cref="ColumnSize"/> are read.</param>
    public async Task<IReadOnlyList<BoardColumn>> ReadAsync(Caller caller, ContactQuery query, Func<long?, int>? shown = null, CancellationToken cancel = default)
    {
        caller.Require(Permission.ViewContacts);
        await using var db = dbs.Open(caller.AccountId);
        await db.Database.OpenConnectionAsync(cancel);
        var statuses = await StatusList.LoadAsync(db, cancel);
        var all = ColumnOf(null, query) with { WithoutStatus = false };
        var list = ListReader.Open(db, all, await ContactFinder.LoadAsync(db, all, cancel, statuses), ListLimits.Waiting, clock);
        var columns = new List<BoardColumn> { new(null, ContactStatus.None, null, 0, [], null) };
        columns.AddRange(statuses.Select(s => new BoardColumn(s.Id, s.Name, s.Color, 0, [], null)));
        for (var i = 0; i < columns.Count; i++)
        {
            // Each column has the time of a list, and its count too.
            var (id, take) = (columns[i].StatusId, Math.Max(ColumnSize, shown?.Invoke(columns[i].StatusId) ?? 0));
            var page = await PageAsync(db, list.At(id, ListLimits.Waiting, take), cancel);
            // A column that ends here has been counted in passing.
            var count = page.Next is null ? page.Items.Count : await CountAsync(list.At(id, ListLimits.Waiting), cancel);
            columns[i] = columns[i] with { Count = count, Cards = page.Items, Next = page.Next };
        }
        return columns;
    }

    /// <summary>The next cards of a column.</summary>
    public async Task<Page<BoardCard>> MoreAsync(Caller caller, ContactQuery query, long? statusId, Cursor after, CancellationToken cancel = default)
    {
        caller.Require(Permission.ViewContacts);
        await using var db = dbs.Open(caller.AccountId);
        var column = ColumnOf(statusId, query) with { After = after, Take = ColumnSize };
        return await PageAsync(db, await ListReader.OpenAsync(db, column, ListLimits.Waiting, clock, cancel), cancel);
    }

    private static ContactQuery ColumnOf(long? statusId, ContactQuery query) =>
        query with { StatusId = statusId, WithoutStatus = statusId is null, Sort = ContactSort.LastActivity, Reversed = false, After = null, Before = null, Columns = [] };

    private static async Task<Page<BoardCard>> PageAsync(ContactsDb db, ListReader list, CancellationToken cancel)
    {
        var rows = new RowReader(db, [SystemFields.Company]);
        var page = await list.PageAsync(rows.Columns, rows.Read, cancel);
        return new Page<BoardCard>([.. page.Items.Select(CardOf)], page.Previous, page.Next) { IsPartial = page.IsPartial };
    }

    private static async Task<int> CountAsync(ListReader list, CancellationToken cancel)
    {
        var count = await list.CountAsync(ContactBook.CountCap, cancel);
        return count.IsExact ? (int)count.Number : ContactBook.CountCap + 1;
    }

    private static BoardCard CardOf(ContactRow row) =>
        new(row.Id, row.FirstName, row.LastName, row.Email, row.Phone, row.Salutation, row.Values.GetValueOrDefault(SystemFields.Company), row.OwnerId, row.LastActivityAt);
}
