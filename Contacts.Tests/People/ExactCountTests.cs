using Contacts.Core;
using Contacts.Core.Activity;
using Contacts.Core.Data;
using Contacts.Core.People;
using Contacts.Core.People.Lists;
using Contacts.Tests.Support;
using Contacts.Web.People;

namespace Contacts.Tests.People;

public sealed class ExactCountTests
{
    private static readonly ListState All = new(null, null, null, null, null);

    [Fact]
    public async Task It_holds_on_every_page_and_in_every_order_of_one_list_until_something_changes()
    {
        await using var house = await TestHouse.OpenAsync(Database.Sqlite);
        foreach (var name in new[] { "Ada", "Bob" }) await AddAsync(house, name);
        using var exact = new ExactCount(house.Owner, house.Get<ContactFinder>());

        await exact.CountAsync(Listing.Of(All));

        Assert.Equal(new ContactCount(2, true), exact.Of(All));
        Assert.Equal(2, exact.Of(All with { After = "abc", Sort = "name", View = ListState.Board })?.Number);
        Assert.Null(exact.Of(All with { Search = "ada" }));
        exact.Forget();
        Assert.Null(exact.Of(All));
    }

    [Fact]
    public async Task The_page_goes_on_meanwhile_and_where_it_shows_another_list_nobody_waits_for_the_number()
    {
        await using var house = await TestHouse.OpenAsync(Database.Sqlite);
        using var answers = new ManualResetEventSlim();
        var slow = new AccountDbs(() =>
        {
            answers.Wait();
            return house.Dbs.OpenBeforeAccount();
        });
        using var exact = new ExactCount(house.Owner, new ContactFinder(slow, house.Clock));

        var (left, kept) = (exact.CountAsync(Listing.Of(All)), exact.CountAsync(Listing.Of(All)));
        exact.Show(All with { Sort = "name" });
        var other = exact.CountAsync(Listing.Of(All with { Search = "ada" }));
        answers.Set();
        await Task.WhenAll(left, kept, other);

        Assert.Null(exact.Of(All));
        Assert.Equal(0, exact.Of(All with { Search = "ada" })?.Number);
    }

    [Fact]
    public async Task What_changes_while_it_is_counted_is_counted_once_more()
    {
        await using var house = await TestHouse.OpenAsync(Database.Sqlite);
        await AddAsync(house, "Ada");
        using var answers = new ManualResetEventSlim();
        var counts = 0;
        var slow = new AccountDbs(() =>
        {
            counts++;
            answers.Wait();
            return house.Dbs.OpenBeforeAccount();
        });
        using var exact = new ExactCount(house.Owner, new ContactFinder(slow, house.Clock));

        var counting = exact.CountAsync(Listing.Of(All));
        await AddAsync(house, "Bob");
        exact.Forget();
        answers.Set();
        await counting;

        Assert.Equal(new ContactCount(2, true), exact.Of(All));
        Assert.Equal(2, counts);
    }

    [Fact]
    public async Task Where_something_changes_all_the_time_no_number_is_told_as_exact()
    {
        await using var house = await TestHouse.OpenAsync(Database.Sqlite);
        ExactCount? counting = null;
        var counts = 0;
        var busy = new AccountDbs(() =>
        {
            counts++;
            counting!.Forget();
            return house.Dbs.OpenBeforeAccount();
        });
        using var exact = counting = new ExactCount(house.Owner, new ContactFinder(busy, house.Clock));

        await exact.CountAsync(Listing.Of(All));

        Assert.Null(exact.Of(All));
        Assert.Equal(2, counts);
    }

    private static Task<Contact> AddAsync(TestHouse house, string name) => house.Book.AddAsync(house.Owner, new ContactEdit().SetName(name), new Source(SourceKind.User, "Iris Ritter"));
}
