using Contacts.Core.Data;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Contacts.Core.Accounts;

/// <summary>A user changes their own password, knowing the old one.</summary>
public sealed class OwnPassword(AccountDbs dbs, WriteGate gate, IPasswordHasher<AppUser> hasher, TimeProvider clock)
{
    public const string Wrong = "This is not your password.";
    public const string ShutOut = "Too many wrong tries. Wait five minutes, then try again.";

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <exception cref="RuleException">At <c>current</c> or <c>password</c>.</exception>
    public async Task ChangeAsync(Caller caller, string? current, string? password, CancellationToken cancel = default)
    {
        await using var db = dbs.Open(caller.AccountId);
        var user = await db.Users.SingleAsync(u => u.Id == caller.UserId, cancel);
        if (user.IsShutOut(Now)) throw new RuleException(ShutOut, "current");
        if (user.PasswordHash is null || hasher.VerifyHashedPassword(user, user.PasswordHash, current ?? "") == PasswordVerificationResult.Failed)
            throw new RuleException(await CountWrongAsync(caller, cancel) ? ShutOut : Wrong, "current");
        PasswordRule.Check(password, user.Email);
        var hash = hasher.HashPassword(user, password!);
        await gate.RunAsync(caller.AccountId, async inside =>
        {
            var changing = await inside.Users.SingleAsync(u => u.Id == caller.UserId);
            // Guesses made at the same moment count too.
            if (changing.IsShutOut(Now)) throw new RuleException(ShutOut, "current");
            changing.ChangePassword(hash);
            return true;
        }, cancel);
    }

    private Task<bool> CountWrongAsync(Caller caller, CancellationToken cancel) => gate.RunAsync(caller.AccountId, async db =>
    {
        var user = await db.Users.SingleAsync(u => u.Id == caller.UserId);
        user.CountWrongPassword(Now);
        return user.IsShutOut(Now);
    }, cancel);
}
