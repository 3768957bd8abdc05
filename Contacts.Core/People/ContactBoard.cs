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
/// <param name="Next">Where the column goes on; null at its end.</param>
public sealed record BoardColumn(long? StatusId, string Name, string? Color, ContactCount Count, IReadOnlyList<BoardCard> Cards, Cursor? Next)
{
    /// <summary>The search ran out of time: there may be more, which <see cref="Next"/> goes on to look for.</summary>
    public bool IsPartial { get; init; }

    /// <summary>It took a search that somebody asked to go on: what changes is followed in these cards, and others are not looked for again.</summary>
    public bool IsSearched { get; init; }

    /// <summary>With the cards of a page behind its own; one that was just moved here may be among them.</summary>
    public BoardColumn Append(Page<BoardCard> page)
    {
        var longer = this with { Cards = [.. Cards.UnionBy(page.Items, c => c.Id)], Next = page.Next, IsPartial = page.IsPartial };
        return longer.Counted(page.Next is null ? new ContactCount(longer.Cards.Count, true) : Count);
    }

    // Whoever is on a card is counted; and where all who were counted are, nobody is left to look for.
    internal BoardColumn Counted(ContactCount count) => IsPartial && count.IsExact && count.Number <= Cards.Count
        ? this with { Count = new ContactCount(Cards.Count, true), Next = null, IsPartial = false }
        : this with { Count = count with { Number = Math.Max(count.Number, Cards.Count) } };
}

/// <summary>The account's contacts by where they stand.</summary>
public sealed class ContactBoard(AccountDbs dbs, TimeProvider clock)
{
    /// <summary>How many cards of a column are read at a time, and how many it shows at most: all of them are read again whenever somebody changes something.</summary>
    public const int ColumnSize = 25, MaxCards = 200;

    /// <summary>Every column: those without a status, then the pipeline, first to last.</summary>
    /// <param name="query">Search and filter; its order and its place are the column's own.</param>
    /// <param name="shown">The columns that are on the screen already: as many of their cards are read.</param>
    public async Task<IReadOnlyList<BoardColumn>> ReadAsync(Caller caller, ContactQuery query, IReadOnlyList<BoardColumn>? shown = null, CancellationToken cancel = default)
    {
        caller.Require(Permission.ViewContacts);
        await using var db = dbs.Open(caller.AccountId);
        await db.Database.OpenConnectionAsync(cancel);
        var statuses = await StatusList.LoadAsync(db, cancel);
        var uncounted = new ContactCount(0, false);
        List<BoardColumn> columns = [new(null, ContactStatus.None, null, uncounted, [], null), .. statuses.Select(s => new BoardColumn(s.Id, s.Name, s.Color, uncounted, [], null))];
        var all = ColumnOf(null, query) with { WithoutStatus = false };
        var fields = await ContactFinder.LoadAsync(db, all, cancel, statuses);
        // Together the columns take no longer than one list may, and so do their counts.
        var time = new SharedTime(ListLimits.Waiting, columns.Count, clock);
        var list = ListReader.Open(db, all, fields, ListLimits.Waiting, clock);
        var few = await list.CountByStatusAsync(cancel);
        ILookup<long?, BoardCard>? known = null;
        for (var i = 0; i < columns.Count; i++)
        {
            var column = columns[i];
            var before = shown?.FirstOrDefault(c => c.StatusId == column.StatusId);
            var page = await PageAsync(db, list.At(column.StatusId, time.Next(), Math.Clamp(before?.Cards.Count ?? 0, ColumnSize, MaxCards)), cancel);
            if (page.IsPartial && before is { IsSearched: true }) columns[i] = Follow(column, before, page, (known ??= await KnownAsync(db, list, shown!, cancel))[column.StatusId]);
            else columns[i] = column.Append(page);
        }
        time = new SharedTime(ListLimits.Waiting, columns.Count(c => c.Next is not null), clock);
        for (var i = 0; i < columns.Count; i++)
        {
            // A column that ends here has been counted in passing.
            if (columns[i] is not { Next: not null, StatusId: var id }) continue;
            columns[i] = columns[i].Counted(few is null ? await list.At(id, time.Next()).CountAsync(ContactBook.CountCap, cancel) : new ContactCount(few.GetValueOrDefault(id ?? 0), true));
        }
        return columns;
    }

