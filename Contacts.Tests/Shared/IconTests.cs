using Bunit;
using Contacts.Core.Fields;
using Contacts.Web.Shared;

namespace Contacts.Tests.Shared;

public sealed class IconTests : BunitContext
{
    [Fact]
    public void Every_field_type_has_an_icon() =>
        Assert.All(FieldType.All, type => Assert.NotEmpty(Render<IconSprite>().Find($"{Render<Icon>(icon => icon.Add(i => i.Name, type.Icon)).Find("use").GetAttribute("href")} path").GetAttribute("d")!));

    [Theory]
    [InlineData("Zoë Müller", "ZM")]
    [InlineData("ada", "A")]
    [InlineData("Mei-Ling van der Chou", "MC")]
    [InlineData(" ", "?")]
    public void An_avatar_shows_initials(string name, string initials) =>
        Assert.Equal(initials, Render<Avatar>(avatar => avatar.Add(a => a.Name, name).Add(a => a.Id, 7)).Find(".av").GetAttribute("data-initials"));

    [Fact]
    public void An_avatar_keeps_its_colour_when_the_name_changes()
    {
        var before = Render<Avatar>(avatar => avatar.Add(a => a.Name, "Ada Byron").Add(a => a.Id, 12)).Find(".av").GetAttribute("data-tone");
        var after = Render<Avatar>(avatar => avatar.Add(a => a.Name, "Ada Lovelace").Add(a => a.Id, 12)).Find(".av").GetAttribute("data-tone");

        Assert.Equal(before, after);
    }
}
