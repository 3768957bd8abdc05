namespace Contacts.Web.Api;

/// <summary>The words and examples of /v2/contacts in the description of the API.</summary>
internal static class ContactsDocs
{
    private const string Tag = "Contacts";

    private const string Contact = """
        {"object":"contact","id":"CTC-J4FR05BKEW","creation_time":"2026-09-24T04:29:41.270Z","last_updated_time":"2026-09-24T04:29:41.270Z",
        "last_interacted_time":null,"owner":"USR-7HSDNP2MKX","status":"Qualified","city":null,"company_size":null,"company":null,"country":null,
        "email":"carrie.customer@example.com","employees":1,"first_name":"Carrie","has_consent":false,"job_title":null,"last_name":"Customer",
        "mobile_phone":"+12025550195","phone":null,"post_code":null,"salutation":null,"state":null,"street_address":null,"terms_of_sevice":false,
        "timezone":"America/New_York","custom_fields":[{"name":"plan","value":"Gold"}]}
        """;

    private const string NotAllowed = "Your role does not allow this. Ask an admin of your organisation.";
    private const string NoSuchContact = "No such contact: 'CTC-NOTFOUND'";

    public static void DescribeList(this RouteHandlerBuilder route) => route
        .Describe("listContacts", Tag, "List contacts", "Newest made first. All filters given must match.")
        .Pages()
        .Queries("email", "Only the contact with this email address, in any letter case.")
        .Queries("creation_time.gt", "Only contacts made after this date or time.", format: "date-time")
        .Queries("creation_time.lt", "Only contacts made before this date or time.", format: "date-time")
        .Queries("last_updated_time.gt", "Only contacts changed after this date or time.", format: "date-time")
        .Queries("last_updated_time.lt", "Only contacts changed before this date or time.", format: "date-time")
        .Queries("q", "Only contacts whose name, email, phone or company has these words.")
        .Queries("status", "Only contacts with this status, by name or id.")
        .Queries("owner", "Only contacts this user looks after, by id.")
        .Queries("sort", "`-creation_time` (when not given), `last_activity_time`, `name`, `status`, `owner`, or the name of any contact field that can be compared, as `company` or one of your own; with a minus sign in front from the last to the first. Contacts without a value come last either way.")
        .Gives<ListJson<ContactJson>>($$"""{"object":"list","data":[{{Contact}}],"has_more":false}""")
        .Refuses(400, "creation_time.gt cannot be later than creation_time.lt", "creation_time.gt")
        .Refuses(400, "Invalid date: 2025-13-45T99:99:99Z", "creation_time.gt")
        .Refuses(400, "No such contact: 'CTC-NOTFOUND'", "after")
        .Refuses(400, "Received unknown parameter: start_date", "start_date")
        .Refuses(400, "Invalid sort: shoe_size. Sort by creation_time, last_activity_time, name, status, owner or a contact field, with a minus sign for the other direction.", "sort")
        .Refuses(400, "This property cannot be expanded: owner", "expand");

    public static void DescribeGet(this RouteHandlerBuilder route) => route
        .Describe("getContact", Tag, "Get a contact", "Of a deleted contact only `{id, object, deleted: true}` is left; the id of a merged one gives the contact it was merged into.")
        .Gives<ContactJson>(Contact)
        .Refuses(404, NoSuchContact, "id");

    public static void DescribeCreate(this RouteHandlerBuilder route) => route
        .Describe("createContact", Tag, "Create a contact", "Needs `first_name`, `last_name`, and `email` or `mobile_phone`. A value of a required field may be left out: other systems give what they have. A status that does not exist sets none.")
        .Takes<ContactCreateJson>("""{"email":"carrie.customer@example.com","first_name":"Carrie","last_name":"Customer","status":"Qualified","custom_fields":[{"name":"plan","value":"Gold"}]}""")
        .Gives<ContactJson>(Contact, StatusCodes.Status201Created)
        .Refuses(400, "At least one of 'email' or 'mobile_phone' is required.", "email")
        .Refuses(400, "first_name is required", "first_name")
        .Refuses(400, "last_name is required", "last_name")
        .Refuses(400, "Invalid email format: 'john.doe@invalid'", "email")
        .Refuses(400, "Invalid phone format: '+91999999'", "mobile_phone")
        .Refuses(400, "This phone number is on the list of blocked identities (“+12025550100”): it is no particular person's. Enter the person's own, or leave it empty.", "mobile_phone")
        .Refuses(400, "Unsupported fields", "nickname")
        .Refuses(400, "Custom field 'unknown_field' does not exist in field library", "custom_fields")
        .Refuses(400, "Invalid value for custom field 'seats': '0'. It must be at least 1.", "custom_fields")
        .Refuses(409, "Contact already exists: 'carrie.customer@example.com'", "email")
        .Refuses(409, "Ada Example (CTC-J4FR05BKEW) has this value already, and Customer number is unique.", "custom_fields")
        .RefusesReusedKey();

    public static void DescribeUpdate(this RouteHandlerBuilder route) => route
        .Describe("updateContact", Tag, "Update a contact", "What is not sent stays; null or an empty text clears. `email` and `mobile_phone` identify the contact and cannot be changed here.")
        .Takes<ContactUpdateJson>("""{"status":"Sales qualified","job_title":"Engineer","custom_fields":[{"name":"plan","value":null}]}""")
        .Gives<ContactJson>(Contact)
        .Refuses(400, "At least one field must be provided to update.", "body")
        .Refuses(400, "Identifier fields (email, mobile_phone) cannot be updated via this endpoint", "email")
        .Refuses(400, "Invalid phone format: '+91999999'", "phone")
        .Refuses(400, "Invalid timezone: 'Invalid/Timezone'", "timezone")
        .Refuses(400, "Unsupported field", "nickname")
        .Refuses(400, "Custom field 'unknown_field' does not exist in field library", "custom_fields")
        .Refuses(404, NoSuchContact, "id")
        .Refuses(500, "An internal error occurred while processing your request");

