using Contacts.Core;
using Contacts.Core.Activity;
using Contacts.Core.People;
using Contacts.Core.People.Lists;
using Contacts.Tests.People.Merging;
using Contacts.Tests.Support;

namespace Contacts.Tests.People.Lists;

/// <summary>Where a contact stands in a list.</summary>
public sealed class InListTests
{
    public static TheoryData<Database> Databases => TestHouse.Databases;

    [Theory, MemberData(nameof(Databases))]
    public async Task Whoever_stands_before_and_after_is_whom_the_oracle_has_there(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var dice = new Random(4);
        var crowd = new ListCrowd(house, dice);
        await crowd.FillAsync(60);
        var oracle = await crowd.OracleAsync();

        for (var i = 0; i < 60; i++)
        {
            var query = i < 20 ? new ContactQuery { Sort = crowd.Query().Sort, Reversed = i % 2 == 0 } : crowd.Query();
            var expected = oracle.List(query).ConvertAll(c => c.Id);
            if (expected.Count == 0) continue;
            var at = dice.Next(expected.Count);
            var place = await house.Get<ContactFinder>().PlaceAsync(house.Member, query with { After = new Cursor("", 1) }, expected[at]);
            var told = $"{query.Filter.Write()} | {query.Search} | {query.Sort.Field} {query.Reversed} | {at}";
            Assert.True(place?.Position == at + 1 && place.PageAfter is null == at < ContactQuery.PageSize, $"{told}: {place}");
            Assert.True((place.Previous ?? 0, place.Next ?? 0) == (expected.ElementAtOrDefault(at - 1), expected.ElementAtOrDefault(at + 1)), $"{told}: {place}");
        }
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_contact_that_matches_no_more_still_has_its_place_and_nobody_has_one_in_another_account(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var (ada, bob, carl) = (await house.AddAsync("Ada Lovelace"), await house.AddAsync("Bob Lovelace"), await house.AddAsync("Carl Lovelace"));
        var query = new ContactQuery { Search = "lovelace", Sort = ContactSort.Name };
        await house.Book.EditAsync(house.Owner, bob.Id, new ContactEdit().SetName("Bob Hope"), new Source(SourceKind.User, "Iris Ritter"));
        var (_, stranger, _, _) = await house.AddAccountAsync("Other");

        Assert.Equal(new InList(null, ada.Id, carl.Id, null), await house.Get<ContactFinder>().PlaceAsync(house.Member, query, bob.Id));
        Assert.Null(await house.Get<ContactFinder>().PlaceAsync(stranger, query, bob.Id));
        await house.Book.DeleteAsync(house.Owner, bob.Id);
        Assert.Null(await house.Get<ContactFinder>().PlaceAsync(house.Member, query, bob.Id));
    }

    [Fact]
    public async Task The_page_on_which_it_stands_begins_where_the_list_turns_it()
    {
        await using var house = await TestHouse.OpenAsync(Database.Sqlite);
        var ids = new List<long>();
        for (var n = 0; n < ContactQuery.PageSize + 2; n++) ids.Add((await house.AddAsync($"Ada {n:00}")).Id);
        var query = new ContactQuery { Sort = ContactSort.Name };
        var second = (await house.Book.ListAsync(house.Member, query)).Next;

        Assert.Null((await house.Get<ContactFinder>().PlaceAsync(house.Member, query, ids[ContactQuery.PageSize - 1]))!.PageAfter);
        Assert.Equal(new InList(ContactQuery.PageSize + 1, ids[ContactQuery.PageSize - 1], ids[^1], second), await house.Get<ContactFinder>().PlaceAsync(house.Member, query, ids[ContactQuery.PageSize]));
    }
}
