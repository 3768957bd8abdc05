using Contacts.Core.Fields;

namespace Contacts.Core.People;

/// <summary>The column behind a system field: the one place where a field's name meets a property.</summary>
/// <param name="FieldId">By which the index of lists knows the field: below zero, and the same for ever.</param>
/// <param name="Name">Of the column.</param>
internal sealed record SystemColumn(long FieldId, string Name, Func<Contact, string?> Get, Action<Contact, string?> Set)
{
    private static readonly Dictionary<string, SystemColumn> ByField = new()
    {
        [SystemFields.FirstName] = new(-1, nameof(Contact.FirstName), c => c.FirstName, (c, v) => c.FirstName = v),
        [SystemFields.LastName] = new(-2, nameof(Contact.LastName), c => c.LastName, (c, v) => c.LastName = v),
        [SystemFields.Email] = new(-3, nameof(Contact.Email), c => c.Email, (c, v) => c.Email = v),
        [SystemFields.MobilePhone] = new(-4, nameof(Contact.MobilePhone), c => c.MobilePhone, (c, v) => c.MobilePhone = v),
        [SystemFields.Phone] = new(-5, nameof(Contact.Phone), c => c.Phone, (c, v) => c.Phone = v),
        [SystemFields.Salutation] = new(-6, nameof(Contact.Salutation), c => c.Salutation, (c, v) => c.Salutation = v),
        [SystemFields.Company] = new(-7, nameof(Contact.Company), c => c.Company, (c, v) => c.Company = v),
        [SystemFields.JobTitle] = new(-8, nameof(Contact.JobTitle), c => c.JobTitle, (c, v) => c.JobTitle = v),
        [SystemFields.CompanySize] = new(-9, nameof(Contact.CompanySize), c => c.CompanySize, (c, v) => c.CompanySize = v),
        [SystemFields.Employees] = new(-10, nameof(Contact.Employees), c => c.Employees, (c, v) => c.Employees = v),
        [SystemFields.StreetAddress] = new(-11, nameof(Contact.StreetAddress), c => c.StreetAddress, (c, v) => c.StreetAddress = v),
        [SystemFields.City] = new(-12, nameof(Contact.City), c => c.City, (c, v) => c.City = v),
        [SystemFields.State] = new(-13, nameof(Contact.State), c => c.State, (c, v) => c.State = v),
        [SystemFields.PostCode] = new(-14, nameof(Contact.PostCode), c => c.PostCode, (c, v) => c.PostCode = v),
        [SystemFields.Country] = new(-15, nameof(Contact.Country), c => c.Country, (c, v) => c.Country = v),
        [SystemFields.TimeZone] = new(-16, nameof(Contact.TimeZone), c => c.TimeZone, (c, v) => c.TimeZone = v),
        [SystemFields.HasConsent] = new(-17, nameof(Contact.HasConsent), c => c.HasConsent, (c, v) => c.HasConsent = v),
        [SystemFields.TermsOfService] = new(-18, nameof(Contact.TermsOfService), c => c.TermsOfService, (c, v) => c.TermsOfService = v),
    };

    public static SystemColumn Of(string field) => ByField[field];
}
