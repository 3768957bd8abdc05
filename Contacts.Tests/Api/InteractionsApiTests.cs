using Contacts.Core;
using Contacts.Core.Intake;
using Contacts.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Contacts.Tests.Api;

public class InteractionsApiTests
{
    private static object Form(string email, string company = "Acme") => new
    {
        type = "form.submitted",
        source = "Website",
        occurred_at = "2026-11-22T10:00:00Z",
        contact = new { first_name = "Carrie", last_name = "Customer", email },
        title = "Contact us",
        answers = new object[] { new { question = "Company?", value = company, field = "company" }, new { question = "Seats?", value = 12 }, new { question = "Tools?", value = new[] { "Mail", "Chat" } } },
    };

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task An_interaction_makes_a_contact_and_one_activity(Database database)
    {
        await using var api = await ApiHouse.OpenAsync(database);

        var reply = await api.PostAsync("/v2/interactions", Form("carrie@example.com"));

        Assert.Equal(200, (int)reply.Status);
        Assert.Equal(["object", "id", "contact", "activity"], reply.Json.AsObject().Select(p => p.Key));
        var contact = await api.GetAsync($"/v2/contacts/{reply.Text("contact")}");
        Assert.Equal(("Acme", "2026-11-22T10:00:00.000Z"), (contact.Text("company"), contact.Text("last_interacted_time")));
        var activity = Assert.Single((await api.GetAsync($"/v2/contacts/{reply.Text("contact")}/activities")).Json["data"]!.AsArray())!;
        Assert.Equal(["object", "id", "type", "title", "occurred_at", "creation_time", "source", "actor", "answers", "changes"], activity.AsObject().Select(p => p.Key));
        Assert.Equal(reply.Text("activity"), activity["id"]!.GetValue<string>());
        Assert.Equal("Website", activity["source"]!.GetValue<string>());
        Assert.Equal("""[{"question":"Company?","value":"Acme","field":"company"},{"question":"Seats?","value":"12","field":null},{"question":"Tools?","value":"Mail\nChat","field":null}]""", activity["answers"]!.ToJsonString());
        Assert.Contains(activity["changes"]!.AsArray(), c => c!.ToJsonString() == """{"field":"company","old":null,"new":"Acme"}""");
    }

    [Theory]
    [InlineData("""{"contact":{}}""", "type is required", "type")]
    [InlineData("""{"type":"contact.edited","contact":{}}""", "Invalid type: 'contact.edited'. It is one of booking.scheduled, form.submitted, conversation.closed.", "type")]
    [InlineData("""{"type":"form.submitted"}""", "contact is required", "contact")]
    [InlineData("""{"type":"form.submitted","contact":[]}""", "contact is required", "contact")]
    [InlineData("""{"type":"form.submitted","contact":{"email":"nobody"}}""", "Invalid email format: 'nobody'", "email")]
    [InlineData("""{"type":"form.submitted","contact":{"mobile_phone":"+91999999"}}""", "Invalid phone format: '+91999999'", "mobile_phone")]
    [InlineData("""{"type":"form.submitted","contact":{"status":"Qualified"}}""", "Unsupported fields", "status")]
    [InlineData("""{"type":"form.submitted","contact":{"custom_fields":{"nothing":1}}}""", "Custom field 'nothing' does not exist in field library", "custom_fields")]
    [InlineData("""{"type":"form.submitted","contact":{},"account":"other"}""", "Unsupported fields", "account")]
    [InlineData("""{"type":"form.submitted","contact":{},"occurred_at":"2026-11-23T10:00:00Z"}""", "occurred_at cannot be in the future.", "occurred_at")]
    [InlineData("""{"type":"form.submitted","contact":{},"occurred_at":"yesterday"}""", "Invalid date: yesterday", "occurred_at")]
    [InlineData("""{"type":"form.submitted","contact":{},"answers":[1]}""", "Must be an array of objects.", "answers")]
    [InlineData("""{"type":"form.submitted","contact":{},"answers":[{"value":1}]}""", "question is required", "question")]
    public async Task An_interaction_that_breaks_a_rule_is_refused(string body, string message, string param)
    {
        await using var api = await ApiHouse.OpenAsync();

        (await api.PostAsync("/v2/interactions", body)).IsInvalid(message, param);

        Assert.Empty(await api.House.ContactsAsync());
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task The_same_key_and_request_changes_nothing_more(Database database)
    {
        await using var api = await ApiHouse.OpenAsync(database);

        var first = await api.PostAsync("/v2/interactions", Form("carrie@example.com"), "k1");
        var again = await api.PostAsync("/v2/interactions", Form("carrie@example.com"), "k1");

        Assert.Equal(first.Body, again.Body);
        Assert.Single((await api.GetAsync($"/v2/contacts/{first.Text("contact")}/activities")).Ids);
        (await api.PostAsync("/v2/interactions", Form("carrie@example.com", "Other"), "k1")).IsInvalid("This idempotency key was used for another request.", "Idempotency-Key", 422);
        (await api.PostAsync("/v2/contacts", Form("carrie@example.com"), "k1")).IsInvalid("This idempotency key was used for another request.", "Idempotency-Key", 422);
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task After_a_day_a_key_is_as_if_it_had_never_been(Database database)
    {
        await using var api = await ApiHouse.OpenAsync(database);
        var first = await api.PostAsync("/v2/interactions", Form("carrie@example.com"), "k1");
        api.House.Clock.Advance(TimeSpan.FromHours(24));

        var second = await api.PostAsync("/v2/interactions", Form("carrie@example.com", "Other"), "k1");

        Assert.Equal(200, (int)second.Status);
        Assert.NotEqual(first.Text("activity"), second.Text("activity"));
        api.House.Clock.Advance(TimeSpan.FromHours(25));
        await api.House.Get<IdempotencyLog>().SweepAsync(TestContext.Current.CancellationToken);
        Assert.Empty(await api.House.ReadAsync(db => db.IdempotencyRecords.ToListAsync()));
    }

    [Fact]
    public async Task A_word_for_no_email_loses_no_interaction()
    {
        await using var api = await ApiHouse.OpenAsync();

        var reply = await api.PostAsync("/v2/interactions", new { type = "form.submitted", contact = new { email = "null", mobile_phone = "undefined", first_name = "Carrie" } });

        Assert.Equal(200, (int)reply.Status);
        var contact = Assert.Single(await api.House.ContactsAsync());
        Assert.Equal((null, null, "Carrie"), (contact.Email, contact.MobilePhone, contact.FirstName));
    }

    [Fact]
    public async Task Simultaneous_requests_under_one_key_have_one_effect()
    {
        await using var api = await ApiHouse.OpenAsync();

        var replies = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => api.PostAsync("/v2/interactions", Form("carrie@example.com"), "k1")));

        Assert.All(replies, r => Assert.Contains((int)r.Status, new[] { 200, 409 }));
        var contact = Assert.Single(replies.Where(r => (int)r.Status == 200).Select(r => r.Text("contact")).Distinct());
        Assert.Single((await api.GetAsync($"/v2/contacts/{contact}/activities")).Ids);
        Assert.NotNull(PublicId.Parse(PublicId.Contact, contact));
    }
}
