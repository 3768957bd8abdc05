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
        foreach (var text in new[] { "a", "ad", "ada" }) letters.Add(search.InputAsync("input", text));
        House.Clock.Advance(ContactSearch.Pause);
        await Task.WhenAll(letters);

        Assert.Equal(["ada"], _searched);
    }

    [Fact]
    public async Task Its_own_search_coming_back_leaves_the_box_alone_and_another_fills_it()
    {
        var search = Show(null);
        var typing = search.InputAsync("input", "ada ");
        House.Clock.Advance(ContactSearch.Pause);
        await typing;

        search.Render(p => p.Add(s => s.Text, "ada"));
        Assert.Equal("ada ", search.Find("input").GetAttribute("value"));

        search.Render(p => p.Add(s => s.Text, null));
        Assert.Equal("", search.Find("input").GetAttribute("value"));
    }

    [Fact]
    public async Task Its_own_searches_that_come_back_late_leave_the_box_and_what_is_being_typed_alone()
    {
        var search = Show(null);
        await TypeAsync(search, "ad");
        await TypeAsync(search, "ada");
        var typing = search.InputAsync("input", "adal");

        search.Render(p => p.Add(s => s.Text, "ad"));
        Assert.Equal("adal", search.Find("input").GetAttribute("value"));
        search.Render(p => p.Add(s => s.Text, "ada"));
        Assert.Equal("adal", search.Find("input").GetAttribute("value"));
        House.Clock.Advance(ContactSearch.Pause);
        await typing;

        Assert.Equal(["ad", "ada", "adal"], _searched);
        Assert.Equal("adal", search.Find("input").GetAttribute("value"));
    }

    [Fact]
    public async Task A_search_that_comes_back_after_somebody_elses_address_is_no_longer_its_own()
    {
        var search = Show(null);
        await TypeAsync(search, "ada");

        search.Render(p => p.Add(s => s.Text, "grace"));
        Assert.Equal("grace", search.Find("input").GetAttribute("value"));
        search.Render(p => p.Add(s => s.Text, "ada"));

        Assert.Equal("ada", search.Find("input").GetAttribute("value"));
    }

    [Fact]
    public async Task What_is_searched_for_already_is_not_asked_again()
    {
        var search = Show("ada");

        await TypeAsync(search, "ada ");
        Assert.Empty(_searched);
        await TypeAsync(search, "adal");
        await TypeAsync(search, "ada");

        Assert.Equal(["adal", "ada"], _searched);
    }

    private async Task TypeAsync(IRenderedComponent<ContactSearch> search, string text)
    {
        var typing = search.InputAsync("input", text);
        House.Clock.Advance(ContactSearch.Pause);
        await typing;
    }

    private IRenderedComponent<ContactSearch> Show(string? text) => Render<ContactSearch>(p => p.Add(s => s.Text, text).Add(s => s.Changed, _searched.Add));
}
