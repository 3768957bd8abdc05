using Contacts.Core.Activity;
using Contacts.Core.Data;
using Contacts.Core.Fields;
using Contacts.Core.People;
using Contacts.Core.People.Lists;
using Contacts.Core.Statuses;
using Contacts.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Contacts.Tests.People.Lists;

/// <summary>Filters, orders, searches, pages and counts against a simple oracle in memory, on random contacts.</summary>
public sealed class ListReaderTests
{
    // Small numbers, so that few contacts meet every plan: all picked, all walked in short stretches, and between.
    private static readonly ListLimits[] Plans = [new(Few: 0, Chunk: 3), new(Few: 1000, Chunk: 1000), new(Few: 6, Chunk: 5)];

    public static TheoryData<Database> Databases => TestHouse.Databases;

    [Theory, MemberData(nameof(Databases))]
    public async Task Every_operator_of_every_field_gives_what_the_oracle_gives(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var crowd = new ListCrowd(house, new Random(1));
        await crowd.FillAsync(60);
        var oracle = await crowd.OracleAsync();

        foreach (var (field, comparison) in crowd.Fields.All.SelectMany(f => f.Operators.Select(o => (f, o))))
            for (var i = 0; i < Plans.Length; i++)
            {
                var condition = crowd.Condition(field, comparison);
                var query = new ContactQuery { Filter = ContactFilter.All(condition), TimeZone = ListCrowd.Zone, Take = 100 };
                var read = ContactFilter.Read(query.Filter.Write(), crowd.Fields);
                Assert.True(read.Notices.Count == 0 && read.Filter == query.Filter, $"{query.Filter.Write()}: {string.Join(' ', read.Notices)}");
                await SameAsync(house, oracle, query, Plans[i]);
            }
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Random_filters_orders_and_pages_give_what_the_oracle_gives(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var dice = new Random(2);
        var crowd = new ListCrowd(house, dice);
        await crowd.FillAsync(80);
        var oracle = await crowd.OracleAsync();

        for (var i = 0; i < 250; i++) await SameAsync(house, oracle, crowd.Query(), Plans[dice.Next(Plans.Length)]);
        foreach (var sort in crowd.Fields.All.Where(ContactSort.Takes))
            foreach (var reversed in new[] { false, true })
                await SameAsync(house, oracle, new ContactQuery { Sort = new ContactSort(sort.Name), Reversed = reversed, Take = 7 }, Plans[0]);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_walk_that_runs_out_of_time_says_so_and_goes_on_from_where_it_stopped(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var crowd = new ListCrowd(house, new Random(3));
        await crowd.FillAsync(30);
        var oracle = await crowd.OracleAsync();
        var query = new ContactQuery { Filter = ContactFilter.All(new FilterCondition(SystemFields.City, FilterOperator.HasValue)), Take = 4 };
        var hasty = new ListLimits(Few: 0, Chunk: 3, Time: TimeSpan.Zero);

        var (found, partial) = (new List<long>(), 0);
        for (Cursor? after = null; ;)
        {
            var page = await PageAsync(house, query with { After = after }, hasty);
            found.AddRange(page.Items);
            if (page.IsPartial) partial++;
            if ((after = page.Next) is null) break;
        }

        Assert.Equal(oracle.List(query).Select(c => c.Id), found);
        Assert.True(partial > 0);
        var count = await house.ReadAsync(async db => await (await ListReader.OpenAsync(db, query with { Filter = ContactFilter.All(new FilterCondition("my_text", FilterOperator.Empty)) }, hasty, house.Clock, default)).CountAsync(10_000, default));
        Assert.False(count.IsExact);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task What_few_have_is_looked_for_no_longer_than_there_is_time_and_else_met_on_the_walk(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var crowd = new ListCrowd(house, new Random(8));
        await crowd.FillAsync(40);
        var oracle = await crowd.OracleAsync();
        var query = new ContactQuery { Filter = ContactFilter.All(new FilterCondition(SystemFields.City, FilterOperator.Contains, "a")), Take = 4 };
        Task<Page<long>> FirstAsync(TimeSpan? time) => PageAsync(house, query, new ListLimits(Few: 1000, Chunk: 3, time));
        Task<ContactCount> CountAsync(TimeSpan? time) => house.ReadAsync(async db => await (await ListReader.OpenAsync(db, query, new ListLimits(Few: 1000, Chunk: 3, time), house.Clock, default)).CountAsync(10_000, default));
        var expected = oracle.List(query).ConvertAll(c => c.Id);

        // In the time it takes they are all known; in none, as far as one stretch goes.
        Assert.True(await FirstAsync(null) is { IsPartial: false } page && page.Items.SequenceEqual(expected.Take(4)));
        Assert.True(await FirstAsync(TimeSpan.Zero) is { IsPartial: true } part && expected.Take(part.Items.Count).SequenceEqual(part.Items));
        Assert.Equal(new ContactCount(expected.Count, true), await CountAsync(null));
        Assert.False((await CountAsync(TimeSpan.Zero)).IsExact);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task What_a_field_has_is_passed_once_for_the_counts_of_all_statuses_and_once_for_a_board(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var crowd = new ListCrowd(house, new Random(9));
        await crowd.FillAsync(30);
        var oracle = await crowd.OracleAsync();
        var query = new ContactQuery { Filter = ContactFilter.All(new FilterCondition(SystemFields.City, FilterOperator.Contains, "a")) };
        using var queries = new SqlRecord(house.Get<ILoggerFactory>());
        int Passed() => queries.Sent.Count(sql => sql.Contains("""SELECT t."ContactId"  AS "ContactId" FROM "FieldTexts" t""", StringComparison.Ordinal));

        var counts = await house.Get<ContactFinder>().StatusCountsAsync(house.Member, query);
        Assert.Equal(1, Passed());
        var board = await house.Get<ContactBoard>().ReadAsync(house.Member, query);
        Assert.Equal(2, Passed());

        foreach (var (count, column) in counts.Zip(board))
        {
            var there = oracle.List(query).Count(c => c.StatusId == count.StatusId);
            Assert.Equal((count.StatusId, new ContactCount(there, true), count.Count), (column.StatusId, count.Count, column.Count));
        }
        Assert.True(counts.Sum(c => c.Count.Number) > 0);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_place_in_another_order_is_none_and_the_first_page_says_so(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var crowd = new ListCrowd(house, new Random(4));
        await crowd.FillAsync(20);
        var sorts = crowd.Fields.All.Where(ContactSort.Takes).Select(f => new ContactSort(f.Name)).ToList();
        Task<Page<long>> ReadAsync(ContactSort sort, Cursor? after = null, Cursor? before = null) => PageAsync(house, new ContactQuery { Sort = sort, After = after, Before = before, Take = 4 }, Plans[0]);

        foreach (var (sort, other) in sorts.Zip(sorts.Skip(1).Append(sorts[0])))
        {
            var (first, place) = (await ReadAsync(sort), (await ReadAsync(other)).Next);
            foreach (var lost in new[] { await ReadAsync(sort, after: place), await ReadAsync(sort, before: place), await ReadAsync(sort, after: new Cursor("nowhere", 1)) })
            {
                Assert.True(lost.IsLost, $"{other.Field} in {sort.Field}");
                Assert.Equal((first.Next, first.Previous), (lost.Next, lost.Previous));
                Assert.Equal(first.Items, lost.Items);
            }
            Assert.False(first.IsLost);
            Assert.False((await ReadAsync(sort, after: first.Next)).IsLost);
        }
        foreach (var number in new[] { "NaN", "Infinity", "-Infinity", "1e999" })
        {
            var sort = new ContactSort(SystemFields.Employees);
            var lost = await ReadAsync(sort, after: new Cursor($"{sort.Field}:v:{number}", 5));
            Assert.Equal((number, true), (number, lost.IsLost));
            Assert.Equal((await ReadAsync(sort)).Items, lost.Items);
        }
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Who_stands_at_a_status_or_is_owned_by_somebody_made_after_the_choices_were_read_comes_last(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        // As before the member came, too.
        var before = await house.ReadAsync(async db => FilterFields.Of(await FieldCatalog.LoadAsync(db), await StatusList.LoadAsync(db), await db.Users.Where(u => u.Id != house.Member.UserId).ToListAsync()));
        var status = await house.Get<StatusList>().CreateAsync(house.Owner, new StatusEdit("Champion"));
        var byHand = Source.Of(house.Owner);
        foreach (var (name, at) in new[] { ("Guest A", status.Id), ("Guest B", (await house.Get<StatusList>().ListAsync(house.Owner))[0].Id), ("Guest C", 0L) })
            await house.Book.AddAsync(house.Owner, new ContactEdit().SetName(name).MoveTo(at == 0 ? null : at).AssignTo(at == status.Id ? house.Member.UserId : at == 0 ? null : house.Admin.UserId), byHand);

        foreach (var field in new[] { FilterFields.Status, FilterFields.Owner })
        {
            var names = new List<string>();
            for (Cursor? after = null; ;)
            {
                var query = new ContactQuery { Search = "guest", Sort = new ContactSort(field), After = after, Take = 1 };
                var page = await house.ReadAsync(async db =>
                {
                    await db.Database.OpenConnectionAsync();
                    var rows = new RowReader(db, []);
                    return await ListReader.Open(db, query, before, ListLimits.Whole, house.Clock).PageAsync(rows.Columns, rows.Read, default);
                });
                names.AddRange(page.Items.Select(r => r.DisplayName));
                if ((after = page.Next) is null) break;
            }
            Assert.Equal(["Guest B", "Guest C", "Guest A"], names);
        }
    }

    private static async Task SameAsync(TestHouse house, ListOracle oracle, ContactQuery query, ListLimits limits)
    {
        var expected = oracle.List(query).ConvertAll(c => c.Id);
        var told = $"{query.Filter.Write()} | {query.Search} | {query.Sort.Field} {query.Reversed} | {limits}";
        var found = new List<long>();
        Page<long>? last = null;
        for (Cursor? after = null; ;)
        {
            last = await PageAsync(house, query with { After = after }, limits);
            found.AddRange(last.Items);
            if (found.Count > expected.Count + 50 || (after = Sent(last.Next)) is null) break;
        }
        Assert.True(expected.SequenceEqual(found), $"{told}\nexpected {string.Join(' ', expected)}\nfound    {string.Join(' ', found)}");

        var back = new List<long>(last.Items);
        for (var before = Sent(last.Previous); before is not null;)
        {
            var page = await PageAsync(house, query with { Before = before }, limits);
            back.InsertRange(0, page.Items);
            before = Sent(page.Previous);
        }
        Assert.True(expected.SequenceEqual(back), $"backwards {told}\nexpected {string.Join(' ', expected)}\nfound    {string.Join(' ', back)}");

        var (count, matching) = await house.ReadAsync(async db =>
        {
            var reader = await ListReader.OpenAsync(db, query, limits, house.Clock, default);
            return (await reader.CountAsync(5, default), await reader.MatchingAsync([.. expected.Take(2), .. Enumerable.Range(1, 10).Select(n => (long)n)], default));
        });
        Assert.True(count == new ContactCount(Math.Min(expected.Count, 5), expected.Count <= 5), $"{told}: {count} of {expected.Count}");
        Assert.True(matching.Order().SequenceEqual(expected.Where((id, at) => at < 2 || id <= 10).Order()), told);
    }

    // As it comes back in an address.
    private static Cursor? Sent(Cursor? cursor) => cursor is null ? null : Cursor.Parse(cursor.ToString()) ?? throw new InvalidOperationException($"'{cursor.Value}' does not come back.");

    private static Task<Page<long>> PageAsync(TestHouse house, ContactQuery query, ListLimits limits) =>
        house.ReadAsync(async db => await (await ListReader.OpenAsync(db, query, limits, house.Clock, default)).PageAsync(Sql.Nothing, row => row.GetInt64(1), default));
}
