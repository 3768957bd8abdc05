using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Contacts.Tests.Api;

public partial class ApiDescriptionTests
{
    [Fact]
    public async Task The_description_lists_every_route_with_summary_and_errors()
    {
        await using var api = await ApiHouse.OpenAsync();
        var routes = api.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.RoutePattern.RawText!.StartsWith("/v2/", StringComparison.Ordinal) && !e.RoutePattern.RawText.Contains("**", StringComparison.Ordinal))
            .SelectMany(e => e.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Select(m => $"{m} {e.RoutePattern.RawText}")).Order();

        var document = await DocumentAsync(api);

        Assert.StartsWith("3.1", document["openapi"]!.GetValue<string>(), StringComparison.Ordinal);
        var operations = document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject().Select(o => (Name: $"{o.Key.ToUpperInvariant()} {path.Key}", Operation: o.Value!))).ToList();
        Assert.Equal(routes, operations.Select(o => o.Name).Order());
        Assert.All(operations, o =>
        {
            Assert.False(string.IsNullOrEmpty(o.Operation["summary"]?.GetValue<string>()), o.Name);
            Assert.NotNull(o.Operation["responses"]!["401"]);
            Assert.NotNull(o.Operation["responses"]!["429"]);
        });
        Assert.Equal("API-Key", document["components"]!["securitySchemes"]!["apiKey"]!["name"]!.GetValue<string>());
        Assert.Equal("https://contacts.example", document["servers"]![0]!["url"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_contact_is_described_as_it_is_written()
    {
        await using var api = await ApiHouse.OpenAsync();
        var id = await api.AddAsync("carrie@example.com");

        var schema = (await DocumentAsync(api))["components"]!["schemas"]!["Contact"]!["properties"]!.AsObject();

        Assert.All((await api.GetAsync($"/v2/contacts/{id}")).Json.AsObject(), property => Assert.True(schema.ContainsKey(property.Key), property.Key));
        Assert.Equal(27, schema.Count);
    }

    [Fact]
    public async Task A_booking_is_described_as_it_is_written_and_what_may_be_left_out_is_not_required()
    {
        await using var api = await ApiHouse.OpenAsync();
        var id = await api.BookAsync(await api.OpenCalendarAsync(), "ada@example.com");

        var schemas = (await DocumentAsync(api))["components"]!["schemas"]!;
        var (booking, schema) = ((await api.GetAsync($"/v2/bookings/{id}")).Json.AsObject(), schemas["Booking"]!);

        Assert.All(booking, property => Assert.True(schema["properties"]!.AsObject().ContainsKey(property.Key), property.Key));
        Assert.All(schema["required"]!.AsArray(), name => Assert.True(booking.ContainsKey(name!.GetValue<string>()), $"{name}"));
        Assert.DoesNotContain("virtual_conferencing", schema["required"]!.AsArray().Select(name => name!.GetValue<string>()));
        Assert.Equal("""[{"type":"string"},{"$ref":"#/components/schemas/User"},{"$ref":"#/components/schemas/Redacted"}]""", schema["properties"]!["owner"]!["oneOf"]!.ToJsonString());
        Assert.DoesNotContain("owner", schemas["Contact"]!["required"]!.AsArray().Select(name => name!.GetValue<string>()));
    }

    [Fact]
    public async Task The_page_that_shows_it_loads_nothing_from_elsewhere()
    {
        await using var api = await ApiHouse.OpenAsync();

        var page = await Reply.OfAsync(api.ClientWith(null), "GET", "/docs/api/", null, null);

        Assert.Equal(200, (int)page.Status);
        Assert.DoesNotContain(Addresses().Matches(page.Body), m => !m.Value.Contains("contacts.example", StringComparison.Ordinal));
        Assert.Contains("script-src 'self' 'nonce-", page.Header("Content-Security-Policy"), StringComparison.Ordinal);
    }

    private static async Task<JsonNode> DocumentAsync(ApiHouse api) => (await Reply.OfAsync(api.ClientWith(null), "GET", "/openapi/v2.json", null, null)).Json;

    [GeneratedRegex("""(src|href)="(https?:)?//[^"]+""")]
    private static partial Regex Addresses();
}
