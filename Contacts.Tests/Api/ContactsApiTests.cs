using Contacts.Core.People;

namespace Contacts.Tests.Api;

public class ContactsApiTests
{
    [Fact]
    public async Task A_contact_is_made_in_the_documented_shape()
    {
        await using var api = await ApiHouse.OpenAsync();

        var made = await api.PostAsync("/v2/contacts", new { email = "Carrie@Example.com", mobile_phone = "+1 202-555-0195", first_name = "Carrie", last_name = "Customer", employees = 1, timezone = "America/New_York", status = "Qualified" });

        Assert.Equal(201, (int)made.Status);
        var (id, time) = (made.Text("id"), made.Text("creation_time"));
        Assert.Matches("^CTC-[0-9A-Z]{10}$", id);
        Assert.Equal("2026-11-23T09:00:00.000Z", time);
        Assert.Equal($$"""{"object":"contact","id":"{{id}}","creation_time":"{{time}}","last_updated_time":"{{time}}","last_interacted_time":null,"status":"Qualified","city":null,"company_size":null,"company":null,"country":null,"email":"Carrie@Example.com","employees":1,"first_name":"Carrie","has_consent":false,"job_title":null,"last_name":"Customer","mobile_phone":"+12025550195","phone":null,"post_code":null,"salutation":null,"state":null,"street_address":null,"terms_of_sevice":false,"timezone":"America/New_York","custom_fields":[]}""", made.Body);
        Assert.Equal($"https://contacts.example/v2/contacts/{id}", made.Header("Location"));
        Assert.Equal(made.Body, (await api.GetAsync($"/v2/contacts/{id}")).Body);
    }

    [Fact]
    public async Task Properties_without_a_null_in_their_schema_are_left_out()
    {
        await using var api = await ApiHouse.OpenAsync();

        var made = await api.PostAsync("/v2/contacts", """{"mobile_phone":"+12025550195","first_name":"A","last_name":"B","owner":null,"status":null}""");

        foreach (var absent in new[] { "owner", "email", "employees", "timezone" }) Assert.False(made.Json.AsObject().ContainsKey(absent), absent);
        Assert.Null(made.Json["status"]);
    }

    [Theory]
    [InlineData("""{"first_name":"A","last_name":"B"}""", "At least one of 'email' or 'mobile_phone' is required.", "email")]
    [InlineData("""{"email":" ","mobile_phone":null,"first_name":"A","last_name":"B"}""", "At least one of 'email' or 'mobile_phone' is required.", "email")]
    [InlineData("""{"email":"a@b.example","last_name":"B"}""", "first_name is required", "first_name")]
    [InlineData("""{"email":"a@b.example","first_name":"A","last_name":""}""", "last_name is required", "last_name")]
    [InlineData("""{"email":"john.doe@invalid","first_name":"A","last_name":"B"}""", "Invalid email format: 'john.doe@invalid'", "email")]
    [InlineData("""{"mobile_phone":"+91999999","first_name":"A","last_name":"B"}""", "Invalid phone format: '+91999999'", "mobile_phone")]
    [InlineData("""{"email":"a@b.example","phone":"+91999999","first_name":"A","last_name":"B"}""", "Invalid phone format: '+91999999'", "phone")]
    [InlineData("""{"email":"a@b.example","timezone":"Mars/Base","first_name":"A","last_name":"B"}""", "Invalid timezone: 'Mars/Base'", "timezone")]
    [InlineData("""{"email":"a@b.example","employees":"abc","first_name":"A","last_name":"B"}""", "Invalid employees: 'abc'", "employees")]
    [InlineData("""{"email":"a@b.example","city":5,"first_name":"A","last_name":"B"}""", "Invalid city: '5'", "city")]
    [InlineData("""{"email":"a@b.example","owner":"USR-XXXXXXXXXX","first_name":"A","last_name":"B"}""", "No such user: 'USR-XXXXXXXXXX'", "owner")]
    [InlineData("""{"email":"a@b.example","nickname":"C","first_name":"A","last_name":"B"}""", "Unsupported fields", "nickname")]
    [InlineData("""{"email":"a@b.example","id":"CTC-1","first_name":"A","last_name":"B"}""", "Unsupported fields", "id")]
    [InlineData("""{"email":"a@b.example","account_id":7,"first_name":"A","last_name":"B"}""", "Unsupported fields", "account_id")]
    [InlineData("""{"email":"a@b.example","role":"owner","first_name":"A","last_name":"B"}""", "Unsupported fields", "role")]
    [InlineData("""{"email":"a@b.example","creation_time":"2020-01-01","first_name":"A","last_name":"B"}""", "Unsupported fields", "creation_time")]
    [InlineData("""{"email":"a@b.example","custom_fields":[{"name":"unknown_field","value":1}],"first_name":"A","last_name":"B"}""", "Custom field 'unknown_field' does not exist in field library", "custom_fields")]
    [InlineData("""{"email":"a@b.example","custom_fields":"x","first_name":"A","last_name":"B"}""", "Must be an array of objects.", "custom_fields")]
    [InlineData("[]", "Invalid JSON.", "body")]
    [InlineData("{\"email\":", "Invalid JSON.", "body")]
    [InlineData("", "Invalid JSON.", "body")]
    public async Task A_contact_that_breaks_a_rule_is_refused_in_the_documented_words(string body, string message, string param)
    {
        await using var api = await ApiHouse.OpenAsync();

        (await api.PostAsync("/v2/contacts", body)).IsInvalid(message, param);

        Assert.Empty(await api.House.ContactsAsync());
    }

