using AngleSharp.Dom;
using Bunit;
using Contacts.Core;
using Contacts.Core.Intake.Booking;
using Contacts.Tests.Support;
using Contacts.Web.Intake.Booking;
using Contacts.Web.People;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Contacts.Tests.Intake.Booking;

/// <summary>All meetings; Iris Ritter, who owns the account, looks at them.</summary>
public sealed class BookingsPageTests : BookingUiTest
{
    [Fact]
    public async Task What_is_planned_stands_under_its_day_and_what_was_under_past()
    {
        var page = await OpenPageAsync();
        await BookAsync(page, Tuesday.AddDays(2), "Mary Shelley");
        await BookAsync(page, Tuesday.AddHours(1), "Grace Hopper");
        await BookAsync(page, Tuesday);
        await Bookings.CancelAsync(House.Owner, (await BookAsync(page, Tuesday.AddHours(3), "Zoë Müller")).Id, "Ill");

        var list = Open();
        Assert.Equal("Upcoming", list.Find(".tabs [aria-current=page]").TextContent);
        Assert.Equal(["Tomorrow", "Thursday 26 November"], list.FindAll(".day").Select(d => d.TextContent));
        Assert.Equal([["Ada Lovelace", "Grace Hopper"], ["Mary Shelley"]], list.FindAll(".bookings").Select(day => Guests(day).ToArray()));

        list = Open("/bookings?show=past");
        Assert.Equal("Past", list.Find(".tabs [aria-current=page]").TextContent);
        Assert.Equal(["Zoë Müller"], list.FindAll(".bookings").SelectMany(Guests));
    }

    [Fact]
    public void An_account_without_meetings_says_where_they_come_from()
    {
        Assert.Equal(("Nothing is planned", "booking-calendars"), (Open().Find(".empty-title").TextContent, Open().Find(".empty a").GetAttribute("href")));
        Assert.Equal("No meeting is over", Open("/bookings?show=past").Find(".empty-title").TextContent);
    }

    [Fact]
    public async Task A_host_and_a_calendar_are_chosen_and_stay_in_the_address()
    {
        var (ours, theirs) = (await OpenPageAsync(), await OpenPageAsync(e => e with { Name = "Theirs", Slug = "theirs", HostId = House.Member.UserId!.Value }));
        await BookAsync(ours, Tuesday);
        await BookAsync(theirs, Tuesday, "Grace Hopper");
        var page = Open();
        Assert.Equal(["All hosts", "Iris Ritter (you)", "Mei Chou", "Tom Berg"], Options(page, "Host"));
        Assert.Equal(["All calendars", "Talk", "Theirs"], Options(page, "Calendar"));

        await ChooseAsync(page, "Host", "Mei Chou");
        await page.WaitForAssertionAsync(() => Assert.Equal(["Grace Hopper"], page.FindAll(".bookings").SelectMany(Guests)));
        await ChooseAsync(page, "Calendar", "Talk");
        await page.WaitForAssertionAsync(() => Assert.Equal("No meeting matches", page.Find(".empty-title").TextContent));

        var query = $"host={PublicId.Format(PublicId.User, House.Member.UserId!.Value)}&calendar={PublicId.Format(PublicId.Calendar, ours.Calendar.Id)}";
        Assert.EndsWith($"/bookings?{query}", Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal);
        Assert.Equal(["bookings?" + query, $"bookings?{query}&show=past", $"bookings?{query}&show=week"], page.FindAll(".tabs a").Select(a => Sorted(a.GetAttribute("href")!)));
        await ChooseAsync(page, "Host", "All hosts");
        await page.WaitForAssertionAsync(() => Assert.Equal(["Ada Lovelace"], page.FindAll(".bookings").SelectMany(Guests)));
    }

