using Contacts.Tests.Support;

namespace Contacts.Tests.Api;

public class MergesApiTests
{
    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task A_contact_is_merged_into_another_and_parted_again(Database database)
    {
        await using var api = await ApiHouse.OpenAsync(database);
        var carrie = await api.AddAsync("carrie@example.com");
        var carl = await api.AddAsync("carl@example.com", "Carl");
        await api.SendAsync("PATCH", $"/v2/contacts/{carl}", new { city = "Bonn" });
        var before = (Carrie: (await api.GetAsync($"/v2/contacts/{carrie}")).Json, Carl: (await api.GetAsync($"/v2/contacts/{carl}")).Json);

        var merged = await api.PostAsync($"/v2/contacts/{carrie}/merge", new { from = carl });

        Assert.Equal(200, (int)merged.Status);
        Assert.Matches("^MRG-[0-9A-Z]{10}$", merged.Text("id"));
        Assert.Equal($$"""{"object":"merge","id":"{{merged.Text("id")}}","contact":"{{carrie}}","from":"{{carl}}","merged":["{{carl}}"],"creation_time":"2026-11-23T09:00:00.000Z","undone_time":null,"kept":[]}""", merged.Body);
        Assert.Equal("Bonn", (await api.GetAsync($"/v2/contacts/{carrie}")).Text("city"));
        Assert.Equal((carrie, "carrie@example.com"), ((await api.GetAsync($"/v2/contacts/{carl}")).Text("id"), (await api.GetAsync($"/v2/contacts/{carl}")).Text("email")));
        Assert.Equal([carrie], (await api.GetAsync("/v2/contacts?email=carl@example.com")).Ids);
        Assert.Equal(["contact.merged", "contact.edited", "contact.created", "contact.created"],
            (await api.GetAsync($"/v2/contacts/{carrie}/activities")).Json["data"]!.AsArray().Select(a => a!["type"]!.GetValue<string>()));
        (await api.SendAsync("DELETE", $"/v2/contacts/{carl}")).IsInvalid($"No such contact: '{carl}'", "id", 404);

        await api.SendAsync("PATCH", $"/v2/contacts/{carl}", new { company = "Later Ltd" }); // the old id leads to the survivor
        var undone = await api.PostAsync($"/v2/merges/{merged.Text("id")}/undo", "");

        Assert.Equal(200, (int)undone.Status);
        Assert.Equal("""[{"field":"company","value":"Later Ltd"}]""", undone.Json["kept"]!.ToJsonString());
        before.Carrie["company"] = "Later Ltd";
        Assert.Equal(before.Carrie.ToJsonString(), (await api.GetAsync($"/v2/contacts/{carrie}")).Json.ToJsonString());
        Assert.Equal(before.Carl.ToJsonString(), (await api.GetAsync($"/v2/contacts/{carl}")).Json.ToJsonString());
        (await api.PostAsync($"/v2/merges/{merged.Text("id")}/undo", "")).IsInvalid("This merge was undone already.", null, 409);
    }