    [Theory]
    [InlineData("email", "noreply@shop.example", "email address", "noreply@*")]
    [InlineData("mobile_phone", "+44 20 7946 0958", "phone number", "+442079460958")]
    public async Task What_is_blocked_is_refused_with_the_pattern_named(string name, string sent, string what, string pattern)
    {
        await using var api = await ApiHouse.OpenAsync();
        await api.House.Get<BlockedIdentities>().AddAsync(api.House.Admin, "+44 20 7946 0958");
        var message = $"This {what} is on the list of blocked identities (“{pattern}”): it is no particular person's. Enter the person's own, or leave it empty.";

        (await api.PostAsync("/v2/contacts", $$"""{"{{name}}":"{{sent}}","first_name":"A","last_name":"B"}""")).IsInvalid(message, name);
        (await api.SendAsync("PUT", "/v2/contacts/by-email/ada@example.com", $$"""{"mobile_phone":"+442079460958"}"""))
            .IsInvalid("This phone number is on the list of blocked identities (“+442079460958”): it is no particular person's. Enter the person's own, or leave it empty.", "mobile_phone");

        Assert.Empty(await api.House.ContactsAsync());
    }

    [Theory]
    [InlineData("""{"employees":-1}""", "Invalid employees: '-1'", "employees")]
    [InlineData("""{"employees":2.5}""", "Invalid employees: '2.5'", "employees")]
    [InlineData("""{"employees":"5"}""", "Invalid employees: '5'", "employees")]
    [InlineData("""{"timezone":"Moon"}""", "Invalid timezone: 'Moon'", "timezone")]
    public async Task The_systems_own_rules_are_told_in_the_documented_words(string body, string message, string param)
    {
        await using var api = await ApiHouse.OpenAsync();
        var id = await api.AddAsync("carrie@example.com");

        (await api.SendAsync("PATCH", $"/v2/contacts/{id}", body)).IsInvalid(message, param);
    }

    [Fact]
    public async Task A_reason_for_a_lost_contact_is_given_back_and_left_out_where_there_is_none()
    {
        await using var api = await ApiHouse.OpenAsync();
        var id = await api.AddAsync("carrie@example.com");

        var lost = await api.SendAsync("PATCH", $"/v2/contacts/{id}", new { status = "Disqualified", status_reason = "Too small" });
        var read = await api.GetAsync($"/v2/contacts/{id}");
        var back = await api.SendAsync("PATCH", $"/v2/contacts/{id}", new { status = "Qualified" });

        Assert.Equal(("Too small", lost.Body), (lost.Text("status_reason"), read.Body));
        Assert.False(back.Json.AsObject().ContainsKey("status_reason"));
    }

