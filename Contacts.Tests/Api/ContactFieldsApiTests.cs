namespace Contacts.Tests.Api;

public class ContactFieldsApiTests
{
    [Fact]
    public async Task A_field_is_made_changed_archived_and_restored()
    {
        await using var api = await ApiHouse.OpenAsync();

        var made = await api.PostAsync("/v2/contact-fields", new { name = "plan", title = "Plan", type = "single_choice", options = new[] { "Silver", "Gold" } });
        var changed = await api.SendAsync("PATCH", "/v2/contact-fields/plan", new { title = "Their plan", subtext = "As sold" });
        var archived = await api.PostAsync("/v2/contact-fields/plan/archive", "");
        var restored = await api.PostAsync("/v2/contact-fields/plan/restore", "");

        Assert.Equal("""{"object":"contact_field","name":"plan","title":"Plan","subtext":null,"type":"single_choice","options":["Silver","Gold"],"system":false,"archived":false,"required":false,"unique":false,"default":null,"min":null,"max":null,"pattern":null,"pattern_message":null,"writers":"everybody","on_forms":true,"group":null,"currency":null,"option_colors":[null,null]}""", made.Body);
        Assert.Equal(201, (int)made.Status);
        Assert.Equal("""{"object":"contact_field","name":"plan","title":"Their plan","subtext":"As sold","type":"single_choice","options":["Silver","Gold"],"system":false,"archived":false,"required":false,"unique":false,"default":null,"min":null,"max":null,"pattern":null,"pattern_message":null,"writers":"everybody","on_forms":true,"group":null,"currency":null,"option_colors":[null,null]}""", changed.Body);
        Assert.True(archived.Json["archived"]!.GetValue<bool>());
        Assert.False(restored.Json["archived"]!.GetValue<bool>());
    }

