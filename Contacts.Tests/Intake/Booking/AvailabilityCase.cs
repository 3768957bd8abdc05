using Contacts.Core.Intake.Booking;
using NodaTime;

namespace Contacts.Tests.Intake.Booking;

/// <summary>Something to ask of availability, made up.</summary>
/// <param name="Unit">The minutes of which all its times but now are multiples.</param>
internal sealed record AvailabilityCase(MeetingRules Rules, HostTime Host, Instant Now, DateInterval? Days, int Unit)
{
    public static readonly Instant From = Instant.FromUtc(2020, 1, 1, 0, 0), Until = Instant.FromUtc(2038, 1, 1, 0, 0);

    /// <summary>When an hour comes twice or not at all, or anything else happens to the zone's clock.</summary>
    public static IEnumerable<Transition> Transitions(DateTimeZone zone) => zone.GetZoneIntervals(From, Until)
        .Zip(zone.GetZoneIntervals(From, Until).Skip(1), (before, after) => new Transition(after.Start, before.WallOffset, after.WallOffset));

    public static AvailabilityCase Some(Random random, DateTimeZone zone, DateTimeZone other, Instant about)
    {
        var unit = random.Next(100) switch { 0 => 1, < 4 => 5, _ => 15 };
        var now = about + Duration.FromSeconds(random.Next(-24 * 3600, 12 * 3600));
        var rules = new MeetingRules(Some(random, unit, 1, 180), random.Next(4) == 0 ? other : zone, random.Next(3))
        {
            Step = random.Next(2) == 0 ? Duration.Zero : Some(random, unit, 1, 120),
            Lead = random.Next(2) == 0 ? Duration.Zero : Some(random, unit, 0, 36 * 60),
            BufferBefore = random.Next(2) == 0 ? Duration.Zero : Some(random, unit, 0, 90),
            BufferAfter = random.Next(2) == 0 ? Duration.Zero : Some(random, unit, 0, 90),
            PerDay = random.Next(4) == 0 ? random.Next(4) : null,
            PerWeek = random.Next(4) == 0 ? random.Next(1, 6) : null,
            PerMonth = random.Next(4) == 0 ? random.Next(1, 9) : null,
            WeekStart = random.Next(3) == 0 ? IsoDayOfWeek.Sunday : IsoDayOfWeek.Monday,
        };
        var today = now.InZone(rules.Zone).Date;
        var days = random.Next(3) == 0 ? new DateInterval(today.PlusDays(random.Next(-1, 2)), today.PlusDays(random.Next(1, 4))) : null;
        return new AvailabilityCase(rules, SomeHost(random, unit, zone, now), now, days, unit);
    }

    public static HostTime SomeHost(Random random, int unit, DateTimeZone zone, Instant now, long id = 1)
    {
        var today = now.InZone(zone).Date;
        var floor = Instant.FromUnixTimeSeconds(now.ToUnixTimeSeconds() / 3600 * 3600);
        var hours = new WorkingHours(zone, [.. OpenHours.Week.SelectMany(day => SomeSpans(random, unit).Select(span => new OpenHours(day, span.From, span.To)))])
        {
            Overrides = Enumerable.Range(0, random.Next(2)).ToDictionary(_ => today.PlusDays(random.Next(-1, 4)), _ => (IReadOnlyList<OpenSpan>)SomeSpans(random, unit)),
            Holidays = Enumerable.Range(0, random.Next(2)).Select(_ => today.PlusDays(random.Next(-1, 4))).ToHashSet(),
        };
        var busy = Enumerable.Range(0, random.Next(5)).Select(_ =>
        {
            var start = floor + Duration.FromMinutes(unit * random.Next(-24 * 60 / unit, 4 * 24 * 60 / unit));
            return new BusyTime(start, start + Some(random, unit, 1, 300), Some(random, unit, 0, 60), Some(random, unit, 0, 60));
        });
        var booked = Enumerable.Range(0, random.Next(8)).Select(_ => floor + Duration.FromHours(random.Next(2) == 0 ? random.Next(-40, 90) : random.Next(-800, 900)));
        return new HostTime(id, hours, [.. busy], [.. booked]);
    }

    // Also those that touch, overlap, reach midnight or take the whole day.
    private static List<OpenSpan> SomeSpans(Random random, int unit)
    {
        var (spans, per) = (new List<OpenSpan>(), OpenHours.MinutesPerDay / unit);
        for (var left = random.Next(4); left > 0; left--)
        {
            var from = random.Next(4) == 0 ? spans.Count > 0 ? spans[^1].To / unit % per : 0 : random.Next(per);
            spans.Add(new OpenSpan(from * unit, (random.Next(4) == 0 ? per : random.Next(from + 1, per + 1)) * unit));
        }
        return spans;
    }

    private static Duration Some(Random random, int unit, int least, int most) => Duration.FromMinutes(unit * (long)random.Next((least + unit - 1) / unit, most / unit + 1));
}

internal sealed record Transition(Instant At, Offset Before, Offset After);
