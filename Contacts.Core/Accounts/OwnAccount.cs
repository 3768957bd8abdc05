using Contacts.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace Contacts.Core.Accounts;

/// <summary>The organisation as its owners keep it: name, time zone, country. Its address in links stays, so that none breaks.</summary>
public sealed class OwnAccount(AccountDbs dbs, WriteGate gate)
{
    public async Task<Account> FindAsync(Caller caller, CancellationToken cancel = default)
    {
        caller.Require(Permission.ManageOrganisation);
        await using var db = dbs.Open(caller.AccountId);
        return await db.Accounts.AsNoTracking().SingleAsync(a => a.Id == caller.AccountId, cancel);
    }

    /// <exception cref="RuleException">At <c>organisation</c>, <c>timeZone</c> or <c>country</c>.</exception>
    public Task EditAsync(Caller caller, string? name, string? timeZone, string? country, CancellationToken cancel = default)
    {
        caller.Require(Permission.ManageOrganisation);
        var (checkedName, zone, code) = (Account.CheckName(name), TimeZoneId.Check(timeZone), Country.Check(country));
        return gate.RunAsync(caller.AccountId, async db =>
        {
            var account = await db.Accounts.SingleAsync(a => a.Id == caller.AccountId);
            (account.Name, account.TimeZone, account.Country) = (checkedName, zone, code);
            return account;
        }, cancel);
    }
}
