namespace Contacts.Tests.Api;

public class ContactStatusesApiTests
{
    [Fact]
    public async Task The_statuses_come_in_their_order()
    {
        await using var api = await ApiHouse.OpenAsync();

        var statuses = (await api.GetAsync("/v2/contact-statuses")).Json["data"]!.AsArray();

        Assert.Equal(["Qualified", "Marketing qualified", "Sales qualified", "Disqualified"], statuses.Select(s => s!["name"]!.GetValue<string>()));
        Assert.Equal(["object", "id", "name", "color", "position", "meaning", "default"], statuses[0]!.AsObject().Select(p => p.Key));
        Assert.Equal("lost", statuses[3]!["meaning"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_status_is_made_at_the_end_of_the_pipeline()
    {
        await using var api = await ApiHouse.OpenAsync();

        var made = await api.PostAsync("/v2/contact-statuses", new { name = " Customer ", color = "#3D8B40", meaning = "won", @default = true }, "s1");
        var again = await api.PostAsync("/v2/contact-statuses", new { name = " Customer ", color = "#3D8B40", meaning = "won", @default = true }, "s1");
        var plain = await api.PostAsync("/v2/contact-statuses", new { name = "On hold" });

        Assert.Equal(201, (int)made.Status);
        Assert.Equal($$"""{"object":"contact_status","id":"{{made.Text("id")}}","name":"Customer","color":"#3d8b40","position":5,"meaning":"won","default":true}""", made.Body);
        Assert.Equal(made.Body, again.Body);
        Assert.Equal(("open", false, 6), (plain.Text("meaning"), plain.Json["default"]!.GetValue<bool>(), plain.Json["position"]!.GetValue<int>()));
        Assert.Equal(6, (await api.GetAsync("/v2/contact-statuses")).Json["data"]!.AsArray().Count);
    }

    [Theory]
    [InlineData("""{"color":"#0b69c7"}""", 400, "name is required", "name")]
    [InlineData("""{"name":"Customer","position":1}""", 400, "Unsupported fields", "position")]
    [InlineData("""{"name":"Customer","color":"green"}""", 400, "A colour is written like #0b69c7.", "color")]
    [InlineData("""{"name":"Customer","meaning":"Won"}""", 400, "Invalid meaning: 'Won'. It is one of open, won, lost.", "meaning")]
    [InlineData("""{"name":"Customer","default":"yes"}""", 400, "Invalid default: '\"yes\"'", "default")]
    [InlineData("""{"name":"qualified"}""", 409, "There is a status named \"Qualified\" already.", "name")]
    [InlineData("""{"name":"no status"}""", 409, "\"No status\" is what a contact without a status shows. Choose another name.", "name")]
    public async Task A_status_that_breaks_a_rule_is_refused(string body, int status, string message, string param)
    {
        await using var api = await ApiHouse.OpenAsync();

        (await api.SendAsync("POST", "/v2/contact-statuses", body)).IsInvalid(message, param, status);
        Assert.Equal(4, (await api.GetAsync("/v2/contact-statuses")).Json["data"]!.AsArray().Count);
    }

    [Fact]
    public async Task A_member_key_makes_none()
    {
        await using var api = await ApiHouse.OpenAsync();

        Assert.Equal(403, (int)(await api.SendAsync("POST", "/v2/contact-statuses", new { name = "Customer" }, client: await api.MemberAsync())).Status);
    }

    [Fact]
    public async Task A_new_contact_begins_at_the_default_unless_it_says_where_it_stands()
    {
        await using var api = await ApiHouse.OpenAsync();
        await api.PostAsync("/v2/contact-statuses", new { name = "New", @default = true });

        var silent = await api.PostAsync("/v2/contacts", Person("a@example.com"));
        var told = await api.PostAsync("/v2/contacts", Person("b@example.com", ("status", "Qualified")));
        var nowhere = await api.PostAsync("/v2/contacts", Person("c@example.com", ("status", null)));

        Assert.Equal(("New", "Qualified", null), (silent.Text("status"), told.Text("status"), nowhere.Json["status"]?.GetValue<string>()));
    }

    [Fact]
    public async Task A_lost_contact_may_come_with_the_reason_and_an_open_one_may_not()
    {
        await using var api = await ApiHouse.OpenAsync();
        var id = await api.AddAsync("carrie@example.com");

        (await api.SendAsync("PATCH", $"/v2/contacts/{id}", new { status = "Qualified", status_reason = "No budget" })).IsInvalid("Only a contact at a lost status has a reason.", "status_reason");
        var lost = await api.SendAsync("PATCH", $"/v2/contacts/{id}", new { status = "Disqualified", status_reason = "No budget" });

        Assert.Equal("Disqualified", lost.Text("status"));
        Assert.Equal("No budget", Assert.Single(await api.House.ContactsAsync()).StatusReason);
        var activity = (await api.GetAsync($"/v2/contacts/{id}/activities")).Json["data"]![0]!;
        Assert.Equal(["status", "status_reason"], activity["changes"]!.AsArray().Select(c => c!["field"]!.GetValue<string>()));
    }

    private static Dictionary<string, object?> Person(string email, params (string Name, string? Value)[] more)
    {
        var body = new Dictionary<string, object?> { ["email"] = email, ["first_name"] = "Carrie", ["last_name"] = "Customer" };
        foreach (var (name, value) in more) body[name] = value;
        return body;
    }
}
