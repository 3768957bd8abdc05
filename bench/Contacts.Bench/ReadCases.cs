using Contacts.Core.Accounts;
using Contacts.Core.People;
using Contacts.Core.People.Lists;

namespace Contacts.Bench;

/// <summary>What people look at: pages of the list in every order and depth, a contact's page, filters, searches and counts.</summary>
internal sealed class ReadCases(BenchHouse house, RawDb raw, BenchTable table)
{
    private const string Columns = """
        SELECT c."Id", c."FirstName", c."LastName", c."Email", c."MobilePhone", c."Phone", c."Salutation", c."StatusId", c."OwnerId", c."LastActivityAt",
               c."SourceKind", c."SourceName", c."SortName", c."CreatedAt", c."UpdatedAt" FROM "Contacts" c
        """, Listed = """ "DeletedAt" IS NULL AND "MergedIntoId" IS NULL """;

    private readonly ContactBook _book = house.Get<ContactBook>();
    private readonly Caller _caller = house.Caller;
    private readonly long _account = house.Caller.AccountId;

    public static async Task RunAsync(BenchHouse house, BenchTable table, CancellationToken cancel)
    {
        await using var raw = await RawDb.OpenAsync(house.Options, cancel);
        var cases = new ReadCases(house, raw, table);
        await cases.PagesAsync();
        await cases.ContactAsync();
        await cases.FiltersAsync();
        await cases.SearchesAsync();
    }

    private async Task PagesAsync()
    {
        var depth = Math.Min(500_000, house.Contacts * 5 / 8);
        await PageAsync("by last activity", ContactSort.LastActivity, depth, """c."LastActivityAt" DESC, c."Id" DESC""", """(c."LastActivityAt", c."Id") < (@p1, @p2)""", "LastActivityAt");
        await PageAsync("by name", ContactSort.Name, depth, """c."SortName", c."Id" """, """(c."SortName", c."Id") > (@p1, @p2)""", "SortName");
        var seats = await FieldIdAsync("seats");
        var from = $"""{Columns} JOIN "FieldNumbers" n ON n."ContactId" = c."Id" WHERE n."AccountId" = @p0 AND n."FieldId" = {seats} """;
        var place = (await raw.ReadAsync($"""SELECT "Value", "ContactId" FROM "FieldNumbers" WHERE "AccountId" = @p0 AND "FieldId" = {seats} ORDER BY "Value", "ContactId" LIMIT 1 OFFSET {house.Contacts / 2}""", _account))[0];
        await ListAsync("first page by a number field", new ContactQuery { Sort = new ContactSort("seats") },
            _ => raw.ReadAsync($"""{from} ORDER BY n."Value", n."ContactId" LIMIT 51""", _account));
        await ListAsync($"page at {house.Contacts / 2} by a number field", new ContactQuery { Sort = new ContactSort("seats"), After = await _book.CursorAtAsync(_caller, (long)place[1], new ContactSort("seats")) },
            _ => raw.ReadAsync($"""{from} AND (n."Value", n."ContactId") > (@p1, @p2) ORDER BY n."Value", n."ContactId" LIMIT 51""", _account, place[0], place[1]));
    }

    private async Task PageAsync(string order, ContactSort sort, int depth, string orderBy, string after, string column)
    {
        var where = $"""{Columns} WHERE c."AccountId" = @p0 AND c.{Listed.Trim().Replace("AND ", "AND c.", StringComparison.Ordinal)} """;
        var place = (await raw.ReadAsync($"""SELECT c."{column}", c."Id" FROM "Contacts" c WHERE c."AccountId" = @p0 AND {Listed} ORDER BY {orderBy} LIMIT 1 OFFSET {depth}""", _account))[0];
        await ListAsync($"first page {order}", new ContactQuery { Sort = sort }, _ => raw.ReadAsync($"{where} ORDER BY {orderBy} LIMIT 51", _account));
        var cursor = await _book.CursorAtAsync(_caller, (long)place[1], sort);
        await ListAsync($"page at {depth} {order}", new ContactQuery { Sort = sort, After = cursor },
            _ => raw.ReadAsync($"{where} AND {after} ORDER BY {orderBy} LIMIT 51", _account, place[0], place[1]));
    }

    private async Task ContactAsync()
    {
        var ids = (await raw.ReadAsync("""SELECT "Id" FROM "Contacts" WHERE "AccountId" = @p0 AND "Id" % 97 = 0 LIMIT 500""", _account)).ConvertAll(row => (long)row[0]);
        var sheets = house.Get<ContactSheets>();
        await table.TimeAsync("a contact, 20 entries, 20 page views", i => sheets.ReadAsync(_caller, ids[i % ids.Count]), async i =>
        {
            var id = ids[i % ids.Count];
            await raw.ReadAsync("""SELECT * FROM "Contacts" WHERE "AccountId" = @p0 AND "Id" = @p1""", _account, id);
            await raw.ReadAsync("""SELECT * FROM "Entries" WHERE "AccountId" = @p0 AND "ContactId" = @p1 ORDER BY "At" DESC, "Id" DESC LIMIT 21""", _account, id);
            foreach (var visitor in await raw.ReadAsync("""SELECT "Id" FROM "Visitors" WHERE "AccountId" = @p0 AND "ContactId" = @p1""", _account, id))
                await raw.ReadAsync("""SELECT * FROM "PageViews" WHERE "AccountId" = @p0 AND "VisitorId" = @p1 ORDER BY "At" DESC, "Id" DESC LIMIT 21""", _account, visitor[0]);
        }, ids.Count);
    }