    [Fact]
    public async Task A_merge_that_makes_no_sense_is_refused_in_plain_words()
    {
        await using var api = await ApiHouse.OpenAsync();
        var carrie = await api.AddAsync("carrie@example.com");
        var carl = await api.AddAsync("carl@example.com", "Carl", "Customer");
        var path = $"/v2/contacts/{carrie}/merge";

        (await api.PostAsync(path, "{}")).IsInvalid("from is required", "from");
        (await api.PostAsync(path, new { from = 5 })).IsInvalid("Invalid from: '5'", "from");
        (await api.PostAsync(path, new { from = carl, keep = true })).IsInvalid("Unsupported field", "keep");
        (await api.PostAsync(path, new { from = "CTC-NOTFOUND" })).IsInvalid("No such contact: 'CTC-NOTFOUND'", "from", 404);
        (await api.PostAsync(path, new { from = carrie })).IsInvalid("Choose another contact to merge.", "from");
        (await api.PostAsync("/v2/contacts/CTC-NOTFOUND/merge", new { from = carl })).IsInvalid("No such contact: 'CTC-NOTFOUND'", "id", 404);
        (await api.PostAsync("/v2/merges/MRG-NOTFOUND/undo", "")).IsInvalid("No such merge: 'MRG-NOTFOUND'", "id", 404);
        await api.PostAsync(path, new { from = carl });
        (await api.PostAsync($"/v2/contacts/{await api.AddAsync("eve@example.com")}/merge", new { from = carl })).IsInvalid("Carl Customer was merged into Carrie Customer already.", "from", 409);
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task Several_are_merged_at_once_and_each_value_may_be_chosen(Database database)
    {
        await using var api = await ApiHouse.OpenAsync(database);
        var (carrie, carl, cora) = (await api.AddAsync("carrie@example.com"), await api.AddAsync("carl@example.com", "Carl"), await api.AddAsync("cora@example.com", "Cora"));
        foreach (var (id, city, status) in new[] { (carrie, "Bonn", "Qualified"), (carl, "Kiel", "Sales qualified"), (cora, "Ulm", "Disqualified") })
            await api.SendAsync("PATCH", $"/v2/contacts/{id}", new { city, status });

        var merged = await api.PostAsync($"/v2/contacts/{carrie}/merge", new { from = new[] { carl, cora }, choices = new { city = cora, status = carl } });

        Assert.Equal($$"""{"object":"merge","id":"{{merged.Text("id")}}","contact":"{{carrie}}","from":"{{carl}}","merged":["{{carl}}","{{cora}}"],"creation_time":"2026-11-23T09:00:00.000Z","undone_time":null,"kept":[]}""", merged.Body);
        var survivor = await api.GetAsync($"/v2/contacts/{cora}");
        Assert.Equal((carrie, "Carrie", "Ulm", "Sales qualified"), (survivor.Text("id"), survivor.Text("first_name"), survivor.Text("city"), survivor.Text("status")));
    }

    [Fact]
    public async Task A_choice_or_a_number_of_contacts_that_cannot_be_is_refused_at_its_property()
    {
        await using var api = await ApiHouse.OpenAsync();
        var (carrie, carl, eve) = (await api.AddAsync("carrie@example.com"), await api.AddAsync("carl@example.com", "Carl"), await api.AddAsync("eve@example.com", "Eve"));
        await api.SendAsync("PATCH", $"/v2/contacts/{carrie}", new { city = "Bonn" });
        var path = $"/v2/contacts/{carrie}/merge";

        (await api.PostAsync(path, new { from = Array.Empty<string>() })).IsInvalid("Choose another contact to merge.", "from");
        (await api.PostAsync(path, new { from = new object[] { carl, 5 } })).IsInvalid("Invalid from: '5'", "from");
        (await api.PostAsync(path, new { from = new[] { carl, "CTC-NOTFOUND" } })).IsInvalid("No such contact: 'CTC-NOTFOUND'", "from", 404);
        (await api.PostAsync(path, new { from = Enumerable.Repeat(carl, 9) })).IsInvalid("Merge at most 9 contacts at once.", "from");
        (await api.PostAsync(path, new { from = carl, choices = new[] { carl } })).IsInvalid("Must be an object of fields and contacts.", "choices");
        (await api.PostAsync(path, new { from = carl, choices = new { city = 5 } })).IsInvalid("Must be an object of fields and contacts.", "choices");
        (await api.PostAsync(path, new { from = carl, choices = new { city = eve } })).IsInvalid("Choose one of the contacts that are merged.", "choices");
        (await api.PostAsync(path, new { from = carl, choices = new { city = "nobody" } })).IsInvalid("Choose one of the contacts that are merged.", "choices");
        (await api.PostAsync(path, new { from = carl, choices = new { city = carl } })).IsInvalid("Carl Customer has no value for 'city'.", "choices");
        (await api.PostAsync(path, new { from = carl, choices = new { shoe_size = carl } })).IsInvalid("None of these contacts has a value for 'shoe_size'.", "choices");
        Assert.Equal(3, (await api.GetAsync("/v2/contacts")).Ids.Count);
    }

    [Fact]
    public async Task A_merge_sent_again_under_its_key_is_one_merge()
    {
        await using var api = await ApiHouse.OpenAsync();
        var (carrie, carl) = (await api.AddAsync("carrie@example.com"), await api.AddAsync("carl@example.com"));

        var first = await api.PostAsync($"/v2/contacts/{carrie}/merge", new { from = carl }, "key-1");
        var again = await api.PostAsync($"/v2/contacts/{carrie}/merge", new { from = carl }, "key-1");

        Assert.Equal((200, first.Body), ((int)again.Status, again.Body));
    }

    [Fact]
    public async Task Who_may_not_merge_is_told_so()
    {
        await using var api = await ApiHouse.OpenAsync();
        var (carrie, carl) = (await api.AddAsync("carrie@example.com"), await api.AddAsync("carl@example.com"));

        var refused = await api.SendAsync("POST", $"/v2/contacts/{carrie}/merge", new { from = carl }, client: await api.MemberAsync());

        Assert.Equal(403, (int)refused.Status);
    }
}
