using Contacts.Core;
using Contacts.Core.Accounts;
using Contacts.Core.Fields;
using Contacts.Core.People;
using Contacts.Core.Activity;
using Contacts.Tests.Support;

namespace Contacts.Tests.Fields;

public class FieldCatalogTests
{
    private static readonly Source ByHand = new(SourceKind.User, "Mei Chou");

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task A_field_is_kept_as_it_was_made(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);

        await house.Fields.CreateAsync(house.Admin, new FieldEdit("  Team size ", " How many? ", "single_choice", null, [" 1–10 ", "", "11–50"]));

        var field = Assert.Single((await house.Fields.ListAsync(house.Member)).Custom);
        Assert.Equal(("team_size", "Team size", "How many?", "single_choice"), (field.Name, field.Title, field.Subtext, field.Type.Key));
        Assert.Equal([new FieldOption("1_10", "1–10"), new FieldOption("11_50", "11–50")], field.Options);
        Assert.Equal((1, false, false), (field.Position, field.IsSystem, field.IsArchived));
    }

    [Theory]
    [InlineData("Team size", "team_size")]
    [InlineData("  What would you like to solve? ", "what_would_you_like_to_solve")]
    [InlineData("Größe (m²)", "grosse_m2")]
    [InlineData("2nd phone", "field_2nd_phone")]
    [InlineData("__", "field")]
    [InlineData("会社", "field")]
    [InlineData("Status", "status_2")]
    [InlineData("EMAIL", "email_2")]
    [InlineData("UTM source", "field_utm_source")]
    [InlineData("Other emails", "other_emails_2")]
    [InlineData("Start", "start_2")]
    [InlineData("REFERRED BY", "referred_by_2")]
    [InlineData("Referred by", "referred_by_2")]
    [InlineData(" ", "")]
    public void A_title_suggests_a_name_that_is_free(string title, string name) =>
        Assert.Equal(name, new FieldSet([new FieldDefinition(1, "referred_by", FieldType.All[0], 1, default)]).NameFor(title));

    [Fact]
    public void A_suggested_name_is_always_a_name()
    {
        var field = new FieldDefinition(1, FieldDefinition.NameFor(new string('w', 300)), FieldType.All[0], 1, default);
        var second = new FieldSet([field]).NameFor(new string('w', 300));

        Assert.Equal((60, 60), (field.Name.Length, second.Length));
        Assert.True(FieldDefinition.IsName(second));
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task Two_fields_may_share_a_title_and_never_a_name(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await CreateAsync(house, "Team size");

        var second = await CreateAsync(house, "TEAM SIZE");
        var refusal = await RefusedAsync(() => CreateAsync(house, "Another", name: "team_size"));

        Assert.Equal("team_size_2", second.Name);
        Assert.Equal((Refusal.Conflict, "name"), (refusal.Refusal, refusal.Param));
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task Twenty_fields_of_one_title_made_at_once_all_get_names(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await using var neighbour = house.OpenNeighbour();

        await Task.WhenAll(Enumerable.Range(0, 20).Select(n => CreateAsync(n % 2 == 0 ? house : neighbour, "Team size", caller: house.Admin)));

        Assert.Equal(20, (await house.Fields.ListAsync(house.Admin)).Custom.Select(f => f.Name).Distinct().Count());
    }

    [Theory]
    [InlineData("email")]
    [InlineData("terms_of_sevice")]
    [InlineData("status")]
    [InlineData("custom_fields")]
    [InlineData("skip")]
    [InlineData("utm_source")]
    [InlineData("emails")]
    [InlineData("phones")]
    [InlineData("other_emails")]
    [InlineData("other_phones")]
    [InlineData("status_reason")]
    [InlineData("name")]
    [InlineData("zone")]
    [InlineData("iana_time_zone")]
    [InlineData("month")]
    [InlineData("day")]
    [InlineData("start")]
    [InlineData("duration")]
    [InlineData("link")]
    [InlineData("embed")]
    [InlineData("guests")]
    [InlineData("oc_consent")]
    public async Task A_name_of_the_system_is_a_conflict(string name)
    {
        await using var house = await TestHouse.OpenAsync(Database.Sqlite);

        var refusal = await RefusedAsync(() => CreateAsync(house, "Anything", name: name));

        Assert.Equal((Refusal.Conflict, "name"), (refusal.Refusal, refusal.Param));
    }

    [Theory]
    [InlineData("Team_Size")]
    [InlineData("EMAIL")]
    [InlineData("team size")]
    [InlineData("1st")]
    [InlineData("_x")]
    [InlineData("größe")]
    [InlineData("a\n")]
    public async Task A_name_has_small_letters_digits_and_underscores(string name)
    {
        await using var house = await TestHouse.OpenAsync(Database.Sqlite);

        if (name == "a\n") Assert.False(FieldDefinition.IsName(name));
        else Assert.Equal("name", (await RefusedAsync(() => CreateAsync(house, "Anything", name: name))).Param);
    }

    [Fact]
    public async Task What_is_missing_or_too_long_is_said_at_its_input()
    {
        await using var house = await TestHouse.OpenAsync(Database.Sqlite);

        Assert.Equal("title", (await RefusedAsync(() => CreateAsync(house, " ", name: "x"))).Param);
        Assert.Equal("title", (await RefusedAsync(() => CreateAsync(house, new string('x', 201)))).Param);
        Assert.Equal("name", (await RefusedAsync(() => CreateAsync(house, "X", name: new string('x', 61)))).Param);
        Assert.Equal("type", (await RefusedAsync(() => CreateAsync(house, "X", "emoji"))).Param);
        Assert.Equal("subtext", (await RefusedAsync(() => house.Fields.CreateAsync(house.Admin, new FieldEdit("X", new string('x', 501), "text", null, [])))).Param);
        Assert.Equal("options", (await RefusedAsync(() => CreateAsync(house, "X", "single_choice"))).Param);
        Assert.Equal("options", (await RefusedAsync(() => CreateAsync(house, "X", "single_choice", options: ["A", " a "]))).Param);
        Assert.Equal("options", (await RefusedAsync(() => CreateAsync(house, "X", "single_choice", options: ["A\nB"]))).Param);
        Assert.Equal("options", (await RefusedAsync(() => CreateAsync(house, "X", "single_choice", options: new string('x', 201)))).Param);
        Assert.Equal("options", (await RefusedAsync(() => CreateAsync(house, "X", "single_choice", options: [.. Enumerable.Range(0, 201).Select(n => new OptionEdit($"{n}"))]))).Param);
        Assert.Empty((await house.Fields.ListAsync(house.Admin)).Custom);
    }

    public static TheoryData<Database, string, string> Unstorable => new(
        from database in Enum.GetValues<Database>()
        from wrong in new[]
        {
            ("title", "The title has a character that cannot be stored."), ("subtext", "The subtext has a character that cannot be stored."),
            ("pattern", "The pattern has a character that cannot be stored."), ("pattern_message", "The message has a character that cannot be stored."),
        }
        select (database, wrong.Item1, wrong.Item2));

    [Theory, MemberData(nameof(Unstorable))]
    public async Task A_character_that_cannot_be_stored_is_told_at_its_input(Database database, string param, string message)
    {
        await using var house = await TestHouse.OpenAsync(database);
        string In(string name, string text) => name == param ? text + "\0" : text;
        var edit = new FieldEdit(In("title", "Plan"), In("subtext", "As sold"), "text", "plan", []) { Rules = new FieldRules { Pattern = In("pattern", "[A-Z]+"), PatternMessage = In("pattern_message", "Capital letters.") } };

        var refusal = await RefusedAsync(() => house.Fields.CreateAsync(house.Admin, edit));

        Assert.Equal((message, param), (refusal.Message, refusal.Param));
        Assert.Empty((await house.Fields.ListAsync(house.Admin)).Custom);
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task A_subtext_may_have_several_lines_and_a_title_has_one(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);

        var field = await house.Fields.CreateAsync(house.Admin, new FieldEdit("The\n\tplan", "As sold,\nnot as asked for", "text", null, []));

        Assert.Equal(("the_plan", "The plan", "As sold,\nnot as asked for"), (field.Name, field.Title, field.Subtext));
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task Name_and_type_are_fixed_once_saved(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await CreateAsync(house, "Team size");

        await house.Fields.EditAsync(house.Admin, "team_size", new FieldEdit("Head count", "Roughly", "number", "head_count", []));

        var field = Assert.Single((await house.Fields.ListAsync(house.Admin)).Custom);
        Assert.Equal(("team_size", "Head count", "Roughly", "text"), (field.Name, field.Title, field.Subtext, field.Type.Key));
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task A_renamed_option_keeps_the_values_of_contacts(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await CreateAsync(house, "Team size", "single_choice", options: ["Small", "Large"]);
        var ada = await house.Book.AddAsync(house.Member, new ContactEdit().SetName("Ada").Set("team_size", "small"), ByHand);

        var field = await house.Fields.EditAsync(house.Admin, "team_size", Edit(new("Large"), new("Up to ten", "small"), new("Small")));

        Assert.Equal([new("large", "Large"), new("small", "Up to ten"), new("small_2", "Small")], field.Options);
        var value = (await house.Book.FindAsync(house.Member, ada.Id))!.Values["team_size"].Value;
        Assert.Equal("Up to ten", field.Type.Format(value!, field));
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task An_option_taken_out_and_put_back_has_its_values_again(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await CreateAsync(house, "Team size", "single_choice", options: ["Small", "Large"]);

        var without = await house.Fields.EditAsync(house.Admin, "team_size", Edit("Large"));
        var again = await house.Fields.EditAsync(house.Admin, "team_size", Edit("Large", "Small"));

        Assert.Equal("small", without.LabelOf("small"));
        Assert.Equal("Small", again.LabelOf("small"));
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task An_archived_field_keeps_its_name_and_comes_back(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await CreateAsync(house, "Team size");

        await house.Fields.ArchiveAsync(house.Admin, "team_size");
        var archived = await house.Fields.ListAsync(house.Admin);
        var refusal = await RefusedAsync(() => CreateAsync(house, "Other", name: "team_size"));
        await house.Fields.RestoreAsync(house.Admin, "team_size");

        Assert.Equal(house.Now, archived.Find("team_size")!.ArchivedAt);
        Assert.DoesNotContain(archived.Active, f => f.Name == "team_size");
        Assert.Equal(Refusal.Conflict, refusal.Refusal);
        Assert.Contains((await house.Fields.ListAsync(house.Admin)).Active, f => f.Name == "team_size");
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task Moving_passes_over_archived_fields_and_stops_at_the_ends(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        foreach (var title in new[] { "One", "Two", "Three" }) await CreateAsync(house, title);
        await house.Fields.ArchiveAsync(house.Admin, "two");

        await house.Fields.MoveAsync(house.Admin, "one", -1);
        await house.Fields.MoveAsync(house.Admin, "three", -1);
        await house.Fields.MoveAsync(house.Admin, "one", 1);
        await house.Fields.MoveAsync(house.Admin, "two", -1);

        Assert.Equal(["three", "two", "one"], (await house.Fields.ListAsync(house.Admin)).Custom.Select(f => f.Name));
    }

    [Fact]
    public async Task A_member_sees_the_fields_and_changes_none()
    {
        await using var house = await TestHouse.OpenAsync(Database.Sqlite);
        await CreateAsync(house, "Team size");
        var edit = new FieldEdit("Mine", null, "text", null, []);

        Func<Task>[] attempts =
        [
            () => house.Fields.CreateAsync(house.Member, edit), () => house.Fields.EditAsync(house.Member, "team_size", edit),
            () => house.Fields.ArchiveAsync(house.Member, "team_size"), () => house.Fields.RestoreAsync(house.Member, "team_size"),
            () => house.Fields.MoveAsync(house.Member, "team_size", 1),
        ];

        foreach (var attempt in attempts) Assert.Equal(Refusal.NotAllowed, (await RefusedAsync(attempt)).Refusal);
        Assert.Equal("Team size", Assert.Single((await house.Fields.ListAsync(house.Member)).Custom).Title);
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task Fields_of_another_account_do_not_exist_here(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var (_, _, otherAdmin, _) = await house.AddAccountAsync("Lumen");
        await CreateAsync(house, "Team size");

        var refusal = await RefusedAsync(() => house.Fields.ArchiveAsync(otherAdmin, "team_size"));
        var theirs = await house.Fields.CreateAsync(otherAdmin, new FieldEdit("Team size", null, "number", null, []));

        Assert.Equal(Refusal.NotFound, refusal.Refusal);
        Assert.Equal((theirs.Id, "number"), ((await house.Fields.ListAsync(otherAdmin)).Custom.Single().Id, theirs.Type.Key));
        Assert.Equal("text", (await house.Fields.ListAsync(house.Admin)).Custom.Single().Type.Key);
    }

    [Fact]
    public async Task A_system_field_cannot_be_changed()
    {
        await using var house = await TestHouse.OpenAsync(Database.Sqlite);

        Assert.Equal("A system field cannot be changed.", (await RefusedAsync(() => house.Fields.ArchiveAsync(house.Owner, "email"))).Message);
    }

    [Fact]
    public async Task Two_hundred_fields_are_the_most()
    {
        await using var house = await TestHouse.OpenAsync(Database.Sqlite);
        await Task.WhenAll(Enumerable.Range(1, FieldCatalog.MaxCustomFields).Select(n => CreateAsync(house, $"Field {n}")));

        var refusal = await RefusedAsync(() => CreateAsync(house, "One more"));

        Assert.Contains("200", refusal.Message, StringComparison.Ordinal);
    }

    private static Task<FieldDefinition> CreateAsync(TestHouse house, string title, string type = "text", string? name = null, Caller? caller = null, params OptionEdit[] options) =>
        house.Fields.CreateAsync(caller ?? house.Admin, new FieldEdit(title, null, type, name, options));

    private static FieldEdit Edit(params OptionEdit[] options) => new("Team size", null, "single_choice", null, options);

    private static Task<RuleException> RefusedAsync(Func<Task> attempt) => Assert.ThrowsAsync<RuleException>(attempt);
}
