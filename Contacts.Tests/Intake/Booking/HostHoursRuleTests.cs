using Contacts.Core;
using Contacts.Core.Accounts;
using Contacts.Core.Intake.Booking;
using NodaTime;
using NodaTime.TimeZones;

namespace Contacts.Tests.Intake.Booking;

/// <summary>Holidays, days off and zones in the hours of hosts and calendars.</summary>
public class HostHoursRuleTests
{
    private static readonly LocalDate Christmas = new(2026, 12, 25);

    [Fact]
    public void Every_country_on_offer_has_holidays_in_every_year()
    {
        Assert.True(PublicHolidays.Offered.Count >= 35);
        foreach (var country in PublicHolidays.Offered)
            Assert.True(PublicHolidays.Of(country.Code).CountBy(date => date.Year).Count() == PublicHolidays.LastYear - PublicHolidays.FirstYear + 1, country.Name);
        Assert.Contains(new LocalDate(2026, 10, 3), PublicHolidays.Of("DE"));
        Assert.Contains(new LocalDate(2026, 7, 14), PublicHolidays.Of("FR"));
        Assert.Contains(new LocalDate(2026, 11, 26), PublicHolidays.Of("US"));
        Assert.Empty(PublicHolidays.Of(null));
    }

    [Theory]
    [InlineData("DE-BY", "2026-11-01", true)] // All Saints, in Bavaria
    [InlineData("DE", "2026-11-01", false)]
    [InlineData("DE-SN", "2026-11-18", true)] // Repentance Day, in Saxony alone
    [InlineData("DE-BY", "2026-11-18", false)]
    [InlineData("GB-SCT", "2026-11-30", true)] // St Andrew
    [InlineData("GB-ENG", "2026-11-30", false)]
    [InlineData("FR-6AE", "2026-12-26", true)]
    [InlineData("FR", "2026-12-26", false)]
    [InlineData("CH-ZH", "2026-05-01", true)]
    [InlineData("CA-QC", "2026-06-24", true)]
    [InlineData("CA-ON", "2026-06-24", false)]
    [InlineData("AU-VIC", "2026-11-03", true)] // Melbourne Cup
    [InlineData("AU-NSW", "2026-11-03", false)]
    public void A_region_keeps_its_own(string place, string date, bool isHoliday) =>
        Assert.Equal(isHoliday, PublicHolidays.Of(place).Contains(LocalDate.FromDateOnly(DateOnly.Parse(date, System.Globalization.CultureInfo.InvariantCulture))));

    [Fact]
    public void Every_region_belongs_to_a_country_on_offer_and_has_holidays_in_every_year()
    {
        Assert.All(HolidayRegion.All, region =>
        {
            Assert.Contains(PublicHolidays.Offered, country => region.Code.StartsWith(country.Code + "-", StringComparison.Ordinal));
            Assert.Equal(PublicHolidays.LastYear - PublicHolidays.FirstYear + 1, PublicHolidays.Of(region.Code).CountBy(day => day.Year).Count());
        });
        Assert.Equal(HolidayRegion.All.Count, HolidayRegion.All.Select(r => r.Code).Distinct().Count());
    }

    [Theory]
    [InlineData("XX")]
    [InlineData("Germany")]
    public void An_unknown_country_is_refused(string country)
    {
        var refused = Assert.Throws<RuleException>(() => Schedule().Arrange(new HostHours { TimeZone = "Europe/Berlin", HolidayCountry = country }));

        Assert.Equal("holiday_country", refused.Param);
        Assert.Contains(country.ToUpperInvariant(), refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_holiday_closes_the_hosts_hours_and_a_day_off_every_calendar()
    {
        var schedule = Schedule();
        schedule.Arrange(new HostHours
        {
            TimeZone = "Europe/Berlin", HolidayCountry = "de",
            Overrides = [new DateOverride(new DateOnly(2026, 12, 28), []), new DateOverride(new DateOnly(2027, 1, 1), [new OpenSpan(600, 720)])],
        });

        Assert.Empty(schedule.WorkingHours.On(Christmas));
        Assert.Equal([new OpenSpan(600, 720)], schedule.WorkingHours.On(new LocalDate(2027, 1, 1))); // a date of its own beats the holiday
        Assert.Equal([new BusyTime(Instant.FromUtc(2026, 12, 27, 23, 0), Instant.FromUtc(2026, 12, 28, 23, 0))], schedule.DaysOff);
    }

    [Fact]
    public void A_weekly_hour_stays_on_the_clock_when_the_rules_of_its_zone_change()
    {
        var known = DateTimeZoneProviders.Tzdb["Europe/Berlin"];
        var changed = new SummerForGood(known, Instant.FromUtc(2027, 3, 28, 1, 0));
        var monday = new DateInterval(new LocalDate(2027, 11, 22), new LocalDate(2027, 11, 22));

        Instant First(DateTimeZone zone)
        {
            var host = new HostTime(1, new WorkingHours(zone, OpenHours.OfficeHours), [], []);
            return Availability.Starts(new MeetingRules(Duration.FromMinutes(30), zone, 365), host, Instant.FromUtc(2027, 11, 1, 0, 0), monday)[0];
        }

        Assert.Equal((Instant.FromUtc(2027, 11, 22, 8, 0), Instant.FromUtc(2027, 11, 22, 7, 0)), (First(known), First(changed)));
        Assert.Equal(new LocalTime(9, 0), First(known).InZone(known).TimeOfDay);
        Assert.Equal(new LocalTime(9, 0), First(changed).InZone(changed).TimeOfDay);
    }

    private static HostSchedule Schedule() => new(new AppUser(1, "tom@acme.example", "Tom Berg", Role.Admin, "Europe/Berlin", DateTime.UnixEpoch));

    /// <summary>The zone after a law that no clock goes back any more.</summary>
    private sealed class SummerForGood(DateTimeZone before, Instant from) : DateTimeZone(before.Id, false, before.MinOffset, before.MaxOffset)
    {
        private readonly ZoneInterval _rest = new("CEST", from, null, Offset.FromHours(2), Offset.FromHours(1));

        public override ZoneInterval GetZoneInterval(Instant instant)
        {
            if (instant >= from) return _rest;
            var known = before.GetZoneInterval(instant);
            return known.HasEnd && known.End <= from ? known : new ZoneInterval(known.Name, known.HasStart ? known.Start : null, from, known.WallOffset, known.Savings);
        }
    }
}
