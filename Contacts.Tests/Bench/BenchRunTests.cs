using Contacts.Bench;
using Contacts.Tests.Support;

namespace Contacts.Tests.Bench;

/// <summary>The benchmark on some hundred contacts: that every case runs on either database, however long it takes.</summary>
public sealed class BenchRunTests
{
    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task The_benchmark_measures_every_case_and_writes_both_tables(Database database)
    {
        var (options, drop) = await TestDatabases.CreateBareAsync(database);
        var file = Path.GetTempFileName();
        try
        {
            var screen = new StringWriter();
            var run = new BenchRun(Contacts: 300, Entries: 4, PageViews: 3, Each: TimeSpan.Zero, Output: file);

            await run.RunAsync(options, screen, TestContext.Current.CancellationToken);

            var blocks = (await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken)).ReplaceLineEndings("\n").Split("\n\n");
            Assert.Equal(2, blocks.Length);
            Rows("case\tours_p50_ms\tours_p99_ms\traw_p50_ms\traw_p99_ms\tratio_p50", blocks[0],
                ["first page by last activity", "a contact, 20 entries, 20 page views", "filter: two rare options", "count: two rare options", "filter: booked in the last 30 days", "filter: a text that few contain", "filter, gone on: a text that few contain",
                    "contacts at each status", "search: ann (many)", "count: search ann", "search: anna schmidt (few)", "board of 30"],
                ["filter: viewed a rare page", "bulk: status of many: the list meanwhile", "undo of that merge", "availability: a month of one host"]);
            Rows("case\tours_per_s\traw_per_s\tratio", blocks[1],
                ["bulk: status of many", "bulk: undo of that", "bulk: a choice of many", "seed: contacts with 1 entry", "seed: contacts with 5 entries and 5 page views"], ["bulk: delete of many", "bulk: undo of the delete", "bulk: company of many", "duplicate sweep again: contacts"]);
            Assert.Contains("bytes for each contact", screen.ToString(), StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
            await drop();
        }
    }

    private static void Rows(string header, string block, string[] compared, string[] alone)
    {
        var lines = block.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('\t')).ToList();
        Assert.Equal(header.Split('\t'), lines[0]);
        Assert.All(lines, line => Assert.Equal(lines[0].Length, line.Length));
        var known = lines.ToDictionary(line => line[0], line => line[^1]);
        Assert.All(compared, name => Assert.NotEqual((name, ""), (name, known.GetValueOrDefault(name, ""))));
        Assert.All(alone, name => Assert.Equal((name, ""), (name, known.GetValueOrDefault(name, "no such case"))));
    }
}
