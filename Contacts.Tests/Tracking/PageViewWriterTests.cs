using Contacts.Core;
using Contacts.Core.Activity;
using Contacts.Core.Fields;
using Contacts.Core.Intake;
using Contacts.Core.People;
using Contacts.Core.Tracking;
using Contacts.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Contacts.Tests.Tracking;

public class PageViewWriterTests
{
    private const string Ada = "0123456789abcdef0123456789abcdef", Bob = "fedcba9876543210fedcba9876543210";

    public static TheoryData<Database> Databases => TestHouse.Databases;

    [Theory, MemberData(nameof(Databases))]
    public async Task A_page_view_is_written_cleaned_and_makes_no_contact(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);

        await ReportAsync(house, Ada, "https://acme.example/pricing?email=a%40b.example#top", "Pricing", "https://search.example/q?x=1");
        await house.Get<PageViewWriter>().WriteQueuedAsync();

        var view = Assert.Single(await house.ReadAsync(db => db.PageViews.ToListAsync()));
        Assert.Equal(("https://acme.example/pricing", "Pricing", "https://search.example", house.Now), (view.Url, view.Title, view.Referrer, view.At));
        var visitor = Assert.Single(await house.ReadAsync(db => db.Visitors.ToListAsync()));
        Assert.Equal((Ada, null, visitor.Id), (visitor.Key, visitor.ContactId, view.VisitorId));
        Assert.Empty(await house.ContactsAsync());
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_browser_is_one_row_however_often_it_comes(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);

        foreach (var visitor in new[] { Ada, Bob, Ada }) await ReportAsync(house, visitor, "https://acme.example/");
        await house.Get<PageViewWriter>().WriteQueuedAsync();
        await ReportAsync(house, Ada, "https://acme.example/");
        await house.Get<PageViewWriter>().WriteQueuedAsync();

        Assert.Equal(2, await house.ReadAsync(db => db.Visitors.CountAsync()));
        Assert.Equal(4, await house.ReadAsync(db => db.PageViews.CountAsync()));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task One_browser_on_two_accounts_is_two_strangers(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var (other, _, _, _) = await house.AddAccountAsync("Globex");

        await ReportAsync(house, Ada, "https://acme.example/");
        await ReportAsync(house, Ada, "https://globex.example/", site: "globex");
        await house.Get<PageViewWriter>().WriteQueuedAsync();

        Assert.Equal("https://acme.example/", Assert.Single(await house.ReadAsync(db => db.PageViews.ToListAsync())).Url);
        Assert.Equal("https://globex.example/", Assert.Single(await house.ReadAsync(db => db.PageViews.ToListAsync(), other.Id)).Url);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task What_a_browser_saw_before_shows_on_the_contact_it_becomes(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await ReportAsync(house, Ada, "https://acme.example/pricing");
        await house.Get<PageViewWriter>().WriteQueuedAsync();

        var result = await house.Desk.ReceiveAsync(house.Account.Id, new Interaction(ActivityKind.FormSubmitted, new Source(SourceKind.RoutingForm, "Contact us"), "Contact us", house.Now)
        {
            Contact = new ContactEdit().Set(SystemFields.Email, "ada@lovelace.example"),
            VisitorKey = Ada,
        });
        await ReportAsync(house, Ada, "https://acme.example/docs");
        await house.Get<PageViewWriter>().WriteQueuedAsync();

        var seen = await house.Get<VisitLog>().ReadAsync(house.Member, result.ContactId);
        Assert.Equal(2, seen.Views.Count);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task What_is_queued_is_written_before_the_end(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        using var stop = new CancellationTokenSource();
        for (var i = 0; i < 600; i++) await ReportAsync(house, Ada, $"https://acme.example/{i}");

        await stop.CancelAsync();
        await house.Get<PageViewWriter>().RunAsync(stop.Token);

        Assert.Equal(600, await house.ReadAsync(db => db.PageViews.CountAsync()));
    }

    [Fact]
    public void A_full_queue_drops_and_counts()
    {
        var queue = new PageViewQueue(capacity: 2);
        var view = new PendingPageView(1, Ada, "https://acme.example/", "", null, DateTime.UnixEpoch);

        Assert.True(queue.TryAdd(view));
        Assert.True(queue.TryAdd(view));
        Assert.False(queue.TryAdd(view));

        Assert.Equal(1, queue.Dropped);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Page_views_and_unknown_browsers_are_forgotten_after_ninety_days(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await ReportAsync(house, Ada, "https://acme.example/old");
        await house.Get<PageViewWriter>().WriteQueuedAsync();
        house.Clock.Advance(TimeSpan.FromDays(89));
        await ReportAsync(house, Bob, "https://acme.example/new");
        await house.Get<PageViewWriter>().WriteQueuedAsync();
        Assert.Equal(0, await house.Get<PageViewRetention>().SweepAsync());

        house.Clock.Advance(TimeSpan.FromDays(2));
        Assert.Equal(1, await house.Get<PageViewRetention>().SweepAsync());

        Assert.Equal("https://acme.example/new", Assert.Single(await house.ReadAsync(db => db.PageViews.ToListAsync())).Url);
        Assert.Equal(Bob, Assert.Single(await house.ReadAsync(db => db.Visitors.ToListAsync())).Key);
    }

    [Theory]
    [InlineData("", Ada, "https://acme.example/", "s")]
    [InlineData("acme", "short", "https://acme.example/", "v")]
    [InlineData("acme", "0123456789ABCDEF0123456789ABCDEF", "https://acme.example/", "v")]
    [InlineData("acme", Ada, "javascript:alert(1)", "u")]
    [InlineData("nobody", Ada, "https://acme.example/", null)]
    public async Task A_report_that_makes_no_sense_is_refused_where_it_is_wrong(string site, string visitor, string url, string? param)
    {
        await using var house = await TestHouse.OpenAsync(Database.Sqlite);

        var problem = await Assert.ThrowsAsync<RuleException>(() => ReportAsync(house, visitor, url, site: site));

        Assert.Equal(param, problem.Param);
        Assert.Equal(0, await house.Get<PageViewWriter>().WriteQueuedAsync());
    }

    private static Task<Reception> ReportAsync(TestHouse house, string visitor, string url, string title = "", string? referrer = null, string site = "acme") =>
        house.Get<PageViewDesk>().ReceiveAsync(new PageViewReport(site, visitor, url, title, referrer), new ReportSender());
}
