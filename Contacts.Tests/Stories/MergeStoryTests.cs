using System.Text.RegularExpressions;
using Contacts.Core;
using Contacts.Core.Accounts;
using Contacts.Core.Activity;
using Contacts.Core.People;
using Contacts.Core.People.Merging;
using Contacts.Tests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Contacts.Tests.Stories;

/// <summary>Two contacts turn out to be one person, and then again not.</summary>
public sealed class MergeStoryTests
{
    [Fact]
    public async Task An_admin_merges_two_contacts_over_a_shared_email_and_undoes_it()
    {
        await using var app = await WebApp.StartAsync();
        var ada = await AddAsync(app, "Ada Lovelace", "ada@work.example", "Engines");
        var bob = await AddAsync(app, "Augusta King", "ada@home.example", "Poems");
        await using var admin = await app.NewPageAsync(Role.Admin, new() { TimezoneId = "Europe/Berlin", ViewportSize = new() { Width = 1280, Height = 900 } });
        var page = admin.Page;

        await admin.GoAsync($"/contacts/{ada}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Email: ada@work.example. Edit" }).ClickAsync();
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Email" }).FillAsync("ada@home.example");
        await page.Keyboard.PressAsync("Enter");
        await page.GetByRole(AriaRole.Link, new() { Name = "Merge the two" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Merge contacts" })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Radio, new() { Name = "Poems, of Augusta King" }).CheckAsync();
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "The contact after the merge" })).ToContainTextAsync("Poems");
        await page.GetByRole(AriaRole.Button, new() { Name = "Merge 2 contacts" }).ClickAsync();

        await Expect(page).ToHaveURLAsync(new Regex($"/contacts/{ada}$"));
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Contact details" })).ToContainTextAsync("ada@home.example");
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Recent activity" })).ToContainTextAsync("Merged with Augusta King by Tom Berg");
        await admin.GoAsync($"/contacts/{bob}");
        await Expect(page).ToHaveURLAsync(new Regex($"/contacts/{ada}$"));
        await admin.GoAsync($"/contacts?peek={bob}");
        await Expect(page).ToHaveURLAsync(new Regex($"peek={ada}"));

        await page.GetByRole(AriaRole.Button, new() { Name = "Undo merge" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Undo merge" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Recent activity" })).ToContainTextAsync("Merge with Augusta King undone");
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Augusta King" })).ToBeVisibleAsync();
        Assert.Empty(admin.Complaints);
    }

    [Fact]
    public async Task An_old_address_of_a_merged_contact_leads_to_the_survivor_at_once()
    {
        await using var app = await WebApp.StartAsync(listens: false);
        var (ada, bob) = (await AddAsync(app, "Ada Lovelace", "ada@work.example", "Engines"), await AddAsync(app, "Augusta King", "ada@home.example", "Poems"));
        await app.Get<MergeDesk>().MergeAsync(app.Acme.Owner, PublicId.Parse(PublicId.Contact, ada)!.Value, [PublicId.Parse(PublicId.Contact, bob)!.Value], null, new Source(SourceKind.User, "Iris Ritter"));
        using var client = await app.SignedInClientAsync(Role.Member);

        var answer = await client.GetAsync($"/contacts/{bob}");

        Assert.Equal((302, $"/contacts/{ada}"), ((int)answer.StatusCode, answer.Headers.Location!.IsAbsoluteUri ? answer.Headers.Location.AbsolutePath : answer.Headers.Location.ToString()));
    }

    private static async Task<string> AddAsync(WebApp app, string name, string email, string company) => PublicId.Format(PublicId.Contact,
        (await app.Get<ContactBook>().AddAsync(app.Acme.Owner, new ContactEdit().SetName(name).Set("email", email).Set("company", company), new Source(SourceKind.User, "Iris Ritter"))).Id);
}
