using System.Text.Json;
using System.Text.RegularExpressions;
using Contacts.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Contacts.Tests.Stories;

/// <summary>Every answer to the question, with and without the browser's two signals: what is sent, set and stored. DNT is retired and decides nothing.</summary>
public sealed partial class ConsentStoryTests
{
    private static readonly (string Choice, string Sent, string Cookies, string Rows)[] Table =
    [
        ("none", "", "", "0 visitors, 0 views, 0 answers"),
        ("no", "", "", "0 visitors, 0 views, 0 answers"),
        ("yes", "granted with view, view", "oc_consent 180 days, oc_id 90 days", "1 visitors, 2 views, 1 answers"),
        ("withdrawn", "granted with view, view, denied", "oc_id 30 minutes", "1 visitors, 2 views, 2 answers"),
    ];

    [Fact]
    public async Task Sixteen_combinations_of_an_answer_and_two_signals_send_set_and_store_what_the_table_says()
    {
        await using var app = await WebApp.StartAsync();
        await using var site = await TrackedPages.StartAsync(app);

        foreach (var (choice, sent, cookies, rows) in Table)
            foreach (var gpc in new[] { false, true })
                foreach (var dnt in new[] { false, true })
                {
                    var name = $"{choice}-{(gpc ? "gpc" : "free")}-{(dnt ? "dnt" : "plain")}";
                    var (reallySent, reallySet) = await WalkAsync(app, site, name, choice, gpc, dnt);
                    await site.WrittenAsync();

                    Assert.Equal((name, gpc ? "" : sent), (name, reallySent));
                    Assert.Equal((name, gpc ? "" : cookies), (name, reallySet));
                    Assert.Equal((name, gpc ? Table[0].Rows : rows), (name, await RowsAsync(app, name)));
                }
    }

    [Fact]
    public async Task The_cookies_that_a_browser_shows_are_those_that_the_documentation_lists()
    {
        await using var app = await WebApp.StartAsync();
        await using var site = await TrackedPages.StartAsync(app);
        await using var guest = await app.NewPageAsync();
        var listed = Cookie().Matches(File.ReadAllText(Path.Combine(Repository.Root, "docs", "page-views.md"))).Select(m => $"{m.Groups[1].Value} {m.Groups[2].Value}");

        await guest.Page.GotoAsync(site.Put("/", "Home"));
        await TrackedPages.RunsAsync(guest.Page);
        await TrackedPages.ReportsAsync(guest.Page, () => guest.Page.EvaluateAsync("_oc.push(['consent', 'granted'])"), "\"t\":");

        Assert.Equal(listed, await CookiesAsync(guest.Page));
        Assert.All(await guest.Context.CookiesAsync(), c => Assert.Equal(("localhost", "/", SameSiteAttribute.Lax), (c.Domain, c.Path, c.SameSite)));
    }

    private static async Task<(string Sent, string Cookies)> WalkAsync(WebApp app, TrackedPages site, string name, string choice, bool gpc, bool dnt)
    {
        var headers = new Dictionary<string, string>();
        if (gpc) headers["Sec-GPC"] = "1";
        if (dnt) headers["DNT"] = "1";
        await using var guest = await app.NewPageAsync(options: new() { ExtraHTTPHeaders = headers });
        if (gpc) await guest.Context.AddInitScriptAsync("Object.defineProperty(Navigator.prototype, 'globalPrivacyControl', { value: true })");
        var (page, sent) = (guest.Page, new List<string>());
        page.Request += (_, request) =>
        {
            // How long somebody looked depends on the machine.
            if (request.Method == "POST" && KindOf(request.PostData!) is var kind and not "time") sent.Add(kind);
        };

        await page.GotoAsync(site.Put($"/{name}/one", "One"));
        await TrackedPages.RunsAsync(page);
        await page.EvaluateAsync("_oc.push(['ask'])");
        if (gpc) await Expect(page.GetByRole(AriaRole.Button)).ToHaveCountAsync(0);
        else if (choice == "no") await page.GetByRole(AriaRole.Button, new() { Name = "No thanks" }).ClickAsync();
        else if (choice != "none") await TrackedPages.ReportsAsync(page, () => page.GetByRole(AriaRole.Button, new() { Name = "Allow" }).ClickAsync(), "\"t\":");
        if (gpc && choice is "yes" or "withdrawn") await page.EvaluateAsync("_oc.push(['consent', 'granted'])");
        await GoOnAsync("two", choice is "yes" or "withdrawn" && !gpc);
        if (choice == "withdrawn" && gpc) await page.EvaluateAsync("_oc.push(['consent', 'denied'])");
        else if (choice == "withdrawn") await TrackedPages.ReportsAsync(page, () => page.EvaluateAsync("_oc.push(['consent', 'denied'])"), "denied");
        if (choice == "withdrawn") await GoOnAsync("three", reports: false);

        return (string.Join(", ", sent), string.Join(", ", await CookiesAsync(page)));

        async Task GoOnAsync(string next, bool reports)
        {
            var address = site.Put($"/{name}/{next}", next);
            if (reports) await TrackedPages.ReportsAsync(page, () => page.GotoAsync(address), "\"t\":");
            else await page.GotoAsync(address);
            await TrackedPages.RunsAsync(page);
        }
    }

    // From the browser itself: Playwright's own list has times in single precision, two minutes from one to the next.
    private static async Task<IReadOnlyList<string>> CookiesAsync(IPage page)
    {
        var answer = await (await page.Context.NewCDPSessionAsync(page)).SendAsync("Network.getCookies");
        var now = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() / 1000d;
        return [.. answer!.Value.GetProperty("cookies").EnumerateArray().Select(c => $"{c.GetProperty("name").GetString()} {Length(TimeSpan.FromSeconds(c.GetProperty("expires").GetDouble() - now))}").Order(StringComparer.Ordinal)];
    }

    private static string KindOf(string body) =>
        JsonSerializer.Deserialize<JsonElement>(body) is var report && report.TryGetProperty("c", out var choice) ? choice.GetString() + (report.TryGetProperty("t", out _) ? " with view" : "") : report.TryGetProperty("d", out _) ? "time" : "view";

    private static string Length(TimeSpan time) => time.TotalHours < 1 ? $"{Math.Ceiling(time.TotalMinutes)} minutes" : $"{Math.Ceiling(time.TotalDays)} days";

    private static Task<string> RowsAsync(WebApp app, string name) => app.ReadAsync(async db =>
        $"{await db.Visitors.CountAsync(v => v.Landing!.Contains(name))} visitors, {await db.PageViews.CountAsync(v => v.Url.Contains(name))} views, {await db.ConsentRecords.CountAsync(c => c.Place.Contains(name))} answers");

    [GeneratedRegex(@"^\| `(oc_\w+)` \|.*\| (\d+ days) \|$", RegexOptions.Multiline)]
    private static partial Regex Cookie();
}
