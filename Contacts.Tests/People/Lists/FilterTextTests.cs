using Contacts.Core.Fields;
using Contacts.Core.People.Lists;
using Contacts.Core.Statuses;

namespace Contacts.Tests.People.Lists;

public sealed class FilterTextTests
{
    private static readonly FieldDefinition Level = Field("single_choice", "Level", "Junior", "Senior", "Lead");
    private static readonly FilterFields Fields = FilterFields.Of(new FieldSet([Level, Field("currency", "Budget"), Field("date", "Renewal"), Field("text", "Source")]), ContactStatus.Defaults(1).Take(1), []);

    private static FieldDefinition Field(string type, string title, params OptionEdit[] options)
    {
        var field = new FieldDefinition(1, FieldDefinition.NameFor(title), FieldType.Of(type), 1, DateTime.UnixEpoch);
        field.Describe(title, null, options);
        return field;
    }

    [Fact]
    public void A_filter_reads_back_as_it_was_written_and_addresses_leave_it_as_it_is()
    {
        var filter = ContactFilter.All(
            new FilterCondition(FilterFields.Status, FilterOperator.Is, FilterFields.StatusKey(0)),
            FilterGroup.Any(
                new FilterCondition(SystemFields.City, FilterOperator.Contains, "Sankt_Gallen ~ 1.2"),
                new FilterCondition(SystemFields.City, FilterOperator.Empty),
                FilterGroup.All(new FilterCondition("level", FilterOperator.AnyOf, "junior", "lead"), new FilterCondition("renewal", FilterOperator.Between, "2027-01-01", "2027-02-01"))),
            new FilterCondition(FilterFields.Booked, FilterOperator.LastDays, "30"),
            new FilterCondition("budget", FilterOperator.MoreThan, "1200.50"));

        var text = filter.Write();
        var read = ContactFilter.Read(text, Fields);

        Assert.Empty(read.Notices);
        Assert.Equal(filter, read.Filter);
        Assert.Equal(7, filter.Count);
        Assert.Equal("all~level.is.lead", ContactFilter.All(new FilterCondition("level", FilterOperator.Is, "lead")).Write());
        Assert.Equal(Uri.EscapeDataString("Sankt__Gallen _t 1_d2"), Uri.EscapeDataString(text).Split("city.has.")[1].Split('~')[0]);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(" ")]
    [InlineData("all")]
    public void No_filter_is_every_contact(string? text)
    {
        Assert.True(ContactFilter.Read(text, Fields).Filter.IsEmpty);
        Assert.Equal("", ContactFilter.None.Write());
    }

    [Theory]
    [InlineData("all~level.is.lead~shoe__size.is.3", "There is no field 'shoe__size', so its condition is left out.")]
    [InlineData("all~level.is.lead~level.not.boss", "The condition on Level has no value that can be used, so it is left out.")]
    [InlineData("all~level.is.lead~level.none.boss", "Level no longer has the choice 'boss'.")]
    [InlineData("all~level.is.lead~city.hasnot.", "The condition on City has no value that can be used, so it is left out.")]
    [InlineData("all~level.is.lead~level.gt.3", "Level cannot be compared with \"more than\", so this condition is left out.")]
    [InlineData("all~level.is.lead~nonsense", "'nonsense' is no condition, so it is left out.")]
    [InlineData("all~level.is.lead~any~any~any~city.empty", "Groups go 3 deep; those further in are left out.")]
    [InlineData("all~level.is.lead~end~level.is.junior", "The filter in this address ends before its last conditions; those after are left out.")]
    [InlineData("all~level.is.lead.junior", "Level \"is\" takes one value; those after are left out.")]
    public void What_makes_no_sense_is_left_out_with_a_notice_and_the_rest_holds(string text, string notice)
    {
        var read = ContactFilter.Read(text, Fields);

        Assert.Equal(ContactFilter.All(new FilterCondition("level", FilterOperator.Is, "lead")), read.Filter);
        Assert.Contains(notice, read.Notices);
    }

    [Theory]
    [InlineData("level", FilterOperator.Is, "boss", "Level no longer has the choice 'boss'.", "Level")]
    [InlineData("level", FilterOperator.AnyOf, "boss.ceo", "Level no longer has the choice 'ceo'.", "Level")]
    [InlineData("status", FilterOperator.Is, "STS-7HSDNP2MKX", "Status no longer has the choice 'STS-7HSDNP2MKX'.", "Status")]
    [InlineData("budget", FilterOperator.MoreThan, "much", "Budget: Enter an amount, like 1234.50.", "Budget")]
    [InlineData("renewal", FilterOperator.On, "tomorrow", "Renewal: 'tomorrow' is no date like 2027-03-01.", "Renewal")]
    [InlineData("renewal", FilterOperator.Between, "2027-03-01.later", "Renewal: 'later' is no date like 2027-03-01.", "Renewal")]
    [InlineData("renewal", FilterOperator.LastDays, "-5", "Renewal: '-5' is no number of days.", "Renewal")]
    [InlineData("source", FilterOperator.Is, "", null, "Source")]
    public void A_condition_that_has_lost_its_value_matches_nobody_and_says_so(string field, FilterOperator comparison, string values, string? notice, string title)
    {
        var read = ContactFilter.Read($"all~level.is.lead~{field}.{comparison.Key()}.{values}", Fields);
        var again = ContactFilter.Read(read.Filter.Write(), Fields);

        Assert.Equal(ContactFilter.All(new FilterCondition("level", FilterOperator.Is, "lead"), new FilterCondition(field, comparison)), read.Filter);
        Assert.Equal(read.Filter, again.Filter);
        var nobody = $"The condition on {title} has no value that can be used, so nobody matches it.";
        if (notice is not null) Assert.Contains(notice, read.Notices);
        Assert.Equal([nobody, nobody], [read.Notices[^1], Assert.Single(again.Notices)]);
    }