    [Fact]
    public async Task A_required_field_may_be_left_out_of_a_new_contact_and_is_cleared_by_nobody()
    {
        await using var api = await ApiHouse.OpenAsync();
        await api.PostAsync("/v2/contact-fields", """{"name":"plan","title":"Plan","type":"text","required":true}""");

        var made = await api.PostAsync("/v2/contacts", """{"email":"a@b.example","first_name":"A","last_name":"B"}""");
        await api.SendAsync("PATCH", $"/v2/contacts/{made.Text("id")}", """{"custom_fields":{"plan":"Gold"}}""");

        Assert.Equal(201, (int)made.Status);
        (await api.SendAsync("PATCH", $"/v2/contacts/{made.Text("id")}", """{"custom_fields":{"plan":null}}""")).IsInvalid("Invalid value for custom field 'plan': 'null'. Plan is required.", "custom_fields");
    }

    [Fact]
    public async Task A_known_email_or_mobile_phone_is_a_conflict()
    {
        await using var api = await ApiHouse.OpenAsync();
        await api.PostAsync("/v2/contacts", new { email = "carrie@example.com", mobile_phone = "+12025550195", first_name = "A", last_name = "B" });

        (await api.PostAsync("/v2/contacts", new { email = "CARRIE@example.com", first_name = "A", last_name = "B" })).IsInvalid("Contact already exists: 'CARRIE@example.com'", "email", 409);
        (await api.PostAsync("/v2/contacts", new { mobile_phone = "+12025550195", first_name = "A", last_name = "B" })).IsInvalid("Contact already exists: '+12025550195'", "mobile_phone", 409);
    }

    [Fact]
    public async Task An_unknown_status_sets_none_and_is_no_error()
    {
        await using var api = await ApiHouse.OpenAsync();

        var made = await api.PostAsync("/v2/contacts", new { email = "a@b.example", first_name = "A", last_name = "B", status = "Someday" });

        Assert.Equal(201, (int)made.Status);
        Assert.Null(made.Json["status"]);
    }

    [Fact]
    public async Task An_update_changes_what_is_sent_and_null_clears()
    {
        await using var api = await ApiHouse.OpenAsync();
        var id = await api.AddAsync("carrie@example.com");
        await api.SendAsync("PATCH", $"/v2/contacts/{id}", new { status = "Qualified", city = "Bonn", has_consent = true });
        api.House.Clock.Advance(TimeSpan.FromSeconds(1));

        var updated = await api.SendAsync("PATCH", $"/v2/contacts/{id}", """{"city":null,"job_title":"Engineer"}""");

        Assert.Equal(200, (int)updated.Status);
        Assert.Null(updated.Json["city"]);
        Assert.Equal("Engineer", updated.Text("job_title"));
        Assert.Equal("Qualified", updated.Text("status"));
        Assert.True(updated.Json["has_consent"]!.GetValue<bool>());
        Assert.Equal("2026-11-23T09:00:01.000Z", updated.Text("last_updated_time"));
    }

    [Theory]
    [InlineData("{}", "At least one field must be provided to update.", "body")]
    [InlineData("""{"email":"new@example.com"}""", "Identifier fields (email, mobile_phone) cannot be updated via this endpoint", "email")]
    [InlineData("""{"mobile_phone":"+12025550195"}""", "Identifier fields (email, mobile_phone) cannot be updated via this endpoint", "mobile_phone")]
    [InlineData("""{"email":"invalid-email"}""", "Invalid email format: 'invalid-email'", "email")]
    [InlineData("""{"phone":"+91999999"}""", "Invalid phone format: '+91999999'", "phone")]
    [InlineData("""{"timezone":"Invalid/Timezone"}""", "Invalid timezone: 'Invalid/Timezone'", "timezone")]
    [InlineData("""{"has_consent":null}""", "Invalid has_consent: 'null'", "has_consent")]
    [InlineData("""{"custom_fields":[{"name":"unknown_field","value":1}]}""", "Custom field 'unknown_field' does not exist in field library", "custom_fields")]
    [InlineData("""{"id":"CTC-1"}""", "Unsupported field", "id")]
    [InlineData("""{"nickname":"C"}""", "Unsupported field", "nickname")]
    public async Task An_update_that_breaks_a_rule_is_refused_in_the_documented_words(string body, string message, string param)
    {
        await using var api = await ApiHouse.OpenAsync();
        var id = await api.AddAsync("carrie@example.com");

        (await api.SendAsync("PATCH", $"/v2/contacts/{id}", body)).IsInvalid(message, param);
    }

