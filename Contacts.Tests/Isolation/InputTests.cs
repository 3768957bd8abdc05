using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Contacts.Core;
using Contacts.Core.Accounts;
using Contacts.Core.Activity;
using Contacts.Core.Fields;
using Contacts.Core.Onboarding;
using Contacts.Core.People;
using Contacts.Tests.Support;
using Contacts.Web.Accounts;
using Microsoft.EntityFrameworkCore;

namespace Contacts.Tests.Isolation;

/// <summary>What somebody slips into a request, and what a guest could read out of an answer.</summary>
public sealed class InputTests(TwoAccounts house) : IClassFixture<TwoAccounts>
{
    private static readonly string[] NotTheirs =
        ["id", "account_id", "accountId", "role", "version", "object", "creation_time", "created_at", "deleted_at", "source_id", "constructor", "__proto__"];

    [Fact]
    public async Task No_write_of_the_API_takes_a_property_that_is_not_the_callers_to_set()
    {
        var taken = new List<string>();
        foreach (var route in RouteTable.All.Where(route => route is { Door: Door.Key, Body: not null }))
        {
            var path = await house.FillAsync(route.Pattern, Visitor.AdminKey, Target.Own);
            await house.App.OutboxAsync(); // what was made for the path sends its mails first: sent later, they would change rows meanwhile
            var before = await house.DumpAsync(house.Acme.AccountId);
            foreach (var body in NotTheirs.SelectMany(name => With(route.Body!.Replace("{new}", house.NewWord(), StringComparison.Ordinal), name)))
            {
                var answer = await SendAsync(route.Method, path, body);
                if (answer.StatusCode != HttpStatusCode.BadRequest) taken.Add($"{route} took {body}: {(int)answer.StatusCode}");
            }
            taken.AddRange((await house.DumpAsync(house.Acme.AccountId)).Except(before).Select(row => $"{route} wrote {row}"));
        }

        Assert.Empty(taken);
    }

    [Theory]
    [InlineData("contacts", "owner", PublicId.User)]
    [InlineData("contacts", "after", PublicId.Contact)]
    [InlineData("contacts", "before", PublicId.Contact)]
    [InlineData("contacts", "status", PublicId.Status)]
    [InlineData("bookings", "owner", PublicId.User)]
    [InlineData("bookings", "host", PublicId.User)]
    [InlineData("bookings", "contact", PublicId.Contact)]
    [InlineData("bookings", "booking_calendar", PublicId.Calendar)]
    [InlineData("bookings", "after", PublicId.Booking)]
    [InlineData("booking-calendars", "host", PublicId.User)]
    [InlineData("booking-calendars", "before", PublicId.Calendar)]
    public async Task A_list_answers_another_accounts_id_as_one_that_is_not_there(string list, string filter, string prefix)
    {
        var theirs = prefix switch
        {
            PublicId.User => house.Globex.Owner.UserId!.Value,
            PublicId.Status => await house.App.ReadAsync(db => db.Statuses.Select(s => s.Id).FirstAsync(), house.Globex),
            PublicId.Calendar => await house.App.ReadAsync(db => db.BookingCalendars.Select(c => c.Id).FirstAsync(), house.Globex),
            PublicId.Booking => await house.App.ReadAsync(db => db.Bookings.Select(b => b.Id).FirstAsync(), house.Globex),
            _ => PublicId.Parse(PublicId.Contact, house.TheirContact)!.Value,
        };

        Assert.Equal(await AskAsync(PublicId.Format(prefix, 987_654_321)), await AskAsync(PublicId.Format(prefix, theirs)));

        async Task<string> AskAsync(string id)
        {
            var answer = await SendAsync("GET", $"/v2/{list}?{filter}={id}", null);
            return $"{(int)answer.StatusCode} {(await answer.Content.ReadAsStringAsync()).Replace(id, "{id}", StringComparison.Ordinal)}";
        }
    }

