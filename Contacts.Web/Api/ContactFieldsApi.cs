using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Contacts.Core;
using Contacts.Core.Accounts;
using Contacts.Core.Fields;

namespace Contacts.Web.Api;

/// <summary>A contact field, system or the account's own. Default and bounds are written as a contact's value is; a text's bounds are lengths.</summary>
/// <param name="OptionColors">One for each option, in the same order; null for none.</param>
internal sealed record ContactFieldJson(
    string Object, string Name, string Title, string? Subtext, string Type, IReadOnlyList<string> Options, bool System, bool Archived,
    bool Required, bool Unique, JsonNode? Default, JsonNode? Min, JsonNode? Max, string? Pattern, [property: JsonPropertyName("pattern_message")] string? PatternMessage,
    string Writers, [property: JsonPropertyName("on_forms")] bool OnForms, string? Group, string? Currency,
    [property: JsonPropertyName("option_colors")] IReadOnlyList<string?> OptionColors)
{
    public static ContactFieldJson From(FieldDefinition field)
    {
        var rules = field.Rules;
        return new ContactFieldJson("contact_field", field.Name, field.Title, field.Subtext, field.Type.Key, [.. field.Options.Select(o => o.Label)], field.IsSystem, field.IsArchived,
            rules.Required, rules.Unique, rules.Default is { } value ? field.Type.ToJson(value, field) : null, Bound(rules.Min, field), Bound(rules.Max, field),
            rules.Pattern, rules.PatternMessage, FieldRulesJson.Writers[rules.Writers], !rules.HiddenOnForms, field.Group, rules.Currency,
            [.. field.Options.Select(o => o.Color)]);
    }

    private static JsonNode? Bound(string? bound, FieldDefinition field) => bound is null ? null
        : field.Type.Range == FieldRange.Length ? JsonValue.Create(int.Parse(bound, CultureInfo.InvariantCulture)) : field.Type.ToJson(bound, field);
}

/// <summary>A new field.</summary>
internal sealed record ContactFieldCreateJson(
    string Name, string Title, string Type, string? Subtext, IReadOnlyList<JsonNode>? Options, bool? Required, bool? Unique, JsonNode? Default, JsonNode? Min, JsonNode? Max,
    string? Pattern, [property: JsonPropertyName("pattern_message")] string? PatternMessage, string? Writers, [property: JsonPropertyName("on_forms")] bool? OnForms, string? Group, string? Currency);

/// <summary>A change to a field; name and type are fixed.</summary>
internal sealed record ContactFieldUpdateJson(
    string? Title, string? Subtext, IReadOnlyList<JsonNode>? Options, bool? Required, bool? Unique, JsonNode? Default, JsonNode? Min, JsonNode? Max,
    string? Pattern, [property: JsonPropertyName("pattern_message")] string? PatternMessage, string? Writers, [property: JsonPropertyName("on_forms")] bool? OnForms, string? Group, string? Currency);

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
        ApiQuery.ReadWhole(http.Request);
        var fields = await catalog.ListAsync(request.Caller, request.Cancel);
        return ApiAnswer.Of(ListJson<ContactFieldJson>.Of([.. fields.All.Select(ContactFieldJson.From)], false));
    }

    private static async Task<IResult> CreateAsync(HttpContext http, FieldCatalog catalog)
    {
        var request = ApiRequest.Of(http);
        var body = await request.ReadObjectAsync();
        body.HasOnly("Unsupported fields", ["name", "title", "subtext", "type", "options", "group", .. FieldRulesJson.Names]);
        foreach (var required in new[] { "name", "title", "type" })
            if (!body.Gives(required)) throw new RuleException($"{required} is required", required);
        var edit = new FieldEdit(body.Text("title")!, body.Text("subtext"), body.Text("type")!, body.Text("name"), FieldOptionsJson.Read(body, null) ?? [])
        {
            Rules = FieldRulesJson.Read(body, new FieldRules(), FieldType.Find(body.Text("type"))), Group = body.Text("group"),
        };
        return ApiAnswer.Of(ContactFieldJson.From(await catalog.CreateAsync(request.Caller, edit)), StatusCodes.Status201Created);
    }

    private static async Task<IResult> UpdateAsync(HttpContext http, string name, FieldCatalog catalog)
    {
        var request = ApiRequest.Of(http);
        request.Caller.Require(Permission.ManageFields); // before the name is looked up, so that its answer tells nothing
        var body = await request.ReadObjectAsync();
        if (!body.EnumerateObject().Any()) throw new RuleException("At least one field must be provided to update.", "body");
        body.HasOnly("Unsupported field", ["title", "subtext", "options", "group", .. FieldRulesJson.Names]);
        var field = (await catalog.ListAsync(request.Caller, request.Cancel)).Find(name) ?? throw RuleException.NotFound("contact field", name, "name");
        var subtext = body.TryGetProperty("subtext", out _) ? body.Text("subtext") : field.Subtext;
        var options = FieldOptionsJson.Read(body, field) ?? [.. field.Options.Select(o => new OptionEdit(o.Label, o.Key))];
        var edit = new FieldEdit(body.Text("title") ?? field.Title, subtext, field.Type.Key, field.Name, options)
        {
            Rules = FieldRulesJson.Names.Any(rule => body.TryGetProperty(rule, out _)) ? FieldRulesJson.Read(body, field.Rules.AsTyped(field), field.Type) : null,
            Group = body.TryGetProperty("group", out _) ? body.Text("group") ?? "" : null,
        };
        return ApiAnswer.Of(ContactFieldJson.From(await catalog.EditAsync(request.Caller, name, edit)));
    }

    private static async Task<IResult> ArchiveAsync(HttpContext http, string name, FieldCatalog catalog) =>
        ApiAnswer.Of(ContactFieldJson.From(await catalog.ArchiveAsync(ApiRequest.Of(http).Caller, name)));

    private static async Task<IResult> RestoreAsync(HttpContext http, string name, FieldCatalog catalog) =>
        ApiAnswer.Of(ContactFieldJson.From(await catalog.RestoreAsync(ApiRequest.Of(http).Caller, name)));
}
