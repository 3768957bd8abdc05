using Contacts.Core;
using Contacts.Core.Accounts;
using Contacts.Core.Activity;
using Contacts.Core.Intake.Booking;
using Contacts.Core.People;
using Contacts.Tests.Support;
using Microsoft.EntityFrameworkCore;
using static Contacts.Tests.Intake.Booking.BookingCrowd;

namespace Contacts.Tests.Intake.Booking;

public class BookingsTests
{
    public static TheoryData<Database> Databases => TestHouse.Databases;

    [Theory, MemberData(nameof(Databases))]
    public async Task A_pool_takes_turns_and_is_full_only_when_everybody_is(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var page = await OpenAsync(house, OpenAllWeek(house.Owner, house.Admin, house.Member));

        var hosts = new List<long>();
        for (var i = 0; i < 3; i++) hosts.Add((await BookAsync(house, page, $"guest{i}@example.com")).Booking.HostId);
        var refused = await Assert.ThrowsAsync<RuleException>(() => BookAsync(house, page, "late@example.com"));

        Assert.Equal([house.Owner.UserId!.Value, house.Admin.UserId!.Value, house.Member.UserId!.Value], hosts);
        Assert.Equal(BookingDesk.Taken, refused.Message);
        Assert.Equal("Acme", page.With);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task What_is_booked_in_an_archived_calendar_can_be_moved_by_its_hosts(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var page = await OpenAsync(house, OpenAllWeek(house.Owner));
        var (_, booking) = await BookAsync(house, page, "ada@example.com");
        await house.Get<BookingCalendars>().ArchiveAsync(house.Admin, page.Calendar.Id);

        var time = (await house.Get<Bookings>().TimesAsync(house.Owner, page.Calendar.Id, booking.Minutes, booking.Id))[^1].ToDateTimeUtc();
        await house.Get<Bookings>().RescheduleAsync(house.Owner, booking.Id, time, null);

        Assert.Equal(time, await house.ReadAsync(db => db.Bookings.Select(b => b.StartsAt).SingleAsync()));
        Assert.Equal(BookingDesk.NotOffered, (await Assert.ThrowsAsync<RuleException>(() => BookAsync(house, page, "eve@example.com", 1))).Message);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Everyone_together_is_free_when_all_are_and_all_are_taken(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var alone = await OpenAsync(house, OpenAllWeek(house.Member) with { Name = "Alone", Slug = "alone" });
        await BookAsync(house, alone, "ada@example.com");

        var page = await OpenAsync(house, OpenAllWeek(house.Owner, house.Member) with { Hosting = HostingMode.Everyone });
        var (_, booking) = await BookAsync(house, page, "eve@example.com");

        Assert.DoesNotContain(alone.Starts[0], page.Starts);
        Assert.Equal([house.Owner.UserId!.Value, house.Member.UserId!.Value], booking.HostIds);
        Assert.DoesNotContain(page.Starts[0], (await house.Get<BookingDesk>().FindAsync("acme", "alone"))!.Starts);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task What_awaits_approval_holds_its_time_until_a_host_says_no(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var page = await OpenAsync(house, OpenAllWeek(house.Member) with { RequiresApproval = true });
        var (_, yes) = await BookAsync(house, page, "ada@example.com");
        var (_, no) = await BookAsync(house, page, "eve@example.com", start: 1);
        Assert.Equal((BookingState.AwaitingApproval, ActivityKind.BookingRequested), (yes.StateAt(house.Now), (await house.EntriesAsync(yes.ContactId!.Value)).Single().Kind));

        await house.Get<Bookings>().ApproveAsync(house.Member, yes.Id);
        await house.Get<Bookings>().CancelAsync(house.Member, no.Id, "Away");

        var starts = (await house.Get<BookingDesk>().FindAsync("acme", "talk"))!.Starts;
        Assert.DoesNotContain(page.Starts[0], starts);
        Assert.Contains(page.Starts[1], starts);
        Assert.Equal(ActivityKind.BookingScheduled, (await house.EntriesAsync(yes.ContactId.Value)).Single(e => !e.IsSuperseded).Kind);
        var subjects = await house.ReadAsync(db => db.OutgoingMails.OrderBy(m => m.Id).Select(m => m.Subject).ToListAsync());
        Assert.Contains(subjects, s => s.StartsWith("Confirmed: Talk", StringComparison.Ordinal));
        Assert.Contains(subjects, s => s.StartsWith("Declined: Talk", StringComparison.Ordinal));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Another_host_gets_the_meeting_unless_they_have_one_then(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var page = await OpenAsync(house, OpenAllWeek(house.Owner));
        var (_, booking) = await BookAsync(house, page, "ada@example.com");
        var theirs = await OpenAsync(house, OpenAllWeek(house.Member) with { Name = "Theirs", Slug = "theirs" });
        await BookAsync(house, theirs, "eve@example.com");

        var refused = await Assert.ThrowsAsync<RuleException>(() => house.Get<Bookings>().ReassignAsync(house.Owner, booking.Id, house.Member.UserId!.Value));
        var changed = await house.Get<Bookings>().ReassignAsync(house.Owner, booking.Id, house.Admin.UserId!.Value);

        Assert.Equal((Bookings.HostIsBusy, "host"), (refused.Message, refused.Param));
        Assert.Equal((house.Admin.UserId!.Value, 1), (changed.HostId, changed.Sequence));
        var step = (await house.EntriesAsync(booking.ContactId!.Value)).Single(e => !e.IsSuperseded);
        Assert.Equal((ActivityKind.BookingReassigned, house.Owner.Name, house.Admin.Name), (step.Kind, step.Changes.Single().Old, step.Changes.Single().New));
        Assert.Equal(house.Admin.UserId, await house.ReadAsync(db => db.TakenTimes.Where(t => t.BookingId == booking.Id).Select(t => (long?)t.HostId).SingleAsync()));
    }

    [Fact]
    public async Task A_member_changes_only_the_meetings_they_host()
    {
        await using var house = await TestHouse.OpenAsync(Database.Sqlite);
        var page = await OpenAsync(house, OpenAllWeek(house.Owner));
        var (_, booking) = await BookAsync(house, page, "ada@example.com");

        var refused = await Assert.ThrowsAsync<RuleException>(() => house.Get<Bookings>().CancelAsync(house.Member, booking.Id, null));
        await house.Get<Bookings>().CancelAsync(house.Admin, booking.Id, null);

        Assert.Equal((Bookings.NotYours, Refusal.NotAllowed), (refused.Message, refused.Refusal));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task No_show_is_for_meetings_that_began_and_can_be_taken_back(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var page = await OpenAsync(house, OpenAllWeek(house.Member));
        var (_, booking) = await BookAsync(house, page, "ada@example.com", start: 1);
        await Assert.ThrowsAsync<RuleException>(() => house.Get<Bookings>().MarkNoShowAsync(house.Member, booking.Id, true));
        house.Clock.SetUtcNow(booking.StartsAt.AddMinutes(10));

        Assert.Equal(BookingState.NoShow, (await house.Get<Bookings>().MarkNoShowAsync(house.Member, booking.Id, true)).StateAt(house.Now));
        house.Clock.SetUtcNow(booking.EndsAt);
        Assert.Equal(BookingState.Completed, (await house.Get<Bookings>().MarkNoShowAsync(house.Member, booking.Id, false)).StateAt(house.Now));
        Assert.Equal(ActivityKind.BookingCompleted, (await house.EntriesAsync(booking.ContactId!.Value)).Single(e => !e.IsSuperseded).Kind);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_user_books_for_a_contact_without_lead_time_and_the_contact_hears_of_it(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var page = await OpenAsync(house, OpenAllWeek(house.Member) with { LeadMinutes = 24 * 60, WindowDays = 2, RequiresApproval = true });
        var ada = await house.Book.AddAsync(house.Member, new ContactEdit().SetName("Ada Lovelace").Set("email", "ada@example.com"), new Source(SourceKind.User, "Mei Chou"));
        var times = await house.Get<Bookings>().TimesAsync(house.Member, page.Calendar.Id, 45);
        Assert.True(times[0] < page.Starts[0]);

        var booking = await house.Get<Bookings>().AddAsync(house.Member, page.Calendar.Id, ada.Id, times[0].ToDateTimeUtc(), 45);

        Assert.Equal((45, BookingState.Scheduled, "Ada Lovelace", house.Member.UserId), (booking.Minutes, booking.StateAt(house.Now), booking.GuestName, booking.BookedById));
        Assert.Contains("ada@example.com", await house.ReadAsync(db => db.OutgoingMails.Select(m => m.ToAddress).ToListAsync()));
        Assert.Equal(booking.Id, (await house.EntriesAsync(ada.Id))[^1].BookingId);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_meeting_hosted_together_is_in_the_list_of_each_of_its_hosts_also_when_it_was_canceled(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var page = await OpenAsync(house, OpenAllWeek(house.Owner, house.Admin, house.Member) with { Hosting = HostingMode.Everyone });
        var (_, booking) = await BookAsync(house, page, "ada@example.com");
        var (token, _) = await BookAsync(house, page, "eve@example.com", start: 1);
        await house.Get<GuestBookings>().CancelAsync(token, null);
        await BookAsync(house, await OpenAsync(house, OpenAllWeek(house.Owner) with { Name = "Alone", Slug = "alone" }), "grace@example.com", start: 2);

        foreach (var (host, meetings) in new[] { (house.Owner, 3), (house.Admin, 2), (house.Member, 2) })
            Assert.Equal(meetings, (await house.Get<Bookings>().ListAsync(house.Owner, new BookingFilter { HostId = host.UserId })).Bookings.Count);
        Assert.Equal(booking.Id, Assert.Single((await house.Get<Bookings>().ListAsync(house.Owner, new BookingFilter { HostId = house.Member.UserId, Upcoming = true })).Bookings).Booking.Id);
        Assert.Empty((await house.Get<Bookings>().ListAsync(house.Owner, new BookingFilter { HostId = house.Member.UserId!.Value * 10 + 1 })).Bookings);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Lists_go_page_by_page_and_upcoming_begins_with_the_soonest(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var page = await OpenAsync(house, OpenAllWeek(house.Owner));
        for (var i = 0; i < 5; i++) await BookAsync(house, page, $"guest{i}@example.com", start: i);
        var (token, _) = await BookAsync(house, page, "gone@example.com", start: 5);
        await house.Get<GuestBookings>().CancelAsync(token, null);
        var bookings = house.Get<Bookings>();

        var first = await bookings.ListAsync(house.Member, new BookingFilter { Upcoming = true }, take: 3);
        var second = await bookings.ListAsync(house.Member, new BookingFilter { Upcoming = true }, first.Next, take: 3);
        var past = await bookings.ListAsync(house.Member, new BookingFilter { Upcoming = false });

        Assert.Equal(page.Starts.Take(5).Select(s => s.ToDateTimeUtc()), first.Bookings.Concat(second.Bookings).Select(b => b.Booking.StartsAt));
        Assert.Null(second.Next);
        Assert.Equal(BookingState.Canceled, Assert.Single(past.Bookings).State);
        Assert.Equal(5, (await bookings.ListAsync(house.Member, new BookingFilter { State = BookingState.Scheduled, HostId = house.Owner.UserId })).Bookings.Count);
        Assert.Empty((await bookings.ListAsync(house.Member, new BookingFilter { HostId = house.Admin.UserId })).Bookings);
    }
}
