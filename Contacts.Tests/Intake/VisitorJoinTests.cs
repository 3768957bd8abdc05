using Contacts.Core;
using Contacts.Core.Activity;
using Contacts.Core.Intake;
using Contacts.Core.People;
using Contacts.Core.Tracking;
using Contacts.Tests.Support;
using Contacts.Tests.Tracking;
using Microsoft.EntityFrameworkCore;

namespace Contacts.Tests.Intake;

public sealed class VisitorJoinTests
{
    private const string Browser = "0123456789abcdef0123456789abcdef";

    public static TheoryData<Database> Databases => TestHouse.Databases;

    [Theory, MemberData(nameof(Databases))]
    public async Task The_entry_of_the_act_says_that_the_browser_joined_and_since_when_it_was_seen(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await LookAsync(house, "pricing");
        house.Clock.Advance(TimeSpan.FromHours(3));

        var ada = await SubmitAsync(house, "ada@example.com");
        await SubmitAsync(house, "ada@example.com");

        var entries = await house.EntriesAsync(ada);
        Assert.Equal(new FieldChange(Visitor.JoinChange, null, "2026-11-23T09:00:00Z"), entries[0].Changes[^1]);
        Assert.DoesNotContain(entries[1].Changes, c => c.Field == Visitor.JoinChange);
        Assert.Equal(house.Now, await house.ReadAsync(db => db.Visitors.Select(v => v.JoinedAt).SingleAsync()));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Two_people_at_one_browser_keep_what_each_looked_at(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await LookAsync(house, "ada-1");
        var ada = await SubmitAsync(house, "ada@example.com");
        await LookAsync(house, "ada-2");
        var bob = await SubmitAsync(house, "bob@example.com");
        await LookAsync(house, "bob-1");
        await SubmitAsync(house, "bob@example.com");

        Assert.Equal(["ada-2", "ada-1"], await TitlesAsync(house, ada));
        Assert.Equal(["bob-1"], await TitlesAsync(house, bob));
        Assert.Equal(2, await house.ReadAsync(db => db.Visitors.CountAsync()));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_browser_of_one_that_was_merged_is_the_survivors_and_no_strangers(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var ada = await SubmitAsync(house, "ada@example.com");
        var other = await SubmitAsync(house, "lovelace@example.com", browser: null);
        await house.MergeAsync(ada, other);

        await SubmitAsync(house, "lovelace@example.com");

        Assert.Equal(ada, Assert.Single(await house.ReadAsync(db => db.Visitors.ToListAsync())).ContactId);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task What_a_browser_saw_over_a_month_before_becomes_nobodys(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await LookAsync(house, "old");
        house.Clock.Advance(TimeSpan.FromDays(2));
        await LookAsync(house, "pricing");
        var seen = house.Now;
        house.Clock.Advance(TimeSpan.FromDays(29));

        var ada = await SubmitAsync(house, "ada@example.com");

        Assert.Equal(["pricing"], await TitlesAsync(house, ada));
        Assert.Equal(1, await house.ReadAsync(db => db.PageViews.CountAsync()));
        var visitor = await house.ReadAsync(db => db.Visitors.SingleAsync());
        Assert.Equal((seen, seen, 1, "https://acme.example/pricing"), (visitor.FirstSeenAt, visitor.LastSeenAt, visitor.Visits, visitor.Landing));
    }

    [Fact]
    public async Task A_form_joins_no_browser_that_took_its_yes_back_and_none_where_nobody_is_known_again()
    {
        await using var house = await TestHouse.OpenAsync(Database.Sqlite);
        await LookAsync(house, "pricing");
        await house.Get<PageViewDesk>().ReceiveAsync(new PageViewReport("acme", Browser, "https://acme.example/", null, null) { Choice = "denied", Wording = "0" }, new ReportSender());

        var ada = await SubmitAsync(house, "ada@example.com");
        await house.Get<TrackingSettings>().SaveAsync(house.Admin, new TrackingEdit { Mode = TrackingMode.Count });
        await SubmitAsync(house, "ada@example.com", new string('b', Visitor.KeyLength));

        Assert.Empty((await house.Get<VisitLog>().ReadAsync(house.Member, ada)).Browsers);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Whoever_fills_in_a_form_is_no_program(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await LookAsync(house, "pricing", new ReportSender(IsBot: true));

        await SubmitAsync(house, "ada@example.com");
        await LookAsync(house, "docs", new ReportSender(IsBot: true));

        Assert.False(await house.ReadAsync(db => db.Visitors.Select(v => v.IsBot).SingleAsync()));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_signed_token_joins_the_browser_to_the_contact_once_and_says_so(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var ada = await SubmitAsync(house, "ada@example.com", browser: null);
        await LookAsync(house, "account");

        for (var i = 0; i < 2; i++) await IdentifyAsync(house, "ada@example.com");

        var entry = (await house.EntriesAsync(ada))[^1];
        Assert.Equal((ActivityKind.Recognised, 2), (entry.Kind, entry.Number));
        Assert.Equal(["account"], await TitlesAsync(house, ada));
    }

    [Fact]
    public async Task A_token_for_somebody_unknown_makes_nobody_and_a_forged_one_is_refused_and_counted()
    {
        await using var house = await TestHouse.OpenAsync(Database.Sqlite);
        await LookAsync(house, "account");

        await IdentifyAsync(house, "stranger@example.com");
        await Assert.ThrowsAsync<RuleException>(() => IdentifyAsync(house, "ada@example.com", "another key"));

        Assert.Empty(await house.ContactsAsync());
        Assert.Equal([new RefusedViews(ViewRefusal.BadToken, 1, 1)], await house.Get<PageViewTally>().ReadAsync(house.Account.Id));
    }

    private static async Task IdentifyAsync(TestHouse house, string email, string? secret = null)
    {
        var settings = house.Get<TrackingSettings>();
        if ((await settings.FindAsync(house.Admin)).Rules.Secret is null) await settings.RenewSecretAsync(house.Admin);
        var site = await settings.FindAsync(house.Admin);
        await house.Get<Recognition>().IdentifyAsync(site, Browser, SignedTokenTests.Token(secret: secret ?? site.Rules.Secret!, email: email, now: house.Now));
    }

    private static async Task LookAsync(TestHouse house, string page, ReportSender? sender = null)
    {
        house.Clock.Advance(TimeSpan.FromMilliseconds(1));
        await house.Get<PageViewDesk>().ReceiveAsync(new PageViewReport("acme", Browser, $"https://acme.example/{page}", page, null), sender ?? new ReportSender());
    }

    private static async Task<long> SubmitAsync(TestHouse house, string email, string? browser = Browser) =>
        (await house.Desk.ReceiveAsync(house.Account.Id, new Interaction(ActivityKind.FormSubmitted, new Source(SourceKind.RoutingForm, "Contact us"), "Contact us", house.Now)
        {
            Contact = new ContactEdit().Set("email", email), VisitorKey = browser,
        })).ContactId;

    private static async Task<IEnumerable<string>> TitlesAsync(TestHouse house, long contact) => (await house.Get<VisitLog>().ReadAsync(house.Member, contact)).Views.Select(v => v.Title);
}