    [Fact]
    public async Task Meetings_are_found_by_how_they_stand_and_the_choice_stays_in_the_address()
    {
        var page = await OpenPageAsync();
        await BookAsync(page, Tuesday);
        await Bookings.RescheduleAsync(House.Owner, (await BookAsync(page, Tuesday.AddHours(1), "Grace Hopper")).Id, Tuesday.AddHours(2), null);
        await Bookings.CancelAsync(House.Owner, (await BookAsync(page, Tuesday.AddHours(3), "Mary Shelley")).Id, null);
        var list = Open();
        Assert.Equal(["All statuses", "Scheduled", "Rescheduled", "Awaits approval"], Options(list, "Status"));

        await ChooseAsync(list, "Status", "Rescheduled");
        await list.WaitForAssertionAsync(() => Assert.Equal(["Grace Hopper"], list.FindAll(".bookings").SelectMany(Guests)));
        Assert.EndsWith("/bookings?status=rescheduled", Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal);
        Assert.Equal(["bookings?status=rescheduled", "bookings?show=past", "bookings?show=week&status=rescheduled"], list.FindAll(".tabs a").Select(a => a.GetAttribute("href")));

        Assert.Equal(["All statuses", "Completed", "No-show", "Canceled", "Awaits approval"], Options(Open("/bookings?show=past"), "Status"));
        Assert.Equal(["Mary Shelley"], Open("/bookings?show=past&status=canceled").FindAll(".bookings").SelectMany(Guests));
        Assert.Equal("No meeting matches", Open("/bookings?show=past&status=no_show").Find(".empty-title").TextContent);
        Assert.Equal(Open("/bookings?show=week").FindAll(".week-meeting").Count, Open("/bookings?show=week&status=nonsense").FindAll(".week-meeting").Count);
    }

    [Fact]
    public async Task Meetings_are_found_by_their_guest()
    {
        var page = await OpenPageAsync();
        await BookAsync(page, Tuesday);
        await BookAsync(page, Tuesday.AddHours(1), "Zoë Müller");
        await BookAsync(page, Tuesday.AddHours(2), "100% Sure");
        var list = Open();

        foreach (var (typed, found) in new[] { ("LOVE", "Ada Lovelace"), ("muller", "Zoë Müller"), ("ada@", "Ada Lovelace"), ("0%", "100% Sure") })
        {
            await list.ChangeAsync("input[aria-label=Guest]", $" {typed} ");
            await list.WaitForAssertionAsync(() => Assert.Equal([found], list.FindAll(".bookings").SelectMany(Guests)));
            Assert.EndsWith($"/bookings?guest={Uri.EscapeDataString(typed)}", Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal);
        }
        await list.ChangeAsync("input[aria-label=Guest]", "%");
        await list.WaitForAssertionAsync(() => Assert.Equal(["100% Sure"], list.FindAll(".bookings").SelectMany(Guests)));
        await list.ChangeAsync("input[aria-label=Guest]", "");
        await list.WaitForAssertionAsync(() => Assert.Equal(3, list.FindAll(".booking").Count));
    }

    [Fact]
    public async Task A_meeting_is_booked_from_here_for_whoever_is_found()
    {
        await OpenPageAsync();
        await AddAsync("Ada Lovelace", "ada@example.com");
        await AddAsync("Grace Hopper", "grace@example.com");
        var list = Open();

        list.FindAll("button").Single(b => b.TextContent == "Book a meeting").Click();
        await DialogHost.WaitForElementAsync("#add-booking");
        Assert.True(DialogHost.Find("button[type=submit]").HasAttribute("disabled"));
        DialogHost.Find("input[type=search]").Input("hopper");
        House.Clock.Advance(ContactSearch.Pause);
        await (await DialogHost.WaitForElementAsync(".merge-found .pick")).ClickAsync(new());
        await DialogHost.WaitForElementAsync(".free-times");
        await ChooseDayAsync("Tomorrow");
        await ChooseTimeAsync("11:00");
        await SendAsync();

        await list.WaitForAssertionAsync(() => Assert.Equal(["Grace Hopper"], list.FindAll(".bookings").SelectMany(Guests)));
        Assert.Contains("Booked", Said);
        Assert.Equal(Tuesday, await House.ReadAsync(db => db.Bookings.Select(b => b.StartsAt).SingleAsync()));
    }

    [Fact]
    public async Task A_meeting_hosted_together_is_in_the_week_of_each_host()
    {
        var together = await OpenPageAsync(e => e with { Hosting = HostingMode.Everyone, OtherHostIds = [House.Member.UserId!.Value] });
        await BookAsync(together, Tuesday);

        foreach (var (host, meetings) in new[] { (House.Owner, 1), (House.Member, 1), (House.Admin, 0) })
            Assert.Equal(meetings, Open($"/bookings?show=week&host={PublicId.Format(PublicId.User, host.UserId!.Value)}").FindAll(".week-meeting").Count);
    }

