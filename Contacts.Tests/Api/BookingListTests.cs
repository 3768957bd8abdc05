using Contacts.Core;
using Contacts.Core.Accounts;
using Contacts.Core.Intake.Booking;
using Contacts.Tests.Support;
using Microsoft.Extensions.Logging;
using Contacts.Tests.Intake.Booking;
using static Contacts.Tests.Api.BookedHouse;
using static Contacts.Tests.Intake.Booking.BookingCrowd;

namespace Contacts.Tests.Api;

public class BookingListTests
{
    public static TheoryData<Database> Databases => TestHouse.Databases;

    [Theory, MemberData(nameof(Databases))]
    public async Task Pages_follow_one_another_both_ways_while_guests_book(Database database)
    {
        await using var api = await ApiHouse.OpenAsync(database);
        var page = await api.OpenCalendarAsync();
        var newestFirst = new List<string>();
        // Booked from the last time to the first: made in another order than they take place.
        for (var n = 6; n >= 0; n--) newestFirst.Insert(0, await api.BookAsync(page, $"guest{n}@example.com", n));

        var first = await api.GetAsync("/v2/bookings?limit=3");
        await api.BookAsync(page, "late@example.com", 10);
        var second = await api.GetAsync(first.Link("next")!);
        var third = await api.GetAsync(second.Link("next")!);
        var back = await api.GetAsync(second.Link("previous")!);
        var top = await api.GetAsync(back.Link("previous")!);

        Assert.Equal(newestFirst, first.Ids.Concat(second.Ids).Concat(third.Ids));
        Assert.Equal((true, true, false), (HasMore(first), HasMore(second), HasMore(third)));
        Assert.Equal((null, null), (first.Link("previous"), third.Link("next")));
        Assert.Equal((first.Body.Replace("\"has_more\":true", "", StringComparison.Ordinal), true), (back.Body.Replace("\"has_more\":true", "", StringComparison.Ordinal), HasMore(back)));
        Assert.Single(top.Ids);
        Assert.Equal((false, null), (HasMore(top), top.Link("previous")));
    }

