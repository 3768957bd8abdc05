using Bunit;
using Contacts.Core;
using Contacts.Core.Accounts;
using Contacts.Core.Activity;
using Contacts.Core.People;
using Contacts.Tests.Support;
using Contacts.Web.People;
using Contacts.Web.Shared;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;

namespace Contacts.Tests.People;

public sealed class BoardTests : UiTest
{
    private static readonly ListState Plain = new(null, null, null, null, null) { View = ListState.Board };

    [Fact]
    public async Task A_card_shows_who_it_is_for_whom_they_work_and_when_they_were_last_active()
    {
        var ada = await AddAsync("Ada Lovelace", "ada@example.com", ("company", "Engines"));
        await House.Book.EditAsync(House.Owner, ada.Id, new ContactEdit().MoveTo(Choices.Statuses[1].Id).AssignTo(House.Admin.UserId), ByHand);
        await AddAsync("Grace Hopper", "grace@example.com");
        House.Clock.Advance(TimeSpan.FromMinutes(11));

        var board = Show();

        Assert.Equal(["No status1", "Qualified0", "Marketing qualified1", "Sales qualified0", "Disqualified0"], board.FindAll(".lane h2").Select(h => h.TextContent));
        var card = board.Find($"[data-card='{IdOf(ada)}']");
        Assert.Equal(("Ada Lovelace", "Engines", "11 min ago"), (card.QuerySelector("a")!.TextContent, card.QuerySelector("small")!.TextContent, card.QuerySelector("time")!.TextContent));
        Assert.Equal("Tom Berg", card.QuerySelector("[role=img]")!.GetAttribute("aria-label"));
        Assert.Equal("grace@example.com", board.FindAll(".lane")[0].QuerySelector("small")!.TextContent);
        Assert.NotNull(card.QuerySelector("[aria-label='Move Ada Lovelace']"));
    }

    [Fact]
    public async Task A_moved_card_lies_in_its_new_column_and_the_move_is_said_and_kept()
    {
        var ada = await AddAsync("Ada Lovelace", "ada@example.com");
        var board = Show();

        await MoveAsync(board, ada, 0);

        Assert.Equal("Ada Lovelace", board.FindAll(".lane")[1].QuerySelector(".card a")!.TextContent);
        Assert.Equal(["No status0", "Qualified1"], board.FindAll(".lane h2").Select(h => h.TextContent).Take(2));
        Assert.Equal("Ada Lovelace moved to Qualified", board.Find("[role=status]").TextContent);
        Assert.Equal(Choices.Statuses[0].Id, (await House.Book.FindAsync(House.Owner, ada.Id))!.StatusId);
    }

    [Fact]
    public async Task A_refused_move_goes_back_and_says_why()
    {
        var ada = await AddAsync("Ada Lovelace", "ada@example.com");
        var board = Show();
        await House.Get<StatusRemoval>().RemoveAsync(House.Owner, Choices.Statuses[0].Id, null); // nobody stood there, so the board heard nothing

        await MoveAsync(board, ada, 0);

        Assert.Equal("Ada Lovelace was not moved. There is no such status.", board.Find("[role=status]").TextContent);
        Assert.Equal(["No status1", "Marketing qualified0", "Sales qualified0", "Disqualified0"], board.FindAll(".lane h2").Select(h => h.TextContent));
    }

    [Fact]
    public async Task A_card_that_somebody_else_moved_meanwhile_goes_where_it_is_by_now_and_the_reason_is_said()
    {
        var ada = await AddAsync("Ada Lovelace", "ada@example.com");
        var board = Show();
        await using var elsewhere = House.OpenNeighbour(); // of which this board hears nothing
        await elsewhere.Book.MoveToAsync(House.Member, ada.Id, Choices.Statuses[1].Id, ByHand);

        await MoveAsync(board, ada, 3);

        Assert.Equal("Ada Lovelace was not moved. Mei Chou moved it to Marketing qualified meanwhile.", board.Find("[role=status]").TextContent);
        Assert.Equal("Ada Lovelace", board.FindAll(".lane")[2].QuerySelector(".card a")!.TextContent);
        Assert.Empty(board.FindAll(".reason-box"));
        Assert.Equal(Choices.Statuses[1].Id, (await House.Book.FindAsync(House.Owner, ada.Id))!.StatusId);
    }

