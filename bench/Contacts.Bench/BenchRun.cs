using Contacts.Core.Data;

namespace Contacts.Bench;

/// <summary>The whole benchmark on one database, which is filled first when it is empty.</summary>
/// <param name="Contacts">In all; four fifths of them are in the account that is measured.</param>
/// <param name="Entries">For each contact, on average.</param>
/// <param name="PageViews">For each contact, on average.</param>
/// <param name="Each">How long each case is repeated.</param>
/// <param name="Only">Only cases whose name contains this.</param>
/// <param name="Output">The file that the tables go to, tab-separated.</param>
public sealed record BenchRun(int Contacts, int Entries, int PageViews, TimeSpan Each, string? Only = null, string? Output = null)
{
    /// <summary>Fills, measures, and writes what came of it.</summary>
    public async Task RunAsync(DatabaseOptions options, TextWriter screen, CancellationToken cancel)
    {
        await using var house = await BenchHouse.OpenAsync(options, new BenchSize(Contacts, Entries, PageViews), cancel);
        var table = new BenchTable(Each, Only);
        await using (var raw = await RawDb.OpenAsync(house.Options, cancel))
        {
            await new ReadCases(house, raw, table).RunAsync();
            await new FilterCases(house, raw, table).RunAsync();
            await new SearchCases(house, raw, table).RunAsync();
            await BoardCases.RunAsync(house, raw, table, cancel);
            if (table.Wants("bulk")) await new BulkCases(house, raw, table).RunAsync(cancel);
            if (table.Wants("seed")) await new SeedCases(house, raw, table).RunAsync(cancel);
        }
        await FigureCases.RunAsync(house, table, cancel);
        await AvailabilityCases.RunAsync(table);
        await FlowCases.RunAsync(house, table, cancel);
        table.Print(screen);
        await house.PrintSizeAsync(screen, cancel);
        if (Output is null) return;
        await using var writer = new StreamWriter(Output);
        table.WriteTo(writer);
    }
}
