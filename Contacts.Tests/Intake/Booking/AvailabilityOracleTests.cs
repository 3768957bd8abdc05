using Contacts.Core.Intake.Booking;
using NodaTime;

namespace Contacts.Tests.Intake.Booking;

/// <summary>Availability beside a slow and simple count of the same, on made-up cases that are the same in each run.</summary>
public class AvailabilityOracleTests
{
    private static readonly DateTimeZone[] Zones = [.. DateTimeZoneProviders.Tzdb.Ids.Select(id => DateTimeZoneProviders.Tzdb[id])];

    [Fact]
    public void A_hundred_thousand_made_up_hosts_offer_what_the_oracle_says()
    {
        var random = new Random(2026);
        var minutes = (int)(AvailabilityCase.Until - AvailabilityCase.From).TotalMinutes;
        for (var n = 0; n < 100_000; n++)
        {
            var (zone, other) = (Zones[n % Zones.Length], Zones[random.Next(Zones.Length)]);
            var about = AvailabilityCase.From + Duration.FromMinutes(random.Next(minutes));
            // A third of them within a day of a change of the clocks, where there is one.
            if (n % 3 == 0 && zone.GetZoneInterval(about) is { HasStart: true } now) about = Instant.Max(now.Start, AvailabilityCase.From);
            Check(AvailabilityCase.Some(random, zone, other, about), other, random, n);
        }
    }

    [Fact]
    public void Whatever_any_clock_does_from_2020_to_2037_hosts_offer_what_the_oracle_says()
    {
        var random = new Random(2037);
        // Zones that do the same at the same moment are one.
        var changes = Zones.SelectMany(zone => AvailabilityCase.Transitions(zone).Select(change => (zone, change))).DistinctBy(z => z.change).ToList();
        Assert.InRange(changes.Count, 500, 5000);
        foreach (var (zone, change) in changes)
            for (var n = 0; n < 4; n++)
                Check(AvailabilityCase.Some(random, zone, zone, change.At), DateTimeZone.Utc, random, n);
    }

    [Fact]
    public void A_pool_offers_what_any_of_its_hosts_offers_and_together_what_suits_all()
    {
        var random = new Random(20);
        for (var n = 0; n < 4_000; n++)
        {
            var (zone, other) = (Zones[random.Next(Zones.Length)], Zones[random.Next(Zones.Length)]);
            var test = AvailabilityCase.Some(random, zone, other, AvailabilityCase.From + Duration.FromHours(random.Next(18 * 365 * 24)));
            HostTime[] hosts = [test.Host, AvailabilityCase.SomeHost(random, test.Unit, zone, test.Now, 2), AvailabilityCase.SomeHost(random, test.Unit, other, test.Now, 3)];
            var oracles = hosts.Select(host => new AvailabilityOracle(test, host)).ToList();

            var any = Availability.Slots(test.Rules, hosts, HostingMode.RoundRobin, test.Now, test.Days);
            var expected = hosts.Zip(oracles, (host, oracle) => oracle.Starts.Select(start => (start, host.HostId))).SelectMany(s => s)
                .GroupBy(s => s.start, s => s.HostId).OrderBy(g => g.Key).Select(g => (g.Key, string.Join(' ', g)));
            Assert.Equal(expected, any.Select(slot => (slot.Start, string.Join(' ', slot.Hosts))));

            hosts = hosts[..2];
            oracles = oracles[..2];
            var together = Availability.Slots(test.Rules, hosts, HostingMode.Everyone, test.Now, test.Days);
            Assert.Equal(oracles[0].Moments.Where(m => oracles.Any(o => o.IsOnGrid(m)) && oracles.All(o => o.HasRoom(m))), together.Select(slot => slot.Start));
            Assert.All(together, slot => Assert.Equal([1, 2], slot.Hosts));

            foreach (var moment in oracles[0].Moments.Where(_ => random.Next(40) == 0))
            {
                var isInRange = test.Days is null || test.Days.Contains(moment.InZone(test.Rules.Zone).Date);
                if (!isInRange) continue;
                Assert.Equal(together.Any(slot => slot.Start == moment), Availability.FreeHosts(test.Rules, hosts, HostingMode.Everyone, moment, test.Now).Count == 2);
            }
        }
    }

    private static void Check(AvailabilityCase test, DateTimeZone guest, Random random, int n)
    {
        var oracle = new AvailabilityOracle(test, test.Host);
        var starts = Availability.Starts(test.Rules, test.Host, test.Now, test.Days);
        Assert.True(oracle.Starts.SequenceEqual(starts), $"Case {n}: {test.Host.Hours.Zone}, {test.Now}: {string.Join(' ', starts.Except(oracle.Starts))} too many, "
            + $"{string.Join(' ', oracle.Starts.Except(starts))} missing of {string.Join(' ', starts)}");

        var zone = test.Host.Hours.Zone;
        var seen = new HashSet<LocalDateTime>();
        foreach (var start in starts)
        {
            var host = start.InZone(zone);
            Assert.True(zone.MapLocal(host.LocalDateTime).First().ToInstant() == start, "The second time round was offered.");
            Assert.True(seen.Add(host.LocalDateTime), "A local time was offered twice.");
            // As each reads it off their own clock, and as it is kept.
            Assert.True(guest.MapLocal(start.InZone(guest).LocalDateTime) is { Count: > 0 } read && (read.First().ToInstant() == start || read.Last().ToInstant() == start), "Guest and host would not meet.");
            var kept = start.ToDateTimeUtc();
            Assert.True(kept.Kind == DateTimeKind.Utc && Instant.FromDateTimeUtc(DateTime.UnixEpoch.AddMilliseconds((long)(kept - DateTime.UnixEpoch).TotalMilliseconds)) == start, "It is kept as another time.");
        }
        // The moment of booking agrees with what was on offer, also off the grid and by a second.
        if (starts.Count > 0) AssertFree(starts[random.Next(starts.Count)], true);
        var moment = Instant.FromUnixTimeSeconds((test.Now.ToUnixTimeSeconds() / 3600 * 60 + test.Unit * (long)random.Next(72 * 60 / test.Unit)) * 60);
        if (test.Days is null) AssertFree(moment, starts.BinarySearch(moment) >= 0);
        AssertFree(moment + Duration.FromSeconds(1), false);

        void AssertFree(Instant start, bool expected) => Assert.True(Availability.IsFree(test.Rules, test.Host, start, test.Now) == expected, $"Case {n}: {start}");
    }
}
