using Contacts.Core.Intake.Booking;
using NodaTime;
using NodaTime.Text;

namespace Contacts.Tests.Intake.Booking;

public class AvailabilityTests
{
    private static readonly Instant Monday = At("2026-11-23T00:00:00Z");

    [Fact]
    public void Office_hours_give_a_start_each_half_hour_until_the_last_that_fits()
    {
        var starts = Availability.Starts(Rules("Europe/Berlin"), Host("Europe/Berlin", OpenHours.OfficeHours), Monday);

        Assert.Equal(16, starts.Count);
        Assert.Equal((At("2026-11-23T08:00:00Z"), At("2026-11-23T15:30:00Z")), (starts[0], starts[^1]));
    }

    [Fact]
    public void Starts_are_a_step_apart_from_the_opening_of_each_span()
    {
        var host = Host("UTC", [new(DayOfWeek.Monday, 9 * 60, 10 * 60), new(DayOfWeek.Monday, 13 * 60 + 10, 14 * 60)]);

        Assert.Equal(["09:00", "09:15", "09:30", "13:10", "13:25"], Clock(Availability.Starts(Rules() with { Step = Minutes(15) }, host, Monday)));
    }

    [Fact]
    public void Who_comes_along_leaves_the_times_of_the_others_that_are_free_for_all()
    {
        var host = Host("UTC", [new(DayOfWeek.Monday, 9 * 60, 11 * 60)]);
        // Open from a quarter past, so on another grid, and busy from ten on for half an hour.
        var along = Host("UTC", [new(DayOfWeek.Monday, 9 * 60 + 15, 12 * 60)]) with { HostId = 2, Busy = [new BusyTime(At("2026-11-23T10:00:00Z"), At("2026-11-23T10:30:00Z"))] };

        var slots = Availability.Slots(Rules(), [host], HostingMode.OneHost, Monday, coHosts: [along]);

        Assert.Equal(["09:30", "10:30"], Clock(slots.ConvertAll(slot => slot.Start)));
        Assert.All(slots, slot => Assert.Equal([host.HostId], slot.Hosts));
        Assert.Empty(Availability.FreeHosts(Rules(), [host], HostingMode.OneHost, At("2026-11-23T10:00:00Z"), Monday, [along]));
    }

    [Fact]
    public void The_hour_that_is_skipped_in_spring_is_not_offered() =>
        Assert.Equal(["01:00", "01:30", "03:00", "03:30"], OnSunday("2027-03-28T00:00:00Z", 60, 240));

    [Fact]
    public void The_hour_that_comes_twice_in_autumn_is_offered_once() =>
        Assert.Equal(["01:00", "01:30", "02:00", "02:30", "03:00", "03:30"], OnSunday("2026-10-24T22:00:00Z", 60, 240));

    [Fact]
    public void A_span_that_closes_in_the_skipped_hour_closes_when_the_clocks_change() =>
        Assert.Equal(["01:00"], OnSunday("2027-03-28T00:00:00Z", 60, 150, minutes: 60)); // from 1:30 on, it would end at 3:30

    [Fact]
    public void A_span_that_closes_in_the_hour_that_comes_twice_closes_the_first_time_round() =>
        Assert.Equal(["01:00"], OnSunday("2026-10-24T22:00:00Z", 60, 150, minutes: 90));

    [Fact]
    public void A_meeting_over_the_hour_that_comes_twice_takes_no_longer_than_any_other() =>
        Assert.Equal(["01:00", "02:30"], OnSunday("2026-10-24T22:00:00Z", 60, 180, minutes: 90)); // 2:30 and 90 minutes is 3:00

    [Fact]
    public void What_is_sooner_than_the_lead_time_is_not_offered()
    {
        var rules = Rules() with { Lead = Duration.FromHours(4) };

        Assert.Equal(At("2026-11-23T13:30:00Z"), Availability.Starts(rules, Host("UTC", OpenHours.OfficeHours), At("2026-11-23T09:10:00Z"))[0]);
        Assert.Equal(At("2026-11-23T13:30:00Z"), Availability.Starts(rules, Host("UTC", OpenHours.OfficeHours), At("2026-11-23T09:30:00Z"))[0]);
    }

    [Fact]
    public void The_last_day_of_the_window_is_offered_and_the_day_after_is_not() =>
        Assert.Equal(At("2026-11-24T16:30:00Z"), Availability.Starts(Rules(days: 1), Host("UTC", OpenHours.OfficeHours), Monday)[^1]);

