using Contacts.Core.Intake.Booking;
using Microsoft.EntityFrameworkCore;
using static Contacts.Tests.Intake.Booking.GuestSite;

namespace Contacts.Tests.Intake.Booking;

/// <summary>Guests' pages and the site around them, or after them.</summary>
public class EmbeddedPagesTests
{
    private const string Next = "https://www.example.com/thanks";

    [Fact]
    public async Task Within_another_site_every_step_stays_within_its_frame()
    {
        await using var site = await OpenAsync();
        using var guest = site.Guest();
        var own = await BookAsync(guest);

        var page = await ReadAsync(await guest.GetAsync($"{own}?embed=1"));
        var times = await ReadAsync(await guest.GetAsync($"{own}/reschedule?embed=1"));
        var form = await ReadAsync(await guest.GetAsync(Times(times)[^1].GetAttribute("href")));
        var moved = await guest.PostAsync(form.QuerySelector("form[method=post]")!.GetAttribute("action"), Fill(form));
        var ask = await ReadAsync(await guest.GetAsync($"{own}/cancel?embed=1"));
        var canceled = await guest.PostAsync(ask.QuerySelector("form[method=post]")!.GetAttribute("action"), Fill(ask));
        var late = new[] { await guest.GetAsync($"{own}/cancel?embed=1"), await guest.GetAsync($"{own}/reschedule?embed=1"), await guest.PostAsync($"{own}/reschedule?embed=1", Fill(form)) };

        Assert.Equal([$"{own}/reschedule?embed=1", $"{own}/cancel?embed=1"], page.QuerySelectorAll(".own a").Select(a => a.GetAttribute("href")));
        Assert.Equal($"{own}?embed=1", ask.QuerySelector(".own a")!.GetAttribute("href"));
        Assert.All([page, times, form, ask], shown => Assert.Equal("embedded", shown.DocumentElement.ClassName));
        Assert.All([moved, canceled, .. late], answer => Assert.Equal($"{own}?embed=1", answer.Headers.Location!.ToString()));
        foreach (var part in new[] { "", "/cancel", "/reschedule" })
            Assert.Contains("frame-ancestors 'none'", (await guest.GetAsync(own + part)).Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_site_around_is_told_the_calendars_page_and_the_time_and_not_the_address_of_the_booking()
    {
        await using var site = await OpenAsync();
        using var guest = site.Guest();
        var form = await OpenFormAsync(guest, $"{Page}?embed=1");
        var start = form.QuerySelector("input[name=start]")!.GetAttribute("value");
        var action = form.QuerySelector("form[method=post]")!.GetAttribute("action");

        var wrong = await ReadAsync(await guest.PostAsync(action, Fill(form)));
        var sent = await guest.PostAsync(action, Fill(form, ("name", "Ada Lovelace"), ("email", "ada@example.com")));
        var done = await ReadAsync(await guest.GetAsync(sent.Headers.Location));
        var own = sent.Headers.Location!.ToString().Split('?')[0];
        var times = await ReadAsync(await guest.GetAsync($"{own}/reschedule?embed=1"));
        await guest.PostAsync($"{own}/cancel?embed=1", new FormUrlEncodedContent([]));
        var canceled = await ReadAsync(await guest.GetAsync(sent.Headers.Location));

        Assert.Equal(("booking_calendar.time_slot_selected", Page, start), Told(form));
        Assert.Equal(default, Told(wrong)); // nothing was chosen anew
        Assert.Equal(("booking.scheduled", Page, start), Told(done));
        Assert.Equal(("booking_calendar.loaded", Page, null), Told(times));
        Assert.Equal(default, Told(canceled));

        static (string?, string?, string?) Told(AngleSharp.Html.Dom.IHtmlDocument page) =>
            (page.DocumentElement.GetAttribute("data-event"), page.DocumentElement.GetAttribute("data-path"), page.DocumentElement.GetAttribute("data-start"));
    }

    [Fact]
    public async Task Who_booked_goes_on_to_the_page_the_organisation_chose_and_who_comes_back_stays()
    {
        await using var site = await OpenAsync();
        await site.Get<BookingCalendars>().CreateAsync(site.Acme.Owner, BookingCrowd.OpenAllWeek(site.Acme.Owner) with { RedirectUrl = "https://www.acme.example/thanks?from=booking&lang=\"en\"" });
        using var guest = site.Guest();
        var form = await OpenFormAsync(guest, "/b/acme/talk");

        var sent = await guest.PostAsync("/b/acme/talk", Fill(form, ("name", "Ada Lovelace"), ("email", "ada@example.com")));
        var answer = await guest.GetAsync(sent.Headers.Location);
        var (done, again) = (await ReadAsync(answer), await ReadAsync(await guest.GetAsync(sent.Headers.Location!.ToString().Split('?')[0])));

        Assert.Equal("0; url=https://www.acme.example/thanks?from=booking&lang=%22en%22", done.QuerySelector("meta[http-equiv=refresh]")!.GetAttribute("content"));
        Assert.Equal("Booking confirmed", done.QuerySelector("h1")!.TextContent);
        Assert.Equal("no-referrer", answer.Headers.GetValues("Referrer-Policy").Single());
        Assert.Null(again.QuerySelector("meta[http-equiv=refresh]"));
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
        var address = await SendAsync(guest, Page);

        var first = await ReadAsync(await guest.GetAsync(address));
        var later = await ReadAsync(await guest.GetAsync(Own(address)));
        var before = site.Get<TimeProvider>().GetUtcNow().UtcDateTime.AddMinutes(-2);
        await site.ReadAsync(db => db.Bookings.ExecuteUpdateAsync(set => set.SetProperty(b => b.CreatedAt, before)));
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

        var done = await ReadAsync(await guest.GetAsync(await SendAsync(guest, Page + "?embed=1")));

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
        var asked = await SendAsync(guest, Page);
        await site.ReadAsync(db => db.BookingCalendars.ExecuteUpdateAsync(set => set.SetProperty(c => c.RequiresApproval, false)));
        var canceled = await SendAsync(guest, Page);
        await guest.PostAsync($"{Own(canceled)}/cancel", new FormUrlEncodedContent([new("reason", "")]));

        foreach (var (address, heading) in new[] { (asked, "Request sent"), (canceled, "Booking canceled") })
        {
            var page = await ReadAsync(await guest.GetAsync(address));
            Assert.Equal(heading, page.QuerySelector("h1")!.TextContent);
            Assert.Equal((null, null), (page.QuerySelector("meta[http-equiv=refresh]"), page.DocumentElement.GetAttribute("data-event")));
        }
    }

    private static string Own(string address) => address.Split('?')[0];

    /// <returns>Where the form leads, as it says.</returns>
    private static async Task<string> SendAsync(HttpClient guest, string page)
    {
        var sent = await guest.PostAsync(page, Fill(await OpenFormAsync(guest, page), ("name", "Ada Lovelace"), ("email", "ada@example.com")));
        return sent.Headers.Location!.ToString();
    }
}
