using Contacts.Core;
using Contacts.Core.Fields;
using Contacts.Tests.Support;

namespace Contacts.Tests.Fields;

public class FieldRulesTests
{
    [Theory]
    [InlineData("number", "5", "10", "4", "It must be between 5 and 10.")]
    [InlineData("number", "5", "10", "10", null)]
    [InlineData("number", "-5", null, "-5.5", "It must be at least -5.")]
    [InlineData("number", null, "1000", "9999", "It must be at most 1,000.")]
    [InlineData("number", "9", null, "10", null)]
    [InlineData("date", "2027-03-01", null, "2027-02-28", "It must be on or after 1 March 2027.")]
    [InlineData("date", null, "2027-03-01", "2027-03-02", "It must be on or before 1 March 2027.")]
    [InlineData("rating", "2", "8", "1", "It must be between 2 and 8.")]
    [InlineData("rating", null, "8", "8", null)]
    [InlineData("date_time", "2027-03-01T09:00:00Z", null, "2027-03-01T08:59:00Z", "It must be at or after 1 March 2027, 09:00 (UTC).")]
    [InlineData("text", "3", null, "ab", "Enter at least 3 characters.")]
    [InlineData("text", null, "3", "abcd", "Keep it within 3 characters.")]
    [InlineData("long_text", "2", "3", "abcd", "Enter 2 to 3 characters.")]
    [InlineData("text", null, "2", "👩‍👩‍👧é", null)]
    public void A_value_outside_the_range_is_told(string type, string? min, string? max, string value, string? problem) =>
        Assert.Equal(problem, Field(type, new FieldRules { Min = min, Max = max }).Check(value, InputPlace.Anywhere));

    [Theory]
    [InlineData("[A-Z]{2}-[0-9]+", "AC-12", true)]
    [InlineData("[A-Z]{2}-[0-9]+", "AC-12x", false)]
    [InlineData("a|ab", "ab", true)]
    [InlineData(@"(?=.*\d).+", "abc1", true)]
    [InlineData(@"(.)\1", "ab", false)]
    public void The_whole_text_has_to_match_the_pattern(string pattern, string value, bool matches)
    {
        var problem = Field("text", new FieldRules { Pattern = pattern, PatternMessage = "Like AC-12, please." }).Check(value, InputPlace.Anywhere);

        Assert.Equal(matches ? null : "Like AC-12, please.", problem);
    }

    [Fact]
    public void A_pattern_without_words_of_its_own_has_ours() =>
        Assert.Equal("It does not have the form this field asks for.", Field("text", new FieldRules { Pattern = "x+" }).Check("y", InputPlace.Anywhere));

    [Fact]
    public void A_text_that_would_take_a_pattern_for_ever_is_answered_at_once()
    {
        var field = Field("long_text", new FieldRules { Pattern = @"(?=a)(a+)+b" });

        var began = TimeProvider.System.GetTimestamp();
        var problem = field.Check(new string('a', 4000), InputPlace.Anywhere);

        Assert.NotNull(problem);
        Assert.InRange(TimeProvider.System.GetElapsedTime(began), TimeSpan.Zero, Patience.Limit);
    }