    [Fact]
    public void The_window_counts_days_of_the_calendar_whatever_the_hosts_zone()
    {
        var host = Host("Pacific/Auckland", [.. OpenHours.Week.Select(day => new OpenHours(day, 0, 1440))]);

        var starts = Availability.Starts(Rules("America/New_York", minutes: 60), host, At("2026-11-23T12:00:00Z"));

        Assert.Equal((At("2026-11-23T12:00:00Z"), At("2026-11-24T04:00:00Z")), (starts[0], starts[^1]));
    }

    [Fact]
    public void A_range_of_days_is_part_of_the_window()
    {
        var (rules, host) = (Rules(days: 60), Host("UTC", OpenHours.OfficeHours));
        var december = new DateInterval(new LocalDate(2026, 12, 1), new LocalDate(2026, 12, 31));

        var all = Availability.Starts(rules, host, Monday);

        Assert.Equal(all.Where(s => s.InUtc().Month == 12), Availability.Starts(rules, host, Monday, december));
        Assert.Empty(Availability.Starts(rules, host, Monday, new DateInterval(new LocalDate(2026, 11, 1), new LocalDate(2026, 11, 22))));
    }

    [Fact]
    public void A_busy_time_takes_each_start_it_overlaps_and_none_it_touches()
    {
        var host = Host("UTC", OpenHours.OfficeHours) with { Busy = [new(At("2026-11-23T09:45:00Z"), At("2026-11-23T10:30:00Z"))] };

        Assert.Equal(["09:00", "10:30", "11:00"], Clock(Availability.Starts(Rules(), host, Monday)).Take(3));
    }

    [Theory]
    [InlineData(0, 0, 0, 0, "10:30", "12:00")]
    [InlineData(0, 0, 30, 15, "10:00", "12:15")]
    [InlineData(15, 30, 0, 0, "10:00", "12:15")]
    [InlineData(15, 30, 30, 15, "10:00", "12:15")] // buffers that face each other overlap
    [InlineData(45, 0, 0, 30, "10:30", "12:45")]
    public void Between_two_meetings_lies_the_larger_of_the_buffers_that_face_each_other(int before, int after, int theirBefore, int theirAfter, string last, string next)
    {
        var rules = Rules() with { Step = Minutes(15), BufferBefore = Minutes(before), BufferAfter = Minutes(after) };
        var meeting = new BusyTime(At("2026-11-23T11:00:00Z"), At("2026-11-23T12:00:00Z"), Minutes(theirBefore), Minutes(theirAfter));

        var starts = Clock(Availability.Starts(rules, Host("UTC", OpenHours.OfficeHours) with { Busy = [meeting] }, Monday));

        Assert.Equal((last, next), (starts.Last(s => string.CompareOrdinal(s, "11:00") < 0), starts.First(s => string.CompareOrdinal(s, "11:00") >= 0)));
    }

    [Fact]
    public void A_meeting_may_run_over_midnight_where_both_days_are_open_and_each_day_begins_its_own_grid()
    {
        var host = Host("UTC", [new(DayOfWeek.Monday, 22 * 60, 1440), new(DayOfWeek.Tuesday, 0, 60)]);

        Assert.Equal(["22:00", "22:45", "23:30", "00:00"], Clock(Availability.Starts(Rules(minutes: 45, days: 1), host, Monday)));
        Assert.Equal(["22:00", "22:45"], Clock(Availability.Starts(Rules(minutes: 45), Host("UTC", [new(DayOfWeek.Monday, 22 * 60, 1440)]), Monday)));
    }

    [Fact]
    public void A_date_of_its_own_beats_the_week_and_a_holiday()
    {
        var (monday, tuesday, wednesday, saturday) = (new LocalDate(2026, 11, 23), new LocalDate(2026, 11, 24), new LocalDate(2026, 11, 25), new LocalDate(2026, 11, 28));
        var hours = new WorkingHours(DateTimeZone.Utc, OpenHours.OfficeHours)
        {
            Holidays = new HashSet<LocalDate> { tuesday, wednesday },
            Overrides = new Dictionary<LocalDate, IReadOnlyList<OpenSpan>> { [monday] = [], [wednesday] = [new(600, 660)], [saturday] = [new(720, 750)] },
        };

        var starts = Availability.Starts(Rules(days: 6), new HostTime(1, hours, [], []), Monday).GroupBy(s => s.InUtc().Date).ToDictionary(d => d.Key, d => Clock(d));

        Assert.Equal([wednesday, wednesday.PlusDays(1), wednesday.PlusDays(2), saturday], starts.Keys);
        Assert.Equal(["10:00", "10:30"], starts[wednesday]);
        Assert.Equal(["12:00"], starts[saturday]);
    }

