using Contacts.Core.Accounts;
using Contacts.Core.Data;
using Contacts.Core.Data.MadeUp;
using Contacts.Tests.Support;
using Microsoft.Playwright;

namespace Contacts.Tests.Stories;

/// <summary>What people who leave the list open cost the server.</summary>
public sealed class ListMemoryTests
{
    private const int Lists = 12, WarmUps = 2;
    private const long MostEach = 2_000_000;

    [Fact]
    public async Task An_open_list_of_fifty_rows_costs_the_server_less_than_two_megabytes()
    {
        await using var app = await WebApp.StartAsync();
        await app.Get<SampleData>().FillAsync(app.Acme.Owner, new MadeUpPlan(60), cancel: TestContext.Current.CancellationToken);
        await using var browser = await app.NewPageAsync(Role.Member);
        for (var i = 0; i < WarmUps; i++) await OpenAsync(browser);
        var before = Held();

        for (var i = 0; i < Lists; i++) await OpenAsync(browser);

        var each = (Held() - before) / Lists;
        TestContext.Current.TestOutputHelper?.WriteLine($"{each / 1000} KB for each open list");
        Assert.InRange(each, 1, MostEach);
    }

    private static async Task OpenAsync(BrowserPage browser)
    {
        var tab = await browser.Context.NewPageAsync();
        await tab.GotoAsync("/contacts");
        await tab.Locator("[data-interactive=true]").WaitForAsync();
        await Assertions.Expect(tab.Locator("tbody tr")).ToHaveCountAsync(50);
    }

    private static long Held()
    {
        for (var i = 0; i < 3; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
        return GC.GetTotalMemory(forceFullCollection: true);
    }
}