    private async Task FiltersAsync()
    {
        var (plan, region, seats, status) = (await FieldIdAsync("plan"), await FieldIdAsync("region"), await FieldIdAsync("seats"), house.Statuses[0].Id);
        var statusKey = FilterFields.StatusKey(status);
        var newest = """ORDER BY c."LastActivityAt" DESC, c."Id" DESC LIMIT 51""";
        string Has(long field, string value) => $"""EXISTS (SELECT 1 FROM "FieldTexts" t WHERE t."AccountId" = @p0 AND t."FieldId" = {field} AND t."Value" = '{value}' AND t."ContactId" = c."Id")""";
        string Holding(long field, string value) => $"""SELECT t."ContactId" FROM "FieldTexts" t WHERE t."AccountId" = @p0 AND t."FieldId" = {field} AND t."Value" = '{value}'""";
        FilterCondition Is(string field, string value) => new(field, FilterOperator.Is, value);

        await FilterAsync("status and a common option", ContactFilter.All(Is(FilterFields.Status, statusKey), Is("plan", "free")),
            $"""{Columns} WHERE c."AccountId" = @p0 AND c."StatusId" = {status} AND {Listed} AND {Has(plan, "free")} {newest}""");
        await FilterAsync("a rare option", ContactFilter.All(Is("plan", "legacy")), $"""{Columns} WHERE c."Id" IN ({Holding(plan, "legacy")}) {newest}""");
        await FilterAsync("two rare options", ContactFilter.All(Is("plan", "legacy"), Is("region", "overseas")),
            $"""{Columns} WHERE c."Id" IN ({Holding(plan, "legacy")} INTERSECT {Holding(region, "overseas")}) {newest}""");
        await FilterAsync("status and a rare option", ContactFilter.All(Is(FilterFields.Status, statusKey), Is("plan", "legacy")),
            $"""{Columns} WHERE c."Id" IN ({Holding(plan, "legacy")}) AND c."StatusId" = {status} {newest}""");
        await FilterAsync("two common options", ContactFilter.All(Is("plan", "free"), Is("region", "north")),
            $"""{Columns} WHERE c."AccountId" = @p0 AND {Listed} AND {Has(plan, "free")} AND {Has(region, "north")} {newest}""");
        await FilterAsync("a common option or a rare one", ContactFilter.Any(Is("plan", "legacy"), Is("region", "overseas")),
            $"""{Columns} WHERE c."Id" IN ({Holding(plan, "legacy")} UNION {Holding(region, "overseas")}) {newest}""");
        await FilterAsync("a range that few are in", ContactFilter.All(new FilterCondition("seats", FilterOperator.Between, "100", "109")),
            $"""{Columns} WHERE c."Id" IN (SELECT "ContactId" FROM "FieldNumbers" WHERE "AccountId" = @p0 AND "FieldId" = {seats} AND "Value" BETWEEN 100 AND 109) {newest}""");
        await FilterAsync("a range that many are in", ContactFilter.All(new FilterCondition("seats", FilterOperator.AtLeast, "500")),
            $"""{Columns} WHERE c."AccountId" = @p0 AND {Listed} AND {(house.Options.IsSqlite ? "CAST(c.\"Values\" ->> '$.seats.v' AS REAL)" : "CAST(c.\"Values\"::json -> 'seats' ->> 'v' AS double precision)")} >= 500 {newest}""");
        await FilterAsync("booked in the last 30 days", ContactFilter.All(new FilterCondition(FilterFields.Booked, FilterOperator.LastDays, "30")), null);
        await FilterAsync("not answered for 90 days", ContactFilter.All(new FilterCondition(FilterFields.Answered, FilterOperator.NotLastDays, "90")), null);
        await FilterAsync("viewed a page", ContactFilter.All(new FilterCondition(FilterFields.PageViewed, FilterOperator.Contains, "pricing")), null);
        var finder = house.Get<ContactFinder>();
        await table.TimeAsync("contacts at each status", _ => finder.StatusCountsAsync(_caller, new ContactQuery()), null);
    }

    private async Task FilterAsync(string name, ContactFilter filter, string? sql)
    {
        var query = new ContactQuery { Filter = filter };
        await ListAsync($"filter: {name}", query, sql is null ? null : _ => raw.ReadAsync(sql, _account));
        await table.TimeAsync($"count: {name}", _ => _book.CountAsync(_caller, query), null);
    }

    private async Task SearchesAsync()
    {
        foreach (var (text, found) in new[] { ("a", "many"), ("z", "few"), ("an", "many"), ("xu", "none"), ("ann", "many"), ("zyg", "few"), ("qqq", "none"), ("schmid", "many"), ("zygmun", "few"), ("qqqqqq", "none"), ("anna schmidt", "few") })
        {
            var query = new ContactQuery { Search = text };
            await ListAsync($"search: {text} ({found})", query, null);
            await table.TimeAsync($"count: search {text}", _ => _book.CountAsync(_caller, query), null);
        }
    }

    private Task ListAsync(string name, ContactQuery query, Func<int, Task>? plain) => table.TimeAsync(name, _ => _book.ListAsync(_caller, query), plain);

    private async Task<long> FieldIdAsync(string name) => (long)(await raw.ReadAsync("""SELECT "Id" FROM "Fields" WHERE "AccountId" = @p0 AND "Name" = @p1""", _account, name))[0][0];
}
