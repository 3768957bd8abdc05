using Contacts.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace Contacts.Core.Accounts;

/// <summary>Who is behind a sign-in, as the database says now and not as the cookie said then.</summary>
public sealed class Sessions(AccountDbs dbs, WriteGate gate)
{
    /// <summary>Null when the user is gone.</summary>
    public async Task<Session?> FindAsync(long userId, CancellationToken cancel = default)
    {
        await using var db = dbs.OpenBeforeAccount();
        var found = await db.Users.AsNoTracking().Where(u => u.Id == userId && u.RemovedAt == null)
            .Join(db.Accounts, u => u.AccountId, a => a.Id, (user, account) => new { user, account.Name })
            .SingleOrDefaultAsync(cancel);
        return found is null ? null : new Session(found.user.AsCaller(), found.user.Email!, found.user.TimeZone, found.user.Theme, found.Name, found.user.ShortcutsAreOff);
    }

    /// <summary>Whether the caller wants contacts shown without the fields that have no value.</summary>
    public async Task<bool> HidesEmptyFieldsAsync(Caller caller, CancellationToken cancel = default)
    {
        await using var db = dbs.Open(caller.AccountId);
        return await db.Users.Where(u => u.Id == caller.UserId).Select(u => u.HidesEmptyFields).SingleOrDefaultAsync(cancel);
    }

    /// <summary>The same, chosen for every contact and every device.</summary>
    public Task HideEmptyFieldsAsync(Caller caller, bool hides) =>
        gate.RunAsync(caller.AccountId, db => db.Users.Where(u => u.Id == caller.UserId).ExecuteUpdateAsync(set => set.SetProperty(u => u.HidesEmptyFields, hides)));

    /// <summary>How the caller wants the screen lit, on every device.</summary>
    public Task ChooseThemeAsync(Caller caller, Theme theme) =>
        gate.RunAsync(caller.AccountId, db => db.Users.Where(u => u.Id == caller.UserId).ExecuteUpdateAsync(set => set.SetProperty(u => u.Theme, theme)));

    /// <summary>Whether keys are shortcuts for the caller, on every device.</summary>
    public Task SwitchShortcutsAsync(Caller caller, bool off) =>
        gate.RunAsync(caller.AccountId, db => db.Users.Where(u => u.Id == caller.UserId).ExecuteUpdateAsync(set => set.SetProperty(u => u.ShortcutsAreOff, off)));
}
