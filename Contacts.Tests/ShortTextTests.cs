using Contacts.Core;

namespace Contacts.Tests;

public class ShortTextTests
{
    [Theory]
    [InlineData("abc", 3, "abc", "abc")]
    [InlineData("abcd", 3, "abc", "abc…")]
    [InlineData("ab😀d", 3, "ab", "ab…")]
    [InlineData("ab😀d", 4, "ab😀", "ab😀…")]
    [InlineData("", 3, "", "")]
    public void A_text_is_cut_between_letters_and_never_within_one(string text, int length, string cut, string shortened) =>
        Assert.Equal((cut, shortened), (text.CutTo(length), text.ShortenedTo(length)));
}
