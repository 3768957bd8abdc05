using System.Net;
using System.Text.RegularExpressions;

namespace Contacts.Load;

/// <summary>What pages that people leave open cost the server: lists of fifty rows, and for comparison a page with next to nothing on it.</summary>
internal static partial class OpenLists
{
    private const int Rows = 50, WarmUps = 5;

    /// <summary>By then every list has told its times anew, and the process has let go of what it kept for the work before.</summary>
    private static readonly TimeSpan Minute = TimeSpan.FromSeconds(70);

    public static async Task<int> MeasureAsync(string dll, int count, int contacts, CancellationToken cancel)
    {
        var folder = Directory.CreateTempSubdirectory("contacts-lists-").FullName;
        using var server = new ServerUnderTest(dll, folder);
        await server.StartAsync(cancel);
        await server.SeedAsync(contacts, cancel);
        var cookies = new CookieContainer();
        using var client = new HttpClient(new SocketsHttpHandler { CookieContainer = cookies }) { BaseAddress = server.Address };
        await SignInAsync(client, cancel);
        Console.WriteLine($"process {server.ProcessId}, {contacts} contacts");

        var memory = new ProcessMemory(server.ProcessId);
        Page list = new("list of fifty", "/contacts", html => Row().Count(html) == Rows), plain = new("page with next to nothing", "/settings/blocked-identities", _ => true);
        var kept = new List<OpenPage>();
        foreach (var page in (Page[])[list, plain])
            for (var i = 0; i < WarmUps; i++) kept.Add(await OpenAsync(page));
        await MeasureAsync(plain, Math.Min(count, 50));
        await MeasureAsync(list, count);
        foreach (var page in kept) await page.DisposeAsync();
        server.Dispose();
        Directory.Delete(folder, recursive: true);
        return 0;

        async Task MeasureAsync(Page page, int count)
        {
            await Task.Delay(Minute, cancel);
            var before = await memory.ReadAsync(cancel);
            for (var i = 0; i < count; i++) kept.Add(await OpenAsync(page));
            Tell("at once", await memory.ReadAsync(cancel));
            await Task.Delay(Minute, cancel);
            Tell("after a minute", await memory.ReadAsync(cancel));

            void Tell(string when, (double Managed, double WorkingSet) now) => Console.WriteLine(
                $"{page.Name}, {count} open, {when}: {(now.Managed - before.Managed) / count / 1000:0} KB managed each, {(now.WorkingSet - before.WorkingSet) / count / 1000:0} KB working set each; all in all {now.Managed / 1e6:0} and {now.WorkingSet / 1e6:0} MB; {kept.Count(p => p.IsOpen)} connected");
        }

        Task<OpenPage> OpenAsync(Page page) => OpenPage.OpenAsync(new Uri(server.Address, page.Path), client, cookies, page.IsWhole, cancel);
    }

    private static async Task SignInAsync(HttpClient client, CancellationToken cancel)
    {
        var form = await client.GetStringAsync(new Uri("/account/login", UriKind.Relative), cancel);
        var fields = Hidden().Matches(form).ToDictionary(m => m.Groups[1].Value, m => m.Groups[2].Value);
        (fields["Input.Email"], fields["Input.Password"]) = (ServerUnderTest.Email, ServerUnderTest.Password);
        using var content = new FormUrlEncodedContent(fields);
        using var answer = await client.PostAsync(new Uri("/account/login", UriKind.Relative), content, cancel);
        if (answer.RequestMessage!.RequestUri!.AbsolutePath != "/contacts") throw new InvalidOperationException($"Nobody was signed in: {(int)answer.StatusCode} {answer.RequestMessage.RequestUri}.");
    }

    [GeneratedRegex("<input type=\"hidden\" name=\"([^\"]*)\" value=\"([^\"]*)\"")]
    private static partial Regex Hidden();

    [GeneratedRegex("<tr [^>]*data-row=")]
    private static partial Regex Row();

    private sealed record Page(string Name, string Path, Func<string, bool> IsWhole);
}
