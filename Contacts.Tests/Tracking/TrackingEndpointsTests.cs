using System.Net;
using System.Text;
using Contacts.Core.Tracking;
using Contacts.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Contacts.Tests.Tracking;

/// <summary>What the address that scripts report to answers, and what it says nothing about.</summary>
public sealed class TrackingEndpointsTests
{
    private const string View = """{ "s": "acme", "u": "https://www.acme.example/", "t": "Home", "v": "0123456789abcdef0123456789abcdef" }""";

    [Theory]
    [InlineData(View, null, 204, null)]
    [InlineData("""{ "s": "nobody", "u": "https://www.acme.example/", "v": "0123456789abcdef0123456789abcdef" }""", null, 404, ViewRefusal.UnknownSite)]
    [InlineData(View, "https://evil.example", 403, ViewRefusal.ForeignOrigin)]
    [InlineData("{", null, 400, ViewRefusal.Broken)]
    [InlineData("null", null, 400, ViewRefusal.Broken)]
    [InlineData("[1]", null, 400, ViewRefusal.Broken)]
    [InlineData("""{ "s": "acme", "u": 7 }""", null, 400, ViewRefusal.Broken)]
    [InlineData("""{ "s": "acme", "u": "https://www.acme.example/", "v": "0123456789abcdef0123456789abcdef", "d": 1e9 }""", null, 400, ViewRefusal.ImpossibleTime)]
    [InlineData("""{ "s": "acme", "u": "https://www.acme.example/", "v": "0123456789abcdef0123456789abcdef", "i": "a.b.c" }""", null, 400, ViewRefusal.BadToken)]
    public async Task A_report_is_taken_or_refused_and_counted(string body, string? origin, int status, ViewRefusal? counted)
    {
        await using var app = await WebApp.StartAsync(listens: false);
        using var client = app.Guest();

        using var answer = await PostAsync(client, body, origin);

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal(["*"], answer.Headers.GetValues("Access-Control-Allow-Origin"));
        Assert.Equal(counted, (await CountedAsync(app)).SingleOrDefault()?.Reason);
    }

    [Fact]
    public async Task A_body_that_does_not_end_is_read_no_further_than_it_may_be()
    {
        await using var app = await WebApp.StartAsync(listens: false);
        using var client = app.Guest();

        using var answer = await PostAsync(client, View[..^1] + new string(' ', 5000) + "}", null);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        Assert.Equal(ViewRefusal.TooLarge, (await CountedAsync(app)).Single().Reason);
    }

    [Fact]
    public async Task A_flood_from_one_address_is_stopped_and_counted_and_its_sender_may_still_book()
    {
        await using var app = await WebApp.StartAsync(listens: false, settings: ("Contacts:PublicPages:RequestsPerMinute", "3"));
        using var client = app.Guest();

        for (var i = 0; i < 3; i++) using (await PostAsync(client, View, null)) { }
        using var refused = await PostAsync(client, View, null);
        using var page = await client.GetAsync("/b/acme/intro-call");

        Assert.Equal((HttpStatusCode.TooManyRequests, HttpStatusCode.OK), (refused.StatusCode, page.StatusCode));
        Assert.Equal([new RefusedViews(ViewRefusal.Flood, 1, 1)], await CountedAsync(app));
    }

    [Fact]
    public async Task A_browser_that_objects_is_answered_like_any_other()
    {
        await using var app = await WebApp.StartAsync(listens: false);
        using var client = app.Guest();
        client.DefaultRequestHeaders.Add("Sec-GPC", "1");

        using var answer = await PostAsync(client, View, null);

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Equal(0, await app.ReadAsync(db => db.Visitors.CountAsync()));
        Assert.Equal([new RefusedViews(ViewRefusal.Objected, 1, 1)], await CountedAsync(app));
    }

    [Fact]
    public async Task The_script_learns_how_its_site_asks()
    {
        await using var app = await WebApp.StartAsync(listens: false);
        using var client = app.Guest();
        await app.Get<TrackingSettings>().SaveAsync(app.Acme.Owner, new TrackingEdit { QueryNames = ["lang"], IdCookie = "acme_id", Wordings = [new("de", "Dürfen wir?", "Ja", "Nein")] });

        Assert.Equal("""{"m":"ask","i":"acme_id","c":"oc_consent","w":1,"q":["lang"],"t":[{"l":"de","q":"Dürfen wir?","y":"Ja","n":"Nein"}]}""", await client.GetStringAsync("/t?s=acme"));
        using var unknown = await client.GetAsync("/t?s=nobody");
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
    }

    private static Task<HttpResponseMessage> PostAsync(HttpClient client, string body, string? origin)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/t") { Content = new StringContent(body, Encoding.UTF8, "text/plain") };
        if (origin is not null) request.Headers.Add("Origin", origin);
        return client.SendAsync(request);
    }

    private static async Task<IReadOnlyList<RefusedViews>> CountedAsync(WebApp app) =>
        [.. await app.Get<PageViewTally>().ReadAsync(app.Acme.AccountId), .. await app.Get<PageViewTally>().ReadAsync(PageViewTally.Nobody)];
}
