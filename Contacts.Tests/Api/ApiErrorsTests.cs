using Contacts.Core.Fields;

namespace Contacts.Tests.Api;

public class ApiErrorsTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("oc_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task A_missing_or_unknown_key_is_refused_everywhere(string? key)
    {
        await using var api = await ApiHouse.OpenAsync();

        foreach (var path in new[] { "/v2/contacts", "/v2/test", "/v2/nowhere", "/v2" })
            (await api.SendAsync("GET", path, client: api.ClientWith(key))).IsRefused(401, "authentication_error", "Invalid API key.", null);
    }

    [Fact]
    public async Task A_valid_key_is_told_its_account()
    {
        await using var api = await ApiHouse.OpenAsync();

        Assert.Equal("""{"message":"The API key is valid for account: Acme"}""", (await api.GetAsync("/v2/test")).Body);
    }

    [Fact]
    public async Task A_revoked_key_stops_within_a_minute()
    {
        await using var api = await ApiHouse.OpenAsync();
        await api.GetAsync("/v2/test");
        await api.House.Gate.RunAsync(api.House.Account.Id, db =>
        {
            foreach (var key in db.ApiKeys) key.Revoke(api.House.Now);
            return Task.FromResult(true);
        });
        api.House.Clock.Advance(TimeSpan.FromSeconds(60));

        Assert.Equal(401, (int)(await api.GetAsync("/v2/test")).Status);
    }

    [Fact]
    public async Task Unknown_routes_and_methods_are_answered_in_the_same_shape()
    {
        await using var api = await ApiHouse.OpenAsync();

        (await api.GetAsync("/v2/nowhere")).IsInvalid("No such route: GET /v2/nowhere", null, 404);
        var wrong = await api.SendAsync("PUT", "/v2/contacts");
        wrong.IsInvalid("The method PUT is not allowed here.", null, 405);
        Assert.Equal("GET, POST", wrong.Header("Allow"));
    }

    [Fact]
    public async Task A_body_that_is_too_large_is_refused()
    {
        await using var api = await ApiHouse.OpenAsync();

        (await api.PostAsync("/v2/contacts", new { email = new string('a', 300_000) })).IsInvalid("The request body is larger than 256 KB.", "body", 413);
    }

    [Theory]
    [InlineData("POST", "/v2/contacts", """{"email":"a@b.example","first_name":"\ud800","last_name":"B"}""", "first_name")]
    [InlineData("POST", "/v2/contacts", """{"email":"\ud800","first_name":"A","last_name":"B"}""", "email")]
    [InlineData("POST", "/v2/contacts", """{"email":"a@b.example","first_name":"A","last_name":"B","city":"\udc00"}""", "city")]
    [InlineData("POST", "/v2/contacts", """{"email":"a@b.example","first_name":"A","last_name":"B","timezone":"\ud800"}""", "timezone")]
    [InlineData("POST", "/v2/contacts", """{"email":"a@b.example","first_name":"A","last_name":"B","owner":"\ud800"}""", "owner")]
    [InlineData("POST", "/v2/contacts", """{"email":"a@b.example","first_name":"A","last_name":"B","employees":"\ud800"}""", "employees")]
    [InlineData("POST", "/v2/contacts", """{"email":"a@b.example","first_name":"A","last_name":"B","has_consent":"\ud800"}""", "has_consent")]
    [InlineData("POST", "/v2/contacts", """{"email":"a@b.example","first_name":"A","last_name":"B","status":"\ud800"}""", "status")]
    [InlineData("POST", "/v2/contacts", """{"email":"a@b.example","first_name":"A","last_name":"B","status_reason":"\ud800"}""", "status_reason")]
    [InlineData("POST", "/v2/contacts", """{"email":"a@b.example","first_name":"A","last_name":"B","custom_fields":"\ud800"}""", "custom_fields")]
    [InlineData("POST", "/v2/contacts", """{"email":"a@b.example","first_name":"A","last_name":"B","custom_fields":[{"name":"\ud800","value":1}]}""", "custom_fields")]
    [InlineData("POST", "/v2/contacts", """{"email":"a@b.example","first_name":"A","last_name":"B","custom_fields":[{"name":"where","value":"\ud800"}]}""", "custom_fields")]
    [InlineData("POST", "/v2/contacts", """{"email":"a@b.example","first_name":"A","last_name":"B","custom_fields":{"where":["\ud800"]}}""", "custom_fields")]
    [InlineData("POST", "/v2/contacts", """{"email":"a@b.example","first_name":"A","last_name":"B","custom_fields":{"where":{"city":"\ud800"}}}""", "custom_fields")]
    [InlineData("POST", "/v2/contacts", """{"email":"a@b.example","first_name":"A","last_name":"B","nick\ud800name":"C"}""", "body")]
    [InlineData("POST", "/v2/contacts", """{"email":"a@b.example","first_name":"A","last_name":"B","custom_fields":{"\ud800":1}}""", "body")]
    [InlineData("PUT", "/v2/contacts/by-email/a@b.example", """{"mobile_phone":"\ud800"}""", "mobile_phone")]
    [InlineData("POST", "/v2/contact-fields", """{"name":"plan","title":"\ud800","type":"text"}""", "title")]
    [InlineData("POST", "/v2/contact-fields", """{"name":"plan","title":"Plan","type":"\ud800"}""", "type")]
    [InlineData("POST", "/v2/contact-fields", """{"name":"plan","title":"Plan","type":"single_choice","options":["\ud800"]}""", "options")]
    [InlineData("POST", "/v2/contact-fields", """{"name":"plan","title":"Plan","type":"text","default":"\ud800"}""", "default")]
    [InlineData("POST", "/v2/contact-fields", """{"name":"plan","title":"Plan","type":"text","default":["\ud800"]}""", "default")]
    [InlineData("POST", "/v2/contact-fields", """{"name":"plan","title":"Plan","type":"address","default":{"city":"\ud800"}}""", "default")]
    [InlineData("POST", "/v2/contact-statuses", """{"name":"\ud800"}""", "name")]
    [InlineData("POST", "/v2/interactions", """{"type":"form.submitted","contact":{"first_name":"\ud800"}}""", "first_name")]
    [InlineData("POST", "/v2/interactions", """{"type":"form.submitted","contact":{"email":"\ud800"}}""", "email")]
    [InlineData("POST", "/v2/interactions", """{"type":"form.submitted","contact":{},"answers":[{"question":"Q","value":["\ud800"]}]}""", "value")]
    [InlineData("POST", "/v2/interactions", """{"type":"form.submitted","contact":{},"source":"\ud800"}""", "source")]
    public async Task Half_a_letter_is_refused_at_its_property(string method, string path, string body, string param)
    {
        await using var api = await ApiHouse.OpenAsync();
        await api.House.Fields.CreateAsync(api.House.Admin, new FieldEdit("Where", null, "address", "where", []));

        var reply = await api.SendAsync(method, path, body);

        Assert.Equal((400, param), ((int)reply.Status, reply.Text("param")));
        Assert.Empty(await api.House.ContactsAsync());
    }

    [Fact]
    public async Task A_body_that_is_not_in_UTF_8_is_no_JSON()
    {
        await using var api = await ApiHouse.OpenAsync();

        using var answer = await api.Client.PostAsync("/v2/contacts", new ByteArrayContent([.. """{"city":["""u8, (byte)'"', 0xff, (byte)'"', .. "]}"u8]));

        Assert.Equal((400, """{"type":"invalid_request_error","message":"Invalid JSON.","param":"body"}"""), ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync()));
    }

    [Fact]
    public async Task A_key_that_asks_too_often_is_told_when_to_come_back()
    {
        await using var api = await ApiHouse.OpenAsync(requestsPerMinute: 3);
        for (var n = 0; n < 3; n++) Assert.Equal(200, (int)(await api.GetAsync("/v2/test")).Status);

        var refused = await api.GetAsync("/v2/test");

        refused.IsRefused(429, "rate_limit_error", "Request rate limit exceeded", null);
        Assert.InRange(int.Parse(refused.Header("Retry-After")!, System.Globalization.CultureInfo.InvariantCulture), 1, 60);
        Assert.Equal(200, (int)(await api.SendAsync("GET", "/v2/test", client: await api.MemberAsync())).Status);
    }

    [Fact]
    public async Task A_member_key_may_not_delete_or_shape_fields()
    {
        await using var api = await ApiHouse.OpenAsync();
        var id = await api.AddAsync("carrie@example.com");
        var member = await api.MemberAsync();

        foreach (var (method, path, body) in new[] { ("DELETE", $"/v2/contacts/{id}", (object?)null), ("POST", "/v2/contact-fields", new { name = "a", title = "A", type = "text" }) })
            (await api.SendAsync(method, path, body, client: member)).IsRefused(403, "authentication_error", "Your role does not allow this. Ask an admin of your organisation.", null);
        Assert.Equal(200, (int)(await api.SendAsync("PATCH", $"/v2/contacts/{id}", new { city = "Bonn" }, client: member)).Status);
    }

    [Fact]
    public async Task Another_accounts_contact_answers_as_an_unknown_one()
    {
        await using var api = await ApiHouse.OpenAsync();
        var id = await api.AddAsync("carrie@example.com");
        var stranger = await api.StrangerAsync();

        foreach (var (method, path, body) in new[]
        {
            ("GET", "", (object?)null), ("PATCH", "", new { city = "Bonn" }), ("DELETE", "", null), ("GET", "/activities", null), ("GET", "/page-views", null),
        })
            (await api.SendAsync(method, $"/v2/contacts/{id}{path}", body, client: stranger)).IsInvalid($"No such contact: '{id}'", "id", 404);
        (await api.SendAsync("GET", $"/v2/contacts?after={id}", client: stranger)).IsInvalid($"No such contact: '{id}'", "after");
        Assert.Empty((await api.SendAsync("GET", "/v2/contacts", client: stranger)).Ids);
        Assert.Null((await api.GetAsync($"/v2/contacts/{id}")).Json["city"]);
    }

    [Fact]
    public async Task What_goes_wrong_inside_is_not_told()
    {
        await using var api = await ApiHouse.OpenAsync();
        await api.House.Gate.DisposeAsync(); // nothing can be written any more

        (await api.PostAsync("/v2/contacts", new { email = "a@b.example", first_name = "A", last_name = "B" }))
            .IsRefused(500, "api_error", "An internal error occurred while processing your request", null);
    }
}