    [Fact]
    public async Task The_link_header_is_absolute_and_keeps_filters_and_expansions()
    {
        await using var api = await ApiHouse.OpenAsync();
        var page = await api.OpenCalendarAsync();
        for (var n = 0; n < 2; n++) await api.BookAsync(page, $"guest{n}@example.com", n);

        var list = await api.GetAsync("/v2/bookings?limit=1&status=scheduled&expand=data.owner");

        Assert.Equal($"<https://contacts.example/v2/bookings?after={list.Ids[0]}&limit=1&status=scheduled&expand=data.owner>; rel=\"next\"", list.Header("Link"));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Bookings_are_found_by_how_they_stand(Database database)
    {
        await using var api = await ApiHouse.OpenAsync(database);
        var page = await api.OpenCalendarAsync();
        var (house, bookings) = (api.House, api.House.Get<Bookings>());
        var asked = await OpenAsync(house, OpenAllWeek(house.Member) with { Name = "Asked", Slug = "asked", RequiresApproval = true });
        var ids = new Dictionary<string, string> { ["requested"] = await api.BookAsync(asked, "asked@example.com", 9), ["completed"] = await api.BookAsync(page, "completed@example.com", 1) };
        foreach (var (status, start) in new[] { ("no_show", 0), ("scheduled", 9), ("canceled", 10), ("rescheduled", 11) }) ids[status] = await api.BookAsync(page, $"{status}@example.com", start);
        await bookings.CancelAsync(house.Owner, Number(ids["canceled"]), null);
        await bookings.RescheduleAsync(house.Owner, Number(ids["rescheduled"]), page.Starts[12].ToDateTimeUtc(), null);
        house.Clock.SetUtcNow(page.Starts[2].ToDateTimeOffset());
        await bookings.MarkNoShowAsync(house.Owner, Number(ids["no_show"]), true);

        foreach (var (status, id) in ids)
        {
            var found = await api.GetAsync($"/v2/bookings?status={status}");
            Assert.Equal((status, id), (status, Assert.Single(found.Ids)));
            Assert.Equal(status, found.Json["data"]![0]!["status"]!.GetValue<string>());
        }
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Bookings_are_found_by_whom_and_what_they_are_with(Database database)
    {
        await using var api = await ApiHouse.OpenAsync(database);
        var page = await api.OpenCalendarAsync();
        var house = api.House;
        var everyone = await OpenAsync(house, OpenAllWeek(house.Member, house.Owner) with { Name = "All", Slug = "all", Hosting = HostingMode.Everyone });
        var (alone, together) = (await api.BookAsync(page, "ada@example.com", 5), await api.BookAsync(everyone, "eve@example.com"));
        var ada = (await api.GetAsync($"/v2/bookings/{alone}")).Text("contact");

        async Task<List<string>> FoundAsync(string query) => (await api.GetAsync("/v2/bookings?" + query)).Ids;
        Assert.Equal([alone], await FoundAsync($"owner={User(house.Owner)}"));
        Assert.Equal([together], await FoundAsync($"owner={User(house.Member)}"));
        Assert.Equal([together, alone], await FoundAsync($"host={User(house.Owner)}"));
        Assert.Equal([together], await FoundAsync($"host={User(house.Member)}"));
        Assert.Empty(await FoundAsync($"host={User(house.Admin)}"));
        Assert.Equal([alone], await FoundAsync($"contact={ada}"));
        Assert.Equal([together], await FoundAsync($"booking_calendar={Id(everyone)}"));
        Assert.Empty(await FoundAsync($"booking_calendar={Id(everyone)}&contact={ada}"));
        foreach (var nobody in new[] { "owner=USR-XXXXXXXXXX", "host=team", "contact=CTC-1", "booking_calendar=BKC-1", "booking_page=BP-X0LCRU5LES", "master_page=MP-1", "event_type=ET-1" })
            Assert.Empty(await FoundAsync(nobody));
        Assert.Equal(2, (await FoundAsync("booking_calendar=&host=&owner=&status=&expand=")).Count);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Bookings_are_found_by_their_times(Database database)
    {
        await using var api = await ApiHouse.OpenAsync(database);
        var page = await api.OpenCalendarAsync();
        var ids = new List<string>();
        for (var n = 0; n < 3; n++)
        {
            ids.Add(await api.BookAsync(page, $"guest{n}@example.com", n + 4));
            api.House.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        async Task<IEnumerable<string>> FoundAsync(string query) => (await api.GetAsync("/v2/bookings?" + query)).Ids.Order(StringComparer.Ordinal);
        Assert.Equal([ids[2]], await FoundAsync("creation_time.gt=2026-11-23T09:01:00Z"));
        Assert.Equal([ids[0]], await FoundAsync("creation_time.lt=2026-11-23T09:01:00Z"));
        Assert.Equal([ids[2]], await FoundAsync($"starting_time.gt={Time(page, 5)}"));
        Assert.Equal([ids[0]], await FoundAsync($"starting_time.lt={Time(page, 5)}"));
        Assert.Equal([ids[1]], await FoundAsync($"starting_time.gt={Time(page, 4)}&starting_time.lt={Time(page, 6)}"));
        Assert.Equal(ids.Order(StringComparer.Ordinal), await FoundAsync("creation_time.gt=2026-11-23&starting_time.gt=2026-11-23"));
        Assert.Empty(await FoundAsync("creation_time.gt=2026-11-24"));
        await api.PostAsync($"/v2/bookings/{ids[0]}/cancel", "");
        Assert.Equal([ids[0]], await FoundAsync("last_updated_time.gt=2026-11-23T09:02:00Z"));
        Assert.Equal([ids[1]], await FoundAsync("last_updated_time.lt=2026-11-23T09:02:00Z"));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_meeting_that_came_to_its_end_was_updated_then(Database database)
    {
        await using var api = await ApiHouse.OpenAsync(database);
        var page = await api.OpenCalendarAsync();
        var (over, _) = (await api.BookAsync(page, "ada@example.com"), await api.BookAsync(page, "eve@example.com", 8));
        var end = page.Starts[0].ToDateTimeUtc().AddMinutes(30);
        Assert.Empty((await api.GetAsync("/v2/bookings?last_updated_time.gt=2026-11-23T09:15:00Z")).Ids);

        api.House.Clock.SetUtcNow(end.AddMinutes(1));
        var news = await api.GetAsync("/v2/bookings?last_updated_time.gt=2026-11-23T09:15:00Z");

        Assert.Equal([over], news.Ids);
        // After a year the same is looked up in another way.
        api.House.Clock.Advance(TimeSpan.FromDays(365));
        Assert.Equal(2, (await api.GetAsync("/v2/bookings?last_updated_time.gt=2026-11-23T09:15:00Z")).Ids.Count);
        Assert.Empty((await api.GetAsync("/v2/bookings?last_updated_time.gt=2026-11-24")).Ids);
        Assert.Equal(("completed", Time(end)), (news.Json["data"]![0]!["status"]!.GetValue<string>(), news.Json["data"]![0]!["last_updated_time"]!.GetValue<string>()));
        Assert.DoesNotContain(over, (await api.GetAsync($"/v2/bookings?last_updated_time.lt={Time(end)}")).Ids);
        Assert.Contains(over, (await api.GetAsync($"/v2/bookings?last_updated_time.lt={Time(end.AddMilliseconds(1))}")).Ids);
    }

    [Fact]
    public async Task What_changed_since_a_short_while_is_not_looked_for_among_all_there_is()
    {
        await using var api = await ApiHouse.OpenAsync();
        await api.GetAsync("/v2/bookings");
        using var queries = new SqlRecord(api.House.Get<ILoggerFactory>());
        await api.GetAsync("/v2/bookings?last_updated_time.gt=2026-11-23T08:59:00Z");
        var sql = Assert.Single(queries.Sent, sent => sent.Contains("\"Bookings\"", StringComparison.Ordinal));

        var plan = await api.House.ReadAsync(db => QueryPlan.OfAsync(db, sql[sql.IndexOf("SELECT", StringComparison.Ordinal)..]));

        Assert.Contains(plan, step => step.Contains("IX_Bookings_AccountId_ChangedAt (AccountId=? AND ChangedAt>?)", StringComparison.Ordinal));
        Assert.Contains(plan, step => step.Contains("IX_Bookings_AccountId_StartsAt_Id (AccountId=? AND StartsAt>? AND StartsAt<?)", StringComparison.Ordinal));
        Assert.Contains(plan, step => step.Contains("(AccountId=? AND Id=?", StringComparison.Ordinal));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task What_a_booking_points_to_is_given_whole_where_it_is_asked_for(Database database)
    {
        await using var api = await ApiHouse.OpenAsync(database);
        var page = await api.OpenCalendarAsync();
        var id = await api.BookAsync(page, "ada@example.com");

        var list = (await api.GetAsync("/v2/bookings?expand=data.contact,data.owner&expand=booking_calendar,data.booking_page,conversation")).Json["data"]![0]!;
        var one = (await api.GetAsync($"/v2/bookings/{id}?expand=contact,%20owner,booking_calendar,event_type,master_page")).Json;

        Assert.Equal((await api.GetAsync($"/v2/contacts/{(await api.GetAsync($"/v2/bookings/{id}")).Text("contact")}")).Body, Plain(list["contact"]!));
        Assert.Equal($$"""{"object":"user","id":"{{User(api.House.Owner)}}","first_name":"Iris","last_name":"Ritter","email":"owner@acme.example","status":"active","role_name":"Account Owner","timezone":"Europe/Berlin","teams":[]}""", Plain(list["owner"]!));
        Assert.Equal((await api.GetAsync($"/v2/booking-calendars/{Id(page)}")).Body, Plain(list["booking_calendar"]!));
        Assert.Equal(Plain(list), Plain(one));
    }

    [Fact]
    public async Task What_was_deleted_is_expanded_to_what_is_left_of_it()
    {
        await using var api = await ApiHouse.OpenAsync();
        var theirs = await OpenAsync(api.House, OpenAllWeek(api.House.Member) with { Name = "Theirs", Slug = "theirs" });
        var contact = (await api.GetAsync($"/v2/bookings/{await api.BookAsync(theirs, "ada@example.com")}")).Text("contact");
        await api.SendAsync("DELETE", $"/v2/contacts/{contact}");
        await api.House.Get<BookingCalendars>().ArchiveAsync(api.House.Admin, theirs.Calendar.Id);
        api.House.Clock.Advance(theirs.Starts[0].ToDateTimeUtc().AddHours(1) - api.House.Now);
        await api.House.Get<Members>().RemoveAsync(api.House.Owner, api.House.Member.UserId!.Value);

        var booking = (await api.GetAsync("/v2/bookings?expand=data.contact,data.owner")).Json["data"]![0]!;

        Assert.Equal($$"""{"id":"{{contact}}","object":"contact","deleted":true}""", Plain(booking["contact"]!));
        Assert.Equal($$"""{"id":"{{User(api.House.Member)}}","object":"user","deleted":true}""", Plain(booking["owner"]!));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_long_list_is_read_in_as_few_statements_as_a_short_one(Database database)
    {
        await using var api = await ApiHouse.OpenAsync(database);
        var page = await api.OpenCalendarAsync();
        var everything = "/v2/bookings?limit=100&expand=data.contact,data.owner,data.booking_calendar&host=" + User(api.House.Owner);
        async Task<int> CountAsync()
        {
            using var queries = new SqlRecord(api.House.Get<ILoggerFactory>());
            Assert.Equal(200, (int)(await api.GetAsync(everything)).Status);
            return queries.Sent.Count;
        }
        await api.PostAsync($"/v2/bookings/{await api.BookAsync(page, "guest@example.com")}/cancel", "");
        await CountAsync(); // the key is looked up once
        var few = await CountAsync();
        for (var n = 1; n < 20; n++) await api.BookAsync(page, $"guest{n}@example.com", n);

        Assert.Equal(few, await CountAsync());
        Assert.InRange(few, 1, 10);
    }

    [Theory]
    [InlineData("status=open", "Invalid status: 'open'. It is one of requested, scheduled, rescheduled, completed, canceled, no_show.", "status")]
    [InlineData("limit=500", "Out of range value: 500. Please provide a number between 1 and 100.", "limit")]
    [InlineData("after=BKNG-1&before=BKNG-2", "Received both before and after parameters. Please provide only one.", null)]
    [InlineData("after=BKNG-XXXX", "No such booking: 'BKNG-XXXX'", "after")]
    [InlineData("before=BKNG-0000000000", "No such booking: 'BKNG-0000000000'", "before")]
    [InlineData("starting_time.gt=2026-02-01&starting_time.lt=2026-01-01", "starting_time.gt cannot be later than starting_time.lt", "starting_time.gt")]
    [InlineData("last_updated_time.gt=2026-02-01&last_updated_time.lt=2026-01-01", "last_updated_time.gt cannot be later than last_updated_time.lt", "last_updated_time.gt")]
    [InlineData("creation_time.lt=2025-13-45T99:99:99Z", "Invalid date: 2025-13-45T99:99:99Z", "creation_time.lt")]
    [InlineData("expand=data.invalid_property", "This property cannot be expanded: data.invalid_property", "expand")]
    [InlineData("expand=data.contact.owner", "This property cannot be expanded: data.contact.owner", "expand")]
    [InlineData("start_date=2026-01-01", "Received unknown parameter: start_date", "start_date")]
    public async Task A_query_that_breaks_a_rule_is_refused_in_the_documented_words(string query, string message, string? param)
    {
        await using var api = await ApiHouse.OpenAsync();

        (await api.GetAsync("/v2/bookings?" + query)).IsInvalid(message, param);
    }

    [Fact]
    public async Task A_stranger_sees_none_of_them()
    {
        await using var api = await ApiHouse.OpenAsync();
        var page = await api.OpenCalendarAsync();
        var (id, stranger) = (await api.BookAsync(page, "ada@example.com"), await api.StrangerAsync());

        Assert.Equal("""{"object":"list","data":[],"has_more":false}""", (await api.SendAsync("GET", "/v2/bookings", client: stranger)).Body);
        (await api.SendAsync("GET", $"/v2/bookings?after={id}", client: stranger)).IsInvalid($"No such booking: '{id}'", "after");
        (await api.GetAsync($"/v2/bookings/{id}?expand=data.contact")).IsInvalid("This property cannot be expanded: data.contact", "expand");
    }

    private static bool HasMore(Reply reply) => reply.Json["has_more"]!.GetValue<bool>();

    private static long Number(string id) => PublicId.Parse(PublicId.Booking, id)!.Value;
}
