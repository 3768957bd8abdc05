using Bunit;
using Contacts.Core;
using Contacts.Core.Activity;
using Contacts.Core.People;
using Contacts.Core.People.Views;
using Contacts.Tests.Support;
using Contacts.Web.People;

namespace Contacts.Tests.People;

/// <summary>A contact's own page, opened from a list.</summary>
public sealed class ListStepsTests : UiTest
{
    [Fact]
    public async Task One_steps_through_the_list_that_came_along_and_comes_back_to_it()
    {
        var ada = await AddAsync("Ada Lovelace", "ada@example.com");
        await AddAsync("Somebody Else", "else@example.com");
        var bob = await AddAsync("Bob Lovelace", "bob@example.com");

        var steps = Show(ada, "q=lovelace&sort=name");
        Assert.Equal("1 of 2", steps.Find(".count").TextContent);
        Assert.Equal($"/contacts?q=lovelace&sort=name#{Id(ada)}", steps.Find(".back").GetAttribute("href"));
        Assert.Equal("Contacts found", steps.Find(".back").TextContent);
        Assert.Equal("true", steps.Find("[data-step='-1']").GetAttribute("aria-disabled"));
        var next = steps.Find("[data-step='1']").GetAttribute("href");
        Assert.Equal($"/contacts/{Id(bob)}?list=q%3Dlovelace%26sort%3Dname", next);

        steps.Render(p => p.Add(s => s.Id, Id(bob)));
        Assert.Equal("2 of 2", steps.Find(".count").TextContent);
        Assert.Equal($"/contacts/{Id(ada)}?list=q%3Dlovelace%26sort%3Dname", steps.Find("[data-step='-1']").GetAttribute("href"));
    }

    [Fact]
    public async Task Whoever_changes_a_contact_so_that_it_moves_goes_on_from_where_they_were()
    {
        var (ada, bob, carl) = (await AddAsync("Ada Lovelace", "ada@example.com"), await AddAsync("Bob Lovelace", "bob@example.com"), await AddAsync("Carl Lovelace", "carl@example.com"));
        var steps = Show(bob, "sort=name");

        await House.Book.EditAsync(House.Owner, bob.Id, new ContactEdit().SetName("Zoe Lovelace"), new Source(SourceKind.User, "Iris Ritter"));
        steps.Render();

        Assert.Equal([Id(ada), Id(carl)], steps.FindAll("[data-step]").Select(s => s.GetAttribute("href")!.Split('/', '?')[2]));
    }

    [Fact]
    public async Task A_saved_view_is_named_and_a_list_that_opens_bare_is_the_one_that_the_person_has()
    {
        var ada = await AddAsync("Ada Lovelace", "ada@example.com");
        var views = House.Get<SavedViews>();
        var id = await views.CreateAsync(House.Owner, "By name", false, new ViewSettings { Sort = "name" });
        await views.ChooseDefaultAsync(House.Owner, id);
        var saved = PublicId.Format(PublicId.View, id);

        Assert.Equal(("By name", $"/contacts?saved={saved}&sort=name#{Id(ada)}"), BackOf(Show(ada, $"saved={saved}")));
        Assert.Equal(("By name", $"/contacts?saved={saved}&sort=name#{Id(ada)}"), BackOf(Show(ada, "")));
        Assert.Equal(("All contacts", $"/contacts?saved=all#{Id(ada)}"), BackOf(Show(ada, "saved=all")));
    }

    private IRenderedComponent<ListSteps> Show(Contact contact, string list) => Render<ListSteps>(p => p.Add(s => s.Caller, House.Owner).Add(s => s.Id, Id(contact)).Add(s => s.Address, list));

    private static (string, string?) BackOf(IRenderedComponent<ListSteps> steps) => (steps.Find(".back").TextContent, steps.Find(".back").GetAttribute("href"));

    private static string Id(Contact contact) => PublicId.Format(PublicId.Contact, contact.Id);
}
