using AngleSharp.Dom;
using Bunit;
using Contacts.Core;
using Contacts.Core.Accounts;
using Contacts.Core.Activity;
using Contacts.Core.Fields;
using Contacts.Core.Intake;
using Contacts.Core.People;
using Contacts.Tests.Support;
using Contacts.Web.People;
using Contacts.Web.Shared;
using Microsoft.AspNetCore.Components.Web;

namespace Contacts.Tests.People;

/// <summary>What the contact's page shows of its values: their groups, where they came from, what they were.</summary>
public sealed class ContactValuesTests : UiTest
{
    [Fact]
    public async Task All_fields_stand_under_their_groups()
    {
        await House.Fields.CreateAsync(House.Admin, new FieldEdit("Team size", null, "text", "team_size", []));
        await House.Fields.CreateAsync(House.Admin, new FieldEdit("Budget", null, "number", "budget", []));
        await House.ArrangeFieldAsync("budget", f => f.Property(x => x.Group).CurrentValue = "Sales");
        var panel = await OpenAsync(await AddAsync("Ada Lovelace", "ada@example.com"));
        Assert.Empty(Headings(panel));

        await Button(panel, "Show all fields (20)").ClickAsync(new());

        Assert.Equal(["Person", "Company", "Your fields", "Sales", "Address", "Other"], Headings(panel));
        Assert.Equal(20 + 2, panel.FindAll(".history").Count); // the other emails and phones have one, too
    }

    [Fact]
    public async Task Groups_the_account_made_are_named_at_first_sight()
    {
        await House.Fields.CreateAsync(House.Admin, new FieldEdit("Budget", null, "number", "budget", []));
        await House.ArrangeFieldAsync("budget", f => f.Property(x => x.Group).CurrentValue = "Sales");

        var panel = await OpenAsync(await AddAsync("Ada Lovelace", "ada@example.com", ("budget", "100"), ("city", "London")));

        Assert.Equal(["Person", "Sales", "Address"], Headings(panel));
    }

