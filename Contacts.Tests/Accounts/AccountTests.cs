using Contacts.Core;
using Contacts.Core.Accounts;

namespace Contacts.Tests.Accounts;

public sealed class AccountTests
{
    [Theory]
    [InlineData("Acme", "acme")]
    [InlineData("Northwind Advisory, Inc.", "northwind-advisory-inc")]
    [InlineData("Müller & Söhne", "muller-sohne")]
    [InlineData("Привет Мир", "привет-мир")]
    [InlineData("株式会社ソラト", "株式会社ソラト")]
    [InlineData("!!!", "account")]
    public void An_address_is_made_from_the_name_and_never_empty(string name, string slug) => Assert.Equal(slug, Account.SlugOf(name));

    [Fact]
    public void An_address_has_a_length_one_can_still_read() => Assert.InRange(Account.SlugOf(new string('a', 100)).Length, 1, Account.MaxSlugLength);

    [Fact]
    public void A_country_is_two_letters_of_a_country()
    {
        Assert.Equal("DE", Country.Check(" de "));
        Assert.Null(Country.Check(""));
        Assert.Equal("country", Assert.Throws<RuleException>(() => Country.Check("XX")).Param);
    }
}
