using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Contacts.Load;

/// <summary>The product as its own process, on a data folder that outlives it.</summary>
internal sealed class ServerUnderTest(string dll, string dataFolder) : IDisposable
{
    public const string Email = "owner@load.example", Password = "a long enough passphrase";

    private Process? _process;

    public Uri Address { get; private set; } = null!;
    public int ProcessId => _process!.Id;

    public async Task StartAsync(CancellationToken cancel)
    {
        Address = new Uri($"http://127.0.0.1:{FreePort()}");
        _process = Launch("--urls", Address.ToString());
        using var client = new HttpClient();
        for (var deadline = DateTime.UtcNow.AddSeconds(60); ;)
        {
            try
            {
                if ((await client.GetAsync(new Uri(Address, "/health/ready"), cancel)).IsSuccessStatusCode) return;
            }
            catch (HttpRequestException) when (DateTime.UtcNow < deadline && !_process.HasExited) { /* not listening yet */ }
            if (DateTime.UtcNow > deadline || _process.HasExited) throw new InvalidOperationException("The server did not become ready.");
            await Task.Delay(50, cancel);
        }
    }

    public async Task<string> CreateKeyAsync(CancellationToken cancel) =>
        (await CommandAsync(cancel, "api-key", "create", "--name", "Load", "--role", "admin")).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)[^1];

    /// <summary>Adds made-up people.</summary>
    public Task SeedAsync(int contacts, CancellationToken cancel) => CommandAsync(cancel, "seed", "--contacts", contacts.ToString(CultureInfo.InvariantCulture));

    public void Kill()
    {
        _process!.Kill(entireProcessTree: true); // SIGKILL: nothing is flushed, nothing is said goodbye to
        _process.WaitForExit();
    }

    /// <summary>Asks it to end, and waits until it has.</summary>
    public void Stop()
    {
        using var asking = Process.Start("kill", ["-TERM", ProcessId.ToString(CultureInfo.InvariantCulture)]);
        _process!.WaitForExit();
    }

    public void Dispose()
    {
        if (_process is { HasExited: false }) Kill();
        _process?.Dispose();
        _process = null;
    }

    private async Task<string> CommandAsync(CancellationToken cancel, params string[] arguments)
    {
        using var command = Launch(arguments);
        var output = await command.StandardOutput.ReadToEndAsync(cancel);
        await command.WaitForExitAsync(cancel);
        return command.ExitCode == 0 ? output : throw new InvalidOperationException($"{string.Join(' ', arguments)} ended with {command.ExitCode}.");
    }

    private Process Launch(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [dll, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["Contacts__DataFolder"] = dataFolder;
        start.Environment["Contacts__Api__RequestsPerMinute"] = "0";
        start.Environment["Contacts__PublicPages__RequestsPerMinute"] = "0";
        start.Environment["Contacts__Circuits__PerUser"] = "1000"; // one person stands for a team
        start.Environment["Contacts__Setup__Organisation"] = "Load";
        start.Environment["Contacts__Setup__Email"] = Email;
        start.Environment["Contacts__Setup__Password"] = Password;
        var process = Process.Start(start)!;
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        if (arguments[0] == "--urls")
        {
            process.OutputDataReceived += (_, _) => { };
            process.BeginOutputReadLine();
        }
        return process;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
