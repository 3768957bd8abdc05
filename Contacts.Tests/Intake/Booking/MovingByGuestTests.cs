using System.Net;
using Contacts.Core.Intake.Booking;
using Contacts.Tests.Support;
using Microsoft.EntityFrameworkCore;
using static Contacts.Tests.Intake.Booking.GuestSite;

namespace Contacts.Tests.Intake.Booking;

/// <summary>A guest who wants another time, when it does not go smoothly.</summary>
public class MovingByGuestTests
{
    [Fact]
    public async Task The_reason_typed_goes_along_when_the_time_was_gone()
    {
        await using var site = await OpenAsync();
        using var guest = site.Guest();
        var own = await BookAsync(guest);
        var times = await ReadAsync(await guest.GetAsync($"{own}/reschedule"));
        var form = await ReadAsync(await guest.GetAsync(Times(times)[^1].GetAttribute("href")));
        var theirs = await ReadAsync(await guest.GetAsync($"{Page}?start={form.QuerySelector("[name=start]")!.GetAttribute("value")}"));
        await guest.PostAsync(Page, Fill(theirs, ("name", "Eve"), ("email", "eve@example.com")));

        var answer = await guest.PostAsync($"{own}/reschedule", Fill(form, ("reason", "Later suits me")));
        var refused = await ReadAsync(answer);
        var again = await ReadAsync(await guest.PostAsync($"{own}/reschedule", Fill(refused, ("reason", refused.GetElementById("f-reason")!.TextContent), ("pick", Times(refused)[0].GetAttribute("value")!))));

        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Equal(("Later suits me", "Later suits me"), (refused.GetElementById("f-reason")!.TextContent, again.GetElementById("f-reason")!.TextContent));
    }

    [Fact]
    public async Task The_time_a_meeting_has_is_none_to_move_to()
    {
        await using var site = await OpenAsync();
        using var guest = site.Guest();
        var chosen = Times(await ReadAsync(await guest.GetAsync(Page)))[0].GetAttribute("href")!.Split("start=")[1];
        var own = await BookAsync(guest);

        var times = Times(await ReadAsync(await guest.GetAsync($"{own}/reschedule")));

        Assert.NotEmpty(times);
        Assert.DoesNotContain(times, time => time.GetAttribute("href")!.Contains(chosen, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_calendar_that_is_archived_offers_no_other_time_and_says_whom_to_ask()
    {
        await using var site = await OpenAsync();
        using var guest = site.Guest();
        var own = await BookAsync(guest);
        await ArrangeAsync(site, c => c.ArchivedAt = DateTime.UtcNow);

        var page = await ReadAsync(await guest.GetAsync(own));

        Assert.Equal(["Cancel booking"], page.QuerySelectorAll(".own a").Select(a => a.TextContent));
        Assert.Contains("write to Iris Ritter", page.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_no_host_is_left_the_page_says_that_the_time_stays()
    {
        await using var site = await OpenAsync();
        using var guest = site.Guest();
        var own = await BookAsync(guest);
        var form = await ReadAsync(await guest.GetAsync(Times(await ReadAsync(await guest.GetAsync($"{own}/reschedule")))[0].GetAttribute("href")));
        await site.ReadAsync(db => db.Users.ExecuteUpdateAsync(set => set.SetProperty(u => u.RemovedAt, DateTime.UtcNow)));

        var asked = await guest.GetAsync($"{own}/reschedule");
        var sent = await guest.PostAsync($"{own}/reschedule", Fill(form));

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Conflict), (asked.StatusCode, sent.StatusCode));
        foreach (var answer in new[] { asked, sent })
        {
            var page = await ReadAsync(answer);
            Assert.Contains("can no longer be changed", page.QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);
            Assert.Equal(["Cancel booking"], page.QuerySelectorAll(".own a").Select(a => a.TextContent));
        }
        Assert.Equal(0, await site.ReadAsync(db => db.Bookings.Select(b => b.Sequence).SingleAsync()));
    }
}
