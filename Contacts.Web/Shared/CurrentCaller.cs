using System.Security.Claims;
using Contacts.Core;
using Contacts.Core.Accounts;
using Microsoft.AspNetCore.Components.Authorization;

namespace Contacts.Web.Shared;

/// <summary>
/// The signed-in user of this request or circuit, read from the database whenever it is asked for. An open page keeps the answer: a role that was
/// taken away, which ends the sign-in, is gone from it when the sign-in is next looked at (<see cref="Accounts.AccountsSetup.Recheck"/>).
/// </summary>
public sealed class CurrentCaller(AuthenticationStateProvider authentication, Sessions sessions)
{
    public const string SignedOut = "You are signed out. Sign in again.";

    /// <exception cref="RuleException">Nobody is signed in, or the user is gone.</exception>
    public async Task<Caller> GetAsync() => (await SessionAsync()).Caller;

    /// <exception cref="RuleException">Nobody is signed in, or the user is gone.</exception>
    public async Task<Session> SessionAsync() =>
        await FindSessionAsync() ?? throw new RuleException(SignedOut, refusal: Refusal.NotAllowed);

    /// <summary>Null for a guest.</summary>
    public async Task<Session?> FindSessionAsync()
    {
        var principal = (await authentication.GetAuthenticationStateAsync()).User;
        return principal.Identity?.IsAuthenticated == true && long.TryParse(principal.FindFirstValue(ClaimTypes.NameIdentifier), out var userId)
            ? await sessions.FindAsync(userId)
            : null;
    }
}
