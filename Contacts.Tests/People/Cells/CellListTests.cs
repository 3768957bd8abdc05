using Bunit;
using Contacts.Core;
using Contacts.Core.Activity;
using Contacts.Core.Fields;
using Contacts.Core.People;
using Contacts.Core.People.Lists;
using Contacts.Tests.Support;
using Contacts.Web.Fields;
using Contacts.Web.People;
using Contacts.Web.People.Bulk;
using Contacts.Web.People.Cells;
using Contacts.Web.People.Lists;
using Contacts.Web.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.AspNetCore.Components.Web;
using MudBlazor;
using FieldType = Contacts.Core.Fields.FieldType;

namespace Contacts.Tests.People.Cells;

public sealed class CellListTests : UiTest
{
    private int _lefts;
    private ListRows _rows = new("", [], null, null, new ContactCount(0, true));

    [Fact]
    public async Task A_bad_value_is_told_at_the_cell_and_a_good_one_is_saved_and_shown()
    {
        var ada = await AddAsync("Ada Lovelace", "ada@example.com");
        var list = await ShowAsync("name,email");

        await BeginAsync(list, ada, "email");
        await list.InputAsync(".cell-edit input", "nonsense");
        await PressAsync(list, "Enter");
        Assert.Contains("Enter an email address", list.Find(".cell-edit").TextContent, StringComparison.Ordinal);
        await list.InputAsync(".cell-edit input", "countess@example.com");
        await PressAsync(list, "Enter");

        Assert.Empty(list.FindAll(".cell-edit"));
        Assert.Equal("countess@example.com", (await House.Book.FindAsync(House.Owner, ada.Id))!.Email);
        Assert.Equal("countess@example.com", _rows.Rows[0].Email);
        Assert.Equal(1, _lefts);
    }

    [Fact]
    public async Task A_name_is_edited_as_one_and_its_link_still_opens_the_contact()
    {
        var anna = await House.Book.AddAsync(House.Owner, new ContactEdit().Set("first_name", "Anna").Set("last_name", "van der Berg").Set("email", "anna@example.com"), new Source(SourceKind.User, "Iris Ritter"));
        var list = await ShowAsync("name,email");

        await BeginAsync(list, anna, "name");
        Assert.Equal("Anna van der Berg", list.Find(".cell-edit input").GetAttribute("value"));
        Assert.Equal("Name", list.Find(".cell-edit input").GetAttribute("aria-label"));
        await list.InputAsync(".cell-edit input", "Anne van der Berg");
        await PressAsync(list, "Enter");

        var now = (await House.Book.FindAsync(House.Owner, anna.Id))!;
        Assert.Equal(("Anne", "van der Berg"), (now.FirstName, now.LastName));
        Assert.Equal("Anne van der Berg", _rows.Rows[0].DisplayName);
        Assert.Equal([("first_name", "Anna", "Anne")], (await House.EntriesAsync(anna.Id))[^1].Changes.Select(c => (c.Field, c.Old, c.New)));
        Assert.Equal($"/contacts/{PublicId.Format(PublicId.Contact, anna.Id)}", list.Find("td.c-name a").GetAttribute("href"));
    }

    [Fact]
    public async Task A_name_that_somebody_else_changed_meanwhile_is_shown_and_one_without_any_is_edited_from_nothing()
    {
        var nobody = await House.Book.AddAsync(House.Owner, new ContactEdit().Set("email", "who@example.com"), new Source(SourceKind.User, "Iris Ritter"));
        var list = await ShowAsync("name,email");

        await BeginAsync(list, nobody, "name");
        Assert.Equal("", list.Find(".cell-edit input").GetAttribute("value") ?? "");
        await House.Book.EditAsync(House.Admin, nobody.Id, new ContactEdit().SetName("Tom Theirs"), new Source(SourceKind.User, "Tom Berg"));
        await list.InputAsync(".cell-edit input", "Mia Mine");
        await PressAsync(list, "Enter");
        Assert.Contains("Now it is Tom Theirs, yours is Mia Mine.", list.Find("[role=alert]").TextContent, StringComparison.Ordinal);
        await list.PressAsync("Use mine");

        Assert.Equal("Mia Mine", (await House.Book.FindAsync(House.Owner, nobody.Id))!.DisplayName);
    }

