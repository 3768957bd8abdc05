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

        Assert.Equal("""{"object":"contact_field","name":"plan","title":"Plan","subtext":null,"type":"single_choice","options":["Silver","Gold"],"system":false,"archived":false}""", made.Body);
        Assert.Equal(201, (int)made.Status);
        Assert.Equal("""{"object":"contact_field","name":"plan","title":"Their plan","subtext":"As sold","type":"single_choice","options":["Silver","Gold"],"system":false,"archived":false}""", changed.Body);
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
    [InlineData("POST", "", """{"name":"plan","title":"Plan","type":"single_choice","options":"Gold"}""", 400, "Must be an array of strings.", "options")]
    [InlineData("POST", "", """{"name":"email","title":"Plan","type":"text"}""", 409, "The name 'email' is taken by the system. Choose another.", "name")]
    [InlineData("PATCH", "/plan", """{"type":"number"}""", 400, "Unsupported field", "type")]
    [InlineData("PATCH", "/plans", """{"title":"Plan"}""", 404, "No such contact field: 'plans'", "name")]
    [InlineData("POST", "/plans/archive", "", 404, "No such contact field: 'plans'", "name")]
    [InlineData("POST", "/email/archive", "", 400, "A system field cannot be changed.", "name")]
    public async Task A_field_that_breaks_a_rule_is_refused(string method, string path, string body, int status, string message, string param)
    {
        await using var api = await ApiHouse.OpenAsync();

        (await api.SendAsync(method, "/v2/contact-fields" + path, body)).IsInvalid(message, param, status);
    }
}
