using Bunit;
using Contacts.Core;
using Contacts.Core.People;
using Contacts.Tests.Support;
using Contacts.Web.People;

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
        Assert.Equal("zoe@alpenglow.example", cells[1].TextContent);
        Assert.Equal("Sales qualified", cells[2].TextContent);
        Assert.Equal("Tom Berg", list.Find("tbody td:nth-child(4) [role=img]").GetAttribute("aria-label"));
        Assert.Equal("11 min ago", cells[4].TextContent);
        Assert.Contains("2026", list.Find("time").GetAttribute("title"), StringComparison.Ordinal);
        Assert.Equal("Added by hand", cells[5].TextContent);
    }

    [Fact]
    public async Task Headings_are_links_that_sort_and_say_the_order()
    {
        await AddAsync("Ada Lovelace", "ada@example.com");

        var list = await ShowAsync(Plain with { Sort = "name" });

        Assert.Equal("ascending", list.FindAll("th")[0].GetAttribute("aria-sort"));
        Assert.Null(list.FindAll("th")[4].GetAttribute("aria-sort"));
        Assert.Equal(["/contacts?sort=-name", "/contacts"], list.FindAll("th a").Select(a => a.GetAttribute("href")));
    }

    [Fact]
    public async Task The_open_contact_is_marked()
    {
        var contact = await AddAsync("Ada Lovelace", "ada@example.com");

        var list = await ShowAsync(Plain.Open(PublicId.Format(PublicId.Contact, contact.Id)));

        Assert.Equal("true", list.Find("tbody a").GetAttribute("aria-current"));
    }

    private async Task<IRenderedComponent<ContactList>> ShowAsync(ListState state)
    {
        var page = await House.Book.ListAsync(House.Owner, state.Query);
        return Render<ContactList>(p => p.Add(l => l.Rows, page.Items).Add(l => l.Choices, Choices).Add(l => l.State, state));
    }
}