    [Fact]
    public async Task Escape_leaves_the_value_as_it_was()
    {
        var ada = await AddAsync("Ada Lovelace", "ada@example.com");
        var list = await ShowAsync("name,email");

        await BeginAsync(list, ada, "email");
        await list.InputAsync(".cell-edit input", "countess@example.com");
        await PressAsync(list, "Escape");

        Assert.Empty(list.FindAll(".cell-edit"));
        Assert.Equal("ada@example.com", (await House.Book.FindAsync(House.Owner, ada.Id))!.Email);
    }

    [Fact]
    public async Task Tab_saves_and_goes_on_to_the_next_cell_that_can_be_edited_and_over_the_end_of_a_row()
    {
        var bob = await AddAsync("Bob Hope", "bob@example.com");
        House.Clock.Advance(TimeSpan.FromMinutes(1));
        var ada = await AddAsync("Ada Lovelace", "ada@example.com");
        var list = await ShowAsync("name,company,created,city");

        await BeginAsync(list, ada, "company");
        await list.InputAsync(".cell-edit input", "Analytical Ltd");
        await PressAsync(list, "Tab");
        Assert.Equal("city", list.Find("td.editing").GetAttribute("data-cell"));
        await PressAsync(list, "Tab");

        Assert.Equal(($"{bob.Id}", "name"), (list.Find("tr:has(td.editing)").GetAttribute("data-row"), list.Find("td.editing").GetAttribute("data-cell")));
        Assert.Equal("Analytical Ltd", (await House.Book.FindAsync(House.Owner, ada.Id))!.Company);
        await list.Find(".edit").KeyDownAsync(new KeyboardEventArgs { Key = "Tab", ShiftKey = true });
        Assert.Equal($"{ada.Id}", list.Find("tr:has(td.editing)").GetAttribute("data-row"));
        Assert.Equal("city", list.Find("td.editing").GetAttribute("data-cell"));
    }

    [Fact]
    public async Task What_somebody_else_put_there_meanwhile_is_shown_and_one_chooses()
    {
        var ada = await AddAsync("Ada Lovelace", "ada@example.com", ("company", "Engines"));
        var list = await ShowAsync("name,company");

        await BeginAsync(list, ada, "company");
        await House.Book.EditAsync(House.Admin, ada.Id, new ContactEdit().Set("company", "Theirs"), new Source(SourceKind.User, "Tom Berg"));
        await list.InputAsync(".cell-edit input", "Mine");
        await PressAsync(list, "Enter");
        Assert.Contains("Now it is Theirs, yours is Mine.", list.Find("[role=alert]").TextContent, StringComparison.Ordinal);
        Assert.Equal("Theirs", _rows.Rows[0].Values["company"]);
        await list.InvokeAsync(() => list.Instance.Editing.LeaveAsync(ada.Id, "company"));
        await PressAsync(list, "Tab"); // goes to the buttons
        Assert.Equal("Theirs", (await House.Book.FindAsync(House.Owner, ada.Id))!.Company);
        await list.PressAsync("Use mine");

        Assert.Equal("Mine", (await House.Book.FindAsync(House.Owner, ada.Id))!.Company);
        Assert.Empty(list.FindAll(".cell-edit"));
    }

    [Fact]
    public async Task Status_and_owner_are_chosen_from_their_menus()
    {
        var ada = await AddAsync("Ada Lovelace", "ada@example.com");
        var list = await ShowAsync("name,status,owner");

        await BeginAsync(list, ada, "status");
        await list.PressAsync("Qualified", "[role=menuitem]");
        await list.InvokeAsync(() => list.Instance.Editing.LeaveAsync(ada.Id, "status"));
        await BeginAsync(list, ada, "owner");
        await list.PressAsync("Tom Berg", "[role=menuitem]");
        await list.InvokeAsync(() => list.Instance.Editing.StepAsync(back: true));

        var now = (await House.Book.FindAsync(House.Owner, ada.Id))!;
        Assert.Equal((Choices.Statuses[0].Id, House.Admin.UserId), (now.StatusId, now.OwnerId));
        Assert.Equal("status", list.Find("td.editing").GetAttribute("data-cell"));
    }

