using Bunit;
using Contacts.Core;
using Contacts.Core.Activity;
using Contacts.Core.Data;
using Contacts.Core.Data.MadeUp;
using Contacts.Core.People;
using Contacts.Core.People.Lists;
using Contacts.Tests.Support;
using Contacts.Web.People;
using Microsoft.Extensions.DependencyInjection;

namespace Contacts.Tests.People;

/// <summary>A search that ran out of time, and what goes on when it is asked to. One person is looked for among thousands, and stands last.</summary>
public sealed class SearchingOnTests : UiTest
{
    private const int Others = 3_100;
    private const string Filter = "all~name.has.qxeno", Address = $"filter={Filter}&sort=created";

    private static readonly ContactQuery Query = new() { Filter = ContactFilter.All(new FilterCondition(FilterFields.Name, FilterOperator.Contains, "qxeno")), Sort = ContactSort.Created };

    private readonly HastyClock _clock = new(TimeSpan.FromMilliseconds(20));

    protected override Task<TestHouse> OpenHouseAsync() => OpenAsync(Database.Sqlite, _clock);

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task It_goes_on_where_it_stopped_either_way_until_it_is_told_to_stop(Database database)
    {
        await using var house = await OpenAsync(database, new HastyClock(TimeSpan.FromMilliseconds(20)));
        var last = await FillAsync(house);
        var finder = house.Get<ContactFinder>();

        var first = await house.Book.ListAsync(house.Member, Query);
        Assert.True(first is { IsPartial: true, Items.Count: 0, Next: not null });
        Assert.True(await finder.SearchOnAsync(house.Member, Query, first, new CancellationToken(canceled: true)) is { IsPartial: true, Items.Count: 0 } stopped && stopped.Next != first.Next);
        var found = await finder.SearchOnAsync(house.Member, Query, first, CancellationToken.None);
        Assert.True(found is { IsPartial: false, Next: null, Items: [var one] } && one.Id == last);

        var top = (await house.Book.ListAsync(house.Member, new ContactQuery { Sort = ContactSort.Created, Take = 1 })).Items[0].Id;
        var upwards = Query with { Reversed = true, Before = await house.Book.CursorAtAsync(house.Member, top, ContactSort.Created) };
        first = await house.Book.ListAsync(house.Member, upwards);
        Assert.True(first is { IsPartial: true, Items.Count: 0, Previous: not null });
        found = await finder.SearchOnAsync(house.Member, upwards, first, CancellationToken.None);
        Assert.True(found is { IsPartial: false, Previous: null, Items: [var same] } && same.Id == last);
    }

    [Fact]
    public async Task Whoever_goes_on_sees_that_it_searches_and_then_what_it_found_which_follows_what_others_change()
    {
        var last = await FillAsync(House);
        using var held = _clock.HoldOthers();
        var panel = Show($"{Address}");
        Assert.Equal("The search took its time; there may be more. Go on searching", panel.Find(".rows-left").TextContent.Trim());
        var on = panel.Find(".rows-left a").GetAttribute("href")!;

        Show(panel, on);
        await panel.WaitForAssertionAsync(() => Assert.Equal("Searching… Stop", panel.Find(".rows-left").TextContent.Trim()));
        held.Set();

        await panel.WaitForAssertionAsync(() => Assert.Equal(["Qxeno Last"], panel.FindAll("tbody a").Select(a => a.TextContent)));
        Assert.Empty(panel.FindAll(".rows-left"));
        await House.Book.EditAsync(House.Owner, last, new ContactEdit().SetName("Qxeno Least"), new Source(SourceKind.User, "Iris Ritter"));
        await panel.WaitForAssertionAsync(() => Assert.Equal(["Qxeno Least"], panel.FindAll("tbody a").Select(a => a.TextContent)));
    }

    [Fact]
    public async Task A_search_that_is_stopped_shows_how_far_it_came_and_can_go_on_from_there()
    {
        await FillAsync(House);
        using var held = _clock.HoldOthers();
        var panel = Show(Address);
        var on = panel.Find(".rows-left a").GetAttribute("href")!;
        Show(panel, on);

        await (await panel.WaitForElementAsync(".rows-left button")).ClickAsync(new());
        held.Set();

        await panel.WaitForAssertionAsync(() => Assert.Contains("Go on searching", panel.Find(".rows-left").TextContent, StringComparison.Ordinal));
        Assert.NotEqual(on, panel.Find(".rows-left a").GetAttribute("href"));
        Assert.Empty(panel.FindAll("tbody a"));
    }

    [Fact]
    public async Task The_first_html_does_not_wait_for_a_search()
    {
        await FillAsync(House);
        var on = Show(Address).Find(".rows-left a").GetAttribute("href")!;
        SetRendererInfo(new Microsoft.AspNetCore.Components.RendererInfo("Static", false));

        Assert.Contains("Go on searching", Show(on.Split('?')[1]).Find(".rows-left").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_is_next_but_not_found_in_time_is_looked_for_by_the_list()
    {
        await FillAsync(House);
        var top = (await House.Book.ListAsync(House.Member, new ContactQuery { Sort = ContactSort.Created, Take = 1 })).Items[0].Id;

        var place = (await House.Get<ContactFinder>().PlaceAsync(House.Member, Query, top))!;
        Assert.Equal((null, null), (place.Next, place.Unsearched.Before));
        var steps = Render<ListSteps>(p => p.Add(s => s.Caller, House.Owner).Add(s => s.Id, PublicId.Format(PublicId.Contact, top)).Add(s => s.Address, Address));

        Assert.Equal($"/contacts?{Address}&after={place.Unsearched.After}&peek=first", steps.Find("[data-step='1']").GetAttribute("href"));
        Assert.Equal("true", steps.Find("[data-step='-1']").GetAttribute("aria-disabled"));
    }

    private static Task<TestHouse> OpenAsync(Database database, HastyClock clock) => TestHouse.OpenAsync(database, services => services.AddSingleton<TimeProvider>(clock));

    private static async Task<long> FillAsync(TestHouse house)
    {
        var last = await house.Book.AddAsync(house.Owner, new ContactEdit().SetName("Qxeno Last"), new Source(SourceKind.User, "Iris Ritter"));
        await house.Get<SampleData>().FillAsync(house.Owner, new MadeUpPlan(Contacts: Others, ActivitiesPerContact: 0, PageViewsPerContact: 0));
        return last.Id;
    }

    private IRenderedComponent<RowsPanel> Show(string address) =>
        Render<RowsPanel>(p => p.Add(r => r.Caller, House.Owner).Add(r => r.Choices, Choices).Add(r => r.Reading, Reading(address)));

    private static void Show(IRenderedComponent<RowsPanel> panel, string href) => panel.Render(p => p.Add(r => r.Reading, Reading(href.Split('?')[1])));

    private static Contacts.Web.People.Lists.ListReading Reading(string address)
    {
        var after = Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(address).TryGetValue("after", out var cursor) ? cursor.ToString() : null;
        return Listing.Of(ListAddress.Parse(address) with { After = after });
    }
}