    [Fact]
    public async Task A_contact_cannot_be_given_to_a_user_of_another_account()
    {
        var path = await house.FillAsync("/v2/contacts/{id}", Visitor.AdminKey, Target.Own);
        var stranger = PublicId.Format(PublicId.User, house.Globex.Owner.UserId!.Value);

        var answer = await SendAsync("PATCH", path, $$"""{ "owner": "{{stranger}}" }""");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains($"No such user: '{stranger}'", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_invitation_gives_the_role_and_email_it_was_made_with_whatever_its_form_sends()
    {
        var url = house.App.Get<PublicUrl>();
        var token = await house.App.Get<Invitations>().InviteAsync(house.Acme.Owner, "mara@acme.example", Role.Member, url.Invitation);
        using var guest = house.App.Guest();

        await guest.PostFormAsync($"/account/invitation?token={token}", ("Name", "Mara"), ("Password", WebApp.Password), ("TimeZone", "Europe/Berlin"),
            ("Role", "Owner"), ("Email", "else@acme.example"), ("AccountId", $"{house.Globex.AccountId}"));

        var user = Assert.Single(await house.App.Get<Members>().ListAsync(house.Acme.Owner), u => u.Name == "Mara");
        Assert.Equal((Role.Member, "mara@acme.example"), (user.Role, user.Email));
    }

    [Fact]
    public async Task What_the_team_knows_of_a_contact_is_on_no_page_for_guests_and_in_no_mail_to_them()
    {
        const string Email = "known@guest.example";
        await RememberAsync(Email);
        var seen = new StringBuilder();
        var token = await house.BookAsync("Kim Typed", Email);
        string[] own = [$"/b/acme/intro-call?email={Email}&name=Kim", $"/booking/{token}", $"/booking/{token}/invite.ics"];
        foreach (var path in own.Concat(RouteTable.All.Where(r => r is { Door: Door.Open, Method: "GET", NamesSomething: false }).Select(r => r.Pattern)))
        {
            var answer = await house.ClientOf(Visitor.Anonymous).GetAsync(path);
            seen.AppendLine(path).Append(answer.Headers).Append(answer.Content.Headers).Append(await answer.Content.ReadAsStringAsync());
        }
        foreach (var mail in (await house.App.OutboxAsync()).Where(mail => mail.To.ToString().Contains(Email, StringComparison.Ordinal))) seen.AppendLine(mail.ToString());

        Assert.Contains("Kim Typed", seen.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("wombat", seen.ToString(), StringComparison.OrdinalIgnoreCase);
    }

    private async Task RememberAsync(string email)
    {
        var (owner, book, catalog) = (house.Acme.Owner, house.App.Get<ContactBook>(), house.App.Get<FieldCatalog>());
        await catalog.CreateAsync(owner, new FieldEdit("Remarks", null, "long_text", "remarks", []));
        var edit = new ContactEdit();
        foreach (var field in (await catalog.ListAsync(owner)).Active.Where(f => f.Type.Key is "text" or "long_text" && f.Name != SystemFields.TimeZone)) edit.Set(field.Name, $"Wombat {field.Name}");
        var source = new Source(SourceKind.User, "Wombat source");
        var contact = await book.AddAsync(owner, edit.Set(SystemFields.Email, email), source);
        await book.AddNoteAsync(owner, contact.Id, "Wombat note", source);
    }

    // The property beside the others, and in each object within.
    private static IEnumerable<string> With(string body, string name)
    {
        yield return Added(JsonNode.Parse(body)!, node => node, name);
        foreach (var within in JsonNode.Parse(body)!.AsObject().Where(property => property.Value is JsonObject))
            yield return Added(JsonNode.Parse(body)!, node => node[within.Key]!, name);
    }

    private static string Added(JsonNode body, Func<JsonNode, JsonNode> place, string name)
    {
        place(body)[name] = "1";
        return body.ToJsonString();
    }

    private Task<HttpResponseMessage> SendAsync(string method, string path, string? body) => house.ClientOf(Visitor.AdminKey).SendAsync(
        new HttpRequestMessage(new HttpMethod(method), path) { Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json") });
}
