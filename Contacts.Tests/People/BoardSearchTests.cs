using Bunit;
using Contacts.Core.Activity;
using Contacts.Core.Data;
using Contacts.Core.People;
using Contacts.Core.People.Lists;
using Contacts.Tests.Support;
using Contacts.Web.People;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Contacts.Tests.People;

/// <summary>A board whose search ran out of time, and what goes on when it is asked to. One person is looked for among thousands without a status, and stands last.</summary>
public sealed class BoardSearchTests : UiTest
{
    // More than are looked at one by one.
    private const int Others = 5_100;
    private const string Stopped = "The search took its time; there may be more. Go on searching";

    private static readonly ContactQuery Query = new() { Filter = ContactFilter.All(new FilterCondition(FilterFields.Name, FilterOperator.Contains, "qxeno")) };

    private readonly HastyClock _clock = new(TimeSpan.FromMilliseconds(20));

    protected override Task<TestHouse> OpenHouseAsync() => OpenAsync(Database.Sqlite, _clock);

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task A_column_that_was_not_searched_to_its_end_says_so_and_goes_on_until_it_is_told_to_stop(Database database)
    {
        await using var house = await OpenAsync(database, new HastyClock(TimeSpan.FromMilliseconds(20)));
        var last = await FillAsync(house);
        var board = house.Get<ContactBoard>();

        var columns = await board.ReadAsync(house.Member, Query);
        Assert.True(columns[0] is { IsPartial: true, Cards.Count: 0, Next: not null } && !columns[0].Count.IsExact);
        Assert.All(columns.Skip(1), c => Assert.Equal((new ContactCount(0, true), false), (c.Count, c.IsPartial)));

        var more = await board.MoreAsync(house.Member, Query, null, columns[0].Next!);
        Assert.True(more is { IsPartial: true, Items.Count: 0, Next: not null });
        var first = new Page<BoardCard>([], null, columns[0].Next);
        var stopped = await board.SearchOnAsync(house.Member, Query, null, first, new CancellationToken(canceled: true));
        Assert.True(stopped is { IsPartial: true, Items.Count: 0 } && stopped.Next != first.Next);
        var found = columns[0].Append(await board.SearchOnAsync(house.Member, Query, null, more, CancellationToken.None));
        Assert.Equal((new ContactCount(1, true), null, false, last), (found.Count, found.Next, found.IsPartial, found.Cards.Single().Id));
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task The_columns_share_the_time_of_one_list(Database database)
    {
        await using var house = await OpenAsync(database, new HastyClock(TimeSpan.FromMilliseconds(2)));
        await FillAsync(house);
        // No index answers it: all have to be passed by.
        var either = new ContactQuery { Filter = ContactFilter.Any(new FilterCondition(FilterFields.PageViewed, FilterOperator.Contains, "/pricing"), new FilterCondition(FilterFields.Name, FilterOperator.Contains, "qxeno")) };

        Assert.False((await house.Book.ListAsync(house.Member, either with { WithoutStatus = true })).IsPartial);
        Assert.True((await house.Get<ContactBoard>().ReadAsync(house.Member, either))[0].IsPartial);
    }

    [Fact]
    public async Task Whoever_goes_on_in_a_column_sees_that_it_searches_and_then_what_it_found_which_follows_what_others_change()
    {
        await House.Book.AddAsync(House.Owner, new ContactEdit().SetName("Qxeno Least"), Source.Of(House.Owner));
        var last = await FillAsync(House);
        await using var elsewhere = House.OpenNeighbour(); // of which this board hears nothing
        using var held = _clock.HoldOthers();
        var board = Show();
        Assert.Equal((Stopped, "0+", "More than 0"), (Notice(board), board.Find(".lane .count").TextContent, board.Find(".lane .count").GetAttribute("title")));
        Assert.Empty(board.FindAll(".lane")[0].QuerySelectorAll(".nobody, .more"));
        Assert.Equal("Go on searching in No status", board.Find(".rows-left button").GetAttribute("aria-label"));
        Assert.Equal("Nobody here", board.FindAll(".lane")[1].QuerySelector(".nobody")!.TextContent);

        var search = board.ClickAsync(".rows-left button");
        await board.WaitForAssertionAsync(() => Assert.Equal("Searching… Stop", Notice(board)));
        held.Set();
        await search;

        Assert.Equal(["Qxeno Last", "Qxeno Least"], board.FindAll(".card a").Select(a => a.TextContent));
        Assert.Equal(("2", 0), (board.Find(".lane .count").TextContent, board.FindAll(".rows-left").Count));
        await elsewhere.Book.AddAsync(House.Owner, new ContactEdit().SetName("Qxeno Newest"), Source.Of(House.Owner));
        await House.Book.MoveToAsync(House.Member, last, Choices.Statuses[0].Id, Source.Of(House.Member));

        // Nobody looks again for the one who was found last.
        await board.WaitForAssertionAsync(() => Assert.Equal("Qxeno Last", board.FindAll(".lane")[1].QuerySelector(".card a")?.TextContent));
        Assert.Equal(["Qxeno Newest", "Qxeno Least"], board.FindAll(".lane")[0].QuerySelectorAll(".card a").Select(a => a.TextContent));
        Assert.Equal(["2", "1"], board.FindAll(".lane .count").Take(2).Select(c => c.TextContent));
    }

    [Fact]
    public async Task A_search_in_a_column_that_is_stopped_can_go_on()
    {
        await FillAsync(House);
        using var held = _clock.HoldOthers();
        var board = Show();
        var search = board.ClickAsync(".rows-left button");
        await board.WaitForAssertionAsync(() => Assert.Equal("Searching… Stop", Notice(board)));

        await board.ClickAsync(".rows-left button");
        held.Set();
        await search;

        Assert.Equal(Stopped, Notice(board));
        Assert.Empty(board.FindAll(".card a"));
    }

    private static Task<TestHouse> OpenAsync(Database database, HastyClock clock) => TestHouse.OpenAsync(database, services => services.AddSingleton<TimeProvider>(clock));

    private static async Task<long> FillAsync(TestHouse house)
    {
        var last = await house.Book.AddAsync(house.Owner, new ContactEdit().SetName("Qxeno Last"), Source.Of(house.Owner));
        await house.CrowdAsync(Others);
        await house.Gate.RunAsync(house.Account.Id, db => db.Contacts.Where(c => c.SearchText.Contains("qxeno")).ExecuteUpdateAsync(set => set.SetProperty(c => c.LastActivityAt, house.Now.AddYears(-1))));
        return last.Id;
    }

    private static string Notice(IRenderedComponent<Board> board) => board.Find(".rows-left").TextContent.Trim();

    private IRenderedComponent<Board> Show() =>
        Render<Board>(p => p.Add(b => b.Caller, House.Owner).Add(b => b.Choices, Choices).Add(b => b.Reading, Listing.Of(ListAddress.Parse("filter=all~name.has.qxeno&view=board"))));
}
