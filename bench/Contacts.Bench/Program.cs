using System.CommandLine;
using Contacts.Bench;
using Contacts.Core.Data;

// How long the product's own feature classes take on a database of any size, beside the same work in plain prepared SQL on the same file.
var contacts = new Option<int>("--contacts") { DefaultValueFactory = _ => 1_000_000, Description = "Contacts in all; four fifths of them are in the account that is measured." };
var entries = new Option<int>("--entries") { DefaultValueFactory = _ => 10, Description = "Activity entries for each contact, on average." };
var views = new Option<int>("--page-views") { DefaultValueFactory = _ => 10, Description = "Page views for each contact, on average." };
var seconds = new Option<double>("--seconds") { DefaultValueFactory = _ => 2, Description = "How long each case is repeated." };
var output = new Option<string?>("--out") { Description = "Writes the tables to this file, tab-separated." };
var file = new Option<string?>("--file") { Description = "Keeps the SQLite database here, and uses the one that is there." };
var database = new Option<string>("--database") { DefaultValueFactory = _ => "Sqlite", Description = "Sqlite or Postgres." };
var connection = new Option<string?>("--connection") { Description = "For Postgres: a database that may be empty." };
var only = new Option<string?>("--only") { Description = "Only cases whose name contains this." };

var root = new RootCommand("Measures Contacts against plain SQL.") { contacts, entries, views, seconds, output, file, database, connection, only };
root.SetAction(async (result, cancel) =>
{
    var isPostgres = result.GetValue(database)!.Equals("Postgres", StringComparison.OrdinalIgnoreCase);
    var folder = Directory.CreateTempSubdirectory("contacts-bench-").FullName;
    try
    {
        var options = isPostgres
            ? new DatabaseOptions("Postgres", result.GetValue(connection) ?? throw new ArgumentException("Give --connection for Postgres."))
            : DatabaseOptions.SqliteFile(result.GetValue(file) ?? Path.Combine(folder, "contacts.db"));
        var run = new BenchRun(result.GetValue(contacts), result.GetValue(entries), result.GetValue(views), TimeSpan.FromSeconds(result.GetValue(seconds)), result.GetValue(only), result.GetValue(output));
        await run.RunAsync(options, Console.Out, cancel);
        return 0;
    }
    finally
    {
        Directory.Delete(folder, recursive: true);
    }
});
return await root.Parse(args).InvokeAsync();
