using Contacts.Core.Accounts;
using Contacts.Tests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Contacts.Tests.Stories;

public sealed class RestartTests
{
    [Fact]
    public async Task An_open_page_comes_back_by_itself_when_the_program_was_started_anew()
    {
        var app = await WebApp.StartAsync();
        await using var user = await app.NewPageAsync(Role.Owner);
        var page = user.Page;
        await user.GoAsync("/contacts?sort=name");
        await page.EvaluateAsync("() => { document.documentElement.dataset.before = ''; }");

        await using var again = await app.RestartAsync();
        await Expect(page.Locator("html[data-before]")).ToHaveCountAsync(0, new() { Timeout = 30_000 });
        await user.ReadyAsync();

        await page.GetByRole(AriaRole.Searchbox, new() { Name = "Search contacts" }).FillAsync("ada");
        await Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex(@"sort=name.*q=ada|q=ada.*sort=name"));
        await Expect(page.GetByRole(AriaRole.Dialog)).ToBeHiddenAsync();
    }
}
