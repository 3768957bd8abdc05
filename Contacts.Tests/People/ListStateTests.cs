using Contacts.Core.People.Lists;
using Contacts.Core.People.Views;
using Contacts.Tests.Support;
using Contacts.Web.People;

namespace Contacts.Tests.People;

public sealed class ListStateTests
{
    private static readonly ListState Plain = new(null, null, null, null, null);

    [Fact]
    public void The_address_says_all_of_it_and_nothing_more()
    {
        Assert.Equal("/contacts", Plain.Href);
        Assert.Equal("/contacts?q=m%C3%BCller%20%26%20co&sort=name&after=abc&peek=CTC-1", new ListState("müller & co", "name", "abc", null, "CTC-1").Href);
    }

    [Fact]
    public void A_column_chosen_twice_turns_the_order_round()
    {
        var once = Plain.SortBy(ListState.ByName);
        var twice = once.SortBy(ListState.ByName);

        Assert.Equal(("ascending", "descending", "ascending"), (once.SortOf(ListState.ByName), twice.SortOf(ListState.ByName), twice.SortBy(ListState.ByName).SortOf(ListState.ByName)));
        Assert.True(Listing.Of(twice).Query is { Sort.Field: FilterFields.Name, Reversed: true });
    }

    [Fact]
    public void Last_activity_is_the_order_by_itself_newest_first()
    {
        Assert.Equal("descending", Plain.SortOf(ListState.ByActivity));
        Assert.Equal("ascending", Plain.SortBy(ListState.ByActivity).SortOf(ListState.ByActivity));
        Assert.Equal("/contacts", Plain.SortBy(ListState.ByName).SortBy(ListState.ByActivity).Href);
    }

    [Fact]
    public void A_search_and_a_new_order_begin_at_the_first_page_and_keep_the_open_contact()
    {
        var deep = new ListState("ada", null, "abc", null, "CTC-1");

        Assert.Equal("/contacts?q=grace&peek=CTC-1", deep.Find(" grace ").Href);
        Assert.Equal("/contacts?q=ada&sort=name&peek=CTC-1", deep.SortBy(ListState.ByName).Href);
        Assert.Equal("/contacts?peek=CTC-1", deep.Find(" ").Href);
    }

    [Fact]
    public void Opening_a_contact_does_not_change_the_rows() => Assert.Equal(Plain.RowsKey, Plain.Open("CTC-1").RowsKey);

    [Fact]
    public void A_page_that_was_turned_opens_its_first_or_last_contact()
    {
        IReadOnlyList<string> ids = ["CTC-1", "CTC-2", "CTC-3"];

        Assert.Equal("CTC-1", new ListState(null, null, "cursor", null, ListState.First).Landed(ids)!.Peek);
        Assert.Equal("CTC-3", new ListState(null, null, null, "cursor", ListState.Last).Landed(ids)!.Peek);
        Assert.Null(new ListState(null, null, "cursor", null, ListState.First).Landed([])!.Peek);
        Assert.Null(new ListState(null, null, null, null, "CTC-1").Landed(ids));
    }

    [Fact]
    public void Addresses_from_before_columns_had_names_still_sort() => Assert.Equal("/contacts?sort=-last_activity", (Plain with { Sort = "-activity" }).Href);

    [Fact]
    public void A_saved_view_is_named_and_said_again_only_where_it_was_changed()
    {
        var state = Read(new ListAddress { Saved = Quiet.PublicId });

        Assert.Equal(("all~last_activity.ago.90", "-name", true, false), (state.Filter, state.Sort, state.IsCompact, state.IsChanged));
        Assert.Equal($"/contacts?saved={Quiet.PublicId}", state.Href);
        Assert.Equal($"/contacts?saved={Quiet.PublicId}&filter=&density=comfortable", (state with { Filter = null, Density = null }).Href);
        Assert.Equal($"/contacts?saved={Quiet.PublicId}&sort=last_activity&view=board", (state.SortBy(ListState.ByActivity, false) with { View = ListState.Board }).Href);
    }

    [Fact]
    public void The_address_of_a_view_that_others_do_not_see_shows_them_the_same()
    {
        var own = Quiet with { IsShared = false };
        var state = ListState.Of(own, false);

        Assert.Equal($"/contacts?saved={own.PublicId}&filter=all~last_activity.ago.90&sort=-name&density=compact", state.Href);
        Assert.Equal($"/contacts?saved={own.PublicId}&filter=&sort=-name&density=compact", (state with { Filter = null }).Href);
        var address = ListAddress.Parse(state.Href.Split('?')[1]);
        var (mine, theirs) = (ListState.Read(address, [own]), ListState.Read(address, []));
        Assert.Equal((false, own.Settings, own.Settings), (mine.IsChanged, mine.Settings, theirs.Settings));
        Assert.Null(theirs.Saved);
    }

    [Fact]
    public void What_was_changed_of_a_view_reads_back_even_where_it_was_taken_out()
    {
        var state = Read(new ListAddress { Saved = Quiet.PublicId, Filter = "", Sort = "last_activity", View = "list", Density = "comfortable" });

        Assert.Equal((null, null, false, false, true), (state.Filter, state.Sort, state.IsBoard, state.IsCompact, state.IsChanged));
        Assert.Equal(ListState.Of(Quiet, false), state with { Filter = Quiet.Settings.Filter, Sort = "-name", Density = ListState.Compact });
    }

    [Fact]
    public void A_bare_address_opens_the_default_view_and_one_that_says_anything_does_not()
    {
        var usual = Quiet with { IsDefault = true };

        Assert.Equal(usual, ListState.Read(new ListAddress { Peek = "CTC-1" }, [usual]).Saved);
        Assert.Null(ListState.Read(new ListAddress { Search = "ada" }, [usual]).Saved);
        Assert.Null(ListState.Read(new ListAddress { View = "board" }, [usual]).Saved);
        Assert.Equal("/contacts?saved=all", ListState.Of(null, hasDefault: true).Href);
        Assert.Equal("/contacts?q=ada", ListState.Read(new ListAddress { Search = "ada", Saved = "all" }, [usual]).Href);
    }

    [Fact]
    public void Rows_are_the_same_however_wide_and_dense_they_are_shown()
    {
        var wide = Plain with { Columns = "name,email:300", Density = ListState.Compact };

        Assert.Equal((Plain with { Columns = "name,email" }).RowsKey, wide.RowsKey);
        Assert.Equal((Plain with { Filter = Quiet.Settings.Filter, Sort = "-name" }).RowsKey, ListState.Of(Quiet, true).RowsKey);
        Assert.NotEqual((Plain with { Columns = "name,city" }).RowsKey, wide.RowsKey);
    }

    private static readonly KnownView Quiet = new(7, "Quiet", "Iris Ritter", true, true, true, false, new ViewSettings { Filter = "all~last_activity.ago.90", Sort = "-name", IsCompact = true });

    private static ListState Read(ListAddress asked) => ListState.Read(asked, [Quiet]);
}
