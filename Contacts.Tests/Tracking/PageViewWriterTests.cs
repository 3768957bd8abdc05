using Contacts.Core;
using Contacts.Core.Activity;
using Contacts.Core.Fields;
using Contacts.Core.Intake;
using Contacts.Core.People;
using Contacts.Core.Tracking;
using Contacts.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;

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
        await ReportAsync(house, Ada, "https://acme.example/");

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

        Assert.Equal("https://acme.example/", Assert.Single(await house.ReadAsync(db => db.PageViews.ToListAsync())).Url);
        Assert.Equal("https://globex.example/", Assert.Single(await house.ReadAsync(db => db.PageViews.ToListAsync(), other.Id)).Url);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task What_a_browser_saw_before_shows_on_the_contact_it_becomes(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await ReportAsync(house, Ada, "https://acme.example/pricing");

        var result = await house.Desk.ReceiveAsync(house.Account.Id, new Interaction(ActivityKind.FormSubmitted, new Source(SourceKind.RoutingForm, "Contact us"), "Contact us", house.Now)
        {
            Contact = new ContactEdit().Set(SystemFields.Email, "ada@lovelace.example"),
            VisitorKey = Ada,
        });
        await ReportAsync(house, Ada, "https://acme.example/docs");

        var seen = await house.Get<VisitLog>().ReadAsync(house.Member, result.ContactId);
        Assert.Equal(2, seen.Views.Count);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_page_view_is_answered_once_it_is_written_however_long_the_writer_is_held_back(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        Task<Reception> receiving;

        using (await house.Gate.EnterAsync(TestContext.Current.CancellationToken))
        {
            receiving = ReportAsync(house, Ada, "https://acme.example/");
            Assert.Empty(await house.ReadAsync(db => db.PageViews.ToListAsync()));
            Assert.False(receiving.IsCompleted);
        }

        Assert.Equal(Reception.Taken, await receiving);
        Assert.Single(await house.ReadAsync(db => db.PageViews.ToListAsync()));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task What_the_database_does_not_take_is_refused_and_the_next_is_tried(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);

        await using (await house.WithoutAsync("PageViews")) Assert.Equal(Reception.Full, await ReportAsync(house, Ada, "https://acme.example/lost"));
        Assert.Equal(Reception.Taken, await ReportAsync(house, Ada, "https://acme.example/kept"));

        Assert.Equal("https://acme.example/kept", Assert.Single(await house.ReadAsync(db => db.PageViews.ToListAsync())).Url);
        Assert.Equal([new RefusedViews(ViewRefusal.Full, 1, 1)], await house.Get<PageViewTally>().ReadAsync(house.Account.Id));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task What_is_queued_is_written_before_the_end(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var queue = new PageViewQueue();
        var writer = new PageViewWriter(house.Dbs, house.Gate, queue, house.Get<PageViewTally>(), house.Get<VisitFeed>(), NullLogger<PageViewWriter>.Instance);
        var waiting = Enumerable.Range(0, 600).Select(i => queue.AddAsync(new PendingPageView(house.Account.Id, Ada, $"https://acme.example/{i}", "", null, house.Now))).ToList();

        await writer.RunAsync(new CancellationToken(canceled: true));

        Assert.DoesNotContain(false, await Task.WhenAll(waiting));
        Assert.Equal(600, await house.ReadAsync(db => db.PageViews.CountAsync()));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Page_views_and_unknown_browsers_are_forgotten_after_ninety_days(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await ReportAsync(house, Ada, "https://acme.example/old");
        house.Clock.Advance(TimeSpan.FromDays(89));
        await ReportAsync(house, Bob, "https://acme.example/new");
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
        Assert.Empty(await house.ReadAsync(db => db.PageViews.ToListAsync()));
    }

    private static Task<Reception> ReportAsync(TestHouse house, string visitor, string url, string title = "", string? referrer = null, string site = "acme") =>
        house.Get<PageViewDesk>().ReceiveAsync(new PageViewReport(site, visitor, url, title, referrer), new ReportSender());
}
