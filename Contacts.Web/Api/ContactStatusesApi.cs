using System.Text.Json;
using System.Text.Json.Serialization;
using Contacts.Core;
using Contacts.Core.Accounts;
using Contacts.Core.Statuses;

namespace Contacts.Web.Api;

/// <summary>A status of the account's pipeline.</summary>
internal sealed record ContactStatusJson(
    string Object, string Id, string Name, string Color, int Position, string Meaning, [property: JsonPropertyName("default")] bool IsDefault)
{
    public static ContactStatusJson From(ContactStatus status) => new("contact_status", PublicId.Format(PublicId.Status, status.Id), status.Name, status.Color,
        status.Position, status.Meaning.ToString().ToLowerInvariant(), status.IsDefault);
}

/// <summary>A new status.</summary>
internal sealed record ContactStatusCreateJson(string Name, string? Color, string? Meaning, [property: JsonPropertyName("default")] bool? IsDefault);

/// <summary>/v2/contact-statuses</summary>
internal static class ContactStatusesApi
{
    private const string Default = "default";

    public static void MapContactStatuses(this IEndpointRouteBuilder api)
    {
        api.MapGet("/contact-statuses", ListAsync).DescribeStatusList();
        api.MapPost("/contact-statuses", CreateAsync).DescribeStatusCreate();
    }

    private static async Task<IResult> ListAsync(HttpContext http, StatusList statuses)
    {
        var request = ApiRequest.Of(http);
        ApiQuery.ReadWhole(http.Request);
        return ApiAnswer.Of(ListJson<ContactStatusJson>.Of([.. (await statuses.ListAsync(request.Caller, request.Cancel)).Select(ContactStatusJson.From)], false));
    }

    private static async Task<IResult> CreateAsync(HttpContext http, StatusList statuses)
    {
        var request = ApiRequest.Of(http);
        request.Caller.Require(Permission.ManageStatuses);
        var body = await request.ReadObjectAsync();
        body.HasOnly("Unsupported fields", "name", "color", "meaning", Default);
        if (!body.Gives("name")) throw new RuleException("name is required", "name");
        var edit = new StatusEdit(body.Text("name")!, body.Text("color"), ReadMeaning(body), body.Flag(Default, otherwise: false));
        return ApiAnswer.Of(ContactStatusJson.From(await statuses.CreateAsync(request.Caller, edit)), StatusCodes.Status201Created);
    }

    private static StatusMeaning ReadMeaning(JsonElement body)
    {
        if (!body.Gives("meaning")) return StatusMeaning.Open;
        var text = body.Text("meaning")!;
        foreach (var meaning in Enum.GetValues<StatusMeaning>())
            if (meaning.ToString().ToLowerInvariant() == text) return meaning;
        throw new RuleException($"Invalid meaning: '{text}'. It is one of open, won, lost.", "meaning");
    }
}