    [Fact]
    public async Task A_deleted_contact_leaves_its_id()
    {
        await using var api = await ApiHouse.OpenAsync();
        var id = await api.AddAsync("carrie@example.com");

        Assert.Equal($$"""{"id":"{{id}}","deleted":true}""", (await api.SendAsync("DELETE", $"/v2/contacts/{id}")).Body);

        Assert.Equal($$"""{"id":"{{id}}","object":"contact","deleted":true}""", (await api.GetAsync($"/v2/contacts/{id}")).Body);
        (await api.SendAsync("DELETE", $"/v2/contacts/{id}")).IsInvalid($"No such contact: '{id}'", "id", 404);
        (await api.SendAsync("PATCH", $"/v2/contacts/{id}", new { city = "Bonn" })).IsInvalid($"No such contact: '{id}'", "id", 404);
        Assert.Empty((await api.GetAsync("/v2/contacts")).Ids);
    }

    [Fact]
    public async Task Put_by_email_makes_then_updates()
    {
        await using var api = await ApiHouse.OpenAsync();

        var made = await api.SendAsync("PUT", "/v2/contacts/by-email/carrie@example.com", new { first_name = "Carrie" });
        var updated = await api.SendAsync("PUT", "/v2/contacts/by-email/CARRIE@example.com", new { company = "Acme" });

        Assert.Equal((201, 200), ((int)made.Status, (int)updated.Status));
        Assert.Equal(made.Text("id"), updated.Text("id"));
        Assert.Equal(("carrie@example.com", "Carrie", "Acme"), (updated.Text("email"), updated.Text("first_name"), updated.Text("company")));
        (await api.SendAsync("PUT", "/v2/contacts/by-email/nobody", new { })).IsInvalid("Invalid email format: 'nobody'", "email");
    }

    [Fact]
    public async Task Custom_fields_come_back_in_the_type_of_their_field()
    {
        await using var api = await ApiHouse.OpenAsync();
        await api.PostAsync("/v2/contact-fields", new { name = "seats", title = "Seats", type = "number" });
        await api.PostAsync("/v2/contact-fields", new { name = "tools", title = "Tools", type = "multiple_choice", options = new[] { "Mail", "Chat" } });
        await api.PostAsync("/v2/contact-fields", new { name = "beta", title = "Beta", type = "yes_no" });
        await api.PostAsync("/v2/contact-fields", new { name = "empty", title = "Empty", type = "text" });

        var made = await api.PostAsync("/v2/contacts", """{"email":"a@b.example","first_name":"A","last_name":"B","custom_fields":[{"name":"beta","value":true},{"name":"tools","value":["Chat","Mail"]},{"name":"seats","value":12}]}""");

        Assert.Equal("""[{"name":"seats","value":12},{"name":"tools","value":["Mail","Chat"]},{"name":"beta","value":true}]""", made.Json["custom_fields"]!.ToJsonString());
        var cleared = await api.SendAsync("PATCH", $"/v2/contacts/{made.Text("id")}", """{"custom_fields":{"tools":null}}""");
        Assert.Equal("""[{"name":"seats","value":12},{"name":"beta","value":true}]""", cleared.Json["custom_fields"]!.ToJsonString());
        (await api.SendAsync("PATCH", $"/v2/contacts/{made.Text("id")}", """{"custom_fields":[{"name":"tools","value":["Fax"]}]}"""))
            .IsInvalid("Invalid value for custom field 'tools': '[\"Fax\"]'. 'Fax' is none of the choices: Mail, Chat.", "custom_fields");
    }
}
