using System.Diagnostics;
using Contacts.Core.Data;

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

    /// <param name="server">A running one; the command works on its database.</param>
    public static Task<CommandResult> RunAsync(BareServer server, params string[] arguments) => RunAsync(server.DataFolder, null, arguments);

    private static async Task<CommandResult> RunAsync(string dataFolder, string? connection, string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Contacts.Web.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["Contacts__DataFolder"] = dataFolder;
        start.Environment["Contacts__PublicUrl"] = "https://contacts.acme.example";
        if (connection is not null) start.Environment["Contacts__Database__ConnectionString"] = connection;
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new CommandResult(process.ExitCode, output, await error);
    }
}
