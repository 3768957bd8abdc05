using Contacts.Core.Intake.Booking;
using Contacts.Tests.Support;
using Microsoft.Extensions.Logging;
using static Contacts.Tests.Intake.Booking.BookingCrowd;

namespace Contacts.Tests.Intake.Booking;

public sealed class KnownCalendarsTests
{
    [Fact]
    public async Task A_page_shown_again_reads_only_what_is_booked()
    {
        await using var house = await TestHouse.OpenAsync(Database.Sqlite);
        var first = await OpenAsync(house, OpenAllWeek(house.Owner));
        using var queries = new SqlRecord(house.Get<ILoggerFactory>());

        var again = (await FindAsync(house))!;

        Assert.Contains("\"TakenTimes\"", Assert.Single(queries.Sent), StringComparison.Ordinal);
        Assert.Equal((first.Calendar.Name, first.Organisation, first.Minutes), (again.Calendar.Name, again.Organisation, again.Minutes));
        Assert.Equal(first.Starts, again.Starts);
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task A_changed_calendar_is_seen_at_once(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var (calendars, edit) = (house.Get<BookingCalendars>(), OpenAllWeek(house.Owner));
        var before = await OpenAsync(house, edit);
        var id = before.Calendar.Id;

        await calendars.EditAsync(house.Admin, id, edit with { Name = "Long talk", Durations = [60], Questions = [new() { Key = "topic", Label = "What about?", Type = "text" }] });
        var changed = (await FindAsync(house))!;
        await calendars.ArchiveAsync(house.Admin, id);
        var archived = await FindAsync(house);
        await calendars.RestoreAsync(house.Admin, id);

        Assert.Equal(("Long talk", 60, "What about?"), (changed.Calendar.Name, changed.Minutes, Assert.Single(changed.Questions).Question.Label));
        Assert.Null(archived);
        Assert.NotNull(await FindAsync(house));
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task A_day_off_of_the_host_is_seen_at_once(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var before = await OpenAsync(house, OpenAllWeek(house.Owner));
        var day = DateOnly.FromDateTime(before.Starts[^1].ToDateTimeUtc());

        await house.Get<HostSchedules>().SaveAsync(house.Owner, new HostHours { TimeZone = "Europe/Berlin", Overrides = [new DateOverride(day, [])] });

        Assert.DoesNotContain((await FindAsync(house))!.Starts, start => DateOnly.FromDateTime(start.ToDateTimeUtc()) == day);
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task What_another_node_changes_is_seen_within_seconds_and_what_it_books_at_once(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await using var neighbour = house.OpenNeighbour();
        var edit = OpenAllWeek(house.Owner);
        var before = await OpenAsync(house, edit);

        await neighbour.Get<BookingCalendars>().EditAsync(house.Admin, before.Calendar.Id, edit with { Name = "Renamed" });
        await neighbour.Get<BookingDesk>().BookAsync(before, Ask(before, "ada@example.com"));

        Assert.DoesNotContain(before.Starts[0], (await FindAsync(house))!.Starts);
        house.Clock.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal("Renamed", (await FindAsync(house))!.Calendar.Name);
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task The_same_address_in_two_accounts_is_two_calendars(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var (other, owner, admin, _) = await house.AddAccountAsync("Rival", "DE");
        await OpenAsync(house, OpenAllWeek(house.Owner));
        await house.Get<BookingCalendars>().CreateAsync(admin, OpenAllWeek(owner) with { Name = "Rival talk" });

        var (ours, theirs) = ((await FindAsync(house))!, (await house.Get<BookingDesk>().FindAsync(other.Slug, "talk"))!);

        Assert.Equal(("Talk", "Acme", house.Account.Id), (ours.Calendar.Name, ours.Organisation, ours.Calendar.AccountId));
        Assert.Equal(("Rival talk", "Rival", other.Id), (theirs.Calendar.Name, theirs.Organisation, theirs.Calendar.AccountId));
    }

    private static Task<BookingPage?> FindAsync(TestHouse house, PageChoice? choice = null) => house.Get<BookingDesk>().FindAsync(house.Account.Slug, "talk", choice);
}
