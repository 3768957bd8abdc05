using System.Text.Json;
using System.Text.Unicode;
using Contacts.Core;
using Contacts.Core.Accounts;

namespace Contacts.Web.Api;

/// <summary>The request a handler works on: who calls, what was sent.</summary>
internal sealed class ApiRequest(HttpContext http, Caller caller)
{
    private const int MaxBody = 256 * 1024;
    private static readonly JsonElement Nothing = JsonSerializer.SerializeToElement(new { });
    private byte[]? _body;

    public Caller Caller { get; } = caller;
    public HttpContext Http { get; } = http;
    public CancellationToken Cancel => Http.RequestAborted;

    public static ApiRequest Of(HttpContext http) => http.Features.Get<ApiRequest>()!;

    /// <exception cref="BadHttpRequestException">It is too large.</exception>
    public async Task<byte[]> ReadBodyAsync()
    {
        if (_body is not null) return _body;
        if (Http.Request.ContentLength > MaxBody) throw new BadHttpRequestException("Too large.", StatusCodes.Status413PayloadTooLarge);
        using var body = new MemoryStream();
        var part = new byte[8192];
        for (int read; (read = await Http.Request.Body.ReadAsync(part, Cancel)) > 0;)
        {
            body.Write(part, 0, read);
            if (body.Length > MaxBody) throw new BadHttpRequestException("Too large.", StatusCodes.Status413PayloadTooLarge);
        }
        return _body = body.ToArray();
    }

    /// <summary>The JSON object that was sent; where nothing was, one without properties.</summary>
    /// <exception cref="RuleException">It is none.</exception>
    public async Task<JsonElement> ReadObjectIfAnyAsync() => (await ReadBodyAsync()).Length == 0 ? Nothing : await ReadObjectAsync();

    /// <summary>The JSON object that was sent.</summary>
    /// <exception cref="RuleException">It is none.</exception>
    public async Task<JsonElement> ReadObjectAsync()
    {
        var body = await ReadBodyAsync();
        try
        {
            using var document = JsonDocument.Parse(body);
            // The parser looks at neither: bytes that are no text, and names whose escapes spell none.
            if (document.RootElement.ValueKind == JsonValueKind.Object && Utf8.IsValid(body))
            {
                ReadNames(document.RootElement);
                return document.RootElement.Clone();
            }
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // Refused below: what the parser says of positions and bytes helps nobody.
        }
        throw new RuleException("Invalid JSON.", "body");
    }

    private static void ReadNames(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Array)
            foreach (var item in value.EnumerateArray()) ReadNames(item);
        if (value.ValueKind != JsonValueKind.Object) return;
        foreach (var property in value.EnumerateObject())
        {
            _ = property.Name;
            ReadNames(property.Value);
        }
    }
}

/// <summary>Questions asked of a JSON object.</summary>
internal static class JsonObjectQuestions
{
    /// <summary>The property is there and neither null nor blank.</summary>
    public static bool Gives(this JsonElement body, string name) => body.TryGetProperty(name, out var value)
        && value.ValueKind != JsonValueKind.Null && !(value.ValueKind == JsonValueKind.String && string.IsNullOrWhiteSpace(value.ReadString(name)));

    /// <summary>The text of a property, or null when it is not given.</summary>
    /// <exception cref="RuleException">It is something else than a text.</exception>
    public static string? Text(this JsonElement body, string name) => !body.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null
        ? null
        : value.ValueKind == JsonValueKind.String ? value.ReadString(name) : throw new RuleException($"Invalid {name}: '{value.GetRawText()}'", name);

    /// <summary>What a string says: everything that is sent as one is read here.</summary>
    /// <param name="param">The property at which it is refused.</param>
    /// <exception cref="RuleException">Its escapes spell no text.</exception>
    public static string ReadString(this JsonElement text, string param) => JsonText.Of(text) ?? throw new RuleException("The text has a character that cannot be stored.", param);

    /// <summary>A yes or no, or the other value when it is not given.</summary>
    /// <exception cref="RuleException">It is something else.</exception>
    public static bool Flag(this JsonElement body, string name, bool otherwise) => !body.TryGetProperty(name, out var value) ? otherwise : value.ValueKind switch
    {
        JsonValueKind.True or JsonValueKind.False => value.GetBoolean(),
        JsonValueKind.Null => otherwise,
        _ => throw new RuleException($"Invalid {name}: '{value.GetRawText()}'", name),
    };

    /// <summary>The object that a property is; null when it is not given.</summary>
    /// <exception cref="RuleException">It is something else.</exception>
    public static JsonElement? Object(this JsonElement body, string name) => !body.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null
        ? null
        : value.ValueKind == JsonValueKind.Object ? value : throw new RuleException("Must be an object.", name);

    /// <exception cref="RuleException">There is a property of another name.</exception>
    public static void HasOnly(this JsonElement body, string message, params string[] names)
    {
        foreach (var property in body.EnumerateObject())
            if (!names.Contains(property.Name)) throw new RuleException(message, property.Name);
    }
}
