using Contacts.Core.Activity;
using Contacts.Core.Intake;
using Contacts.Core.People;
using Contacts.Core.Tracking;
using Contacts.Tests.Support;

namespace Contacts.Tests.Tracking;

public sealed class VisitOverviewTests
{
    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task Pages_and_sources_count_for_whom_they_brought_and_not_for_strangers(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await LookAsync(house, 'a', "pricing?utm_source=news");
        await LookAsync(house, 'a', "docs");
        await SubmitAsync(house, 'a', "ada@example.com");
        await LookAsync(house, 'a', "thanks");
        await LookAsync(house, 'b', "pricing");
        await SubmitAsync(house, 'b', "bob@example.com");
        await LookAsync(house, 'c', "pricing");

        var report = await house.Get<VisitOverview>().ReadAsync(house.Member, 30);

        Assert.Equal(2, report.Contacts);
        Assert.Equal([new SourceTraffic("news", 1, 1), new SourceTraffic(null, 1, 1)], report.Sources.OrderBy(s => s.Source is null));
        Assert.Equal([new PageTraffic("https://acme.example/pricing", 2, 2, 2), new PageTraffic("https://acme.example/docs", 1, 1, 0)], report.Pages);
        house.Clock.Advance(TimeSpan.FromDays(31));
        Assert.Equal(0, (await house.Get<VisitOverview>().ReadAsync(house.Member, 30)).Contacts);
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task What_was_counted_without_cookies_is_told_without_programs(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await house.Get<TrackingSettings>().SaveAsync(house.Admin, new TrackingEdit { Mode = TrackingMode.Count });
        foreach (var page in new[] { "docs", "pricing?utm_source=news", "pricing" }) await LookAsync(house, 'a', page);
        await LookAsync(house, 'b', "docs", new ReportSender(IsBot: true));

        var report = await house.Get<VisitOverview>().ReadAsync(house.Member, 7);

        Assert.Equal([new("https://acme.example/pricing", 2), new("https://acme.example/docs", 1)], report.CountedPages);
        Assert.Equal([new("news", 1)], report.CountedSources);
    }

    private static async Task LookAsync(TestHouse house, char browser, string page, ReportSender? sender = null)
    {
        house.Clock.Advance(TimeSpan.FromSeconds(1));
        await house.Get<PageViewDesk>().ReceiveAsync(new PageViewReport("acme", new string(browser, Visitor.KeyLength), $"https://acme.example/{page}", page, null), sender ?? new ReportSender());
    }

    private static Task<IntakeResult> SubmitAsync(TestHouse house, char browser, string email) =>
        house.Desk.ReceiveAsync(house.Account.Id, new Interaction(ActivityKind.FormSubmitted, new Source(SourceKind.RoutingForm, "Contact us"), "Contact us", house.Now)
        {
            Contact = new ContactEdit().Set("email", email), VisitorKey = new string(browser, Visitor.KeyLength),
        });
}
