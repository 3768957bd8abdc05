using Contacts.Core;
using Contacts.Core.Intake.Booking;
using Contacts.Tests.Intake.Booking;
using Contacts.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using static Contacts.Tests.Api.BookedHouse;
using static Contacts.Tests.Intake.Booking.BookingCrowd;

namespace Contacts.Tests.Api;

public class BookingCalendarsApiTests
{
    public static TheoryData<Database> Databases => TestHouse.Databases;

    [Theory, MemberData(nameof(Databases))]
    public async Task A_calendar_is_written_as_OnceHub_writes_it(Database database)
    {
        await using var api = await ApiHouse.OpenAsync(database);
        var page = await api.OpenCalendarAsync(calendar => calendar with { Durations = [45, 30] });

        var calendar = await api.GetAsync($"/v2/booking-calendars/{Id(page)}");

        Assert.Equal((200, $$"""{"object":"booking_calendar","id":"{{Id(page)}}","host":"{{User(api.House.Owner)}}","name":"Talk","subject":"Talk","url":"https://contacts.example/b/acme/talk","published":true,"duration_minutes":45}"""),
            ((int)calendar.Status, calendar.Body));
        Assert.Matches("^BKC-[0-9A-Z]{10}$", Id(page));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Calendars_are_listed_page_by_page_and_found_by_who_hosts_them(Database database)
    {
        await using var api = await ApiHouse.OpenAsync(database);
        var house = api.House;
        var newestFirst = new List<string>();
        foreach (var (name, hosts) in new[] { ("One", new[] { house.Owner }), ("Two", [house.Admin, house.Member]), ("Three", [house.Member]) })
            newestFirst.Insert(0, Id(await OpenAsync(house, OpenAllWeek(hosts[0], hosts[1..]) with { Name = name, Slug = name.ToLowerInvariant() })));

        var first = await api.GetAsync("/v2/booking-calendars?limit=2");
        var second = await api.GetAsync(first.Link("next")!);
        var back = await api.GetAsync(second.Link("previous")!);

        Assert.Equal(newestFirst, first.Ids.Concat(second.Ids));
        Assert.Equal(first.Ids, back.Ids);
        Assert.Equal((null, null), (second.Link("next"), back.Link("previous")));
        Assert.Equal(newestFirst[..2], (await api.GetAsync($"/v2/booking-calendars?host={User(house.Member)}")).Ids);
        Assert.Equal([newestFirst[2]], (await api.GetAsync($"/v2/booking-calendars?host={User(house.Owner)}")).Ids);
        foreach (var nobody in new[] { "TM-GCJU8DLBTPY1", "USR-XXXXXXXXXX" }) Assert.Empty((await api.GetAsync($"/v2/booking-calendars?host={nobody}")).Ids);
    }

    [Fact]
    public async Task A_calendar_is_published_while_somebody_comes_and_it_is_not_archived()
    {
        await using var api = await ApiHouse.OpenAsync();
        var house = api.House;
        var archived = await OpenAsync(house, OpenAllWeek(house.Owner) with { Name = "Old", Slug = "old" });
        await house.Get<BookingCalendars>().ArchiveAsync(house.Admin, archived.Calendar.Id);
        var pool = await OpenAsync(house, OpenAllWeek(house.Owner, house.Member) with { Name = "Pool", Slug = "pool" });
        var everyone = await OpenAsync(house, OpenAllWeek(house.Owner, house.Member) with { Name = "All", Slug = "all", Hosting = HostingMode.Everyone });
        async Task<bool> IsPublishedAsync(BookingPage page) => (await api.GetAsync($"/v2/booking-calendars/{Id(page)}")).Json["published"]!.GetValue<bool>();
        Assert.True(await IsPublishedAsync(everyone));

        // Nobody is removed who hosts a calendar, unless by two writes that cross.
        await house.Gate.RunAsync(house.Account.Id, db => db.Users.Where(u => u.Id == house.Member.UserId).ExecuteUpdateAsync(set => set.SetProperty(u => u.RemovedAt, house.Now)));

        Assert.Equal((false, true, false), (await IsPublishedAsync(archived), await IsPublishedAsync(pool), await IsPublishedAsync(everyone)));
        foreach (var closed in new[] { archived, everyone })
            (await api.GetAsync($"/v2/booking-calendars/{Id(closed)}/time-slots")).IsInvalid("Time slots cannot be retrieved from an unpublished booking calendar.", "id", 422);
    }

    [Theory]
    [InlineData("GET", "")]
    [InlineData("GET", "/time-slots")]
    [InlineData("POST", "/schedule")]
    [InlineData("POST", "/one-time-links")]
    public async Task A_calendar_of_another_account_is_none(string method, string action)
    {
        await using var api = await ApiHouse.OpenAsync();
        var (id, stranger) = (Id(await api.OpenCalendarAsync()), await api.StrangerAsync());
        var body = method == "POST" ? "{}" : null;

        (await api.SendAsync(method, $"/v2/booking-calendars/{id}{action}", body, client: stranger)).IsInvalid($"No such booking calendar: '{id}'", "id", 404);
        (await api.SendAsync(method, $"/v2/booking-calendars/BKC-NOTFOUND{action}", body)).IsInvalid("No such booking calendar: 'BKC-NOTFOUND'", "id", 404);
        Assert.Empty((await api.SendAsync("GET", "/v2/booking-calendars", client: stranger)).Ids);
        (await api.SendAsync("GET", $"/v2/booking-calendars?after={id}", client: stranger)).IsInvalid($"No such booking calendar: '{id}'", "after");
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Time_slots_are_what_the_calendars_page_offers(Database database)
    {
        await using var api = await ApiHouse.OpenAsync(database);
        var page = await api.OpenCalendarAsync(calendar => calendar with { LeadMinutes = 240, Places = [new MeetingPlace(PlaceKind.Video, "https://meet.example/talk"), new MeetingPlace(PlaceKind.PhoneCall), new MeetingPlace(PlaceKind.InPerson, "1 High Street"), new MeetingPlace(PlaceKind.GuestAddress)] });
        await api.BookAsync(page, "ada@example.com", 2);
        var path = $"/v2/booking-calendars/{Id(page)}/time-slots";
        page = (await api.House.Get<BookingDesk>().FindAsync("acme", "talk"))!;

        var week = await api.GetAsync(path);
        var some = await api.GetAsync($"{path}?start_time={Time(page, 3)}&end_time={Time(page, 5)}");
        var month = await api.GetAsync($"{path}?start_time=2026-12-01T00:00:00Z&end_time=2026-12-31T00:00:00Z");

        Assert.Equal(Between(page, api.House.Now, api.House.Now.AddDays(7)), Starts(week));
        Assert.Equal([Time(page, 3), Time(page, 4)], Starts(some));
        Assert.Equal(Between(page, new DateTime(2026, 12, 1, 0, 0, 0, DateTimeKind.Utc), new DateTime(2026, 12, 31, 0, 0, 0, DateTimeKind.Utc)), Starts(month));
        var address = week.Json[0]!["locations"]![2]!["id"]!.GetValue<string>();
        Assert.Matches("^ADD-[0-9A-Z]{10}$", address);
        Assert.Equal($$"""[{"type":"virtual_static","value":null,"id":null},{"type":"guest_phone","value":null,"id":null},{"type":"physical","value":"1 High Street","id":"{{address}}"},{"type":"in_person_by_guest","value":null,"id":null}]""", Plain(week.Json[0]!["locations"]!));
        Assert.Empty(Starts(await api.GetAsync($"{path}?start_time=2020-01-01&end_time=2020-01-02")));
        Assert.Empty(Starts(await api.GetAsync($"{path}?start_time=9999-12-30T00:00:00Z")));
    }

    [Fact]
    public async Task Time_slots_stay_on_the_hosts_clock_over_a_change_to_summer_time()
    {
        await using var api = await ApiHouse.OpenAsync();
        var page = await api.OpenCalendarAsync(calendar => calendar with { WindowDays = 200 });

        // On Sunday 28 March 2027 Berlin's clocks go from 2:00 to 3:00.
        var slots = Starts(await api.GetAsync($"/v2/booking-calendars/{Id(page)}/time-slots?start_time=2027-03-27T00:00:00Z&end_time=2027-03-29T00:00:00Z"));

        Assert.Equal(40, slots.Count); // 8:00 to 18:00, half an hour each, on both days
        Assert.Equal(("2027-03-27T07:00:00.000Z", "2027-03-27T16:30:00.000Z"), (slots[0], slots[19]));
        Assert.Equal(("2027-03-28T06:00:00.000Z", "2027-03-28T15:30:00.000Z"), (slots[20], slots[39]));
    }

    [Fact]
    public async Task Time_slots_of_a_pool_are_those_of_anybody_and_read_in_as_few_statements()
    {
        await using var api = await ApiHouse.OpenAsync();
        var page = await api.OpenCalendarAsync(calendar => calendar with { OtherHostIds = [api.House.Member.UserId!.Value], Hosting = HostingMode.RoundRobin });
        await api.BookAsync(page, "ada@example.com");
        async Task<(int Statements, List<string> Starts)> AskAsync()
        {
            using var queries = new SqlRecord(api.House.Get<ILoggerFactory>());
            var starts = Starts(await api.GetAsync($"/v2/booking-calendars/{Id(page)}/time-slots"));
            return (queries.Sent.Count, starts);
        }
        await AskAsync(); // the key is looked up once

        var one = await AskAsync();
        await api.BookAsync(page, "eve@example.com");
        var both = await AskAsync();

        Assert.Equal((Time(page, 0), Time(page, 1)), (one.Starts[0], both.Starts[0]));
        Assert.Equal(one.Statements, both.Statements);
        Assert.InRange(one.Statements, 1, 6);
    }

    [Theory]
    [InlineData("start_time=2026-12-02&end_time=2026-12-02", "End time must be after the start time.", "end_time")]
    [InlineData("end_time=2020-01-01", "End time must be after the start time.", "end_time")]
    [InlineData("start_time=2026-12-01&end_time=2026-12-31T00:00:01Z", "Ask for at most 30 days at once.", "end_time")]
    [InlineData("start_time=tomorrow", "Invalid date: tomorrow", "start_time")]
    [InlineData("limit=10", "Received unknown parameter: limit", "limit")]
    public async Task A_stretch_of_time_that_makes_no_sense_is_refused(string query, string message, string param)
    {
        await using var api = await ApiHouse.OpenAsync();
        var page = await api.OpenCalendarAsync();

        (await api.GetAsync($"/v2/booking-calendars/{Id(page)}/time-slots?{query}")).IsInvalid(message, param);
    }

    [Theory]
    [InlineData("limit=0", "Out of range value: 0. Please provide a number between 1 and 100.", "limit")]
    [InlineData("after=BKC-1&before=BKC-2", "Received both before and after parameters. Please provide only one.", null)]
    [InlineData("before=BKC-0000000000", "No such booking calendar: 'BKC-0000000000'", "before")]
    [InlineData("expand=data.host", "This property cannot be expanded: data.host", "expand")]
    [InlineData("owner=USR-1", "Received unknown parameter: owner", "owner")]
    public async Task A_query_that_breaks_a_rule_is_refused_in_the_documented_words(string query, string message, string? param)
    {
        await using var api = await ApiHouse.OpenAsync();

        (await api.GetAsync("/v2/booking-calendars?" + query)).IsInvalid(message, param);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_one_time_link_is_good_for_one_booking_and_fills_in_what_it_was_made_with(Database database)
    {
        await using var api = await ApiHouse.OpenAsync(database);
        var page = await api.OpenCalendarAsync(calendar => calendar with { LinkOnly = true, Questions = [new BookingQuestion { Label = "Which days?", Type = "multiple_choice", Options = ["Monday", "Tuesday"] }] });
        Assert.Null(page);
        var id = (await api.GetAsync("/v2/booking-calendars")).Ids[0];

        var made = await api.PostAsync($"/v2/booking-calendars/{id}/one-time-links", new
        {
            hide_url_params = false,
            booking_form = new { name = "Ada & Co", email = "ada@example.com", which_days = new[] { "Monday", "Tuesday", "Someday" } }, utm_params = new { source = "mail", medium = "" },
        });
        var bare = await api.PostAsync($"/v2/booking-calendars/{id}/one-time-links", "");

        Assert.Equal((200, "2026-11-23T09:00:00.000Z"), ((int)made.Status, made.Text("creation_time")));
        Assert.Matches("^LINK-[0-9A-Z]{10}$", made.Text("id"));
        Assert.Matches(@"^https://contacts\.example/b/acme/talk\?link=[\w-]{43}&name=Ada%20%26%20Co&email=ada%40example\.com&which_days=Monday&which_days=Tuesday&utm_source=mail$", made.Text("url"));
        Assert.Matches(@"^https://contacts\.example/b/acme/talk\?link=[\w-]{43}$", bare.Text("url"));
        var opened = await OpenedAsync(api, made.Text("url"));
        await BookingCrowd.BookAsync(api.House, opened!, "ada@example.com");
        Assert.Equal("link", (await Assert.ThrowsAsync<RuleException>(() => OpenedAsync(api, made.Text("url")))).Param);
        api.House.Clock.Advance(TimeSpan.FromDays(90));
        Assert.Equal("link", (await Assert.ThrowsAsync<RuleException>(() => OpenedAsync(api, bare.Text("url")))).Param);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task What_a_link_hides_is_kept_with_it_until_it_is_used_or_expires(Database database)
    {
        await using var api = await ApiHouse.OpenAsync(database);
        var path = $"/v2/booking-calendars/{Id(await api.OpenCalendarAsync())}/one-time-links";
        async Task<string> MakeAsync() => (await api.PostAsync(path, new { hide_url_params = true, booking_form = new { name = "Ada", email = "ada@example.com" }, utm_params = new { source = "mail" } })).Text("url");
        var (used, expired) = (await MakeAsync(), await MakeAsync());
        Assert.Matches(@"\?link=[\w-]{43}$", used);

        var page = (await OpenedAsync(api, used))!;
        Assert.Equal(new Dictionary<string, string> { ["name"] = "Ada", ["email"] = "ada@example.com", ["utm_source"] = "mail" }, page.Link!.Prefill);
        await BookingCrowd.BookAsync(api.House, page, "ada@example.com");
        Assert.Equal(1, await KeptAsync(api));
        Assert.NotNull(await OpenedAsync(api, expired));
        api.House.Clock.Advance(TimeSpan.FromDays(90));
        await api.House.Get<BookingLinks>().ForgetExpiredAsync(api.House.Account.Id);
        Assert.Equal(0, await KeptAsync(api));
    }

    [Fact]
    public async Task A_link_that_cannot_be_is_refused_in_plain_words()
    {
        await using var api = await ApiHouse.OpenAsync();
        var page = await api.OpenCalendarAsync();
        var path = $"/v2/booking-calendars/{Id(page)}/one-time-links";

        (await api.PostAsync(path, new { note = "x" })).IsInvalid("Unsupported fields", "note");
        (await api.PostAsync(path, new { hide_url_params = 1 })).IsInvalid("Invalid hide_url_params: '1'", "hide_url_params");
        (await api.PostAsync(path, new { booking_form = new { shoe_size = "42" } })).IsInvalid("This booking calendar does not ask for 'shoe_size'.", "booking_form");
        (await api.PostAsync(path, new { booking_form = new { name = new string('x', 2001) } })).IsInvalid("Keep what is filled in within 2000 characters.", "booking_form");
        (await api.PostAsync(path, new { utm_params = new { id = "x" } })).IsInvalid("Unsupported fields", "id");
        (await api.PostAsync(path, new { utm_params = new { source = new string('x', 201) } })).IsInvalid("Keep it within 200 characters.", "utm_params.source");
        (await api.SendAsync("POST", path, "", client: await api.MemberAsync())).IsRefused(403, "authentication_error", "Your role does not allow this. Ask an admin of your organisation.", null);
        await api.House.Get<BookingCalendars>().ArchiveAsync(api.House.Admin, page.Calendar.Id);
        (await api.PostAsync(path, "")).IsInvalid($"This booking calendar does not allow creation of one time links: '{Id(page)}'", "id");
        Assert.Empty(await api.House.Get<BookingLinks>().ListAsync(api.House.Admin, page.Calendar.Id));
    }

    private static List<string> Starts(Reply reply) => [.. reply.Json.AsArray().Select(slot => slot!["start_time"]!.GetValue<string>())];

    private static List<string> Between(BookingPage page, DateTime from, DateTime until) =>
        [.. page.Starts.Select(start => start.ToDateTimeUtc()).Where(start => start >= from && start < until).Select(Time)];

    private static Task<BookingPage?> OpenedAsync(ApiHouse api, string url) =>
        api.House.Get<BookingDesk>().FindAsync("acme", "talk", new PageChoice(Link: url.Split("link=")[1].Split('&')[0]));

    private static async Task<int> KeptAsync(ApiHouse api) =>
        (await api.House.Get<BookingLinks>().ListAsync(api.House.Admin, (await api.House.Get<BookingCalendars>().ListAsync(api.House.Admin))[0].Id)).Count(l => l.Prefill.Count > 0);
}
