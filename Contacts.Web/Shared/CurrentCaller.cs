using System.Security.Claims;
using Contacts.Core;
using Contacts.Core.Accounts;
using Microsoft.AspNetCore.Components.Authorization;

namespace Contacts.Web.Shared;

/// <summary>
/// The signed-in user of this request or circuit, read anew from the database each time: a role that was taken away
/// is gone at the next click, not at the next sign-in.
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
