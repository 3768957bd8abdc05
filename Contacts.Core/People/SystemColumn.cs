using Contacts.Core.Fields;

namespace Contacts.Core.People;

/// <summary>The column behind a system field: the one place where a field's name meets a property.</summary>
internal sealed record SystemColumn(Func<Contact, string?> Get, Action<Contact, string?> Set)
{
    private static readonly Dictionary<string, SystemColumn> ByField = new()
    {
        [SystemFields.FirstName] = new(c => c.FirstName, (c, v) => c.FirstName = v),
        [SystemFields.LastName] = new(c => c.LastName, (c, v) => c.LastName = v),
        [SystemFields.Email] = new(c => c.Email, (c, v) => c.Email = v),
        [SystemFields.MobilePhone] = new(c => c.MobilePhone, (c, v) => c.MobilePhone = v),
        [SystemFields.Phone] = new(c => c.Phone, (c, v) => c.Phone = v),
        [SystemFields.Salutation] = new(c => c.Salutation, (c, v) => c.Salutation = v),
        [SystemFields.Company] = new(c => c.Company, (c, v) => c.Company = v),
        [SystemFields.JobTitle] = new(c => c.JobTitle, (c, v) => c.JobTitle = v),
        [SystemFields.CompanySize] = new(c => c.CompanySize, (c, v) => c.CompanySize = v),
        [SystemFields.Employees] = new(c => c.Employees, (c, v) => c.Employees = v),
        [SystemFields.StreetAddress] = new(c => c.StreetAddress, (c, v) => c.StreetAddress = v),
        [SystemFields.City] = new(c => c.City, (c, v) => c.City = v),
        [SystemFields.State] = new(c => c.State, (c, v) => c.State = v),
        [SystemFields.PostCode] = new(c => c.PostCode, (c, v) => c.PostCode = v),
        [SystemFields.Country] = new(c => c.Country, (c, v) => c.Country = v),
        [SystemFields.TimeZone] = new(c => c.TimeZone, (c, v) => c.TimeZone = v),
        [SystemFields.HasConsent] = new(c => c.HasConsent, (c, v) => c.HasConsent = v),
        [SystemFields.TermsOfService] = new(c => c.TermsOfService, (c, v) => c.TermsOfService = v),
    };

    public static SystemColumn Of(string field) => ByField[field];
}
