using Contacts.Core;
using Contacts.Core.Accounts;
using Contacts.Core.Activity;
using Contacts.Core.People;
using Contacts.Core.People.Lists;
using static Contacts.Bench.RawContacts;

namespace Contacts.Bench;

/// <summary>Filters of the list, common ones and rare ones, and how many they match.</summary>
internal sealed class FilterCases(BenchHouse house, RawDb raw, BenchTable table)
{
    private readonly ContactBook _book = house.Get<ContactBook>();
    private readonly ContactFinder _finder = house.Get<ContactFinder>();
    private readonly Caller _caller = house.Caller;
    private readonly long _account = house.Caller.AccountId;

    public async Task RunAsync()
    {
        await OptionsAsync();
        await NumbersAsync();
        await ActivityAsync();
        await TextAsync();
        await table.TimeAsync("contacts at each status", _ => _finder.StatusCountsAsync(_caller, new ContactQuery()), async _ =>
        {
            foreach (var status in house.Statuses.Select(s => $"= {s.Id}").Prepend("IS NULL"))
                await raw.ReadAsync(Capped($"""SELECT 1 FROM "Contacts" c {Where($"""c."StatusId" {status}""")}"""), _account);
        });
    }

    private async Task OptionsAsync()
    {
        var (plan, region, status) = (await FieldIdAsync("plan"), await FieldIdAsync("region"), $"""c."StatusId" = {house.Statuses[0].Id}""");
        var isStatus = Is(FilterFields.Status, FilterFields.StatusKey(house.Statuses[0].Id));
        var (legacy, overseas) = (Holding(plan, "= 'legacy'"), Holding(region, "= 'overseas'"));

        await WalkedAsync("status and a common option", ContactFilter.All(isStatus, Is("plan", "free")), $"{status} AND {Has(plan, "free")}");
        await AmongAsync("a rare option", ContactFilter.All(Is("plan", "legacy")), legacy);
        await AmongAsync("two rare options", ContactFilter.All(Is("plan", "legacy"), Is("region", "overseas")), $"{legacy} INTERSECT {overseas}");
        await CaseAsync("status and a rare option", ContactFilter.All(isStatus, Is("plan", "legacy")),
            $"""{Columns} WHERE c."Id" IN ({legacy}) AND {status} {Newest}""", $"""SELECT 1 FROM "Contacts" c WHERE c."Id" IN ({legacy}) AND {status}""");
        await CaseAsync("two common options", ContactFilter.All(Is("plan", "free"), Is("region", "north")),
            $"{Columns} {Where($"{Has(plan, "free")} AND {Has(region, "north")}")} {Newest}", $"""{Holding(plan, "= 'free'")} AND {Has(region, "north", "t.\"ContactId\"")}""");
        await AmongAsync("a common option or a rare one", ContactFilter.Any(Is("plan", "legacy"), Is("region", "overseas")), $"{legacy} UNION {overseas}");
    }

    private async Task NumbersAsync()
    {
        var seats = await FieldIdAsync("seats");
        string In(string range) => $"""SELECT t."ContactId" FROM "FieldNumbers" t WHERE t."AccountId" = @p0 AND t."FieldId" = {seats} AND t."Value" {range}""";
        var value = house.Options.IsSqlite ? """CAST(c."Values" ->> '$.seats.v' AS REAL)""" : """CAST(c."Values"::json -> 'seats' ->> 'v' AS double precision)""";
        await AmongAsync("a range that few are in", ContactFilter.All(new FilterCondition("seats", FilterOperator.Between, "100", "109")), In("BETWEEN 100 AND 109"));
        await CaseAsync("a range that many are in", ContactFilter.All(new FilterCondition("seats", FilterOperator.AtLeast, "500")), $"{Columns} {Where($"{value} >= 500")} {Newest}", In(">= 500"));
    }

