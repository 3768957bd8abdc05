using Contacts.Core;
using Contacts.Core.Intake.Booking;
using Contacts.Tests.Support;

namespace Contacts.Tests.Intake.Booking;

public class BookingLinksTests
{
    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task A_link_opens_a_calendar_for_links_only_until_it_is_removed(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var calendar = await CalendarAsync(house);
        var link = await Links(house).CreateAsync(house.Admin, calendar.Id, new BookingLinkEdit(" Ada "));

        Assert.Equal("Ada", Assert.Single(await Links(house).ListAsync(house.Member, calendar.Id)).Note);
        Assert.Null(await Desk(house).FindAsync("acme", "secret"));
        Assert.NotNull(await Desk(house).FindAsync("acme", "secret", new PageChoice(Link: link.Token)));

        await Links(house).RemoveAsync(house.Admin, link.Id);
        await Links(house).RemoveAsync(house.Admin, link.Id);
        Assert.Null(await Desk(house).FindAsync("acme", "secret", new PageChoice(Link: link.Token)));
        Assert.Empty(await Links(house).ListAsync(house.Member, calendar.Id));
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task A_link_says_whether_it_is_open_was_used_or_has_expired(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var calendar = await CalendarAsync(house);
        var once = await Links(house).CreateAsync(house.Admin, calendar.Id, new BookingLinkEdit(IsOneTime: true));
        var soon = await Links(house).CreateAsync(house.Admin, calendar.Id, new BookingLinkEdit(ExpiresAt: house.Now.AddDays(1)));
        var page = (await Desk(house).FindAsync("acme", "secret", new PageChoice(Link: once.Token)))!;
        await Desk(house).BookAsync(page, new BookingRequest { Name = "Ada Lovelace", Email = "ada@example.com", TimeZone = "Europe/Berlin", StartsAt = page.Starts[0].ToDateTimeUtc(), FormKey = BookingRequest.NewFormKey() });

        house.Clock.Advance(TimeSpan.FromDays(1));

        Assert.Equal([(soon.Id, LinkState.Expired), (once.Id, LinkState.Used)], (await Links(house).ListAsync(house.Admin, calendar.Id)).Select(l => (l.Id, l.StateAt(house.Now))));
        Assert.Equal("link", (await Assert.ThrowsAsync<RuleException>(() => Desk(house).FindAsync("acme", "secret", new PageChoice(Link: once.Token)))).Param);
    }

    [Fact]
    public async Task What_is_wrong_is_told_at_its_field_and_another_accounts_calendar_does_not_exist()
    {
        await using var house = await TestHouse.OpenAsync(Database.Sqlite);
        var calendar = await CalendarAsync(house);
        var (_, stranger, _, _) = await house.AddAccountAsync("Lumen");
        var link = await Links(house).CreateAsync(house.Admin, calendar.Id, new BookingLinkEdit());

        async Task<RuleException> Refused(BookingLinkEdit edit) => await Assert.ThrowsAsync<RuleException>(() => Links(house).CreateAsync(house.Admin, calendar.Id, edit));
        Assert.Equal("note", (await Refused(new BookingLinkEdit(new string('x', BookingLink.MaxNoteLength + 1)))).Param);
        Assert.Equal("expires_at", (await Refused(new BookingLinkEdit(ExpiresAt: house.Now))).Param);
        Assert.Equal(Refusal.NotFound, (await Assert.ThrowsAsync<RuleException>(() => Links(house).CreateAsync(stranger, calendar.Id, new BookingLinkEdit()))).Refusal);
        Assert.Empty(await Links(house).ListAsync(stranger, calendar.Id));
        await Links(house).RemoveAsync(stranger, link.Id);
        Assert.Single(await Links(house).ListAsync(house.Admin, calendar.Id));
    }

    private static BookingLinks Links(TestHouse house) => house.Get<BookingLinks>();

    private static BookingDesk Desk(TestHouse house) => house.Get<BookingDesk>();

    private static Task<BookingCalendar> CalendarAsync(TestHouse house) => house.Get<BookingCalendars>().CreateAsync(house.Admin,
        new CalendarEdit { Name = "Secret", HostId = house.Owner.UserId!.Value, TimeZone = "Europe/Berlin", LinkOnly = true });
}
