using System.Net;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Contacts.Core;
using Contacts.Core.Data;
using Contacts.Core.Fields;
using Contacts.Core.Intake.Booking;
using Contacts.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Contacts.Tests.Intake.Booking;

/// <summary>Questions whose answer is more than one text, on pages without a script.</summary>
public sealed class GuestFieldsTests
{
    private const string Page = "/b/acme/intro-call";

    [Fact]
    public async Task A_guest_answers_on_their_own_clock_in_five_lines_of_an_address_and_on_a_scale()
    {
        await using var site = await OpenAsync();
        using var guest = site.Guest();
        var form = await FormAsync(guest, "?zone=America/New_York");

        var sent = await guest.PostAsync(Page, Filled(form, ("q.ring", "2027-03-01T09:00"), ("q.rating", "4"), ("q.budget", "1,234.50"),
            ("q.where", "12 St James's Square"), ("q.where", "London"), ("q.where", ""), ("q.where", "SW1Y 4JH"), ("q.where", "")));

        Assert.Equal(HttpStatusCode.SeeOther, sent.StatusCode);
        var values = (await site.ReadAsync(db => db.Contacts.SingleAsync())).Values;
        Assert.Equal("2027-03-01T14:00:00Z", values["ring"].Value);
        Assert.Equal("12 St James's Square\nLondon\n\nSW1Y 4JH", values["where"].Value);
        Assert.Equal(("4", "123450"), (values["rating"].Value, values["budget"].Value));
    }

    [Fact]
    public async Task What_was_typed_is_kept_beside_what_is_wrong()
    {
        await using var site = await OpenAsync();
        using var guest = site.Guest();
        var form = await FormAsync(guest, "?zone=America/New_York&ring=2027-03-01T14:00:00Z");
        Assert.Equal("2027-03-01T09:00", form.QuerySelector("input[type=datetime-local]")!.GetAttribute("value"));
        Assert.Equal("In America/New York time.", form.QuerySelector("#f-q-ring-help")!.TextContent);

        var sent = await guest.PostAsync(Page, Filled(form, ("q.ring", "2027-03-01T09:00"), ("q.rating", "9"), ("q.budget", "much"), ("q.where", ""), ("q.where", "London"), ("q.where", "")));
        var again = new HtmlParser().ParseDocument(await sent.Content.ReadAsStringAsync());

        Assert.Equal(HttpStatusCode.UnprocessableEntity, sent.StatusCode);
        Assert.Equal("Choose a rating from 1 to 5.", again.QuerySelector("#f-q-rating-error")!.TextContent);
        Assert.Equal("Enter an amount, like 1234.50.", again.QuerySelector("#f-q-budget-error")!.TextContent);
        Assert.Equal(["", "London", "", "", ""], again.QuerySelectorAll("input[name='q.where']").Select(i => i.GetAttribute("value")));
        Assert.Equal("2027-03-01T09:00", again.QuerySelector("input[type=datetime-local]")!.GetAttribute("value"));
    }

    [Theory]
    [InlineData("user", null, "questions.0.type")]
    [InlineData("file", "contract", "questions.0.field")]
    public async Task Guests_are_not_asked_for_a_user_and_their_files_stay_in_the_meeting(string type, string? field, string param)
    {
        await using var house = await TestHouse.OpenAsync(Database.Sqlite);
        await house.Fields.CreateAsync(house.Admin, new FieldEdit("Contract", null, "file", "contract", []));
        var edit = new CalendarEdit { Name = "Call", HostId = house.Owner.UserId!.Value, Questions = [new BookingQuestion { Label = "Which?", Type = type, Field = field }] };

        var refusal = await Assert.ThrowsAsync<RuleException>(() => house.Get<BookingCalendars>().CreateAsync(house.Admin, edit));

        Assert.Equal(param, refusal.Param);
    }

    private static async Task<WebApp> OpenAsync()
    {
        var site = await WebApp.StartAsync(listens: false);
        (string Name, string Type)[] asked = [("ring", "date_time"), ("where", "address"), ("rating", "rating"), ("budget", "currency")];
        foreach (var (name, type) in asked) await site.Get<FieldCatalog>().CreateAsync(site.Acme.Owner, new FieldEdit(name, null, type, name, []));
        await site.Get<WriteGate>().RunAsync(site.Acme.AccountId, async db =>
        {
            (await db.BookingCalendars.SingleAsync()).Questions.AddRange(asked.Select(a => new BookingQuestion { Key = a.Name, Label = a.Name, Type = a.Type, Field = a.Name }));
            return true;
        });
        return site;
    }

    private static async Task<IHtmlDocument> FormAsync(HttpClient guest, string query)
    {
        var first = new HtmlParser().ParseDocument(await guest.GetStringAsync(Page + query));
        return new HtmlParser().ParseDocument(await guest.GetStringAsync(first.QuerySelector(".time")!.GetAttribute("href")));
    }

    private static FormUrlEncodedContent Filled(IHtmlDocument form, params (string Name, string Value)[] typed) => new(
        form.QuerySelectorAll("form[method=post] input[type=hidden]").Select(i => KeyValuePair.Create(i.GetAttribute("name")!, i.GetAttribute("value") ?? ""))
            .Append(KeyValuePair.Create("name", "Ada Lovelace")).Append(KeyValuePair.Create("email", "ada@example.com"))
            .Concat(typed.Select(t => KeyValuePair.Create(t.Name, t.Value))));
}
