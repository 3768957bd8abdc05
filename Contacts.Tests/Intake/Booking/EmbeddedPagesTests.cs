using Contacts.Core.Intake.Booking;
using static Contacts.Tests.Intake.Booking.GuestSite;

namespace Contacts.Tests.Intake.Booking;

/// <summary>Guests' pages and the site around them, or after them.</summary>
public class EmbeddedPagesTests
{
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
}
