using Contacts.Core.Accounts;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;

namespace Contacts.Web.Accounts;

/// <summary>Signs users in and out. Wrong email, wrong password and a shut door look the same from outside.</summary>
internal sealed class SignInDesk(SignInManager<AppUser> signIn, UserManager<AppUser> users, IPasswordHasher<AppUser> hasher, TimeProvider clock)
{
    public const string Refused = "Email or password is not right. After five wrong tries the door stays shut for five minutes.";

    public async Task<bool> TryAsync(string? email, string? password, bool remember)
    {
        password ??= "";
        if (await users.FindByEmailAsync(email?.Trim() ?? "") is not { PasswordHash: not null } user)
        {
            hasher.HashPassword(null!, password); // so that the time taken does not tell who is a user
            return false;
        }
        if (!(await signIn.CheckPasswordSignInAsync(user, password, lockoutOnFailure: true)).Succeeded) return false;
        await EnterAsync(user, remember);
        return true;
    }

    public Task EnterAsync(AppUser user, bool remember = false) => signIn.SignInAsync(user, new AuthenticationProperties
    {
        IsPersistent = remember,
        ExpiresUtc = clock.GetUtcNow() + (remember ? AccountCookies.Remembered : AccountCookies.Session),
    });

    public Task LeaveAsync() => signIn.SignOutAsync();

    /// <summary>Where to go after signing in: only a page of ours, never another site's address that was put into the link.</summary>
    public static string Next(string? returnUrl) =>
        returnUrl is ['/', ..] && returnUrl is not ['/', '/' or '\\', ..] && !returnUrl.Any(char.IsControl) ? returnUrl : "/contacts";
}
