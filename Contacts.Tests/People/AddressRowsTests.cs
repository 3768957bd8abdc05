using AngleSharp.Dom;
using Bunit;
using Contacts.Core;
using Contacts.Core.Accounts;
using Contacts.Core.Activity;
using Contacts.Core.People;
using Contacts.Core.People.Merging;
using Contacts.Tests.Support;
using Contacts.Web.People;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;

namespace Contacts.Tests.People;

public sealed class AddressRowsTests : UiTest
{
    private Source ByHand => new(SourceKind.User, House.Member.Name);

    [Fact]
    public async Task Emails_beside_the_primary_stand_below_it()
    {
        var ada = await AdaAsync();

        var panel = await OpenAsync(ada);

        Assert.Equal(["Email", "Other emails"], panel.FindAll("dt").Select(dt => dt.TextContent).SkipWhile(title => title != "Email").Take(2));
        Assert.Equal("Primary", Row(panel, "Email").QuerySelector(".origin")!.TextContent);
        Assert.Equal(["ada@home.example"], Row(panel, "Other emails").QuerySelectorAll(".address").Select(a => a.TextContent));
    }

    [Fact]
    public async Task One_is_added_made_primary_and_removed_in_place()
    {
        var ada = await AdaAsync();
        var panel = await OpenAsync(ada);

        await Button(panel, "Add email").ClickAsync(new());
        await panel.InputAsync(".detail input", "third@example.com");
        await panel.Find(".detail .edit").KeyDownAsync(new KeyboardEventArgs { Key = "Enter" });
        await panel.WaitForAssertionAsync(() => Assert.Equal(["ada@home.example", "third@example.com"], Others(panel)));

        await Button(panel, "Make primary: third@example.com").ClickAsync(new());
        await panel.WaitForAssertionAsync(() => Assert.Equal(["ada@home.example", "ada@work.example"], Others(panel)));
        Assert.StartsWith("third@example.com", Row(panel, "Email").QuerySelector(".value")!.TextContent, StringComparison.Ordinal);

        await Button(panel, "Remove ada@home.example").ClickAsync(new());
        await panel.WaitForAssertionAsync(() => Assert.Equal(["ada@work.example"], Others(panel)));
        Assert.Equal("third@example.com", (await House.Book.FindAsync(House.Owner, ada.Id))!.Email);
    }

    [Fact]
    public async Task Each_tells_what_it_came_by_and_the_clock_what_came_and_went()
    {
        var ada = await AdaAsync();
        var panel = await OpenAsync(ada);

        Assert.Equal("Edited\nBy Iris Ritter\nMonday 23 November 2026, 10:00", Row(panel, "Other emails").QuerySelector("li")!.GetAttribute("data-origin"));
        await Button(panel, "Make primary: ada@home.example").ClickAsync(new());
        await panel.WaitForAssertionAsync(() => Assert.Equal(["ada@work.example"], Others(panel)));
        await Button(panel, "Remove ada@work.example").ClickAsync(new());
        await panel.FindAll("button").Single(b => b.TextContent.StartsWith("Show all fields", StringComparison.Ordinal)).ClickAsync(new());
        await panel.WaitForElementAsync("[aria-label='History of Other emails']");
        await Button(panel, "History of Other emails").ClickAsync(new());

        await panel.WaitForAssertionAsync(() => Assert.Equal(["ada@work.example removed", "ada@work.example in place of ada@home.example", "ada@home.example added"],
            panel.FindAll(".value-history .past").Select(p => p.TextContent)));
        Assert.DoesNotContain(panel.FindAll(".value-history button"), b => b.TextContent == "Put back");
        await Button(panel, "History of Other phones").ClickAsync(new());
        await panel.WaitForAssertionAsync(() => Assert.Equal("None was added or removed here.", panel.Find(".value-history .nothing").TextContent));
    }

