using System.Net;
using Contacts.Tests.Support;
using Microsoft.EntityFrameworkCore;
using static Contacts.Tests.Intake.Booking.GuestSite;

namespace Contacts.Tests.Intake.Booking;

/// <summary>Guests' pages inside another site's: what that site hears, and that no step leaves the guest with an empty frame.</summary>
public class EmbeddedBookingTests
{
    private const string Embedded = Page + "?embed=1", Next = "https://www.example.com/thanks";

    [Fact]
    public async Task The_site_around_hears_which_calendar_and_start_and_nothing_that_opens_the_booking()
    {
        await using var site = await OpenAsync();
        using var guest = site.Guest();

        var times = (await ReadAsync(await guest.GetAsync(Embedded))).DocumentElement;
        var form = await OpenFormAsync(guest, Embedded);
        var done = (await ReadAsync(await guest.GetAsync(await BookAsync(guest, Embedded)))).DocumentElement;

        var start = (await site.ReadAsync(db => db.Bookings.Select(b => b.StartsAt).SingleAsync())).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", null);
        Assert.Equal(("booking_calendar.loaded", Page, null), Said(times));
        Assert.Equal(("booking_calendar.time_slot_selected", Page, start), Said(form.DocumentElement));
        Assert.Equal(("booking.scheduled", Page, start), Said(done));
    }

    [Fact]
    public async Task A_refused_form_does_not_choose_its_time_again()
    {
        await using var site = await OpenAsync();
        using var guest = site.Guest();

        var refused = await ReadAsync(await guest.PostAsync(Embedded, Fill(await OpenFormAsync(guest, Embedded))));

        Assert.Equal((null, null, null), Said(refused.DocumentElement));
    }

    [Fact]
    public async Task Canceling_and_moving_stay_in_the_frame_to_the_end()
    {
        await using var site = await OpenAsync();
        using var guest = site.Guest();
        var own = Own(await BookAsync(guest, Embedded));

        var times = await ReadAsync(await FramedAsync(guest, $"{own}/reschedule?embed=1"));
        var form = await ReadAsync(await FramedAsync(guest, Times(times)[^1].GetAttribute("href")!));
        var moved = await guest.PostAsync(form.QuerySelector("form[method=post]")!.GetAttribute("action"), Fill(form));
        var ask = await ReadAsync(await FramedAsync(guest, $"{own}/cancel?embed=1"));
        var back = ask.QuerySelector("a")!.GetAttribute("href");
        var canceled = await guest.PostAsync(ask.QuerySelector("form")!.GetAttribute("action"), Fill(ask));
        var again = await guest.GetAsync($"{own}/cancel?embed=1");
        var late = await guest.PostAsync($"{own}/reschedule?embed=1", Fill(form));

        Assert.All(new[] { moved, canceled, late }, answer => Assert.Equal((HttpStatusCode.SeeOther, $"{own}?embed=1"), (answer.StatusCode, answer.Headers.Location!.ToString())));
        Assert.Equal($"{own}?embed=1", again.Headers.Location!.ToString());
        Assert.Equal($"{own}?embed=1", back);
        Assert.Contains("embedded", ask.DocumentElement.ClassList);
        await FramedAsync(guest, back!);
    }

    [Fact]
    public async Task A_page_that_leads_nowhere_is_no_taller_in_a_frame_than_it_needs_to_be()
    {
        await using var site = await OpenAsync();

        var nothing = await ReadAsync(await site.Guest().GetAsync("/b/acme/nothing?embed=1"));

        Assert.Contains("embedded", nothing.DocumentElement.ClassList);
    }

    [Fact]
    public async Task After_booking_the_page_goes_on_at_once_with_a_link_besides_and_only_that_once()
    {
        await using var site = await OpenAsync();
        await site.ReadAsync(db => db.BookingCalendars.ExecuteUpdateAsync(set => set.SetProperty(c => c.RedirectUrl, Next)));
        using var guest = site.Guest();
        var address = await BookAsync(guest, Page);

        var first = await ReadAsync(await guest.GetAsync(address));
        var later = await ReadAsync(await guest.GetAsync(Own(address)));
        await site.ReadAsync(db => db.Bookings.ExecuteUpdateAsync(set => set.SetProperty(b => b.CreatedAt, DateTime.UtcNow.AddMinutes(-2))));
        var old = await ReadAsync(await guest.GetAsync(address));

        // A pause before leaving cannot be lengthened or stopped by the guest; none at all may be (WCAG 2.2.1).
        Assert.Equal($"0; url={Next}", first.QuerySelector("meta[http-equiv=refresh]")!.GetAttribute("content"));
        Assert.Contains("www.example.com", first.QuerySelector($"main a[href='{Next}']")!.TextContent, StringComparison.Ordinal);
        Assert.All(new[] { later, old }, page => Assert.Equal((null, null), (page.QuerySelector("meta[http-equiv=refresh]"), page.DocumentElement.GetAttribute("data-event"))));
    }

    [Fact]
    public async Task In_a_frame_it_is_the_site_around_that_goes_on()
    {
        await using var site = await OpenAsync();
        await site.ReadAsync(db => db.BookingCalendars.ExecuteUpdateAsync(set => set.SetProperty(c => c.RedirectUrl, Next)));
        using var guest = site.Guest();

        var done = await ReadAsync(await guest.GetAsync(await BookAsync(guest, Embedded)));

        Assert.Null(done.QuerySelector("meta[http-equiv=refresh]"));
        Assert.Equal(Next, done.DocumentElement.GetAttribute("data-next"));
        Assert.Equal("_top", done.QuerySelector($"main a[href='{Next}']")!.GetAttribute("target"));
    }

    [Fact]
    public async Task What_awaits_approval_or_was_canceled_is_no_booking_made_and_leads_nowhere()
    {
        await using var site = await OpenAsync();
        await site.ReadAsync(db => db.BookingCalendars.ExecuteUpdateAsync(set => set.SetProperty(c => c.RedirectUrl, Next).SetProperty(c => c.RequiresApproval, true)));
        using var guest = site.Guest();
        var asked = await BookAsync(guest, Page);
        await site.ReadAsync(db => db.BookingCalendars.ExecuteUpdateAsync(set => set.SetProperty(c => c.RequiresApproval, false)));
        var canceled = await BookAsync(guest, Page);
        await guest.PostAsync($"{Own(canceled)}/cancel", new FormUrlEncodedContent([new("reason", "")]));

        foreach (var (address, heading) in new[] { (asked, "Request sent"), (canceled, "Booking canceled") })
        {
            var page = await ReadAsync(await guest.GetAsync(address));
            Assert.Equal(heading, page.QuerySelector("h1")!.TextContent);
            Assert.Equal((null, null), (page.QuerySelector("meta[http-equiv=refresh]"), page.DocumentElement.GetAttribute("data-event")));
        }
    }

    private static (string?, string?, string?) Said(AngleSharp.Dom.IElement page) => (page.GetAttribute("data-event"), page.GetAttribute("data-path"), page.GetAttribute("data-start"));

    private static string Own(string address) => address.Split('?')[0];

    private static async Task<HttpResponseMessage> FramedAsync(HttpClient guest, string address)
    {
        var answer = await guest.GetAsync(address);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("frame-ancestors *", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        return answer;
    }

    private static async Task<string> BookAsync(HttpClient guest, string page)
    {
        var sent = await guest.PostAsync(page, Fill(await OpenFormAsync(guest, page), ("name", "Ada Lovelace"), ("email", "ada@example.com")));
        return sent.Headers.Location!.ToString();
    }
}
