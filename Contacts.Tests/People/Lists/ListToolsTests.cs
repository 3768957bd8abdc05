using Bunit;
using Contacts.Core.Fields;
using Contacts.Core.People;
using Contacts.Core.People.Lists;
using Contacts.Tests.Support;
using Contacts.Web.People;
using Contacts.Web.People.Lists;

namespace Contacts.Tests.People.Lists;

public sealed class ListToolsTests : UiTest
{
    private readonly List<ListState> _gone = [];
    private FilterFields _fields = null!;

    [Fact]
    public async Task A_status_is_filtered_by_as_soon_as_it_is_ticked_and_a_second_makes_any_of_them()
    {
        var tools = await ShowAsync();

        await PickAsync(tools, "Status");
        await TickAsync(tools, "Qualified");
        Assert.Equal(Filter(new FilterCondition(FilterFields.Status, FilterOperator.Is, Key(0))), _gone[^1].Filter);

        Show(tools, _gone[^1]);
        Assert.Equal("Status is Qualified", tools.Find(".chip-text").TextContent);
        await TickAsync(tools, "Disqualified");
        Assert.Equal(Filter(new FilterCondition(FilterFields.Status, FilterOperator.AnyOf, Key(0), Key(3))), _gone[^1].Filter);
    }

    [Fact]
    public async Task What_is_typed_is_applied_by_its_button_and_what_is_wrong_with_it_is_said()
    {
        await House.Fields.CreateAsync(House.Admin, new FieldEdit("Seats", null, "number", null, []));
        var tools = await ShowAsync();
        await PickAsync(tools, "Seats");
        await tools.ChangeAsync(".condition select", nameof(FilterOperator.MoreThan));

        await tools.SubmitAsync(".condition");
        Assert.Equal("Give a value.", tools.Find(".condition [role=alert]").TextContent);
        await tools.ChangeAsync("[aria-label=Value]", "many");
        await tools.SubmitAsync(".condition");
        Assert.StartsWith("Seats:", tools.Find(".condition [role=alert]").TextContent, StringComparison.Ordinal);
        Assert.Empty(_gone);

        await tools.ChangeAsync("[aria-label=Value]", "100");
        await tools.SubmitAsync(".condition");
        Show(tools, _gone[^1]);
        Assert.Equal("Seats more than 100", tools.Find(".chip-text").TextContent);
    }

    [Fact]
    public async Task More_values_than_a_condition_takes_are_told_and_not_cut()
    {
        var tools = await ShowAsync();
        await PickAsync(tools, "City");
        await tools.ChangeAsync(".condition select", nameof(FilterOperator.AnyOf));
        var cities = Enumerable.Range(1, FilterOperators.MaxValues + 1).Select(n => $"City {n}").ToList();

        await tools.ChangeAsync(".condition textarea", string.Join('\n', cities));
        await tools.SubmitAsync(".condition");
        Assert.Equal("Give at most 50 values; these are 51.", tools.Find(".condition [role=alert]").TextContent);
        Assert.Empty(_gone);

        await tools.ChangeAsync(".condition textarea", string.Join('\n', cities.SkipLast(1).Append("City 1")));
        await tools.SubmitAsync(".condition");
        Assert.Equal(Filter(new FilterCondition(SystemFields.City, FilterOperator.AnyOf, [.. cities.SkipLast(1)])), _gone[^1].Filter);
    }

