using Contacts.Core.Activity;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.DependencyInjection;

namespace Contacts.Core.Data;

/// <summary>Which database, and where. The rest of the program knows neither.</summary>
/// <param name="Provider"><c>Sqlite</c> or <c>Postgres</c>.</param>
public sealed record DatabaseOptions(string Provider, string ConnectionString)
{
    public bool IsSqlite => Provider.Equals("Sqlite", StringComparison.OrdinalIgnoreCase);

    /// <summary>One SQLite file.</summary>
    public static DatabaseOptions SqliteFile(string path) =>
        new("Sqlite", new SqliteConnectionStringBuilder { DataSource = path }.ToString());
}

/// <summary>The only file that names the providers.</summary>
public static class DataSetup
{
    /// <summary>Registers the database, its doors and its write gate.</summary>
    /// <exception cref="InvalidOperationException">The provider is unknown.</exception>
    public static IServiceCollection AddContactsDatabase(this IServiceCollection services, DatabaseOptions options)
    {
        services.AddLogging();
        services.AddSingleton(options);
        services.AddSingleton<ChangeFeed>();
        if (options.IsSqlite)
            services.AddPooledDbContextFactory<SqliteContactsDb>(builder => Configure(builder, options));
        else if (options.Provider.Equals("Postgres", StringComparison.OrdinalIgnoreCase))
            services.AddPooledDbContextFactory<PostgresContactsDb>(builder => Configure(builder, options));
        else
            throw new InvalidOperationException($"Contacts:Database:Provider is '{options.Provider}'; it is Sqlite or Postgres.");

        Func<ContactsDb> Opener(IServiceProvider provider) => options.IsSqlite
            ? provider.GetRequiredService<IDbContextFactory<SqliteContactsDb>>().CreateDbContext
            : provider.GetRequiredService<IDbContextFactory<PostgresContactsDb>>().CreateDbContext;

        services.AddSingleton(provider => new WriteGate(Opener(provider), provider.GetRequiredService<ChangeFeed>()));
        services.AddSingleton(provider =>
        {
            var open = Opener(provider);
            var gate = provider.GetRequiredService<WriteGate>();
            return new AccountDbs(() => open().AsNew(gate));
        });
        // ASP.NET Core Identity's stores take a context of the request.
        services.AddScoped(provider => provider.GetRequiredService<AccountDbs>().OpenBeforeAccount());
        services.AddSingleton<Migrator>();
        return services;
    }

    internal static void Configure(DbContextOptionsBuilder builder, DatabaseOptions options)
    {
        if (options.IsSqlite)
        {
            var connection = new SqliteConnectionStringBuilder(options.ConnectionString) { ForeignKeys = true };
            builder.UseSqlite(connection.ToString(), Lists).AddInterceptors(SqlitePragmas.Instance);
            builder.ReplaceService<IMigrationsSqlGenerator, SqliteMigrationsInOne>();
            // What a migration writes before a table is rebuilt goes along into the new one; a test migrates a filled database.
            builder.ConfigureWarnings(warnings => warnings.Ignore(SqliteEventId.TableRebuildPendingWarning));
        }
        else
        {
            builder.UseNpgsql(options.ConnectionString, Lists);
        }

        // A list of numbers is one parameter: the statement is the same for any number of them, and neither EF nor the database works it out anew.
        static void Lists<TBuilder, TExtension>(RelationalDbContextOptionsBuilder<TBuilder, TExtension> provider)
            where TBuilder : RelationalDbContextOptionsBuilder<TBuilder, TExtension> where TExtension : RelationalOptionsExtension, new() =>
            provider.UseParameterizedCollectionMode(ParameterTranslationMode.Parameter);
    }
}