    [Fact]
    public void Of_several_values_those_that_are_there_stay()
    {
        var read = ContactFilter.Read("any~level.in.lead.boss.junior", Fields);

        Assert.Equal(ContactFilter.Any(new FilterCondition("level", FilterOperator.AnyOf, "lead", "junior")), read.Filter);
        Assert.Equal(["Level no longer has the choice 'boss'."], read.Notices);
    }

    [Fact]
    public void Of_more_values_than_a_condition_takes_the_first_stay_with_a_notice()
    {
        var values = Enumerable.Range(0, FilterOperators.MaxValues + 1).Select(n => $"v{n}").ToList();

        var read = ContactFilter.Read($"all~city.in.{string.Join('.', values)}", Fields);

        Assert.Equal(ContactFilter.All(new FilterCondition("city", FilterOperator.AnyOf, [.. values.SkipLast(1)])), read.Filter);
        Assert.Equal(["City \"is any of\" takes at most 50 values; those after are left out."], read.Notices);
        Assert.Empty(ContactFilter.Read($"all~city.in.{string.Join('.', values.SkipLast(1))}~end", Fields).Notices);
    }

    [Theory]
    [InlineData("gte", "0")]
    [InlineData("lt", "6")]
    [InlineData("gt", "3.5")]
    public void A_rating_is_compared_with_numbers_that_no_rating_is(string comparison, string number)
    {
        var fields = FilterFields.Of(new FieldSet([Field("rating", "Stars")]), [], []);

        var read = ContactFilter.Read($"all~stars.{comparison}.{number.Replace(".", "_d", StringComparison.Ordinal)}", fields);

        Assert.Empty(read.Notices);
        Assert.Equal([number], Assert.Single(read.Filter.Root.Conditions).Values);
        Assert.Contains("Stars: Enter a number, like 42 or 3.5.", ContactFilter.Read("all~stars.gt.many", fields).Notices);
    }

    [Fact]
    public void A_thousand_conditions_are_cut_and_a_broken_text_shows_everybody()
    {
        var many = ContactFilter.Read("all" + string.Concat(Enumerable.Repeat("~city.has.x", 1000)), Fields);

        Assert.Equal(ContactFilter.MaxConditions, many.Filter.Count);
        Assert.Equal(["A filter has at most 50 conditions; those after are left out."], many.Notices);
        var broken = ContactFilter.Read("%7Bstatus:3}", Fields);
        Assert.True(broken.Filter.IsEmpty);
        Assert.Equal(["The filter in this address could not be read, so all contacts are shown."], broken.Notices);
    }

    [Fact]
    public void However_deep_groups_go_those_beyond_the_third_are_left_out_with_one_notice()
    {
        const int Deep = 200_000; // one call each would end the stack, and with it the process
        var text = "all~level.is.lead" + string.Concat(Enumerable.Repeat("~any", Deep)) + "~city.has.x" + string.Concat(Enumerable.Repeat("~end", Deep)) + "~level.is.junior";

        var read = ContactFilter.Read(text, Fields);

        Assert.Equal(ContactFilter.All(new FilterCondition("level", FilterOperator.Is, "lead"), new FilterCondition("level", FilterOperator.Is, "junior")), read.Filter);
        Assert.Equal(["Groups go 3 deep; those further in are left out."], read.Notices);
        Assert.Empty(ContactFilter.Read("all" + string.Concat(Enumerable.Repeat("~any", Deep)), Fields).Notices);
    }

    [Fact]
    public void An_own_field_called_as_a_column_of_the_list_keeps_a_name_of_its_own()
    {
        Assert.Null(Fields.Find(FilterFields.Source)!.Field);
        Assert.Equal("Source", Fields.Find("own-source")!.Field!.Title);
    }

    [Fact]
    public void A_condition_is_told_as_one_reads_it()
    {
        Assert.Equal("Level is any of Junior, Lead", Tell(new("level", FilterOperator.AnyOf, "junior", "lead")));
        Assert.Equal("Renewal between 2027-01-01 and 2027-02-01", Tell(new("renewal", FilterOperator.Between, "2027-01-01", "2027-02-01")));
        Assert.Equal("Booked a meeting in the last 30 days", Tell(new(FilterFields.Booked, FilterOperator.LastDays, "30")));
        Assert.Equal("City is empty", Tell(new(SystemFields.City, FilterOperator.Empty)));
        Assert.Equal("Level is (nothing)", Tell(new("level", FilterOperator.Is)));
        Assert.Equal("Booked a meeting in the last (nothing) days", Tell(new(FilterFields.Booked, FilterOperator.LastDays)));

        static string Tell(FilterCondition condition) => Fields.Find(condition.Field)!.Tell(condition);
    }

    [Fact]
    public void An_order_nobody_knows_becomes_last_activity_with_a_notice()
    {
        Assert.Equal((new ContactSort("budget"), null), ContactSort.Read("budget", Fields));
        var (sort, notice) = ContactSort.Read("shoe", Fields);
        Assert.Equal(ContactSort.LastActivity, sort);
        Assert.NotNull(notice);
    }
}
