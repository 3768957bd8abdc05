using System.Text.Json.Nodes;
using Contacts.Core;
using Contacts.Core.Fields;
using Contacts.Core.Files;
using Contacts.Core.People;
using Contacts.Core.Activity;

namespace Contacts.Tests.Api;

/// <summary>Values of the account's own fields, as the API takes and gives them.</summary>
public sealed class CustomValuesTests
{
    [Theory]
    [InlineData("date_time", "\"2027-03-01T10:00:00+01:00\"", "\"2027-03-01T09:00:00Z\"")]
    [InlineData("date_time", "\"2027-03-01T10:00\"", "\"2027-03-01T09:00:00Z\"")] // the organisation is in Berlin
    [InlineData("address", """{"street":"12 St James's Square","city":"London","post_code":"SW1Y 4JH","country":null}""", """{"street":"12 St James\u0027s Square","city":"London","state":null,"post_code":"SW1Y 4JH","country":null}""")]
    [InlineData("address", "\"1 Main St\\nSpringfield\"", """{"street":"1 Main St","city":"Springfield","state":null,"post_code":null,"country":null}""")]
    [InlineData("rating", "4", "4")]
    [InlineData("rating", "\"4\"", "4")]
    [InlineData("currency", "1234.5", "1234.50")]
    [InlineData("currency", "\"1,234.50\"", "1234.50")]
    public async Task What_is_sent_is_given_back_as_what_it_is(string type, string sent, string given)
    {
        await using var api = await ApiHouse.OpenAsync();

        var reply = await SendAsync(api, type, sent);

        Assert.Equal(201, (int)reply.Status);
        Assert.Equal(JsonNode.Parse(given)!.ToJsonString(), reply.Json["custom_fields"]![0]!["value"]!.ToJsonString());
    }

    [Theory]
    [InlineData("date_time", "\"tomorrow\"", ". Enter a date and a time, like 2027-03-01 09:00.")]
    [InlineData("address", """{"street":"1 Main St","planet":"Earth"}""", "")]
    [InlineData("address", """{"street":5}""", "")]
    [InlineData("rating", "6", ". Choose a rating from 1 to 5.")]
    [InlineData("currency", "1.234", ". Give at most 2 decimals, like 1234.50.")]
    [InlineData("user", "\"USR-0000000000\"", ". 'USR-0000000000' is no user of your organisation. Give a name, an email address or an id.")]
    [InlineData("text", """{"street":"1 Main St"}""", "")]
    public async Task What_is_no_value_of_the_type_is_refused_with_the_reason(string type, string sent, string reason)
    {
        await using var api = await ApiHouse.OpenAsync();

        var reply = await SendAsync(api, type, sent);

        reply.IsInvalid($"Invalid value for custom field 'a_field': '{JsonNode.Parse(sent)!.GetValueKind() switch { System.Text.Json.JsonValueKind.String => JsonNode.Parse(sent)!.GetValue<string>(), _ => sent }}'{reason}", "custom_fields");
    }

    [Fact]
    public async Task A_user_is_taken_by_id_and_by_email_and_given_by_id()
    {
        await using var api = await ApiHouse.OpenAsync();
        var id = PublicId.Format(PublicId.User, api.House.Member.UserId!.Value);

        var byId = await SendAsync(api, "user", $"\"{id}\"");
        var byEmail = await PostAsync(api, "\"MEMBER@acme.example\"", "second@example.com");

        Assert.Equal(id, byId.Json["custom_fields"]![0]!["value"]!.GetValue<string>());
        Assert.Equal(id, byEmail.Json["custom_fields"]![0]!["value"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_file_is_given_with_its_link_and_can_be_taken_out_but_not_set()
    {
        await using var api = await ApiHouse.OpenAsync();
        await api.House.Fields.CreateAsync(api.House.Admin, new FieldEdit("A field", null, "file", "a_field", []));
        var file = await api.House.Get<FileStore>().SaveAsync(api.House.Member, "offer.pdf", new MemoryStream([1, 2, 3]));
        var contact = await api.House.Book.AddAsync(api.House.Owner, new ContactEdit().SetName("Ada Lovelace").Set("email", "ada@example.com").Set("a_field", file.Value), new Source(SourceKind.User, ""));
        var path = $"/v2/contacts/{PublicId.Format(PublicId.Contact, contact.Id)}";

        var given = (await api.GetAsync(path)).Json["custom_fields"]![0]!["value"]!;
        var set = await api.SendAsync("PATCH", path, $$"""{"custom_fields":[{"name":"a_field","value":"{{file.Value}}"}]}""");
        var cleared = await api.SendAsync("PATCH", path, """{"custom_fields":[{"name":"a_field","value":null}]}""");

        Assert.Equal($$"""{"name":"offer.pdf","link":"/files/{{PublicId.Format(PublicId.File, file.Id)}}","size":3}""", given.ToJsonString());
        set.IsInvalid("Custom field 'a_field' holds a file and cannot be set by the API; null takes the file out", "custom_fields");
        Assert.Empty(cleared.Json["custom_fields"]!.AsArray());
    }

    private static async Task<Reply> SendAsync(ApiHouse api, string type, string sent)
    {
        await api.House.Fields.CreateAsync(api.House.Admin, new FieldEdit("A field", null, type, "a_field", []));
        return await PostAsync(api, sent, "ada@example.com");
    }

    private static Task<Reply> PostAsync(ApiHouse api, string sent, string email) =>
        api.PostAsync("/v2/contacts", $$"""{"email":"{{email}}","first_name":"Ada","last_name":"Lovelace","custom_fields":[{"name":"a_field","value":{{sent}}}]}""");
}
