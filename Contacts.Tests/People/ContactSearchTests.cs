using Bunit;
using Contacts.Tests.Support;
using Contacts.Web.People;

namespace Contacts.Tests.People;

public sealed class ContactSearchTests : UiTest
{
    private readonly List<string> _searched = [];

    [Fact]
    public async Task A_word_typed_at_once_is_one_search()
    {
        var search = Show(null);

        List<Task> letters = [];
        foreach (var text in new[] { "a", "ad", "ada" }) letters.Add(search.Find("input").InputAsync(new() { Value = text }));
        House.Clock.Advance(ContactSearch.Pause);
        await Task.WhenAll(letters);

        Assert.Equal(["ada"], _searched);
    }

    [Fact]
    public async Task Its_own_search_coming_back_leaves_the_box_alone_and_another_fills_it()
    {
        var search = Show(null);
        var typing = search.Find("input").InputAsync(new() { Value = "ada " });
        House.Clock.Advance(ContactSearch.Pause);
        await typing;

        search.Render(p => p.Add(s => s.Text, "ada"));
        Assert.Equal("ada ", search.Find("input").GetAttribute("value"));

        search.Render(p => p.Add(s => s.Text, null));
        Assert.Equal("", search.Find("input").GetAttribute("value"));
    }

    private IRenderedComponent<ContactSearch> Show(string? text) => Render<ContactSearch>(p => p.Add(s => s.Text, text).Add(s => s.Changed, _searched.Add));
}