    [Fact]
    public async Task A_status_that_somebody_else_chose_meanwhile_stays_until_one_insists()
    {
        var ada = await AddAsync("Ada Lovelace", "ada@example.com");
        var list = await ShowAsync("name,status,owner");
        var snackbars = Render<MudSnackbarProvider>();

        await BeginAsync(list, ada, "status");
        await House.Book.MoveToAsync(House.Admin, ada.Id, Choices.Statuses[1].Id, new Source(SourceKind.User, "Tom Berg"));
        await ChooseAsync(list, "Qualified");
        await snackbars.WaitForAssertionAsync(() => Assert.Contains("Ada Lovelace was not changed. Tom Berg moved it to Marketing qualified meanwhile.", snackbars.Markup, StringComparison.Ordinal));
        Assert.Equal(Choices.Statuses[1].Id, _rows.Rows[0].StatusId);
        await list.InvokeAsync(() => list.Instance.Editing.LeaveAsync(ada.Id, "status")); // as the menu closes
        await snackbars.PressAsync("Use mine");

        await list.WaitForAssertionAsync(() => Assert.Equal(Choices.Statuses[0].Id, _rows.Rows[0].StatusId));
        Assert.Equal(Choices.Statuses[0].Id, (await House.Book.FindAsync(House.Owner, ada.Id))!.StatusId);
    }

    [Fact]
    public async Task Who_moves_a_contact_to_a_lost_status_may_say_why()
    {
        var ada = await AddAsync("Ada Lovelace", "ada@example.com");
        var list = await ShowAsync("name,status");

        await BeginAsync(list, ada, "status");
        await ChooseAsync(list, "Qualified");
        Assert.Empty(list.FindAll(".reason-box"));
        await BeginAsync(list, ada, "status");
        await ChooseAsync(list, "Disqualified");
        await list.InvokeAsync(() => list.Instance.Editing.LeaveAsync(ada.Id, "status"));
        Assert.Equal("Ada Lovelace moved to Disqualified.", list.Find(".lost-why p").TextContent);
        await list.InputAsync(".reason-box input", "No budget");
        await list.SubmitAsync(".reason-box");

        Assert.Equal("No budget", (await House.Book.FindAsync(House.Member, ada.Id))!.StatusReason);
        Assert.Empty(list.FindAll(".reason-box"));
    }

