using Contacts.Core.Activity;
using Contacts.Core.Data;
using Contacts.Core.Data.MadeUp;
using Contacts.Core.Fields;
using Contacts.Core.People;
using Contacts.Core.People.Lists;
using Contacts.Core.Statuses;
using Contacts.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Contacts.Tests.People;

public sealed class ContactBoardTests
{
    private static readonly Source ByHand = new(SourceKind.User, "Iris Ritter");

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task Contacts_stand_in_their_columns_last_active_first(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var all = await house.Get<StatusList>().ListAsync(house.Member);
        foreach (var (name, status) in new[] { ("Ada", all[0].Id), ("Bob", 0L), ("Cleo", all[0].Id), ("Dan", all[2].Id) })
        {
            await house.Book.AddAsync(house.Owner, new ContactEdit().SetName(name).Set("company", "Engines").MoveTo(status == 0 ? null : status), ByHand);
            house.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        var board = await house.Get<ContactBoard>().ReadAsync(house.Member, new());

        Assert.Equal(["No status: Bob", "Qualified: Cleo, Ada", "Marketing qualified: ", "Sales qualified: Dan", "Disqualified: "],
            board.Select(c => $"{c.Name}: {string.Join(", ", c.Cards.Select(card => card.DisplayName))}"));
        Assert.Equal([1, 2, 0, 1, 0], board.Select(c => c.Count.Number));
        Assert.Equal("Engines", board[0].Cards[0].Company);
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task Fields_statuses_and_users_are_read_once_for_all_columns_and_counts(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await house.Fields.CreateAsync(house.Admin, new FieldEdit("Team size", null, "number", "team_size", []));
        var status = (await house.Get<StatusList>().ListAsync(house.Member))[0].Id;
        for (var n = 0; n <= ContactBoard.ColumnSize; n++)
            await house.Book.AddAsync(house.Owner, new ContactEdit().SetName($"Guest {n}").Set("team_size", "5").MoveTo(status).AssignTo(house.Owner.UserId), ByHand);
        var query = new ContactQuery
        {
            Filter = ContactFilter.All(new FilterCondition("team_size", FilterOperator.Is, "5"), new FilterCondition(FilterFields.Owner, FilterOperator.Is, FilterFields.OwnerKey(house.Owner.UserId!.Value)), new FilterCondition(FilterFields.Status, FilterOperator.HasValue)),
        };
        using var queries = new SqlRecord(house.Get<ILoggerFactory>());

        var board = await house.Get<ContactBoard>().ReadAsync(house.Member, query);
        var counts = await house.Get<ContactFinder>().StatusCountsAsync(house.Member, query);

        Assert.Equal(new ContactCount(ContactBoard.ColumnSize + 1, true), board[1].Count);
        Assert.Equal(new StatusCount(status, new ContactCount(ContactBoard.ColumnSize + 1, true)), counts[1]);
        foreach (var table in new[] { "Fields", "Statuses", "Users" })
            Assert.Equal((table, 2), (table, queries.Sent.Count(sql => sql.Contains($"FROM \"{table}\"", StringComparison.Ordinal) || sql.Contains($"FROM \"AspNet{table}\"", StringComparison.Ordinal))));
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task A_column_goes_on_by_key_and_what_was_shown_is_shown_again(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        for (var n = 0; n < 60; n++) await house.Book.AddAsync(house.Owner, new ContactEdit().SetName($"Guest {n}"), ByHand); // all of one moment
        await house.Book.AddAsync(house.Owner, new ContactEdit().SetName("Somebody else"), ByHand);

        var column = (await house.Get<ContactBoard>().ReadAsync(house.Member, new() { Search = "guest" }))[0];
        var seen = column.Cards.ToList();
        for (var next = column.Next; next is not null;)
        {
            var page = await house.Get<ContactBoard>().MoreAsync(house.Member, new() { Search = "guest" }, null, next);
            seen.AddRange(page.Items);
            next = page.Next;
        }

        Assert.Equal((new ContactCount(60, true), 25, 60), (column.Count, column.Cards.Count, seen.Select(c => c.Id).Distinct().Count()));
        var shown = column with { Cards = [.. seen.Take(50)] };
        Assert.Equal(50, (await house.Get<ContactBoard>().ReadAsync(house.Member, new() { Search = "guest" }, [shown]))[0].Cards.Count);
    }

    [Fact]
    public async Task Another_accounts_contacts_are_on_no_board()
    {
        await using var house = await TestHouse.OpenAsync(Database.Sqlite);
        await house.Book.AddAsync(house.Owner, new ContactEdit().SetName("Ada Lovelace"), ByHand);
        var (_, stranger, _, _) = await house.AddAccountAsync("Lumen");

        Assert.All(await house.Get<ContactBoard>().ReadAsync(stranger, new()), c => Assert.Equal(new ContactCount(0, true), c.Count));
    }

    [Fact]
    public async Task Columns_and_counts_are_read_from_the_index_of_who_is_listed_without_sorting()
    {
        await using var house = await TestHouse.OpenAsync(Database.Sqlite);
        await house.Get<SampleData>().FillAsync(house.Owner, new MadeUpPlan(Contacts: 300, ActivitiesPerContact: 3, PageViewsPerContact: 0));
        using var queries = new SqlRecord(house.Get<ILoggerFactory>());
        await house.Get<ContactBoard>().ReadAsync(house.Member, new());
        var statements = queries.Sent.Select(sent => sent[sent.IndexOf("SELECT", StringComparison.Ordinal)..]).Where(sql => sql.Contains("\"Contacts\"", StringComparison.Ordinal)).Distinct().ToList();

        var plans = await house.ReadAsync(async db =>
        {
            var read = new List<string>();
            foreach (var sql in statements) read.Add(string.Join("\n", await QueryPlan.OfAsync(db, sql)));
            return read;
        });

        Assert.True(plans.Count >= 3, "a column with a status, one without, and a count"); // shared by the columns
        Assert.All(plans, plan =>
        {
            Assert.Contains("IX_Contacts_AccountId_StatusId_LastActivityAt_Id", plan, StringComparison.Ordinal);
            Assert.DoesNotContain("TEMP B-TREE", plan, StringComparison.Ordinal);
            Assert.DoesNotMatch(@"SCAN c\b", plan);
        });
    }
}
