using System.Diagnostics;
using Contacts.Core.Data;
using Contacts.Core.Data.MadeUp;

namespace Contacts.Bench;

/// <summary>What changes very many contacts.</summary>
internal static class WriteCases
{
    public static async Task RunAsync(BenchHouse house, BenchTable table, CancellationToken cancel)
    {
        if (table.Wants("seed"))
        {
            var people = Math.Clamp(house.Contacts / 20, 200, 20_000);
            var clock = Stopwatch.StartNew();
            await house.Get<SampleData>().FillAsync(house.Caller, new MadeUpPlan(people), cancel: cancel);
            table.Rate("seed, contacts with 5 entries and 5 page views", people / clock.Elapsed.TotalSeconds, null);
        }
    }
}
