using System.Security.Claims;
using Bunit;
using Bunit.TestDoubles;
using Contacts.Core.Accounts;
using Contacts.Core.Activity;
using Contacts.Core.People;
using Contacts.Tests.Support;
using Contacts.Web.People;
using Contacts.Web.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;

namespace Contacts.Tests.People;

/// <summary>Possible duplicates, the bin, erasing, and what identifies nobody, as admins see them.</summary>
public sealed class LifecyclePagesTests : UiTest
{
    private BunitAuthorizationContext _signedIn = null!;

    [Fact]
    public async Task A_pair_stands_side_by_side_with_its_reason_and_can_be_dismissed()
    {
        var ada = await AddAsync("Ada Lovelace", "ada@example.com", ("phone", "+493012345678"));
        var bob = await AddAsync("Ada L", "info@example.com", ("mobile_phone", "+493012345678"));
        var page = Open<DuplicatesPage>();

        var row = page.Find(".pair-row");
        Assert.Contains("Same phone", row.TextContent, StringComparison.Ordinal);
        Assert.Contains("Several people may share it", row.TextContent, StringComparison.Ordinal);
        Assert.Equal(["Ada Lovelace", "Ada L"], page.FindAll(".pair-name").Select(a => a.TextContent));
        Assert.Equal($"/contacts/merge?ids={IdOf(ada)},{IdOf(bob)}", page.FindAll(".pair-acts a").Single().GetAttribute("href"));
        await page.FindAll(".pair-acts button").Single().ClickAsync(new());

        page.WaitForAssertion(() => Assert.Contains("No possible duplicates", page.Markup, StringComparison.Ordinal));
        Assert.Equal(0, await House.Get<PossibleDuplicates>().CountAsync(House.Member));
    }

    [Fact]
    public void The_list_of_duplicates_says_what_would_stand_there()
    {
        Assert.Contains("No possible duplicates", Open<DuplicatesPage>().Markup, StringComparison.Ordinal);
        Assert.Contains("Look through all contacts", Open<DuplicatesPage>().Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_contact_in_the_bin_is_restored_by_one_click()
    {
        var ada = await AddAsync("Ada Lovelace", "ada@example.com");
        await House.Book.DeleteAsync(House.Admin, ada.Id);
        var page = Open<BinPage>();

        Assert.Contains("by Tom Berg", page.Find("tbody tr").TextContent, StringComparison.Ordinal);
        Assert.Contains("30 days", page.Find("tbody tr").TextContent, StringComparison.Ordinal);
        await page.PressAsync("Restore");

        page.WaitForAssertion(() => Assert.Contains("The bin is empty", page.Markup, StringComparison.Ordinal));
        Assert.True((await House.Book.FindAsync(House.Member, ada.Id))!.IsListed);
    }

    [Fact]
    public async Task Erasing_says_what_goes_and_wants_the_word()
    {
        var ada = await AddAsync("Ada Lovelace", "ada@example.com");
        var opened = await DialogHost.InvokeAsync(() => Services.GetRequiredService<IDialogService>().ShowAsync<EraseDialog>("Erase Ada Lovelace?",
            new DialogParameters<EraseDialog> { { d => d.Caller, House.Admin }, { d => d.ContactId, ada.Id } }));
        DialogHost.WaitForAssertion(() => Assert.Contains("1 activity", DialogHost.Markup, StringComparison.Ordinal));

        await DialogHost.SubmitAsync("form");
        DialogHost.WaitForAssertion(() => Assert.Contains("Type the word “erase”.", DialogHost.Markup, StringComparison.Ordinal));
        Assert.NotNull(await House.Book.FindAsync(House.Member, ada.Id));
        await DialogHost.InputAsync("input", "Erase");
        await DialogHost.SubmitAsync("form");

        Assert.False((await opened.Result)!.Canceled);
        Assert.Null(await House.Book.FindAsync(House.Member, ada.Id));
    }

    [Fact]
    public async Task Who_adds_an_erased_person_is_warned_and_adds_them_all_the_same()
    {
        var ada = await AddAsync("Ada Lovelace", "ada@example.com");
        await House.Get<Core.Erasure.ErasureDesk>().EraseAsync(House.Admin, ada.Id);
        await DialogHost.InvokeAsync(() => Services.GetRequiredService<IDialogService>().ShowAsync<AddContactDialog>("Add contact",
            new DialogParameters<AddContactDialog> { { d => d.Caller, House.Member }, { d => d.Choices, Choices } }));
        await DialogHost.FindAll("input")[2].InputAsync(new ChangeEventArgs { Value = "ADA@example.com" });

        await DialogHost.SubmitAsync("form");
        DialogHost.WaitForAssertion(() => Assert.Contains("This person was erased on", DialogHost.Markup, StringComparison.Ordinal));
        Assert.Empty(await House.ContactsAsync());
        await DialogHost.SubmitAsync("form");

        Assert.Equal("ADA@example.com", Assert.Single(await House.ContactsAsync()).Email);
    }

    [Fact]
    public async Task A_pattern_is_blocked_and_removed_and_a_wrong_one_is_refused_at_its_box()
    {
        var page = Open<BlockedIdentitiesPage>();
        Assert.Contains("noreply@*", page.Markup, StringComparison.Ordinal);

        await BlockAsync(page, "*");
        Assert.Contains("nearly everybody", page.Find(".mud-input-error").TextContent, StringComparison.Ordinal);
        await BlockAsync(page, "front@*");
        Assert.Contains("front@*", await House.Get<BlockedIdentities>().ListAsync(House.Admin));
        await page.ClickAsync("[aria-label='Remove front@*']");

        page.WaitForAssertion(() => Assert.DoesNotContain("front@*", page.Find("table").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public void Members_read_who_may()
    {
        Assert.Contains("Only admins", Open<BinPage>(House.Member).Markup, StringComparison.Ordinal);
        Assert.Contains("Only admins", Open<BlockedIdentitiesPage>(House.Member).Markup, StringComparison.Ordinal);
    }

    private static async Task BlockAsync(IRenderedComponent<BlockedIdentitiesPage> page, string pattern)
    {
        await page.InputAsync("input", pattern);
        await page.SubmitAsync("form");
    }

    private static string IdOf(Contact contact) => Core.PublicId.Format(Core.PublicId.Contact, contact.Id);

    protected override void Register()
    {
        _signedIn = this.AddAuthorization();
        Services.AddScoped<CurrentCaller>();
    }

    private IRenderedComponent<T> Open<T>(Caller? caller = null) where T : IComponent
    {
        var user = caller ?? House.Admin;
        _signedIn.SetAuthorized(user.Name).SetClaims(new Claim(ClaimTypes.NameIdentifier, $"{user.UserId}"));
        return Render<T>();
    }
}
