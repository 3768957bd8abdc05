using Contacts.Core.Fields;

namespace Contacts.Web.Api;

/// <summary>The words and examples of fields, statuses and interactions in the description of the API.</summary>
internal static class OtherDocs
{
    private const string Fields = "Contact fields";
    private const string NotAllowed = "Your role does not allow this. Ask an admin of your organisation.";
    private const string Field = """{"object":"contact_field","name":"plan","title":"Plan","subtext":null,"type":"single_choice","options":["Silver","Gold"],"system":false,"archived":false,"required":false,"unique":false,"default":"Silver","min":null,"max":null,"pattern":null,"pattern_message":null,"writers":"everybody","on_forms":true,"group":"Contract","currency":null,"option_colors":["#8a8f8c",null]}""";

    private const string Rules = "\n\n`options`: each a text, or an object `{label, was, color}`; `was` is what an option was called that gets another label, and contacts who chose it keep it; `color` is one of those on offer, as `#0b69c7`, or null for none, and stays where it is left out. "
        + "`option_colors`: theirs, in the same order. "
        + "`required`: forms that ask for the field want an answer, whoever adds a contact at the screen gives one, and nobody may clear it; the API may leave it out of a new contact. `unique`: no two contacts have the same value. `default`: what a new contact begins with. "
        + "`min` and `max`: the least and the greatest of numbers and dates, the length of texts. `pattern`: a regular expression that the whole text matches, `pattern_message`: what somebody is told whose text does not. "
        + "`writers`: `everybody`, `first_value_wins` (what a guest answers fills a blank and replaces nothing) or `users_only` (the answer stays in the activity). `on_forms`: whether forms may ask for it. "
        + "`group`: the heading it stands under. `currency`: that of amounts, by its three letters.";

    private const string Status = """{"object":"contact_status","id":"STS-3ND8ZK41QF","name":"Qualified","color":"#0b69c7","position":1,"meaning":"open","default":false}""";

    public static void DescribeTest(this RouteHandlerBuilder route) => route
        .Describe("testKey", "Authentication", "Try a key")
        .Gives<TestJson>("""{"message":"The API key is valid for account: Acme"}""");

    public static void DescribeFieldList(this RouteHandlerBuilder route) => route
        .Describe("listContactFields", Fields, "List contact fields", "All of them, those of the system first, archived ones included.")
        .Gives<ListJson<ContactFieldJson>>($$"""{"object":"list","data":[{{Field}}],"has_more":false}""");

    public static void DescribeFieldCreate(this RouteHandlerBuilder route) => route
        .Describe("createContactField", Fields, "Create a contact field",
            $"`type` is one of {string.Join(", ", FieldType.All.Select(type => type.Key))}. Name and type are fixed from then on. Needs the rights of an admin." + Rules)
        .Takes<ContactFieldCreateJson>("""{"name":"plan","title":"Plan","type":"single_choice","options":["Silver","Gold"],"default":"Silver","group":"Contract"}""")
        .Gives<ContactFieldJson>(Field, StatusCodes.Status201Created)
        .Refuses(400, "name is required", "name")
        .Refuses(400, "This pattern is broken at character 1. It is a regular expression, like [A-Z]{2}-[0-9]+.", "pattern")
        .Refuses(400, "The greatest is below the least.", "max")
        .Refuses(403, NotAllowed)
        .Refuses(409, "There is a field named 'plan' already.", "name")
        .RefusesReusedKey();

    public static void DescribeFieldUpdate(this RouteHandlerBuilder route) => route
        .Describe("updateContactField", Fields, "Update a contact field", "What is not sent stays, null takes a rule away. An option left out is gone; one that contacts have chosen is not, until they have another value. Needs the rights of an admin." + Rules)
        .Takes<ContactFieldUpdateJson>("""{"title":"Plan","options":[{"label":"Basic","was":"Silver","color":"#8a8f8c"},"Gold","Platinum"]}""")
        .Gives<ContactFieldJson>(Field)
        .Refuses(400, "Unsupported field", "type")
        .Refuses(400, "There is no option 'Bronze'.", "options")
        .Refuses(409, "Contacts have amounts in this field, and they are in USD. Make another field for it.", "currency")
        .Refuses(403, NotAllowed)
        .Refuses(409, "1 contact has chosen 'Gold'. Give them another value first, or remove it under Manage contact fields, which asks what they get instead.", "options")
        .Refuses(404, "No such contact field: 'plans'", "name");

