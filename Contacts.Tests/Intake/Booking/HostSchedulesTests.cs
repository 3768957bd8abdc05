using Contacts.Core;
using Contacts.Core.Accounts;
using Contacts.Core.Intake.Booking;
using Contacts.Tests.Support;

namespace Contacts.Tests.Intake.Booking;

public class HostSchedulesTests
{
    private static readonly HostHours Hours = new()
    {
        TimeZone = "Europe/Lisbon", HolidayCountry = "PT",
        Hours = [new OpenHours(DayOfWeek.Monday, 540, 720), new OpenHours(DayOfWeek.Monday, 780, 1020), new OpenHours(DayOfWeek.Sunday, 1200, 1440)],
        Overrides = [new DateOverride(new DateOnly(2026, 12, 24), []), new DateOverride(new DateOnly(2026, 12, 31), [new OpenSpan(540, 600), new OpenSpan(660, 720)])],
    };

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task Hours_are_office_hours_until_somebody_saves_their_own(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var before = await Schedules(house).FindAsync(house.Member);

        await Schedules(house).SaveAsync(house.Member, Hours);

        Assert.Equal((false, "Europe/Berlin", "Mei Chou"), (before.IsSaved, before.Schedule.TimeZone, before.Host));
        Assert.Equal(OpenHours.OfficeHours, before.Schedule.Hours);
        var saved = await Schedules(house).FindAsync(house.Member);
        Assert.True(saved.IsSaved);
        Assert.Equal(("Europe/Lisbon", "PT"), (saved.Schedule.TimeZone, saved.Schedule.HolidayCountry));
        Assert.Equal(Hours.Hours, saved.Schedule.Hours);
        Assert.Equal(Hours.Overrides.Select(o => (o.Date, string.Join(',', o.Spans))), saved.Schedule.Overrides.Select(o => (o.Date, string.Join(',', o.Spans))));
        Assert.Equal("Europe/Berlin", (await Schedules(house).FindAsync(house.Owner)).Schedule.TimeZone);
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task Guests_are_offered_the_hosts_hours_without_holidays_and_days_off(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await Schedules(house).SaveAsync(house.Owner, Hours with { TimeZone = "Europe/Berlin", HolidayCountry = "DE", Overrides = [new DateOverride(new DateOnly(2026, 11, 30), [])] });
        async Task<List<string>> OfferedAsync(string name, bool usesHostHours)
        {
            await house.Get<BookingCalendars>().CreateAsync(house.Admin,
                new CalendarEdit { Name = name, HostId = house.Owner.UserId!.Value, TimeZone = "Europe/Berlin", UsesHostHours = usesHostHours, WindowDays = 40, Durations = [60] });
            return [.. (await house.Get<BookingDesk>().FindAsync("acme", name))!.Starts.Select(s => s.ToDateTimeUtc().ToString("MM-dd HH", System.Globalization.CultureInfo.InvariantCulture))];
        }

        var (theirs, calendars) = (await OfferedAsync("theirs", true), await OfferedAsync("calendars", false));

        Assert.Equal(["11-29 19", "11-29 20", "11-29 21", "11-29 22", "12-06 19"], theirs.Where(t => string.CompareOrdinal(t, "11-25") > 0).Take(5).ToList());
        Assert.DoesNotContain(theirs, t => t.StartsWith("12-26", StringComparison.Ordinal));
        Assert.DoesNotContain(calendars, t => t.StartsWith("11-30", StringComparison.Ordinal)); // a day off
        Assert.Contains(calendars, t => t.StartsWith("12-25", StringComparison.Ordinal)); // the host's holiday, which this calendar does not keep
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task Admins_keep_the_hours_of_others_and_members_their_own(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var (_, stranger, _, _) = await house.AddAccountAsync("Globex");
        var mei = house.Member.UserId;

        await Schedules(house).SaveAsync(house.Admin, Hours, mei);

        Assert.Equal("Europe/Lisbon", (await Schedules(house).FindAsync(house.Member, mei)).Schedule.TimeZone);
        Assert.Equal(Refusal.NotAllowed, (await Assert.ThrowsAsync<RuleException>(() => Schedules(house).SaveAsync(house.Member, Hours, house.Admin.UserId))).Refusal);
        Assert.Equal(Refusal.NotAllowed, (await Assert.ThrowsAsync<RuleException>(() => Schedules(house).FindAsync(house.Member, house.Admin.UserId))).Refusal);
        Assert.Equal(Refusal.NotFound, (await Assert.ThrowsAsync<RuleException>(() => Schedules(house).FindAsync(stranger, mei))).Refusal);
        Assert.Equal(Refusal.NotFound, (await Assert.ThrowsAsync<RuleException>(() => Schedules(house).SaveAsync(stranger, Hours, mei))).Refusal);
    }

    [Theory]
    [InlineData("time_zone")]
    [InlineData("hours.Monday")]
    [InlineData("overrides.1")]
    [InlineData("holiday_country")]
    public async Task What_is_wrong_is_told_where_it_is_and_nothing_is_saved(string param)
    {
        await using var house = await TestHouse.OpenAsync(Database.Sqlite);
        var wrong = param switch
        {
            "time_zone" => Hours with { TimeZone = "Mars/Olympus" },
            "hours.Monday" => Hours with { Hours = [new OpenHours(DayOfWeek.Monday, 540, 720), new OpenHours(DayOfWeek.Monday, 700, 800)] },
            "overrides.1" => Hours with { Overrides = [Hours.Overrides[0], Hours.Overrides[0]] },
            _ => Hours with { HolidayCountry = "XX" },
        };

        Assert.Equal(param, (await Assert.ThrowsAsync<RuleException>(() => Schedules(house).SaveAsync(house.Member, wrong))).Param);
        Assert.False((await Schedules(house).FindAsync(house.Member)).IsSaved);
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task Who_moves_to_another_zone_is_asked_once_what_becomes_of_the_hours(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        Task MoveAsync(string zone) => house.Get<Members>().UpdateProfileAsync(house.Member, "Mei Chou", zone, Theme.System);
        await MoveAsync("Asia/Tokyo");
        Assert.Empty(await Schedules(house).ZonesMovedAsync(house.Member)); // no hours of their own: they go along
        await Schedules(house).SaveAsync(house.Member, new HostHours { TimeZone = "Asia/Tokyo" });
        Assert.Empty(await Schedules(house).ZonesMovedAsync(house.Member));

        await MoveAsync("America/New_York");
        Assert.Equal([new ZoneMoved("Asia/Tokyo", "America/New_York")], await Schedules(house).ZonesMovedAsync(house.Member));
        await Schedules(house).AnswerZoneAsync(house.Member, moves: false);
        Assert.Empty(await Schedules(house).ZonesMovedAsync(house.Member));
        Assert.Equal("Asia/Tokyo", (await Schedules(house).FindAsync(house.Member)).Schedule.TimeZone);

        await MoveAsync("Europe/Paris");
        await Schedules(house).AnswerZoneAsync(house.Member, moves: true);
        Assert.Empty(await Schedules(house).ZonesMovedAsync(house.Member));
        var moved = (await Schedules(house).FindAsync(house.Member)).Schedule;
        Assert.Equal("Europe/Paris", moved.TimeZone);
        Assert.Equal(OpenHours.OfficeHours, moved.Hours);
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task A_calendar_with_hours_of_its_own_is_asked_about_where_they_are_one_persons(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var calendars = house.Get<BookingCalendars>();
        Task<BookingCalendar> MakeAsync(string name, Func<CalendarEdit, CalendarEdit>? with = null)
        {
            var edit = new CalendarEdit { Name = name, HostId = house.Member.UserId!.Value, TimeZone = "Europe/Berlin" };
            return calendars.CreateAsync(house.Admin, with?.Invoke(edit) ?? edit);
        }
        var (talk, demo) = (await MakeAsync("Talk"), await MakeAsync("Demo"));
        await MakeAsync("By the hosts", e => e with { UsesHostHours = true });
        await MakeAsync("A pool", e => e with { Hosting = HostingMode.RoundRobin, OtherHostIds = [house.Owner.UserId!.Value] });
        await MakeAsync("Theirs", e => e with { HostId = house.Owner.UserId!.Value });
        var there = await MakeAsync("There on purpose", e => e with { TimeZone = "America/New_York" });
        Assert.Empty(await Schedules(house).ZonesMovedAsync(house.Member));

        await house.Get<Members>().UpdateProfileAsync(house.Member, "Mei Chou", "Asia/Tokyo", Theme.System);
        Assert.Equal(["Demo", "Talk", "There on purpose"], (await Schedules(house).ZonesMovedAsync(house.Member)).Select(m => m.Calendar));
        Assert.Empty(await Schedules(house).ZonesMovedAsync(house.Owner));
        await Schedules(house).AnswerZoneAsync(house.Member, moves: true, talk.Id);
        await Schedules(house).AnswerZoneAsync(house.Member, moves: false, demo.Id);
        await Assert.ThrowsAsync<RuleException>(() => Schedules(house).AnswerZoneAsync(house.Owner, moves: true, there.Id));

        Assert.Equal([new ZoneMoved("America/New_York", "Asia/Tokyo", there.Id, there.Name)], await Schedules(house).ZonesMovedAsync(house.Member));
        Assert.Equal(("Asia/Tokyo", "Europe/Berlin"), ((await calendars.FindAsync(house.Member, talk.Id))!.TimeZone, (await calendars.FindAsync(house.Member, demo.Id))!.TimeZone));
        Assert.False((await Schedules(house).FindAsync(house.Member)).IsSaved);
    }

    private static HostSchedules Schedules(TestHouse house) => house.Get<HostSchedules>();
}
