using System.Diagnostics;
using Contacts.Core.Data;
using Contacts.Web.Shared;

namespace Contacts.Tests.Support;

/// <summary>What a command left behind when it ended.</summary>
internal sealed record CommandResult(int Code, string Output, string Error)
{
    /// <summary>Where a command's result stands.</summary>
    public string LastLine => Output.TrimEnd().Split('\n')[^1].TrimEnd();
}

/// <summary>The program as an administrator runs it: a process of its own beside the server's.</summary>
internal static class CommandProcess
{
    public static Task<CommandResult> RunAsync(TestHouse house, params string[] arguments) =>
        RunAsync(Path.GetTempPath(), house.Get<DatabaseOptions>().ConnectionString, arguments);

    /// <summary>Beside a running program, on its database.</summary>
    public static Task<CommandResult> RunAsync(WebApp app, params string[] arguments) =>
        RunAsync(app.Get<DataFolder>().Path, app.Get<DatabaseOptions>().ConnectionString, arguments);

    private static async Task<CommandResult> RunAsync(string dataFolder, string connection, string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Contacts.Web.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["Contacts__DataFolder"] = dataFolder;
        start.Environment["Contacts__PublicUrl"] = "https://contacts.acme.example";
        start.Environment["Contacts__Database__ConnectionString"] = connection;
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new CommandResult(process.ExitCode, output, await error);
    }
}