    public static void DescribeFieldArchive(this RouteHandlerBuilder route) => route
        .Describe("archiveContactField", Fields, "Archive a contact field", "It takes no new values and keeps those it has. Needs the rights of an admin.").DescribeFieldChange();

    public static void DescribeFieldRestore(this RouteHandlerBuilder route) => route
        .Describe("restoreContactField", Fields, "Restore a contact field", "It takes values again. Needs the rights of an admin.").DescribeFieldChange();

    public static void DescribeStatusList(this RouteHandlerBuilder route) => route
        .Describe("listContactStatuses", "Contact statuses", "List contact statuses", "The pipeline, first to last.")
        .Gives<ListJson<ContactStatusJson>>($$"""{"object":"list","data":[{{Status}}],"has_more":false}""");

    public static void DescribeStatusCreate(this RouteHandlerBuilder route) => route
        .Describe("createContactStatus", "Contact statuses", "Create a contact status",
            "It comes last in the pipeline. `meaning` is `open` (when not given), `won` or `lost`; `default` makes it the one that new contacts begin with. Needs the rights of an admin.")
        .Takes<ContactStatusCreateJson>("""{"name":"Qualified","color":"#0b69c7","meaning":"open","default":false}""")
        .Gives<ContactStatusJson>(Status, StatusCodes.Status201Created)
        .Refuses(400, "name is required", "name")
        .Refuses(400, "A colour is written like #0b69c7.", "color")
        .Refuses(400, "Invalid meaning: 'maybe'. It is one of open, won, lost.", "meaning")
        .Refuses(403, NotAllowed)
        .Refuses(409, "There is a status named \"Qualified\" already.", "name")
        .RefusesReusedKey();

    public static void DescribeInteraction(this RouteHandlerBuilder route) => route
        .Describe("createInteraction", "Interactions", "Report an interaction",
            "Something a guest did elsewhere. The contact is found by email, else by mobile phone, or made; what was said fills its fields, a blank overwrites nothing. "
            + "`type` is `booking.scheduled`, `form.submitted` or `conversation.closed`; `source` says where it came from. Answered after the commit.")
        .Takes<InteractionCreateJson>("""{"type":"form.submitted","source":"Website","occurred_at":"2026-09-24T04:29:41Z","contact":{"first_name":"Carrie","last_name":"Customer","email":"carrie.customer@example.com","custom_fields":[{"name":"plan","value":"Gold"}]},"title":"Contact us","answers":[{"question":"Your company?","value":"Customers Ltd","field":"company"},{"question":"How can we help?","value":"With a second opinion."}]}""")
        .Gives<InteractionJson>("""{"object":"interaction","id":"INT-8Q2M5TZ1XC","contact":"CTC-J4FR05BKEW","activity":"ACT-4T1V9QXMZ0"}""")
        .Refuses(400, "type is required", "type")
        .Refuses(400, "contact is required", "contact")
        .Refuses(400, "Invalid email format: 'john.doe@invalid'", "email")
        .Refuses(400, "occurred_at cannot be in the future.", "occurred_at")
        .Refuses(400, "Custom field 'unknown_field' does not exist in field library", "custom_fields")
        .RefusesReusedKey();

    private static void DescribeFieldChange(this RouteHandlerBuilder route) => route
        .Gives<ContactFieldJson>(Field)
        .Refuses(403, NotAllowed)
        .Refuses(404, "No such contact field: 'plans'", "name")
        .RefusesReusedKey();
}