    private async Task ActivityAsync()
    {
        var (month, quarter) = (Ms(30), Ms(90));
        string Did(string kinds, long since) => $"""EXISTS (SELECT 1 FROM "Entries" e WHERE e."AccountId" = @p0 AND e."ContactId" = c."Id" AND e."Kind" IN ({kinds}) AND e."At" >= {since})""";
        var answers = $"'{ActivityKind.FormSubmitted.Key}', '{ActivityKind.ConversationClosed.Key}'";
        await WalkedAsync("booked in the last 30 days", ContactFilter.All(new FilterCondition(FilterFields.Booked, FilterOperator.LastDays, "30")),
            $"""c."LastActivityAt" >= {month} AND {Did($"'{ActivityKind.BookingScheduled.Key}'", month)}""");
        await WalkedAsync("not answered for 90 days", ContactFilter.All(new FilterCondition(FilterFields.Answered, FilterOperator.NotLastDays, "90")), $"NOT {Did(answers, quarter)}");
        await WalkedAsync("viewed a page", Viewed("pricing"), """
            EXISTS (SELECT 1 FROM "Visitors" v JOIN "PageViews" p ON p."AccountId" = v."AccountId" AND p."VisitorId" = v."Id"
                WHERE v."AccountId" = @p0 AND v."ContactId" = c."Id" AND p."Url" LIKE '%pricing%')
            """);
        // Plain SQL is not done with it for seconds, and ours says that there may be more.
        await CaseAsync("viewed a rare page", Viewed(BenchFill.RarePage), null, null);
        await GoneOnAsync("viewed a rare page", Viewed(BenchFill.RarePage), null);

        static long Ms(int days) => new DateTimeOffset(BenchFill.Now.AddDays(-days)).ToUnixTimeMilliseconds();
        static ContactFilter Viewed(string page) => ContactFilter.All(new FilterCondition(FilterFields.PageViewed, FilterOperator.Contains, page));
    }

    private async Task TextAsync()
    {
        var (filter, holding) = (ContactFilter.All(new FilterCondition("current_tool", FilterOperator.Contains, "ol 299")), Holding(await FieldIdAsync("current_tool"), "LIKE '%ol 299%'"));
        await AmongAsync("a text that few contain", filter, holding);
        await GoneOnAsync("a text that few contain", filter, $"""{Columns} WHERE c."Id" IN ({holding}) {Newest}""");
        await table.TimeAsync("contacts at each status: a text that few contain", _ => _finder.StatusCountsAsync(_caller, new ContactQuery { Filter = filter }),
            _ => raw.ReadAsync($"""SELECT c."StatusId", count(*) FROM "Contacts" c WHERE c."Id" IN ({holding}) GROUP BY c."StatusId" """, _account));
    }

    private static FilterCondition Is(string field, string value) => new(field, FilterOperator.Is, value);

    // Few enough to be read by number.
    private Task AmongAsync(string name, ContactFilter filter, string ids) => CaseAsync(name, filter, $"""{Columns} WHERE c."Id" IN ({ids}) {Newest}""", $"SELECT 1 FROM ({ids}) i");

    // So many that one meets them along the list.
    private Task WalkedAsync(string name, ContactFilter filter, string test) => CaseAsync(name, filter, $"{Columns} {Where(test)} {Newest}", $"""SELECT 1 FROM "Contacts" c {Where(test)}""");

    private async Task CaseAsync(string name, ContactFilter filter, string? list, string? rows)
    {
        var query = new ContactQuery { Filter = filter };
        await table.TimeAsync($"filter: {name}", _ => _book.ListAsync(_caller, query), list is null ? null : _ => raw.ReadAsync(list, _account));
        await table.TimeAsync($"count: {name}", _ => _book.CountAsync(_caller, query), rows is null ? null : _ => raw.ReadAsync(Capped(rows), _account));
    }

    // As somebody asks for it who was told that there may be more.
    private async Task GoneOnAsync(string name, ContactFilter filter, string? list)
    {
        var query = new ContactQuery { Filter = filter };
        await table.TimeAsync($"filter, gone on: {name}", async _ => await _finder.SearchOnAsync(_caller, query, await _book.ListAsync(_caller, query), CancellationToken.None), list is null ? null : _ => raw.ReadAsync(list, _account), warmUps: 1);
    }

    private Task<long> FieldIdAsync(string name) => raw.FieldIdAsync(_account, name);
}
