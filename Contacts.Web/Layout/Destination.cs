using Contacts.Core.Accounts;

namespace Contacts.Web.Layout;

/// <summary>A page one goes to: by the navigation beside every page, or by the command palette.</summary>
/// <param name="Needs">Whoever lacks it is not led there.</param>
public sealed record Destination(string Href, string Title, string Icon, Permission Needs = Permission.ViewContacts)
{
    /// <summary>What one works with every day.</summary>
    public static readonly IReadOnlyList<Destination> Work =
    [
        new("contacts", "Contacts", "users"),
        new("activity", "Activity", "pulse"),
        new("bookings", "Bookings", "clock"),
        new("booking-calendars", "Booking calendars", "calendar"),
        new("routing-forms", "Routing forms", "form"),
        new("chatbots", "Chatbots", "chat"),
        new("page-views", "Page views", "page"),
    ];

    public static readonly IReadOnlyList<Destination> Settings =
    [
        new("settings/members", "Members", "key"),
        new("settings/statuses", "Statuses", "single_choice"),
        new("settings/blocked-identities", "Blocked identities", "lock", Permission.ManageSources),
        new("settings/tracking", "Tracking", "page", Permission.ManageTracking),
        new("settings/email", "Email", "email", Permission.ManageMail),
        new("settings/organisation", "Organisation", "globe", Permission.ManageOrganisation),
        new("settings/availability", "Availability", "clock"),
        new("settings/profile", "Profile", "user"),
    ];

    // Reached from the contacts page; by name as well.
    private static readonly IReadOnlyList<Destination> Further =
    [
        new("contacts?view=board", "Board of contacts", "board"),
        new("contacts/duplicates", "Possible duplicates", "merge"),
        new("contacts/bin", "Bin", "trash", Permission.DeleteContacts),
    ];

    /// <summary>All of them that somebody is led to.</summary>
    public static IEnumerable<Destination> For(Caller caller) => Work.Concat(Further).Concat(Settings).Where(page => caller.May(page.Needs));
}