    [Fact]
    public async Task A_click_elsewhere_saves_and_another_cell_is_not_begun_before_this_one_is_saved()
    {
        var ada = await AddAsync("Ada Lovelace", "ada@example.com");
        var list = await ShowAsync("name,email,city");

        await BeginAsync(list, ada, "city");
        await list.InputAsync(".cell-edit input", "London");
        await list.InvokeAsync(() => list.Instance.Editing.LeaveAsync(ada.Id, "city"));
        Assert.Equal("London", _rows.Rows[0].Values["city"]);
        await BeginAsync(list, ada, "email");
        await list.InputAsync(".cell-edit input", "nonsense");
        await BeginAsync(list, ada, "city");

        Assert.Equal("email", list.Find("td.editing").GetAttribute("data-cell"));
        Assert.Contains("Enter an email address", list.Find(".cell-edit").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cell_that_is_shown_no_more_is_edited_no_more()
    {
        var ada = await AddAsync("Ada Lovelace", "ada@example.com");
        var list = await ShowAsync("name,email");

        await BeginAsync(list, ada, "email");
        Assert.True(list.Instance.IsEdited);
        list.Render(p => p.Add(l => l.Rows, _rows with { Rows = [] }));

        Assert.False(list.Instance.IsEdited);
    }

    [Theory]
    [InlineData("created")]
    [InlineData("old")]
    [InlineData("no such column")]
    public async Task What_cannot_be_edited_is_not(string column)
    {
        await House.Fields.CreateAsync(House.Admin, new FieldEdit("Old", null, "text", null, []));
        await House.Fields.ArchiveAsync(House.Admin, "old");
        var ada = await AddAsync("Ada Lovelace", "ada@example.com");
        var list = await ShowAsync("name,created,old");

        await BeginAsync(list, ada, column);

        Assert.Empty(list.FindAll(".editing"));
    }

    /// <summary>What the editor of each type gives; of a file, the file.</summary>
    private static readonly Dictionary<string, string> Typed = new()
    {
        ["text"] = "Hello", ["long_text"] = "One\nTwo", ["number"] = "42.5", ["currency"] = "1,234.50", ["rating"] = "4", ["date"] = "2027-03-01", ["time"] = "09:15", ["date_time"] = "2027-07-01T09:00:00Z",
        ["single_choice"] = "Two", ["multiple_choice"] = "One\nTwo", ["yes_no"] = "Yes", ["email"] = "x@example.com", ["phone"] = "+442079460958", ["url"] = "https://example.com",
        ["address"] = "1 Main St\nSpringfield\n\n\nUSA", ["user"] = "Tom Berg", ["file"] = "offer.txt",
    };

    public static TheoryData<string> Types => [.. FieldType.All.Select(t => t.Key)];

    [Theory, MemberData(nameof(Types))]
    public async Task A_value_of_every_type_is_edited_in_its_cell_and_given_up_there(string type)
    {
        await House.Fields.CreateAsync(House.Admin, new FieldEdit("Mine", null, type, "mine", FieldType.Of(type).HasOptions ? [OptionEdit.FromString("One"), OptionEdit.FromString("Two")] : []));
        var ada = await AddAsync("Ada Lovelace", "ada@example.com");
        var list = await ShowAsync("name,mine");
        var field = list.Instance.Reading.Columns[1].Typed!;
        async Task<string?> StoredAsync() => (await House.Book.FindAsync(House.Owner, ada.Id))!.ValueOf(field);
        string Shown()
        {
            list.Render(p => p.Add(l => l.Rows, _rows));
            return list.Find("td[data-cell=mine]").TextContent.Trim();
        }

        await BeginAsync(list, ada, "mine");
        if (FieldType.Of(type).IsUploaded)
        {
            list.FindComponent<InputFile>().UploadFiles(InputFileContent.CreateFromText("An offer", Typed[type]));
            await list.WaitForAssertionAsync(() => Assert.Contains("Uploaded. Save to keep it.", list.Markup, StringComparison.Ordinal));
        }
        else await TypeAsync(list, Typed[type]);
        await list.ClickAsync(".cell-edit [aria-label=Save]");

        var stored = await StoredAsync();
        Assert.NotNull(stored);
        Assert.Empty(list.FindAll(".cell-edit"));
        Assert.Equal(field.Type.Display(stored, field, new LocalTime("Europe/Berlin", House.Clock).Reader), Shown());
        Assert.NotEqual("", Shown());

        await BeginAsync(list, ada, "mine");
        await TypeAsync(list, "");
        await PressAsync(list, "Escape");

        Assert.Empty(list.FindAll(".cell-edit"));
        Assert.Equal(stored, await StoredAsync());
        Assert.NotEqual("", Shown());
    }

    // The editors of the types have tests of their own.
    private static Task TypeAsync(IRenderedComponent<CellList> list, string text) => list.InvokeAsync(() => list.FindComponent<FieldEditor>().Instance.ValueChanged.InvokeAsync(text));

    private static Task BeginAsync(IRenderedComponent<CellList> list, Contact contact, string column) => list.InvokeAsync(() => list.Instance.Editing.EditAsync(contact.Id, column));

    private static Task ChooseAsync(IRenderedComponent<CellList> list, string name) => list.FindAll("[role=menuitem]").Single(i => i.TextContent.Trim() == name).ClickAsync(new());

    private static Task PressAsync(IRenderedComponent<CellList> list, string key) => list.Find(".edit").KeyDownAsync(new KeyboardEventArgs { Key = key });

    private async Task<IRenderedComponent<CellList>> ShowAsync(string columns)
    {
        var reading = ListReading.Of(new ListAddress { Columns = columns }, [], await House.Get<ContactFinder>().FieldsAsync(House.Owner), "Europe/Berlin");
        _rows = _rows with { Rows = (await House.Book.ListAsync(House.Owner, reading.Query)).Items };
        return Render<CellList>(p => p.Add(l => l.Caller, House.Owner).Add(l => l.Choices, Choices).Add(l => l.Reading, reading).Add(l => l.Rows, _rows).Add(l => l.Selection, new ListSelection())
            .Add(l => l.Left, () => _lefts++)
            .Add(l => l.Changed, EventCallback.Factory.Create<Contact>(this, contact => _rows = _rows with { Rows = [.. _rows.Rows.Select(r => r.Id == contact.Id ? ListLoader.RowOf(contact, reading) : r)] })));
    }
}
