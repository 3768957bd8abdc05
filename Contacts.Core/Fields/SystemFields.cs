using System.Collections.Frozen;
using System.Globalization;
using NodaTime;

namespace Contacts.Core.Fields;

/// <summary>The fields every contact has, named as in OnceHub's contact object (its misspelt <c>terms_of_sevice</c> included).</summary>
public static class SystemFields
{
    public const string FirstName = "first_name", LastName = "last_name", Email = "email", MobilePhone = "mobile_phone", Phone = "phone",
        Salutation = "salutation", Company = "company", JobTitle = "job_title", CompanySize = "company_size", Employees = "employees",
        StreetAddress = "street_address", City = "city", State = "state", PostCode = "post_code", Country = "country",
        TimeZone = "timezone", HasConsent = "has_consent", TermsOfService = "terms_of_sevice";

    /// <summary>The headings they stand under on the contact's page.</summary>
    public const string PersonGroup = "Person", CompanyGroup = "Company", AddressGroup = "Address", OtherGroup = "Other";

    public static readonly IReadOnlyList<FieldDefinition> All =
    [
        Field(FirstName, "First name", "text", PersonGroup), Field(LastName, "Last name", "text", PersonGroup), Field(Email, "Email", "email", PersonGroup),
        Field(MobilePhone, "Mobile phone", "phone", PersonGroup), Field(Phone, "Phone", "phone", PersonGroup), Field(Company, "Company", "text", CompanyGroup),
        Field(JobTitle, "Job title", "text", CompanyGroup), Field(CompanySize, "Company size", "text", CompanyGroup), Field(Employees, "Employees", "number", CompanyGroup, CheckEmployees),
        Field(StreetAddress, "Street address", "text", AddressGroup), Field(City, "City", "text", AddressGroup), Field(State, "State or province", "text", AddressGroup),
        Field(PostCode, "Post code", "text", AddressGroup), Field(Country, "Country", "text", AddressGroup), Field(TimeZone, "Time zone", "text", OtherGroup, CheckTimeZone),
        Field(Salutation, "Salutation", "text", OtherGroup), Field(HasConsent, "Data consent", "yes_no", OtherGroup), Field(TermsOfService, "Accepted terms of service", "yes_no", OtherGroup),
    ];

    // Names the API's contact object uses for what is not a value field; a custom field may not take them either.
    private static readonly string[] AlsoReserved =
        ["id", "object", "owner", "status", "custom_fields", "creation_time", "last_updated_time", "last_interacted_time", "full_name", "bot", "form",
        "emails", "phones", "other_emails", "other_phones", "status_reason", "browser"];

    private static readonly FrozenDictionary<string, FieldDefinition> ByName = All.ToFrozenDictionary(f => f.Name);

    public static FieldDefinition? Find(string name) => ByName.GetValueOrDefault(name);

    /// <summary>Names that a custom field may not have: those of the contact object, and those that pages for guests use in their address.</summary>
    public static bool Reserves(string name) => Find(name) is not null || AlsoReserved.Contains(name) || PageParameters.Have(name);

    private static FieldDefinition Field(string name, string title, string type, string group, Func<string, string?>? check = null) => new(name, title, FieldType.Of(type), group) { OwnCheck = check };

    private static string? CheckEmployees(string value) =>
        double.Parse(value, CultureInfo.InvariantCulture) is >= 0 and var people && double.IsInteger(people) ? null : "Enter a whole number of people, like 42.";

    private static string? CheckTimeZone(string value) => DateTimeZoneProviders.Tzdb.GetZoneOrNull(value) is null ? TimeZoneId.Problem : null;
}
