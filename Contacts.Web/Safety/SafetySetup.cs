using Contacts.Core;
using Contacts.Web.Hosting;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.HttpOverrides;

namespace Contacts.Web.Safety;

/// <summary>Limits and refusals around everything else: sizes, rates, hosts, headers, circuits.</summary>
internal static class SafetySetup
{
    // A filter may be long, and a contact's address holds the list's, with the filter, once more; a reload names such an address as where it came from, too.
    private const int MaxBodyBytes = 256 * 1024, MaxSocketMessageBytes = 512 * 1024, MaxAddressBytes = 32 * 1024;

    public static void AddSafety(this WebApplicationBuilder builder)
    {
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MaxBodyBytes;
            kestrel.Limits.MaxRequestLineSize = MaxAddressBytes;
            kestrel.Limits.MaxRequestHeadersTotalSize = MaxAddressBytes * 2;
            kestrel.Limits.MaxConcurrentConnections = 10_000;
            kestrel.Limits.MaxConcurrentUpgradedConnections = 5_000;
        });
        builder.Services.Configure<FormOptions>(forms =>
        {
            forms.ValueCountLimit = 200;
            forms.ValueLengthLimit = 64 * 1024;
        });
        builder.Services.Configure<ForwardedHeadersOptions>(forwarded =>
        {
            // The client's address and scheme, told by a proxy on this machine or one that is named.
            forwarded.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
            foreach (var proxy in builder.Configuration.GetSection("Contacts:TrustedProxies").Get<string[]>() ?? [])
                forwarded.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(proxy.Contains('/') ? proxy : proxy + (proxy.Contains(':') ? "/128" : "/32")));
        });
        var publicUrl = builder.Configuration.ConfiguredPublicUrl();
        var isHttps = publicUrl?.Scheme == Uri.UriSchemeHttps;
        builder.Services.AddAntiforgery(antiforgery =>
        {
            antiforgery.SuppressXFrameOptionsHeader = true; // frame-ancestors says it
            antiforgery.Cookie.Name = isHttps ? "__Host-contacts.forms" : "contacts.forms";
            antiforgery.Cookie.SecurePolicy = isHttps ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
        });
        builder.Services.AddHsts(hsts => (hsts.MaxAge, hsts.IncludeSubDomains) = (TimeSpan.FromDays(365), true));
        builder.Services.AddHttpsRedirection(https => https.HttpsPort = isHttps ? publicUrl!.Port : null);
        builder.Services.AddRateLimits(builder.Configuration);
        builder.Services.AddSingleton<CircuitCount>().AddScoped<CircuitHandler, CircuitLimit>();
        builder.Services.AddRazorComponents()
            .AddInteractiveServerComponents(circuits => circuits.DetailedErrors = false)
            // At the default of 32 KB a long paste would close the circuit without a word.
            .AddHubOptions(hub => hub.MaximumReceiveMessageSize = MaxSocketMessageBytes);
    }

    public static void UseSafety(this WebApplication app)
    {
        var publicUrl = app.Configuration.ConfiguredPublicUrl();
        app.UseForwardedHeaders();
        app.UseSecurityHeaders();
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            ExceptionHandlingPath = "/error",
            CreateScopeForErrors = true,
            StatusCodeSelector = Refusals.StatusOf,
            SuppressDiagnosticsCallback = failed => failed.Exception is RuleException, // an answer, not a fault
        });
        app.UseHostGuard(publicUrl);
        if (publicUrl?.Scheme != Uri.UriSchemeHttps) return;
        app.UseHsts();
        // A health check on this machine asks by http and gets its answer.
        app.UseWhen(http => http.Request.Host.Host.Equals(publicUrl.Host, StringComparison.OrdinalIgnoreCase), outside => outside.UseHttpsRedirection());
    }
}
