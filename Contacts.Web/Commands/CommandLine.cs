using System.CommandLine;
using System.Data.Common;
using Contacts.Core;
using Contacts.Core.Data;
using Contacts.Core.Files;
using Contacts.Web.Hosting;
using Contacts.Web.Shared;

namespace Contacts.Web.Commands;

/// <summary>
/// What an administrator does from a shell. A command opens no port and starts no background work; its result, and nothing else,
/// goes to standard output.
/// </summary>
internal static class CommandLine
{
    /// <summary>A first word without a dash is a command; anything else are settings for the server.</summary>
    public static bool Asks(string[] args) => args is [var first, ..] && (!first.StartsWith('-') || first is "--help" or "-h" or "-?" or "--version");

    public static async Task<int> RunAsync(string[] args)
    {
        var root = new RootCommand("Contacts remembers everyone who meets your organisation. Without a command, the server starts.")
        {
            AccountCommand.Create(), UserCommand.Create(), ApiKeyCommand.Create(), SeedCommand.Create(),
        };
        var parsed = root.Parse(args);
        return await parsed.InvokeAsync(new InvocationConfiguration { Output = parsed.Errors.Count > 0 ? Console.Error : Console.Out });
    }

    /// <summary>Runs a command's work over the database; a broken rule becomes a sentence on standard error and exit code 1.</summary>
    public static async Task<int> RunAsync(Func<IServiceProvider, Task<string>> work)
    {
        await using var services = Services();
        try
        {
            await services.GetRequiredService<Migrator>().MigrateAsync();
            Console.WriteLine(await work(services));
            return 0;
        }
        catch (Exception error) when (error is RuleException or InvalidOperationException or DbException)
        {
            await Console.Error.WriteLineAsync(error.Message);
            return 1;
        }
    }

    private static ServiceProvider Services()
    {
        var settings = new ConfigurationBuilder().SetBasePath(AppContext.BaseDirectory)
            .AddJsonFile("appsettings.json", optional: true).AddEnvironmentVariables().Build();
        var folder = DataFolder.From(settings);
        return new ServiceCollection()
            .AddSingleton<IConfiguration>(settings)
            .AddLogging(log => log.AddConfiguration(settings.GetSection("Logging")).AddSimpleConsole())
            .Configure<Microsoft.Extensions.Logging.Console.ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace)
            .AddSingleton(folder)
            .AddSingleton(new FileFolder(folder.Uploads))
            .AddSingleton(new PublicUrl(() => settings.ConfiguredPublicUrl() ?? Settings.FirstAddress(settings["ASPNETCORE_URLS"])))
            .AddContactsDatabase(folder.Database(settings))
            .AddContactsCore()
            .BuildServiceProvider();
    }
}