    [Theory]
    [InlineData("Added", FilterOperator.Between, "2027-01-02|2027-02-03", "Added between 2 Jan 2027 and 3 Feb 2027")]
    [InlineData("Booked a meeting", FilterOperator.LastDays, "30", "Booked a meeting in the last 30 days")]
    [InlineData("Answered a form or a chat", FilterOperator.NotLastDays, "90", "Answered a form or a chat not for 90 days")]
    [InlineData("Viewed a page whose address", FilterOperator.Contains, "/pricing", "Viewed a page whose address contains /pricing")]
    [InlineData("City", FilterOperator.StartsWith, "Ber", "City starts with Ber")]
    [InlineData("City", FilterOperator.Empty, "", "City is empty")]
    public async Task Conditions_read_as_sentences(string field, FilterOperator comparison, string values, string sentence)
    {
        var tools = await ShowAsync();
        await PickAsync(tools, field);
        if (tools.Find(".condition select").GetAttribute("value") != comparison.ToString()) await tools.ChangeAsync(".condition select", comparison.ToString());
        var given = values.Split('|', StringSplitOptions.RemoveEmptyEntries);
        for (var i = 0; i < given.Length; i++) await tools.FindAll(".condition-values input")[i].ChangeAsync(new() { Value = given[i] });
        if (given.Length > 0) await tools.SubmitAsync(".condition");

        Show(tools, _gone[^1]);

        Assert.Equal(sentence, tools.Find(".chip-text").TextContent);
    }

    [Fact]
    public async Task A_filter_that_finds_no_room_in_an_address_is_told_where_it_is_made()
    {
        var tools = await ShowAsync();
        await PickAsync(tools, "City");
        await tools.ChangeAsync(".condition select", nameof(FilterOperator.AnyOf));

        await tools.ChangeAsync(".condition textarea", string.Join('\n', Enumerable.Range(0, 50).Select(n => new string('ж', 40) + n)));
        await tools.SubmitAsync(".condition");
        Assert.Equal("The filter grows too long for its address. Take some values or another condition out.", tools.Find(".condition [role=alert]").TextContent);
        Assert.Empty(_gone);

        await tools.ChangeAsync(".condition textarea", string.Join('\n', Enumerable.Range(0, 40).Select(n => new string('ж', 40) + n)));
        await tools.SubmitAsync(".condition");
        Assert.Single(_gone);
    }

    [Fact]
    public async Task A_chip_is_changed_at_its_place_and_taken_out()
    {
        var tools = await ShowAsync(ContactFilter.All(City("ber"), City("par")));

        await tools.FindAll(".chip-text")[1].ClickAsync(new());
        Assert.Equal("par", tools.Find("[aria-label=Value]").GetAttribute("value"));
        await tools.ChangeAsync("[aria-label=Value]", "rom");
        await tools.SubmitAsync(".condition");
        Assert.Equal(Filter(City("ber"), City("rom")), _gone[^1].Filter);

        await tools.ClickAsync("[aria-label='Remove: City contains ber']");
        Assert.Equal(Filter(City("par")), _gone[^1].Filter);
        await tools.PressAsync("Clear all", ".chip-add");
        Assert.Null(_gone[^1].Filter);
    }

    [Fact]
    public async Task Groups_hold_conditions_of_which_any_may_match()
    {
        var tools = await ShowAsync(ContactFilter.All(City("ber")));

        await tools.PressAsync("Add group", ".chip-add");
        await ChooseAsync(tools, "City");
        await tools.ChangeAsync("[aria-label=Value]", "rom");
        await tools.SubmitAsync(".condition");
        Assert.Equal(Filter(City("ber"), FilterGroup.Any(City("rom"))), _gone[^1].Filter);

        Show(tools, _gone[^1]);
        Assert.Equal("City contains rom", tools.Find("[role=group] [role=group] .chip-text").TextContent);
        await tools.ChangeAsync("[aria-label='Match within the group']", "all");
        Assert.Equal(Filter(City("ber"), FilterGroup.All(City("rom"))), _gone[^1].Filter);
        await tools.ChangeAsync("[aria-label=Match]", "any");
        Assert.Equal(ContactFilter.Any(City("ber"), FilterGroup.Any(City("rom"))).Write(), _gone[^1].Filter);
    }

