using System.Net;
using Contacts.Tests.Support;

namespace Contacts.Tests.Safety;

public sealed class SafetyTests
{
    [Fact]
    public async Task Every_answer_says_what_a_browser_may_do()
    {
        await using var app = await StartAsync();
        using var guest = app.Guest();

        foreach (var path in new[] { "/health/live", "/app.css", "/not-found", "/no-such-page" })
        {
            using var answer = await guest.GetAsync(path);
            Assert.Contains("default-src 'none'", Header(answer, "Content-Security-Policy"), StringComparison.Ordinal);
            Assert.Contains("frame-ancestors 'none'", Header(answer, "Content-Security-Policy"), StringComparison.Ordinal);
            Assert.Equal("nosniff", Header(answer, "X-Content-Type-Options"));
            Assert.False(answer.Headers.Contains("X-Frame-Options"));
        }
    }

    [Fact]
    public async Task Each_answer_has_a_nonce_of_its_own_and_the_page_carries_it()
    {
        await using var app = await StartAsync();
        using var guest = app.Guest();

        using var first = await guest.GetAsync("/not-found");
        using var second = await guest.GetAsync("/not-found");

        Assert.NotEqual(Nonce(first), Nonce(second));
        Assert.Contains($"nonce=\"{WebUtility.HtmlEncode(Nonce(first))}\"", WebUtility.HtmlDecode(await first.Content.ReadAsStringAsync()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_for_users_asks_a_guest_to_sign_in()
    {
        await using var app = await StartAsync();
        using var guest = app.Guest();

        using var answer = await guest.GetAsync("/");

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Contains("/account/login", answer.Headers.Location!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_does_not_exist_is_not_found_and_says_so()
    {
        await using var app = await StartAsync();
        using var guest = app.Guest();

        using var answer = await guest.GetAsync("/no-such-page");

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Contains("There is nothing here", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("contacts.example.com", HttpStatusCode.OK)]
    [InlineData("localhost", HttpStatusCode.OK)]
    [InlineData("127.0.0.1", HttpStatusCode.OK)]
    [InlineData("evil.example", HttpStatusCode.BadRequest)]
    public async Task With_a_public_address_other_hosts_are_refused(string host, HttpStatusCode expected)
    {
        await using var app = await StartAsync(("Contacts:PublicUrl", "http://contacts.example.com"));
        using var guest = app.Guest();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/health/live") { Headers = { Host = host } };

        using var answer = await guest.SendAsync(request);

        Assert.Equal(expected, answer.StatusCode);
    }

    [Theory]
    [InlineData("http://localhost", HttpStatusCode.OK)]
    [InlineData("http://evil.example", HttpStatusCode.Forbidden)]
    public async Task A_circuit_opens_only_for_our_own_pages(string origin, HttpStatusCode expected)
    {
        await using var app = await StartAsync();
        using var guest = app.Guest();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/_blazor/negotiate?negotiateVersion=1") { Headers = { { "Origin", origin } } };

        using var answer = await guest.SendAsync(request);

        if (expected == HttpStatusCode.OK) Assert.NotEqual(HttpStatusCode.Forbidden, answer.StatusCode);
        else Assert.Equal(expected, answer.StatusCode);
    }

    [Fact]
    public async Task Over_https_cookies_and_browsers_are_told_to_stay_there()
    {
        await using var app = await StartAsync(("Contacts:PublicUrl", "https://contacts.example.com"));
        using var client = app.CreateClient(new() { BaseAddress = new Uri("https://contacts.example.com"), AllowAutoRedirect = false });

        using var page = await client.GetAsync("/not-found");
        using var plain = await client.GetAsync("http://contacts.example.com/not-found");

        Assert.StartsWith("max-age=31536000", Header(page, "Strict-Transport-Security"), StringComparison.Ordinal);
        Assert.All(page.Headers.TryGetValues("Set-Cookie", out var cookies) ? cookies : [], cookie =>
        {
            Assert.StartsWith("__Host-", cookie, StringComparison.Ordinal);
            Assert.Contains("secure", cookie, StringComparison.OrdinalIgnoreCase);
        });
        Assert.Equal("https://contacts.example.com/not-found", plain.Headers.Location?.ToString());
    }

    private static Task<WebApp> StartAsync(params (string Key, string Value)[] settings) => WebApp.StartAsync(founded: false, listens: false, settings: settings);

    private static string Header(HttpResponseMessage answer, string name) => Assert.Single(answer.Headers.GetValues(name));

    private static string Nonce(HttpResponseMessage answer) => Header(answer, "Content-Security-Policy").Split("'nonce-")[1].Split('\'')[0];
}
