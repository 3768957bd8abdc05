using System.Text.Json.Serialization;

namespace Contacts.Web.Api;

/// <summary>What may be sent of a contact, for the description of the API; <see cref="ContactInput"/> reads it.</summary>
internal record ContactValuesJson
{
    public string? City { get; init; }
    [JsonPropertyName("company_size")] public string? CompanySize { get; init; }
    public string? Company { get; init; }
    public string? Country { get; init; }
    public int? Employees { get; init; }
    [JsonPropertyName("first_name")] public string? FirstName { get; init; }
    [JsonPropertyName("has_consent")] public bool? HasConsent { get; init; }
    [JsonPropertyName("job_title")] public string? JobTitle { get; init; }
    [JsonPropertyName("last_name")] public string? LastName { get; init; }
    public string? Phone { get; init; }
    [JsonPropertyName("post_code")] public string? PostCode { get; init; }
    public string? Salutation { get; init; }
    public string? State { get; init; }
    [JsonPropertyName("street_address")] public string? StreetAddress { get; init; }
    [JsonPropertyName("terms_of_sevice")] public bool? TermsOfService { get; init; }
    public string? Timezone { get; init; }
    [JsonPropertyName("custom_fields")] public IReadOnlyList<CustomFieldJson>? CustomFields { get; init; }
}

/// <summary>PATCH: all but the identifiers.</summary>
internal record ContactUpdateJson : ContactValuesJson
{
    public string? Owner { get; init; }
    public string? Status { get; init; }
    [JsonPropertyName("status_reason")] public string? StatusReason { get; init; }
}

/// <summary>POST: everything that can be written.</summary>
internal sealed record ContactCreateJson : ContactUpdateJson
{
    public string? Email { get; init; }
    [JsonPropertyName("mobile_phone")] public string? MobilePhone { get; init; }
}

/// <summary>The contact of an interaction: what the guest said of themselves.</summary>
internal sealed record InteractionContactJson : ContactValuesJson
{
    public string? Email { get; init; }
    [JsonPropertyName("mobile_phone")] public string? MobilePhone { get; init; }
}
