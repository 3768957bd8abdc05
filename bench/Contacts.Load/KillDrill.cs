using Contacts.Core;
using Microsoft.Data.Sqlite;

namespace Contacts.Load;

/// <summary>Kills the server under load and checks that nothing it acknowledged is missing and that the file is sound.</summary>
internal static class KillDrill
{
    public static async Task<int> RunAsync(string dll, int connections, int count, CancellationToken cancel)
    {
        var folder = Directory.CreateTempSubdirectory("contacts-kill-").FullName;
        var acknowledged = new List<string>();
        var faults = new List<string>();
        string? key = null;
        for (var kill = 1; kill <= count; kill++)
        {
            using var server = new ServerUnderTest(dll, folder);
            await server.StartAsync(cancel);
            key ??= await server.CreateKeyAsync(cancel);
            var load = new IntakeLoad(server.Address, key, connections);
            var views = new PageViewLoad(server.Address, connections);
            var running = Task.WhenAll(load.RunAsync(cancel), views.RunAsync(cancel));
            // While it is still cold: soon after its first answers.
            while (load.Acknowledged.IsEmpty || views.Taken.IsEmpty) await Task.Delay(20, cancel);
            await Task.Delay(Random.Shared.Next(2000), cancel);
            server.Kill();
            await running;
            acknowledged.AddRange(load.Acknowledged.Select(a => a.Activity));
            faults.AddRange(load.Refused);
            faults.AddRange(views.Refused);
            faults.AddRange(await views.CheckAsync(Path.Combine(folder, "contacts.db")));
            faults.AddRange(await CheckAsync(Path.Combine(folder, "contacts.db"), acknowledged));
            Console.WriteLine($"kill {kill}: {acknowledged.Count} acknowledged so far, {views.Taken.Count} page views this time, {faults.Count} faults");
        }
        foreach (var fault in faults.Take(20)) Console.WriteLine(fault);
        Console.WriteLine($"{count} kills, {acknowledged.Count} acknowledged, {faults.Count} faults");
        Directory.Delete(folder, recursive: true);
        return faults.Count == 0 ? 0 : 1;
    }

    private static async Task<List<string>> CheckAsync(string file, List<string> acknowledged)
    {
        await using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        await connection.OpenAsync();
        var faults = new List<string>();
        if (await ScalarAsync(connection, "PRAGMA integrity_check") is not "ok") faults.Add("integrity_check failed");
        if (await ScalarAsync(connection, "SELECT count(*) FROM pragma_foreign_key_check") is not 0L) faults.Add("foreign_key_check found orphans");
        var there = new HashSet<long>();
        await using var command = connection.CreateCommand();
        command.CommandText = """SELECT "Id" FROM "Entries" """;
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync()) there.Add(reader.GetInt64(0));
        faults.AddRange(acknowledged.Where(id => !there.Contains(PublicId.Parse(PublicId.Activity, id)!.Value)).Select(id => $"acknowledged but missing: {id}"));
        return faults;
    }

    private static async Task<object?> ScalarAsync(SqliteConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteScalarAsync();
    }
}
