using Contacts.Core;
using Contacts.Core.Tracking;
using Contacts.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Contacts.Tests.Tracking;

public sealed class PageViewDeskTests
{
    private const string Ada = "0123456789abcdef0123456789abcdef", Page = "https://www.acme.example/pricing";

    public static TheoryData<Database> Databases => TestHouse.Databases;

    [Theory, MemberData(nameof(Databases))]
    public async Task A_visit_ends_after_thirty_idle_minutes_and_its_visitor_remembers_what_led_to_the_first(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);

        await ReportAsync(house, Page + "?utm_source=news&utm_campaign=may", device: DeviceClass.Phone);
        house.Clock.Advance(TimeSpan.FromMinutes(30));
        await ReportAsync(house, "https://www.acme.example/docs", "https://www.acme.example");
        house.Clock.Advance(TimeSpan.FromMinutes(31));
        await ReportAsync(house, Page, "https://search.example");

        var visitor = Assert.Single(await house.ReadAsync(db => db.Visitors.ToListAsync()));
        Assert.Equal((2, house.Now, Page, "news, may", DeviceClass.Phone, false), (visitor.Visits, visitor.LastSeenAt, visitor.Landing, visitor.Source, visitor.Device, visitor.IsBot));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task The_time_on_a_page_is_kept_with_its_latest_view_and_only_grows(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await ReportAsync(house, Page);
        await ReportAsync(house, Page);

        foreach (var seconds in new[] { 12, 40, 5 }) await ReceiveAsync(house, Report(Page) with { Seconds = seconds });

        Assert.Equal([null, 40], await house.ReadAsync(db => db.PageViews.OrderBy(v => v.Id).Select(v => v.Seconds).ToListAsync()));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_yes_and_its_withdrawal_are_recorded_and_obeyed_until_the_next_yes(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);

        await ReceiveAsync(house, Report(Page + "?x=1") with { Title = null, Choice = "granted", Wording = "0" }, new ReportSender(Network: "203.0.113.0/24"));
        await ReportAsync(house, Page);
        house.Clock.Advance(TimeSpan.FromMinutes(1));
        await ReceiveAsync(house, Report(Page) with { Title = null, Choice = "denied", Wording = "site" });
        await ReportAsync(house, "https://www.acme.example/after");
        var revoked = await house.ReadAsync(db => db.Visitors.Select(v => v.RevokedAt).SingleAsync());
        await ReceiveAsync(house, Report(Page) with { Title = null, Choice = "granted", Wording = "2" });
        await ReportAsync(house, "https://www.acme.example/again");

        Assert.Equal(house.Now, revoked);
        Assert.Equal([Page, "https://www.acme.example/again"], await house.ReadAsync(db => db.PageViews.OrderBy(v => v.Id).Select(v => v.Url).ToListAsync()));
        var records = await house.ReadAsync(db => db.ConsentRecords.OrderBy(c => c.Id).ToListAsync());
        Assert.Equal([(true, "0", Page, "203.0.113.0/24"), (false, "site", Page, null), (true, "2", Page, null)], records.Select(c => (c.IsGranted, c.Wording, c.Place, c.Network)));
        Assert.Equal([new RefusedViews(ViewRefusal.Revoked, 1, 1)], await house.Get<PageViewTally>().ReadAsync(house.Account.Id));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_yes_that_comes_with_its_page_counts_for_that_page(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await ReportAsync(house, Page);
        await ReceiveAsync(house, Report(Page) with { Title = null, Choice = "denied", Wording = "0" });

        await ReceiveAsync(house, Report("https://www.acme.example/again") with { Choice = "granted", Wording = "1" });

        Assert.Equal([Page, "https://www.acme.example/again"], await house.ReadAsync(db => db.PageViews.OrderBy(v => v.Id).Select(v => v.Url).ToListAsync()));
        Assert.Equal(["0", "1"], await house.ReadAsync(db => db.ConsentRecords.OrderBy(c => c.Id).Select(c => c.Wording).ToListAsync()));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Where_pages_are_only_counted_nobody_is_known_again(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await SaveAsync(house, new TrackingEdit { Mode = TrackingMode.Count });

        await ReportAsync(house, Page + "?utm_source=news");
        await ReceiveAsync(house, Report(Page + "?utm_source=news") with { VisitorKey = null });
        await ReceiveAsync(house, Report(Page) with { VisitorKey = null }, new ReportSender(IsBot: true));
        await ReceiveAsync(house, Report(Page) with { Title = null, Choice = "granted", Wording = "0" });

        Assert.Empty(await house.ReadAsync(db => db.Visitors.ToListAsync()));
        var counts = await house.ReadAsync(db => db.PageCounts.OrderBy(c => c.IsBot).ToListAsync());
        Assert.Equal([(Page, "news", false, 2L), (Page, "", true, 1L)], counts.Select(c => (c.Url, c.Source, c.IsBot, c.Views)));
        var site = Assert.Single(await house.ReadAsync(db => db.TrackedSites.ToListAsync()));
        Assert.Equal(("www.acme.example", 2L, 1L), (site.Host, site.Views, site.Bots));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Programs_are_kept_apart(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);

        await ReceiveAsync(house, Report(Page), new ReportSender(IsBot: true));

        Assert.True(Assert.Single(await house.ReadAsync(db => db.Visitors.ToListAsync())).IsBot);
        var site = await house.ReadAsync(db => db.TrackedSites.SingleAsync());
        Assert.Equal((0L, 1L), (site.Views, site.Bots));
    }

    [Fact]
    public async Task Whoever_objects_leaves_nothing_whatever_they_said_before()
    {
        await using var house = await TestHouse.OpenAsync(Database.Sqlite);

        Assert.Equal(Reception.Ignored, await ReceiveAsync(house, Report(Page), new ReportSender(Objects: true)));
        Assert.Equal(Reception.Ignored, await ReceiveAsync(house, Report(Page) with { Title = null, Choice = "granted", Wording = "0" }, new ReportSender(Objects: true)));
        await SaveAsync(house, new TrackingEdit { Mode = TrackingMode.Off });
        Assert.Equal(Reception.Ignored, await ReceiveAsync(house, Report(Page)));

        Assert.Empty(await house.ReadAsync(db => db.Visitors.ToListAsync()));
        Assert.Equal([new(ViewRefusal.SwitchedOff, 1, 1), new(ViewRefusal.Objected, 2, 2)], await house.Get<PageViewTally>().ReadAsync(house.Account.Id));
    }

    [Theory]
    [InlineData("https://www.acme.example", true)]
    [InlineData("https://acme.example", false)]
    [InlineData("https://evil.example", false)]
    [InlineData("null", false)]
    [InlineData(null, true)]
    public async Task A_page_reports_for_itself_alone(string? origin, bool taken)
    {
        await using var house = await TestHouse.OpenAsync(Database.Sqlite);

        await ExpectAsync(taken, ViewRefusal.ForeignOrigin, house, Report(Page), new ReportSender(origin));
    }

    [Theory]
    [InlineData("https://www.acme.example/", true)]
    [InlineData("https://acme.example/", true)]
    [InlineData("https://notacme.example/", false)]
    [InlineData("https://contacts.example/b/acme/intro-call", true)]
    public async Task Where_sites_are_listed_others_are_refused_and_our_own_pages_are_not(string page, bool taken)
    {
        await using var house = await TestHouse.OpenAsync(Database.Sqlite);
        await SaveAsync(house, new TrackingEdit { Sites = ["https://ACME.example/"] });

        await ExpectAsync(taken, ViewRefusal.ForeignOrigin, house, Report(page), new ReportSender { OwnHost = "contacts.example" });
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(86_400, true)]
    [InlineData(86_401, false)]
    [InlineData(-1, false)]
    [InlineData(double.NaN, false)]
    [InlineData(double.PositiveInfinity, false)]
    public async Task A_time_on_a_page_that_cannot_be_is_refused(double seconds, bool taken)
    {
        await using var house = await TestHouse.OpenAsync(Database.Sqlite);

        await ExpectAsync(taken, ViewRefusal.ImpossibleTime, house, Report(Page) with { Seconds = seconds }, new ReportSender());
    }

    [Fact]
    public async Task A_full_queue_says_so_and_counts()
    {
        await using var house = await TestHouse.OpenAsync(Database.Sqlite);
        var queue = new PageViewQueue(capacity: 1);
        var desk = new PageViewDesk(house.Get<KnownSites>(), queue, house.Get<PageViewTally>(), house.Clock);

        var first = queue.AddAsync(new PendingPageView(house.Account.Id, Ada, Page, "", null, house.Now));
        Assert.Equal(Reception.Full, await desk.ReceiveAsync(Report(Page), new ReportSender()));

        Assert.False(first.IsCompleted);
        Assert.Equal([new RefusedViews(ViewRefusal.Full, 1, 1)], await house.Get<PageViewTally>().ReadAsync(house.Account.Id));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Page_views_are_kept_as_long_as_the_account_says(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await SaveAsync(house, new TrackingEdit { KeptDays = 7 });
        await ReportAsync(house, Page);
        house.Clock.Advance(TimeSpan.FromDays(8));

        Assert.Equal(1, await house.Get<PageViewRetention>().SweepAsync());

        Assert.Empty(await house.ReadAsync(db => db.Visitors.ToListAsync()));
        Assert.Empty(await house.ReadAsync(db => db.TrackedSites.ToListAsync()));
    }

    private static async Task ExpectAsync(bool taken, ViewRefusal reason, TestHouse house, PageViewReport report, ReportSender sender)
    {
        if (taken)
        {
            Assert.Equal(Reception.Taken, await house.Get<PageViewDesk>().ReceiveAsync(report, sender));
            Assert.Empty(await house.Get<PageViewTally>().ReadAsync(house.Account.Id));
            return;
        }
        await Assert.ThrowsAsync<RuleException>(() => house.Get<PageViewDesk>().ReceiveAsync(report, sender));
        Assert.Equal([new RefusedViews(reason, 1, 1)], await house.Get<PageViewTally>().ReadAsync(house.Account.Id));
        Assert.Empty(await house.ReadAsync(db => db.PageViews.ToListAsync()));
    }

    private static Task SaveAsync(TestHouse house, TrackingEdit edit) => house.Get<TrackingSettings>().SaveAsync(house.Admin, edit);

    private static PageViewReport Report(string url) => new("acme", Ada, url, "", null);

    private static Task<Reception> ReceiveAsync(TestHouse house, PageViewReport report, ReportSender? sender = null) =>
        house.Get<PageViewDesk>().ReceiveAsync(report, sender ?? new ReportSender());

    private static Task<Reception> ReportAsync(TestHouse house, string url, string? referrer = null, DeviceClass device = DeviceClass.Unknown) =>
        ReceiveAsync(house, Report(url) with { Referrer = referrer }, new ReportSender(Device: device));
}
