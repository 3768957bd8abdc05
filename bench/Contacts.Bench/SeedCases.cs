using System.Diagnostics;
using Contacts.Core.Data;
using Contacts.Core.Data.MadeUp;

namespace Contacts.Bench;

/// <summary>Made-up contacts with all that is kept with them, beside plain INSERTs of the very same rows.</summary>
internal sealed class SeedCases(BenchHouse house, RawDb raw, BenchTable table)
{
    private const int Most = 40_000, Commit = 8_000;

    // In the order in which they refer to each other; the number of the contact, or of the visitor, is in the column.
    private static readonly (string Table, string Contact)[] Tables =
        [("Contacts", "Id"), ("Identities", "ContactId"), ("MatchKeys", "ContactId"), ("FieldTexts", "ContactId"), ("FieldNumbers", "ContactId"), ("Entries", "ContactId"), ("Visitors", "ContactId"), ("PageViews", "VisitorId")];

    private readonly long _account = house.Caller.AccountId;

    public async Task RunAsync(CancellationToken cancel)
    {
        var people = Math.Clamp(house.Contacts / 20, 100, Most);
        await SeedAsync("with 1 entry", people, entries: 1, views: 0, seed: 1, cancel);
        await SeedAsync("with 5 entries and 5 page views", people, entries: 5, views: 5, seed: 3, cancel);
    }

    private async Task SeedAsync(string name, int people, int entries, int views, int seed, CancellationToken cancel)
    {
        var data = house.Get<SampleData>();
        // Others first: what is written is measured, and not how it is compiled.
        await data.FillAsync(house.Caller, new MadeUpPlan(people / 2, entries, views, seed), cancel: cancel);
        var (contact, visitor) = (await LastAsync("Contacts"), await LastAsync("Visitors"));
        var clock = Stopwatch.StartNew();
        var made = (await data.FillAsync(house.Caller, new MadeUpPlan(people, entries, views, seed + 1), cancel: cancel)).Made;
        var ours = made / clock.Elapsed.TotalSeconds;
        var parts = await PartsAsync(contact, visitor);
        await data.ClearAsync(house.Caller, cancel: cancel);

        clock.Restart();
        foreach (var part in parts)
            await raw.CommitAsync(async () =>
            {
                foreach (var rows in part) await raw.InsertAsync(rows);
            });
        table.Rate($"seed: contacts {name}", ours, made / clock.Elapsed.TotalSeconds);
        await RemoveAsync(contact, visitor);
    }

    // All that was written since, by so many contacts as there are to a commit.
    private async Task<List<List<RawRows>>> PartsAsync(long contact, long visitor)
    {
        var all = new List<RawRows>();
        foreach (var (name, column) in Tables) all.Add(await raw.RowsAsync(name, $"""{After(column)} ORDER BY 1, 2, 3""", _account, name == "PageViews" ? visitor : contact));
        var (contacts, visitors) = (all[0], all.Find(r => r.Table == "Visitors")!);
        if (house.Options.IsSqlite) all.Insert(1, Searched(contacts));
        List<long> order = [.. contacts.Rows.Select(r => (long)r[contacts.At("Id")]).Order()];
        var partOf = order.Select((id, at) => (id, at / Commit)).ToDictionary(p => p.id, p => p.Item2);
        foreach (var row in visitors.Rows) partOf[-(long)row[visitors.At("Id")]] = partOf[(long)row[visitors.At("ContactId")]];
        return [.. Enumerable.Range(0, (order.Count + Commit - 1) / Commit).Select(part => all.ConvertAll(rows => rows with { Rows = rows.Rows.FindAll(row => partOf[KeyOf(rows, row)] == part) }))];
    }

    private static long KeyOf(RawRows rows, object[] row) => rows.Table switch
    {
        "PageViews" => -(long)row[rows.At("VisitorId")],
        "ContactSearch" => (long)row[0] & uint.MaxValue,
        "Contacts" => (long)row[rows.At("Id")],
        _ => (long)row[rows.At("ContactId")],
    };

    // Of the search index only its rows' numbers can be read; what is in it, the contacts tell.
    private RawRows Searched(RawRows contacts) => new("ContactSearch", ["rowid", "Text"],
        contacts.Rows.ConvertAll(row => new object[] { (_account << 32) | (long)row[contacts.At("Id")], "  " + ((string)row[contacts.At("SearchText")]).Replace(" ", "  ", StringComparison.Ordinal) }));

    private async Task RemoveAsync(long contact, long visitor)
    {
        if (house.Options.IsSqlite) await raw.RunAsync("""DELETE FROM "ContactSearch" WHERE rowid > @p0 AND rowid <= @p1""", (_account << 32) | contact, (_account << 32) | uint.MaxValue);
        foreach (var (name, column) in Tables.Reverse()) await raw.RunAsync($"""DELETE FROM "{name}" WHERE {After(column)}""", _account, name == "PageViews" ? visitor : contact);
    }

    private Task<long> LastAsync(string name) => raw.NumberAsync($"""SELECT coalesce(max("Id"), 0) FROM "{name}" """);

    private static string After(string column) => $"""
        "AccountId" = @p0 AND "{column}" > @p1
        """;
}
