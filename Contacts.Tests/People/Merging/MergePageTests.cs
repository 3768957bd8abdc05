using AngleSharp.Dom;
using Bunit;
using Contacts.Core;
using Contacts.Core.People;
using Contacts.Tests.Support;
using Contacts.Web.People;
using Contacts.Web.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;

namespace Contacts.Tests.People.Merging;

public sealed class MergePageTests : UiTest
{
    [Fact]
    public async Task Fields_that_differ_come_first_with_the_suggestion_chosen_and_the_rest_is_folded()
    {
        var ada = await AddAsync("Ada Lovelace", "ada@work.example", ("company", "Engines"), ("city", "London"));
        var bob = await AddAsync("Ada King", "ada@home.example", ("company", "Poems"), ("country", "Italy"));

        var page = Open(ada, bob);

        Assert.Equal(["Which one stays", "Last name", "Email", "Company"], page.FindAll(".merge-row .merge-name").Select(n => n.TextContent));
        Assert.Equal(["Ada Lovelace", "Lovelace, of Ada Lovelace", "ada@work.example, of Ada Lovelace", "Engines, of Ada Lovelace"], Checked(page));
        Assert.Equal(["First name", "City", "Country"], page.FindAll(".merge-same dt").Select(dt => dt.TextContent));
        Assert.Contains(("Country", "Italy"), Result(page));
    }

    [Fact]
    public async Task The_result_follows_what_is_chosen_and_a_name_goes_together()
    {
        var page = Open(await AddAsync("Ada Lovelace", "ada@work.example", ("company", "Engines")), await AddAsync("Augusta King", "ada@home.example", ("company", "Poems")));

        await Radio(page, "King, of Augusta King").ChangeAsync(new() { Value = "on" });
        await Radio(page, "Poems, of Augusta King").ChangeAsync(new() { Value = "on" });

        Assert.Equal([("First name", "Augusta"), ("Last name", "King"), ("Email", "ada@work.example"), ("Company", "Poems")], Result(page));
    }

    [Fact]
    public async Task Another_one_is_to_stay_and_its_values_are_suggested()
    {
        var page = Open(await AddAsync("Ada Lovelace", "ada@work.example"), await AddAsync("Augusta King", "ada@home.example"));

        await Radio(page, "Augusta King").ChangeAsync(new() { Value = "on" });

        page.WaitForAssertion(() => Assert.Equal([("First name", "Augusta"), ("Last name", "King"), ("Email", "ada@home.example")], Result(page)));
    }

    [Fact]
    public async Task Merging_opens_the_survivor_and_offers_to_undo()
    {
        var (ada, bob) = (await AddAsync("Ada Lovelace", "ada@work.example"), await AddAsync("Augusta King", "ada@home.example", ("city", "Turin")));
        var snackbars = Render<MudSnackbarProvider>();
        var page = Open(ada, bob);

        await page.PressAsync("Merge 2 contacts");

        Assert.EndsWith($"/contacts/{Id(ada)}", Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal);
        Assert.Equal("Turin", (await House.Book.FindAsync(House.Owner, ada.Id))!.City);
        await snackbars.WaitForAssertionAsync(() => Assert.Contains("Augusta King merged into Ada Lovelace.", snackbars.Markup, StringComparison.Ordinal));
        await snackbars.PressAsync("Undo");
        await snackbars.WaitForAssertionAsync(() => Assert.Contains("The merge is undone.", snackbars.Markup, StringComparison.Ordinal), TimeSpan.FromSeconds(20));
        Assert.True((await House.Book.FindAsync(House.Owner, bob.Id))!.IsListed);
        Assert.Null((await House.Book.FindAsync(House.Owner, ada.Id))!.City);
    }

    [Fact]
    public async Task What_cannot_be_merged_is_said_and_leads_on()
    {
        var (ada, bob, eve) = (await AddAsync("Ada", "a@x.example"), await AddAsync("Bob", "b@x.example"), await AddAsync("Eve", "e@x.example"));
        var page = Open(ada, bob);
        await House.MergeAsync(eve, bob);

        await page.PressAsync("Merge 2 contacts");

        Assert.StartsWith("Bob was merged into Eve already.", page.Find("[role=alert]").TextContent, StringComparison.Ordinal);
        Assert.Equal($"/contacts/{Id(eve)}", page.Find("[role=alert] a").GetAttribute("href"));
        Assert.Contains("No such contact", Open("CTC-0000000000,nonsense").Find("[role=alert]").TextContent, StringComparison.Ordinal);
        Assert.Contains("Nothing to merge yet", Open("").Markup, StringComparison.Ordinal);
    }

    private IRenderedComponent<MergePage> Open(params Contact[] contacts) => Open(string.Join(',', contacts.Select(Id)));

    private IRenderedComponent<MergePage> Open(string ids)
    {
        Services.GetRequiredService<NavigationManager>().NavigateTo($"/contacts/merge?ids={ids}");
        var page = Render<MergePage>();
        page.WaitForState(() => page.FindAll(".merge, .empty, [role=alert]").Count > 0);
        return page;
    }

    private static string Id(Contact contact) => PublicId.Format(PublicId.Contact, contact.Id);

    private static IElement Radio(IRenderedComponent<MergePage> page, string name) => page.FindAll("input[type=radio]").Single(r => r.GetAttribute("aria-label") == name);

    private static IEnumerable<string> Checked(IRenderedComponent<MergePage> page) => page.FindAll("input[type=radio][checked]").Select(r => r.GetAttribute("aria-label")!);

    private static List<(string, string)> Result(IRenderedComponent<MergePage> page) =>
        [.. page.FindAll(".merge-result dl > div").Select(row => (row.QuerySelector("dt")!.TextContent, row.QuerySelector("dd")!.TextContent))];
}
