using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Contacts.Tests.Support;

/// <summary>
/// The PostgreSQL server of this test process: the one named in CONTACTS_TEST_POSTGRES, else a throw-away cluster of the
/// installed binaries, which are installed where that is allowed. Started by the first test that asks, gone with the process.
/// </summary>
internal static class PostgresServer
{
    private const string FolderPrefix = "contacts-tests-pg-";
    private static readonly Lazy<Task<string?>> Started = new(StartAsync);

    private static string? Named => Environment.GetEnvironmentVariable("CONTACTS_TEST_POSTGRES") is { Length: > 0 } named ? named : null;

    /// <summary>The server is somebody's and stays after the tests.</summary>
    public static bool Outlives => Named is not null;

    /// <summary>Where databases may be made; ends the test where there is no PostgreSQL.</summary>
    public static async Task<string> ConnectionStringAsync()
    {
        var server = await Started.Value;
        if (server is null)
            Requirement.Missing("No PostgreSQL for the tests. Install it (Debian: apt-get install postgresql) or name a server in CONTACTS_TEST_POSTGRES.");
        return server!;
    }

    private static async Task<string?> StartAsync()
    {
        if (Named is { } named) return named;
        if (FindBinaries() is null && Requirement.MayInstall)
            // Debian would make and start a cluster of its own; the tests bring theirs.
            await Requirement.InstallAsync("mkdir -p /etc/postgresql-common; [ -e /etc/postgresql-common/createcluster.conf ] || echo 'create_main_cluster = false' > /etc/postgresql-common/createcluster.conf", "postgresql");
        if (FindBinaries() is not { } binaries) return null;

        await ClearLeftoversAsync(binaries);
        var folder = Directory.CreateTempSubdirectory($"{FolderPrefix}{Environment.ProcessId}-").FullName;
        var data = Path.Combine(folder, "data");
        if (Environment.IsPrivilegedProcess) await Requirement.RunAsync("chown", [ServerUser, folder]);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Stop(binaries, folder);

        await RunAsync(binaries, "initdb", "-D", data, "-U", "contacts", "-A", "trust", "--no-sync", "-E", "UTF8", "--locale=C.UTF-8");
        var port = FreePort();
        var options = $"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder} -c max_connections=200 "
            + "-c fsync=off -c full_page_writes=off -c synchronous_commit=off -c shared_buffers=64MB -c wal_level=minimal -c max_wal_senders=0 -c autovacuum=off";
        await RunAsync(binaries, "pg_ctl", "-D", data, "-l", Path.Combine(folder, "log"), "-w", "-o", options, "start");
        return $"Host=127.0.0.1;Port={port};Username=contacts;Database=postgres";
    }

    private static string? FindBinaries()
    {
        var versions = Directory.Exists("/usr/lib/postgresql") ? Directory.GetDirectories("/usr/lib/postgresql").OrderDescending().Select(d => Path.Combine(d, "bin")) : [];
        var path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        return versions.Concat(path).FirstOrDefault(d => File.Exists(Path.Combine(d, "initdb")) && File.Exists(Path.Combine(d, "pg_ctl")));
    }

    // A test process that was killed could not stop its cluster; the next one does.
    private static async Task ClearLeftoversAsync(string binaries)
    {
        foreach (var folder in Directory.GetDirectories(Path.GetTempPath(), FolderPrefix + "*"))
        {
            var owner = int.Parse(Path.GetFileName(folder)[FolderPrefix.Length..].Split('-')[0], System.Globalization.CultureInfo.InvariantCulture);
            if (!Directory.Exists($"/proc/{owner}") && OperatingSystem.IsLinux()) await Task.Run(() => Stop(binaries, folder));
        }
    }

    private static void Stop(string binaries, string folder)
    {
        try
        {
            using (var stop = Process.Start(AsServerUser(binaries, "pg_ctl", "-D", Path.Combine(folder, "data"), "-m", "immediate", "-w", "stop"))!) stop.WaitForExit();
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Requirement.Say($"{folder} could not be deleted: {error.Message}");
        }
    }

    private static async Task RunAsync(string binaries, string tool, params string[] arguments)
    {
        using var process = Process.Start(AsServerUser(binaries, tool, arguments))!;
        await process.WaitForExitAsync();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{tool} {string.Join(' ', arguments)} ended with {process.ExitCode}.");
    }

    // PostgreSQL refuses to run as root, so root steps down.
    private static ProcessStartInfo AsServerUser(string binaries, string tool, params string[] arguments) =>
        Environment.IsPrivilegedProcess && !OperatingSystem.IsWindows()
            ? Requirement.Quietly("runuser", ["-u", ServerUser, "--", Path.Combine(binaries, tool), .. arguments])
            : Requirement.Quietly(Path.Combine(binaries, tool), arguments);

    private static string ServerUser => File.ReadLines("/etc/passwd").Any(line => line.StartsWith("postgres:", StringComparison.Ordinal)) ? "postgres" : "nobody";

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
