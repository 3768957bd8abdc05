using System.Text.RegularExpressions;
using Contacts.Core;
using Contacts.Core.Accounts;
using Contacts.Core.Activity;
using Contacts.Core.Intake.Booking;
using Contacts.Core.People;
using Contacts.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Contacts.Tests.Stories;

/// <summary>A record from its fields to its end: an admin shapes it, a guest comes back to it, a member keeps it right, and an admin has the last word.</summary>
public sealed partial class RecordStoryTests
{
    private static readonly BrowserNewContextOptions Desktop = new() { TimezoneId = "Europe/Berlin", ViewportSize = new() { Width = 1440, Height = 900 } };

    [Fact]
    public async Task An_admin_a_member_and_a_returning_guest()
    {
        await using var app = await WebApp.StartAsync();
        await using var admin = await app.NewPageAsync(Role.Admin, Desktop);
        await using var member = await app.NewPageAsync(Role.Member, Desktop);

        await MakeFieldsAsync(admin);
        await AskForThemAsync(app);
        var grace = await AddAsync(app, "Grace Hopper", ("customer_number", "K-1"), ("seats", "a few"));
        await BookAsync(app, "Ada Lovelace", "ada@example.com", "0171 1234567", "Trial", "12");
        await BookAsync(app, "Ada King Lovelace", "ADA@Example.com", "+49 171 123 45 67", "Basic", "15");
        var ada = IdOf((await app.ReadAsync(db => db.Contacts.OrderBy(c => c.Id).ToListAsync()))[1]);

        await SeeOneContactAsync(admin, ada);
        await ChangeFieldsAsync(admin.Page);
        await ArchiveAndRestoreAsync(admin.Page);
        await KeepValuesRightAsync(member, ada);
        await RefuseAsync(member, ada, grace);
        await MergeAndUndoAsync(admin, ada, await AddAsync(app, "Ada L.", ("phone", "+491711234567")));
        await EndAsync(admin, ada);

        Assert.Equal(["Ada L.", "Grace Hopper"], await app.ReadAsync(async db => (await db.Contacts.ToListAsync()).Select(c => c.DisplayName).Order()));
        // The browser itself reports the answer 404 of an old link.
        Assert.Empty(admin.Complaints.Where(c => !c.Contains("404", StringComparison.Ordinal)).Concat(member.Complaints));
    }

    private static async Task MakeFieldsAsync(BrowserPage admin)
    {
        await admin.GoAsync("/contacts");
        var gear = await GearDialog.OpenAsync(admin.Page);
        await gear.CreateAsync("Plan", "Guests until there is a value, then users", unique: false, "Basic", "Pro", "Trial");
        await gear.CreateAsync("Seats");
        await gear.CreateAsync("Remark", "Users only");
        await gear.CreateAsync("Customer number", unique: true);
        await gear.CloseAsync();
    }

    private static async Task AskForThemAsync(WebApp app)
    {
        var (calendars, owner) = (app.Get<BookingCalendars>(), app.Acme.Owner);
        var calendar = (await calendars.ListAsync(owner)).Single();
        await calendars.EditAsync(owner, calendar.Id, new CalendarEdit
        {
            Name = calendar.Name, Slug = calendar.Slug, HostId = calendar.HostId, TimeZone = "Europe/Berlin",
            Questions =
            [
                new() { Label = "Phone", Type = "phone", Field = "mobile_phone" }, new() { Label = "Plan", Type = "single_choice", Field = "plan" },
                new() { Label = "Seats", Field = "seats" }, new() { Label = "Remark", Field = "remark" },
            ],
        });
    }

    private static async Task BookAsync(WebApp app, string name, string email, string phone, string plan, string seats)
    {
        await using var guest = await app.NewPageAsync(options: Desktop);
        var page = guest.Page;
        await guest.GoAsync("/b/acme/intro-call");
        await page.GetByRole(AriaRole.Link, new() { NameRegex = ClockTime() }).First.ClickAsync();
        await page.GetByLabel("Name").FillAsync(name);
        await page.GetByLabel("Email").FillAsync(email);
        await page.GetByLabel("Phone").FillAsync(phone);
        await page.GetByLabel(plan).CheckAsync();
        await page.GetByLabel("Seats").FillAsync(seats);
        await page.GetByLabel("Remark").FillAsync("Nice people");
        await Button(page, "Confirm booking").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Booking confirmed" })).ToBeVisibleAsync();
        Assert.Empty(guest.Complaints);
    }