    [Fact]
    public async Task The_count_of_a_status_shows_it_alone_and_once_more_all()
    {
        var tools = await ShowAsync(counts: [new StatusCount(null, new ContactCount(3, true)), new StatusCount(Choices.Statuses[0].Id, new ContactCount(10_000, false))]);

        Assert.Equal(["No status3", "Qualified10,000+"], tools.FindAll(".status-count").Select(b => b.TextContent));
        await tools.FindAll(".status-count")[1].ClickAsync(new());
        Assert.Equal(Filter(new FilterCondition(FilterFields.Status, FilterOperator.Is, Key(0))), _gone[^1].Filter);

        Show(tools, _gone[^1]);
        Assert.Equal("true", tools.FindAll(".status-count")[1].GetAttribute("aria-pressed"));
        await tools.FindAll(".status-count")[1].ClickAsync(new());
        Assert.Null(_gone[^1].Filter);
    }

    [Fact]
    public async Task Columns_are_shown_moved_and_hidden_and_the_order_and_density_chosen()
    {
        var tools = await ShowAsync();

        await tools.PressAsync("Display", ".tool");
        await tools.ClickAsync("[aria-label='Show City']");
        Assert.Equal("name,email,status,owner,last_activity,source,city", _gone[^1].Columns);
        await tools.ClickAsync("[aria-label='Move Status left']");
        Assert.Equal("name,status,email,owner,last_activity,source", _gone[^1].Columns);
        await tools.ClickAsync("[aria-label='Hide Source']");
        Assert.Equal("name,email,status,owner,last_activity", _gone[^1].Columns);
        await tools.ChangeAsync("[aria-label='Order by']", "city");
        Assert.Equal("city", _gone[^1].Sort);
        await tools.PressAsync("Compact", ".segments button");
        Assert.True(_gone[^1].IsCompact);
        Assert.Empty(tools.FindAll("[aria-label='Hide Name']"));
    }

    [Fact]
    public async Task Columns_that_no_view_keeps_can_be_kept_beside_Display()
    {
        var (saved, tools) = (0, await ShowAsync());
        tools.Render(p => p.Add(t => t.SaveNew, () => saved++));
        Assert.Empty(tools.FindAll(".save-columns"));

        Show(tools, new ListState(null, null, null, null, null) { Columns = "name:300,email" });
        await tools.ClickAsync(".save-columns");

        Assert.Equal(("Save view", 1), (tools.Find(".save-columns").TextContent, saved));
        tools.Render(p => p.Add(t => t.HasViews, true)); // then the row of views says it
        Assert.Empty(tools.FindAll(".save-columns"));
    }

    private string Key(int status) => FilterFields.StatusKey(Choices.Statuses[status].Id);

    private static FilterCondition City(string part) => new(SystemFields.City, FilterOperator.Contains, part);

    private static string Filter(params FilterPart[] parts) => ContactFilter.All(parts).Write();

    private static async Task PickAsync(IRenderedComponent<ListTools> tools, string field)
    {
        await tools.PressAsync("Filter", ".tool");
        await ChooseAsync(tools, field);
    }

    private static Task ChooseAsync(IRenderedComponent<ListTools> tools, string field) => tools.FindAll("#filter-menu .pick").Single(p => p.TextContent == field).ClickAsync(new());

    private static Task TickAsync(IRenderedComponent<ListTools> tools, string choice) =>
        tools.FindAll("#filter-menu label").Single(l => l.TextContent.Trim() == choice).QuerySelector("input")!.ChangeAsync(new() { Value = true });

    private async Task<IRenderedComponent<ListTools>> ShowAsync(ContactFilter? filter = null, IReadOnlyList<StatusCount>? counts = null)
    {
        _fields = await House.Get<ContactFinder>().FieldsAsync(House.Owner);
        return Render<ListTools>(p => p.Add(t => t.Reading, Listing.Of(new ListAddress { Filter = filter?.Write() }, _fields)).Add(t => t.Fields, _fields).Add(t => t.Choices, Choices)
            .Add(t => t.Counts, counts ?? []).Add(t => t.Go, _gone.Add));
    }

    private void Show(IRenderedComponent<ListTools> tools, ListState state) =>
        tools.Render(p => p.Add(t => t.Reading, Listing.Of(new ListAddress { Filter = state.Filter, Columns = state.Columns, Sort = state.Sort }, _fields)));
}
