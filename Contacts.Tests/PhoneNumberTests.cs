using Contacts.Core;
using FsCheck.Xunit;

namespace Contacts.Tests;

public class PhoneNumberTests
{
    [Theory]
    [InlineData("0171 1234567", "DE", "+491711234567")]
    [InlineData("+49 171 1234567", null, "+491711234567")]
    [InlineData("+49 (0)171/123-4567", "US", "+491711234567")]
    [InlineData("(415) 555-2671", "US", "+14155552671")]
    [InlineData("+44 20 7946 0958", "DE", "+442079460958")]
    [InlineData("０１７１ １２３４５６７", "DE", "+491711234567")]
    public void A_number_that_can_be_one_is_kept_in_one_spelling(string typed, string? country, string expected)
    {
        Assert.True(PhoneNumber.TryParse(typed, country, out var number));
        Assert.Equal((expected, expected), (number, PhoneNumber.ToE164(typed, country)));
    }

    [Theory]
    [InlineData("12", "DE")]
    [InlineData("hello", "DE")]
    [InlineData("hello", null)]
    [InlineData("+999 123", null)]
    [InlineData("", "DE")]
    [InlineData(null, null)]
    [InlineData("+1 2 3", "US")]
    [InlineData("123456789012345678901234567890", "DE")]
    public void What_cannot_be_a_number_is_refused(string? typed, string? country)
    {
        Assert.False(PhoneNumber.TryParse(typed, country, out _));
        Assert.Null(PhoneNumber.ToE164(typed, country));
    }

    [Fact]
    public void A_national_number_of_an_unknown_country_is_kept_as_typed_and_identifies_nobody()
    {
        Assert.True(PhoneNumber.TryParse(" 0171 1234567 ", null, out var number));
        Assert.Equal("0171 1234567", number);
        Assert.Null(PhoneNumber.ToE164("0171 1234567", null));
    }

    [Fact]
    public void A_number_reads_as_its_country_writes_it()
    {
        Assert.Equal("+44 20 7946 0958", PhoneNumber.Display("+442079460958"));
        Assert.Equal("0171 1234567", PhoneNumber.Display("0171 1234567"));
    }

    [Property]
    public bool No_text_breaks_it_and_E164_reads_back_to_itself(string? text)
    {
        var number = PhoneNumber.ToE164(text, "DE");
        return number is null || PhoneNumber.ToE164(number, null) == number;
    }
}
