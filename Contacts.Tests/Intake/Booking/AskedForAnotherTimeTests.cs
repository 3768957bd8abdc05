using System.Net;
using Contacts.Core.Intake.Booking;
using Contacts.Tests.Support;
using Microsoft.EntityFrameworkCore;
using static Contacts.Tests.Intake.Booking.GuestSite;

namespace Contacts.Tests.Intake.Booking;

/// <summary>Guests who are asked to choose another time have where to.</summary>
public class AskedForAnotherTimeTests
{
    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task In_a_calendar_for_links_only_the_guest_gets_a_link_for_one_booking(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var open = await BookingCrowd.OpenAsync(house, BookingCrowd.OpenAllWeek(house.Owner));
        var (asked, canceled) = (await BookingCrowd.BookAsync(house, open, "ada@example.com"), await BookingCrowd.BookAsync(house, open, "eve@example.com", start: 1));
        await house.ReadAsync(db => db.BookingCalendars.ExecuteUpdateAsync(set => set.SetProperty(c => c.LinkOnly, true)));
        Task<BookingLink?> LinkOfAsync(string token) => LinkAsync(house, token);
        Assert.Null(await LinkOfAsync(asked.Token));

        await house.Get<Bookings>().AskToRescheduleAsync(house.Owner, asked.Booking.Id, "A train");
        await house.Get<Bookings>().CancelAsync(house.Owner, canceled.Booking.Id, "A train");

        Assert.Null(await LinkOfAsync(canceled.Token));
        var link = (await LinkOfAsync(asked.Token))!;
        Assert.True(link.IsOneTime);
        Assert.Equal(link.Id, Assert.Single(await house.Get<BookingLinks>().ListAsync(house.Admin, open.Calendar.Id)).Id);
        var page = (await house.Get<BookingDesk>().FindAsync("acme", "talk", new PageChoice(Link: link.Token)))!;
        await BookingCrowd.BookAsync(house, page, "ada@example.com", start: 2);
        Assert.Null(await LinkOfAsync(asked.Token));
    }

    [Fact]
    public async Task The_guests_page_leads_to_free_times_with_name_and_email_filled_in()
    {
        await using var site = await OpenAsync();
        using var guest = site.Guest();
        var sent = await guest.PostAsync(Page, Fill(await OpenFormAsync(guest), ("name", "Ada & Lovelace"), ("email", "ada+talk@example.com")));
        var own = sent.Headers.Location!.ToString().Split('?')[0];
        await site.ReadAsync(db => db.BookingCalendars.ExecuteUpdateAsync(set => set.SetProperty(c => c.LinkOnly, true)));
        await site.Get<Bookings>().AskToRescheduleAsync(site.Acme.Owner, await site.ReadAsync(db => db.Bookings.Select(b => b.Id).SingleAsync()), null);

        var again = (await ReadAsync(await guest.GetAsync(own))).QuerySelector("a.main")!;
        var form = await OpenFormAsync(guest, again.GetAttribute("href")!);
        var booked = await guest.PostAsync(form.QuerySelector("form[method=post]")!.GetAttribute("action"), Fill(form));

        Assert.Equal("Book another time", again.TextContent);
        Assert.Equal(("Ada & Lovelace", "ada+talk@example.com"), (Value(form, "f-name"), Value(form, "f-email")));
        Assert.Equal(HttpStatusCode.SeeOther, booked.StatusCode);
        Assert.Null((await ReadAsync(await guest.GetAsync(own))).QuerySelector("a.main"));
    }

