using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Contacts.Core;
using Contacts.Core.Fields;
using Contacts.Core.People;
using Contacts.Core.Statuses;

namespace Contacts.Web.Api;

/// <summary>A contact as OnceHub's API writes it: the same properties in the same order, the misspelt one included.</summary>
internal sealed record ContactJson(
    string Object,
    string Id,
    [property: JsonPropertyName("creation_time")] string CreationTime,
    [property: JsonPropertyName("last_updated_time")] string LastUpdatedTime,
    [property: JsonPropertyName("last_interacted_time")] string? LastInteractedTime,
    // Without a null in OnceHub's schema; left out when there is no value. The same for email, employees and timezone.
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Owner,
    string? Status,
    // Not in OnceHub's schema, so left out where there is none.
    [property: JsonPropertyName("status_reason"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? StatusReason,
    string? City,
    [property: JsonPropertyName("company_size")] string? CompanySize,
    string? Company,
    string? Country,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Email,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? Employees,
    [property: JsonPropertyName("first_name")] string? FirstName,
    [property: JsonPropertyName("has_consent")] bool HasConsent,
    [property: JsonPropertyName("job_title")] string? JobTitle,
    [property: JsonPropertyName("last_name")] string? LastName,
    [property: JsonPropertyName("mobile_phone")] string? MobilePhone,
    string? Phone,
    [property: JsonPropertyName("post_code")] string? PostCode,
    string? Salutation,
    string? State,
    [property: JsonPropertyName("street_address")] string? StreetAddress,
    [property: JsonPropertyName("terms_of_sevice")] bool TermsOfService,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Timezone,
    [property: JsonPropertyName("custom_fields")] IReadOnlyList<CustomFieldJson> CustomFields)
{
    private const string Yes = "true";

    public static ContactJson From(Contact contact, FieldSet fields, IReadOnlyList<ContactStatus> statuses) => new(
        "contact", PublicId.Format(PublicId.Contact, contact.Id),
        ApiTime.Write(contact.CreatedAt), ApiTime.Write(contact.UpdatedAt), ApiTime.Write(contact.LastInteractedAt),
        contact.OwnerId is { } owner ? PublicId.Format(PublicId.User, owner) : null,
        statuses.FirstOrDefault(s => s.Id == contact.StatusId)?.Name, contact.StatusReason,
        contact.City, contact.CompanySize, contact.Company, contact.Country, contact.Email,
        contact.Employees is { } employees ? double.Parse(employees, CultureInfo.InvariantCulture) : null,
        contact.FirstName, contact.HasConsent == Yes, contact.JobTitle, contact.LastName, contact.MobilePhone, contact.Phone,
        contact.PostCode, contact.Salutation, contact.State, contact.StreetAddress, contact.TermsOfService == Yes, contact.TimeZone,
        [.. fields.Custom.Where(f => contact.ValueOf(f) is not null).Select(f => new CustomFieldJson(f.Name, f.Type.ToJson(contact.ValueOf(f)!, f)))]);
}

/// <summary>The value of a field of the account's own: text, number, yes or no, or a list, as its type is.</summary>
internal sealed record CustomFieldJson(string Name, JsonNode? Value);

/// <summary>What is left of an object that was deleted, asked for by its id or expanded.</summary>
internal sealed record RedactedJson(string Id, string Object, bool Deleted)
{
    public static RedactedJson Of(string kind, string id) => new(id, kind, true);
}

/// <summary>The answer to a delete.</summary>
internal sealed record DeletedObjectJson(string Id, bool Deleted);
