using Contacts.Core.Intake.Booking;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using NodaTime;
using NodaTime.Text;
using Interval = NodaTime.Interval;

namespace Contacts.Tests.Intake.Booking;

public class AvailabilityTests
{
    // Half-hour and quarter-hour offsets, a half-hour change of clocks, the day Samoa left out, and both hemispheres.
    private static readonly string[] Zones =
    [
        "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "America/Sao_Paulo", "Pacific/Apia", "Africa/Casablanca", "Pacific/Auckland", "UTC",
    ];

    [Fact]
    public void Office_hours_give_a_start_each_half_hour_until_the_last_that_fits()
    {
        var starts = Availability.Starts(Open("Europe/Berlin", OpenHours.OfficeHours, days: 0), At("2026-11-23T00:00:00Z"), []);

        Assert.Equal(16, starts.Count);
        Assert.Equal((At("2026-11-23T08:00:00Z"), At("2026-11-23T15:30:00Z")), (starts[0], starts[^1]));
    }

    [Fact]
    public void The_hour_that_is_skipped_in_spring_is_not_offered()
    {
        var starts = LocalTimes("Europe/Berlin", new OpenHours(DayOfWeek.Sunday, 60, 240), "2027-03-28T00:00:00Z");

        Assert.Equal(["01:00", "01:30", "03:00", "03:30"], starts);
    }

    [Fact]
    public void The_hour_that_comes_twice_in_autumn_is_offered_once()
    {
        var starts = LocalTimes("Europe/Berlin", new OpenHours(DayOfWeek.Sunday, 60, 240), "2026-10-24T22:00:00Z");

        Assert.Equal(["01:00", "01:30", "02:00", "02:30", "03:00", "03:30"], starts);
    }

    [Fact]
    public void A_meeting_ends_by_closing_time_even_where_an_hour_is_skipped()
    {
        var opening = Open("Europe/Berlin", [new OpenHours(DayOfWeek.Sunday, 60, 150)], minutes: 90, days: 0);

        var starts = Availability.Starts(opening, At("2027-03-28T00:00:00Z"), []);

        Assert.All(starts, start => Assert.True(start + opening.Length <= At("2027-03-28T01:30:00Z")));
    }

    [Fact]
    public void What_is_sooner_than_the_lead_time_is_not_offered()
    {
        var opening = Open("UTC", OpenHours.OfficeHours, days: 0) with { Lead = Duration.FromHours(4) };

        Assert.Equal(At("2026-11-23T13:30:00Z"), Availability.Starts(opening, At("2026-11-23T09:10:00Z"), [])[0]);
    }

    [Fact]
    public void The_last_day_of_the_window_is_offered_and_the_day_after_is_not()
    {
        var starts = Availability.Starts(Open("UTC", OpenHours.OfficeHours, days: 1), At("2026-11-23T00:00:00Z"), []);

        Assert.Equal(At("2026-11-24T16:30:00Z"), starts[^1]);
    }

    [Fact]
    public void A_busy_time_takes_each_start_it_overlaps_and_none_it_touches()
    {
        var busy = new Interval(At("2026-11-23T09:45:00Z"), At("2026-11-23T10:30:00Z"));

        var starts = Availability.Starts(Open("UTC", OpenHours.OfficeHours, days: 0), At("2026-11-23T00:00:00Z"), [busy]);

        Assert.Equal([At("2026-11-23T09:00:00Z"), At("2026-11-23T10:30:00Z"), At("2026-11-23T11:00:00Z")], starts.Take(3));
    }

    [Property(MaxTest = 500)]
    public Property Every_start_is_inside_its_hours_in_the_window_free_and_offered_once() => Prop.ForAll(Cases(), test =>
    {
        var starts = Availability.Starts(test.Opening, test.Now, test.Busy);
        var zone = test.Opening.Zone;
        var today = test.Now.InZone(zone).Date;

        Assert.Equal(starts.Distinct().Order(), starts);
        Assert.Equal(starts.Count, starts.Select(s => s.InZone(zone).LocalDateTime).Distinct().Count());
        foreach (var start in starts)
        {
            var local = start.InZone(zone).LocalDateTime;
            var minute = local.Hour * 60 + local.Minute;
            Assert.InRange(local.Date, today, today.PlusDays(test.Opening.WindowDays));
            Assert.True(start >= test.Now + test.Opening.Lead);
            Assert.Equal(start, zone.MapLocal(local).First().ToInstant());
            Assert.Contains(test.Opening.Hours, h => (int)h.Day == (int)local.DayOfWeek % 7 && h.From <= minute && minute + test.Opening.Length.TotalMinutes <= h.To);
            Assert.DoesNotContain(test.Busy, b => b.Start < start + test.Opening.Length && b.End > start);
        }
    });

    [Property(MaxTest = 300)]
    public Property A_taken_start_is_gone_and_no_other_start_appears() => Prop.ForAll(Cases(), test =>
    {
        var before = Availability.Starts(test.Opening, test.Now, test.Busy);
        if (before.Count == 0) return;
        var taken = before[before.Count / 2];

        var after = Availability.Starts(test.Opening, test.Now, [.. test.Busy, new Interval(taken, taken + test.Opening.Length)]);

        Assert.DoesNotContain(taken, after);
        Assert.Subset(before.ToHashSet(), after.ToHashSet());
    });

    public sealed record Case(Opening Opening, Instant Now, List<Interval> Busy);

    private static Arbitrary<Case> Cases() => (
        from zone in Gen.Elements(Zones)
        from minutes in Gen.Elements(5, 15, 20, 30, 45, 50, 60, 90)
        from lead in Gen.Choose(0, 3 * 24 * 60)
        from days in Gen.Choose(0, 14)
        from hour in Gen.Choose(0, 2 * 365 * 24)
        from hours in Gen.Zip(Gen.Choose(0, 6), Gen.Zip(Gen.Choose(0, 96), Gen.Choose(0, 96))).ListOf(6)
        from busy in Gen.Zip(Gen.Choose(0, 16 * 24 * 4), Gen.Choose(1, 20)).ListOf(8)
        let now = At("2026-01-01T00:07:00Z") + Duration.FromHours(hour)
        select new Case(
            Open(zone, [.. hours.Select(h => new OpenHours((DayOfWeek)h.Item1, Math.Min(h.Item2.Item1, h.Item2.Item2) * 15, Math.Max(h.Item2.Item1, h.Item2.Item2) * 15))], minutes, days)
                with { Lead = Duration.FromMinutes(lead) },
            now,
            [.. busy.Select(b => new Interval(now + Duration.FromMinutes(15 * b.Item1), now + Duration.FromMinutes(15 * (b.Item1 + b.Item2))))])).ToArbitrary();

    private static List<string> LocalTimes(string zone, OpenHours hours, string now) =>
        Availability.Starts(Open(zone, [hours], days: 0), At(now), [])
            .ConvertAll(s => s.InZone(DateTimeZoneProviders.Tzdb[zone]).ToString("HH:mm", System.Globalization.CultureInfo.InvariantCulture));

    private static Opening Open(string zone, IReadOnlyCollection<OpenHours> hours, int minutes = 30, int days = 60) =>
        new(hours, DateTimeZoneProviders.Tzdb[zone], Duration.FromMinutes(minutes), Duration.Zero, days);

    private static Instant At(string text) => InstantPattern.General.Parse(text).Value;
}