    [Fact]
    public async Task A_card_that_was_moved_while_it_was_held_is_not_moved_again()
    {
        var ada = await AddAsync("Ada Lovelace", "ada@example.com");
        var board = Show();
        await House.Book.MoveToAsync(House.Member, ada.Id, Choices.Statuses[1].Id, ByHand);
        await board.WaitForAssertionAsync(() => Assert.NotNull(board.FindAll(".lane")[2].QuerySelector(".card")));

        await MoveAsync(board, ada, 3); // taken up where it had no status

        Assert.Equal("Ada Lovelace was not moved. Mei Chou moved it to Marketing qualified meanwhile.", board.Find("[role=status]").TextContent);
        Assert.Equal(Choices.Statuses[1].Id, (await House.Book.FindAsync(House.Owner, ada.Id))!.StatusId);
    }

    [Fact]
    public async Task A_move_elsewhere_shows_at_once_and_what_was_opened_stays_open()
    {
        for (var n = 0; n < 30; n++) await AddAsync($"Guest {n}", $"guest{n}@example.com");
        var ada = await AddAsync("Ada Lovelace", "ada@example.com");
        var board = Show();
        Assert.Equal(25, board.FindAll(".card").Count);

        await board.ClickAsync(".lane .more");
        await board.WaitForAssertionAsync(() => Assert.Equal(31, board.FindAll(".card").Count));
        await House.Book.MoveToAsync(House.Member, ada.Id, Choices.Statuses[3].Id, ByHand);

        await board.WaitForAssertionAsync(() => Assert.Equal("Ada Lovelace", board.FindAll(".lane")[4].QuerySelector(".card a")?.TextContent));
        Assert.Equal(31, board.FindAll(".card").Count);
    }

    [Fact]
    public void A_card_that_was_moved_to_a_column_is_there_once_when_more_of_the_column_brings_it_again()
    {
        var (ada, bob) = (Card(1, 2), Card(2, 1));
        var rows = new BoardRows("", [new BoardColumn(1, "New", null, new ContactCount(2, true), [ada], null), new BoardColumn(2, "Won", null, new ContactCount(0, true), [], null)]);

        var moved = rows.Move(ada, rows.Columns[0], rows.Columns[1]);
        Assert.Equal([1, 1], moved.Columns.Select(c => c.Count.Number));
        var more = moved.Columns[1].Append(new Page<BoardCard>([ada, bob], null, null));

        Assert.Equal([ada, bob], more.Cards);
        Assert.Equal(new ContactCount(2, true), more.Count);

        static BoardCard Card(long id, int hour) => new(id, $"Guest {id}", null, null, null, null, null, null, DateTime.UnixEpoch.AddHours(hour));
    }

    [Fact]
    public async Task More_that_cannot_be_read_is_said_and_the_board_stays()
    {
        for (var n = 0; n < 30; n++) await AddAsync($"Guest {n}", $"guest{n}@example.com");
        var board = Show();

        await using (await House.WithoutAsync("Contacts")) await board.ClickAsync(".lane .more");

        Assert.Equal("They could not be read. Try again in a moment.", Services.GetRequiredService<ISnackbar>().ShownSnackbars.Single().Message);
        Assert.Equal(25, board.FindAll(".card").Count);
        await board.ClickAsync(".lane .more");
        Assert.Equal(30, board.FindAll(".card").Count);
    }

    [Fact]
    public async Task A_column_shows_so_many_cards_at_most_and_leads_to_the_list_of_all_of_them()
    {
        await House.CrowdAsync(ContactBoard.MaxCards + 1);
        var board = Show();
        for (var cards = ContactBoard.ColumnSize; cards < ContactBoard.MaxCards; cards += ContactBoard.ColumnSize)
        {
            Assert.Equal(cards, board.FindAll(".card").Count);
            await board.ClickAsync(".lane .more");
        }

        Assert.Equal(ContactBoard.MaxCards, board.FindAll(".card").Count);
        Assert.Equal("/contacts?filter=all~status.empty", board.Find(".lane a.more").GetAttribute("href"));
    }

