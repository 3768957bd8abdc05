using System.Net;
using Contacts.Web.Safety;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Configuration;

namespace Contacts.Tests.Safety;

public sealed class RateLimitsTests
{
    [Fact]
    public async Task Past_the_limit_a_client_is_told_when_to_come_back()
    {
        await using var app = await StartAsync(perMinute: 3);
        var client = app.GetTestClient();

        for (var i = 0; i < 3; i++) Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/public")).StatusCode);
        using var refused = await client.GetAsync("/public");

        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/free")).StatusCode);
    }

    [Fact]
    public async Task Sign_in_counts_posts_only_and_stops_after_ten()
    {
        await using var app = await StartAsync(perMinute: 300);
        var client = app.GetTestClient();

        for (var i = 0; i < 20; i++) Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/sign-in")).StatusCode);
        for (var i = 0; i < 10; i++) Assert.Equal(HttpStatusCode.OK, (await client.PostAsync("/sign-in", null)).StatusCode);

        Assert.Equal(HttpStatusCode.TooManyRequests, (await client.PostAsync("/sign-in", null)).StatusCode);
    }

    [Fact]
    public async Task What_guests_send_has_a_tighter_limit_of_its_own()
    {
        await using var app = await StartAsync(perMinute: 300, posts: 4);
        var client = app.GetTestClient();

        for (var i = 0; i < 4; i++) Assert.Equal(HttpStatusCode.OK, (await client.PostAsync("/book", null)).StatusCode);

        Assert.Equal(HttpStatusCode.TooManyRequests, (await client.PostAsync("/book", null)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/public")).StatusCode);
    }

    [Fact]
    public async Task Zero_lifts_all()
    {
        await using var app = await StartAsync(perMinute: 0);
        var client = app.GetTestClient();

        for (var i = 0; i < 30; i++)
        {
            Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/public")).StatusCode);
            Assert.Equal(HttpStatusCode.OK, (await client.PostAsync("/sign-in", null)).StatusCode);
            Assert.Equal(HttpStatusCode.OK, (await client.PostAsync("/book", null)).StatusCode);
        }
    }

    private static async Task<WebApplication> StartAsync(int perMinute, int posts = 10)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseTestServer();
        builder.Configuration.AddInMemoryCollection(
        [
            new("Contacts:PublicPages:RequestsPerMinute", perMinute.ToString(System.Globalization.CultureInfo.InvariantCulture)),
            new("Contacts:PublicPages:PostsPerMinute", posts.ToString(System.Globalization.CultureInfo.InvariantCulture)),
        ]);
        builder.Services.AddRateLimits(builder.Configuration);
        var app = builder.Build();
        app.UseRateLimiter();
        app.MapGet("/free", () => "ok");
        app.MapGet("/public", () => "ok").RequireRateLimiting(RateLimits.Public);
        app.MapGroup("").RequireRateLimiting(RateLimits.Public).MapPost("/book", () => "ok").RequireRateLimiting(RateLimits.GuestPosts);
        app.MapMethods("/sign-in", ["GET", "POST"], () => "ok").RequireRateLimiting(RateLimits.SignIn);
        await app.StartAsync();
        return app;
    }
}
