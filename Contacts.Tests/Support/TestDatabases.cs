using Contacts.Core.Data;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Contacts.Tests.Support;

/// <summary>Migrated databases, made by copying one that was migrated once: migrating for each test would take most of the run.</summary>
internal static class TestDatabases
{
    private static readonly Lazy<Task<string>> SqliteTemplate = new(MakeSqliteTemplateAsync);
    private static readonly Lazy<Task<string>> PostgresTemplate = new(MakePostgresTemplateAsync);
    private static readonly SemaphoreSlim OneCopyAtATime = new(1, 1);

    public static async Task<(DatabaseOptions Options, Func<Task> Drop)> CreateAsync(Database database) => database switch
    {
        Database.Sqlite => await CopySqliteAsync(),
        _ => await CopyPostgresAsync(),
    };

    /// <summary>One without a table in it.</summary>
    public static async Task<(DatabaseOptions Options, Func<Task> Drop)> CreateBareAsync(Database database) => database switch
    {
        Database.Sqlite => NewSqlite(_ => { }),
        _ => await NewPostgresAsync("template0"),
    };

    private static async Task<(DatabaseOptions, Func<Task>)> CopySqliteAsync()
    {
        var template = await SqliteTemplate.Value;
        return NewSqlite(file => File.Copy(template, file));
    }

    private static (DatabaseOptions, Func<Task>) NewSqlite(Action<string> fill)
    {
        var folder = Directory.CreateTempSubdirectory("contacts-test-").FullName;
        var file = Path.Combine(folder, "contacts.db");
        fill(file);
        var options = DatabaseOptions.SqliteFile(file);
        return (options, () =>
        {
            using var connection = new SqliteConnection(new SqliteConnectionStringBuilder(options.ConnectionString) { ForeignKeys = true }.ToString());
            SqliteConnection.ClearPool(connection);
            Directory.Delete(folder, recursive: true);
            return Task.CompletedTask;
        });
    }

    private static async Task<(DatabaseOptions, Func<Task>)> CopyPostgresAsync() => await NewPostgresAsync(await PostgresTemplate.Value);

    private static async Task<(DatabaseOptions, Func<Task>)> NewPostgresAsync(string template)
    {
        var server = await PostgresServer.ConnectionStringAsync();
        var name = $"contacts_{Guid.NewGuid():N}";
        await OneCopyAtATime.WaitAsync(); // PostgreSQL refuses two copies of one template at once
        try
        {
            await ExecuteAsync(server, $"CREATE DATABASE {name} TEMPLATE {template}");
        }
        finally
        {
            OneCopyAtATime.Release();
        }
        var options = new DatabaseOptions("Postgres", new NpgsqlConnectionStringBuilder(server) { Database = name, MaxPoolSize = 20 }.ToString());
        return (options, async () =>
        {
            await using (var connection = new NpgsqlConnection(options.ConnectionString)) NpgsqlConnection.ClearPool(connection);
            await ExecuteAsync(server, $"DROP DATABASE {name} WITH (FORCE)");
        });
    }

    private static async Task<string> MakeSqliteTemplateAsync()
    {
        var folder = Directory.CreateTempSubdirectory("contacts-template-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        var made = Path.Combine(folder, "made.db");
        await MigrateAsync(DatabaseOptions.SqliteFile(made));
        // One file without a write-ahead log beside it, fit for copying.
        var template = Path.Combine(folder, "template.db");
        await using var connection = new SqliteConnection(DatabaseOptions.SqliteFile(made).ConnectionString);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "VACUUM INTO $file";
        command.Parameters.AddWithValue("$file", template);
        await command.ExecuteNonQueryAsync();
        return template;
    }

    private static async Task<string> MakePostgresTemplateAsync()
    {
        var server = await PostgresServer.ConnectionStringAsync();
        var name = $"contacts_template_{Guid.NewGuid():N}";
        await ExecuteAsync(server, $"CREATE DATABASE {name}");
        if (PostgresServer.Outlives)
            AppDomain.CurrentDomain.ProcessExit += (_, _) => ExecuteAsync(server, $"DROP DATABASE IF EXISTS {name}").GetAwaiter().GetResult();
        await MigrateAsync(new DatabaseOptions("Postgres", new NpgsqlConnectionStringBuilder(server) { Database = name, Pooling = false }.ToString()));
        return name;
    }

    private static async Task MigrateAsync(DatabaseOptions options)
    {
        await using var services = new ServiceCollection().AddLogging().AddSingleton(TimeProvider.System).AddContactsDatabase(options).BuildServiceProvider();
        await services.GetRequiredService<Migrator>().MigrateAsync();
    }

    private static async Task ExecuteAsync(string server, string sql)
    {
        await using var connection = new NpgsqlConnection(server);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
