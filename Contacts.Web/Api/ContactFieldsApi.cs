using System.Text.Json;
using Contacts.Core;
using Contacts.Core.Accounts;
using Contacts.Core.Fields;

namespace Contacts.Web.Api;

/// <summary>A contact field, system or the account's own.</summary>
internal sealed record ContactFieldJson(
    string Object, string Name, string Title, string? Subtext, string Type, IReadOnlyList<string> Options, bool System, bool Archived)
{
    public static ContactFieldJson From(FieldDefinition field) => new("contact_field", field.Name, field.Title, field.Subtext, field.Type.Key,
        [.. field.Options.Select(o => o.Label)], field.IsSystem, field.IsArchived);
}

/// <summary>A new field.</summary>
internal sealed record ContactFieldCreateJson(string Name, string Title, string Type, string? Subtext, IReadOnlyList<string>? Options);

/// <summary>A change to a field; name and type are fixed.</summary>
internal sealed record ContactFieldUpdateJson(string? Title, string? Subtext, IReadOnlyList<string>? Options);

/// <summary>/v2/contact-fields</summary>
internal static class ContactFieldsApi
{
    public static void MapContactFields(this IEndpointRouteBuilder api)
    {
        api.MapGet("/contact-fields", ListAsync).DescribeFieldList();
        api.MapPost("/contact-fields", CreateAsync).DescribeFieldCreate();
        api.MapPatch("/contact-fields/{name}", UpdateAsync).DescribeFieldUpdate();
        api.MapPost("/contact-fields/{name}/archive", ArchiveAsync).DescribeFieldArchive();
        api.MapPost("/contact-fields/{name}/restore", RestoreAsync).DescribeFieldRestore();
    }

    private static async Task<IResult> ListAsync(HttpContext http, FieldCatalog catalog)
    {
        var request = ApiRequest.Of(http);
        ApiQuery.ReadNone(http.Request);
        var fields = await catalog.ListAsync(request.Caller, request.Cancel);
        return ApiAnswer.Of(ListJson<ContactFieldJson>.Of([.. fields.All.Select(ContactFieldJson.From)], false));
    }

    private static async Task<IResult> CreateAsync(HttpContext http, FieldCatalog catalog)
    {
        var request = ApiRequest.Of(http);
        var body = await request.ReadObjectAsync();
        body.HasOnly("Unsupported fields", "name", "title", "subtext", "type", "options");
        foreach (var required in new[] { "name", "title", "type" })
            if (!body.Gives(required)) throw new RuleException($"{required} is required", required);
        var edit = new FieldEdit(body.Text("title")!, body.Text("subtext"), body.Text("type")!, body.Text("name"), Options(body) ?? []);
        return ApiAnswer.Of(ContactFieldJson.From(await catalog.CreateAsync(request.Caller, edit)), StatusCodes.Status201Created);
    }

    private static async Task<IResult> UpdateAsync(HttpContext http, string name, FieldCatalog catalog)
    {
        var request = ApiRequest.Of(http);
        request.Caller.Require(Permission.ManageFields); // before the name is looked up, so that its answer tells nothing
        var body = await request.ReadObjectAsync();
        if (!body.EnumerateObject().Any()) throw new RuleException("At least one field must be provided to update.", "body");
        body.HasOnly("Unsupported field", "title", "subtext", "options");
        var field = (await catalog.ListAsync(request.Caller, request.Cancel)).Find(name) ?? throw RuleException.NotFound("contact field", name, "name");
        var subtext = body.TryGetProperty("subtext", out _) ? body.Text("subtext") : field.Subtext;
        var options = Options(body) ?? [.. field.Options.Select(o => new OptionEdit(o.Label, o.Key))];
        var edit = new FieldEdit(body.Text("title") ?? field.Title, subtext, field.Type.Key, field.Name, options);
        return ApiAnswer.Of(ContactFieldJson.From(await catalog.EditAsync(request.Caller, name, edit)));
    }

    private static async Task<IResult> ArchiveAsync(HttpContext http, string name, FieldCatalog catalog) =>
        ApiAnswer.Of(ContactFieldJson.From(await catalog.ArchiveAsync(ApiRequest.Of(http).Caller, name)));

    private static async Task<IResult> RestoreAsync(HttpContext http, string name, FieldCatalog catalog) =>
        ApiAnswer.Of(ContactFieldJson.From(await catalog.RestoreAsync(ApiRequest.Of(http).Caller, name)));

    private static List<OptionEdit>? Options(JsonElement body)
    {
        if (!body.TryGetProperty("options", out var value) || value.ValueKind == JsonValueKind.Null) return null;
        return value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(o => o.ValueKind == JsonValueKind.String)
            ? [.. value.EnumerateArray().Select(o => new OptionEdit(o.GetString()!))]
            : throw new RuleException("Must be an array of strings.", "options");
    }
}
