using Bunit;
using Contacts.Core.Activity;
using Contacts.Core.Fields;
using Contacts.Core.Intake;
using Contacts.Core.Intake.Booking;
using Contacts.Core.People;
using Contacts.Core.People.Merging;
using Contacts.Core.Tracking;
using Contacts.Tests.Intake.Booking;
using Contacts.Tests.Support;
using Contacts.Web.Activity;

namespace Contacts.Tests.Activity;

public sealed class TimelineTests : UiTest
{
    [Fact]
    public async Task Days_are_the_viewers_and_the_newest_comes_first()
    {
        await MeetAsync("Intro call", new DateTime(2026, 11, 20, 23, 30, 0, DateTimeKind.Utc));
        var contact = await MeetAsync("Follow-up", new DateTime(2026, 11, 23, 8, 12, 0, DateTimeKind.Utc));

        var timeline = await ShowAsync(contact);

        Assert.Equal(["Today", "Saturday 21 November"], timeline.FindAll("h3").Select(h => h.TextContent));
        Assert.Equal(["09:12", "00:30"], timeline.FindAll(".entry > time").Select(t => t.TextContent));
    }

    [Fact]
    public async Task A_booking_tells_when_the_meeting_is_and_what_was_answered()
    {
        var contact = await MeetAsync("Intro call with Iris", House.Now);

        var timeline = await ShowAsync(contact);

        Assert.Equal("Booked Intro call with Iris, Thu 26 Nov 10:00", timeline.Find(".what").TextContent);
        Assert.Equal("What would you like to solve? “Spreadsheets.”", timeline.Find(".quote").TextContent);
    }

    [Fact]
    public async Task A_booking_says_how_it_stands_by_now()
    {
        var page = await BookingCrowd.OpenAsync(House, BookingCrowd.OpenAllWeek(House.Owner));
        var (_, booking) = await BookingCrowd.BookAsync(House, page, "ada@example.com");

        Assert.Empty((await ShowAsync(booking.ContactId!.Value)).FindAll(".what .tag"));
        House.Clock.Advance(booking.EndsAt - House.Now);
        Assert.Equal("Completed", (await ShowAsync(booking.ContactId.Value)).Find(".what .tag").TextContent);
    }

    [Fact]
    public async Task Several_choices_are_answered_in_one_line()
    {
        await House.Fields.CreateAsync(House.Owner, new FieldEdit("Interested in", null, "multiple_choice", "interested_in", ["Scheduling", "Routing", "API"]));
        var contact = (await House.Desk.ReceiveAsync(House.Account.Id, new Interaction(ActivityKind.FormSubmitted, new Source(SourceKind.RoutingForm, "Contact us"), "Contact us", House.Now)
        {
            Contact = new ContactEdit().SetName("Ada Lovelace").Set("interested_in", "Scheduling\nAPI"),
            Answers = [new Answer("What are you interested in?", "Scheduling\nAPI", "interested_in")],
        })).ContactId;

        Assert.Equal("What are you interested in? “Scheduling, API”", (await ShowAsync(contact)).Find("p.quote").TextContent);
    }

    [Fact]
    public async Task An_edit_tells_what_it_changed()
    {
        var contact = await AddAsync("Ada Lovelace", "ada@example.com", ("company", "Analytical"));
        await House.Book.EditAsync(House.Member, contact.Id, new ContactEdit().Set("company", "Difference"), new Source(SourceKind.User, House.Member.Name));
        await House.Book.EditAsync(House.Member, contact.Id, new ContactEdit().Set("company", "").Set("city", "Turin"), new Source(SourceKind.Api, "Website"));

        var timeline = await ShowAsync(contact.Id);

        Assert.Contains(timeline.FindAll(".what"), w => w.TextContent == "Company Analytical → Difference, by Mei Chou");
        Assert.Equal(["Company cleared, was Difference", "City set to Turin"], timeline.FindAll("ul.quote li").Select(li => li.TextContent));
    }

