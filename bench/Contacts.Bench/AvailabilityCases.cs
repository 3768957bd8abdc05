using Contacts.Core.Intake.Booking;
using NodaTime;

namespace Contacts.Bench;

/// <summary>What a guest waits for when a month of a calendar is worked out; no database has a part in it.</summary>
internal static class AvailabilityCases
{
    private const int Hosts = 20, BusyTimes = 500;

    private static readonly DateTimeZone Zone = DateTimeZoneProviders.Tzdb["Europe/Berlin"];

    // October of that year ends with the clocks going back.
    private static readonly Instant Now = Instant.FromUtc(2026, 10, 1, 6, 7);
    private static readonly DateInterval Month = new(new LocalDate(2026, 10, 1), new LocalDate(2026, 10, 31));

    public static async Task RunAsync(BenchTable table)
    {
        var random = new Random(1);
        var rules = new MeetingRules(Duration.FromMinutes(30), Zone, 60)
        {
            Step = Duration.FromMinutes(15), Lead = Duration.FromHours(4), BufferBefore = Duration.FromMinutes(5), BufferAfter = Duration.FromMinutes(10),
            PerDay = 12, PerWeek = 50, PerMonth = 200,
        };
        var pool = Enumerable.Range(1, Hosts).Select(id => SomeHost(random, id)).ToList();
        var start = Availability.Starts(rules, pool[0], Now, Month)[^1];
        await table.TimeAsync("availability: a month of one host", _ => Do(Availability.Starts(rules, pool[0], Now, Month)), null, warmUps: 200);
        await table.TimeAsync("availability: one start of one host", _ => Do(Availability.IsFree(rules, pool[0], start, Now)), null, warmUps: 200);
        await table.TimeAsync($"availability: a month of any of {Hosts} hosts", _ => Do(Availability.Slots(rules, pool, HostingMode.RoundRobin, Now, Month)), null, warmUps: 200);
        await table.TimeAsync($"availability: a month of {Hosts} hosts together", _ => Do(Availability.Slots(rules, pool, HostingMode.Everyone, Now, Month)), null, warmUps: 200);
    }

    // Five hundred busy times in forty days, of a quarter of an hour to an hour each.
    private static HostTime SomeHost(Random random, long id)
    {
        var busy = Enumerable.Range(0, BusyTimes).Select(_ => Now + Duration.FromMinutes(15 * random.Next(-2 * 96, 38 * 96)))
            .Select(start => new BusyTime(start, start + Duration.FromMinutes(15 * random.Next(1, 5)), Duration.Zero, Duration.FromMinutes(10))).ToList();
        return new HostTime(id, new WorkingHours(Zone, OpenHours.OfficeHours), busy, [.. busy.Take(100).Select(b => b.Start)]);
    }

    private static Task Do<T>(T _) => Task.CompletedTask;
}