    public static void DescribePut(this RouteHandlerBuilder route) => route
        .Describe("putContactByEmail", Tag, "Create or update by email", "Updates the contact with this email address, or makes it. No property is required.")
        .Takes<ContactCreateJson>("""{"first_name":"Carrie","company":"Customers Ltd"}""")
        .Gives<ContactJson>(Contact)
        .Gives<ContactJson>(Contact, StatusCodes.Status201Created)
        .Refuses(400, "Invalid email format: 'john.doe@invalid'", "email")
        .Refuses(409, "Contact already exists: '+12025550195'", "mobile_phone");

    public static void DescribeDelete(this RouteHandlerBuilder route) => route
        .Describe("deleteContact", Tag, "Delete a contact", "Needs the rights of an admin.")
        .Gives<DeletedObjectJson>("""{"id":"CTC-J4FR05BKEW","deleted":true}""")
        .Refuses(403, NotAllowed)
        .Refuses(404, NoSuchContact, "id");

    public static void DescribeActivities(this RouteHandlerBuilder route) => route
        .Describe("listActivities", Tag, "List a contact's activities", "What happened with the contact, newest first.")
        .Pages()
        .Gives<ListJson<ActivityJson>>("""{"object":"list","data":[{"object":"activity","id":"ACT-4T1V9QXMZ0","type":"form.submitted","title":"Contact us","occurred_at":"2026-09-24T04:29:41.270Z","creation_time":"2026-09-24T04:29:41.281Z","source":"Website","actor":null,"answers":[{"question":"How can we help?","value":"With a second opinion.","field":null}],"changes":[{"field":"company","old":null,"new":"Customers Ltd"}]}],"has_more":false}""")
        .Refuses(400, "No such activity: 'ACT-NOTFOUND'", "after")
        .Refuses(404, NoSuchContact, "id");

    public static void DescribePageViews(this RouteHandlerBuilder route) => route
        .Describe("listPageViews", Tag, "List a contact's page views", "Pages opened in browsers whose owner agreed to it, newest first.")
        .Pages()
        .Gives<ListJson<PageViewJson>>("""{"object":"list","data":[{"object":"page_view","id":"PGV-0ZK7W3N5RB","url":"https://example.com/pricing","title":"Pricing","referrer":"https://search.example","occurred_at":"2026-09-24T04:27:12.000Z"}],"has_more":false}""")
        .Refuses(400, "No such page view: 'PGV-NOTFOUND'", "after")
        .Refuses(404, NoSuchContact, "id");

    public static void DescribeMerge(this RouteHandlerBuilder route) => route
        .Describe("mergeContacts", Tag, "Merge contacts into another",
            "The contact of the address stays. It keeps what it has, and its empty fields are filled from the contacts named in `from`, one id or a list of up to eight, which leave the lists. "
            + "`choices` names, by a field, `status` or `owner`, the contact whose value is taken instead: one of those that are merged, which has one. "
            + "What any of them did, and every email and phone of all, is the survivor's from then on. Needs the rights of an admin.")
        .Takes<MergeCreateJson>("""{"from":["CTC-Q0Z3HD7W1M","CTC-5B8XW2K9TJ"],"choices":{"company":"CTC-Q0Z3HD7W1M"}}""")
        .Gives<MergeJson>(Merge("null"))
        .Refuses(400, "from is required", "from")
        .Refuses(400, "Choose another contact to merge.", "from")
        .Refuses(400, "Merge at most 9 contacts at once.", "from")
        .Refuses(400, "Carl Customer has no value for 'company'.", "choices")
        .Refuses(403, NotAllowed)
        .Refuses(404, NoSuchContact, "from")
        .Refuses(409, "Carl Customer was merged into Carrie Customer already.", "from")
        .RefusesReusedKey();

    public static void DescribeMergeUndo(this RouteHandlerBuilder route) => route
        .Describe("undoMerge", Tag, "Undo a merge",
            "Both contacts are back as they were. What was changed since stays with the survivor and is listed in `kept`. Needs the rights of an admin.")
        .Gives<MergeJson>(Merge("\"2026-09-25T08:10:00.000Z\""))
        .Refuses(403, NotAllowed)
        .Refuses(404, "No such merge: 'MRG-NOTFOUND'", "id")
        .Refuses(409, "This merge was undone already.")
        .RefusesReusedKey();

    public static RouteHandlerBuilder RefusesReusedKey(this RouteHandlerBuilder route) => route
        .Refuses(409, "A request with this idempotency key is still running.", "Idempotency-Key")
        .Refuses(422, "This idempotency key was used for another request.", "Idempotency-Key");

    private static string Merge(string undone) =>
        $$"""{"object":"merge","id":"MRG-3W8M1TQ0ZK","contact":"CTC-J4FR05BKEW","from":"CTC-Q0Z3HD7W1M","merged":["CTC-Q0Z3HD7W1M"],"creation_time":"2026-09-24T04:29:41.270Z","undone_time":{{undone}},"kept":[]}""";
}
