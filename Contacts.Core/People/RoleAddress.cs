namespace Contacts.Core.People;

/// <summary>Addresses of a desk and not of a person (RFC 2142 and common use): several people may share one.</summary>
public static class RoleAddress
{
    private static readonly HashSet<string> Desks = new(StringComparer.Ordinal)
    {
        "abuse", "accounting", "accounts", "admin", "administration", "billing", "bookings", "careers", "contact", "contactus", "customerservice", "enquiries",
        "events", "feedback", "finance", "hello", "help", "helpdesk", "hi", "hr", "info", "information", "inquiries", "invoices", "it", "jobs", "kontakt", "legal",
        "mail", "marketing", "media", "office", "orders", "partners", "payroll", "press", "privacy", "purchasing", "reception", "recruiting", "reservations",
        "sales", "security", "service", "shop", "support", "team", "webmaster",
    };

    /// <summary>Such as <c>info@</c>; a plus-tag does not hide it.</summary>
    public static bool Is(string? email) => EmailAddress.Key(email) is { } key && Desks.Contains(key[..key.LastIndexOf('@')].Split('+')[0].Replace("-", "", StringComparison.Ordinal).Replace(".", "", StringComparison.Ordinal));
}
