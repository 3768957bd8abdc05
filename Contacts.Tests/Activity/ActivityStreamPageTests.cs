using Bunit;
using Contacts.Core.Accounts;
using Contacts.Core.Activity;
using Contacts.Core.Erasure;
using Contacts.Core.People;
using Contacts.Core;
using Contacts.Tests.Support;
using Contacts.Web.Activity;
using Contacts.Web.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace Contacts.Tests.Activity;

public sealed class ActivityStreamPageTests : UiTest
{
    [Fact]
    public async Task What_happens_shows_under_its_day_with_whom_it_is_about()
    {
        var ada = await AddAsync("Ada Lovelace", "ada@example.com");
        House.Clock.Advance(TimeSpan.FromDays(1));
        await House.Book.AddNoteAsync(House.Member, ada.Id, "Called", ByHand);

        var page = Open();

        Assert.Equal(["Today", "Yesterday"], page.FindAll("h2").Select(h => h.TextContent));
        Assert.Equal(["Note by Mei Chou", "Added by Iris Ritter"], page.FindAll(".what").Select(w => w.TextContent));
        Assert.All(page.FindAll(".about a"), a => Assert.Equal(("Ada Lovelace", $"/contacts/{PublicId.Format(PublicId.Contact, ada.Id)}"), (a.TextContent, a.GetAttribute("href"))));
    }

    [Fact]
    public async Task News_comes_on_top_at_once()
    {
        var ada = await AddAsync("Ada Lovelace", "ada@example.com");
        var page = Open();

        await House.Book.AddNoteAsync(House.Member, ada.Id, "First", ByHand);

        await page.WaitForAssertionAsync(() => Assert.Equal(["Note by Mei Chou", "Added by Iris Ritter"], page.FindAll(".what").Select(w => w.TextContent)));
    }

    [Fact]
    public async Task News_waits_while_somebody_reads_and_shows_when_asked_for_or_when_they_leave()
    {
        var ada = await AddAsync("Ada Lovelace", "ada@example.com");
        var page = Open();

        await page.InvokeAsync(() => page.Instance.Reading(true));
        await House.Book.AddNoteAsync(House.Member, ada.Id, "First", ByHand);
        await page.WaitForAssertionAsync(() => Assert.Equal("1 new", page.Find(".news button").TextContent));
        Assert.Single(page.FindAll(".entry"));
        await page.ClickAsync(".news button");
        Assert.Equal(["First"], page.FindAll(".quote").Select(q => q.TextContent));
        Assert.Empty(page.FindAll(".news button"));

        await House.Book.AddNoteAsync(House.Member, ada.Id, "Second", ByHand);
        await page.InvokeAsync(() => page.Instance.Reading(false));
        Assert.Equal(["Second", "First"], page.FindAll(".quote").Select(q => q.TextContent));
    }

    [Fact]
    public async Task News_is_only_what_the_filters_let_through()
    {
        var ada = await AddAsync("Ada Lovelace", "ada@example.com");
        var page = Open("/activity?kind=notes");
        Assert.Equal("Nothing like that has happened", page.Find(".empty-title").TextContent);

        await House.Book.AddNoteAsync(House.Member, ada.Id, "Called", ByHand);

        await page.WaitForAssertionAsync(() => Assert.Equal("Note by Mei Chou", page.Find(".what").TextContent));
    }

    [Fact]
    public async Task A_single_source_is_chosen_under_its_kind()
    {
        foreach (var name in new[] { "ACME Zapier", "Intro & more: call" })
            await House.Desk.ReceiveAsync(House.Account.Id, new Core.Intake.Interaction(ActivityKind.FormSubmitted, new Source(SourceKind.Api, name), name, House.Now) { Contact = new ContactEdit().SetName("Ada Lovelace") });
        var page = Open();
        Assert.Equal(["Booking calendar", "Routing form", "Chatbot", "Incoming webhook", "API", "ACME Zapier", "Intro & more: call", "Import", "By hand"], page.FindAll("#stream-source [role=menuitem]").Skip(1).Select(i => i.TextContent));

        Services.GetRequiredService<NavigationManager>().NavigateTo(page.FindAll("#stream-source .within")[1].GetAttribute("href")!);

        await page.WaitForAssertionAsync(() => Assert.Single(page.FindAll(".entry")));
        Assert.Equal("Source: API: Intro & more: call", page.Find("[popovertarget=stream-source]").GetAttribute("aria-label"));
        Assert.Equal("Intro & more: call", page.Find("#stream-source [aria-current]").TextContent);
        Assert.Empty(page.FindAll(".notice"));
    }

