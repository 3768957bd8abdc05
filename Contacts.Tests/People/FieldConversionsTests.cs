using Contacts.Core;
using Contacts.Core.Activity;
using Contacts.Core.Fields;
using Contacts.Core.People;
using Contacts.Core.People.Lists;
using Contacts.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Contacts.Tests.People;

public class FieldConversionsTests
{
    private static readonly Source ByHand = new(SourceKind.User, "Mei Chou");

    public static TheoryData<Database> Databases => TestHouse.Databases;

    [Theory, MemberData(nameof(Databases))]
    public async Task A_renamed_option_still_answers_to_its_old_name(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await CreateAsync(house, "Plan", "single_choice", "Silver", "Gold");

        var field = await house.Fields.EditAsync(house.Admin, "plan", new FieldEdit("Plan", null, "single_choice", null, [new("Basic", "silver", "#0b69c7"), new("Gold", "gold")]));
        await AddAsync(house, "Ada", "plan", "SILVER");

        Assert.Equal([new FieldOption("silver", "Basic", "#0b69c7", ["Silver"]), new FieldOption("gold", "Gold")], field.Options);
        Assert.Equal("silver", Assert.Single(await house.ContactsAsync()).Values["plan"].Value);
    }

    [Fact]
    public async Task A_colour_is_one_of_the_palette_and_stays_when_none_is_given()
    {
        await using var house = await TestHouse.OpenAsync(Database.Sqlite);
        await CreateAsync(house, "Plan", "single_choice", new("Silver", null, "#8a8f8c"), new("Gold"));
        Task<FieldDefinition> EditAsync(string? color) => house.Fields.EditAsync(house.Admin, "plan", new FieldEdit("Plan", null, "single_choice", null, [new("Silver", "silver", color), "Gold"]));

        Assert.Equal("#8a8f8c", (await EditAsync(null)).Options[0].Color);
        Assert.Null((await EditAsync("")).Options[0].Color);
        Assert.Equal("options", (await Assert.ThrowsAsync<RuleException>(() => EditAsync("red"))).Param);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task An_option_merged_into_another_takes_its_contacts_along(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await CreateAsync(house, "Tools", "multiple_choice", "Mail", "E-mail", "Phone");
        await AddAsync(house, "Ada", "tools", "E-mail\nPhone");
        await AddAsync(house, "Bob", "tools", "Mail\nE-mail");
        await AddAsync(house, "Cleo", "tools", "Phone");
        await house.Book.DeleteAsync(house.Owner, (await AddAsync(house, "Dora", "tools", "E-mail")).Id);

        Assert.Equal(3, await Conversions(house).CountOptionAsync(house.Admin, "tools", "e_mail"));
        var field = await Conversions(house).ReplaceOptionAsync(house.Admin, "tools", "e_mail", "mail");

        var contacts = await house.ContactsAsync();
        Assert.Equal(["mail\nphone", "mail", "phone", "mail"], contacts.Select(c => c.Values["tools"].Value));
        Assert.Equal(["mail", "phone"], field.Options.Select(o => o.Key));
        Assert.Equal("mail", field.FindOption("E-mail")!.Key);
        Assert.Equal("Mail", field.LabelOf("e_mail"));
        var entry = (await house.EntriesAsync(contacts[0].Id))[^1];
        Assert.Equal((ActivityKind.Edited, "Tom Berg", 2), (entry.Kind, entry.ActorName, contacts[0].Values["tools"].Entry));
        Assert.Equal(new FieldChange("tools", "E-mail\nPhone", "Mail\nPhone"), Assert.Single(entry.Changes));
        Assert.Single(await house.EntriesAsync(contacts[2].Id));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task An_option_may_go_and_leave_its_contacts_empty(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await house.Fields.CreateAsync(house.Admin, new FieldEdit("Plan", null, "single_choice", null, ["Silver", "Gold"]) { Rules = new FieldRules { Default = "Silver" } });
        var ada = await AddAsync(house, "Ada", "plan", "Silver");

        var field = await Conversions(house).ReplaceOptionAsync(house.Admin, "plan", "silver", null);
        var last = await Assert.ThrowsAsync<RuleException>(() => Conversions(house).ReplaceOptionAsync(house.Admin, "plan", "gold", null));
        var gone = await Assert.ThrowsAsync<RuleException>(() => Conversions(house).ReplaceOptionAsync(house.Admin, "plan", "silver", null));

        Assert.Null((await house.Book.FindAsync(house.Member, ada.Id))!.ValueOf(field));
        Assert.Null(field.Rules.Default);
        Assert.Equal(new FieldChange("plan", "Silver", null), (await house.EntriesAsync(ada.Id))[^1].Changes.Single());
        Assert.Equal(("options", "options"), (last.Param, gone.Param));
    }

    [Fact]
    public async Task A_removal_of_an_option_that_was_broken_off_can_be_done_again()
    {
        await using var house = await TestHouse.OpenAsync(Database.Sqlite);
        await CreateAsync(house, "Plan", "single_choice", "Silver", "Gold");
        var ada = await AddAsync(house, "Ada", "plan", "Gold");
        await ExecuteAsync("""CREATE TRIGGER "Full" BEFORE UPDATE ON "Contacts" BEGIN SELECT RAISE(ABORT, 'The disk is full.'); END""");

        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => Conversions(house).ReplaceOptionAsync(house.Admin, "plan", "gold", null));
        await ExecuteAsync("""DROP TRIGGER "Full" """);
        var field = await Conversions(house).ReplaceOptionAsync(house.Admin, "plan", "gold", null);

        Assert.Equal(["silver"], field.Options.Select(o => o.Key));
        Assert.Null((await house.Book.FindAsync(house.Member, ada.Id))!.ValueOf(field));

        async Task ExecuteAsync(string sql)
        {
            await using var db = house.Dbs.OpenBeforeAccount();
            await db.Database.ExecuteSqlRawAsync(sql);
        }
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task An_option_that_contacts_have_chosen_is_not_left_out_of_an_edit(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await CreateAsync(house, "Tools", "multiple_choice", "Mail", "Phone", "Fax");
        var ada = await AddAsync(house, "Ada", "tools", "Mail\nPhone");
        await house.Book.DeleteAsync(house.Owner, (await AddAsync(house, "Dora", "tools", "Phone")).Id);
        Task<FieldDefinition> EditAsync(params OptionEdit[] options) => house.Fields.EditAsync(house.Admin, "tools", new FieldEdit("Tools", null, "multiple_choice", null, options));

        var two = await Assert.ThrowsAsync<RuleException>(() => EditAsync("Mail", new("", "phone")));
        await house.Book.EditAsync(house.Member, ada.Id, new ContactEdit().Set("tools", "Mail"), ByHand);
        var one = await Assert.ThrowsAsync<RuleException>(() => EditAsync("Mail", "Telephone"));
        var free = await EditAsync("Mail", "Phone");
        var again = await EditAsync(new("", "phone"), "Mail", "Phone");

        const string Help = "Give them another value first, or remove it under Manage contact fields, which asks what they get instead.";
        Assert.Equal(($"2 contacts have chosen 'Phone'. {Help}", "options", Refusal.Conflict), (two.Message, two.Param, two.Refusal));
        Assert.Equal($"1 contact has chosen 'Phone'. {Help}", one.Message);
        Assert.Equal(["mail", "phone"], free.Options.Select(o => o.Key));
        Assert.Equal(["mail", "phone"], again.Options.Select(o => o.Key));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_change_of_type_is_previewed_and_then_done_as_it_said(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await CreateAsync(house, "Seats", "text");
        var ada = await AddAsync(house, "Ada", "seats", "042");
        var bob = await AddAsync(house, "Bob", "seats", "a few");
        await AddAsync(house, "Cleo", "seats", "7");

        var preview = await Conversions(house).PreviewAsync(house.Admin, "seats", "number");
        Assert.Equal("text", (await house.Fields.ListAsync(house.Admin)).Find("seats")!.Type.Key);
        var field = await Conversions(house).ChangeTypeAsync(house.Admin, "seats", "number");

        Assert.Equal((2, 1), (preview.Converting, preview.Lost));
        Assert.Equal([new MisfitValue(bob.Id, "Bob", "a few")], preview.Misfits);
        Assert.Equal(("seats", "number"), (field.Name, (await house.Fields.ListAsync(house.Admin)).Find("seats")!.Type.Key));
        var contacts = await house.ContactsAsync();
        Assert.Equal(["42", null, "7"], contacts.Select(c => c.Values.GetValueOrDefault("seats")?.Value));
        Assert.Equal(1, contacts[0].Values["seats"].Entry);
        Assert.Single(await house.EntriesAsync(ada.Id));
        Assert.Equal(new FieldChange("seats", "a few", null), (await house.EntriesAsync(bob.Id))[^1].Changes.Single());
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Options_are_made_from_the_texts_there_are(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await CreateAsync(house, "City", "text");
        foreach (var (city, n) in new[] { "Berlin", "berlin", "Paris" }.Select((city, n) => (city, n))) await AddAsync(house, $"Ada {n}", "city_2", city);

        OptionEdit rome = new("Rome", null, "#0b69c7");
        var preview = await Conversions(house).PreviewAsync(house.Admin, "city_2", "single_choice", [rome]);
        var field = await Conversions(house).ChangeTypeAsync(house.Admin, "city_2", "single_choice", [rome]);

        Assert.Equal((3, 0), (preview.Converting, preview.Lost));
        Assert.Equal([("Rome", "#0b69c7"), ("Berlin", null), ("Paris", null)], field.Options.Select(o => (o.Label, o.Color)));
        Assert.Equal(["berlin", "berlin", "paris"], (await house.ContactsAsync()).Select(c => c.Values["city_2"].Value));
    }

    [Fact]
    public async Task Not_more_options_are_made_than_a_field_has()
    {
        await using var house = await TestHouse.OpenAsync(Database.Sqlite);
        await CreateAsync(house, "Note", "text");
        await Task.WhenAll(Enumerable.Range(0, FieldDefinition.MaxOptions + 3).Select(n => AddAsync(house, $"Ada {n}", "note", $"Text {n}")));

        var preview = await Conversions(house).PreviewAsync(house.Admin, "note", "single_choice");

        Assert.Equal((FieldDefinition.MaxOptions, 3, FieldDefinition.MaxOptions), (preview.Converting, preview.Lost, preview.Options.Count));
    }

    [Theory]
    [InlineData("single_choice", "multiple_choice", "Gold", "gold")]
    [InlineData("multiple_choice", "single_choice", "Silver\nGold", null)]
    [InlineData("multiple_choice", "long_text", "Silver\nGold", "Silver\nGold")]
    [InlineData("yes_no", "text", "yes", "Yes")]
    [InlineData("text", "yes_no", "ON", "true")]
    [InlineData("text", "date", "2027-03-01", "2027-03-01")]
    [InlineData("date", "number", "2027-03-01", null)]
    [InlineData("text", "phone", "030 90182000", "+493090182000")]
    [InlineData("date", "date_time", "2027-03-01", "2027-02-28T23:00:00Z")] // midnight in Berlin
    [InlineData("date", "date_time", "0001-01-01", null)]
    [InlineData("date_time", "date", "2027-02-28T23:30:00Z", "2027-03-01")]
    [InlineData("date_time", "text", "2027-02-28T23:30:00Z", "2027-02-28T23:30:00Z")]
    public async Task Values_go_over_by_what_people_read(string from, string to, string value, string? converted)
    {
        await using var house = await TestHouse.OpenAsync(Database.Sqlite);
        await CreateAsync(house, "Thing", from, from.EndsWith("choice", StringComparison.Ordinal) ? ["Silver", "Gold"] : []);
        await AddAsync(house, "Ada", "thing", value);

        await Conversions(house).ChangeTypeAsync(house.Admin, "thing", to);

        Assert.Equal(converted, Assert.Single(await house.ContactsAsync()).Values.GetValueOrDefault("thing")?.Value);
    }

    [Fact]
    public async Task A_field_of_files_becomes_nothing_else()
    {
        await using var house = await TestHouse.OpenAsync(Database.Sqlite);
        await CreateAsync(house, "Offer", "file");

        foreach (var attempt in new Func<Task>[] { () => Conversions(house).PreviewAsync(house.Admin, "offer", "text"), () => Conversions(house).ChangeTypeAsync(house.Admin, "offer", "text") })
        {
            var refusal = await Assert.ThrowsAsync<RuleException>(attempt);
            Assert.Equal(("type", "No other type holds files. Make another field, and archive this one."), (refusal.Param, refusal.Message));
        }
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_filter_that_names_a_merged_option_asks_for_the_one_it_became(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await CreateAsync(house, "Plan", "single_choice", "Basic", "Silver", "Gold", "Free");
        foreach (var (name, plan) in new[] { ("Ada", "Basic"), ("Bob", "Silver"), ("Cleo", "Gold"), ("Dora", "Free") }) await AddAsync(house, name, "plan", plan);

        await Conversions(house).ReplaceOptionAsync(house.Admin, "plan", "basic", "silver");
        await Conversions(house).ReplaceOptionAsync(house.Admin, "plan", "silver", "gold");
        await Conversions(house).ReplaceOptionAsync(house.Admin, "plan", "free", null);

        foreach (var filter in new[] { "all~plan.is.basic", "all~plan.in.basic.silver.gold", "all~plan.is.gold" }) Assert.Equal("Ada, Bob, Cleo", await FoundAsync(house, filter));
        Assert.Equal("", await FoundAsync(house, "all~plan.is.free", "Plan no longer has the choice 'free'.", "The condition on Plan has no value that can be used, so nobody matches it."));
        Assert.Equal("Ada, Bob, Cleo, Dora", await FoundAsync(house, "all~plan.not.free", "Plan no longer has the choice 'free'.", "The condition on Plan has no value that can be used, so it is left out."));
        Assert.Equal("Ada", await FoundAsync(house, "any~plan.is.free~first_name.is.Ada", "Plan no longer has the choice 'free'.", "The condition on Plan has no value that can be used, so nobody matches it."));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Rules_that_say_nothing_of_the_new_type_go(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await house.Fields.CreateAsync(house.Admin, new FieldEdit("Code", null, "text", null, [])
        {
            Rules = new FieldRules { Required = true, Unique = true, Min = "1", Pattern = "[0-9]+", Writers = FieldWriters.UsersOnly },
        });
        await AddAsync(house, "Ada", "code", "7");

        var field = await Conversions(house).ChangeTypeAsync(house.Admin, "code", "number");

        Assert.Equal(new FieldRules { Required = true, Writers = FieldWriters.UsersOnly }, field.Rules);
        Assert.Equal(0, await house.ReadAsync(db => db.UniqueValues.CountAsync()));
    }

    [Fact]
    public async Task A_write_of_another_node_that_crosses_a_change_of_type_does_not_bring_the_old_values_back()
    {
        await using var house = await TestHouse.OpenAsync(Database.Postgres);
        await using var neighbour = house.OpenNeighbour();
        await CreateAsync(house, "Seats");
        await AddAsync(house, "Ada", "seats", "042");
        var tries = 0;

        await neighbour.Gate.RunAsync(house.Account.Id, async db =>
        {
            var contact = await db.Contacts.SingleAsync();
            if (++tries == 1) await Conversions(house).ChangeTypeAsync(house.Admin, "seats", "number");
            var entry = new ActivityEntry(house.Account.Id, ActivityKind.Edited, "", ByHand, house.Member, house.Now, house.Now);
            contact.Write(SystemFields.Find(SystemFields.LastName)!, "Lovelace", entry);
            contact.Append(entry);
            return true;
        });

        var ada = Assert.Single(await house.ContactsAsync());
        Assert.Equal(("42", "Lovelace", 2), (ada.Values["seats"].Value, ada.LastName, tries));
    }

    [Fact]
    public async Task A_type_there_is_not_or_that_it_is_already_is_refused()
    {
        await using var house = await TestHouse.OpenAsync(Database.Sqlite);
        await CreateAsync(house, "Code", "text");

        Assert.Equal("type", (await Assert.ThrowsAsync<RuleException>(() => Conversions(house).ChangeTypeAsync(house.Admin, "code", "nothing"))).Param);
        Assert.Equal("type", (await Assert.ThrowsAsync<RuleException>(() => Conversions(house).ChangeTypeAsync(house.Admin, "code", "text"))).Param);
        Assert.Equal("options", (await Assert.ThrowsAsync<RuleException>(() => Conversions(house).ChangeTypeAsync(house.Admin, "code", "single_choice"))).Param);
        Assert.Equal("name", (await Assert.ThrowsAsync<RuleException>(() => Conversions(house).ChangeTypeAsync(house.Admin, "email", "text"))).Param);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_field_deleted_for_good_takes_its_values_with_it(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await CreateAsync(house, "Team_size");
        await CreateAsync(house, "Teamxsize");
        var ada = await AddAsync(house, "Ada", "team_size", "12");
        await AddAsync(house, "Bob", "teamxsize", "13");

        var inUse = await Assert.ThrowsAsync<RuleException>(() => Conversions(house).DeleteAsync(house.Admin, "team_size"));
        await house.Fields.ArchiveAsync(house.Admin, "team_size");
        Assert.Equal(1, await Conversions(house).CountAsync(house.Admin, "team_size"));
        await Conversions(house).DeleteAsync(house.Admin, "team_size");

        Assert.Equal("name", inUse.Param);
        Assert.Equal(["teamxsize"], (await house.Fields.ListAsync(house.Admin)).Custom.Select(f => f.Name));
        var contacts = await house.ContactsAsync();
        Assert.False(contacts[0].Values.ContainsKey("team_size"));
        Assert.Equal("13", contacts[1].Values["teamxsize"].Value);
        Assert.Equal(new FieldChange("team_size", "12", null), (await house.EntriesAsync(ada.Id))[^1].Changes.Single());
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_field_and_its_values_of_another_account_stay(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var (_, _, otherAdmin, _) = await house.AddAccountAsync("Lumen");
        await CreateAsync(house, "Code");
        await house.Fields.CreateAsync(otherAdmin, new FieldEdit("Code", null, "text", null, []));
        await AddAsync(house, "Ada", "code", "seven");

        var preview = await Conversions(house).PreviewAsync(otherAdmin, "code", "number");
        await Conversions(house).ChangeTypeAsync(otherAdmin, "code", "number");

        Assert.Equal((0, 0), (preview.Converting, preview.Lost));
        Assert.Equal("seven", Assert.Single(await house.ContactsAsync()).Values["code"].Value);
    }

    private static FieldConversions Conversions(TestHouse house) => house.Get<FieldConversions>();

    private static Task<FieldDefinition> CreateAsync(TestHouse house, string title, string type = "text", params OptionEdit[] options) =>
        house.Fields.CreateAsync(house.Admin, new FieldEdit(title, null, type, null, options));

    private static Task<Contact> AddAsync(TestHouse house, string name, string field, string value) =>
        house.Book.AddAsync(house.Member, new ContactEdit().SetName(name).Set(field, value), ByHand);

    private static async Task<string> FoundAsync(TestHouse house, string filter, params string[] notices)
    {
        var read = ContactFilter.Read(filter, await house.Get<ContactFinder>().FieldsAsync(house.Member));
        var found = await house.Book.ListAsync(house.Member, new ContactQuery { Filter = read.Filter });
        Assert.Equal(notices, read.Notices);
        Assert.Equal(found.Items.Count, await house.Get<ContactFinder>().CountExactlyAsync(house.Member, new ContactQuery { Filter = read.Filter }));
        return string.Join(", ", found.Items.Select(c => c.FirstName!).Order());
    }
}
