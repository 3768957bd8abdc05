using Contacts.Core.Accounts;
using Contacts.Core.Data;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;

namespace Contacts.Web.Accounts;

/// <summary>Sign-in by ASP.NET Core Identity; every page needs it unless it says otherwise.</summary>
internal static class AccountsSetup
{
    public static IServiceCollection AddContactsAccounts(this IServiceCollection services)
    {
        services.AddCascadingAuthenticationState();
        services.AddAuthentication(IdentityConstants.ApplicationScheme).AddIdentityCookies();
        services.ConfigureApplicationCookie(cookie =>
        {
            cookie.LoginPath = "/account/login";
            cookie.ReturnUrlParameter = "returnUrl";
        });
        services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
        services.AddIdentityCore<AppUser>(identity => identity.User.RequireUniqueEmail = true)
            .AddEntityFrameworkStores<ContactsDb>()
            .AddSignInManager()
            .AddDefaultTokenProviders();
        return services;
    }
}
