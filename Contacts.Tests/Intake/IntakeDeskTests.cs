using Contacts.Core;
using Contacts.Core.Accounts;
using Contacts.Core.Activity;
using Contacts.Core.Fields;
using Contacts.Core.Intake;
using Contacts.Core.People;
using Contacts.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Contacts.Tests.Intake;

public class IntakeDeskTests
{
    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task A_first_interaction_makes_the_contact_with_one_entry(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);

        var result = await house.Desk.ReceiveAsync(house.Account.Id, Booked(house, "ada@example.com", "Ada Lovelace"));

        var contact = Assert.Single(await house.ContactsAsync());
        Assert.True(result.MadeContact);
        Assert.Equal(("Ada", "Lovelace", "ada@example.com"), (contact.FirstName, contact.LastName, contact.Email));
        Assert.Equal(house.Now, contact.LastInteractedAt);
        var entry = Assert.Single(await house.EntriesAsync(contact.Id));
        Assert.Equal((ActivityKind.BookingScheduled, "Intro call", 1), (entry.Kind, entry.Title, entry.Number));
    }

    [Theory]
    [InlineData(Database.Sqlite, "Jane@Example.com")]
    [InlineData(Database.Sqlite, " jane@example.com  ")]
    [InlineData(Database.Postgres, "JANE@EXAMPLE.COM ")]
    public async Task Case_and_spaces_do_not_make_another_contact(Database database, string spelling)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await house.Desk.ReceiveAsync(house.Account.Id, Booked(house, "jane@example.com"));

        var again = await house.Desk.ReceiveAsync(house.Account.Id, Booked(house, spelling));

        Assert.False(again.MadeContact);
        Assert.Equal("jane@example.com", Assert.Single(await house.ContactsAsync()).Email);
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task Plus_tags_and_dots_are_other_people(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);

        foreach (var email in new[] { "jane.doe@example.com", "janedoe@example.com", "jane.doe+news@example.com" })
            await house.Desk.ReceiveAsync(house.Account.Id, Booked(house, email));

        Assert.Equal(3, (await house.ContactsAsync()).Count);
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task Without_email_and_phone_each_interaction_makes_a_contact(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);

        await house.Desk.ReceiveAsync(house.Account.Id, Booked(house, null, "Sam"));
        await house.Desk.ReceiveAsync(house.Account.Id, Booked(house, null, "Sam"));

        Assert.Equal(2, (await house.ContactsAsync()).Count);
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task A_phone_identifies_where_there_is_no_email_in_any_spelling(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await house.Desk.ReceiveAsync(house.Account.Id, Booked(house, null, "Kim", "+49 171 1234567"));

        var again = await house.Desk.ReceiveAsync(house.Account.Id, Booked(house, null, "Kim", "0171 123 45 67"));

        Assert.False(again.MadeContact);
        Assert.Equal("+491711234567", Assert.Single(await house.ContactsAsync()).MobilePhone);
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task A_national_number_identifies_nobody_when_the_account_has_no_country(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var (account, _, _, _) = await house.AddAccountAsync("Lumen");

        await house.Desk.ReceiveAsync(account.Id, Booked(house, null, "Kim", "0171 1234567"));
        var again = await house.Desk.ReceiveAsync(account.Id, Booked(house, null, "Kim", "0171 1234567"));

        Assert.True(again.MadeContact);
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task An_email_that_arrives_later_joins_the_contact_known_by_phone(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var first = await house.Desk.ReceiveAsync(house.Account.Id, Booked(house, null, "Kim", "+491711234567"));

        await house.Desk.ReceiveAsync(house.Account.Id, Booked(house, "kim@example.com", "Kim", "+491711234567"));
        var byEmail = await house.Desk.ReceiveAsync(house.Account.Id, Booked(house, "kim@example.com"));

        Assert.Equal(first.ContactId, byEmail.ContactId);
        Assert.Single(await house.ContactsAsync());
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task Email_of_one_with_the_phone_of_another_is_the_one_with_the_email_and_a_possible_duplicate(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var ada = await house.Desk.ReceiveAsync(house.Account.Id, Booked(house, "ada@example.com"));
        var kim = await house.Desk.ReceiveAsync(house.Account.Id, Booked(house, null, "Kim", "+491711234567"));

        var mixed = await house.Desk.ReceiveAsync(house.Account.Id, Booked(house, "ada@example.com", phone: "+491711234567"));
        var again = await house.Desk.ReceiveAsync(house.Account.Id, Booked(house, "ada@example.com", phone: "+491711234567"));
        var byPhone = await house.Desk.ReceiveAsync(house.Account.Id, Booked(house, null, "Kim", "+491711234567"));

        Assert.Equal((ada.ContactId, ada.ContactId, kim.ContactId), (mixed.ContactId, again.ContactId, byPhone.ContactId));
        var pair = Assert.Single(await house.Book.PossibleDuplicatesAsync(house.Member, ada.ContactId));
        Assert.Equal((kim.ContactId, "Same phone"), (pair.Other.Id, pair.Reason));
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task An_unknown_email_with_the_phone_of_somebody_with_an_email_is_a_new_contact(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var kim = await house.Desk.ReceiveAsync(house.Account.Id, Booked(house, "kim@example.com", phone: "+491711234567"));

        var other = await house.Desk.ReceiveAsync(house.Account.Id, Booked(house, "lee@example.com", phone: "+491711234567"));

        Assert.True(other.MadeContact);
        var lee = Assert.Single(await house.ContactsAsync(), c => c.Id == other.ContactId);
        Assert.Equal("+491711234567", lee.MobilePhone);
        Assert.Equal(kim.ContactId, await house.ReadAsync(db => db.Identities.Where(i => i.Kind == IdentityKind.Phone).Select(i => i.ContactId).SingleAsync()));
        Assert.Single(await house.Book.PossibleDuplicatesAsync(house.Member, lee.Id));
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task Twenty_simultaneous_first_interactions_make_one_contact_with_twenty_entries(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);

        var results = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => house.Desk.ReceiveAsync(house.Account.Id, Booked(house, "new@example.com")))));

        var contact = Assert.Single(await house.ContactsAsync());
        Assert.Single(results, r => r.MadeContact);
        Assert.Equal(Enumerable.Range(1, 20), (await house.EntriesAsync(contact.Id)).Select(e => e.Number));
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task Writers_of_two_processes_make_one_contact_too(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await using var neighbour = house.OpenNeighbour();

        await Task.WhenAll(Enumerable.Range(0, 20).Select(n => Task.Run(() =>
            (n % 2 == 0 ? house.Desk : neighbour.Desk).ReceiveAsync(house.Account.Id, Booked(house, "new@example.com")))));

        var contact = Assert.Single(await house.ContactsAsync());
        Assert.Equal(20, (await house.EntriesAsync(contact.Id)).Count);
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task A_repeated_idempotency_key_changes_nothing_and_gives_the_first_answer(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var once = Booked(house, "ada@example.com") with { Idempotency = IdempotencyKey.Of("test", "k1", "body") };

        var first = await house.Desk.ReceiveAsync(house.Account.Id, once);
        var retries = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Task.Run(() => house.Desk.ReceiveAsync(house.Account.Id, once))));

        Assert.All(retries, retry => Assert.Equal(first, retry));
        Assert.Single(await house.EntriesAsync(first.ContactId));
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task The_same_key_with_another_body_is_refused(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await house.Desk.ReceiveAsync(house.Account.Id, Booked(house, "ada@example.com") with { Idempotency = IdempotencyKey.Of("test", "k1", "body") });

        var refusal = await Assert.ThrowsAsync<RuleException>(() => house.Desk.ReceiveAsync(
            house.Account.Id, Booked(house, "bob@example.com") with { Idempotency = IdempotencyKey.Of("test", "k1", "other") }));

        Assert.Equal(Refusal.KeyReused, refusal.Refusal);
        Assert.Single(await house.ContactsAsync());
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task A_blank_is_filled_a_new_value_replaces_and_a_blank_never_overwrites(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await house.Desk.ReceiveAsync(house.Account.Id, Booked(house, "ada@example.com", company: "Analytical"));

        await house.Desk.ReceiveAsync(house.Account.Id, Booked(house, "ada@example.com", company: "Engines Ltd"));
        var last = await house.Desk.ReceiveAsync(house.Account.Id, Booked(house, "ada@example.com", company: "  "));

        Assert.Equal("Engines Ltd", Assert.Single(await house.ContactsAsync()).Company);
        var entries = await house.EntriesAsync(last.ContactId);
        Assert.Equal(new FieldChange("company", "Analytical", "Engines Ltd"), Assert.Single(entries[1].Changes));
        Assert.Empty(entries[2].Changes);
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task An_answer_lands_in_its_field_and_remembers_the_entry_that_set_it(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await house.Fields.CreateAsync(house.Admin, new FieldEdit("Team size", null, "single_choice", null, ["1–10", "11–50"]));

        var result = await house.Desk.ReceiveAsync(house.Account.Id, Booked(house, "ada@example.com") with
        {
            Answers = [new Answer("How many are you?", "11–50", "team_size"), new Answer("Anything else?", "No")],
        });

        var contact = Assert.Single(await house.ContactsAsync());
        var field = (await house.Fields.ListAsync(house.Member)).Find("team_size")!;
        Assert.Equal("11–50", field.LabelOf(contact.ValueOf(field)!));
        Assert.Equal((1, house.Now), (contact.Values["team_size"].Entry, contact.Values["team_size"].At));
        var entry = Assert.Single(await house.EntriesAsync(result.ContactId));
        Assert.Equal(2, entry.Answers.Count);
        Assert.Contains(new FieldChange("team_size", null, "11–50"), entry.Changes);
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task A_value_that_does_not_parse_refuses_the_whole_interaction(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);

        var refusal = await Assert.ThrowsAsync<RuleException>(() => house.Desk.ReceiveAsync(house.Account.Id, Booked(house, "not an address")));

        Assert.Equal("email", refusal.Param);
        Assert.Empty(await house.ContactsAsync());
        Assert.Equal(0, await house.ReadAsync(db => db.Entries.CountAsync()));
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task The_same_email_in_another_account_is_another_contact(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var (other, otherOwner, _, _) = await house.AddAccountAsync("Lumen");
        var ours = await house.Desk.ReceiveAsync(house.Account.Id, Booked(house, "ada@example.com"));

        var theirs = await house.Desk.ReceiveAsync(other.Id, Booked(house, "ada@example.com"));

        Assert.True(theirs.MadeContact);
        Assert.NotEqual(ours.ContactId, theirs.ContactId);
        Assert.Null(await house.Book.FindAsync(otherOwner, ours.ContactId));
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task A_new_contact_is_not_given_to_somebody_who_left(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await house.Get<Members>().RemoveAsync(house.Owner, house.Member.UserId!.Value);

        await house.Desk.ReceiveAsync(house.Account.Id, Booked(house, "ada@example.com") with { OwnerId = house.Member.UserId });

        Assert.Null(Assert.Single(await house.ContactsAsync()).OwnerId);
    }

    private static Interaction Booked(TestHouse house, string? email, string? name = null, string? phone = null, string? company = null)
    {
        var edit = new ContactEdit().Set("email", email).Set("mobile_phone", phone).Set("company", company);
        if (name is not null) edit.SetName(name);
        return new Interaction(ActivityKind.BookingScheduled, new Source(SourceKind.BookingCalendar, "Intro call"), "Intro call", house.Now) { Contact = edit };
    }
}
