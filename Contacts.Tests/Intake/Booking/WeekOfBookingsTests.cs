using Bunit;
using Contacts.Core;
using Contacts.Core.Intake.Booking;
using Contacts.Web.Intake.Booking;

namespace Contacts.Tests.Intake.Booking;

public sealed class WeekOfBookingsTests : BookingUiTest
{
    private static readonly DateOnly Monday = new(2026, 11, 23);

    [Fact]
    public async Task Each_day_has_its_meetings_in_order_and_the_others_have_none()
    {
        var page = await OpenPageAsync(e => e with { RequiresApproval = true });
        var late = await BookAsync(page, Tuesday.AddHours(2), "Grace Hopper");
        var early = await BookAsync(page, Tuesday);
        await Bookings.ApproveAsync(House.Owner, early.Id);
        await Bookings.CancelAsync(House.Owner, (await BookAsync(page, Tuesday.AddHours(4), "Mary Shelley")).Id, null);

        var week = await ShowAsync();

        Assert.Equal("23 – 29 November 2026", week.Find("h2").TextContent);
        Assert.Equal(["Monday 23 November", "Tuesday 24 November", "Wednesday 25 November", "Thursday 26 November", "Friday 27 November", "Saturday 28 November", "Sunday 29 November"],
            week.FindAll(".week-day").Select(d => d.GetAttribute("aria-label")));
        var meetings = week.FindAll(".week-day")[1].QuerySelectorAll(".week-meeting").ToList();
        Assert.Equal([["11:00 – 11:30", "Ada Lovelace", "Talk"], ["13:00 – 13:30", "Grace Hopper", "Talk", "Awaits approval"]], meetings.Select(m => m.Children.Select(c => c.TextContent).ToArray()));
        Assert.Equal([early, late], meetings.ConvertAll(m => new[] { early, late }.Single(b => m.GetAttribute("href") == $"/contacts/{PublicId.Format(PublicId.Contact, b.ContactId!.Value)}")));
        Assert.Equal("Iris Ritter", meetings[0].GetAttribute("title"));
        Assert.Equal([0, 2, 3, 4, 5, 6], week.FindAll(".week-day").Select((day, i) => day.TextContent.Contains("No meetings", StringComparison.Ordinal) ? i : -1).Where(i => i >= 0));
    }

    [Fact]
    public async Task A_meeting_stands_on_the_day_it_is_for_whoever_reads()
    {
        var allDay = await OpenPageAsync(e => e with { Hours = [.. OpenHours.Week.Select(day => new OpenHours(day, 0, 24 * 60))] });
        await BookAsync(allDay, new DateTime(2026, 11, 24, 23, 0, 0, DateTimeKind.Utc)); // midnight in Berlin

        Assert.Single((await ShowAsync()).FindAll(".week-day")[2].QuerySelectorAll(".week-meeting"));
    }

    [Fact]
    public async Task One_goes_to_the_weeks_around_and_back_to_this_one_whose_day_is_marked()
    {
        var week = await ShowAsync();

        Assert.Equal(["of=2026-11-16", "of=2026-11-30", "of=2026-11-23"], week.FindAll(".week-head a").Select(a => a.GetAttribute("href")));
        Assert.Equal("Monday 23 November", week.Find(".today").GetAttribute("aria-label"));
        Assert.Empty((await ShowAsync(Monday.AddDays(7))).FindAll(".today"));
    }

    private async Task<IRenderedComponent<WeekOfBookings>> ShowAsync(DateOnly? monday = null)
    {
        var rows = (await Bookings.ListAsync(House.Owner, new BookingFilter())).Bookings;
        return Render<WeekOfBookings>(p => p.Add(w => w.Rows, rows).Add(w => w.Monday, monday ?? Monday).Add(w => w.LinkTo, day => $"of={day:yyyy-MM-dd}"));
    }
}