    /// <summary>The next cards of a column.</summary>
    public Task<Page<BoardCard>> MoreAsync(Caller caller, ContactQuery query, long? statusId, Cursor after, CancellationToken cancel = default)
    {
        caller.Require(Permission.ViewContacts);
        return NextAsync(caller, ColumnOf(statusId, query) with { After = after, Take = ColumnSize }, ListLimits.Waiting, cancel);
    }

    /// <summary>Goes on where the search for the next cards ran out of time, for up to two seconds: somebody asked for it.</summary>
    /// <param name="found">The cards as far as they were found.</param>
    /// <param name="stop">The search ends with what it has found by then.</param>
    public async Task<Page<BoardCard>> SearchOnAsync(Caller caller, ContactQuery query, long? statusId, Page<BoardCard> found, CancellationToken stop, CancellationToken cancel = default)
    {
        caller.Require(Permission.ViewContacts);
        var more = await NextAsync(caller, ColumnOf(statusId, query) with { After = found.Next, Take = ColumnSize - found.Items.Count }, ListLimits.Patient with { Stop = stop }, cancel);
        return more with { Items = [.. found.Items, .. more.Items] };
    }

    private async Task<Page<BoardCard>> NextAsync(Caller caller, ContactQuery column, ListLimits limits, CancellationToken cancel)
    {
        await using var db = dbs.Open(caller.AccountId);
        return await PageAsync(db, await ListReader.OpenAsync(db, column, limits, clock, cancel), cancel);
    }

    private static ContactQuery ColumnOf(long? statusId, ContactQuery query) =>
        query with { StatusId = statusId, WithoutStatus = statusId is null, Sort = ContactSort.LastActivity, Reversed = false, After = null, Before = null, Columns = [] };

    private static async Task<Page<BoardCard>> PageAsync(ContactsDb db, ListReader list, CancellationToken cancel)
    {
        var rows = new RowReader(db, [SystemFields.Company]);
        var page = await list.PageAsync(rows.Columns, rows.Read, cancel);
        return new Page<BoardCard>([.. page.Items.Select(CardOf)], page.Previous, page.Next) { IsPartial = page.IsPartial };
    }

    // The cards that were on the screen as they are now, by where they stand now.
    private static async Task<ILookup<long?, BoardCard>> KnownAsync(ContactsDb db, ListReader list, IReadOnlyList<BoardColumn> shown, CancellationToken cancel)
    {
        var rows = new RowReader(db, [SystemFields.Company]);
        var matching = await list.MatchingAsync([.. shown.SelectMany(c => c.Cards).Select(c => c.Id)], cancel);
        return (await list.RowsAsync(matching, rows.Columns, rows.Read, cancel)).Values.ToLookup(r => r.StatusId, CardOf);
    }

    // What a longer search had found is kept beside what was found now, and where there is room for all of it the column goes on behind it.
    private static BoardColumn Follow(BoardColumn column, BoardColumn before, Page<BoardCard> top, IEnumerable<BoardCard> known)
    {
        List<BoardCard> cards = [.. top.Items.UnionBy(known, c => c.Id).OrderByDescending(c => c.LastActivityAt).ThenByDescending(c => c.Id)];
        return (column with { IsSearched = true }).Append(cards.Count > MaxCards ? top with { Items = [.. cards.Take(MaxCards)] } : new Page<BoardCard>(cards, null, before.Next) { IsPartial = before.IsPartial });
    }

    private static BoardCard CardOf(ContactRow row) =>
        new(row.Id, row.FirstName, row.LastName, row.Email, row.Phone, row.Salutation, row.Values.GetValueOrDefault(SystemFields.Company), row.OwnerId, row.LastActivityAt);
}