    [Fact]
    public void The_board_counts_as_the_list_does_and_is_empty_only_where_all_of_it_was_searched()
    {
        BoardRows Rows(params (long Number, bool IsExact, Cursor? Next)[] columns) => new("", [.. columns.Select((c, at) => new BoardColumn(at, "", null, new ContactCount(c.Number, c.IsExact), [], c.Next))]);

        Assert.Equal(new ContactCount(12_000, true), Rows((5_000, true, null), (7_000, true, null)).Count);
        Assert.Equal(new ContactCount(10_000, false), Rows((5_000, true, null), (10_000, false, null)).Count);
        Assert.Equal(new ContactCount(3, false), Rows((3, true, null), (0, false, null)).Count);
        Assert.True(Rows((0, true, null), (0, true, null)).IsEmpty);
        Assert.False(Rows((0, true, null), (0, false, new Cursor("", 1))).IsEmpty);
    }

    [Fact]
    public async Task Who_moves_a_card_to_a_lost_status_may_say_why()
    {
        var ada = await AddAsync("Ada Lovelace", "ada@example.com");
        var board = Show();
        await MoveAsync(board, ada, 0);
        Assert.Empty(board.FindAll(".reason-box"));

        await MoveAsync(board, ada, 3, from: 0);
        Assert.Equal("Ada Lovelace moved to Disqualified.", board.Find(".lost-why p").TextContent);
        await board.InputAsync(".reason-box input", "No budget");
        await board.SubmitAsync(".reason-box");

        Assert.Equal("No budget", (await House.Book.FindAsync(House.Member, ada.Id))!.StatusReason);
        Assert.Empty(board.FindAll(".reason-box"));
    }

    [Fact]
    public async Task The_menu_names_every_column()
    {
        await AddAsync("Ada Lovelace", "ada@example.com");

        Assert.Equal(["No status", "Qualified", "Marketing qualified", "Sales qualified", "Disqualified"], Show().FindAll("#board-menu [role=menuitem]").Select(i => i.TextContent));
    }

    [Fact]
    public async Task A_search_that_finds_nobody_says_so_and_leads_back_to_the_whole_board()
    {
        await AddAsync("Ada Lovelace", "ada@example.com");

        var board = Show(Plain with { Search = "nobody" });

        Assert.Contains("Nobody matches “nobody”", board.Markup, StringComparison.Ordinal);
        Assert.Equal("/contacts?view=board", board.Find(".empty a").GetAttribute("href"));
    }

    [Fact]
    public void The_view_is_in_the_address_and_keeps_the_search()
    {
        Assert.Equal("/contacts?q=ada&view=board&peek=CTC-1", new ListState("ada", null, "abc", null, "CTC-1").As(ListState.Board).Href);
        Assert.Equal("/contacts?q=ada", (Plain with { Search = "ada" }).As(null).Href);
        Assert.False(new ListState(null, null, null, null, null) { View = "nonsense" }.IsBoard);
    }

    protected override void Register() => Services.AddSingleton(House.Get<ContactBoard>());

    private Source ByHand => new(SourceKind.User, House.Member.Name);

    private static string IdOf(Contact contact) => PublicId.Format(PublicId.Contact, contact.Id);

    private Task MoveAsync(IRenderedComponent<Board> board, Contact contact, int to, int? from = null) =>
        board.InvokeAsync(() => board.Instance.MoveAsync(IdOf(contact), $"{Choices.Statuses[to].Id}", from is { } at ? $"{Choices.Statuses[at].Id}" : ""));

    private IRenderedComponent<Board> Show(ListState? state = null)
    {
        var board = Render<Board>(p => p.Add(b => b.Caller, House.Owner).Add(b => b.Choices, Choices).Add(b => b.Reading, Listing.Of(state ?? Plain)));
        board.WaitForState(() => board.FindAll(".lane, .empty").Count > 0);
        return board;
    }
}
