using Contacts.Core.People;
using Contacts.Web.People.Bulk;

namespace Contacts.Tests.People.Bulk;

public sealed class ListSelectionTests
{
    private static readonly long[] Page = [11, 12, 13, 14, 15];

    private readonly ListSelection _selection = new();

    [Fact]
    public void One_is_chosen_and_let_go_again()
    {
        _selection.Toggle(12, toHere: false, Page);
        Assert.Equal([12], Chosen);

        _selection.Toggle(12, toHere: false, Page);
        Assert.True(_selection.IsEmpty);
    }

    [Theory]
    [InlineData(12, 14, new long[] { 12, 13, 14 })]
    [InlineData(14, 12, new long[] { 12, 13, 14 })]
    [InlineData(13, 13, new long[] { })]
    public void A_range_goes_from_the_last_one_to_this_one_in_either_direction(long from, long to, long[] chosen)
    {
        _selection.Toggle(from, toHere: false, Page);
        _selection.Toggle(to, toHere: true, Page);

        Assert.Equal(chosen, Chosen);
    }

    [Fact]
    public void A_range_without_a_beginning_on_the_page_is_the_one_alone()
    {
        _selection.Toggle(99, toHere: false, [98, 99]);
        _selection.Toggle(13, toHere: true, Page);

        Assert.Equal([13], Chosen);
        Assert.True(_selection.Has(99));
        Assert.Equal(2, _selection.CountOf(1000));
    }

    [Fact]
    public void A_page_is_chosen_whole_and_let_go_only_when_all_of_it_was_chosen()
    {
        _selection.Toggle(12, toHere: false, Page);
        _selection.TogglePage(Page);
        Assert.Equal(Page, Chosen);

        _selection.TogglePage(Page);
        Assert.True(_selection.IsEmpty);
    }

    [Fact]
    public void All_that_match_are_chosen_without_those_that_are_taken_out()
    {
        var query = new ContactQuery { Search = "ada", After = new Cursor("", 7) };
        _selection.ChooseAll();
        _selection.Toggle(12, toHere: false, Page);

        Assert.Equal([11, 13, 14, 15], Chosen);
        Assert.Equal((1239, 1), (_selection.CountOf(1240), _selection.Except));
        var asked = _selection.Of(query);
        Assert.Equal(("ada", null), (asked.Query!.Search, asked.Query.After));
        Assert.Equal([12], asked.Except);
    }

    [Fact]
    public void Cleared_it_forgets_where_a_range_began()
    {
        _selection.ChooseAll();
        _selection.Toggle(12, toHere: false, Page);
        _selection.Clear();

        Assert.True(_selection.IsEmpty);
        _selection.Toggle(14, toHere: true, Page);
        Assert.Equal([14], Chosen);
    }

    private IEnumerable<long> Chosen => Page.Where(_selection.Has);
}
