using Contacts.Bench;
using Contacts.Core.Data;

namespace Contacts.Tests.Bench;

/// <summary>The benchmark on some hundred contacts: that every case runs, however long it takes.</summary>
public sealed class BenchRunTests
{
    [Fact]
    public async Task The_benchmark_measures_every_case_and_writes_both_tables()
    {
        var folder = Directory.CreateTempSubdirectory("contacts-bench-").FullName;
        try
        {
            var (file, screen) = (Path.Combine(folder, "table.tsv"), new StringWriter());
            var run = new BenchRun(Contacts: 300, Entries: 4, PageViews: 3, Each: TimeSpan.Zero, Output: file);

            await run.RunAsync(DatabaseOptions.SqliteFile(Path.Combine(folder, "contacts.db")), screen, TestContext.Current.CancellationToken);

            var blocks = (await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken)).ReplaceLineEndings("\n").Split("\n\n");
            Assert.Equal(2, blocks.Length);
            Rows("case\tours_p50_ms\tours_p99_ms\traw_p50_ms\traw_p99_ms\tratio_p50", blocks[0], "first page by last activity", "filter: two rare options", "count: search ann", "undo of that merge", "availability: a month of one host");
            Rows("case\tours_per_s\traw_per_s\tratio", blocks[1], "bulk: status of many", "bulk: delete of many", "bulk: undo of the delete", "bulk: company of many", "seed: contacts with 1 entry", "duplicate sweep again: contacts");
            Assert.Contains("bytes for each contact", screen.ToString(), StringComparison.Ordinal);
        }
        finally
        {
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Rows(string header, string block, params string[] cases)
    {
        var lines = block.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(header, lines[0]);
        Assert.All(lines, line => Assert.Equal(header.Split('\t').Length, line.Split('\t').Length));
        Assert.Superset(cases.ToHashSet(), lines.Select(line => line.Split('\t')[0]).ToHashSet());
    }
}
