using System.Text.RegularExpressions;
using Contacts.Core.Accounts;
using Contacts.Core.Activity;
using Contacts.Core.People;
using Contacts.Tests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Contacts.Tests.Stories;

/// <summary>Contacts from far away.</summary>
public sealed class SlowLineStoryTests
{
    [Fact]
    public async Task Letters_typed_fast_at_two_hundred_milliseconds_each_way_all_stay_in_the_box_and_reach_the_address()
    {
        await using var app = await WebApp.StartAsync();
        foreach (var name in new[] { "Ada Lovelace", "Lovis Adamek", "Grace Hopper" })
            await app.Get<ContactBook>().AddAsync(app.Acme.Owner, new ContactEdit().SetName(name), new Source(SourceKind.User, "Iris Ritter"));
        await using var owner = await app.NewPageAsync(Role.Owner, new() { ViewportSize = new() { Width = 1280, Height = 800 } });
        var page = owner.Page;
        await page.SlowDownAsync(TimeSpan.FromMilliseconds(200));
        await owner.GoAsync("/contacts");
        var (search, rows) = (page.GetByRole(AriaRole.Searchbox, new() { Name = "Search contacts" }), page.Locator("#contact-rows a[data-peek]"));
        await Expect(rows).ToHaveCountAsync(3);

        // Each letter comes after the box sent the one before, and before that is back.
        await search.PressSequentiallyAsync("lovelace ada", new() { Delay = 270 });

        await Expect(page).ToHaveURLAsync(new Regex(@"/contacts\?q=lovelace%20ada$"));
        await Expect(rows).ToHaveTextAsync(["Ada Lovelace"]);
        await Expect(search).ToHaveValueAsync("lovelace ada");

        // Back is somebody else's address.
        await page.GoBackAsync();
        await Expect(rows).Not.ToHaveTextAsync(["Ada Lovelace"]);
        await Expect(search).Not.ToHaveValueAsync("lovelace ada");
        Assert.Empty(owner.Complaints);
    }
}