    [Fact]
    public async Task What_happened_with_a_merged_contact_says_with_whom()
    {
        var ada = await AddAsync("Ada Lovelace", "ada@example.com");
        var bob = await AddAsync("Bob Builder", "bob@example.com");
        await House.Book.AddNoteAsync(House.Owner, ada.Id, "Of Ada", new Source(SourceKind.User, "Iris Ritter"));
        await House.Book.AddNoteAsync(House.Owner, bob.Id, "Of Bob", new Source(SourceKind.User, "Iris Ritter"));
        await House.Get<MergeDesk>().MergeAsync(House.Owner, ada.Id, [bob.Id], null, new Source(SourceKind.User, "Iris Ritter"));

        var timeline = await ShowAsync(ada.Id);

        string What(string note) => timeline.FindAll(".entry").Single(e => e.QuerySelector(".quote")?.TextContent == note).QuerySelector(".what")!.TextContent;
        Assert.Equal(("Note by Iris Ritter", "Note by Iris Ritter, from Bob Builder, merged"), (What("Of Ada"), What("Of Bob")));
    }

    [Fact]
    public async Task A_filter_shows_one_kind()
    {
        var contact = await MeetAsync("Intro call", House.Now);
        await House.Book.AddNoteAsync(House.Owner, contact, "Called back", new Source(SourceKind.User, "Iris Ritter"));
        var timeline = await ShowAsync(contact);

        await timeline.PressAsync("Notes", "[role=menuitem]");

        await timeline.WaitForAssertionAsync(() => Assert.Equal("Called back", Assert.Single(timeline.FindAll(".entry")).QuerySelector(".quote")!.TextContent));
    }

    [Fact]
    public async Task Older_entries_are_loaded_on_demand()
    {
        var contact = await AddAsync("Ada Lovelace", "ada@example.com");
        for (var n = 0; n < ActivityLog.PageSize + 2; n++) await House.Book.AddNoteAsync(House.Owner, contact.Id, $"Note {n}", new Source(SourceKind.User, "Iris Ritter"));
        var timeline = await ShowAsync(contact.Id);
        Assert.Equal(ActivityLog.PageSize, timeline.FindAll(".entry").Count);

        await timeline.PressAsync("Load older");

        await timeline.WaitForAssertionAsync(() => Assert.Equal(ActivityLog.PageSize + 3, timeline.FindAll(".entry").Count));
        Assert.DoesNotContain(timeline.FindAll("button"), b => b.TextContent == "Load older");
    }

    [Fact]
    public async Task A_bookings_history_tells_its_steps_and_the_pages_seen_before_it()
    {
        var page = await BookingCrowd.OpenAsync(House, BookingCrowd.OpenAllWeek(House.Owner));
        var (token, booking) = await BookingCrowd.BookAsync(House, page, "ada@example.com", start: 5);
        var contact = booking.ContactId!.Value;
        await House.Gate.RunAsync(House.Account.Id, async db =>
        {
            var visitor = new Visitor(House.Account.Id, new string('a', Visitor.KeyLength), House.Now);
            db.Visitors.Add(visitor);
            visitor.JoinTo(contact, House.Now);
            await db.SaveChangesAsync();
            db.PageViews.Add(new PageView(House.Account.Id, visitor.Id, "https://acme.example/pricing", "Pricing", null, House.Now.AddMinutes(-2)));
            return true;
        });
        House.Clock.Advance(TimeSpan.FromMinutes(1));
        await House.Get<GuestBookings>().CancelAsync(token, "Ill");
        var timeline = await ShowAsync(contact);

        await timeline.ClickAsync(".booking-history");

        await timeline.WaitForAssertionAsync(() => Assert.Equal(2, timeline.FindAll(".entry ol.quote > li").Count));
        Assert.Equal("Pricing", timeline.Find(".booking-visit a").TextContent);
    }

    private async Task<long> MeetAsync(string title, DateTime at) => (await House.Desk.ReceiveAsync(House.Account.Id,
        new Interaction(ActivityKind.BookingScheduled, new Source(SourceKind.BookingCalendar, "Intro call"), title, at)
        {
            Contact = new ContactEdit().Set(SystemFields.Email, "zoe@example.com"),
            Answers = [new Answer("What would you like to solve?", "Spreadsheets.")],
            MeetingAt = new DateTime(2026, 11, 26, 9, 0, 0, DateTimeKind.Utc),
        })).ContactId;

    private async Task<IRenderedComponent<Timeline>> ShowAsync(long contact)
    {
        var fields = await House.Fields.ListAsync(House.Owner);
        var timeline = Render<Timeline>(p => p.Add(t => t.Caller, House.Owner).Add(t => t.ContactId, contact).Add(t => t.Version, 1).Add(t => t.Fields, fields));
        await timeline.WaitForElementAsync(".entry");
        return timeline;
    }
}
