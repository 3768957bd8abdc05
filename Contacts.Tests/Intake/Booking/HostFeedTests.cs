using System.Net;
using Contacts.Core.Accounts;
using Contacts.Core.Intake.Booking;
using Contacts.Tests.Support;
using Ical.Net;
using Ical.Net.CalendarComponents;

namespace Contacts.Tests.Intake.Booking;

public class HostFeedTests
{
    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task A_host_reads_their_meetings_in_their_own_calendar_program(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var (desk, guests) = (house.Get<BookingDesk>(), house.Get<GuestBookings>());
        await house.Get<HostSchedules>().RenewFeedAsync(house.Owner);
        await AddAsync(house, "Intro call", house.Owner, new CalendarEdit());
        await AddAsync(house, "Panel", house.Admin, new CalendarEdit { Hosting = HostingMode.Everyone, OtherHostIds = [house.Owner.UserId!.Value], RequiresApproval = true });
        await AddAsync(house, "Not theirs", house.Member, new CalendarEdit());
        var kept = await BookAsync(desk, "intro-call", 0);
        var gone = await BookAsync(desk, "intro-call", 5);
        await guests.CancelAsync(gone, null);
        await BookAsync(desk, "panel", 20);
        await BookAsync(desk, "not-theirs", 0);

        var events = (await ReadAsync(house, house.Owner))!.Events.OrderBy(e => e.DtStart!.AsUtc).ToList();

        Assert.Equal([("Intro call: Ada Lovelace", "CONFIRMED"), ("Intro call: Ada Lovelace", "CANCELLED"), ("Panel: Ada Lovelace", "TENTATIVE")], events.Select(e => (e.Summary!, e.Status!)));
        var booking = (await guests.FindAsync(kept))!.Booking;
        Assert.Equal((booking.Uid, booking.StartsAt, booking.EndsAt), (events[0].Uid, events[0].DtStart!.AsUtc, events[0].DtEnd!.AsUtc));
        Assert.Contains($"{TestHouse.Url}/contacts/CTC-", events[0].Description, StringComparison.Ordinal);
        Assert.Empty(events[0].Attendees);

        house.Clock.Advance(TimeSpan.FromDays(60));
        Assert.Empty((await ReadAsync(house, house.Owner))!.Events);
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task A_new_address_makes_the_old_one_worthless_and_so_does_leaving(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var (schedules, feed) = (house.Get<HostSchedules>(), house.Get<HostFeed>());
        async Task<string> KeyAsync() => (await schedules.FindAsync(house.Member)).Schedule.FeedKey;
        await schedules.RenewFeedAsync(house.Member);
        var old = await KeyAsync();
        Assert.NotNull(await feed.WriteAsync(old));

        await schedules.RenewFeedAsync(house.Member);
        var key = await KeyAsync();

        Assert.Null(await feed.WriteAsync(old));
        Assert.NotNull(await feed.WriteAsync(key));
        await house.Get<Members>().RemoveAsync(house.Owner, house.Member.UserId!.Value);
        Assert.Null(await feed.WriteAsync(key));
    }

    [Fact]
    public async Task A_program_that_asks_again_is_told_that_nothing_changed()
    {
        await using var site = await WebApp.StartAsync(listens: false);
        var schedules = site.Get<HostSchedules>();
        await schedules.RenewFeedAsync(site.Acme.Owner);
        var address = new Uri(site.Get<HostFeed>().AddressOf((await schedules.FindAsync(site.Acme.Owner)).Schedule)).AbsolutePath;
        using var guest = site.Guest();

        var first = await guest.GetAsync(address);
        guest.DefaultRequestHeaders.IfNoneMatch.Add(first.Headers.ETag!);
        var second = await guest.GetAsync(address);
        await BookAsync(site.Get<BookingDesk>(), "intro-call", 0);
        var third = await guest.GetAsync(address);
        await schedules.RenewFeedAsync(site.Acme.Owner);
        var gone = await guest.GetAsync(address);

        Assert.Equal((HttpStatusCode.OK, "text/calendar", "no-cache, private"), (first.StatusCode, first.Content.Headers.ContentType!.MediaType, string.Join(", ", first.Headers.CacheControl!.ToString().Split(", ").Order())));
        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
        Assert.Single(Calendar.Load(await third.Content.ReadAsStringAsync())!.Events);
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
    }

    private static Task<BookingCalendar> AddAsync(TestHouse house, string name, Caller host, CalendarEdit edit) =>
        house.Get<BookingCalendars>().CreateAsync(house.Admin, edit with { Name = name, HostId = host.UserId!.Value, TimeZone = "Europe/Berlin" });

    private static async Task<string> BookAsync(BookingDesk desk, string calendar, int nth)
    {
        var page = (await desk.FindAsync("acme", calendar))!;
        return await desk.BookAsync(page, new BookingRequest
        {
            StartsAt = page.Starts[nth].ToDateTimeUtc(), Name = "Ada Lovelace", Email = "ada@example.com", TimeZone = "Europe/Berlin", FormKey = BookingRequest.NewFormKey(),
        });
    }

    private static async Task<Calendar?> ReadAsync(TestHouse house, Caller host) =>
        Calendar.Load((await house.Get<HostFeed>().WriteAsync((await house.Get<HostSchedules>().FindAsync(host)).Schedule.FeedKey))!);
}