    private static async Task SeeOneContactAsync(BrowserPage admin, string ada)
    {
        var page = admin.Page;
        await admin.GoAsync($"/contacts?peek={ada}");
        await Expect(page.Locator("#contact-rows tbody tr")).ToHaveCountAsync(2); // with Grace
        await Expect(Value(page, "Email: ada@example.com. Edit")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Ada King Lovelace" })).ToBeVisibleAsync();
        await Expect(Value(page, "Plan: Trial. Edit")).ToBeVisibleAsync(); // the first value won
        await Expect(Value(page, "Seats: 15. Edit")).ToBeVisibleAsync(); // the last one
        await Expect(Details(page)).Not.ToContainTextAsync("Nice people"); // for users alone
        await Expect(Activity(page).Locator(".entry").Filter(new() { HasText = "Booked Intro call" })).ToHaveCountAsync(2);
        await Expect(Activity(page)).ToContainTextAsync("“Basic”");
        await Expect(Activity(page)).ToContainTextAsync("“Nice people”");
    }

    private static async Task ChangeFieldsAsync(IPage page)
    {
        var gear = await GearDialog.OpenAsync(page);
        await gear.PickAsync("Plan");
        await gear.Input("Option 1").FillAsync("Starter");
        await gear.Button("Remove option 3").ClickAsync();
        await Expect(page.GetByText("One contact has chosen it.")).ToBeVisibleAsync();
        await page.GetByLabel("Instead").SelectOptionAsync(new SelectOptionValue { Label = "Pro" });
        await Button(page, "Merge options").ClickAsync();
        await Expect(gear.Input("Option 3")).ToHaveCountAsync(0);
        await gear.Button("Save").ClickAsync();
        await gear.ExpectSavedAsync();

        await gear.PickAsync("Seats");
        await gear.Input("Field type").SelectOptionAsync("number");
        await gear.Button("Save").ClickAsync();
        await Expect(page.GetByText("1 of 2 values convert.")).ToBeVisibleAsync();
        await Expect(page.Locator(".misfits")).ToContainTextAsync("Grace Hopper a few");
        await Button(page, "Change type").ClickAsync();
        await gear.ExpectSavedAsync();
        await gear.CloseAsync();
        await Expect(Value(page, "Plan: Pro. Edit")).ToBeVisibleAsync();
    }

    private static async Task ArchiveAndRestoreAsync(IPage page)
    {
        var gear = await GearDialog.OpenAsync(page);
        await gear.PickAsync("Seats");
        await gear.Button("Archive").ClickAsync();
        await Expect(gear.Button("Restore Seats")).ToBeVisibleAsync();
        await gear.CloseAsync();
        await page.GetByText("Archived fields (1)").ClickAsync();
        await Button(Details(page), "History of Seats").ClickAsync();
        var history = page.GetByRole(AriaRole.Dialog, new() { Name = "History of Seats" });
        await Expect(history.Locator(".past")).ToHaveTextAsync(["15", "12"]);
        await Button(history, "Close").ClickAsync();

        gear = await GearDialog.OpenAsync(page);
        await gear.Button("Restore Seats").ClickAsync();
        await Expect(gear.Button("Move Seats up")).ToBeVisibleAsync();
        await gear.CloseAsync();
        await Expect(Value(page, "Seats: 15. Edit")).ToBeVisibleAsync();
        await Expect(page.GetByText("Archived fields")).ToHaveCountAsync(0);
    }

    private static async Task KeepValuesRightAsync(BrowserPage member, string ada)
    {
        var page = member.Page;
        await member.GoAsync($"/contacts/{ada}");
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Show all fields") }).ClickAsync();
        await TypeAsync("Remark", "empty", "Pays late");
        await TypeAsync("Company", "empty", "Engines");
        await TypeAsync("Company", "Engines", "Analytical");
        await Button(Details(page), "History of Company").ClickAsync();
        var history = page.GetByRole(AriaRole.Dialog, new() { Name = "History of Company" });
        await Button(history, "Put back Engines").ClickAsync();
        await Expect(Value(page, "Company: Engines. Edit")).ToBeVisibleAsync();
        await Button(history, "Close").ClickAsync();

        await Value(page, "Customer number: empty. Edit").ClickAsync();
        await Box(page, "Customer number").FillAsync("k-1");
        await page.Keyboard.PressAsync("Enter");
        await Expect(Details(page)).ToContainTextAsync("has this value already, and Customer number is unique.");
        await Expect(Details(page).GetByRole(AriaRole.Link, new() { Name = "Open that contact" })).ToBeVisibleAsync();
        await Box(page, "Customer number").FillAsync("K-2");
        await page.Keyboard.PressAsync("Enter");
        await Expect(Value(page, "Customer number: K-2. Edit")).ToBeVisibleAsync();

        async Task TypeAsync(string field, string now, string text)
        {
            await Value(page, $"{field}: {now}. Edit").ClickAsync();
            await Box(page, field).FillAsync(text);
            await page.Keyboard.PressAsync("Enter");
            await Expect(Value(page, $"{field}: {text}. Edit")).ToBeVisibleAsync();
        }
    }

    private static async Task RefuseAsync(BrowserPage member, string ada, string grace)
    {
        var page = member.Page;
        await Button(page, "More actions").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Menuitem, new() { Name = "Copy link" })).ToBeVisibleAsync();
        foreach (var name in new[] { "Merge with…", "Delete", "Erase for good…" }) await Expect(page.GetByRole(AriaRole.Menuitem, new() { Name = name })).ToHaveCountAsync(0);
        await member.GoAsync("/contacts");
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Ada King Lovelace" })).ToBeVisibleAsync();
        await Expect(Button(page, "Manage contact fields")).ToHaveCountAsync(0);
        await member.GoAsync($"/contacts/merge?ids={ada},{grace}");
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Your role does not allow this.");
        await member.GoAsync("/contacts/bin");
        await Expect(page.GetByText("Only admins delete and restore contacts.")).ToBeVisibleAsync();
    }

    private static async Task MergeAndUndoAsync(BrowserPage admin, string ada, string duplicate)
    {
        var page = admin.Page;
        await admin.GoAsync($"/contacts/{ada}");
        await page.GetByRole(AriaRole.Link, new() { Name = "Look at both" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex($"/contacts/merge\\?ids={ada},{duplicate}$"));
        await Button(page, "Merge 2 contacts").ClickAsync();
        await Expect(Activity(page)).ToContainTextAsync("Merged with Ada L. by Tom Berg");
        await Button(page, "Undo merge").ClickAsync();
        await Button(page.GetByRole(AriaRole.Dialog), "Undo merge").ClickAsync();
        await Expect(Activity(page)).ToContainTextAsync("Merge with Ada L. undone");
        await Expect(Value(page, "Company: Engines. Edit")).ToBeVisibleAsync();
    }

    private static async Task EndAsync(BrowserPage admin, string ada)
    {
        var page = admin.Page;
        await ChooseAsync("Delete");
        await Button(page.GetByRole(AriaRole.Dialog), "Delete").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Contacts", Exact = true })).ToBeVisibleAsync();
        await admin.GoAsync($"/contacts/{ada}");
        await Expect(page.GetByText("It is in the bin")).ToBeVisibleAsync();
        await Button(page, "Restore").ClickAsync();
        await Expect(Value(page, "Company: Engines. Edit")).ToBeVisibleAsync();

        await ChooseAsync("Erase for good…");
        await page.GetByLabel("Type “erase” to confirm").FillAsync("erase");
        await Button(page.GetByRole(AriaRole.Dialog), "Erase for good").ClickAsync();
        await Expect(page.GetByText("Ada King Lovelace is erased.")).ToBeVisibleAsync();
        await admin.GoAsync($"/contacts/{ada}");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "There is nothing here" })).ToBeVisibleAsync();

        async Task ChooseAsync(string act)
        {
            await Button(page, "More actions").ClickAsync();
            await page.GetByRole(AriaRole.Menuitem, new() { Name = act, Exact = true }).ClickAsync();
        }
    }

    private static async Task<string> AddAsync(WebApp app, string name, params (string Field, string Text)[] values)
    {
        var edit = new ContactEdit().SetName(name);
        foreach (var (field, text) in values) edit.Set(field, text);
        return IdOf(await app.Get<ContactBook>().AddAsync(app.Acme.Owner, edit, new Source(SourceKind.User, app.Acme.Owner.Name)));
    }

    private static string IdOf(Contact contact) => PublicId.Format(PublicId.Contact, contact.Id);

    private static ILocator Details(IPage page) => page.GetByRole(AriaRole.Region, new() { Name = "Contact details" });

    private static ILocator Activity(IPage page) => page.GetByRole(AriaRole.Region, new() { Name = "Recent activity" });

    private static ILocator Value(IPage page, string name) => Details(page).GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    private static ILocator Box(IPage page, string field) => Details(page).GetByRole(AriaRole.Textbox, new() { Name = field, Exact = true });

    private static ILocator Button(IPage page, string name) => page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    private static ILocator Button(ILocator part, string name) => part.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    [GeneratedRegex(@"^\d\d:\d\d$")]
    private static partial Regex ClockTime();
}
