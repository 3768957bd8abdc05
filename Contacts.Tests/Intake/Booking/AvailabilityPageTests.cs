using Bunit;
using Contacts.Core;
using Contacts.Core.Accounts;
using Contacts.Core.Intake.Booking;
using Contacts.Tests.Support;
using Contacts.Web.Intake.Booking;
using Contacts.Web.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace Contacts.Tests.Intake.Booking;

/// <summary>Where hosts keep their hours; Iris Ritter is signed in.</summary>
public sealed class AvailabilityPageTests : UiTest
{
    [Fact]
    public async Task Hours_are_split_copied_and_saved()
    {
        var page = Open();

        page.Find("[aria-label='Monday to']").Change("12:00");
        page.Find("[aria-label='Add hours on Monday']").Click();
        await page.ClickAsync("[aria-label='Copy the hours of Monday to Monday to Friday']");
        await page.ClickAsync("[aria-label='Remove these hours of Friday']");
        await SaveAsync(page);

        var hours = (await OwnAsync()).Schedule.Hours;
        Assert.Equal([(540, 720), (780, 840)], hours.Where(h => h.Day == DayOfWeek.Wednesday).Select(h => (h.From, h.To)));
        Assert.Equal([(780, 840)], hours.Where(h => h.Day == DayOfWeek.Friday).Select(h => (h.From, h.To)));
        Assert.Contains("Saved", page.Find("[role=status]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_date_is_a_day_off_until_it_gets_hours_and_holidays_are_a_countrys()
    {
        var page = Open();

        page.FindAll("button").Single(b => b.TextContent == "Add date").Click();
        page.FindAll("button").Single(b => b.TextContent == "Add date").Click();
        page.Find("[aria-label='Date 1']").Change("2026-12-24");
        page.Find("[aria-label='Date 2']").Change("2026-12-31");
        page.Find("[aria-label='Add hours on Thu 31 December 2026']").Click();
        page.FindAll("select")[^1].Change("DE");
        await SaveAsync(page);

        var saved = (await OwnAsync()).Schedule;
        Assert.Equal([(new DateOnly(2026, 12, 24), 0), (new DateOnly(2026, 12, 31), 1)], saved.Overrides.Select(o => (o.Date, o.Spans.Count)));
        Assert.Equal("DE", saved.HolidayCountry);
    }

    [Fact]
    public async Task What_is_wrong_is_said_at_its_day_and_what_was_typed_stays()
    {
        var page = Open();

        page.Find("[aria-label='Tuesday to']").Change("08:00");
        await SaveAsync(page);

        Assert.Equal("The end must be after the start.", page.Find("[aria-label=Tuesday] .input-error").TextContent);
        Assert.Equal("08:00", page.Find("[aria-label='Tuesday to']").GetAttribute("value"));
        Assert.False((await OwnAsync()).IsSaved);
    }

    [Fact]
    public async Task An_address_inside_the_network_is_refused_at_its_field()
    {
        var page = Open();
        var form = page.Find("form[aria-label='Add a calendar']");

        form.QuerySelector("input")!.Input("http://127.0.0.1/private.ics");
        await page.SubmitAsync("form[aria-label='Add a calendar']");

        page.WaitForAssertion(() => Assert.Contains(OutsideNetwork.Inside, page.Find("form[aria-label='Add a calendar']").TextContent, StringComparison.Ordinal));
        Assert.Empty(await House.Get<BusyFeeds>().ListAsync(House.Owner));
    }

    [Fact]
    public async Task A_calendar_that_cannot_be_read_says_so_and_since_when_what_it_holds_is_from()
    {
        await House.Gate.RunAsync(House.Account.Id, db =>
        {
            var feed = new BusyFeed(House.Account.Id, House.Owner.UserId!.Value, "Private", "https://calendar.example.com/secret.ics", House.Now);
            feed.Took(new FeedContent([new BusySpan(House.Now, House.Now.AddHours(1))], null), House.Now.AddHours(-3));
            feed.Failed("The server answered 404. Is the address still right?", House.Now);
            db.BusyFeeds.Add(feed);
            return Task.FromResult(true);
        });

        var line = Open().Find("[role=group][aria-label=Private]");

        Assert.Contains("The server answered 404. Is the address still right? What was read 3 h ago still holds.", line.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("secret.ics", line.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_address_of_ones_own_meetings_is_made_copied_and_made_anew()
    {
        var page = Open();

        await page.PressAsync("Make an address");
        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll("[data-copy]")));
        var first = page.Find("[data-copy]").GetAttribute("data-copy");
        var asked = page.PressAsync("New address");
        await DialogHost.WaitForElement(".mud-message-box__yes-button").ClickAsync(new());
        await asked;

        Assert.StartsWith($"{TestHouse.Url}/feeds/", first, StringComparison.Ordinal);
        page.WaitForAssertion(() => Assert.NotEqual(first, page.Find("[data-copy]").GetAttribute("data-copy")));
    }

    [Fact]
    public async Task Who_moved_is_asked_and_the_hours_go_along()
    {
        await House.Get<HostSchedules>().SaveAsync(House.Owner, new HostHours { TimeZone = "Europe/Berlin" });
        await House.Get<Members>().UpdateProfileAsync(House.Owner, House.Owner.Name, "America/New_York", Theme.System);
        var page = Open();

        Assert.Contains("You are in New York now; your hours are kept in Berlin.", page.Find("[aria-label='Your time zone']").TextContent, StringComparison.Ordinal);
        await page.PressAsync("Move them to New York");

        page.WaitForAssertion(() => Assert.Empty(page.FindAll("[aria-label='Your time zone']")));
        Assert.Equal("America/New_York", (await OwnAsync()).Schedule.TimeZone);
        Assert.Equal("America/New_York", page.Find($"#{page.FindAll("label").Single(l => l.TextContent == "Time zone").GetAttribute("for")}").GetAttribute("value"));
    }

    [Fact]
    public void An_admin_chooses_whose_hours_they_keep()
    {
        var page = Open();

        page.Find($"#{page.FindAll("label").Single(l => l.TextContent == "Whose hours").GetAttribute("for")}").Change($"{House.Member.UserId}");

        Assert.EndsWith($"/settings/availability?user={House.Member.UserId}", Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal);
    }

    [Fact]
    public void An_admin_sees_the_hours_of_others_and_none_of_their_calendars()
    {
        Services.GetRequiredService<NavigationManager>().NavigateTo($"/settings/availability?user={House.Member.UserId}");
        var page = Open();

        Assert.Equal("Availability of Mei Chou", page.Find("h1").TextContent);
        Assert.Empty(page.FindAll("#feeds, #own-feed"));
    }

    private IRenderedComponent<AvailabilityPage> Open() => Render<AvailabilityPage>(p => p.AddCascadingValue(new LocalTime("Europe/Berlin", House.Clock)));

    private Task<HostOwnHours> OwnAsync() => House.Get<HostSchedules>().FindAsync(House.Owner);

    private static async Task SaveAsync(IRenderedComponent<AvailabilityPage> page)
    {
        await page.SubmitAsync("form[aria-label=Hours]");
        page.WaitForState(() => !page.Find("form[aria-label=Hours] fieldset").HasAttribute("disabled"));
    }
}
