using Microsoft.Playwright;

namespace Contacts.Tests.Support;

/// <summary>The one browser of this test process: the installed Chromium or Chrome, else one that is installed where that is allowed.</summary>
internal static class Chromium
{
    private static readonly Lazy<Task<IBrowser?>> Started = new(StartAsync);

    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];

    private static readonly string[] Places =
    [
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome", "/Applications/Chromium.app/Contents/MacOS/Chromium",
        @"C:\Program Files\Google\Chrome\Application\chrome.exe", @"C:\Program Files (x86)\Google\Chrome\Application\chrome.exe",
    ];

    private static readonly string[] Arguments =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
    ];

    /// <summary>A new window with cookies of its own; ends the test where there is no browser.</summary>
    public static async Task<IBrowserContext> NewContextAsync(BrowserNewContextOptions options)
    {
        var browser = await Started.Value;
        if (browser is null)
            Requirement.Missing("No browser for the tests. Install Chromium or Chrome (Debian: apt-get install chromium fonts-liberation).");
        return await browser!.NewContextAsync(options);
    }

    private static async Task<IBrowser?> StartAsync()
    {
        var playwright = await Playwright.CreateAsync();
        if (await LaunchInstalledAsync(playwright) is { } installed) return installed;
        if (Requirement.MayInstall && await Requirement.InstallAsync("", "chromium", "fonts-liberation")
            && await LaunchInstalledAsync(playwright) is { } fromDebian) return fromDebian;
        if (!await InstallPlaywrightsOwnAsync()) return null;
        return await LaunchAsync(playwright, path: null);
    }

    private static async Task<IBrowser?> LaunchInstalledAsync(IPlaywright playwright)
    {
        var path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        var candidates = Names.SelectMany(name => path.Select(folder => Path.Combine(folder, name))).Concat(Places).Append(playwright.Chromium.ExecutablePath);
        foreach (var candidate in candidates.Where(File.Exists))
            if (await LaunchAsync(playwright, candidate) is { } browser) return browser;
        return null;
    }

    private static async Task<IBrowser?> LaunchAsync(IPlaywright playwright, string? path)
    {
        try
        {
            return await playwright.Chromium.LaunchAsync(new() { ExecutablePath = path, Headless = true, Args = Arguments });
        }
        catch (PlaywrightException error) // Ubuntu's chromium-browser, for one, only asks for snap
        {
            Requirement.Say($"{path ?? "Playwright's browser"} does not start: {error.Message.Split('\n')[0]}");
            return null;
        }
    }

    private static async Task<bool> InstallPlaywrightsOwnAsync()
    {
        if (Environment.GetEnvironmentVariable("CONTACTS_TEST_INSTALL") == "0") return false;
        var driver = Path.Combine(AppContext.BaseDirectory, ".playwright");
        var node = Directory.EnumerateFiles(Path.Combine(driver, "node"), OperatingSystem.IsWindows() ? "node.exe" : "node", SearchOption.AllDirectories).FirstOrDefault();
        if (node is null) return false;
        Requirement.Say("Installing Playwright's Chromium for the tests (at most 60 s) ...");
        return await Requirement.RunAsync(node, [Path.Combine(driver, "package", "cli.js"), "install", "chromium"], TimeSpan.FromSeconds(60)) == 0;
    }
}
