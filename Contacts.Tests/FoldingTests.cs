using Contacts.Core;
using FsCheck.Xunit;

namespace Contacts.Tests;

public class FoldingTests
{
    [Theory]
    [InlineData("  Zoë MÜLLER ", "zoe muller")]
    [InlineData("Straße", "strasse")]
    [InlineData("Æsir Øre Łódź Đorđe", "aesir ore lodz dorde")]
    [InlineData("ﬁne ①", "fine 1")]
    [InlineData("Ünïcode", "unicode")]
    [InlineData("会社", "会社")]
    [InlineData(" ", "")]
    [InlineData(null, "")]
    public void Case_and_accents_do_not_count(string? text, string folded) => Assert.Equal(folded, Folding.Fold(text));

    [Property]
    public bool Folding_twice_changes_nothing(string? text)
    {
        var folded = Folding.Fold(text);
        return Folding.Fold(folded) == folded;
    }
}
