using Contacts.Core;
using FsCheck;
using FsCheck.Xunit;

namespace Contacts.Tests;

public class PublicIdTests
{
    [Property]
    public bool An_id_leads_back_to_its_row(NonNegativeInt low, NonNegativeInt high)
    {
        var number = ((long)(high.Get & 0x7FFFF) << 31) | (uint)low.Get;
        return PublicId.Parse(PublicId.Contact, PublicId.Format(PublicId.Contact, number)) == number;
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData((1L << 50) - 1)]
    public void The_ends_of_the_range_are_rows_too(long number) =>
        Assert.Equal(number, PublicId.Parse(PublicId.Booking, PublicId.Format(PublicId.Booking, number)));

    [Theory]
    [InlineData(-1)]
    [InlineData(1L << 50)]
    public void Beyond_the_range_there_is_no_id(long number) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => PublicId.Format(PublicId.Contact, number));

    [Fact]
    public void Neighbours_do_not_look_alike_and_never_meet()
    {
        var ids = Enumerable.Range(1, 20_000).Select(n => PublicId.Format(PublicId.Contact, n)).ToList();

        Assert.Equal(ids.Count, ids.Distinct().Count());
        Assert.All(ids, id => Assert.Matches("^CTC-[0-9A-HJKMNP-TV-Z]{10}$", id));
    }

    [Fact]
    public void An_id_of_another_kind_is_none_of_this_kind()
    {
        var user = PublicId.Format(PublicId.User, 7);
        Assert.Null(PublicId.Parse(PublicId.Contact, user));
        Assert.NotEqual(7, PublicId.Parse(PublicId.Contact, "CTC" + user[3..]));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("CTC-")]
    [InlineData("7")]
    [InlineData("CTC-000000000")]
    [InlineData("CTC-00000000000")]
    [InlineData("CTC-000000000U")]
    [InlineData("CTC_0000000000")]
    [InlineData("ctc-0000000000")]
    [InlineData("CTC-00000000é0")]
    public void What_is_no_id_leads_nowhere(string? text) => Assert.Null(PublicId.Parse(PublicId.Contact, text));
}
