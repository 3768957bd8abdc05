using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Contacts.Web.Api;

/// <summary>A body an endpoint takes or gives, with an example.</summary>
internal sealed record BodyDoc(Type Type, string Example, int? Status);

/// <summary>An error an endpoint gives, with its text.</summary>
internal sealed record RefusalDoc(int Status, string Message, string? Param);

/// <summary>A parameter of the query.</summary>
internal sealed record QueryDoc(string Name, string Description, JsonSchemaType Type = JsonSchemaType.String, string? Format = null);

/// <summary>Describes endpoints beyond what their signatures tell; the bodies are read by hand, so nothing else does.</summary>
internal static class ApiDocs
{
    public static RouteHandlerBuilder Describe(this RouteHandlerBuilder route, string name, string tag, string summary, string? description = null)
    {
        route.WithName(name).WithTags(tag).WithSummary(summary).Refuses(401, "Invalid API key.").Refuses(429, "Request rate limit exceeded");
        if (description is not null) route.WithDescription(description);
        return route;
    }

    public static RouteHandlerBuilder Takes<T>(this RouteHandlerBuilder route, string example) => route.WithMetadata(new BodyDoc(typeof(T), example, null));

    public static RouteHandlerBuilder Gives<T>(this RouteHandlerBuilder route, string example, int status = StatusCodes.Status200OK) =>
        route.Produces<T>(status).WithMetadata(new BodyDoc(typeof(T), example, status));

    /// <summary>Several texts of one status are several examples.</summary>
    public static RouteHandlerBuilder Refuses(this RouteHandlerBuilder route, int status, string message, string? param = null) =>
        route.Produces<ErrorJson>(status).WithMetadata(new RefusalDoc(status, message, param));

    public static RouteHandlerBuilder Queries(this RouteHandlerBuilder route, string name, string description, JsonSchemaType type = JsonSchemaType.String, string? format = null) =>
        route.WithMetadata(new QueryDoc(name, description, type, format));

    public static RouteHandlerBuilder Pages(this RouteHandlerBuilder route) => route
        .Queries("limit", "How many to give at most, 1 to 100; 10 when not given.", JsonSchemaType.Integer)
        .Queries("after", "The id of an object: the page after it, that is older.")
        .Queries("before", "The id of an object: the page before it, that is newer.")
        .Refuses(400, "Out of range value: 500. Please provide a number between 1 and 100.", "limit")
        .Refuses(400, "Received both before and after parameters. Please provide only one.");

    public static async Task DescribeAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancel)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        operation.Parameters ??= [];
        foreach (var query in metadata.OfType<QueryDoc>())
            operation.Parameters.Add(new OpenApiParameter
            {
                Name = query.Name,
                In = ParameterLocation.Query,
                Description = query.Description,
                Schema = new OpenApiSchema { Type = query.Type, Format = query.Format },
            });
        if (HttpMethods.IsPost(context.Description.HttpMethod ?? ""))
            operation.Parameters.Add(new OpenApiParameter
            {
                Name = "Idempotency-Key",
                In = ParameterLocation.Header,
                Description = "Makes a retry safe: the same key and request gives the first answer again, for 24 hours.",
                Schema = new OpenApiSchema { Type = JsonSchemaType.String, MaxLength = 255 },
            });
        foreach (var body in metadata.OfType<BodyDoc>())
        {
            if (body.Status is { } status) SetExample(operation, status, JsonNode.Parse(body.Example)!);
            else operation.RequestBody = new OpenApiRequestBody
            {
                Required = true,
                Content = new Dictionary<string, OpenApiMediaType>
                {
                    ["application/json"] = new() { Schema = await context.GetOrCreateSchemaAsync(body.Type, null, cancel), Example = JsonNode.Parse(body.Example) },
                },
            };
        }
        foreach (var group in metadata.OfType<RefusalDoc>().GroupBy(r => r.Status)) DescribeRefusals(operation, group.Key, [.. group]);
    }

    private static void SetExample(OpenApiOperation operation, int status, JsonNode example)
    {
        var response = Response(operation, status);
        response.Description = status == StatusCodes.Status201Created ? "Made." : "Done.";
        response.Content!["application/json"].Example = example;
        AddHeaders(response, example is JsonObject body && body["object"]?.GetValue<string>() == "list");
    }

    private static void DescribeRefusals(OpenApiOperation operation, int status, List<RefusalDoc> refusals)
    {
        var response = Response(operation, status);
        response.Description = string.Join("; ", refusals.Select(r => r.Message).Distinct());
        response.Content!["application/json"].Examples = refusals.Select((refusal, n) => (refusal, n)).ToDictionary(
            pair => $"{status}-{pair.n + 1}",
            pair => (IOpenApiExample)new OpenApiExample { Summary = pair.refusal.Message, Value = Example(pair.refusal) });
        AddHeaders(response, false);
        if (status == StatusCodes.Status429TooManyRequests) response.Headers!["Retry-After"] = Header("Seconds to wait.");
    }

    private static JsonObject Example(RefusalDoc refusal)
    {
        var error = new JsonObject
        {
            ["type"] = refusal.Status switch { 401 or 403 => ErrorJson.Authentication, 429 => ErrorJson.RateLimit, >= 500 => ErrorJson.Server, _ => ErrorJson.Invalid },
            ["message"] = refusal.Message,
        };
        if (refusal.Param is not null) error["param"] = refusal.Param;
        return error;
    }

    private static OpenApiResponse Response(OpenApiOperation operation, int status) =>
        (OpenApiResponse)operation.Responses![status.ToString(System.Globalization.CultureInfo.InvariantCulture)];

    private static void AddHeaders(OpenApiResponse response, bool list)
    {
        response.Headers ??= new Dictionary<string, IOpenApiHeader>();
        response.Headers["Request-Id"] = Header("Names this request, for questions about it.");
        if (list) response.Headers["Link"] = Header("The pages after (`next`) and before (`previous`) this one, where there are any.");
    }

    private static OpenApiHeader Header(string description) => new() { Description = description, Schema = new OpenApiSchema { Type = JsonSchemaType.String } };
}
