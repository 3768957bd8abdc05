using Contacts.Core.People;
using Contacts.Core.People.Lists;
using Contacts.Core.Statuses;
using static Contacts.Bench.RawContacts;

namespace Contacts.Bench;

/// <summary>The board of the middle account, a tenth of all contacts: every column with its count, and further cards of one.</summary>
internal static class BoardCases
{
    private const string Card = """SELECT c."Id", c."FirstName", c."LastName", c."Email", c."MobilePhone", c."Phone", c."Salutation", c."Company", c."OwnerId", c."LastActivityAt" FROM "Contacts" c""";

    private static readonly string Newest = $"""ORDER BY c."LastActivityAt" DESC, c."Id" DESC LIMIT {ContactBoard.ColumnSize + 1}""";

    public static async Task RunAsync(BenchHouse house, RawDb raw, BenchTable table, CancellationToken cancel)
    {
        var (board, caller) = (house.Get<ContactBoard>(), house.MiddleCaller);
        var (account, statuses) = (caller.AccountId, await house.Get<StatusList>().ListAsync(caller, cancel));
        List<string> columns = [.. statuses.Select(s => $"= {s.Id}").Prepend("IS NULL")];
        await table.TimeAsync($"board of {house.MiddleContacts}", _ => board.ReadAsync(caller, new ContactQuery(), cancel: cancel), async _ =>
        {
            foreach (var at in columns.Select(c => Where($"""c."StatusId" {c}""")))
            {
                await raw.ReadAsync($"{Card} {at} {Newest}", account);
                await raw.ReadAsync(Capped($"""SELECT 1 FROM "Contacts" c {at}"""), account);
            }
        });

        var first = (await board.ReadAsync(caller, new ContactQuery(), cancel: cancel)).FirstOrDefault(c => c.Next is not null);
        if (first is not { Next: { } next, Cards: [.., var last] }) return;
        var (time, rest) = (new DateTimeOffset(last.LastActivityAt).ToUnixTimeMilliseconds(), Where($"""c."StatusId" {(first.StatusId is { } id ? $"= {id}" : "IS NULL")} AND (c."LastActivityAt", c."Id") < (@p1, @p2)"""));
        await table.TimeAsync($"board of {house.MiddleContacts}: the next cards of a column", _ => board.MoreAsync(caller, new ContactQuery(), first.StatusId, next, cancel),
            _ => raw.ReadAsync($"{Card} {rest} {Newest}", account, time, last.Id));
    }
}