    [Fact]
    public async Task The_next_booking_is_linked_to_the_one_before_and_nothing_has_to_be_said_again()
    {
        await using var site = await OpenAsync(
            new BookingQuestion { Key = "firm", Label = "Firm", Field = "company" },
            new BookingQuestion { Key = "topic", Label = "Topic", Type = "single_choice", Options = ["Support", "Sales"], Required = true },
            new BookingQuestion { Key = "tools", Label = "Tools", Type = "multiple_choice", Options = ["Pen", "Paper", "Ruler"] });
        await site.ReadAsync(db => db.BookingCalendars.ExecuteUpdateAsync(set => set.SetProperty(c => c.MaxExtraGuests, 2)));
        using var guest = site.Guest();
        var page = $"{Page}?utm_source=letter";
        var first = await OpenFormAsync(guest, page);
        var typed = Filled(first, ("name", "Ada Lovelace"), ("email", "ada@example.com"), ("guests", "bob@example.com\neve@example.com"), ("q.firm", "Analytical"), ("q.topic", "Sales")).ToList();
        typed.AddRange([new("q.tools", "Pen"), new("q.tools", "Ruler")]);
        var sent = await guest.PostAsync(page, new FormUrlEncodedContent(typed));
        var own = sent.Headers.Location!.ToString().Split('?')[0];
        var before = await site.ReadAsync(db => db.Bookings.SingleAsync());
        await site.Get<Bookings>().AskToRescheduleAsync(site.Acme.Owner, before.Id, null);

        var link = (await ReadAsync(await guest.GetAsync(own))).QuerySelector("a.main")!.GetAttribute("href")!;
        var form = await OpenFormAsync(guest, link);
        var chosen = form.QuerySelectorAll("form[method=post] input[checked]").Select(i => new KeyValuePair<string, string>(i.GetAttribute("name")!, i.GetAttribute("value")!)).ToList();
        var text = new KeyValuePair<string, string>("guests", form.GetElementById("f-guests")!.TextContent.TrimStart('\n'));
        var again = await guest.PostAsync(form.QuerySelector("form[method=post]")!.GetAttribute("action"), new FormUrlEncodedContent([.. Filled(form), .. chosen, text]));

        Assert.DoesNotContain("ada", link, StringComparison.OrdinalIgnoreCase); // nothing of the guest stands in the address
        Assert.Equal(HttpStatusCode.SeeOther, again.StatusCode);
        var next = await site.ReadAsync(db => db.Bookings.OrderBy(b => b.Id).LastAsync());
        Assert.Equal((before.Id, before.ContactId, "Ada Lovelace", "letter"), (next.InsteadOfId, next.ContactId, next.GuestName, next.Utm["utm_source"]));
        Assert.Equal(before.Answers.Select(a => (a.Question, a.Value)), next.Answers.Select(a => (a.Question, a.Value)));
        Assert.Equal(["bob@example.com", "eve@example.com"], next.ExtraGuests);
        Assert.Equal(Page, (await ReadAsync(await guest.GetAsync(own))).QuerySelector("a.main")!.GetAttribute("href")); // used once
    }

    [Theory]
    [InlineData("1", "Main street 1")]
    [InlineData("2", "5 Side Street")]
    public async Task Where_they_meant_to_meet_is_chosen_already(string place, string where)
    {
        await using var site = await OpenAsync();
        await ArrangeAsync(site, c => c.Places.AddRange([new(PlaceKind.Video, "https://meet.example/iris"), new(PlaceKind.InPerson, "Main street 1"), new(PlaceKind.GuestAddress)]));
        using var guest = site.Guest();
        var sent = await guest.PostAsync(Page, Fill(await OpenFormAsync(guest), ("name", "Ada"), ("email", "ada@example.com"), ("place", place), ("q.meeting-address", "5 Side Street")));
        var own = sent.Headers.Location!.ToString().Split('?')[0];
        await site.Get<Bookings>().AskToRescheduleAsync(site.Acme.Owner, await site.ReadAsync(db => db.Bookings.Select(b => b.Id).SingleAsync()), null);

        var form = await OpenFormAsync(guest, (await ReadAsync(await guest.GetAsync(own))).QuerySelector("a.main")!.GetAttribute("href")!);
        await guest.PostAsync(form.QuerySelector("form[method=post]")!.GetAttribute("action"), Fill(form, ("place", form.QuerySelector("input[name=place][checked]")!.GetAttribute("value")!)));

        Assert.Equal([where, where], await site.ReadAsync(db => db.Bookings.Select(b => b.Location).ToListAsync()));
        Assert.DoesNotContain("meet.example", form.Body!.InnerHtml, StringComparison.Ordinal);
    }

    private static async Task<BookingLink?> LinkAsync(TestHouse house, string token) =>
        await house.Get<GuestBookings>().LinkInsteadAsync((await house.Get<GuestBookings>().FindAsync(token))!);
}
