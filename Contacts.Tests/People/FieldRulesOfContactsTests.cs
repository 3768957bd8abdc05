using Contacts.Core;
using Contacts.Core.Activity;
using Contacts.Core.Fields;
using Contacts.Core.Intake;
using Contacts.Core.People;
using Contacts.Core.People.Bulk;
using Contacts.Core.People.Merging;
using Contacts.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Contacts.Tests.People;

/// <summary>The rules of fields where they meet contacts: at the screen, in the API's edits, and at intake.</summary>
public class FieldRulesOfContactsTests
{
    private static readonly Source ByHand = new(SourceKind.User, "Mei Chou"), ByApi = new(SourceKind.Api, "Website");

    public static TheoryData<Database> Databases => TestHouse.Databases;

    [Theory, MemberData(nameof(Databases))]
    public async Task A_value_that_breaks_a_rule_is_refused_at_its_field_by_every_door(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await CreateAsync(house, "Seats", "number", new FieldRules { Min = "1" });
        var ada = await AddAsync(house, "Ada");

        Func<Task>[] attempts =
        [
            () => AddAsync(house, "Bob", ("seats", "0")), () => EditAsync(house, ada, "seats", "0"),
            () => house.Book.PutByEmailAsync(house.Member, "new@example.com", new ContactEdit().Set("seats", "0"), ByApi), () => ReceiveAsync(house, "eve@example.com", ("seats", "0")),
        ];

        foreach (var attempt in attempts)
        {
            var refusal = await RefusedAsync(attempt);
            Assert.Equal(("seats", "It must be at least 1.", true), (refusal.Param, refusal.Message, refusal.IsFieldRule));
        }
        Assert.Equal("Ada", Assert.Single(await house.ContactsAsync()).FirstName);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task The_bound_of_a_moment_is_told_on_the_accounts_clock(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await CreateAsync(house, "Kick-off", "date_time", new FieldRules { Min = "2027-03-01 09:00" });

        var refusal = await RefusedAsync(() => AddAsync(house, "Ada", ("kick_off", "2027-03-01T07:30:00Z")));

        Assert.Equal("It must be at or after 1 March 2027, 09:00 (Europe/Berlin).", refusal.Message);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_required_field_is_asked_of_people_and_cleared_by_nobody(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var before = await AddAsync(house, "Ada");
        await CreateAsync(house, "Plan", "text", new FieldRules { Required = true });

        var missing = await RefusedAsync(() => AddAsync(house, "Bob"));
        var byApi = await house.Book.AddAsync(house.Member, new ContactEdit().SetName("Cleo"), ByApi);
        var given = await AddAsync(house, "Dora", ("plan", "Gold"));
        var cleared = await RefusedAsync(() => EditAsync(house, given, "plan", " "));
        var clearedByApi = await RefusedAsync(() => house.Book.EditAsync(house.Member, given.Id, new ContactEdit().Set("plan", null), ByApi));
        await EditAsync(house, before, "plan", "");

        Assert.Equal(("plan", "Plan is required."), (missing.Param, missing.Message));
        Assert.Equal(("plan", "plan"), (cleared.Param, clearedByApi.Param));
        Assert.Null((await house.Book.FindAsync(house.Member, byApi.Id))!.Values.GetValueOrDefault("plan"));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_new_contact_begins_with_the_default_by_every_door(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await CreateAsync(house, "Plan", "single_choice", new FieldRules { Default = "Free", Writers = FieldWriters.UsersOnly, Required = true }, "Free", "Gold");
        await CreateAsync(house, "Old", "text", new FieldRules { Default = "x" });
        await house.Fields.ArchiveAsync(house.Admin, "old");

        var byHand = await AddAsync(house, "Ada");
        var given = await AddAsync(house, "Bob", ("plan", "Gold"));
        var byGuest = await ReceiveAsync(house, "eve@example.com");
        await ReceiveAsync(house, "eve@example.com");

        var contacts = await house.ContactsAsync();
        Assert.Equal(["free", "gold", "free"], contacts.Select(c => c.Values["plan"].Value));
        Assert.All(contacts, c => Assert.Null(c.Values.GetValueOrDefault("old")));
        Assert.Contains(new FieldChange("plan", null, "Free"), (await house.EntriesAsync(byHand.Id)).Single().Changes);
        Assert.Equal([1, 1, 1], contacts.Select(c => c.Values["plan"].Entry));
        Assert.True(byGuest.MadeContact);
        Assert.NotEqual(given.Id, byGuest.ContactId);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_default_is_for_new_contacts_alone(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await ReceiveAsync(house, "eve@example.com");
        await CreateAsync(house, "Plan", "text", new FieldRules { Default = "Free" });

        await ReceiveAsync(house, "eve@example.com");

        Assert.Null(Assert.Single(await house.ContactsAsync()).Values.GetValueOrDefault("plan"));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_guest_writes_only_what_the_field_lets_guests_write_and_the_answer_stays(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await CreateAsync(house, "Anyone", "text", new FieldRules());
        await CreateAsync(house, "First", "text", new FieldRules { Writers = FieldWriters.FirstValueWins });
        await CreateAsync(house, "Team", "text", new FieldRules { Writers = FieldWriters.UsersOnly });

        await ReceiveAsync(house, "eve@example.com", ("anyone", "a1"), ("first", "f1"), ("team", "t1"));
        var again = await ReceiveAsync(house, "eve@example.com", ("anyone", "a2"), ("first", "f2"), ("team", "t2"));
        var afterGuest = Assert.Single(await house.ContactsAsync());
        await EditAsync(house, afterGuest, "first", "f3");
        await EditAsync(house, afterGuest, "team", "t3");

        Assert.Equal(("a2", "f1", null), (afterGuest.Values["anyone"].Value, afterGuest.Values["first"].Value, afterGuest.Values.GetValueOrDefault("team")?.Value));
        var entry = (await house.EntriesAsync(again.ContactId))[1];
        Assert.Equal(["a2", "f2", "t2"], entry.Answers.Select(a => a.Value));
        Assert.Equal(["anyone"], entry.Changes.Select(c => c.Field));
        var afterUser = Assert.Single(await house.ContactsAsync());
        Assert.Equal(("f3", "t3"), (afterUser.Values["first"].Value, afterUser.Values["team"].Value));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_unique_value_is_one_contacts_and_the_refusal_names_it(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await CreateAsync(house, "Number", "text", new FieldRules { Unique = true });
        var ada = await AddAsync(house, "Ada", ("number", "AC-1"));
        var bob = await AddAsync(house, "Bob", ("number", "AC-2"));

        var added = await RefusedAsync(() => AddAsync(house, "Cleo", ("number", "ac-1")));
        var edited = await RefusedAsync(() => EditAsync(house, bob, "number", "AC-1"));
        var received = await RefusedAsync(() => ReceiveAsync(house, "eve@example.com", ("number", "AC-1")));

        var id = PublicId.Format(PublicId.Contact, ada.Id);
        foreach (var refusal in new[] { added, edited, received })
            Assert.Equal(("number", Refusal.Conflict, id, $"Ada ({id}) has this value already, and Number is unique."), (refusal.Param, refusal.Refusal, refusal.About, refusal.Message));
        Assert.Equal(["AC-1", "AC-2"], (await house.ContactsAsync()).Select(c => c.Values["number"].Value));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_unique_value_that_is_given_up_or_deleted_is_free(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await CreateAsync(house, "Number", "text", new FieldRules { Unique = true });
        var ada = await AddAsync(house, "Ada", ("number", "AC-1"));
        await EditAsync(house, ada, "number", "AC-2");
        await AddAsync(house, "Bob", ("number", "AC-1"));
        await EditAsync(house, ada, "number", "ac-2");

        await house.Book.DeleteAsync(house.Owner, ada.Id);
        await AddAsync(house, "Cleo", ("number", "AC-2"));

        Assert.Equal(2, await house.ReadAsync(db => db.UniqueValues.CountAsync()));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Of_twenty_contacts_added_at_once_with_one_unique_value_one_is_made(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await using var neighbour = house.OpenNeighbour();
        await CreateAsync(house, "Number", "text", new FieldRules { Unique = true });

        var refused = await Task.WhenAll(Enumerable.Range(0, 20).Select(async n =>
        {
            try
            {
                await (n % 2 == 0 ? house : neighbour).Book.AddAsync(house.Member, new ContactEdit().SetName($"Ada {n}").Set("number", "AC-1"), ByHand);
                return 0;
            }
            catch (RuleException refusal) when (refusal is { Refusal: Refusal.Conflict, Param: "number" })
            {
                return 1;
            }
        }));

        Assert.Equal(19, refused.Sum());
        Assert.Single(await house.ContactsAsync());
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Unique_is_refused_while_contacts_share_values_and_then_holds(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await CreateAsync(house, "Number", "text", new FieldRules());
        var ada = await AddAsync(house, "Ada", ("number", "AC-1"));
        var bob = await AddAsync(house, "Bob", ("number", "ac-1"));
        await AddAsync(house, "Cleo", ("number", "AC-3"));
        await house.Book.DeleteAsync(house.Owner, (await AddAsync(house, "Dora", ("number", "AC-3"))).Id);
        Task<FieldDefinition> SwitchAsync(bool unique) => house.Fields.EditAsync(house.Admin, "number", new FieldEdit("Number", null, "text", null, []) { Rules = new FieldRules { Unique = unique } });

        var refusal = await RefusedAsync(() => SwitchAsync(true));
        await EditAsync(house, bob, "number", "AC-2");
        await SwitchAsync(true);
        var taken = await RefusedAsync(() => EditAsync(house, bob, "number", "AC-1"));
        await SwitchAsync(false);
        await EditAsync(house, bob, "number", "AC-1");

        Assert.Equal(("unique", "2 contacts share one value of this field. Give each its own first."), (refusal.Param, refusal.Message));
        Assert.Equal(PublicId.Format(PublicId.Contact, ada.Id), taken.About);
        Assert.Equal(0, await house.ReadAsync(db => db.UniqueValues.CountAsync()));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_unique_value_goes_with_a_merge_and_comes_back_with_its_undo(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await CreateAsync(house, "Number", "text", new FieldRules { Unique = true });
        var (ada, bob) = (await AddAsync(house, "Ada"), await AddAsync(house, "Bob", ("number", "AC-1")));

        var merge = await house.Get<MergeDesk>().MergeAsync(house.Admin, ada.Id, [bob.Id], null, ByHand);
        var merged = await RefusedAsync(() => AddAsync(house, "Cleo", ("number", "AC-1")));
        await house.Get<MergeDesk>().UndoAsync(house.Admin, merge.Id, ByHand);
        var parted = await RefusedAsync(() => AddAsync(house, "Cleo", ("number", "AC-1")));

        Assert.Equal((PublicId.Format(PublicId.Contact, ada.Id), PublicId.Format(PublicId.Contact, bob.Id)), (merged.About, parted.About));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_unique_value_that_a_merge_left_behind_is_free(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        foreach (var title in new[] { "Number", "Badge" }) await CreateAsync(house, title, "text", new FieldRules { Unique = true });
        var (ada, bob) = (await AddAsync(house, "Ada", ("number", "AC-1"), ("badge", "B-1")), await AddAsync(house, "Bob", ("number", "AC-2"), ("badge", "B-2")));

        await house.Get<MergeDesk>().MergeAsync(house.Admin, ada.Id, [bob.Id], null, ByHand);
        Assert.Equal([ada.Id, ada.Id], await house.ReadAsync(db => db.UniqueValues.Select(u => u.ContactId).ToListAsync()));
        var cleo = await AddAsync(house, "Cleo", ("email", "cleo@example.com"), ("number", "AC-2"), ("badge", "B-2"));

        Assert.Equal(("AC-2", "cleo@example.com"), (cleo.Values["number"].Value, cleo.Email));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_row_that_holds_a_unique_value_for_nobody_stands_in_no_new_contacts_way(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await CreateAsync(house, "Number", "text", new FieldRules { Unique = true });
        var (ada, bob) = (await AddAsync(house, "Ada"), await AddAsync(house, "Bob", ("number", "AC-2")));
        await house.MergeAsync(bob.Id, ada.Id);

        var cleo = await AddAsync(house, "Cleo", ("email", "cleo@example.com"), ("number", "AC-2"));

        Assert.Equal([cleo.Id], await house.ReadAsync(db => db.UniqueValues.Select(u => u.ContactId).ToListAsync()));
        Assert.Single(await house.EntriesAsync(cleo.Id));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_unique_value_that_another_took_before_a_merge_was_undone_raises_the_two(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await CreateAsync(house, "Number", "text", new FieldRules { Unique = true });
        var (ada, bob) = (await AddAsync(house, "Ada", ("number", "AC-1")), await AddAsync(house, "Bob", ("number", "AC-2")));
        var merge = await house.Get<MergeDesk>().MergeAsync(house.Admin, ada.Id, [bob.Id], null, ByHand);
        var cleo = await AddAsync(house, "Cleo", ("number", "AC-2"));

        await house.Get<MergeDesk>().UndoAsync(house.Admin, merge.Id, ByHand);

        Assert.Equal(["AC-1", "AC-2", "AC-2"], (await house.ContactsAsync()).Select(c => c.Values["number"].Value));
        var (other, reason) = Assert.Single(await house.Book.PossibleDuplicatesAsync(house.Member, bob.Id));
        Assert.Equal((cleo.Id, "Same Number"), (other.Id, reason));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_unique_value_comes_back_from_the_bin_unless_it_was_taken(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await CreateAsync(house, "Number", "text", new FieldRules { Unique = true });
        var (ada, bob) = (await AddAsync(house, "Ada", ("number", "AC-1")), await AddAsync(house, "Bob", ("number", "AC-2")));
        foreach (var contact in new[] { ada, bob }) await house.Book.DeleteAsync(house.Owner, contact.Id);
        var cleo = await AddAsync(house, "Cleo", ("number", "AC-2"));

        foreach (var contact in new[] { ada, bob }) await house.Get<ContactBin>().RestoreAsync(house.Owner, contact.Id);
        var free = await RefusedAsync(() => AddAsync(house, "Dora", ("number", "AC-1")));
        var taken = await RefusedAsync(() => AddAsync(house, "Dora", ("number", "AC-2")));

        Assert.Equal((PublicId.Format(PublicId.Contact, ada.Id), PublicId.Format(PublicId.Contact, cleo.Id)), (free.About, taken.About));
        Assert.False((await house.Book.FindAsync(house.Member, bob.Id))!.Values.ContainsKey("number"));
        Assert.Equal(new FieldChange("number", "AC-2", null), Assert.Single((await house.EntriesAsync(bob.Id))[^1].Changes));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_currency_stays_while_amounts_would_mean_something_else(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await CreateAsync(house, "Budget", "currency", new FieldRules { Currency = "eur", Min = "10", Max = "1000.50" });
        Task<FieldDefinition> ChangeAsync(string currency) =>
            house.Fields.EditAsync(house.Admin, "budget", new FieldEdit("Budget", null, "currency", null, []) { Rules = new FieldRules { Currency = currency } });

        var low = await RefusedAsync(() => AddAsync(house, "Ada", ("budget", "9.99")));
        await AddAsync(house, "Bob", ("budget", "1000.50"));

        foreach (var other in new[] { "JPY", "USD", "" })
        {
            var refusal = await RefusedAsync(() => ChangeAsync(other));
            Assert.Equal(("currency", Refusal.Conflict), (refusal.Param, refusal.Refusal));
        }
        Assert.Equal(("budget", true), (low.Param, low.IsFieldRule));
        Assert.Equal("EUR", (await house.Fields.ListAsync(house.Admin)).Find("budget")!.Rules.Currency);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Amounts_without_a_currency_get_one_of_as_many_decimals_and_a_field_without_amounts_any(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await CreateAsync(house, "Budget", "currency", new FieldRules());
        Task<FieldDefinition> ChangeAsync(string currency) =>
            house.Fields.EditAsync(house.Admin, "budget", new FieldEdit("Budget", null, "currency", null, []) { Rules = new FieldRules { Currency = currency } });

        Assert.Equal("JPY", (await ChangeAsync("JPY")).Rules.Currency);
        await ChangeAsync("");
        await AddAsync(house, "Ada", ("budget", "1000.50"));

        Assert.Equal("currency", (await RefusedAsync(() => ChangeAsync("JPY"))).Param);
        Assert.Equal("EUR", (await ChangeAsync("EUR")).Rules.Currency);
    }

    [Theory]
    [InlineData("employees", "-2.5", "Enter a whole number of people, like 42.")]
    [InlineData("employees", "-1", "Enter a whole number of people, like 42.")]
    [InlineData("employees", "2.5", "Enter a whole number of people, like 42.")]
    [InlineData("timezone", "Moon", "Choose a time zone by its place, like Europe/Berlin.")]
    public async Task A_field_of_the_system_keeps_its_rule_at_every_door(string field, string text, string message)
    {
        await using var house = await TestHouse.OpenAsync(Database.Sqlite);
        var ada = await AddAsync(house, "Ada");

        Func<Task>[] attempts =
        [
            () => AddAsync(house, "Bob", (field, text)), () => EditAsync(house, ada, field, text), () => ReceiveAsync(house, "eve@example.com", (field, text)),
            () => house.Get<BulkEdits>().RunAsync(house.Owner, ContactSelection.Of([ada.Id]), new BulkWrite(field, text)),
        ];

        foreach (var attempt in attempts)
        {
            var refusal = await RefusedAsync(attempt);
            Assert.Equal((field, message, false), (refusal.Param, refusal.Message, refusal.IsFieldRule));
        }
        Assert.Equal(1, Assert.Single(await house.ContactsAsync()).Version);
    }

    [Theory]
    [InlineData("employees", "0")]
    [InlineData("employees", "9007199254740992")]
    [InlineData("timezone", "America/New_York")]
    [InlineData("timezone", "UTC")]
    public async Task A_field_of_the_system_takes_what_its_rule_allows(string field, string text)
    {
        await using var house = await TestHouse.OpenAsync(Database.Sqlite);

        var ada = await AddAsync(house, "Ada", (field, text));

        Assert.Equal(text, ada.ValueOf(SystemFields.Find(field)!));
    }

    [Fact]
    public async Task Unique_values_of_another_account_are_no_business_of_this_one()
    {
        await using var house = await TestHouse.OpenAsync(Database.Sqlite);
        var (_, _, otherAdmin, _) = await house.AddAccountAsync("Lumen");
        await CreateAsync(house, "Number", "text", new FieldRules { Unique = true });
        await house.Fields.CreateAsync(otherAdmin, new FieldEdit("Number", null, "text", null, []) { Rules = new FieldRules { Unique = true } });
        await AddAsync(house, "Ada", ("number", "AC-1"));

        var theirs = await house.Book.AddAsync(otherAdmin, new ContactEdit().SetName("Ada").Set("number", "AC-1"), ByHand);

        Assert.Equal("AC-1", theirs.Values["number"].Value);
    }

    private static Task<FieldDefinition> CreateAsync(TestHouse house, string title, string type, FieldRules rules, params OptionEdit[] options) =>
        house.Fields.CreateAsync(house.Admin, new FieldEdit(title, null, type, null, options) { Rules = rules });

    private static Task<Contact> AddAsync(TestHouse house, string name, params (string Field, string Value)[] values)
    {
        var edit = new ContactEdit().SetName(name);
        foreach (var (field, value) in values) edit.Set(field, value);
        return house.Book.AddAsync(house.Member, edit, ByHand);
    }

    private static Task<Contact> EditAsync(TestHouse house, Contact contact, string field, string value) =>
        house.Book.EditAsync(house.Member, contact.Id, new ContactEdit().Set(field, value), ByHand);

    private static Task<IntakeResult> ReceiveAsync(TestHouse house, string email, params (string Field, string Value)[] answers) =>
        house.Desk.ReceiveAsync(house.Account.Id, new Interaction(ActivityKind.FormSubmitted, new Source(SourceKind.RoutingForm, "Contact us"), "Contact us", house.Now)
        {
            Contact = new ContactEdit().SetName("Eve").Set("email", email),
            Answers = [.. answers.Select(a => new Answer(a.Field + "?", a.Value, a.Field))],
        });

    private static Task<RuleException> RefusedAsync(Func<Task> attempt) => Assert.ThrowsAsync<RuleException>(attempt);
}
