using Contacts.Core.Intake.Booking;
using Contacts.Tests.Intake.Booking;
using Contacts.Tests.Support;
using Microsoft.EntityFrameworkCore;
using static Contacts.Tests.Api.BookedHouse;

namespace Contacts.Tests.Api;

/// <summary><c>booking_settings</c> of a one-time link.</summary>
public class LinkSettingsApiTests
{
    public static TheoryData<Database> Databases => TestHouse.Databases;

    [Theory, MemberData(nameof(Databases))]
    public async Task Of_a_team_whoever_the_link_names_comes(Database database)
    {
        await using var api = await ApiHouse.OpenAsync(database);
        var house = api.House;
        await api.OpenCalendarAsync(_ => BookingCrowd.OpenAllWeek(house.Owner, house.Member));

        var named = await OpenAsync(api, new { host = " " + (await EmailAsync(house, house.Member)).ToUpperInvariant() });
        var other = await OpenAsync(api, new { host = await EmailAsync(house, house.Admin) });

        Assert.Equal([house.Member.UserId!.Value], named.Hosts.Select(h => h.Id));
        Assert.Equal(named.Hosts[0].Name, named.With);
        Assert.Equal([house.Member.UserId.Value], (await BookingCrowd.BookAsync(house, named, "ada@example.com")).Booking.HostIds);
        Assert.Equal([house.Owner.UserId!.Value, house.Member.UserId.Value], other.Hosts.Select(h => h.Id)); // who hosts nothing there changes nothing
        Assert.Equal([house.Owner.UserId!.Value], (await BookingCrowd.BookAsync(house, other, "eve@example.com", start: 1)).Booking.HostIds);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Whoever_the_link_names_keeps_the_meeting_when_it_moves_until_it_is_given_to_another(Database database)
    {
        await using var api = await ApiHouse.OpenAsync(database);
        var house = api.House;
        var all = await api.OpenCalendarAsync(_ => BookingCrowd.OpenAllWeek(house.Owner, house.Member) with { Durations = [30, 60] });
        var (guests, busy) = (house.Get<GuestBookings>(), all.Starts[4]);
        await BookingCrowd.BookAsync(house, await OpenAsync(api, new { host = await EmailAsync(house, house.Member) }), "bob@example.com", start: 4);
        var (token, booking) = await BookingCrowd.BookAsync(house, await OpenAsync(api, new { host = await EmailAsync(house, house.Member), duration_minutes = 60, skip = new[] { "questions" } }), "ada@example.com");
        async Task<IReadOnlyList<NodaTime.Instant>> StartsAsync() => (await guests.TimesAsync((await guests.FindAsync(token))!))!.Starts;

        Assert.DoesNotContain(busy, await StartsAsync());
        await Assert.ThrowsAsync<Core.RuleException>(() => guests.RescheduleAsync(token, busy.ToDateTimeUtc(), null));
        await guests.RescheduleAsync(token, all.Starts[10].ToDateTimeUtc(), null);
        Assert.Equal([house.Member.UserId!.Value], (await guests.FindAsync(token))!.Booking.HostIds);

        await house.Get<Bookings>().ReassignAsync(house.Owner, booking.Id, house.Owner.UserId!.Value);
        Assert.Contains(busy, await StartsAsync());
        await house.Get<Bookings>().ReassignAsync(house.Owner, booking.Id, house.Member.UserId!.Value);
        await house.Get<Bookings>().AskToRescheduleAsync(house.Owner, booking.Id, null);
        var link = (await guests.LinkInsteadAsync((await guests.FindAsync(token))!))!;
        Assert.Equal((house.Member.UserId, 60, true), (link.Settings.HostId, link.Settings.Minutes, link.Settings.SkipsQuestions));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Who_comes_along_has_to_be_free_and_has_the_time_taken(Database database)
    {
        await using var api = await ApiHouse.OpenAsync(database);
        var house = api.House;
        var alone = await api.OpenCalendarAsync();
        var ofMember = await BookingCrowd.OpenAsync(house, BookingCrowd.OpenAllWeek(house.Member) with { Name = "Other", Slug = "other" });
        await BookingCrowd.BookAsync(house, ofMember, "bob@example.com", start: 1);

        var page = await OpenAsync(api, new { co_hosts = $"{await EmailAsync(house, house.Member)}, {await EmailAsync(house, house.Owner)}" });
        var (token, booking) = await BookingCrowd.BookAsync(house, page, "ada@example.com");

        Assert.Equal([alone.Starts[0], alone.Starts[2]], page.Starts.Take(2));
        Assert.Equal([house.Owner.UserId!.Value, house.Member.UserId!.Value], booking.HostIds);
        Assert.Equal(2, await house.ReadAsync(db => db.TakenTimes.CountAsync(t => t.BookingId == booking.Id)));
        Assert.DoesNotContain(alone.Starts[0], (await house.Get<BookingDesk>().FindAsync("acme", "other"))!.Starts);
        // A booking that moves takes them along, and so does the one that is made instead of it.
        var own = (await house.Get<GuestBookings>().FindAsync(token))!;
        Assert.DoesNotContain(alone.Starts[1], (await house.Get<GuestBookings>().TimesAsync(own))!.Starts);
        await house.Get<Bookings>().AskToRescheduleAsync(house.Owner, booking.Id, null);
        var link = (await house.Get<GuestBookings>().LinkInsteadAsync((await house.Get<GuestBookings>().FindAsync(token))!))!;
        Assert.Equal([house.Member.UserId.Value], link.Settings.CoHostIds);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Whoever_comes_along_in_any_case_takes_no_turn_in_a_team(Database database)
    {
        await using var api = await ApiHouse.OpenAsync(database);
        var house = api.House;
        await api.OpenCalendarAsync(_ => BookingCrowd.OpenAllWeek(house.Owner, house.Member));

        var page = await OpenAsync(api, new { co_hosts = await EmailAsync(house, house.Owner) });

        Assert.Equal([house.Member.UserId!.Value, house.Owner.UserId!.Value], (await BookingCrowd.BookAsync(house, page, "ada@example.com")).Booking.HostIds);
    }

    [Fact]
    public async Task Of_two_guests_who_want_one_of_those_who_come_along_one_gets_the_time()
    {
        await using var api = await ApiHouse.OpenAsync();
        var house = api.House;
        await api.OpenCalendarAsync();
        var other = await BookingCrowd.OpenAsync(house, BookingCrowd.OpenAllWeek(house.Member) with { Name = "Other", Slug = "other" });
        var page = await OpenAsync(api, new { co_hosts = await EmailAsync(house, house.Member) });
        await BookingCrowd.BookAsync(house, other, "bob@example.com");

        var refused = await Assert.ThrowsAsync<Core.RuleException>(() => BookingCrowd.BookAsync(house, page, "ada@example.com"));

        Assert.Equal(("start", BookingDesk.Taken), (refused.Param, refused.Message));
    }

    [Fact]
    public async Task The_length_is_the_links_and_not_the_guests()
    {
        await using var api = await ApiHouse.OpenAsync();
        await api.OpenCalendarAsync(calendar => calendar with { Durations = [30, 60] });

        var page = await OpenAsync(api, new { duration_minutes = 60 }, minutes: 30);

        Assert.Equal(60, page.Minutes);
        Assert.Equal(60, (await BookingCrowd.BookAsync(api.House, page, "ada@example.com")).Booking.Minutes);
    }

    [Fact]
    public async Task Steps_to_skip_are_kept_with_the_link()
    {
        await using var api = await ApiHouse.OpenAsync();
        await api.OpenCalendarAsync();

        Assert.Equal((true, false), await SkipsAsync("contact_info", "co_hosts"));
        Assert.Equal((false, true), await SkipsAsync("questions"));
        Assert.Equal((false, false), await SkipsAsync());

        async Task<(bool, bool)> SkipsAsync(params string[] steps) => (await OpenAsync(api, new { skip = steps })).Link!.Settings is var settings ? (settings.SkipsContact, settings.SkipsQuestions) : default;
    }

    [Fact]
    public async Task What_cannot_be_settled_so_is_refused_in_plain_words()
    {
        await using var api = await ApiHouse.OpenAsync();
        var page = await api.OpenCalendarAsync(calendar => calendar with { Durations = [30, 60] });
        async Task<Reply> SendAsync(object settings) => await api.PostAsync($"/v2/booking-calendars/{Id(page)}/one-time-links", new { booking_settings = settings });

        (await SendAsync("x")).IsInvalid("Must be an object.", "booking_settings");
        (await SendAsync(new { room = "x" })).IsInvalid("Unsupported fields", "room");
        (await SendAsync(new { host = 1 })).IsInvalid("Invalid host: '1'", "host");
        (await SendAsync(new { co_hosts = "nobody@example.com" })).IsInvalid("No such user: 'nobody@example.com'", "booking_settings.co_hosts");
        (await SendAsync(new { duration_minutes = 25 })).IsInvalid("Invalid duration_minutes: '25'. It is one of 30, 60.", "booking_settings.duration_minutes");
        (await SendAsync(new { duration_minutes = 30.5 })).IsInvalid("Invalid duration_minutes: '30.5'. It is one of 30, 60.", "booking_settings.duration_minutes");
        (await SendAsync(new { duration_minutes = "30" })).IsInvalid("Invalid duration_minutes: '\"30\"'. It is one of 30, 60.", "booking_settings.duration_minutes");
        (await SendAsync(new { skip = new[] { "payment" } })).IsInvalid("Invalid skip: '\"payment\"'. It is one of contact_info, questions, co_hosts.", "booking_settings.skip");
        (await SendAsync(new { skip = 1 })).IsInvalid("Invalid skip: '1'. It is one of contact_info, questions, co_hosts.", "booking_settings.skip");
        Assert.Empty(await api.House.Get<BookingLinks>().ListAsync(api.House.Admin, page.Calendar.Id));
    }

    private static async Task<BookingPage> OpenAsync(ApiHouse api, object settings, int? minutes = null)
    {
        var id = (await api.GetAsync("/v2/booking-calendars")).Json["data"]!.AsArray().Single(c => c!["name"]!.GetValue<string>() == "Talk")!["id"]!.GetValue<string>();
        var made = await api.PostAsync($"/v2/booking-calendars/{id}/one-time-links", new { booking_settings = settings });
        return (await api.House.Get<BookingDesk>().FindAsync("acme", "talk", new PageChoice(minutes, made.Text("url").Split("link=")[1])))!;
    }

    private static Task<string> EmailAsync(TestHouse house, Core.Accounts.Caller user) => house.ReadAsync(db => db.Users.Where(u => u.Id == user.UserId).Select(u => u.Email!).SingleAsync());
}