    [Fact]
    public void Limits_count_what_the_host_has_in_the_whole_day_week_and_month()
    {
        var host = Host("UTC", OpenHours.OfficeHours) with { Booked = [At("2026-11-23T08:00:00Z"), At("2026-11-24T09:00:00Z"), At("2026-11-24T10:00:00Z")] };

        Assert.Equal([23, 25, 26, 27, 30], Days(Rules(days: 7) with { PerDay = 2 }));
        Assert.Equal([30], Days(Rules(days: 7) with { PerWeek = 3 }));
        Assert.Equal([1, 2], Days(Rules(days: 9) with { PerMonth = 3 }));
        Assert.Empty(Days(Rules(days: 7) with { PerDay = 0 }));

        IEnumerable<int> Days(MeetingRules rules) => Availability.Starts(rules, host, At("2026-11-23T08:30:00Z")).Select(s => s.InUtc().Day).Distinct();
    }

    [Fact]
    public void A_week_begins_on_the_day_the_rules_say()
    {
        var host = Host("UTC", [.. OpenHours.Week.Select(day => new OpenHours(day, 600, 630))]) with { Booked = [At("2026-11-23T10:00:00Z")] };

        Assert.Equal(30, Availability.Starts(Rules(days: 14) with { PerWeek = 1 }, host, Monday)[0].InUtc().Day);
        Assert.Equal(29, Availability.Starts(Rules(days: 14) with { PerWeek = 1, WeekStart = IsoDayOfWeek.Sunday }, host, Monday)[0].InUtc().Day);
    }

    [Fact]
    public void Hosts_who_open_at_different_hours_meet_where_both_are_open()
    {
        HostTime[] hosts = [Host("UTC", [new(DayOfWeek.Monday, 540, 690)]), Host("UTC", [new(DayOfWeek.Monday, 570, 690)]) with { HostId = 2 }];

        Assert.Equal(["09:30", "10:00", "10:30"], Clock(Availability.Slots(Rules(minutes: 60), hosts, HostingMode.Everyone, Monday).Select(slot => slot.Start)));
        Assert.Empty(Availability.Slots(Rules(), [], HostingMode.Everyone, Monday));
    }

    [Fact]
    public void A_pool_says_who_is_free_at_each_start_in_its_order()
    {
        HostTime[] hosts = [Host("UTC", [new(DayOfWeek.Monday, 540, 600)]) with { HostId = 7 }, Host("UTC", [new(DayOfWeek.Monday, 570, 630)]) with { HostId = 3 }];

        var slots = Availability.Slots(Rules(), hosts, HostingMode.Priority, Monday);

        Assert.Equal(["7", "7 3", "3"], slots.Select(slot => string.Join(' ', slot.Hosts)));
        Assert.Equal([7, 3], Availability.FreeHosts(Rules(), hosts, HostingMode.Priority, slots[1].Start, Monday));
        Assert.Empty(Availability.FreeHosts(Rules(), hosts, HostingMode.Everyone, slots[0].Start, Monday));
    }

    private static List<string> OnSunday(string now, int from, int to, int minutes = 30) =>
        Clock(Availability.Starts(Rules("Europe/Berlin", minutes), Host("Europe/Berlin", [new(DayOfWeek.Sunday, from, to)]), At(now)), "Europe/Berlin");

    private static List<string> Clock(IEnumerable<Instant> starts, string zone = "UTC") =>
        [.. starts.Select(s => s.InZone(DateTimeZoneProviders.Tzdb[zone]).ToString("HH:mm", System.Globalization.CultureInfo.InvariantCulture))];

    private static MeetingRules Rules(string zone = "UTC", int minutes = 30, int days = 0) => new(Minutes(minutes), DateTimeZoneProviders.Tzdb[zone], days);

    private static HostTime Host(string zone, IReadOnlyCollection<OpenHours> hours) => new(1, new WorkingHours(DateTimeZoneProviders.Tzdb[zone], hours), [], []);

    private static Duration Minutes(int minutes) => Duration.FromMinutes(minutes);

    private static Instant At(string text) => InstantPattern.General.Parse(text).Value;
}
