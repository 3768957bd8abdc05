using System.Text.RegularExpressions;
using Contacts.Core;
using Contacts.Core.Accounts;
using Contacts.Core.Activity;
using Contacts.Core.People;
using Contacts.Tests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Contacts.Tests.Stories;

/// <summary>On a slow line a page's script may come when its reader has gone on already.</summary>
public sealed class LeavingStoryTests
{
    private static readonly BrowserNewContextOptions Desktop = new() { TimezoneId = "Europe/Berlin", ViewportSize = new() { Width = 1280, Height = 800 } };

    [Theory]
    [InlineData("/contacts", "cells")]
    [InlineData("/contacts?view=board", "board")]
    [InlineData("/activity", "stream")]
    public async Task Whoever_goes_on_before_a_pages_script_came_meets_no_error(string address, string script)
    {
        await using var app = await WebApp.StartAsync();
        await app.Get<ContactBook>().AddAsync(app.Acme.Owner, new ContactEdit().SetName("Ada Lovelace"), new Source(SourceKind.User, "Iris Ritter"));
        await using var user = await app.NewPageAsync(Role.Owner, Desktop);
        var (page, asked, gone) = (user.Page, new TaskCompletionSource(), new TaskCompletionSource());
        await page.RouteAsync(new Regex($@"/{script}(\.\w+)?\.js$"), async route =>
        {
            asked.TrySetResult();
            await gone.Task;
            await route.ContinueAsync();
        });

        await user.GoAsync(address);
        await asked.Task.WaitAsync(Patience.Limit);
        await page.GetByRole(AriaRole.Link, new() { Name = "Booking calendars", Exact = true }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Booking calendars", Exact = true })).ToBeVisibleAsync();
        gone.SetResult();
        await page.EvaluateAsync("script => import(`/${script}.js`)", script);

        // The server answers what comes after in its turn: once it has, it has met the script, too.
        await page.GetByRole(AriaRole.Button, new() { Name = "Iris Ritter" }).ClickAsync();
        await page.GetByRole(AriaRole.Radio, new() { Name = "Dark" }).CheckAsync(new() { Force = true });
        await Expect(page.Locator("html")).ToHaveAttributeAsync("data-theme", "dark");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Booking calendars", Exact = true })).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToHaveCountAsync(0);
        Assert.Empty(user.Complaints);
    }
}
