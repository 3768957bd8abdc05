using Bunit;
using Contacts.Core;
using Contacts.Core.Accounts;
using Contacts.Core.Fields;
using Contacts.Core.People;
using Contacts.Core.People.Bulk;
using Contacts.Tests.Support;
using Contacts.Web.People.Bulk;

namespace Contacts.Tests.People.Bulk;

public sealed class SelectionBarTests : UiTest
{
    private readonly ListSelection _selection = new();
    private BulkRun? _started;

    [Fact]
    public async Task It_sets_a_status_and_ends_the_selection()
    {
        var (ada, bob) = (await AddAsync("Ada Lovelace", "ada@example.com"), await AddAsync("Bob Hope", "bob@example.com"));
        _selection.TogglePage([ada.Id, bob.Id]);
        var bar = Show(new ContactCount(2, true));
        Assert.Equal("2 chosen", bar.Find("strong").TextContent);

        await Item(bar, "Qualified").ClickAsync(new());

        Assert.Equal(("Status to Qualified", 2), (_started!.Title, _started.Total));
        Assert.True(_selection.IsEmpty);
    }

    [Fact]
    public async Task All_that_match_can_be_chosen_where_there_are_more_than_the_page()
    {
        _selection.Toggle(1, false, [1]);
        Assert.Empty(Show(new ContactCount(1, true), hasMore: false).FindAll(".selection-who .link"));
        Assert.Equal("Choose all that match, more than 10,000", Show(new ContactCount(10_000, false)).Find(".selection-who .link").TextContent);
        var bar = Show(new ContactCount(1240, true));

        Assert.Equal("Choose all 1,240 that match", bar.Find(".selection-who .link").TextContent);
        await bar.ClickAsync(".selection-who .link");

        bar.Render();
        Assert.Equal("1,240 chosen", bar.Find("strong").TextContent);
        _selection.Toggle(5, false, [5]);
        Assert.Equal("All that match but 1", Show(new ContactCount(10_000, false)).Find("strong").TextContent);
    }

    [Fact]
    public async Task What_cannot_be_done_is_said_and_the_selection_stays()
    {
        _selection.ChooseAll();
        var bar = Show(new ContactCount(1, true));
        await House.Get<StatusRemoval>().RemoveAsync(House.Owner, Choices.Statuses[0].Id, null);

        await Item(bar, "Qualified").ClickAsync(new());

        Assert.Equal("There is no such status.", bar.Find("[role=alert]").TextContent);
        Assert.False(_selection.IsEmpty);
    }

    [Fact]
    public async Task A_second_click_begins_no_second_run_and_the_menus_wait()
    {
        var ada = await AddAsync("Ada Lovelace", "ada@example.com");
        _selection.TogglePage([ada.Id]);
        var bar = Show(new ContactCount(1, true));

        Task first, second;
        using (await House.Gate.EnterAsync(CancellationToken.None))
        {
            first = Item(bar, "Qualified").ClickAsync(new());
            await bar.WaitForAssertionAsync(() => Assert.All(bar.FindAll("[popovertarget][aria-haspopup]"), menu => Assert.True(menu.HasAttribute("disabled"))));
            second = Item(bar, "Disqualified").ClickAsync(new());
        }
        await Task.WhenAll(first, second);

        Assert.Equal("Status to Qualified", Assert.Single(await House.Get<BulkEdits>().ListAsync(House.Owner)).Title);
        Assert.All(bar.FindAll("[popovertarget][aria-haspopup]"), menu => Assert.False(menu.HasAttribute("disabled")));
    }

    [Fact]
    public async Task Deleting_asks_and_only_those_who_may_are_asked()
    {
        var ada = await AddAsync("Ada Lovelace", "ada@example.com");
        _selection.Toggle(ada.Id, false, [ada.Id]);
        Assert.Empty(Show(new ContactCount(1, true), House.Member).FindAll(".danger"));
        var bar = Show(new ContactCount(1, true));

        var deleting = bar.ClickAsync(".danger");
        await DialogHost.WaitForAssertionAsync(() => Assert.Contains("Delete 1 contact?", DialogHost.Markup, StringComparison.Ordinal));
        await DialogHost.PressAsync("Delete");
        await deleting;

        Assert.Equal(BulkRun.Bin, _started!.Field);
    }

