using Contacts.Core.Accounts;
using Contacts.Core.Activity;
using Contacts.Core.Fields;
using Contacts.Core.Statuses;

namespace Contacts.Core.People.Lists;

/// <summary>All that an account's contacts can be filtered and sorted by as it stands now.</summary>
public sealed class FilterFields
{
    public const string Status = "status", Owner = "owner", Source = "source", Name = "name", Created = "created", Updated = "updated", LastActivity = "last_activity",
        Booked = "booked", Answered = "answered", PageViewed = "page_viewed", LastSeen = "last_seen", Visits = "visits";

    /// <summary>The heading of what is no field of the contact.</summary>
    public const string ListGroup = "Contact", ActivityGroup = "Activity";

    // An account may have a field called "source"; it is told from the list's own by this.
    private const string Own = "own-";

    private static readonly string[] Taken = [Status, Owner, Source, Name, Created, Updated, LastActivity, Booked, Answered, PageViewed, LastSeen, Visits];

    private readonly Dictionary<string, FilterField> _byName;

    private FilterFields(List<FilterField> all) => (All, _byName) = (all, all.ToDictionary(f => f.Name));

    /// <summary>By which national phone numbers in a filter are read; told only where there is one.</summary>
    internal string? Country { get; private init; }

    /// <summary>The same, with phone numbers read by a country.</summary>
    internal FilterFields In(string? country) => new([.. All]) { Country = country };

    /// <summary>In the order they are offered; archived fields come with the others.</summary>
    public IReadOnlyList<FilterField> All { get; }

    public FilterField? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>How addresses name a field of contacts.</summary>
    public static string NameOf(FieldDefinition field) => Taken.Contains(field.Name) ? Own + field.Name : field.Name;

    /// <summary>The field that may be an account's own behind a name in an address; null where it is the list's or the system's.</summary>
    internal static string? OwnNameOf(string name) => name.StartsWith(Own, StringComparison.Ordinal) ? name[Own.Length..] : Taken.Contains(name) || SystemFields.Find(name) is not null ? null : name;

    public static FilterFields Of(FieldSet fields, IEnumerable<ContactStatus> statuses, IEnumerable<AppUser> users) => new(
    [
        new(Status, "Status", FilterKind.Choice, ListGroup, null, [.. statuses.OrderBy(s => s.Position).Select(s => new FieldOption(StatusKey(s.Id), s.Name, s.Color))]),
        new(Owner, "Contact owner", FilterKind.Choice, ListGroup, null, [.. users.OrderBy(u => u.Name, StringComparer.CurrentCultureIgnoreCase).ThenBy(u => u.Id).Select(u => new FieldOption(OwnerKey(u.Id), u.Name))]),
        new(Source, "Source", FilterKind.Choice, ListGroup, null, [.. Enum.GetValues<SourceKind>().Select(kind => new FieldOption(SourceKey(kind), WordsOf(kind)))], CanBeEmpty: false),
        new(Name, "Name", FilterKind.Text, ListGroup, null, [], CanBeEmpty: false),
        new(Created, "Added", FilterKind.Moment, ListGroup, null, [], CanBeEmpty: false),
        new(Updated, "Changed", FilterKind.Moment, ListGroup, null, [], CanBeEmpty: false),
        new(LastActivity, "Last activity", FilterKind.Moment, ListGroup, null, [], CanBeEmpty: false),
        new(Booked, "Booked a meeting", FilterKind.Activity, ActivityGroup, null, []),
        new(Answered, "Answered a form or a chat", FilterKind.Activity, ActivityGroup, null, []),
        new(PageViewed, "Viewed a page whose address", FilterKind.Page, ActivityGroup, null, []),
        new(LastSeen, "Last seen on your pages", FilterKind.Seen, ActivityGroup, null, []),
        new(Visits, "Visits", FilterKind.Times, ActivityGroup, null, [], CanBeEmpty: false),
        .. fields.All.Select(f => new FilterField(NameOf(f), f.Title, f.Type.FilterKind, f.Group, f, f.Type.FilterKind is FilterKind.Choice or FilterKind.Choices ? f.Choices : [])),
    ]);

    /// <summary>How conditions name a status, an owner and a kind of source.</summary>
    public static string StatusKey(long id) => PublicId.Format(PublicId.Status, id);

    public static string OwnerKey(long id) => PublicId.Format(PublicId.User, id);

    public static string SourceKey(SourceKind kind) => kind.ToString();

    private static string WordsOf(SourceKind kind) => kind switch
    {
        SourceKind.BookingCalendar => "Booking calendar",
        SourceKind.RoutingForm => "Routing form",
        SourceKind.Chatbot => "Chatbot",
        SourceKind.Webhook => "Webhook",
        SourceKind.Api => "API",
        SourceKind.Import => "Import",
        _ => "Added by hand",
    };
}
