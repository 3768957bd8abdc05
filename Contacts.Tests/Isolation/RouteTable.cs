using Contacts.Core.Accounts;

namespace Contacts.Tests.Isolation;

/// <summary>Everybody who may knock.</summary>
internal enum Visitor
{
    Anonymous,
    Removed,
    Member,
    Admin,
    Owner,
    RevokedKey,
    MemberKey,
    AdminKey,
}

/// <summary>Whose thing the address names.</summary>
internal enum Target
{
    Own,
    Foreign,
    Unknown,
}

/// <summary>What opens a route.</summary>
internal enum Door
{
    /// <summary>Nothing: everybody gets the same answer.</summary>
    Open,

    /// <summary>A sign-in by cookie; others are sent to the sign-in page.</summary>
    SignIn,

    /// <summary>An API key; a cookie means nothing.</summary>
    Key,
}

/// <summary>One route, who may use it, and what they are answered.</summary>
/// <param name="Ok">The answer to who may, about their own.</param>
/// <param name="None">The answer to who may, about what is another account's or does not exist.</param>
/// <param name="Body">What is sent; <c>{new}</c> stands for a word not used before, <c>{other}</c> for another contact of Acme's, <c>{user}</c> for its admin, <c>{start}</c> for a time that is free.</param>
internal sealed record Route(string Method, string Pattern, Door Door, int Ok, int None = 404, string? Body = null, Permission Needs = Permission.ViewContacts)
{
    private const int SignInFirst = 302, NotAllowed = 403, NoKey = 401;

    public bool NamesSomething => Pattern.Contains('{', StringComparison.Ordinal);

    public IEnumerable<Target> Targets => NamesSomething ? Enum.GetValues<Target>() : [Target.Own];

    /// <summary>A page sent without the token that is in its form.</summary>
    public bool IsForgedPage => Method == "POST" && Body is null && Door != Door.Key;

    public bool MayEnter(Visitor visitor) => Door switch
    {
        Door.Open => true,
        Door.SignIn => visitor is Visitor.Member or Visitor.Admin or Visitor.Owner,
        _ => visitor is Visitor.AdminKey && Role.Admin.Allows(Needs) || visitor is Visitor.MemberKey && Role.Member.Allows(Needs),
    };

    public bool MayWrite(Visitor visitor) => Method != "GET" && !IsForgedPage && MayEnter(visitor);

    public int Expected(Visitor visitor, Target target) => (Door, visitor) switch
    {
        _ when MayEnter(visitor) => target == Target.Own ? Ok : None,
        (Door.SignIn, _) => SignInFirst,
        (_, Visitor.MemberKey or Visitor.AdminKey) => NotAllowed,
        _ => NoKey,
    };

    public override string ToString() => $"{Method} {Pattern}";
}

/// <summary>Every route of the product. Static files, whose list the build makes, are open and not named here.</summary>
internal static class RouteTable
{
    private const string NewContact = """{ "first_name": "Nina", "last_name": "Novak", "email": "{new}@new.example" }""";
    private const string Change = """{ "first_name": "Changed" }""";
    private const string Meeting = """{ "start_time": "{start}", "guest_time_zone": "Europe/Berlin", "booking_form": { "name": "Nina Novak", "email": "{new}@new.example" } }""";

