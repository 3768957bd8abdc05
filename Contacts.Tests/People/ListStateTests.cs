using Contacts.Core;
using Contacts.Core.Activity;
using Contacts.Core.People;
using Contacts.Core.People.Lists;
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
        Assert.True(twice.Query is { Sort.Field: FilterFields.Name, Reversed: true });
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
    public void A_place_that_is_no_place_reads_from_the_start() => Assert.Null(new ListState(null, null, "%%%", null, null).Query.After);

    [Fact]
    public void A_page_that_was_turned_opens_its_first_or_last_contact()
    {
        var rows = new ListRows("", [Row(1), Row(2), Row(3)], null, null, 3);

        Assert.Equal(PublicId.Format(PublicId.Contact, 1), new ListState(null, null, "cursor", null, ListState.First).Landed(rows)!.Peek);
        Assert.Equal(PublicId.Format(PublicId.Contact, 3), new ListState(null, null, null, "cursor", ListState.Last).Landed(rows)!.Peek);
        Assert.Null(new ListState(null, null, "cursor", null, ListState.First).Landed(rows with { Rows = [] })!.Peek);
        Assert.Null(new ListState(null, null, null, null, "CTC-1").Landed(rows));

        static ContactRow Row(long id) => new(id, "Ada", null, null, null, null, null, null, default, new Source(SourceKind.User, ""), "ada");
    }
}
