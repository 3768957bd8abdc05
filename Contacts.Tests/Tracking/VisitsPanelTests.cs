using Bunit;
using Contacts.Core.People;
using Contacts.Core.Tracking;
using Contacts.Tests.Support;
using Contacts.Web.Tracking;
using Microsoft.EntityFrameworkCore;

namespace Contacts.Tests.Tracking;

public sealed class VisitsPanelTests : UiTest
{
    [Fact]
    public async Task Page_views_are_grouped_by_visit_newest_first()
    {
        var ada = await AddAsync("Ada Lovelace", "ada@example.com");
        await LookAsync(ada, ("https://acme.example/pricing", "Pricing"), ("https://acme.example/audit", "Audit checklist"));
        House.Clock.Advance(TimeSpan.FromHours(1));
        await LookAsync(ada, ("https://acme.example/terms", "Terms"));

        var panel = await OpenAsync(ada);

        Assert.Equal(["Terms", "PricingAudit checklist"], panel.FindAll(".visit").Select(v => string.Concat(v.QuerySelectorAll("a").Select(a => a.TextContent))));
        Assert.Equal("1:00", panel.Find(".visit span").TextContent);
        Assert.Equal("3 page views", panel.Find(".part-head .quiet").TextContent);
    }

    [Fact]
    public async Task Without_a_browser_it_says_why_there_are_none()
    {
        var panel = await OpenAsync(await AddAsync("Ada Lovelace", "ada@example.com"));

        Assert.StartsWith("No page views yet: they show once this person allows it", panel.Find(".nothing").TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(TrackingMode.Off, "Page views are switched off")]
    [InlineData(TrackingMode.Count, "Your organisation counts pages without asking")]
    public async Task Where_none_are_kept_it_says_so(TrackingMode mode, string why)
    {
        await House.Get<TrackingSettings>().SaveAsync(House.Admin, new TrackingEdit { Mode = mode });

        var panel = await OpenAsync(await AddAsync("Ada Lovelace", "ada@example.com"));

        Assert.StartsWith(why, panel.Find(".nothing").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_that_is_opened_just_now_shows_at_once_and_its_reader_is_there_for_five_minutes()
    {
        var ada = await AddAsync("Ada Lovelace", "ada@example.com");
        await LookAsync(ada, ("https://acme.example/pricing", "Pricing"));
        var key = await House.ReadAsync(db => db.Visitors.Select(v => v.Key).SingleAsync());
        var panel = await OpenAsync(ada);
        Assert.Empty(panel.FindAll(".on-site"));

        await ReceiveAsync(new PageViewReport("acme", key, "https://acme.example/docs", "Docs", null));

        await panel.WaitForAssertionAsync(() => Assert.Equal("On the site now", panel.Find(".on-site").TextContent), Patience.Limit);
        Assert.Equal(["Pricing", "Docs"], panel.FindAll(".visit a").Select(a => a.TextContent));
        House.Clock.Advance(TimeSpan.FromMinutes(6));
        await panel.WaitForAssertionAsync(() => Assert.Empty(panel.FindAll(".on-site")), Patience.Limit);
    }

    [Fact]
    public async Task Whoever_took_back_the_yes_is_not_told_to_be_there()
    {
        var ada = await AddAsync("Ada Lovelace", "ada@example.com");
        await LookAsync(ada, ("https://acme.example/pricing", "Pricing"));
        var key = await House.ReadAsync(db => db.Visitors.Select(v => v.Key).SingleAsync());
        await ReceiveAsync(new PageViewReport("acme", key, "https://acme.example/docs", "Docs", null));
        await ReceiveAsync(new PageViewReport("acme", key, "https://acme.example/docs", null, null) { Choice = "denied", Wording = "0" });

        Assert.Empty((await OpenAsync(ada)).FindAll(".on-site"));
    }

    [Fact]
    public async Task What_the_person_was_asked_and_answered_is_told_with_time_and_place()
    {
        var ada = await AddAsync("Ada Lovelace", "ada@example.com");
        await LookAsync(ada, ("https://acme.example/pricing", "Pricing"));
        var key = await House.ReadAsync(db => db.Visitors.Select(v => v.Key).SingleAsync());
        await ReceiveAsync(new PageViewReport("acme", key, "https://acme.example/pricing", null, null) { Choice = "granted", Wording = "2" }, new ReportSender(Network: "203.0.113.0/24"));
        House.Clock.Advance(TimeSpan.FromMinutes(1));
        await ReceiveAsync(new PageViewReport("acme", key, "https://acme.example/", null, null) { Choice = "denied", Wording = "site" });

        var panel = await OpenAsync(ada);

        Assert.StartsWith("Taken back", panel.Find(".consents summary").TextContent, StringComparison.Ordinal);
        var answers = panel.FindAll(".consents li").Select(li => li.TextContent).ToList();
        Assert.Matches("^No longer .*, on https://acme.example/, by the site's own question$", answers[0]);
        Assert.Matches("^Yes .*, on https://acme.example/pricing, by wording 2, from 203.0.113.0/24$", answers[1]);
    }

    [Fact]
    public async Task An_address_that_is_no_web_page_is_no_link()
    {
        var ada = await AddAsync("Ada Lovelace", "ada@example.com");
        await LookAsync(ada, ("javascript:alert(1)", "Free offer"));

        var panel = await OpenAsync(ada);

        Assert.Equal("Free offer", panel.Find(".page").TextContent);
        Assert.Empty(panel.FindAll(".visit a"));
    }

    [Fact]
    public async Task Older_page_views_come_when_asked_for()
    {
        var ada = await AddAsync("Ada Lovelace", "ada@example.com");
        await LookAsync(ada, [.. Enumerable.Range(1, VisitLog.PageSize + 2).Select(n => ($"https://acme.example/{n}", $"Page {n}"))]);
        var panel = await OpenAsync(ada);
        Assert.Equal(VisitLog.PageSize, panel.FindAll(".visit li").Count);

        await panel.ClickAsync("button");

        await panel.WaitForAssertionAsync(() => Assert.Equal(VisitLog.PageSize + 2, panel.FindAll(".visit li").Count));
        Assert.Empty(panel.FindAll("button"));
    }

    private async Task<IRenderedComponent<VisitsPanel>> OpenAsync(Contact contact)
    {
        var panel = Render<VisitsPanel>(p => p.Add(c => c.Caller, House.Owner).Add(c => c.ContactId, contact.Id).Add(c => c.Version, contact.Version));
        await panel.WaitForElementAsync(".visit, .nothing");
        return panel;
    }

    private async Task ReceiveAsync(PageViewReport report, ReportSender? sender = null) =>
        Assert.Equal(Reception.Taken, await House.Get<PageViewDesk>().ReceiveAsync(report, sender ?? new ReportSender()));

    private Task<bool> LookAsync(Contact contact, params (string Url, string Title)[] pages) => House.Gate.RunAsync(House.Account.Id, async db =>
    {
        var visitor = new Visitor(House.Account.Id, Guid.NewGuid().ToString("N"), House.Now);
        db.Visitors.Add(visitor);
        visitor.JoinTo(contact.Id, House.Now);
        await db.SaveChangesAsync();
        foreach (var (url, title) in pages)
        {
            House.Clock.Advance(TimeSpan.FromMinutes(1));
            db.PageViews.Add(new PageView(House.Account.Id, visitor.Id, url, title, null, House.Now));
        }
        return true;
    });
}