    public static TheoryData<string, FieldRules, string> Broken => new()
    {
        { "text", new FieldRules { Pattern = "a(" }, "pattern" },
        { "text", new FieldRules { Pattern = "a)(b" }, "pattern" },
        { "text", new FieldRules { Pattern = "(?x)a # the end" }, "pattern" },
        { "text", new FieldRules { Pattern = new string('a', 501) }, "pattern" },
        { "number", new FieldRules { Pattern = "1+" }, "pattern" },
        { "text", new FieldRules { Pattern = "a", PatternMessage = new string('x', 201) }, "pattern_message" },
        { "number", new FieldRules { Min = "many" }, "min" },
        { "date", new FieldRules { Max = "01.03.2027" }, "max" },
        { "text", new FieldRules { Min = "-1" }, "min" },
        { "text", new FieldRules { Max = "5001" }, "max" },
        { "yes_no", new FieldRules { Max = "1" }, "max" },
        { "number", new FieldRules { Min = "10", Max = "9" }, "max" },
        { "text", new FieldRules { Min = "10", Max = "9" }, "max" },
        { "date", new FieldRules { Min = "2027-03-02", Max = "2027-03-01" }, "max" },
        { "number", new FieldRules { Default = "many" }, "default" },
        { "number", new FieldRules { Default = "4", Min = "5" }, "default" },
        { "text", new FieldRules { Default = "b", Pattern = "a" }, "default" },
        { "text", new FieldRules { Default = "a\0b" }, "default" },
        { "text", new FieldRules { Default = "a", Unique = true }, "default" },
        { "rating", new FieldRules { Max = "11" }, "max" },
        { "currency", new FieldRules { Currency = "EURO" }, "currency" },
        { "number", new FieldRules { Currency = "EUR" }, "currency" },
        { "yes_no", new FieldRules { Unique = true }, "unique" },
        { "long_text", new FieldRules { Unique = true }, "unique" },
    };

    [Theory, MemberData(nameof(Broken))]
    public void Rules_that_make_no_sense_are_refused_where_they_stand(string type, FieldRules rules, string param) =>
        Assert.Equal(param, Assert.Throws<RuleException>(() => Field(type, rules)).Param);

    [Fact]
    public void Rules_are_kept_canonical_and_read_back_as_they_were_typed()
    {
        var field = Field("number", new FieldRules { Min = " 01 ", Max = "1e2", Default = "050" });

        Assert.Equal(("1", "100", "50"), (field.Rules.Min, field.Rules.Max, field.Rules.Default));
        Assert.Equal(field.Rules, field.Rules.AsTyped(field).Arrange(field, InputPlace.Anywhere));
    }

    [Fact]
    public void A_default_of_a_choice_is_one_of_its_options()
    {
        var field = new FieldDefinition(1, "plan", FieldType.Of("single_choice"), 1, default);
        field.Describe("Plan", null, ["Silver", "Gold"]);

        field.Rule(new FieldRules { Default = "gold" }, InputPlace.Anywhere);
        var refusal = Assert.Throws<RuleException>(() => field.Rule(new FieldRules { Default = "Bronze" }, InputPlace.Anywhere));

        Assert.Equal(("gold", "default"), (field.Rules.Default, refusal.Param));
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task Rules_and_group_are_kept_and_stay_when_they_are_not_given(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var rules = new FieldRules { Required = true, Default = "49 30 90182000", Writers = FieldWriters.UsersOnly, HiddenOnForms = true, Pattern = @"\+49\d+", PatternMessage = "A German number." };
        await house.Fields.CreateAsync(house.Admin, new FieldEdit("Desk", null, "phone", null, []) { Rules = rules with { Default = "030 90182000" }, Group = " Office " });

        await house.Fields.EditAsync(house.Admin, "desk", new FieldEdit("Desk phone", null, "phone", null, []));

        var field = Assert.Single((await house.Fields.ListAsync(house.Member)).Custom);
        Assert.Equal(rules with { Default = "+493090182000" }, field.Rules);
        Assert.Equal(("Desk phone", "Office"), (field.Title, field.Group));
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task A_broken_pattern_changes_nothing(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await house.Fields.CreateAsync(house.Admin, new FieldEdit("Number", null, "text", null, []));

        var refusal = await Assert.ThrowsAsync<RuleException>(() =>
            house.Fields.EditAsync(house.Admin, "number", new FieldEdit("Changed", null, "text", null, []) { Rules = new FieldRules { Pattern = "[a" } }));

        Assert.Equal("pattern", refusal.Param);
        Assert.Equal(("Number", new FieldRules()), ((await house.Fields.ListAsync(house.Admin)).Custom.Single().Title, (await house.Fields.ListAsync(house.Admin)).Custom.Single().Rules));
    }

    private static FieldDefinition Field(string type, FieldRules rules)
    {
        var field = new FieldDefinition(1, "a_field", FieldType.Of(type), 1, default);
        field.Rule(rules, InputPlace.Anywhere);
        return field;
    }
}
