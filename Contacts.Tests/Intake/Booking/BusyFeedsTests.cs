using System.IO.Compression;
using Contacts.Core;
using Contacts.Core.Accounts;
using Contacts.Core.Intake.Booking;
using Contacts.Tests.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Contacts.Tests.Intake.Booking;

/// <summary>A host's other calendars, read from a server on this machine.</summary>
public sealed class BusyFeedsTests : IAsyncLifetime
{
    private static readonly string Morning = FeedServer.Event("UID:1", "DTSTART;TZID=Europe/Berlin:20261124T090000", "DTEND;TZID=Europe/Berlin:20261124T120000");
    private FeedServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await FeedServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task Who_is_busy_in_another_calendar_is_not_offered_then(Database database)
    {
        await using var house = await OpenAsync(database);
        var before = await OpenPageAsync(house);
        Assert.Contains(before.Starts, IsTuesdayMorning);

        var feed = await Feeds(house).AddAsync(house.Owner, null, _server.Put("/private.ics", Morning));

        var now = (await house.Get<BookingDesk>().FindAsync("acme", "intro-call"))!;
        Assert.Equal(before.Starts.Where(s => !IsTuesdayMorning(s)), now.Starts);
        Assert.Equal("127.0.0.1", feed.Name);
        var refused = await Assert.ThrowsAsync<RuleException>(() => house.Get<BookingDesk>().BookAsync(before, Ask(before, before.Starts.First(IsTuesdayMorning))));
        Assert.Equal(("start", Refusal.Conflict), (refused.Param, refused.Refusal));

        await Feeds(house).RemoveAsync(house.Owner, feed.Id);
        Assert.Equal(before.Starts, (await house.Get<BookingDesk>().FindAsync("acme", "intro-call"))!.Starts);
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task A_booking_that_comes_back_in_the_hosts_calendar_takes_its_time_once_and_can_move(Database database)
    {
        await using var house = await OpenAsync(database);
        var page = await OpenPageAsync(house);
        var token = await house.Get<BookingDesk>().BookAsync(page, Ask(page, page.Starts[0]));
        var booking = (await house.Get<GuestBookings>().FindAsync(token))!.Booking;
        string Event(string uid, DateTime at) => FeedServer.Event($"UID:{uid}", $"DTSTART:{at:yyyyMMdd'T'HHmmss'Z'}", "DURATION:PT2H");

        await Feeds(house).AddAsync(house.Owner, "Private", _server.Put("/private.ics", Event(booking.Uid, booking.StartsAt), Event($"{new string('a', 32)}@contacts", booking.StartsAt.AddDays(7))));

        // Only what another house booked keeps the host away.
        var feed = Assert.Single(await Feeds(house).ListAsync(house.Owner));
        Assert.Equal([new BusySpan(booking.StartsAt.AddDays(7), booking.StartsAt.AddDays(7).AddHours(2))], feed.Busy);
        await house.Get<GuestBookings>().RescheduleAsync(token, booking.StartsAt.AddMinutes(30), null);
        Assert.Equal(booking.StartsAt.AddMinutes(30), (await house.Get<GuestBookings>().FindAsync(token))!.Booking.StartsAt);
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task Calendars_of_who_has_left_are_read_no_more_and_forgotten(Database database)
    {
        await using var house = await OpenAsync(database);
        var (ours, theirs) = (_server.Put("/ours.ics", Morning), _server.Put("/theirs.ics", Morning));
        await Feeds(house).AddAsync(house.Owner, "Ours", ours);
        await Feeds(house).AddAsync(house.Member, "Theirs", theirs);
        await house.Get<Members>().RemoveAsync(house.Admin, house.Member.UserId!.Value);
        house.Clock.Advance(TimeSpan.FromMinutes(10));
        _server.Asked.Clear();

        await house.Get<FeedSweep>().SweepAsync(TestContext.Current.CancellationToken);

        Assert.Equal(["/ours.ics"], _server.Asked.Select(asked => asked.Path));
        Assert.Equal(["Ours"], await house.ReadAsync(db => db.BusyFeeds.Select(f => f.Name).ToListAsync()));
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task Calendars_of_all_accounts_are_read_when_due_and_less_often_the_longer_it_fails(Database database)
    {
        await using var house = await OpenAsync(database);
        var (_, other, _, _) = await house.AddAccountAsync("Globex");
        var (ours, theirs) = (_server.Put("/ours.ics", Morning), _server.Put("/theirs.ics", Morning));
        await Feeds(house).AddAsync(house.Owner, "Ours", ours);
        await Feeds(house).AddAsync(other, "Theirs", theirs);
        _server.Paths["/ours.ics"] = http => Status(http, 503);
        _server.Put("/theirs.ics");
        async Task<int> SweepAsync(TimeSpan later)
        {
            house.Clock.Advance(later);
            _server.Asked.Clear();
            await house.Get<FeedSweep>().SweepAsync(TestContext.Current.CancellationToken);
            return _server.Asked.Count(asked => asked.Path == "/ours.ics");
        }

        Assert.Equal(0, await SweepAsync(TimeSpan.FromMinutes(9)));
        Assert.Equal(1, await SweepAsync(TimeSpan.FromMinutes(1)));

        var failed = Assert.Single(await Feeds(house).ListAsync(house.Owner));
        Assert.Equal(("The server answered 503. Is the address still right?", house.Now.AddMinutes(-10), 1), (failed.Problem, failed.ReadAt, failed.Busy.Count));
        Assert.Empty(Assert.Single(await Feeds(house).ListAsync(other)).Busy);
        // Ten minutes after ten minutes, twenty after twenty ... and six hours at most.
        Assert.Equal((1, 0, 1), (await SweepAsync(TimeSpan.FromMinutes(10)), await SweepAsync(TimeSpan.FromMinutes(10)), await SweepAsync(TimeSpan.FromMinutes(10))));
        Assert.Equal((1, 0, 1), (await SweepAsync(TimeSpan.FromDays(3)), await SweepAsync(TimeSpan.FromHours(5)), await SweepAsync(TimeSpan.FromHours(1))));

        _server.Put("/ours.ics", Morning);
        await Feeds(house).ReadNowAsync(house.Owner, failed.Id);
        var read = Assert.Single(await Feeds(house).ListAsync(house.Owner));
        Assert.Equal((null, house.Now, house.Now.AddMinutes(10)), (read.Problem, read.ReadAt, read.NextReadAt));
    }

    [Fact]
    public async Task What_did_not_change_is_not_sent_again_but_once_a_day()
    {
        await using var house = await OpenAsync(Database.Sqlite);
        _server.Paths["/private.ics"] = http =>
        {
            http.Response.Headers.ETag = "\"v1\"";
            return http.Request.Headers.IfNoneMatch == "\"v1\"" ? Status(http, 304) : http.Response.WriteAsync(FeedServer.Ics(Morning));
        };
        var feed = await Feeds(house).AddAsync(house.Owner, "Private", _server.Address + "/private.ics");
        async Task<string> AskedAsync(TimeSpan later)
        {
            house.Clock.Advance(later);
            await Feeds(house).ReadNowAsync(house.Owner, feed.Id);
            Assert.Equal((house.Now, 1), (await Feeds(house).ListAsync(house.Owner))[0] is var read ? (read.ReadAt, read.Busy.Count) : default);
            return _server.Asked[^1].IfNoneMatch;
        }

        Assert.Equal("\"v1\"", await AskedAsync(TimeSpan.FromHours(1)));
        Assert.Equal("", await AskedAsync(TimeSpan.FromHours(14))); // the next day: a year ahead is a day further
        Assert.Equal("\"v1\"", await AskedAsync(TimeSpan.FromHours(1)));
        await house.Get<HostSchedules>().SaveAsync(house.Owner, new HostHours { TimeZone = "America/New_York" });
        Assert.Equal("", await AskedAsync(TimeSpan.FromHours(1))); // its days lie elsewhere now
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task Everybody_has_calendars_of_their_own(Database database)
    {
        await using var house = await OpenAsync(database);
        var (_, other, _, _) = await house.AddAccountAsync("Globex");
        var feed = await Feeds(house).AddAsync(house.Member, "Private", _server.Put("/private.ics", Morning));

        foreach (var caller in new[] { house.Owner, house.Admin, other })
        {
            Assert.Empty(await Feeds(house).ListAsync(caller));
            Assert.Equal(Refusal.NotFound, (await Assert.ThrowsAsync<RuleException>(() => Feeds(house).RenameAsync(caller, feed.Id, "Mine"))).Refusal);
            Assert.Equal(Refusal.NotFound, (await Assert.ThrowsAsync<RuleException>(() => Feeds(house).RemoveAsync(caller, feed.Id))).Refusal);
            Assert.Equal(Refusal.NotFound, (await Assert.ThrowsAsync<RuleException>(() => Feeds(house).ReadNowAsync(caller, feed.Id))).Refusal);
        }
        await Feeds(house).RenameAsync(house.Member, feed.Id, " Family ");
        Assert.Equal("Family", Assert.Single(await Feeds(house).ListAsync(house.Member)).Name);
    }

    [Theory]
    [InlineData("")]
    [InlineData("calendar.example.com/x.ics")]
    [InlineData("ftp://calendar.example.com/x.ics")]
    [InlineData("file:///etc/passwd")]
    [InlineData("https://ada:secret@calendar.example.com/x.ics")]
    public async Task An_address_that_is_none_is_told_at_its_field(string url)
    {
        await using var house = await OpenAsync(Database.Sqlite);

        Assert.Equal("url", (await Assert.ThrowsAsync<RuleException>(() => Feeds(house).AddAsync(house.Owner, "Private", url))).Param);
    }

    [Fact]
    public void A_webcal_address_is_read_by_https() => Assert.Equal("https://calendar.example.com/x.ics", FeedReader.Check(" WEBCAL://calendar.example.com/x.ics ").AbsoluteUri);

    [Fact]
    public async Task Nothing_inside_the_network_is_read_whatever_it_is_called()
    {
        await using var house = await TestHouse.OpenAsync(Database.Sqlite);
        var port = new Uri(_server.Put("/private.ics", Morning)).Port;

        foreach (var host in new[] { "127.0.0.1", "localhost", "2130706433", "0x7f.1", "[::1]", "[::ffff:127.0.0.1]", "0.0.0.0", "169.254.169.254" })
            Assert.Equal((host, "url", OutsideNetwork.Inside), await RefusedAsync(house, $"http://{host}:{port}/private.ics") is var (param, message) ? (host, param, message) : default);

        Assert.Empty(_server.Asked);
        Assert.Empty(await Feeds(house).ListAsync(house.Owner));
    }

    [Fact]
    public async Task A_redirect_is_followed_only_as_far_as_an_address_may_go()
    {
        await using var house = await OpenAsync(Database.Sqlite);
        var target = _server.Put("/private.ics", Morning);
        string Redirect(string path, string to)
        {
            _server.Paths[path] = http =>
            {
                http.Response.Redirect(to);
                return Task.CompletedTask;
            };
            return _server.Address + path;
        }

        await Feeds(house).AddAsync(house.Owner, "Moved", Redirect("/moved.ics", target));
        Assert.Equal(("url", "The address leads from one to the next without an end."), await RefusedAsync(house, Redirect("/round.ics", "/round.ics")));
        Assert.Equal(FeedReader.MaxRedirects + 1, _server.Asked.Count(asked => asked.Path == "/round.ics"));
        Assert.Equal("url", (await RefusedAsync(house, Redirect("/file.ics", "file:///etc/passwd"))).Param);
        Assert.Contains("name and password", (await RefusedAsync(house, Redirect("/named.ics", target.Replace("://", "://ada:secret@", StringComparison.Ordinal)))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_too_large_or_no_calendar_or_not_there_says_so_and_saves_nothing()
    {
        await using var house = await OpenAsync(Database.Sqlite);
        _server.Paths["/endless.ics"] = http => WriteAsync(http, http.Response.Body, FeedReader.MaxBytes * 4);
        _server.Paths["/packed.ics"] = async http =>
        {
            http.Response.Headers.ContentEncoding = "gzip";
            await using var packed = new GZipStream(http.Response.Body, CompressionLevel.Fastest);
            await WriteAsync(http, packed, FeedReader.MaxBytes * 4);
        };
        _server.Paths["/page.ics"] = http => http.Response.WriteAsync("<!doctype html><p>Sign in");

        Assert.Equal(("url", "The calendar is larger than 5 MB."), await RefusedAsync(house, _server.Address + "/endless.ics"));
        Assert.Equal(("url", "The calendar is larger than 5 MB."), await RefusedAsync(house, _server.Address + "/packed.ics"));
        Assert.Equal(("url", "What is there is not a calendar (ICS)."), await RefusedAsync(house, _server.Address + "/page.ics"));
        Assert.Equal(("url", "The server answered 404. Is the address still right?"), await RefusedAsync(house, _server.Address + "/nothing.ics"));
        Assert.Equal(("url", "The server could not be reached, or broke off."), await RefusedAsync(house, "http://127.0.0.1:1/x.ics"));
        Assert.Empty(await Feeds(house).ListAsync(house.Owner));
    }

    [Fact]
    public async Task A_calendar_is_there_once_and_ten_are_the_most()
    {
        await using var house = await OpenAsync(Database.Sqlite);
        for (var i = 0; i < BusyFeed.MaxCount; i++) await Feeds(house).AddAsync(house.Owner, $"Calendar {i}", _server.Put($"/{i}.ics", Morning));

        Assert.Equal(("url", "This calendar is here already."), await RefusedAsync(house, _server.Address + "/3.ics"));
        Assert.Equal(("url", "At most 10 calendars can be read. Remove one first."), await RefusedAsync(house, _server.Put("/more.ics", Morning)));
        Assert.DoesNotContain(_server.Asked, asked => asked.Path == "/more.ics");
    }

    private static Task<TestHouse> OpenAsync(Database database) => TestHouse.OpenAsync(database, services => services.AddSingleton(new OutsideNetwork(AllowsPrivate: true)));

    private static BusyFeeds Feeds(TestHouse house) => house.Get<BusyFeeds>();

    private static async Task<(string? Param, string Message)> RefusedAsync(TestHouse house, string url)
    {
        var refused = await Assert.ThrowsAsync<RuleException>(() => Feeds(house).AddAsync(house.Owner, "Private", url));
        return (refused.Param, refused.Message);
    }

    private static Task Status(HttpContext http, int status)
    {
        http.Response.StatusCode = status;
        return Task.CompletedTask;
    }

    private static async Task WriteAsync(HttpContext http, Stream body, int bytes)
    {
        var block = new byte[64 * 1024];
        try
        {
            for (var sent = 0; sent < bytes; sent += block.Length) await body.WriteAsync(block, http.RequestAborted);
        }
        catch (Exception error) when (error is IOException or OperationCanceledException)
        {
            // The reader has had enough.
        }
    }

    private static bool IsTuesdayMorning(NodaTime.Instant start) => start.ToDateTimeUtc() is { Day: 24, Month: 11, Hour: >= 8 and < 11 };

    private static async Task<BookingPage> OpenPageAsync(TestHouse house)
    {
        await house.Get<BookingCalendars>().CreateAsync(house.Admin, new CalendarEdit { Name = "Intro call", HostId = house.Owner.UserId!.Value, TimeZone = "Europe/Berlin" });
        return (await house.Get<BookingDesk>().FindAsync("acme", "intro-call"))!;
    }

    private static BookingRequest Ask(BookingPage page, NodaTime.Instant start) => new()
    {
        StartsAt = start.ToDateTimeUtc(), Name = "Ada Lovelace", Email = "ada@example.com", TimeZone = page.Calendar.TimeZone, FormKey = BookingRequest.NewFormKey(),
    };
}
