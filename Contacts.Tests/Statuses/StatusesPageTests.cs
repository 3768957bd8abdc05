using System.Security.Claims;
using Bunit;
using Bunit.TestDoubles;
using Contacts.Core.Accounts;
using Contacts.Core.Activity;
using Contacts.Core.People;
using Contacts.Core.Statuses;
using Contacts.Tests.Support;
using Contacts.Web.Shared;
using Contacts.Web.Statuses;
using Microsoft.Extensions.DependencyInjection;

namespace Contacts.Tests.Statuses;

public sealed class StatusesPageTests : UiTest
{
    private BunitAuthorizationContext _signIn = null!;

    [Fact]
    public async Task A_status_is_added_with_a_colour_that_is_free()
    {
        var page = Open();

        var adding = page.FindAll("button").Single(b => b.TextContent.Contains("Add status", StringComparison.Ordinal)).ClickAsync(new());
        await DialogHost.WaitForElementAsync("#status-form");
        await DialogHost.InputAsync("#status-form input[type=text], #status-form input:not([type])", "Customer");
        await DialogHost.ChangeAsync("#status-form select", "Won");
        await DialogHost.ChangeAsync("#status-form input[type=checkbox]", true);
        await DialogHost.SubmitAsync("#status-form");
        await adding;

        await page.WaitForAssertionAsync(() => Assert.Equal("CustomerWonNew contacts", string.Concat(page.FindAll(".status-row")[^1].Children.Take(3).Select(c => c.TextContent.Trim()))));
        Assert.Equal("#3d8b40", (await List.ListAsync(House.Owner))[^1].Color); // blue and teal are taken
    }

    [Fact]
    public async Task What_is_wrong_is_said_at_the_name_and_the_dialog_stays()
    {
        var page = Open();

        _ = page.ClickAsync("[aria-label='Edit Qualified']");
        await DialogHost.WaitForElementAsync("#status-form");
        await DialogHost.InputAsync("#status-form input[type=text], #status-form input:not([type])", "no status");
        await DialogHost.SubmitAsync("#status-form");

        await DialogHost.WaitForAssertionAsync(() => Assert.Contains("Choose another name.", DialogHost.Find("#status-form .input").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Buttons_put_a_status_in_another_place()
    {
        var page = Open();

        await page.ClickAsync("[aria-label='Move Sales qualified up']");

        await page.WaitForAssertionAsync(() => Assert.Equal(["Qualified", "Sales qualified", "Marketing qualified", "Disqualified"], page.FindAll(".status-row > .status").Select(s => s.TextContent)));
        Assert.True(page.Find("[aria-label='Move Qualified up']").HasAttribute("disabled"));
    }

    [Fact]
    public async Task Removing_says_how_many_stand_there_and_asks_where_they_go()
    {
        var ada = await AddAsync("Ada Lovelace", "ada@example.com");
        await House.Book.MoveToAsync(House.Owner, ada.Id, Choices.Statuses[0].Id, new Source(SourceKind.User, "Iris Ritter"));
        var page = Open();

        var removing = page.ClickAsync("[aria-label='Remove Qualified']");
        await DialogHost.WaitForAssertionAsync(() => Assert.Contains("1 contact stands at Qualified.", DialogHost.Markup, StringComparison.Ordinal));
        await DialogHost.SubmitAsync("#remove-status");
        await DialogHost.WaitForAssertionAsync(() => Assert.Contains("Choose where they go.", DialogHost.Markup, StringComparison.Ordinal));
        Assert.Equal(4, (await List.ListAsync(House.Owner)).Count);

        await DialogHost.ChangeAsync("#remove-status select", $"{Choices.Statuses[1].Id}");
        await DialogHost.SubmitAsync("#remove-status");
        await removing;

        await page.WaitForAssertionAsync(() => Assert.Equal(3, page.FindAll(".status-row").Count));
        Assert.Equal(Choices.Statuses[1].Id, (await House.Book.FindAsync(House.Owner, ada.Id))!.StatusId);
    }

    [Fact]
    public void A_member_sees_them_and_changes_nothing()
    {
        _signIn.SetClaims(new Claim(ClaimTypes.NameIdentifier, $"{House.Member.UserId}"));

        var page = Open();

        Assert.Equal(4, page.FindAll(".status-row").Count);
        Assert.Empty(page.FindAll("button"));
    }

    protected override void Register()
    {
        _signIn = this.AddAuthorization().SetAuthorized(House.Owner.Name);
        _signIn.SetClaims(new Claim(ClaimTypes.NameIdentifier, $"{House.Owner.UserId}"));
        Services.AddSingleton(House.Get<Sessions>()).AddSingleton(List).AddSingleton(House.Get<StatusRemoval>()).AddScoped<CurrentCaller>();
    }

    private StatusList List => House.Get<StatusList>();

    private IRenderedComponent<StatusesPage> Open()
    {
        var page = Render<StatusesPage>();
        page.WaitForElement(".status-row");
        return page;
    }
}
