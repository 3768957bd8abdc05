using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Contacts.Core;

namespace Contacts.Web.Api;

/// <summary>What a request is answered: a status and a JSON document.</summary>
internal sealed class ApiAnswer : IResult
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        // Never put into HTML: quotes and plus signs stay as they are, so that people can compare the texts.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private ApiAnswer(int status, string body) => (Status, Body) = (status, body);

    public int Status { get; }
    public string Body { get; }

    /// <summary>A header beside the body: <c>Link</c>, <c>Location</c>, <c>Retry-After</c>, <c>Allow</c>.</summary>
    public (string Name, string Value)? Header { get; private init; }

    public static ApiAnswer Of<T>(T body, int status = StatusCodes.Status200OK) => new(status, JsonSerializer.Serialize(body, Json));

    /// <summary>An answer that was given before, word for word.</summary>
    public static ApiAnswer Again(int status, string body) => new(status, body);

    public static ApiAnswer Refuse(int status, string type, string message, string? param = null) => Of(new ErrorJson(type, message, param), status);

    public static ApiAnswer Refuse(RuleException problem) => problem.Refusal switch
    {
        Refusal.NotFound => Refuse(404, ErrorJson.Invalid, problem.Message, problem.Param ?? "id"),
        Refusal.Conflict => Refuse(409, ErrorJson.Invalid, problem.Message, problem.Param),
        Refusal.NotAllowed => Refuse(403, ErrorJson.Authentication, problem.Message),
        Refusal.KeyReused => Refuse(422, ErrorJson.Invalid, problem.Message, problem.Param),
        _ => Refuse(400, ErrorJson.Invalid, problem.Message, problem.Param),
    };

    public ApiAnswer With(string header, string? value) => value is null ? this : new ApiAnswer(Status, Body) { Header = (header, value) };

    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = Status;
        httpContext.Response.ContentType = "application/json; charset=utf-8";
        httpContext.Response.Headers.CacheControl = "no-store";
        if (Header is { } header) httpContext.Response.Headers[header.Name] = header.Value;
        return httpContext.Response.WriteAsync(Body, httpContext.RequestAborted);
    }
}

/// <summary>Every error, in OnceHub's shape.</summary>
internal sealed record ErrorJson(
    string Type, string Message, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Param)
{
    public const string Invalid = "invalid_request_error", Authentication = "authentication_error", RateLimit = "rate_limit_error", Server = "api_error";
}

/// <summary>A page of a list.</summary>
internal sealed record ListJson<T>(string Object, IReadOnlyList<T> Data, [property: JsonPropertyName("has_more")] bool HasMore)
{
    public static ListJson<T> Of(IReadOnlyList<T> data, bool hasMore) => new("list", data, hasMore);
}
