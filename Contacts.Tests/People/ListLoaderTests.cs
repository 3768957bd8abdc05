using Contacts.Core.Activity;
using Contacts.Core.People;
using Contacts.Core.People.Lists;
using Contacts.Core.Statuses;
using Contacts.Tests.People.Merging;
using Contacts.Tests.Support;
using Contacts.Web.People;
using Contacts.Web.People.Lists;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Contacts.Tests.People;

public sealed class ListLoaderTests
{
    private static readonly Choices Choices = new([], []);

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task Of_those_that_leave_a_list_one_after_the_other_the_last_page_stays_and_the_others_are_counted(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var (page, left) = (ContactQuery.PageSize, (await house.Get<StatusList>().ListAsync(house.Member))[0].Id);
        await FillAsync(house, 3 * page + 10);
        var reading = await ReadingAsync(house, new ListAddress { Filter = "all~status.empty", Sort = $"-{FilterFields.Created}" });
        using var loader = Loader(house);
        var rows = await ReadAsync(loader, reading);
        var (shown, asked) = (new List<ListRows>(), new List<int>());

        for (var n = 0; n < 3; n++)
        {
            foreach (var row in rows.Rows.Where(r => r.StatusId is null)) await house.Book.MoveToAsync(house.Member, row.Id, left, MergeHouse.ByHand);
            using var queries = new SqlRecord(house.Get<ILoggerFactory>());
            shown.Add(rows = await ReadAsync(loader, reading, rows));
            asked.Add(queries.Sent.Count);
        }

        Assert.Equal([(page, 0), (page, page), (page, 2 * page)], shown.Select(r => (r.Left.Count, r.LeftBefore)));
        Assert.Equal(rows.Left.Order(), shown[1].Rows.Where(r => r.StatusId is null).Select(r => r.Id).Order());
        Assert.Equal(page + 10, rows.Rows.Count);
        Assert.All(rows.Rows.Take(page), row => Assert.Equal(left, row.StatusId));
        Assert.All(asked, count => Assert.InRange(count, 1, 20));

        // Reloaded, it is read without them.
        Assert.Equal((0, 0, 10), await ReadAsync(loader, reading) is var anew ? (anew.Left.Count, anew.LeftBefore, anew.Rows.Count) : default);
    }

    [Fact]
    public async Task The_open_contact_stays_however_many_leave_the_list_after_it()
    {
        await using var house = await TestHouse.OpenAsync(Database.Sqlite);
        var (page, left) = (ContactQuery.PageSize, (await house.Get<StatusList>().ListAsync(house.Member))[0].Id);
        await FillAsync(house, 2 * page + 10);
        var asked = new ListAddress { Filter = "all~status.empty", Sort = $"-{FilterFields.Created}" };
        using var loader = Loader(house);
        var rows = await ReadAsync(loader, await ReadingAsync(house, asked));
        var open = rows.Rows[7];

        for (var n = 0; n < 2; n++)
        {
            foreach (var row in rows.Rows.Where(r => r.StatusId is null)) await house.Book.MoveToAsync(house.Member, row.Id, left, MergeHouse.ByHand);
            rows = await ReadAsync(loader, await ReadingAsync(house, asked with { Peek = open.PublicId }), rows);
        }

        Assert.Contains(open.Id, rows.Left);
        Assert.Equal((page, page), (rows.Left.Count, rows.LeftBefore));
    }

    private static ListLoader Loader(TestHouse house) =>
        new(house.Member, house.Book, house.Get<ContactFinder>(), new ChoiceList(house.Get<StatusList>(), house.Get<Contacts.Core.Accounts.Members>()), house.Clock, NullLogger.Instance);

    private static async Task<ListReading> ReadingAsync(TestHouse house, ListAddress asked) => Listing.Of(asked, await house.Get<ContactFinder>().FieldsAsync(house.Member));

    private static async Task<ListRows> ReadAsync(ListLoader loader, ListReading reading, ListRows? before = null) => (await loader.ReadAsync(() => reading, Choices, before))!.Value.Rows;

    private static async Task FillAsync(TestHouse house, int count)
    {
        for (var n = 0; n < count; n++) await house.Book.AddAsync(house.Member, new ContactEdit().SetName($"Guest {n}").MoveTo(null), new Source(SourceKind.User, "Iris Ritter"));
    }
}
