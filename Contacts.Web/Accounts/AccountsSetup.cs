using Contacts.Core.Accounts;
using Contacts.Core.Data;
using Contacts.Web.Hosting;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Identity;

namespace Contacts.Web.Accounts;

/// <summary>Sign-in by ASP.NET Core Identity; every page needs it unless it says otherwise.</summary>
internal static class AccountsSetup
{
    /// <summary>How soon a sign-in that was ended elsewhere (role, password, removal) is noticed.</summary>
    public static readonly TimeSpan Recheck = TimeSpan.FromMinutes(1);

    public static IServiceCollection AddContactsAccounts(this IServiceCollection services)
    {
        services.AddCascadingAuthenticationState();
        services.AddScoped<AuthenticationStateProvider, CircuitSignIn>();
        var authentication = services.AddAuthentication(IdentityConstants.ApplicationScheme).AddCookie(IdentityConstants.ApplicationScheme);
        authentication.AddTwoFactorRememberMeCookie(); // never set; but a sign-in that was ended is also signed out of this
        services.AddOptions<CookieAuthenticationOptions>(IdentityConstants.ApplicationScheme).Configure<IConfiguration>((cookie, settings) =>
        {
            AccountCookies.Arrange(cookie, settings.ConfiguredPublicUrl()?.Scheme == Uri.UriSchemeHttps);
            cookie.Events.OnValidatePrincipal = SecurityStampValidator.ValidatePrincipalAsync;
        });
        services.Configure<SecurityStampValidatorOptions>(stamps => stamps.ValidationInterval = Recheck);
        services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
        services.AddIdentityCore<AppUser>(identity =>
            {
                identity.User.RequireUniqueEmail = true;
                identity.User.AllowedUserNameCharacters = ""; // the name is the email, whose letters EmailAddress judges
                identity.Lockout.MaxFailedAccessAttempts = PasswordRule.MaxTries;
                identity.Lockout.DefaultLockoutTimeSpan = PasswordRule.ShutFor;
            })
            .AddEntityFrameworkStores<ContactsDb>()
            .AddSignInManager()
            .AddClaimsPrincipalFactory<AccountClaims>();
        services.AddScoped<SignInDesk>();
        services.AddHostedService<FirstStart>();
        return services;
    }
}
