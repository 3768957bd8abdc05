using Bunit;
using Contacts.Core;
using Contacts.Core.Fields;
using Contacts.Core.People;
using Contacts.Core.People.Lists;
using Contacts.Tests.Support;
using Contacts.Web.People;
using Contacts.Web.People.Bulk;
using Contacts.Web.People.Lists;

namespace Contacts.Tests.People;

public sealed class ContactListTests : UiTest
{
    private static readonly ListState Plain = new(null, null, null, null, null);

    [Fact]
    public async Task A_row_shows_who_it_is_where_they_stand_and_when_they_were_last_active()
    {
        var contact = await AddAsync("Zoë Müller", "zoe@alpenglow.example");
        await House.Book.EditAsync(House.Owner, contact.Id, new ContactEdit().MoveTo(Choices.Statuses[2].Id).AssignTo(House.Admin.UserId), new(Core.Activity.SourceKind.User, "Iris Ritter"));
        House.Clock.Advance(TimeSpan.FromMinutes(11));

        var list = await ShowAsync(Plain);

        var link = list.Find("tbody a");
        Assert.Equal("Zoë Müller", link.TextContent);
        Assert.Equal($"/contacts/{PublicId.Format(PublicId.Contact, contact.Id)}", link.GetAttribute("href"));
        var cells = list.FindAll("tbody td");
        Assert.Equal("zoe@alpenglow.example", cells[2].TextContent);
        Assert.Equal("Sales qualified", cells[3].TextContent);
        Assert.Equal("Tom Berg", list.Find("tbody td:nth-child(5) [role=img]").GetAttribute("aria-label"));
        Assert.Equal("11 min ago", cells[5].TextContent);
        Assert.Contains("2026", list.Find("time").GetAttribute("title"), StringComparison.Ordinal);
        Assert.Equal("Added by hand", cells[6].TextContent);
    }

    [Fact]
    public async Task Headings_are_links_that_sort_and_say_the_order()
    {
        await AddAsync("Ada Lovelace", "ada@example.com");

        var list = await ShowAsync(Plain with { Sort = "name" });

        Assert.Equal("ascending", list.FindAll("th")[1].GetAttribute("aria-sort"));
        Assert.Null(list.FindAll("th")[5].GetAttribute("aria-sort"));
        Assert.Equal(["/contacts?sort=-name", "/contacts?sort=email", "/contacts?sort=status", "/contacts?sort=owner", "/contacts", "/contacts?sort=source"], list.FindAll("th a").Select(a => a.GetAttribute("href")));
    }

    [Fact]
    public async Task The_open_contact_is_marked()
    {
        var contact = await AddAsync("Ada Lovelace", "ada@example.com");

        var list = await ShowAsync(Plain.Open(PublicId.Format(PublicId.Contact, contact.Id)));

        Assert.Equal("true", list.Find("tbody a").GetAttribute("aria-current"));
    }

    [Fact]
    public async Task Columns_stand_in_the_order_of_the_address_with_their_widths_and_values()
    {
        await House.Fields.CreateAsync(House.Admin, new FieldEdit("Seats", null, "number", null, []));
        var contact = await AddAsync("Ada Lovelace", "ada@example.com", ("seats", "1200"));

        var list = await ShowAsync(Plain with { Columns = "seats:90,name" }, contact.Id);

        Assert.Equal(["Name", "Seats"], list.FindAll("th a span").Select(h => h.TextContent));
        Assert.Equal(["", "", "width:90px"], list.FindAll("col").Select(c => c.GetAttribute("style") ?? ""));
        Assert.Equal("1,200", list.FindAll("tbody td")[2].TextContent);
        Assert.Equal("Width of Seats", list.FindAll("[role=separator]")[1].GetAttribute("aria-label"));
    }

    [Fact]
    public async Task A_row_that_matches_no_more_says_so()
    {
        var contact = await AddAsync("Ada Lovelace", "ada@example.com");

        var list = await ShowAsync(Plain, left: [contact.Id]);

        Assert.Contains("left", list.Find("tbody tr").ClassList);
        Assert.Contains("matches no more", list.Find("tbody .c-name").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rows_are_chosen_one_by_one_by_range_and_by_page()
    {
        foreach (var name in new[] { "Cleo", "Bob", "Ada" }) await AddAsync(name, $"{name}@example.com");
        var selection = new ListSelection();
        var list = await ShowAsync(Plain, selection: selection);

        await list.FindAll("[data-pick]")[0].ClickAsync(new());
        await list.FindAll("[data-pick]")[2].ClickAsync(new() { ShiftKey = true });
        list.Render();

        Assert.Equal(3, selection.CountOf(0));
        Assert.All(list.FindAll("tbody tr"), row => Assert.Contains("chosen", row.ClassList));
        Assert.True(list.Find("th input").HasAttribute("checked"));
        await list.ChangeAsync("th input", false);
        Assert.True(selection.IsEmpty);
    }

    [Fact]
    public async Task Cells_that_can_be_edited_say_so()
    {
        await AddAsync("Ada Lovelace", "ada@example.com");

        var list = await ShowAsync(Plain);

        Assert.Equal(["name", "email", "status", "owner"], list.FindAll("[data-cell]").Select(cell => cell.GetAttribute("data-cell")));
    }

    private async Task<IRenderedComponent<ContactList>> ShowAsync(ListState state, long? valuesOf = null, IReadOnlyList<long>? left = null, ListSelection? selection = null)
    {
        var reading = ListReading.Of(new ListAddress { Sort = state.Sort, Columns = state.Columns, Peek = state.Peek }, [], await House.Get<ContactFinder>().FieldsAsync(House.Owner), "Europe/Berlin");
        var rows = (await House.Book.ListAsync(House.Owner, reading.Query)).Items;
        if (valuesOf is { } id)
        {
            var contact = (await House.Book.FindAsync(House.Owner, id))!;
            rows = [.. rows.Select(r => r with { Values = contact.Values.Where(v => v.Value.Value is not null).ToDictionary(v => v.Key, v => v.Value.Value!) })];
        }
        return Render<ContactList>(p => p.Add(l => l.Rows, rows).Add(l => l.Columns, reading.Columns).Add(l => l.Choices, Choices).Add(l => l.State, reading.State).Add(l => l.Left, left ?? []).Add(l => l.Selection, selection ?? new()));
    }
}
