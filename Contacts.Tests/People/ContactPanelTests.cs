using AngleSharp.Dom;
using Bunit;
using Contacts.Core;
using Contacts.Core.Accounts;
using Contacts.Core.Activity;
using Contacts.Core.Fields;
using Contacts.Core.People;
using Contacts.Core.People.Merging;
using Contacts.Core.Statuses;
using Contacts.Tests.Support;
using Contacts.Web.People;
using Microsoft.AspNetCore.Components.Web;

namespace Contacts.Tests.People;

public sealed class ContactPanelTests : UiTest
{
    [Fact]
    public async Task A_contact_shows_its_parts_and_what_is_known()
    {
        var panel = await OpenAsync(await AddAsync("Zoë Müller", "zoe@alpenglow.example", ("job_title", "Head of Operations"), ("company", "Alpenglow"), ("timezone", "Europe/Berlin")));

        Assert.Equal("Zoë Müller", panel.Find("h2").TextContent);
        Assert.Equal("Head of Operations, Alpenglow · 10:00 in Berlin", panel.Find(".contact-head p").TextContent);
        Assert.Equal(["Upcoming meetings", "Contact details", "Recent activity", "Recent page views"], Named(panel));
        Assert.Contains("zoe@alpenglow.example", Value(panel, "Email").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain(panel.FindAll("dt"), dt => dt.TextContent == "City");
    }

    [Fact]
    public async Task Choosing_a_status_moves_the_contact_and_tells_who_did_it()
    {
        var panel = await OpenAsync(await AddAsync("Ada Lovelace", "ada@example.com"));
        Assert.Equal("No status", Button(panel, "Contact status: No status").TextContent.Trim());

        await panel.PressAsync("Sales qualified", "#status-menu [role=menuitem]");

        await panel.WaitForAssertionAsync(() => Assert.Equal("Sales qualified", Button(panel, "Contact status: Sales qualified").TextContent.Trim()));
        await panel.WaitForAssertionAsync(() => Assert.Contains(panel.FindAll(".entry .what"), e => e.TextContent == "Status No status → Sales qualified, by Iris Ritter"));
    }

    [Fact]
    public async Task Every_status_and_none_can_be_chosen()
    {
        var panel = await OpenAsync(await AddAsync("Ada Lovelace", "ada@example.com"));

        Assert.Equal(["Qualified", "Marketing qualified", "Sales qualified", "Disqualified", "No status"], panel.FindAll("#status-menu [role=menuitem]").Select(i => i.TextContent));
    }

    [Fact]
    public async Task Enter_saves_a_value_in_place()
    {
        var contact = await AddAsync("Ada Lovelace", "ada@example.com", ("company", "Analytical"));
        var panel = await OpenAsync(contact);

        await TypeAsync(panel, "Company", "Difference");
        await PressAsync(panel, "Enter");

        await panel.WaitForAssertionAsync(() => Assert.Equal("Difference", Value(panel, "Company").TextContent));
        Assert.Equal("Difference", (await House.Book.FindAsync(House.Owner, contact.Id))!.Company);
    }

    [Fact]
    public async Task Escape_restores_the_value()
    {
        var contact = await AddAsync("Ada Lovelace", "ada@example.com", ("company", "Analytical"));
        var panel = await OpenAsync(contact);

        await TypeAsync(panel, "Company", "Difference");
        await PressAsync(panel, "Escape");

        Assert.Equal("Analytical", Value(panel, "Company").TextContent);
        Assert.Equal("Analytical", (await House.Book.FindAsync(House.Owner, contact.Id))!.Company);
    }

    [Fact]
    public async Task What_is_wrong_is_said_at_the_field_and_the_typed_text_stays()
    {
        var other = await AddAsync("Grace Hopper", "grace@example.com");
        var panel = await OpenAsync(await AddAsync("Ada Lovelace", "ada@example.com"));

        await TypeAsync(panel, "Email", "grace@example.com");
        await PressAsync(panel, "Enter");

        await panel.WaitForAssertionAsync(() => Assert.Contains("Grace Hopper", panel.Find(".detail .edit").TextContent, StringComparison.Ordinal));
        Assert.Equal("grace@example.com", panel.Find(".detail input").GetAttribute("value"));
        Assert.Equal($"/contacts/{PublicId.Format(PublicId.Contact, other.Id)}", panel.Find(".detail a").GetAttribute("href"));
    }

    [Fact]
    public async Task Two_who_change_one_value_see_both_and_choose()
    {
        var contact = await AddAsync("Ada Lovelace", "ada@example.com", ("company", "Analytical"));
        var panel = await OpenAsync(contact);
        await TypeAsync(panel, "Company", "Mine");
        await House.Book.EditAsync(House.Member, contact.Id, new ContactEdit().Set("company", "Theirs"), ByHand);

        await PressAsync(panel, "Enter");
        await panel.WaitForAssertionAsync(() => Assert.Equal(["Theirs", "Mine"], panel.FindAll(".conflict b").Select(b => b.TextContent)));
        await panel.PressAsync("Use mine", ".conflict button");

        await panel.WaitForAssertionAsync(() => Assert.Equal("Mine", Value(panel, "Company").TextContent));
    }

    [Theory]
    [InlineData("Use mine", "Sales qualified")]
    [InlineData("Keep theirs", "Qualified")]
    public async Task Two_who_move_one_contact_see_where_the_other_moved_it_and_choose(string choice, string kept)
    {
        var contact = await AddAsync("Ada Lovelace", "ada@example.com");
        var panel = await OpenAsync(contact);
        await using var elsewhere = House.OpenNeighbour(); // of which this page hears nothing
        await elsewhere.Book.MoveToAsync(House.Member, contact.Id, Choices.Statuses[0].Id, ByHand);

        await Item(panel, "status-menu", "Sales qualified").ClickAsync(new());
        await panel.WaitForAssertionAsync(() => Assert.Equal("Mei Chou moved it to Qualified meanwhile. You chose Sales qualified.", panel.Find(".conflict p").TextContent));
        Assert.NotNull(Button(panel, "Contact status: Qualified"));
        await panel.FindAll(".conflict button").Single(b => b.TextContent == choice).ClickAsync(new());

        await panel.WaitForAssertionAsync(() => Assert.NotNull(Button(panel, $"Contact status: {kept}")));
        Assert.Empty(panel.FindAll(".conflict"));
        Assert.Equal(Choices.Statuses.Single(s => s.Name == kept).Id, (await House.Book.FindAsync(House.Owner, contact.Id))!.StatusId);
    }

    [Fact]
    public async Task What_stood_there_when_the_menu_was_opened_counts_though_the_other_has_come_since()
    {
        var contact = await AddAsync("Ada Lovelace", "ada@example.com");
        var panel = await OpenAsync(contact);
        await panel.Find("#status-menu").TriggerEventAsync("ontoggle", EventArgs.Empty);
        await House.Book.MoveToAsync(House.Member, contact.Id, Choices.Statuses[0].Id, ByHand);
        await panel.WaitForAssertionAsync(() => Assert.NotNull(Button(panel, "Contact status: Qualified")));

        await Item(panel, "status-menu", "Sales qualified").ClickAsync(new());

        await panel.WaitForAssertionAsync(() => Assert.Equal("Mei Chou moved it to Qualified meanwhile. You chose Sales qualified.", panel.Find(".conflict p").TextContent));
        await panel.Find("#status-menu").TriggerEventAsync("ontoggle", EventArgs.Empty);
        await Item(panel, "status-menu", "Marketing qualified").ClickAsync(new());
        await panel.WaitForAssertionAsync(() => Assert.NotNull(Button(panel, "Contact status: Marketing qualified")));
        Assert.Empty(panel.FindAll(".conflict"));
    }

    [Fact]
    public async Task Two_who_assign_one_contact_see_to_whom_the_other_gave_it()
    {
        var contact = await AddAsync("Ada Lovelace", "ada@example.com");
        var panel = await OpenAsync(contact);
        await using var elsewhere = House.OpenNeighbour();
        await elsewhere.Book.AssignToAsync(House.Member, contact.Id, House.Member.UserId, ByHand);

        await Item(panel, "owner-menu", "Tom Berg").ClickAsync(new());

        await panel.WaitForAssertionAsync(() => Assert.Equal("Mei Chou gave it to Mei Chou meanwhile. You chose Tom Berg.", panel.Find(".conflict p").TextContent));
        Assert.Equal(House.Member.UserId, (await House.Book.FindAsync(House.Owner, contact.Id))!.OwnerId);
    }

    [Fact]
    public async Task A_change_elsewhere_does_not_stand_in_the_way_and_does_not_touch_what_is_typed()
    {
        var contact = await AddAsync("Ada Lovelace", "ada@example.com", ("company", "Analytical"), ("city", "London"));
        var panel = await OpenAsync(contact);
        await TypeAsync(panel, "Company", "Mine");

        await House.Book.EditAsync(House.Member, contact.Id, new ContactEdit().Set("city", "Turin").Set("company", "Analytical"), ByHand);
        await panel.WaitForAssertionAsync(() => Assert.Equal("Turin", Value(panel, "City").TextContent));
        Assert.Equal("Mine", panel.Find(".detail input").GetAttribute("value"));
        await PressAsync(panel, "Enter");

        await panel.WaitForAssertionAsync(() => Assert.Equal("Mine", Value(panel, "Company").TextContent));
    }

    [Fact]
    public async Task A_page_that_saves_reads_values_by_the_fields_there_are_by_now()
    {
        await House.Fields.CreateAsync(House.Admin, new FieldEdit("Budget", null, "currency", null, []));
        var panel = await OpenAsync(await AddAsync("Ada Lovelace", "ada@example.com", ("budget", "1234.50")));
        await House.Get<FieldConversions>().ChangeTypeAsync(House.Admin, "budget", "text");

        await panel.PressAsync("Note");
        await panel.InputAsync("textarea", "Wants a demo");
        await panel.SubmitAsync("form");

        await panel.WaitForAssertionAsync(() => Assert.Equal("1234.50", Value(panel, "Budget").TextContent));
        Assert.Empty(panel.FindAll("textarea"));
    }

    [Fact]
    public async Task What_is_typed_into_a_contact_that_is_merged_meanwhile_stays()
    {
        var (ada, bob) = (await AddAsync("Ada Lovelace", "ada@example.com"), await AddAsync("Bob Babbage", "bob@example.com", ("company", "Analytical")));
        var panel = await OpenAsync(bob);
        await TypeAsync(panel, "Company", "Difference");

        await House.Get<MergeDesk>().MergeAsync(House.Admin, ada.Id, [bob.Id], null, ByHand);
        await panel.InvokeAsync(panel.Instance.ShowAsync);

        Assert.StartsWith("Bob Babbage was merged into Ada Lovelace meanwhile.", panel.Find(".notice").TextContent, StringComparison.Ordinal);
        Assert.Equal($"/contacts/{PublicId.Format(PublicId.Contact, ada.Id)}", panel.Find(".notice a").GetAttribute("href"));
        Assert.Equal("Difference", panel.Find(".detail input").GetAttribute("value"));
        await PressAsync(panel, "Enter");
        await panel.WaitForAssertionAsync(() => Assert.Contains("deleted or merged meanwhile", Row(panel, "Company").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_survivor_that_is_shown_by_an_old_link_stays_when_the_merge_is_undone()
    {
        var (ada, bob) = (await AddAsync("Ada Lovelace", "ada@example.com"), await AddAsync("Bob Babbage", "bob@example.com"));
        var merge = await House.Get<MergeDesk>().MergeAsync(House.Admin, ada.Id, [bob.Id], null, ByHand);
        var panel = await OpenAsync(bob);
        Assert.Equal("Ada Lovelace", panel.Find("h2").TextContent);

        await House.Get<MergeDesk>().UndoAsync(House.Admin, merge.Id, ByHand);
        await panel.InvokeAsync(panel.Instance.ShowAsync);

        Assert.Equal("Ada Lovelace", panel.Find("h2").TextContent);
        Assert.Empty(panel.FindAll(".notice"));
    }

    [Fact]
    public async Task Every_field_shows_when_asked_for()
    {
        var panel = await OpenAsync(await AddAsync("Ada Lovelace", "ada@example.com"));

        await panel.FindAll("button").Single(b => b.TextContent.StartsWith("Show all fields", StringComparison.Ordinal)).ClickAsync(new());

        Assert.Equal("Add", Value(panel, "City").TextContent);
    }

    [Fact]
    public async Task Eight_values_are_in_sight_those_to_reach_somebody_first()
    {
        var panel = await OpenAsync(await AddAsync("Ada Lovelace", "ada@example.com", ("job_title", "Analyst"), ("company", "Engines"), ("company_size", "51-200"), ("employees", "80"),
            ("street_address", "12 St James's Square"), ("city", "London"), ("country", "United Kingdom"), ("mobile_phone", "+44 20 7946 0958")));

        Assert.Equal(["Email", "Mobile phone", "Company", "Job title", "Company size", "Employees", "Street address", "City"], panel.FindAll("dt").Select(dt => dt.TextContent));
    }

    [Fact]
    public async Task A_note_is_kept_in_the_activity()
    {
        var panel = await OpenAsync(await AddAsync("Ada Lovelace", "ada@example.com"));

        await panel.PressAsync("Note");
        await panel.InputAsync("textarea", "Wants a demo");
        await panel.SubmitAsync("form");

        await panel.WaitForAssertionAsync(() => Assert.Equal("Wants a demo", panel.Find(".entry .quote").TextContent));
        Assert.Empty(panel.FindAll("textarea"));
    }

    [Fact]
    public async Task Only_who_may_delete_is_offered_it()
    {
        var contact = await AddAsync("Ada Lovelace", "ada@example.com");

        Assert.DoesNotContain((await OpenAsync(contact, House.Member)).FindAll("[role=menuitem]"), i => i.TextContent == "Delete");
        Assert.Contains((await OpenAsync(contact, House.Admin)).FindAll("[role=menuitem]"), i => i.TextContent == "Delete");
    }

    [Fact]
    public async Task Deleting_asks_first_and_names_the_contact()
    {
        var contact = await AddAsync("Ada Lovelace", "ada@example.com");
        var panel = await OpenAsync(contact);

        var deleting = panel.PressAsync("Delete", "#more-menu [role=menuitem]");
        await DialogHost.WaitForAssertionAsync(() => Assert.Contains("Delete Ada Lovelace?", DialogHost.Markup, StringComparison.Ordinal));
        await DialogHost.PressAsync("Delete");
        await deleting;

        Assert.NotNull((await House.Book.FindAsync(House.Owner, contact.Id))!.DeletedAt);
    }

    [Theory]
    [InlineData("CTC-0000000000")]
    [InlineData("nonsense")]
    public void An_unknown_contact_is_said_to_be_unknown(string id)
    {
        var panel = Render<ContactPanel>(p => p.Add(c => c.Caller, House.Owner).Add(c => c.Id, id).Add(c => c.Choices, Choices));

        panel.WaitForAssertion(() => Assert.Contains("There is no such contact", panel.Markup, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_survivor_that_never_had_a_status_tells_where_the_merged_one_stood()
    {
        var (ada, bob) = (await AddAsync("Ada Lovelace", "ada@example.com"), await AddAsync("Bob Babbage", "bob@example.com"));
        foreach (var status in new long?[] { Choices.Statuses[0].Id, null })
        {
            await House.Book.MoveToAsync(House.Member, bob.Id, status, ByHand);
            House.Clock.Advance(TimeSpan.FromHours(1));
        }
        await House.Get<MergeDesk>().MergeAsync(House.Admin, ada.Id, [bob.Id], null, ByHand);
        var panel = await OpenAsync(ada);

        await panel.PressAsync("Status history");

        Assert.Equal(["No status", "Qualified"], panel.FindAll(".spells .status").Select(s => s.TextContent));
        Assert.Empty(panel.FindAll(".status-line p span[title]"));
        Assert.Empty((await OpenAsync(await AddAsync("Grace Hopper", "grace@example.com"))).FindAll(".status-line"));
    }

    [Fact]
    public async Task A_possible_duplicate_is_compared_by_who_may_merge_and_opened_by_others()
    {
        var ada = await AddAsync("Ada Lovelace", "ada@example.com", ("phone", "+493012345678"));
        var bob = await AddAsync("Ada L", "info@example.com", ("mobile_phone", "+493012345678"));

        string[] Links(IRenderedComponent<ContactPanel> panel) => [.. panel.FindAll(".notice a").Select(a => $"{a.TextContent}: {a.GetAttribute("href")}")];

        Assert.Equal([$"Ada L: /contacts/{IdOf(bob)}", $"Look at both: /contacts/merge?ids={IdOf(ada)},{IdOf(bob)}"], Links(await OpenAsync(ada, House.Admin)));
        Assert.Equal([$"Ada L: /contacts/{IdOf(bob)}", $"Open that contact: /contacts/{IdOf(bob)}"], Links(await OpenAsync(ada, House.Member)));
    }

    [Fact]
    public async Task Values_of_archived_fields_are_folded_at_the_end_to_be_read_with_their_history()
    {
        await House.Fields.CreateAsync(House.Admin, new FieldEdit("Budget", null, "currency", null, []));
        await House.Fields.CreateAsync(House.Admin, new FieldEdit("Plan", null, "single_choice", null, ["Silver", "Gold"]));
        var ada = await AddAsync("Ada Lovelace", "ada@example.com", ("budget", "1234.50"), ("plan", "Silver"));
        await House.Book.EditAsync(House.Member, ada.Id, new ContactEdit().Set("plan", "Gold"), ByHand);
        var without = await AddAsync("Grace Hopper", "grace@example.com", ("budget", "5"));
        await House.Fields.ArchiveAsync(House.Admin, "plan");
        var panel = await OpenAsync(ada);

        Assert.Equal("Archived fields (1)", panel.Find(".archived summary").TextContent);
        var row = panel.Find(".archived .detail");
        Assert.Equal(("Plan", "Gold", "Edited\nBy Mei Chou\nMonday 23 November 2026, 10:00"), (row.QuerySelector("dt")!.TextContent, row.QuerySelector(".kept")!.TextContent, row.GetAttribute("data-origin")));
        Assert.Empty(row.QuerySelectorAll("button.value"));
        await Button(panel, "History of Plan").ClickAsync(new());
        await panel.WaitForAssertionAsync(() => Assert.Equal(["Gold", "Silver"], panel.FindAll(".value-history .past").Select(p => p.TextContent)));
        Assert.DoesNotContain(panel.FindAll(".value-history button"), b => b.TextContent == "Put back");
        Assert.Empty((await OpenAsync(without)).FindAll(".archived"));
    }

    [Fact]
    public async Task Who_may_restore_finds_a_contact_in_the_bin_by_its_old_link_and_restores_it()
    {
        var (ada, bob) = (await AddAsync("Ada Lovelace", "ada@example.com"), await AddAsync("Bob Babbage", "bob@example.com"));
        await House.Get<MergeDesk>().MergeAsync(House.Admin, ada.Id, [bob.Id], null, ByHand);
        await House.Book.DeleteAsync(House.Admin, ada.Id);
        Assert.Contains("There is no such contact", Missing(bob, House.Member).Markup, StringComparison.Ordinal);

        var panel = Missing(bob, House.Admin);
        Assert.Equal("Ada Lovelace", panel.Find("h2").TextContent);
        Assert.StartsWith("It is in the bin, where it lies until Wednesday 23 December.", panel.Find(".empty p").TextContent, StringComparison.Ordinal);
        await panel.PressAsync("Restore");

        await panel.WaitForElementAsync(".entry");
        Assert.True((await House.Book.FindAsync(House.Member, ada.Id))!.IsListed);

        IRenderedComponent<ContactPanel> Missing(Contact contact, Caller caller)
        {
            var shown = Render<ContactPanel>(p => p.Add(c => c.Caller, caller).Add(c => c.Id, IdOf(contact)).Add(c => c.Choices, Choices));
            shown.WaitForElement(".empty");
            return shown;
        }
    }

    [Fact]
    public async Task An_owner_who_left_is_still_named()
    {
        var ada = await AddAsync("Ada Lovelace", "ada@example.com");
        await House.Book.AssignToAsync(House.Owner, ada.Id, House.Member.UserId, ByHand);
        await House.Get<Members>().RemoveAsync(House.Owner, House.Member.UserId!.Value);
        var choices = await new ChoiceList(House.Get<StatusList>(), House.Get<Members>()).ReadAsync(House.Owner);

        var panel = Render<ContactPanel>(p => p.Add(c => c.Caller, House.Owner).Add(c => c.Id, IdOf(ada)).Add(c => c.Choices, choices));
        await panel.WaitForElementAsync(".entry");

        var owner = Button(panel, "Contact owner: Mei Chou (left)");
        Assert.Equal(("Mei Chou (left)", "MC"), (owner.TextContent.Trim(), owner.QuerySelector(".av")!.GetAttribute("data-initials")));
        Assert.DoesNotContain(panel.FindAll("#owner-menu [role=menuitem]"), i => i.TextContent.Contains("Mei", StringComparison.Ordinal));
    }

    private Source ByHand => new(SourceKind.User, House.Member.Name);

    private async Task<IRenderedComponent<ContactPanel>> OpenAsync(Contact contact, Caller? caller = null)
    {
        var panel = Render<ContactPanel>(p => p.Add(c => c.Caller, caller ?? House.Owner).Add(c => c.Id, PublicId.Format(PublicId.Contact, contact.Id)).Add(c => c.Choices, Choices));
        await panel.WaitForElementAsync(".entry");
        return panel;
    }

    private static IElement Button(IRenderedComponent<ContactPanel> panel, string name) => panel.FindAll("button").Single(b => b.GetAttribute("aria-label") == name);

    private static IElement Item(IRenderedComponent<ContactPanel> panel, string menu, string name) => panel.FindAll($"#{menu} [role=menuitem]").Single(i => i.TextContent == name);

    private static string IdOf(Contact contact) => PublicId.Format(PublicId.Contact, contact.Id);

    private static IElement Value(IRenderedComponent<ContactPanel> panel, string field) => Row(panel, field).QuerySelector(".value")!;

    private static IElement Row(IRenderedComponent<ContactPanel> panel, string field) => panel.FindAll(".detail").Single(d => d.QuerySelector("dt")!.TextContent == field);

    private static async Task TypeAsync(IRenderedComponent<ContactPanel> panel, string field, string text)
    {
        await Value(panel, field).ClickAsync(new());
        await panel.InputAsync(".detail input", text);
    }

    private static Task PressAsync(IRenderedComponent<ContactPanel> panel, string key) => panel.Find(".detail .edit").KeyDownAsync(new KeyboardEventArgs { Key = key });

    private static IEnumerable<string> Named(IRenderedComponent<ContactPanel> panel) =>
        panel.FindAll("section").Select(s => panel.Find("#" + s.GetAttribute("aria-labelledby")).TextContent);
}