    [Fact]
    public async Task A_contact_that_is_deleted_meanwhile_is_no_longer_led_to()
    {
        var ada = await AddAsync("Ada Lovelace", "ada@example.com");
        var page = Open();

        await House.Book.DeleteAsync(House.Owner, ada.Id);

        await page.WaitForAssertionAsync(() => Assert.Equal(["Ada Lovelace in the bin", "Ada Lovelace in the bin"], page.FindAll(".about").Select(a => a.TextContent.Trim())));
    }

    [Fact]
    public async Task What_is_told_of_an_erased_contact_leaves_the_screen()
    {
        var ada = await AddAsync("Ada Lovelace", "ada@example.com");
        await AddAsync("Grace Hopper", "grace@example.com");
        var page = Open();
        await page.InvokeAsync(() => page.Instance.Reading(true));

        await House.Get<ErasureDesk>().EraseAsync(House.Owner, ada.Id);

        await page.WaitForAssertionAsync(() => Assert.Equal(["Grace Hopper"], page.FindAll(".about").Select(a => a.TextContent.Trim())));
    }

    [Fact]
    public async Task What_was_reported_late_says_when_it_was()
    {
        await House.Desk.ReceiveAsync(House.Account.Id, new Core.Intake.Interaction(ActivityKind.FormSubmitted, new Source(SourceKind.Api, "Website"), "Contact us", House.Now.AddDays(-30)) { Contact = new ContactEdit().SetName("Ada Lovelace") });

        var page = Open();

        Assert.Equal("Today", page.Find("h2").TextContent);
        Assert.Equal("Happened Sat 24 Oct 11:00", page.Find(".late").TextContent);
    }

    [Fact]
    public async Task Older_activity_is_loaded_when_asked_for()
    {
        for (var n = 0; n < ActivityStream.PageSize + 1; n++) await AddAsync($"Ada {n}", $"ada{n}@example.com");
        var page = Open();
        Assert.Equal(ActivityStream.PageSize, page.FindAll(".entry").Count);

        await page.ClickAsync(".older");

        Assert.Equal("Ada 0", page.FindAll(".about")[^1].TextContent.Trim());
        Assert.Equal(ActivityStream.PageSize + 1, page.FindAll(".entry").Count);
        Assert.Empty(page.FindAll(".older"));
    }

    [Fact]
    public async Task Activity_that_could_not_be_read_is_read_when_it_is_tried_again()
    {
        await AddAsync("Ada Lovelace", "ada@example.com");
        var page = Open("/activity?kind=notes");
        await using (await House.WithoutAsync("Entries"))
        {
            Services.GetRequiredService<NavigationManager>().NavigateTo("/activity?kind=changes");
            await page.WaitForAssertionAsync(() => Assert.StartsWith("The activity could not be read. Nothing is lost.", page.Find(".notice").TextContent, StringComparison.Ordinal));
        }

        await page.ClickAsync(".notice button");

        await page.WaitForAssertionAsync(() => Assert.Single(page.FindAll(".entry")));
        Assert.Empty(page.FindAll(".notice"));
    }

    [Fact]
    public void An_account_where_nothing_happened_says_what_will_be_here() => Assert.Equal("Nothing has happened yet", Open().Find(".empty-title").TextContent);

    [Theory]
    [InlineData("kind=everything")]
    [InlineData("kind=1")]
    [InlineData("source=pigeon&person=CTC-1")]
    [InlineData("owner=' OR 1=1")]
    [InlineData("source=api:%00")]
    public async Task What_an_address_says_wrongly_is_left_out_and_told(string query)
    {
        await AddAsync("Ada Lovelace", "ada@example.com");

        var page = Open($"/activity?{query}");

        Assert.Contains("left out", page.Find(".notice").TextContent);
        Assert.Single(page.FindAll(".entry"));
    }

    [Fact]
    public void An_address_says_what_is_chosen_and_is_read_back()
    {
        var state = new StreamState(new StreamQuery(ActivityGroup.Bookings, SourceKind.BookingCalendar, House.Owner.UserId, House.Member.UserId));

        var read = System.Web.HttpUtility.ParseQueryString(new Uri("http://x" + state.Href).Query);

        Assert.Equal(state, StreamState.Parse(read["kind"], read["source"], read["person"], read["owner"]));
    }

    private Source ByHand => new(SourceKind.User, House.Member.Name);

    private IRenderedComponent<ActivityStreamPage> Open(string address = "/activity")
    {
        Services.GetRequiredService<NavigationManager>().NavigateTo(address);
        var page = Render<ActivityStreamPage>();
        page.WaitForState(() => page.FindAll(".stream").Count > 0);
        return page;
    }
}
