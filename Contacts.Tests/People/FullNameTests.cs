using Contacts.Core.People;

namespace Contacts.Tests.People;

public sealed class FullNameTests
{
    [Theory]
    [InlineData("Ada Lovelace", "Ada", "Lovelace")]
    [InlineData("Ada King Lovelace", "Ada King", "Lovelace")]
    [InlineData("  Ada ", "Ada", null)]
    [InlineData("", "", null)]
    public void All_before_the_last_space_is_the_first_name(string name, string first, string? last) => Assert.Equal((first, last), FullName.Split(name));

    [Theory]
    [InlineData("Anne van der Berg", "Anne", "van der Berg")]
    [InlineData("Anna  Maria van der Berg", "Anna Maria", "van der Berg")]
    [InlineData("Anna van den Berg", "Anna", "van den Berg")]
    [InlineData("van der Berg", "", "van der Berg")]
    [InlineData("Anna", "Anna", null)]
    [InlineData("Anne Berg", "Anne", "Berg")]
    [InlineData("Eva Vander Berg", "Eva Vander", "Berg")]
    [InlineData("", "", null)]
    public void A_part_of_a_name_that_is_left_as_it_was_stays_that_part(string name, string first, string? last) => Assert.Equal((first, last), FullName.Split(name, "Anna", "van der Berg"));

    [Fact]
    public void Of_a_single_name_the_rest_is_the_last_name() => Assert.Equal(("Anna", "van der Berg"), FullName.Split("Anna van der Berg", "Anna", null));
}
