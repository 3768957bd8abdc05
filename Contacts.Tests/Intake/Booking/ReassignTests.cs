using Contacts.Core;
using Contacts.Core.Intake.Booking;
using Contacts.Tests.Support;
using Microsoft.EntityFrameworkCore;
using static Contacts.Tests.Intake.Booking.BookingCrowd;

namespace Contacts.Tests.Intake.Booking;

/// <summary>A meeting is given to another host: to one who has time, and in place of whom it is meant.</summary>
public class ReassignTests
{
    public static TheoryData<Database> Databases => TestHouse.Databases;

    [Theory, MemberData(nameof(Databases))]
    public async Task Who_is_busy_in_another_calendar_of_theirs_cannot_have_it(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var (_, booking) = await BookAsync(house, await OpenAsync(house, OpenAllWeek(house.Owner)), "ada@example.com");
        await house.Gate.RunAsync(house.Account.Id, db =>
        {
            var feed = new BusyFeed(house.Account.Id, house.Member.UserId!.Value, "Work", "https://calendar.example/work.ics", house.Now);
            feed.Took(new FeedContent([new BusySpan(booking.StartsAt.AddMinutes(-60), booking.StartsAt.AddMinutes(5))], null), house.Now);
            db.BusyFeeds.Add(feed);
            return Task.FromResult(true);
        });

        await RefusedAsync(house, booking);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Who_has_the_day_off_cannot_have_it(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var (_, booking) = await BookAsync(house, await OpenAsync(house, OpenAllWeek(house.Owner)), "ada@example.com");
        await house.Get<HostSchedules>().SaveAsync(house.Member, new HostHours { TimeZone = "Europe/Berlin", Overrides = [new DateOverride(DateOnly.FromDateTime(booking.StartsAt), [])] });

        await RefusedAsync(house, booking);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Who_has_a_meeting_closer_than_the_calendars_buffers_cannot_have_it(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var page = await OpenAsync(house, OpenAllWeek(house.Owner) with { BufferAfterMinutes = 15 });
        var (_, booking) = await BookAsync(house, page, "ada@example.com");
        var theirs = await OpenAsync(house, OpenAllWeek(house.Member) with { Name = "Theirs", Slug = "theirs" });
        await house.Get<BookingDesk>().BookAsync(theirs, Ask(theirs, "eve@example.com") with { StartsAt = booking.EndsAt });

        await RefusedAsync(house, booking);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Where_several_host_it_together_the_part_that_is_meant_goes_to_another(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var (owner, admin, member) = (house.Owner.UserId!.Value, house.Admin.UserId!.Value, house.Member.UserId!.Value);
        var (_, booking) = await BookAsync(house, await OpenAsync(house, OpenAllWeek(house.Owner, house.Admin) with { Hosting = HostingMode.Everyone }), "ada@example.com");

        var refused = await Assert.ThrowsAsync<RuleException>(() => house.Get<Bookings>().ReassignAsync(house.Owner, booking.Id, member, from: member));
        var changed = await house.Get<Bookings>().ReassignAsync(house.Owner, booking.Id, member, from: admin);

        Assert.Equal((Bookings.NoHostOfIt, "from"), (refused.Message, refused.Param));
        Assert.Equal([owner, member], changed.HostIds);
        Assert.Equal([owner, member], await house.ReadAsync(db => db.TakenTimes.Select(t => t.HostId).Order().ToListAsync()));
        Assert.Equal((house.Admin.Name, house.Member.Name), (await house.EntriesAsync(booking.ContactId!.Value)).Single(e => !e.IsSuperseded).Changes.Select(c => (c.Old, c.New)).Single());
        Assert.Equal(["CANCEL", "REQUEST"], (await house.ReadAsync(db => db.OutgoingMails.Where(m => m.ToAddress == "admin@acme.example").OrderByDescending(m => m.Id).ToListAsync())).ConvertAll(m => m.Calendar!.Split("METHOD:")[1].Split('\r')[0]));
        Assert.Equal([owner, admin], (await house.Get<Bookings>().ReassignAsync(house.Owner, booking.Id, admin, from: member)).HostIds);
    }

    private static async Task RefusedAsync(TestHouse house, Core.Intake.Booking.Booking booking)
    {
        var refused = await Assert.ThrowsAsync<RuleException>(() => house.Get<Bookings>().ReassignAsync(house.Owner, booking.Id, house.Member.UserId!.Value));
        Assert.Equal((Bookings.HostIsBusy, "host", Refusal.Conflict), (refused.Message, refused.Param, refused.Refusal));
        Assert.Equal(booking.HostId, await house.ReadAsync(db => db.Bookings.Where(b => b.Id == booking.Id).Select(b => b.HostId).SingleAsync()));
    }
}
