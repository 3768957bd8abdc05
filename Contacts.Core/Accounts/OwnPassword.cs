using Contacts.Core.Data;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Contacts.Core.Accounts;

/// <summary>A user changes their own password, knowing the old one.</summary>
public sealed class OwnPassword(AccountDbs dbs, WriteGate gate, IPasswordHasher<AppUser> hasher)
{
    /// <exception cref="RuleException">At <c>current</c> or <c>password</c>.</exception>
    public async Task ChangeAsync(Caller caller, string? current, string? password, CancellationToken cancel = default)
    {
        await using var db = dbs.Open(caller.AccountId);
        var user = await db.Users.SingleAsync(u => u.Id == caller.UserId, cancel);
        if (user.PasswordHash is null || hasher.VerifyHashedPassword(user, user.PasswordHash, current ?? "") == PasswordVerificationResult.Failed)
            throw new RuleException("This is not your password.", "current");
        PasswordRule.Check(password, user.Email);
        var hash = hasher.HashPassword(user, password!);
        await gate.RunAsync(caller.AccountId, async inside =>
        {
            (await inside.Users.SingleAsync(u => u.Id == caller.UserId)).ChangePassword(hash);
            return true;
        }, cancel);
    }
}
