using System.Globalization;
using Contacts.Core;
using Contacts.Core.Fields;

namespace Contacts.Tests.Fields;

/// <summary>What is particular to one type of field.</summary>
public sealed class FieldValueTests
{
    [Theory]
    [InlineData("2027-03-01T10:00", "Europe/Berlin", "2027-03-01T09:00:00Z")]
    [InlineData("2027-03-28T02:30", "Europe/Berlin", "2027-03-28T01:30:00Z")] // no clock shows it: an hour on
    [InlineData("2027-10-31T02:30", "Europe/Berlin", "2027-10-31T00:30:00Z")] // clocks show it twice: the first time
    [InlineData("2027-03-01 10:00", "America/New_York", "2027-03-01T15:00:00Z")]
    [InlineData("2027-03-01 10:00", "No/Where", "2027-03-01T10:00:00Z")]
    public void A_moment_without_a_zone_is_read_on_the_clock_of_the_place(string text, string zone, string expected)
    {
        var field = Sample.Field("date_time");

        Assert.True(field.Type.NeedsPlace(text));
        Assert.Null(field.Type.Parse(text, field, new InputPlace(null, zone), out var value));
        Assert.Equal(expected, value);
        Assert.False(field.Type.NeedsPlace(value));
    }

    [Theory]
    [InlineData("EUR", "en-GB", "1234.5", "€1,234.50")]
    [InlineData("EUR", "de-DE", "€ -1234.5", "-1.234,50 €")]
    [InlineData("USD", "en-US", "$5", "$5.00")]
    [InlineData("USD", "en-US", "-$5", "-$5.00")]
    [InlineData("CHF", "en-US", "5 chf", "CHF 5.00")]
    [InlineData("JPY", "en-US", "1,234", "¥1,234")]
    [InlineData("KWD", "en-US", "1.234", "KWD 1.234")]
    public void An_amount_is_of_the_fields_currency(string currency, string culture, string typed, string shown)
    {
        var field = Sample.Field("currency");
        field.Rules = new FieldRules { Currency = currency };

        Assert.Null(field.Type.Parse(typed, field, InputPlace.Anywhere, out var value));
        Assert.Null(field.Type.Parse(field.Type.Format(value, field), field, InputPlace.Anywhere, out var again));

        Assert.Equal(value, again);
        Assert.Equal(shown, field.Type.Display(value, field, new Reader(CultureInfo.GetCultureInfo(culture))).Replace('\u00a0', ' '));
    }

    [Theory]
    [InlineData("JPY", "12.50", "This currency has no decimals.")]
    [InlineData("EUR", "12.505", "Give at most 2 decimals, like 1234.50.")]
    [InlineData("KWD", "1,234", "It is not clear where the decimals of '1,234' begin. Write it with a point and nothing else, like 123.450.")]
    [InlineData("EUR", "$5", "Enter an amount, like 1234.50 (Euro).")]
    public void An_amount_that_could_be_two_things_is_neither(string currency, string typed, string problem)
    {
        var field = Sample.Field("currency");
        field.Rules = new FieldRules { Currency = currency };

        Assert.Equal(problem, field.Type.Parse(typed, field, InputPlace.Anywhere, out _));
    }

    [Fact]
    public void The_currencies_are_those_of_ISO_4217()
    {
        Assert.All(Currency.All, c => Assert.Matches("^[A-Z]{3}$", c.Code));
        Assert.All(Currency.All, c => Assert.NotEmpty(c.Name));
        Assert.Equal(Currency.All.Select(c => c.Code).Distinct(), Currency.All.Select(c => c.Code));
        Assert.True(Currency.All.Count > 140);
        Assert.Equal((2, 0, 3), (Currency.Find("eur")!.Decimals, Currency.Find("JPY")!.Decimals, Currency.Find(" KWD ")!.Decimals));
        Assert.Null(Currency.Find("XXX"));
    }

    [Theory]
    [InlineData(null, "5", null)]
    [InlineData("10", "10", null)]
    [InlineData("3", "4", "Choose a rating from 1 to 3.")]
    [InlineData("11", "6", "Choose a rating from 1 to 5.")]
    public void A_rating_goes_as_far_as_the_field_says_and_never_beyond_ten(string? max, string typed, string? problem)
    {
        var field = Sample.Field("rating");
        field.Rules = new FieldRules { Max = max };

        Assert.Equal(problem, field.Type.Parse(typed, field, InputPlace.Anywhere, out _));
    }

    [Fact]
    public void A_user_who_left_keeps_the_name() => Assert.Equal("Gone Girl", Sample.Field("user").Type.Display("USR-0000000003", Sample.Field("user"), new Reader(CultureInfo.InvariantCulture)));

    [Fact]
    public void A_history_tells_values_to_who_reads_it_and_choices_as_they_were_worded()
    {
        var reader = new Reader(CultureInfo.InvariantCulture, "Europe/Berlin");
        string Told(string type, string text) => Sample.Field(type).Type.Retell(text, Sample.Field(type), reader);

        Assert.Equal("1 March 2027, 10:00", Told("date_time", "2027-03-01T09:00:00Z"));
        Assert.Equal("soon", Told("date_time", "soon")); // it was a text field then
        Assert.Equal("11_50", Told("single_choice", "11_50"));
    }
}
