using Contacts.Core.Accounts;
using Contacts.Core.People;
using Contacts.Core.People.Lists;
using static Contacts.Bench.RawContacts;

namespace Contacts.Bench;

/// <summary>What people look at most: pages of the list in every order and depth, and a contact's page.</summary>
internal sealed class ReadCases(BenchHouse house, RawDb raw, BenchTable table)
{
    private readonly ContactBook _book = house.Get<ContactBook>();
    private readonly Caller _caller = house.Caller;
    private readonly long _account = house.Caller.AccountId;

    public async Task RunAsync()
    {
        await PagesAsync();
        await ContactAsync();
    }

    private async Task PagesAsync()
    {
        var depth = Math.Min(500_000, house.Contacts * 5 / 8);
        await PageAsync("by last activity", ContactSort.LastActivity, depth, """c."LastActivityAt" DESC, c."Id" DESC""", """(c."LastActivityAt", c."Id") < (@p1, @p2)""", "LastActivityAt");
        await PageAsync("by name", ContactSort.Name, depth, """c."SortName", c."Id" """, """(c."SortName", c."Id") > (@p1, @p2)""", "SortName");
        var seats = await raw.FieldIdAsync(_account, "seats");
        var from = $"""{Columns} JOIN "FieldNumbers" n ON n."ContactId" = c."Id" WHERE n."AccountId" = @p0 AND n."FieldId" = {seats} """;
        var place = (await raw.ReadAsync($"""SELECT "Value", "ContactId" FROM "FieldNumbers" WHERE "AccountId" = @p0 AND "FieldId" = {seats} ORDER BY "Value", "ContactId" LIMIT 1 OFFSET {house.Contacts / 2}""", _account))[0];
        await ListAsync("first page by a number field", new ContactQuery { Sort = new ContactSort("seats") },
            _ => raw.ReadAsync($"""{from} ORDER BY n."Value", n."ContactId" LIMIT 51""", _account));
        await ListAsync($"page at {house.Contacts / 2} by a number field", new ContactQuery { Sort = new ContactSort("seats"), After = await _book.CursorAtAsync(_caller, (long)place[1], new ContactSort("seats")) },
            _ => raw.ReadAsync($"""{from} AND (n."Value", n."ContactId") > (@p1, @p2) ORDER BY n."Value", n."ContactId" LIMIT 51""", _account, place[0], place[1]));
    }

    private async Task PageAsync(string order, ContactSort sort, int depth, string orderBy, string after, string column)
    {
        var where = $"""{Columns} WHERE c."AccountId" = @p0 AND {Listed} """;
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

    private Task ListAsync(string name, ContactQuery query, Func<int, Task>? plain) => table.TimeAsync(name, _ => _book.ListAsync(_caller, query), plain);
}