    [Fact]
    public async Task A_field_is_set_by_its_own_editor_and_a_bad_value_is_told_there()
    {
        await House.Fields.CreateAsync(House.Admin, new FieldEdit("Seats", null, "number", null, []));
        var ada = await AddAsync("Ada Lovelace", "ada@example.com");
        _selection.Toggle(ada.Id, false, [ada.Id]);
        var bar = Show(new ContactCount(1, true));

        var setting = bar.PressAsync("Set a field…");
        await DialogHost.WaitForElementAsync("option[value=seats]");
        Assert.Empty(DialogHost.FindAll("option[value=email]")); // an address is one person's
        await DialogHost.ChangeAsync("select", "seats");
        await DialogHost.InputAsync(".bulk-field input", "many");
        await Button("Set field").ClickAsync(new());
        await DialogHost.WaitForAssertionAsync(() => Assert.Contains("number", DialogHost.Find(".bulk-field .mud-input-helper-text, .bulk-field .input-error").TextContent, StringComparison.OrdinalIgnoreCase));

        await DialogHost.InputAsync(".bulk-field input", "40");
        await Button("Set field").ClickAsync(new());
        await setting;

        Assert.Equal(("seats", "40"), (_started!.Field, _started.Value));
        Assert.True(_selection.IsEmpty);
    }

    [Fact]
    public async Task Two_to_nine_that_are_chosen_can_be_compared_to_be_merged_by_who_may()
    {
        var people = new List<Contact>();
        for (var n = 0; n < 10; n++) people.Add(await AddAsync($"Ada {n}", $"ada{n}@example.com"));

        string? Merge(int chosen, Caller? caller = null)
        {
            _selection.Clear();
            _selection.TogglePage([.. people.Take(chosen).Select(p => p.Id).Reverse()]);
            return Show(new ContactCount(10, true), caller).FindAll("a.btn").SingleOrDefault(a => a.TextContent == "Merge")?.GetAttribute("href");
        }

        Assert.Equal($"/contacts/merge?ids={string.Join(',', people.Take(2).Select(p => PublicId.Format(PublicId.Contact, p.Id)))}", Merge(2));
        Assert.NotNull(Merge(9));
        Assert.Null(Merge(1));
        Assert.Null(Merge(10));
        Assert.Null(Merge(2, House.Member));
        _selection.ChooseAll();
        Assert.Empty(Show(new ContactCount(5, true)).FindAll("a.btn"));
    }

    [Fact]
    public async Task Before_many_are_lost_it_is_asked_why_and_nobody_is_moved_until_then()
    {
        var (ada, bob) = (await AddAsync("Ada Lovelace", "ada@example.com"), await AddAsync("Bob Hope", "bob@example.com"));
        _selection.TogglePage([ada.Id, bob.Id]);
        var bar = Show(new ContactCount(2, true));

        await Item(bar, "Disqualified").ClickAsync(new());
        Assert.Equal("2 contacts to Disqualified", bar.Find(".selection-why p").TextContent);
        await bar.PressAsync("Cancel", ".reason-box button");
        Assert.Empty(bar.FindAll(".reason-box"));
        Assert.Null(_started);
        await Item(bar, "Disqualified").ClickAsync(new());
        await bar.InputAsync(".reason-box input", "No budget");
        await bar.SubmitAsync(".reason-box");

        Assert.Equal(("Status to Disqualified", 2, "No budget"), (_started!.Title, _started.Total, _started.Reason));
        Assert.True(_selection.IsEmpty);
    }

    [Fact]
    public async Task Many_can_be_lost_without_a_reason()
    {
        var ada = await AddAsync("Ada Lovelace", "ada@example.com");
        _selection.Toggle(ada.Id, false, [ada.Id]);
        var bar = Show(new ContactCount(1, true));

        await Item(bar, "Disqualified").ClickAsync(new());
        await bar.SubmitAsync(".reason-box");

        Assert.Equal(("Status to Disqualified", null), (_started!.Title, _started.Reason));
    }

    private IRenderedComponent<SelectionBar> Show(ContactCount count, Caller? caller = null, bool hasMore = true) => Render<SelectionBar>(p => p
        .Add(b => b.Caller, caller ?? House.Owner).Add(b => b.Choices, Choices).Add(b => b.Selection, _selection).Add(b => b.Query, new ContactQuery())
        .Add(b => b.Count, count).Add(b => b.HasMore, hasMore).Add(b => b.Started, run => _started = run));

    private static AngleSharp.Dom.IElement Item(IRenderedComponent<SelectionBar> bar, string name) => bar.FindAll("[role=menuitem]").Single(i => i.TextContent.Trim() == name);

    private AngleSharp.Dom.IElement Button(string name) => DialogHost.FindAll("button").Single(b => b.TextContent == name);
}
