using System.Security.Claims;
using Contacts.Core;
using Contacts.Core.Accounts;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Identity;

namespace Contacts.Web.Shared;

/// <summary>
/// The signed-in user of this request or circuit, read anew from the database each time: a role that was taken away
/// is gone at the next click, not at the next sign-in.
/// </summary>
public sealed class CurrentCaller(AuthenticationStateProvider authentication, IServiceScopeFactory scopes)
{
    public async Task<AppUser> UserAsync()
    {
        var principal = (await authentication.GetAuthenticationStateAsync()).User;
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<UserManager<AppUser>>().FindByIdAsync(principal.FindFirstValue(ClaimTypes.NameIdentifier) ?? "")
            ?? throw new RuleException("You are signed out. Sign in again.", refusal: Refusal.NotAllowed);
    }

    public async Task<Caller> GetAsync() => (await UserAsync()).AsCaller();
}
