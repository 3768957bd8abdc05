using Bunit;
using Contacts.Core.Data;
using Contacts.Core.People.Lists;
using Contacts.Tests.Support;
using Contacts.Web.People;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace Contacts.Tests.People;

/// <summary>How many stand where, of so many contacts that counting them takes a second: it rests for twenty, and what changed meanwhile is counted then.</summary>
public sealed class CountsAtRestTests : UiTest
{
    private static readonly TimeSpan Takes = TimeSpan.FromSeconds(1);

    private int _opened;

    protected override void Register() => Services.AddSingleton(new ContactFinder(new AccountDbs(() =>
    {
        Interlocked.Increment(ref _opened);
        House.Clock.Advance(Takes);
        return House.Dbs.OpenBeforeAccount();
    }), House.Clock));

    [Fact]
    public async Task The_last_change_is_counted_when_the_rest_is_over_though_nothing_else_happens()
    {
        var page = await OpenAsync();
        await AddAsync("Grace Hopper", "grace@example.com");
        await page.WaitForAssertionAsync(() => Assert.Equal(2, page.FindAll("tbody tr").Count));
        Assert.Equal("No status1", Counted(page));

        await page.InvokeAsync(() => House.Clock.Advance(18 * Takes)); // behind the refresh, which has the page's thread
        Assert.Equal("No status1", Counted(page));
        await page.InvokeAsync(() => House.Clock.Advance(2 * Takes));

        await page.WaitForAssertionAsync(() => Assert.Equal("No status2", Counted(page)));
        var opened = _opened;
        House.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(opened, _opened); // once, and not again
    }

    [Fact]
    public async Task A_page_that_was_left_counts_no_more()
    {
        var page = await OpenAsync();
        await AddAsync("Grace Hopper", "grace@example.com");
        await page.WaitForAssertionAsync(() => Assert.Equal(2, page.FindAll("tbody tr").Count));

        await DisposeComponentsAsync();
        var opened = _opened;
        House.Clock.Advance(TimeSpan.FromHours(1));

        Assert.Equal(opened, _opened);
    }

    private async Task<IRenderedComponent<ContactsPage>> OpenAsync()
    {
        await AddAsync("Ada Lovelace", "ada@example.com");
        Services.GetRequiredService<NavigationManager>().NavigateTo("/contacts");
        var page = Render<ContactsPage>();
        await page.WaitForAssertionAsync(() => Assert.Equal("No status1", Counted(page)));
        return page;
    }

    private static string? Counted(IRenderedComponent<ContactsPage> page) => page.FindAll(".status-count") is [var first, ..] ? first.TextContent : null;
}