    [Theory]
    [InlineData(Role.Owner, true)]
    [InlineData(Role.Member, false)]
    public async Task One_that_is_anothers_leads_there_and_offers_a_merge_to_who_may(Role role, bool offers)
    {
        var (ada, bob) = (await AdaAsync(), await AddAsync("Bob", "bob@example.com"));
        var panel = await OpenAsync(ada, role == Role.Owner ? House.Owner : House.Member);

        await Button(panel, "Add email").ClickAsync(new());
        await panel.InputAsync(".detail input", "bob@example.com");
        await panel.Find(".detail .edit").KeyDownAsync(new KeyboardEventArgs { Key = "Enter" });

        await panel.WaitForAssertionAsync(() => Assert.Contains("has this email address already", panel.Markup, StringComparison.Ordinal));
        string[] links = [$"/contacts/{Id(bob)}", $"/contacts/merge?ids={Id(ada)},{Id(bob)}"];
        Assert.Equal(offers ? links : links[..1], panel.FindAll(".taken a").Select(a => a.GetAttribute("href")));
    }

    [Fact]
    public async Task The_menu_finds_the_other_and_opens_the_comparison()
    {
        var (ada, bob) = (await AdaAsync(), await AddAsync("Bob Stone", "bob@example.com"));
        var panel = await OpenAsync(ada);

        await panel.PressAsync("Merge with…", "#more-menu [role=menuitem]");
        await DialogHost.WaitForElementAsync("input[type=search]");
        var typed = DialogHost.InputAsync("input[type=search]", "stone"); // ends with the pause after the last letter
        House.Clock.Advance(ContactSearch.Pause);
        await typed;
        await DialogHost.WaitForElementAsync(".pick");
        await DialogHost.ClickAsync(".pick");
        await DialogHost.PressAsync("Compare");

        Assert.EndsWith($"/contacts/merge?ids={Id(ada)},{Id(bob)}", Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal);
        Assert.DoesNotContain((await OpenAsync(ada, House.Member)).FindAll("[role=menuitem]"), i => i.TextContent == "Merge with…");
    }

    [Fact]
    public async Task The_timeline_tells_of_a_merge_and_who_may_can_undo_it()
    {
        var (ada, bob) = (await AdaAsync(), await AddAsync("Bob Stone", "bob@example.com", ("city", "Bonn")));
        await House.Get<MergeDesk>().MergeAsync(House.Admin, ada.Id, [bob.Id], null, ByHand);

        var panel = await OpenAsync(bob); // an old link

        Assert.Equal("Ada Lovelace", panel.Find("h2").TextContent);
        var entry = panel.FindAll(".entry").First(e => e.TextContent.Contains("Merged with", StringComparison.Ordinal));
        Assert.Equal("Merged with Bob Stone by Tom Berg", entry.QuerySelector(".what")!.TextContent);
        Assert.Equal(["City set to Bonn"], entry.QuerySelectorAll("li").Select(li => li.TextContent));
        Assert.Contains(panel.FindAll("button"), b => b.TextContent == "Undo merge");
        Assert.DoesNotContain((await OpenAsync(ada, House.Member)).FindAll("button"), b => b.TextContent == "Undo merge");
    }

    private async Task<Contact> AdaAsync()
    {
        var ada = await AddAsync("Ada Lovelace", "ada@work.example");
        return await House.Get<AddressBook>().AddAsync(House.Owner, ada.Id, IdentityKind.Email, "ada@home.example", ByHand);
    }

    private async Task<IRenderedComponent<ContactPanel>> OpenAsync(Contact contact, Caller? caller = null)
    {
        var panel = Render<ContactPanel>(p => p.Add(c => c.Caller, caller ?? House.Owner).Add(c => c.Id, Id(contact)).Add(c => c.Choices, Choices));
        await panel.WaitForElementAsync(".entry");
        return panel;
    }

    private static string Id(Contact contact) => PublicId.Format(PublicId.Contact, contact.Id);

    private static IElement Button(IRenderedComponent<ContactPanel> panel, string name) => panel.FindAll("button").Single(b => b.GetAttribute("aria-label") == name);

    private static IElement Row(IRenderedComponent<ContactPanel> panel, string title) => panel.FindAll(".detail").Single(d => d.QuerySelector("dt")!.TextContent == title);

    private static IEnumerable<string> Others(IRenderedComponent<ContactPanel> panel) => Row(panel, "Other emails").QuerySelectorAll(".address").Select(a => a.TextContent);
}
