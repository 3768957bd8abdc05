using Contacts.Core.Activity;
using Contacts.Core.Intake;
using Contacts.Core.People;
using Contacts.Core.Tracking;
using Contacts.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Contacts.Tests.Tracking;

public sealed class VisitLogTests
{
    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task Page_views_of_all_joined_browsers_read_newest_first_and_go_on_from_one(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var contact = await JoinAsync(house, 'a', 'b');
        await LookAsync(house, 'a', "Pricing", "Checklist");
        await LookAsync(house, 'b', "Terms");

        var newest = await house.Get<VisitLog>().ReadAsync(house.Member, contact, take: 2);
        var older = await house.Get<VisitLog>().ReadAsync(house.Member, contact, before: newest.Views[^1].Id, take: 2);

        Assert.Equal(["Terms", "Checklist"], newest.Views.Select(v => v.Title));
        Assert.True(newest.HasOlder);
        Assert.Equal(["Pricing"], older.Views.Select(v => v.Title));
        Assert.False(older.HasOlder);
        Assert.Equal(3, await house.Get<VisitLog>().CountAsync(house.Member, contact));
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task A_contact_without_a_browser_has_none_and_says_so(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var contact = await JoinAsync(house);

        var page = await house.Get<VisitLog>().ReadAsync(house.Member, contact);

        Assert.Empty(page.Views);
        Assert.Empty(page.Browsers);
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task Another_account_sees_no_page_views(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var contact = await JoinAsync(house, 'a');
        await LookAsync(house, 'a', "Pricing");
        var (_, stranger, _, _) = await house.AddAccountAsync("Other");

        Assert.Empty((await house.Get<VisitLog>().ReadAsync(stranger, contact)).Views);
        Assert.Equal(0, await house.Get<VisitLog>().CountAsync(stranger, contact));
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task What_was_seen_before_something_is_the_visit_that_led_there_and_no_earlier_or_later_one(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var contact = await JoinAsync(house, 'a', 'b');
        await LookAsync(house, 'a', "Yesterday's news");
        house.Clock.Advance(TimeSpan.FromHours(20));
        await LookAsync(house, 'a', "Pricing", "Checklist");
        await LookAsync(house, 'b', "Booking page");
        house.Clock.Advance(TimeSpan.FromMinutes(2));
        var booked = house.Now;
        await LookAsync(house, 'a', "Thanks");

        var visit = await house.Get<VisitLog>().BeforeAsync(house.Member, contact, booked);

        Assert.Equal(["Pricing", "Checklist", "Booking page"], visit!.Views.Select(v => v.Title));
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task A_visit_that_ended_over_half_an_hour_before_led_to_nothing(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var contact = await JoinAsync(house, 'a');
        await LookAsync(house, 'a', "Pricing");
        house.Clock.Advance(TimeSpan.FromMinutes(31));

        Assert.Null(await house.Get<VisitLog>().BeforeAsync(house.Member, contact, house.Now));
    }

    private static async Task<long> JoinAsync(TestHouse house, params char[] browsers)
    {
        var interaction = new Interaction(ActivityKind.FormSubmitted, new Source(SourceKind.Api, "Website"), "Contact us", house.Now)
        {
            Contact = new ContactEdit().Set("email", "ada@example.com"),
        };
        var result = await house.Desk.ReceiveAsync(house.Account.Id, interaction);
        foreach (var browser in browsers) await house.Desk.ReceiveAsync(house.Account.Id, interaction with { VisitorKey = KeyOf(browser) });
        return result.ContactId;
    }

    private static Task<bool> LookAsync(TestHouse house, char browser, params string[] titles) => house.Gate.RunAsync(house.Account.Id, async db =>
    {
        var key = KeyOf(browser);
        var visitor = await db.Visitors.SingleAsync(v => v.Key == key);
        foreach (var title in titles)
        {
            house.Clock.Advance(TimeSpan.FromMinutes(1));
            db.PageViews.Add(new PageView(house.Account.Id, visitor.Id, $"https://acme.example/{title}", title, null, house.Now));
        }
        return true;
    });

    private static string KeyOf(char browser) => new(browser, Visitor.KeyLength);
}
