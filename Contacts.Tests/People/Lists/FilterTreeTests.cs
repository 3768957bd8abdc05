using Contacts.Core.People.Lists;
using Contacts.Web.People.Lists;

namespace Contacts.Tests.People.Lists;

public sealed class FilterTreeTests
{
    private static readonly FilterCondition Berlin = new("city", FilterOperator.Contains, "berlin"), Paris = new("city", FilterOperator.Contains, "paris"), Rome = new("city", FilterOperator.Contains, "rome");
    private static readonly FilterCondition Qualified = new(FilterFields.Status, FilterOperator.Is, "STS-1"), Lost = new(FilterFields.Status, FilterOperator.Is, "STS-2");

    [Fact]
    public void A_condition_is_added_changed_and_taken_out_at_its_place()
    {
        var filter = ContactFilter.None.Put([0], Berlin).Put([1], Paris);

        Assert.Equal(ContactFilter.All(Berlin, Paris), filter);
        Assert.Equal(ContactFilter.All(Rome, Paris), filter.Put([0], Rome));
        Assert.Equal(ContactFilter.All(Paris), filter.Without([0]));
        Assert.Equal(Paris, filter.At([1]));
        Assert.Null(filter.At([2]));
    }

    [Fact]
    public void A_group_is_made_by_its_first_condition_and_goes_with_its_last()
    {
        var filter = ContactFilter.All(Berlin).Put([1, 0], Paris).Put([1, 1], Rome);

        Assert.Equal(ContactFilter.All(Berlin, FilterGroup.Any(Paris, Rome)), filter);
        Assert.Equal(ContactFilter.All(Berlin, FilterGroup.All(Paris, Rome)), filter.Matching([1], all: true));
        Assert.Equal(ContactFilter.Any(Berlin, FilterGroup.Any(Paris, Rome)), filter.Matching([], all: false));
        Assert.Equal(ContactFilter.All(Berlin), filter.Without([1, 1]).Without([1, 0]));
    }

    [Fact]
    public void A_status_is_asked_of_every_contact_whatever_else_is()
    {
        Assert.Equal(ContactFilter.All(Qualified), ContactFilter.None.ForStatus(Qualified));
        Assert.Equal(ContactFilter.All(Lost, Berlin), ContactFilter.All(Qualified, Berlin).ForStatus(Lost));
        Assert.Equal(ContactFilter.All(Berlin), ContactFilter.All(Qualified, Berlin).ForStatus(null));
        Assert.Equal(ContactFilter.All(FilterGroup.Any(Berlin, Lost), Qualified), ContactFilter.Any(Berlin, Lost).ForStatus(Qualified));
        Assert.Equal(Qualified, ContactFilter.All(Berlin, Qualified).StatusOf());
        Assert.Null(ContactFilter.Any(Berlin, Qualified).StatusOf());
    }
}