    public static readonly IReadOnlyList<Route> All =
    [
        // Pages for the team.
        new("GET", "/", Door.SignIn, 302),
        new("GET", "/files/{file}", Door.SignIn, 200),
        new("GET", "/palette", Door.SignIn, 200),
        .. Page("/contacts", Door.SignIn),
        .. Page("/contacts/{Id}", Door.SignIn),
        .. Page("/contacts/merge", Door.SignIn),
        .. Page("/contacts/duplicates", Door.SignIn),
        .. Page("/contacts/bin", Door.SignIn),
        .. Page("/activity", Door.SignIn),
        .. Page("/bookings", Door.SignIn),
        .. Page("/booking-calendars", Door.SignIn),
        .. Page("/booking-calendars/{Id}", Door.SignIn),
        .. Page("/routing-forms", Door.SignIn),
        .. Page("/routing-forms/{Id}", Door.SignIn),
        .. Page("/chatbots", Door.SignIn),
        .. Page("/chatbots/{Id}", Door.SignIn),
        .. Page("/chatbots/conversations/{Id}", Door.SignIn),
        .. Page("/settings/blocked-identities", Door.SignIn),
        .. Page("/settings/email", Door.SignIn),
        .. Page("/settings/tracking", Door.SignIn),
        .. Page("/page-views", Door.SignIn),
        .. Page("/settings/members", Door.SignIn),
        .. Page("/settings/organisation", Door.SignIn),
        .. Page("/settings/availability", Door.SignIn),
        .. Page("/settings/profile", Door.SignIn),
        .. Page("/settings/statuses", Door.SignIn),

        // Pages before sign-in.
        .. Page("/account/login", Door.Open),
        .. Page("/account/logout", Door.Open),
        .. Page("/account/forgot-password", Door.Open),
        .. Page("/account/reset-password", Door.Open),
        .. Page("/account/invitation", Door.Open),
        .. Page("/setup", Door.Open),
        .. Page("/error", Door.Open),
        .. Page("/not-found", Door.Open),

        // Guests.
        new("GET", "/b/{account}/{calendar}", Door.Open, 200),
        new("POST", "/b/{account}/{calendar}", Door.Open, 422, Body: "name=&email="),
        new("GET", "/b/{account}/{calendar}/logo", Door.Open, 200),
        new("GET", "/c/{account}/{bot}/logo", Door.Open, 200),
        new("GET", "/f/{account}/{form}/logo", Door.Open, 200),
        new("GET", "/f/{account}/{form}", Door.Open, 200),
        new("POST", "/f/{account}/{form}", Door.Open, 422, Body: "step=what_is_your_name&turn=0&answer="),
        new("GET", "/c/{account}/{bot}", Door.Open, 200),
        new("POST", "/c/{account}/{bot}", Door.Open, 422, Body: "step=what_can_we_do_for_you&turn=0&answer="),
        new("GET", "/c/{account}/{bot}/news", Door.Open, 204),
        new("GET", "/c/{account}/{bot}/widget", Door.Open, 200),
        new("GET", "/booking/{token}", Door.Open, 200),
        new("GET", "/booking/{token}/invite.ics", Door.Open, 200),
        new("GET", "/booking/{token}/cancel", Door.Open, 200),
        new("POST", "/booking/{token}/cancel", Door.Open, 422, Body: "reason=" + new string('x', 501)),
        new("GET", "/booking/{token}/reschedule", Door.Open, 200),
        new("POST", "/booking/{token}/reschedule", Door.Open, 422, Body: "start="),
        new("GET", "/feeds/{key}.ics", Door.Open, 200),
        new("GET", "/t.js", Door.Open, 200),
        new("GET", "/t", Door.Open, 404),
        new("POST", "/t", Door.Open, 204, Body: """{ "s": "acme", "u": "https://acme.example/", "t": "Home", "v": "0123456789abcdef0123456789abcdef" }"""),

        // Programs.
        new("GET", "/health/live", Door.Open, 200),
        new("GET", "/health/ready", Door.Open, 200),
        new("GET", "/openapi/{documentName}.json", Door.Open, 200),
        new("GET", "/docs/api/{documentName?}", Door.Open, 200, None: 200),
        new("GET", "/docs/api/scalar.js", Door.Open, 200),
        new("GET", "/docs/api/scalar.aspnetcore.js", Door.Open, 200),
        new("GET", "/docs/api/favicon.svg", Door.Open, 200),
        new("GET", "/v2/test", Door.Key, 200),
        new("GET", "/v2/contacts", Door.Key, 200),
        new("POST", "/v2/contacts", Door.Key, 201, Body: NewContact, Needs: Permission.EditContacts),
        new("GET", "/v2/contacts/{id}", Door.Key, 200),
        new("PATCH", "/v2/contacts/{id}", Door.Key, 200, Body: Change, Needs: Permission.EditContacts),
        new("DELETE", "/v2/contacts/{id}", Door.Key, 200, Needs: Permission.DeleteContacts),
        new("PUT", "/v2/contacts/by-email/{email}", Door.Key, 200, None: 201, Body: Change, Needs: Permission.EditContacts),
        new("GET", "/v2/contacts/{id}/activities", Door.Key, 200),
        new("GET", "/v2/contacts/{id}/page-views", Door.Key, 200),
        new("POST", "/v2/contacts/{id}/merge", Door.Key, 200, Body: """{ "from": "{other}" }""", Needs: Permission.MergeContacts),
        new("POST", "/v2/merges/{id}/undo", Door.Key, 200, Needs: Permission.MergeContacts),
        new("GET", "/v2/contact-fields", Door.Key, 200),
        new("POST", "/v2/contact-fields", Door.Key, 201, Body: """{ "name": "{new}", "title": "{new}", "type": "text" }""", Needs: Permission.ManageFields),
        new("PATCH", "/v2/contact-fields/{name}", Door.Key, 200, Body: """{ "title": "Changed {new}" }""", Needs: Permission.ManageFields),
        new("POST", "/v2/contact-fields/{name}/archive", Door.Key, 200, Needs: Permission.ManageFields),
        new("POST", "/v2/contact-fields/{name}/restore", Door.Key, 200, Needs: Permission.ManageFields),
        new("GET", "/v2/contact-statuses", Door.Key, 200),
        new("POST", "/v2/contact-statuses", Door.Key, 201, Body: """{ "name": "{new}" }""", Needs: Permission.ManageStatuses),
        new("POST", "/v2/interactions", Door.Key, 200, Body: """{ "type": "form.submitted", "contact": { "email": "{new}@new.example" } }""", Needs: Permission.EditContacts),
        new("GET", "/v2/bookings", Door.Key, 200),
        new("GET", "/v2/bookings/{id}", Door.Key, 200),
        // A key hosts no meeting: only an admin's changes any.
        new("POST", "/v2/bookings/{id}/cancel", Door.Key, 200, Body: """{ "cancellation_reason": "{new}" }""", Needs: Permission.ManageSources),
        new("POST", "/v2/bookings/{id}/request-reschedule", Door.Key, 200, Body: """{ "reschedule_reason": "{new}" }""", Needs: Permission.ManageSources),
        new("POST", "/v2/bookings/{id}/no-show", Door.Key, 409, Needs: Permission.ManageSources), // it has not begun yet
        new("POST", "/v2/bookings/{id}/reassign", Door.Key, 200, Body: """{ "new_host": "{user}" }""", Needs: Permission.ManageSources),
        new("GET", "/v2/booking-calendars", Door.Key, 200),
        new("GET", "/v2/booking-calendars/{id}", Door.Key, 200),
        new("GET", "/v2/booking-calendars/{id}/time-slots", Door.Key, 200),
        new("POST", "/v2/booking-calendars/{id}/schedule", Door.Key, 200, Body: Meeting, Needs: Permission.ManageOwnBookings),
        new("POST", "/v2/booking-calendars/{id}/one-time-links", Door.Key, 200, Body: """{ "booking_form": { "name": "{new}" }, "utm_params": { "source": "{new}" } }""", Needs: Permission.ManageSources),
        new("*", "/v2/{**rest}", Door.Key, 404),
    ];

    /// <summary>What Blazor listens on itself; nobody gets anything there without a sign-in.</summary>
    public static readonly IReadOnlyList<string> Circuits = ["* /_blazor", "* /_blazor/negotiate", "* /_blazor/disconnect/", "* /_blazor/initializers/", "GET /_framework/opaque-redirect"];

    /// <summary>Static files in a build that was not published.</summary>
    public static readonly IReadOnlyList<string> Files = ["GET /{**path:file}", "HEAD /{**path:file}"];

    // A page is also an address that forms are sent to; without the token in the form nothing is done.
    private static Route[] Page(string pattern, Door door) => [new("GET", pattern, door, 200), new("POST", pattern, door, 400, 400)];
}