    [Fact]
    public async Task A_week_shows_what_falls_in_it_and_leads_to_the_next()
    {
        var page = await OpenPageAsync();
        await BookAsync(page, Tuesday);
        await BookAsync(page, Tuesday.AddDays(7), "Grace Hopper");

        var week = Open("/bookings?show=week&of=2026-11-27");
        Assert.Equal(["Ada Lovelace"], week.FindAll(".week-meeting span:not(.faint)").Select(s => s.TextContent));
        Services.GetRequiredService<NavigationManager>().NavigateTo(week.Find("[aria-label='Next week']").GetAttribute("href")!);

        await week.WaitForAssertionAsync(() => Assert.Equal(["Grace Hopper"], week.FindAll(".week-meeting span:not(.faint)").Select(s => s.TextContent)));
        Assert.StartsWith("30 November", week.Find(".week-head h2").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task More_are_shown_when_asked_for_each_once()
    {
        var page = await OpenPageAsync();
        for (var i = 0; i <= Bookings.PageSize; i++) await BookAsync(page, Tuesday.AddDays(i / 10).AddMinutes(30 * (i % 10)), $"Guest{i}");
        var list = Open();
        Assert.Equal(Bookings.PageSize, list.FindAll(".booking").Count);

        await list.ClickAsync(".more");

        Assert.Equal(Enumerable.Range(0, Bookings.PageSize + 1).Select(i => $"Guest{i}"), list.FindAll(".bookings").SelectMany(Guests));
        Assert.Empty(list.FindAll(".more"));
    }

    [Fact]
    public async Task What_is_changed_elsewhere_shows_at_once()
    {
        var booking = await BookAsync(await OpenPageAsync(), Tuesday);
        var list = Open();
        Assert.Equal("11:0030 min", list.Find("time").TextContent);

        await Bookings.RescheduleAsync(House.Admin, booking.Id, Tuesday.AddHours(1), null);
        await list.WaitForAssertionAsync(() => Assert.Equal("12:0030 min", list.Find("time").TextContent));
    }

    [Fact]
    public async Task What_is_done_to_a_meeting_shows_in_the_list()
    {
        var booking = await BookAsync(await OpenPageAsync(e => e with { RequiresApproval = true }), Tuesday);
        var list = Open();

        await list.PressAsync("Approve");

        Assert.Empty(list.FindAll(".tag"));
        Assert.Equal(BookingStatus.Scheduled, (await ReadAsync(booking)).Status);
    }

    [Theory]
    [InlineData("show=everything&host=USR-1&calendar=nothing&of=yesterday")]
    [InlineData("guest=%00&status=%00")]
    [InlineData("show=&host=%27+OR+1%3D1&calendar=&of=9999-99-99")]
    public async Task What_an_address_says_wrongly_is_left_out(string query)
    {
        await BookAsync(await OpenPageAsync(), Tuesday);

        Assert.Equal(["Ada Lovelace"], Open($"/bookings?{query}").FindAll(".bookings").SelectMany(Guests));
    }

    [Fact]
    public async Task Accents_alone_are_in_nobodys_name_and_letters_are_never_cut_in_half()
    {
        await BookAsync(await OpenPageAsync(), Tuesday);

        Assert.Empty(Open("/bookings?guest=%CC%81").FindAll(".bookings").SelectMany(Guests));
        Assert.EndsWith("😀", new BookingFilter { Guest = new string('a', 199) + "😀b" }.Guest, StringComparison.Ordinal);
    }

    private IRenderedComponent<BookingsPage> Open(string address = "/bookings")
    {
        Services.GetRequiredService<NavigationManager>().NavigateTo(address);
        var page = Render<BookingsPage>();
        page.WaitForElement(".bookings, .week, .empty");
        return page;
    }

    private static IEnumerable<string> Guests(IElement list) => list.QuerySelectorAll(".booking-what a").Select(a => a.TextContent);

    private static IEnumerable<string> Options(IRenderedComponent<BookingsPage> page, string select) => page.FindAll($"select[aria-label={select}] option").Select(o => o.TextContent);

    private static Task ChooseAsync(IRenderedComponent<BookingsPage> page, string select, string option) =>
        page.ChangeAsync($"select[aria-label={select}]", page.FindAll($"select[aria-label={select}] option").Single(o => o.TextContent == option).GetAttribute("value"));

    // The parts of an address, those of the choice first.
    private static string Sorted(string address) => address.Split('?')[0] + "?" + string.Join('&', address.Split('?')[1].Split('&').OrderBy(part => part.Split('=')[0] switch { "host" => 0, "calendar" => 1, _ => 2 }));
}
