using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Contacts.Core;
using Contacts.Core.Accounts;
using Contacts.Core.Activity;
using Contacts.Core.Fields;
using Contacts.Core.Intake;
using Contacts.Core.Intake.Booking;
using Contacts.Core.People;
using Contacts.Core.People.Merging;
using Contacts.Core.Statuses;
using Contacts.Core.Tracking;
using Contacts.Tests.Support;
using Contacts.Web.Api;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Contacts.Tests.Api;

/// <summary>The API over the feature classes of a <see cref="TestHouse"/>, spoken to by HTTP with an admin's key.</summary>
internal sealed class ApiHouse : IAsyncDisposable
{
    private readonly WebApplication _app;

    private ApiHouse(TestHouse house, WebApplication app) => (House, _app) = (house, app);

    public TestHouse House { get; }
    public string AdminKey { get; private set; } = "";
    public HttpClient Client { get; private set; } = null!;

    public static async Task<ApiHouse> OpenAsync(Database database = Database.Sqlite, int requestsPerMinute = 0)
    {
        var house = await TestHouse.OpenAsync(database);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseTestServer();
        builder.Configuration["Contacts:Api:RequestsPerMinute"] = requestsPerMinute.ToString(System.Globalization.CultureInfo.InvariantCulture);
        builder.Services.AddSingleton(new PublicUrl(() => new Uri("https://contacts.example")));
        builder.Services.AddSingleton<TimeProvider>(house.Clock)
            .AddSingleton(house.Get<ApiKeyRing>()).AddSingleton(house.Fields).AddSingleton(house.Get<StatusList>()).AddSingleton(house.Book).AddSingleton(house.Get<MergeDesk>())
            .AddSingleton(house.Get<ActivityLog>()).AddSingleton(house.Get<VisitLog>()).AddSingleton(house.Get<IdempotencyLog>()).AddSingleton(house.Desk)
            .AddSingleton(house.Get<Bookings>()).AddSingleton(house.Get<BookingRecords>()).AddSingleton(house.Get<BookingCalendars>()).AddSingleton(house.Get<BookingLinks>()).AddSingleton(house.Get<Scheduling>());
        builder.Services.AddContactsApi();
        var app = builder.Build();
        app.MapContactsApi();
        await app.StartAsync();
        var api = new ApiHouse(house, app);
        api.AdminKey = await house.Get<ApiKeyRing>().CreateAsync(house.Account.Id, "Website", Role.Admin);
        api.Client = api.ClientWith(api.AdminKey);
        return api;
    }

    public IServiceProvider Services => _app.Services;

    public HttpClient ClientWith(string? key)
    {
        var client = _app.GetTestClient();
        if (key is not null) client.DefaultRequestHeaders.Add("API-Key", key);
        return client;
    }

    public async Task<HttpClient> MemberAsync() => ClientWith(await House.Get<ApiKeyRing>().CreateAsync(House.Account.Id, "Reader", Role.Member));

    /// <summary>A client of another account.</summary>
    public async Task<HttpClient> StrangerAsync()
    {
        var (account, _, _, _) = await House.AddAccountAsync("Globex");
        return ClientWith(await House.Get<ApiKeyRing>().CreateAsync(account.Id, "Stranger", Role.Admin));
    }

    public Task<Reply> SendAsync(string method, string path, object? body = null, string? idempotencyKey = null, HttpClient? client = null)
    {
        var text = body switch { null => null, string raw => raw, _ => JsonSerializer.Serialize(body) };
        return Reply.OfAsync(client ?? Client, method, path, text, idempotencyKey);
    }

    public Task<Reply> GetAsync(string path) => SendAsync("GET", path);

    public Task<Reply> PostAsync(string path, object body, string? idempotencyKey = null) => SendAsync("POST", path, body, idempotencyKey);

    /// <summary>A contact with this email; gives its id.</summary>
    public async Task<string> AddAsync(string email, string first = "Carrie", string last = "Customer") =>
        (await PostAsync("/v2/contacts", new { email, first_name = first, last_name = last })).Text("id");

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await House.DisposeAsync();
    }
}

/// <summary>What came back.</summary>
internal sealed record Reply(HttpStatusCode Status, string Body, HttpResponseMessage Message)
{
    public JsonNode Json => JsonNode.Parse(Body)!;

    public static async Task<Reply> OfAsync(HttpClient client, string method, string path, string? body, string? idempotencyKey)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (body is not null) request.Content = new StringContent(body, null, "application/json");
        if (idempotencyKey is not null) request.Headers.Add("Idempotency-Key", idempotencyKey);
        var message = await client.SendAsync(request);
        return new Reply(message.StatusCode, await message.Content.ReadAsStringAsync(), message);
    }

    public string Text(string property) => Json[property]!.GetValue<string>();

    public string? Header(string name) => Message.Headers.TryGetValues(name, out var values) ? string.Join(", ", values)
        : Message.Content.Headers.TryGetValues(name, out var more) ? string.Join(", ", more) : null;

    public List<string> Ids => [.. Json["data"]!.AsArray().Select(item => item!["id"]!.GetValue<string>())];

    /// <summary>The address of a relation in the <c>Link</c> header, without its origin.</summary>
    public string? Link(string relation)
    {
        var link = Header("Link")?.Split(", ").SingleOrDefault(l => l.EndsWith($"rel=\"{relation}\"", StringComparison.Ordinal));
        return link?[(link.IndexOf('<', StringComparison.Ordinal) + 1)..link.IndexOf('>', StringComparison.Ordinal)].Replace("https://contacts.example", "", StringComparison.Ordinal);
    }

    public void IsRefused(int status, string type, string message, string? param)
    {
        Assert.Equal(status, (int)Status);
        var expected = new JsonObject { ["type"] = type, ["message"] = message };
        if (param is not null) expected["param"] = param;
        Assert.Equal(expected.ToJsonString(), Json.ToJsonString());
        Assert.StartsWith("req_", Header("Request-Id"), StringComparison.Ordinal);
    }

    public void IsInvalid(string message, string? param, int status = 400) => IsRefused(status, "invalid_request_error", message, param);
}
