using System.Text.RegularExpressions;
using Contacts.Core.Accounts;
using Contacts.Core.Data;
using Contacts.Core.Data.MadeUp;
using Contacts.Tests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Contacts.Tests.Stories;

/// <summary>How the product looks, left as pictures in TestResults/screenshots or the folder CONTACTS_TEST_SCREENSHOTS names.</summary>
public sealed partial class ScreenshotTests
{
    private static readonly string Folder = Directory.CreateDirectory(Environment.GetEnvironmentVariable("CONTACTS_TEST_SCREENSHOTS") is { Length: > 0 } named
        ? named : Path.Combine(AppContext.BaseDirectory, "TestResults", "screenshots")).FullName;

    [Fact]
    public async Task The_screens_are_pictured_at_desk_and_on_a_phone_in_light_and_dark()
    {
        await using var app = await WebApp.StartAsync();
        await app.Get<SampleData>().FillAsync(app.Acme.Owner, new MadeUpPlan());
        foreach (var light in new[] { ColorScheme.Light, ColorScheme.Dark })
            foreach (var (size, width, height) in new[] { ("desk", 1440, 900), ("phone", 390, 844) })
            {
                var options = new BrowserNewContextOptions { ColorScheme = light, TimezoneId = "Europe/Berlin", ViewportSize = new() { Width = width, Height = height } };
                await PictureUserAsync(app, options, $"{size}-{light.ToString().ToLowerInvariant()}");
                await PictureGuestAsync(app, options, $"{size}-{light.ToString().ToLowerInvariant()}");
            }

        Assert.Equal(24, Directory.GetFiles(Folder, "*.png").Length);
    }

    private static async Task PictureUserAsync(WebApp app, BrowserNewContextOptions options, string ending)
    {
        await using var user = await app.NewPageAsync(Role.Owner, options);
        var page = user.Page;
        await user.GoAsync("/contacts"); // tells the server how this browser is lit
        await user.GoAsync("/contacts");
        await page.Locator("#contact-rows a[data-peek]").Nth(2).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Recent page views" })).ToBeVisibleAsync();
        await SaveAsync(page, $"contacts-{ending}");
        await user.GoAsync("/contacts");
        await page.GetByRole(AriaRole.Button, new() { Name = "Manage contact fields" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Listitem).Filter(new() { HasText = "Job title" })).ToBeVisibleAsync();
        await SaveAsync(page, $"gear-{ending}");
    }

    private static async Task PictureGuestAsync(WebApp app, BrowserNewContextOptions options, string ending)
    {
        await using var guest = await app.NewPageAsync(options: options);
        var page = guest.Page;
        await guest.GoAsync("/account/login");
        await guest.GoAsync("/account/login");
        await SaveAsync(page, $"sign-in-{ending}");
        await guest.GoAsync("/b/acme/intro-call");
        await SaveAsync(page, $"booking-{ending}");
        await page.GetByRole(AriaRole.Link, new() { NameRegex = ClockTime() }).First.ClickAsync();
        await page.GetByLabel("Name").FillAsync("Ada Lovelace");
        await page.GetByLabel("Email").FillAsync("ada@example.com");
        await SaveAsync(page, $"form-{ending}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Confirm booking" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Booking confirmed" })).ToBeVisibleAsync();
        await SaveAsync(page, $"confirmed-{ending}");
    }

    private static Task<byte[]> SaveAsync(IPage page, string name) =>
        page.ScreenshotAsync(new() { Path = Path.Combine(Folder, name + ".png"), Animations = ScreenshotAnimations.Disabled, Caret = ScreenshotCaret.Hide });

    [GeneratedRegex(@"^\d\d:\d\d$")]
    private static partial Regex ClockTime();
}
