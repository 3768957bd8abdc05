using Contacts.Core.People;
using Contacts.Core.People.Lists;
using Contacts.Tests.Support;
using Contacts.Web.People;
using Contacts.Web.People.Lists;

namespace Contacts.Tests.People.Lists;

public sealed class ListReadingTests
{
    [Fact]
    public void What_an_address_no_longer_means_is_left_out_and_told()
    {
        var reading = Listing.Of(new ListAddress
        {
            Filter = "all~seats.gt.5~status.is.STS-0000000000~city.has.ber", Sort = "-seats", Columns = "name,seats,city", After = "%%%", Saved = "VIEW-0000000000", Search = new string('a', 300),
        });

        Assert.Equal(8, reading.Notices.Count);
        Assert.Contains("The condition on Status has no value that can be used, so nobody matches it.", reading.Notices);
        Assert.Equal("This view was deleted or is not shared with you. What its link says is shown.", reading.Notices[0]);
        Assert.Equal(["This view was deleted or is not shared with you, so all contacts are shown."], Listing.Of(new ListAddress { Saved = "VIEW-0000000000", Peek = "CTC-1" }).Notices);
        Assert.Contains("There is no field 'seats', so its condition is left out.", reading.Notices);
        Assert.Contains("There is no column 'seats', so it is left out.", reading.Notices);
        Assert.Contains("Contacts cannot be sorted by 'seats', so they are sorted by last activity.", reading.Notices);
        Assert.Contains("The page of the list that this address names is not known, so the list is shown from its start.", reading.Notices);
        Assert.Equal("all~status.is~city.has.ber", reading.State.Filter);
        Assert.Equal(["name", "city"], reading.Columns.Select(c => c.Name));
        Assert.True(reading.Query is { Sort.Field: FilterFields.LastActivity, Reversed: false, After: null, Search.Length: ContactQuery.MaxSearchLength });
    }

    [Theory]
    [InlineData("one two three four five six seven eight", 0)]
    [InlineData("one two three four five six seven eight eight", 0)]
    [InlineData("one two three four five six seven eight nine", 1)]
    [InlineData("+49 30 90 18 20 12 34 56 78 90", 0)]
    public void Words_that_are_not_looked_for_are_told(string search, int notices)
    {
        var reading = Listing.Of(new ListAddress { Search = search });

        Assert.Equal(notices, reading.Notices.Count);
        Assert.All(reading.Notices, notice => Assert.Equal("A search looks for at most 8 words; those after are left out.", notice));
    }

    [Fact]
    public void A_view_that_is_not_seen_is_told_and_what_its_link_says_is_shown()
    {
        var reading = Listing.Of(new ListAddress { Saved = "VIEW-0000000000", Filter = "all~city.has.ber", Sort = "name" });

        Assert.Equal(["This view was deleted or is not shared with you. What its link says is shown."], reading.Notices);
        Assert.Equal(("all~city.has.ber", "name"), (reading.State.Filter, reading.State.Sort));
    }

    [Fact]
    public void A_thousand_conditions_are_cut_with_one_notice()
    {
        var reading = Listing.Of(new ListAddress { Filter = "all~" + string.Join('~', Enumerable.Range(0, 1000).Select(n => $"city.is.{n}")) });

        Assert.Single(reading.Notices);
        Assert.Equal(ContactFilter.MaxConditions, reading.Filter.Count);
    }

    [Fact]
    public void A_plain_address_asks_for_the_usual_columns_and_has_nothing_to_tell()
    {
        var reading = Listing.Of(new ListAddress());

        Assert.Empty(reading.Notices);
        Assert.Equal(["name", "email", "status", "owner", "last_activity", "source"], reading.Columns.Select(c => c.Name));
        Assert.Equal("/contacts", reading.State.Href);
        Assert.Null(ListColumns.Write(reading.Columns));
    }

    [Theory]
    [InlineData("city,name:300", "name:300,city")]
    [InlineData("city:5,city:400", "name,city:72")]
    [InlineData("city:9999,email:x", "name,city:800,email")]
    [InlineData(" , ", "name")]
    public void Columns_are_each_once_wide_enough_to_read_and_begin_with_the_name(string asked, string shown) =>
        Assert.Equal(shown, string.Join(',', ListColumns.Read(asked, Listing.Fields).Columns));
}