    [Fact]
    public async Task The_list_begins_with_the_systems_fields()
    {
        await using var api = await ApiHouse.OpenAsync();
        await api.PostAsync("/v2/contact-fields", new { name = "plan", title = "Plan", type = "text" });

        var fields = (await api.GetAsync("/v2/contact-fields")).Json["data"]!.AsArray();

        Assert.Equal(("first_name", true), (fields[0]!["name"]!.GetValue<string>(), fields[0]!["system"]!.GetValue<bool>()));
        Assert.Equal("plan", fields[^1]!["name"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("POST", "", """{"title":"Plan","type":"text"}""", 400, "name is required", "name")]
    [InlineData("POST", "", """{"name":"plan","type":"text"}""", 400, "title is required", "title")]
    [InlineData("POST", "", """{"name":"plan","title":"Plan"}""", 400, "type is required", "type")]
    [InlineData("POST", "", """{"name":"plan","title":"Plan","type":"text","system":true}""", 400, "Unsupported fields", "system")]
    [InlineData("POST", "", """{"name":"plan","title":"Plan","type":"single_choice","options":"Gold"}""", 400, "Must be an array of texts, or of objects {label, was, color}.", "options")]
    [InlineData("POST", "", """{"name":"email","title":"Plan","type":"text"}""", 409, "The name 'email' is taken by the system. Choose another.", "name")]
    [InlineData("POST", "", """{"name":"plan","title":"Plan","type":"text","required":"yes"}""", 400, "Invalid required: '\"yes\"'", "required")]
    [InlineData("POST", "", """{"name":"plan","title":"Plan","type":"text","writers":"admins"}""", 400, "Invalid writers: 'admins'. It is one of everybody, first_value_wins, users_only.", "writers")]
    [InlineData("POST", "", """{"name":"plan","title":"Plan","type":"text","pattern":"a("}""", 400, "This pattern is broken at character 2. It is a regular expression, like [A-Z]{2}-[0-9]+.", "pattern")]
    [InlineData("POST", "", """{"name":"plan","title":"Plan","type":"number","min":2,"max":1}""", 400, "The greatest is below the least.", "max")]
    [InlineData("POST", "", """{"name":"plan","title":"Plan","type":"number","default":{"a":1}}""", 400, "Invalid default: '{\"a\":1}'", "default")]
    [InlineData("POST", "", """{"name":"plan","title":"Plan","type":"currency","currency":"EURO"}""", 400, "Choose a currency by its three letters, like EUR.", "currency")]
    [InlineData("POST", "", """{"name":"plan","title":"Plan","type":"single_choice","options":[{"was":"Gold"}]}""", 400, "Must be an array of texts, or of objects {label, was, color}.", "options")]
    [InlineData("POST", "", """{"name":"plan","title":"Plan","type":"single_choice","options":[{"label":"Gold","key":"gold"}]}""", 400, "Must be an array of texts, or of objects {label, was, color}.", "options")]
    [InlineData("POST", "", """{"name":"plan","title":"Plan","type":"single_choice","options":[{"label":"Gold","was":"Silver"}]}""", 400, "There is no option 'Silver'.", "options")]
    [InlineData("POST", "", """{"name":"plan","title":"Plan","type":"single_choice","options":[{"label":"Gold","color":"red"}]}""", 400, "Choose a colour from the list.", "options")]
    [InlineData("PATCH", "/plan", """{"type":"number"}""", 400, "Unsupported field", "type")]
    [InlineData("PATCH", "/plans", """{"title":"Plan"}""", 404, "No such contact field: 'plans'", "name")]
    [InlineData("POST", "/plans/archive", "", 404, "No such contact field: 'plans'", "name")]
    [InlineData("POST", "/email/archive", "", 400, "A system field cannot be changed.", "name")]
    public async Task A_field_that_breaks_a_rule_is_refused(string method, string path, string body, int status, string message, string param)
    {
        await using var api = await ApiHouse.OpenAsync();

        (await api.SendAsync(method, "/v2/contact-fields" + path, body)).IsInvalid(message, param, status);
    }

    [Fact]
    public async Task An_option_that_a_contact_has_chosen_stays()
    {
        await using var api = await ApiHouse.OpenAsync();
        await api.PostAsync("/v2/contact-fields", """{"name":"plan","title":"Plan","type":"single_choice","options":["Silver","Gold","Free"]}""");
        await api.PostAsync("/v2/contacts", """{"first_name":"Ada","last_name":"Example","email":"ada@example.com","custom_fields":[{"name":"plan","value":"Gold"}]}""");

        var refused = await api.SendAsync("PATCH", "/v2/contact-fields/plan", """{"options":["Silver"]}""");
        var changed = await api.SendAsync("PATCH", "/v2/contact-fields/plan", """{"options":["Gold","Silver"]}""");

        refused.IsInvalid("1 contact has chosen 'Gold'. Give them another value first, or remove it under Manage contact fields, which asks what they get instead.", "options", 409);
        Assert.Contains("\"options\":[\"Gold\",\"Silver\"]", changed.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_option_is_renamed_and_coloured_and_contacts_keep_it()
    {
        await using var api = await ApiHouse.OpenAsync();
        await api.PostAsync("/v2/contact-fields", """{"name":"plan","title":"Plan","type":"single_choice","options":["Silver",{"label":"Gold","color":"#9a5200"}]}""");
        var ada = await api.PostAsync("/v2/contacts", """{"first_name":"Ada","last_name":"Example","email":"ada@example.com","custom_fields":{"plan":"Silver"}}""");

        var renamed = await api.SendAsync("PATCH", "/v2/contact-fields/plan", """{"options":[{"label":"Basic","was":"silver","color":"#0b69c7"},"Gold"]}""");
        var swapped = await api.SendAsync("PATCH", "/v2/contact-fields/plan", """{"options":[{"label":"Gold","was":"Basic"},{"label":"Basic","was":"Gold","color":null}]}""");
        var twice = await api.SendAsync("PATCH", "/v2/contact-fields/plan", """{"options":[{"label":"One","was":"Gold"},{"label":"Two","was":"Gold"}]}""");

        Assert.Equal("""["Basic","Gold"] ["#0b69c7","#9a5200"]""", $"{renamed.Json["options"]!.ToJsonString()} {renamed.Json["option_colors"]!.ToJsonString()}");
        Assert.Equal("""["Gold","Basic"] ["#0b69c7",null]""", $"{swapped.Json["options"]!.ToJsonString()} {swapped.Json["option_colors"]!.ToJsonString()}");
        twice.IsInvalid("The option 'Gold' can become one option only.", "options");
        Assert.Equal("Gold", (await api.GetAsync($"/v2/contacts/{ada.Text("id")}")).Json["custom_fields"]![0]!["value"]!.GetValue<string>());
    }

    [Fact]
    public async Task Rules_are_given_changed_and_taken_away()
    {
        await using var api = await ApiHouse.OpenAsync();

        var made = await api.PostAsync("/v2/contact-fields", """{"name":"seats","title":"Seats","type":"number","required":true,"default":5,"min":1,"max":"500","writers":"first_value_wins","on_forms":false,"group":"Contract"}""");
        var changed = await api.SendAsync("PATCH", "/v2/contact-fields/seats", """{"max":null,"default":null,"required":false,"group":null,"currency":null}""");
        await api.PostAsync("/v2/contact-fields", """{"name":"code","title":"Code","type":"text","unique":true,"max":8,"pattern":"[A-Z]+","pattern_message":"Capital letters."}""");
        var fields = (await api.GetAsync("/v2/contact-fields")).Json["data"]!.AsArray();

        Assert.EndsWith("""
            "required":true,"unique":false,"default":5,"min":1,"max":500,"pattern":null,"pattern_message":null,"writers":"first_value_wins","on_forms":false,"group":"Contract","currency":null,"option_colors":[]}
            """, made.Body, StringComparison.Ordinal);
        Assert.EndsWith("""
            "required":false,"unique":false,"default":null,"min":1,"max":null,"pattern":null,"pattern_message":null,"writers":"first_value_wins","on_forms":false,"group":null,"currency":null,"option_colors":[]}
            """, changed.Body, StringComparison.Ordinal);
        Assert.EndsWith("""
            "required":false,"unique":true,"default":null,"min":null,"max":8,"pattern":"[A-Z]+","pattern_message":"Capital letters.","writers":"everybody","on_forms":true,"group":null,"currency":null,"option_colors":[]}
            """, fields[^1]!.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_that_is_the_default_is_taken_back_as_it_is_given()
    {
        await using var api = await ApiHouse.OpenAsync();
        const string Address = """{"street":"12 St James's Square","city":"London","state":null,"post_code":null,"country":"United Kingdom"}""";

        var made = await api.PostAsync("/v2/contact-fields", $$"""{"name":"office","title":"Office","type":"address","default":{{Address}}}""");
        var given = made.Json["default"]!.ToJsonString();
        var changed = await api.SendAsync("PATCH", "/v2/contact-fields/office", $$"""{"default":{{given}}}""");
        var wrong = await api.SendAsync("PATCH", "/v2/contact-fields/office", """{"default":{"a":1}}""");

        Assert.Equal("London", changed.Json["default"]!["city"]!.GetValue<string>());
        Assert.Equal(given, changed.Json["default"]!.ToJsonString());
        wrong.IsInvalid("Invalid default: '{\"a\":1}'", "default", 400);
    }

    [Fact]
    public async Task A_contact_that_breaks_a_fields_rule_is_told_which()
    {
        await using var api = await ApiHouse.OpenAsync();
        await api.PostAsync("/v2/contact-fields", """{"name":"code","title":"Code","type":"text","unique":true,"pattern":"[A-Z]+","pattern_message":"Capital letters."}""");
        static string Contact(string email, string code) => $$"""{"first_name":"Ada","last_name":"Example","email":"{{email}}","custom_fields":[{"name":"code","value":"{{code}}"}]}""";
        var ada = await api.PostAsync("/v2/contacts", Contact("ada@example.com", "ABC"));

        var broken = await api.PostAsync("/v2/contacts", Contact("bob@example.com", "abc"));
        var taken = await api.PostAsync("/v2/contacts", Contact("bob@example.com", "ABC"));

        broken.IsInvalid("Invalid value for custom field 'code': 'abc'. Capital letters.", "custom_fields", 400);
        taken.IsInvalid($"Ada Example ({ada.Json["id"]}) has this value already, and Code is unique.", "custom_fields", 409);
    }
}
