using System.Security.Cryptography;
using System.Text.Json.Serialization;
using Contacts.Core;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Scalar.AspNetCore;

namespace Contacts.Web.Api;

/// <summary>The OpenAPI document at /openapi/v2.json, and the page that shows it.</summary>
internal static class ApiDescription
{
    private const string Document = "v2", Scheme = "apiKey", Page = "/docs/api";

    private const string About = """
        Contacts remembers everyone who meets your organisation. The objects, errors and paging are those of OnceHub's API v2, so what was
        written for OnceHub contacts, bookings and booking calendars works after changing the address and the key.

        **Keys.** Send your key in the header `API-Key`. A revoked key stops working within ten seconds.

        **Lists** are newest first. `limit` is 1 to 100; go on with `after` (the last id of the page) or back with `before` (its first id), or follow
        the `Link` header.

        **Retries.** Every POST takes an `Idempotency-Key` of up to 255 characters. For 24 hours the same key with the same request gives the first
        answer again and changes nothing; with another request it is 422; while the first is still running it is 409. A refused request
        leaves no record: put it right and send it again.

        **Errors** are `{type, message, param}`; `param` is left out where no one parameter is at fault. Every answer carries a `Request-Id`.

        **Expanding.** Bookings point to other objects by id. `expand=contact,owner` gives them whole, in lists `expand=data.contact`; nothing within
        them is expanded. One that was deleted is `{id, object, deleted: true}`.

        **Times** are UTC with milliseconds. Filters take a date or a date and time.

        **Custom fields** hold what their type says: text, a number, `true` or `false`, or a list of choices. `date` is `2027-03-01`, `time` is `14:30`; `date_time` is
        UTC, `2027-03-01T09:00:00Z`, and taken with any offset, or with none in the organisation's time zone; `currency` is a decimal number,
        in the field's currency; `rating` is a whole number; `address` is `{street, city, state, post_code, country}`, taken as text of
        those lines too; `user` is a user's id, and an email is taken too; `file` is `{name, link, size}`, where the link is a path at this server for
        signed-in users: it is uploaded at the screen, and only null, which takes it out, can be sent.
        """;

    public static IServiceCollection AddApiDescription(this IServiceCollection services) => services.AddOpenApi(Document, options =>
    {
        options.ShouldInclude = route => route.RelativePath?.StartsWith(Document + "/", StringComparison.Ordinal) == true;
        options.CreateSchemaReferenceId = type => type.Type.IsGenericType && type.Type.GetGenericTypeDefinition() == typeof(ListJson<>)
            ? NameOf(type.Type.GenericTypeArguments[0]) + "List"
            : type.Type.Namespace == typeof(ApiDescription).Namespace ? NameOf(type.Type) : OpenApiOptions.CreateDefaultSchemaReferenceId(type);
        options.AddDocumentTransformer(DescribeAsync);
        options.AddOperationTransformer(ApiDocs.DescribeAsync);
        options.AddSchemaTransformer(DescribeExpandableAsync);
        options.AddSchemaTransformer(ForgiveWhatIsLeftOut);
    });

    public static void MapApiDescription(this IEndpointRouteBuilder app)
    {
        app.MapOpenApi("/openapi/{documentName}.json").AllowAnonymous();
        app.MapScalarApiReference(Page, (options, http) =>
        {
            var nonce = Convert.ToBase64String(RandomNumberGenerator.GetBytes(16));
            // This page alone: everything it shows comes from here, its start-up script by a nonce.
            http.Response.Headers.ContentSecurityPolicy =
                $"default-src 'none'; script-src 'self' 'nonce-{nonce}'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
                + "font-src 'self' data:; connect-src 'self'; form-action 'none'; base-uri 'self'; frame-ancestors 'none'; object-src 'none'";
            options.WithNonce(nonce).WithTitle("Contacts API").WithOpenApiRoutePattern("/openapi/v2.json")
                .DisableDefaultFonts().DisableTelemetry().DisableAgent().DisableMcp().HideDeveloperTools().HideClientButton();
        }).AllowAnonymous();
    }

    private static Task DescribeAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancel)
    {
        document.Info = new OpenApiInfo { Title = "Contacts API", Version = Document, Description = About };
        document.Servers = [new OpenApiServer { Url = context.ApplicationServices.GetRequiredService<PublicUrl>().Root }];
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>();
        document.Components.SecuritySchemes[Scheme] = new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.ApiKey,
            In = ParameterLocation.Header,
            Name = "API-Key",
            Description = "A key made under Settings, API keys, or on the command line with `api-key create`. It has the rights of an admin or of a member.",
        };
        document.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Scheme, document)] = [] }];
        return Task.CompletedTask;
    }

    // A property that is left out where it has no value is not always there.
    private static Task ForgiveWhatIsLeftOut(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancel)
    {
        foreach (var property in context.JsonTypeInfo.Properties)
            if (property.AttributeProvider?.GetCustomAttributes(typeof(JsonIgnoreAttribute), false) is [JsonIgnoreAttribute { Condition: JsonIgnoreCondition.WhenWritingNull }])
                schema.Required?.Remove(property.Name);
        return Task.CompletedTask;
    }

    private static async Task DescribeExpandableAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancel)
    {
        if (context.JsonPropertyInfo?.AttributeProvider?.GetCustomAttributes(typeof(ExpandableAttribute), false) is not [ExpandableAttribute expandable]) return;
        schema.Description = "Its id, or the object where `expand` names it.";
        schema.OneOf = [new OpenApiSchema { Type = JsonSchemaType.String }, await context.GetOrCreateSchemaAsync(expandable.Type, null, cancel), await context.GetOrCreateSchemaAsync(typeof(RedactedJson), null, cancel)];
    }

    private static string NameOf(Type type) => type.Name.EndsWith("Json", StringComparison.Ordinal) ? type.Name[..^4] : type.Name;
}
