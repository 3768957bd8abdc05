using System.Diagnostics;

namespace Contacts.Tests.Support;

/// <summary>What the tests need from the machine beyond the SDK, and the one rule for its absence.</summary>
internal static class Requirement
{
    /// <summary>A missing requirement fails where nobody reads skips.</summary>
    private static bool IsCi => Environment.GetEnvironmentVariable("CI") is "true" or "1";

    /// <summary>A container or a fresh machine: the tests may fetch Debian's packages themselves.</summary>
    public static bool MayInstall =>
        OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess && File.Exists("/usr/bin/apt-get")
        && Environment.GetEnvironmentVariable("CONTACTS_TEST_INSTALL") != "0";

    /// <summary>Ends the test: skipped with what to install, or failed in CI.</summary>
    public static void Missing(string sentence)
    {
        if (IsCi) Assert.Fail(sentence);
        Say("SKIPPED: " + sentence);
        Assert.Skip(sentence);
    }

    /// <summary>Installs Debian packages; one process on the machine at a time. False when apt could not.</summary>
    public static async Task<bool> InstallAsync(string prepare, params string[] packages)
    {
        Say($"Installing {string.Join(", ", packages)} with apt-get for the tests (CONTACTS_TEST_INSTALL=0 forbids it) ...");
        var install = $"""
            export DEBIAN_FRONTEND=noninteractive
            {prepare}
            apt-get -q -o DPkg::Lock::Timeout=300 update
            apt-get -q -y -o DPkg::Lock::Timeout=300 -o Dpkg::Options::=--force-confold install --no-install-recommends {string.Join(' ', packages)}
            """;
        var code = await RunAsync("flock", [Path.Combine(Path.GetTempPath(), "contacts-tests-install.lock"), "timeout", "900", "sh", "-c", install]);
        Say(code == 0 ? "Installed." : $"apt-get ended with {code}.");
        return code == 0;
    }

    /// <summary>Runs a program to its end and gives its exit code.</summary>
    public static async Task<int> RunAsync(string file, string[] arguments, TimeSpan? limit = null)
    {
        using var process = Process.Start(Quietly(file, arguments))!;
        using var timeout = new CancellationTokenSource(limit ?? TimeSpan.FromMinutes(15));
        try
        {
            await process.WaitForExitAsync(timeout.Token);
            return process.ExitCode;
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            return -1;
        }
    }

    /// <summary>The output goes nowhere: a server that was started would hold a pipe open, and reading to its end would hang.</summary>
    public static ProcessStartInfo Quietly(string file, IEnumerable<string> arguments) =>
        OperatingSystem.IsWindows()
            ? new ProcessStartInfo(file, arguments) { CreateNoWindow = true }
            : new ProcessStartInfo("/bin/sh", ["-c", "exec \"$0\" \"$@\" >/dev/null 2>&1 </dev/null", file, .. arguments]) { WorkingDirectory = Path.GetTempPath() };

    public static void Say(string line) => Console.Error.WriteLine("[tests] " + line);
}