    [Fact]
    public async Task Empty_fields_hide_on_every_contact_once_somebody_wants_it()
    {
        var panel = await OpenAsync(await AddAsync("Ada Lovelace", "ada@example.com"));
        await Button(panel, "Show all fields (18)").ClickAsync(new());
        Assert.Equal("false", panel.Find("[role=switch]").GetAttribute("aria-checked"));

        await panel.ClickAsync("[role=switch]");
        Assert.Equal(["First name", "Last name", "Email"], panel.FindAll("dt").Select(dt => dt.TextContent));

        var next = await OpenAsync(await AddAsync("Grace Hopper", "grace@example.com", ("city", "New York")));
        Assert.Equal("true", next.Find("[role=switch]").GetAttribute("aria-checked"));
        Assert.DoesNotContain(next.FindAll("button"), b => b.TextContent.StartsWith("Show all", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_value_tells_what_gave_it_from_where_and_when()
    {
        var done = await House.Desk.ReceiveAsync(House.Account.Id, new Interaction(ActivityKind.BookingScheduled, new Source(SourceKind.BookingCalendar, "Intro call"), "Intro call with Iris", House.Now)
        {
            Contact = new ContactEdit().SetName("Zoë Müller").Set("email", "zoe@example.com"),
        });
        await House.Book.EditAsync(House.Member, done.ContactId, new ContactEdit().Set("company", "Alpenglow"), ByHand);

        var panel = await OpenAsync((await House.Book.FindAsync(House.Owner, done.ContactId))!);

        Assert.Equal("Booked Intro call with Iris\nFrom the booking calendar Intro call\nMonday 23 November 2026, 10:00", Row(panel, "Email").GetAttribute("data-origin"));
        Assert.Equal("Edited\nBy Mei Chou\nMonday 23 November 2026, 10:00", Row(panel, "Company").GetAttribute("data-origin"));
    }

    [Fact]
    public async Task The_history_lists_what_a_value_was_and_puts_it_back()
    {
        var contact = await AddAsync("Ada Lovelace", "ada@example.com", ("company", "Analytical"));
        await House.Book.EditAsync(House.Member, contact.Id, new ContactEdit().Set("company", "Difference"), ByHand);
        var panel = await OpenAsync(contact);

        await Button(panel, "History of Company").ClickAsync(new());
        await panel.WaitForAssertionAsync(() => Assert.Equal(["Difference", "Analytical"], Past(panel)));
        Assert.Equal("History of Company", panel.Find("#value-history").GetAttribute("aria-label"));
        await Button(panel, "Put back Analytical").ClickAsync(new());

        await panel.WaitForAssertionAsync(() => Assert.Equal(["Analytical", "Difference", "Analytical"], Past(panel)));
        Assert.Equal("Analytical is back.", panel.Find("#value-history [role=status]").TextContent);
        Assert.Equal("Analytical", Row(panel, "Company").QuerySelector(".value")!.TextContent);
        Assert.Equal((ActivityKind.Edited, "Iris Ritter"), (await House.EntriesAsync(contact.Id)).Select(e => (e.Kind, e.ActorName)).Last());
    }

    [Fact]
    public async Task A_value_that_was_cleared_can_come_back()
    {
        await House.Fields.CreateAsync(House.Admin, new FieldEdit("Team size", null, "text", "team_size", []));
        var contact = await AddAsync("Ada Lovelace", "ada@example.com", ("team_size", "11 to 50"));
        await House.Book.EditAsync(House.Member, contact.Id, new ContactEdit().Set("team_size", ""), ByHand);
        var panel = await OpenAsync(contact);
        await Button(panel, "Show all fields (19)").ClickAsync(new());

        await Button(panel, "History of Team size").ClickAsync(new());
        await panel.WaitForAssertionAsync(() => Assert.Equal(["Empty", "11 to 50"], Past(panel)));
        await Button(panel, "Put back 11 to 50").ClickAsync(new());

        await panel.WaitForAssertionAsync(() => Assert.Equal("11 to 50", Row(panel, "Team size").QuerySelector(".value")!.TextContent));
    }

    [Fact]
    public async Task What_is_no_value_any_more_is_refused_with_the_reason()
    {
        await House.Fields.CreateAsync(House.Admin, new FieldEdit("Plan", null, "single_choice", "plan", ["Basic", "Pro"]));
        var contact = await AddAsync("Ada Lovelace", "ada@example.com", ("plan", "Basic"));
        await House.Book.EditAsync(House.Member, contact.Id, new ContactEdit().Set("plan", "Pro"), ByHand);
        await House.ArrangeFieldAsync("plan", f => f.Property(x => x.Options).CurrentValue = [.. f.Entity.Options.Where(o => o.Label == "Pro")]);
        var panel = await OpenAsync(contact);

        await Button(panel, "History of Plan").ClickAsync(new());
        await panel.WaitForElementAsync("#value-history li");
        await Button(panel, "Put back Basic").ClickAsync(new());

        await panel.WaitForAssertionAsync(() => Assert.Equal("Basic cannot be put back. 'Basic' is none of the choices: Pro.", panel.Find("#value-history [role=alert]").TextContent));
        Assert.Equal("Pro", Row(panel, "Plan").QuerySelector(".value")!.TextContent);
    }

    [Fact]
    public async Task The_history_leads_to_the_entry_however_old_it_is()
    {
        var contact = await AddAsync("Ada Lovelace", "ada@example.com", ("company", "Analytical"));
        for (var n = 0; n < ActivityLog.PageSize + 5; n++) await House.Book.AddNoteAsync(House.Owner, contact.Id, $"Note {n}", ByHand);
        var panel = await OpenAsync(contact);
        var entry = (await House.EntriesAsync(contact.Id))[0].Id;
        Assert.Empty(panel.FindAll($"#entry-{entry}"));

        await Button(panel, "History of Company").ClickAsync(new());
        await panel.WaitForElementAsync("#value-history li");
        await panel.ClickAsync("#value-history .link");

        await panel.WaitForElementAsync($"#entry-{entry}");
        Assert.True(panel.FindAll(".entry").Count < 3);
        await Button(panel, "Back to the newest").ClickAsync(new());
        await panel.WaitForAssertionAsync(() => Assert.Equal(ActivityLog.PageSize, panel.FindAll(".entry").Count));
    }

    [Fact]
    public async Task What_is_typed_into_a_contact_that_is_deleted_meanwhile_stays()
    {
        var contact = await AddAsync("Ada Lovelace", "ada@example.com", ("company", "Analytical"));
        var panel = await OpenAsync(contact);
        await Row(panel, "Company").QuerySelector(".value")!.ClickAsync(new());
        await panel.InputAsync(".detail input", "Difference Engines");

        await House.Book.DeleteAsync(House.Admin, contact.Id);
        await panel.WaitForAssertionAsync(() => Assert.StartsWith("Ada Lovelace was deleted meanwhile.", panel.Find(".notice").TextContent, StringComparison.Ordinal));
        await panel.Find(".detail .edit").KeyDownAsync(new KeyboardEventArgs { Key = "Enter" });

        await panel.WaitForAssertionAsync(() => Assert.Contains("This contact was deleted or merged meanwhile.", Row(panel, "Company").TextContent, StringComparison.Ordinal));
        Assert.Equal("Difference Engines", panel.Find(".detail input").GetAttribute("value"));
    }

    private Source ByHand => new(SourceKind.User, House.Member.Name);

    private async Task<IRenderedComponent<ContactPanel>> OpenAsync(Contact contact)
    {
        var panel = Render<ContactPanel>(p => p.Add(c => c.Caller, House.Owner).Add(c => c.Id, PublicId.Format(PublicId.Contact, contact.Id)).Add(c => c.Choices, Choices));
        await panel.WaitForElementAsync(".entry");
        return panel;
    }

    private static IEnumerable<string> Headings(IRenderedComponent<ContactPanel> panel) => panel.FindAll("section:has(dl) h3").Select(h => h.TextContent);

    private static IEnumerable<string> Past(IRenderedComponent<ContactPanel> panel) => panel.FindAll("#value-history .past").Select(v => v.TextContent);

    private static IElement Row(IRenderedComponent<ContactPanel> panel, string field) => panel.FindAll(".detail").Single(d => d.QuerySelector("dt")!.TextContent == field);

    private static IElement Button(IRenderedComponent<ContactPanel> panel, string name) => panel.FindAll("button").Single(b => (b.GetAttribute("aria-label") ?? b.TextContent.Trim()) == name);
}
