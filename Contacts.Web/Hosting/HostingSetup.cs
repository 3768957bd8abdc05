using Contacts.Core;
using Contacts.Core.Data;
using Contacts.Core.Files;
using Contacts.Core.Mail;
using Contacts.Web.Shared;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Contacts.Web.Hosting;

/// <summary>What the program stands on: its folder, its keys, its address, its log.</summary>
internal static class HostingSetup
{
    /// <summary>Where it listens when nothing says otherwise: no --urls, no ASPNETCORE_URLS, no ports that a container gives.</summary>
    public const string DefaultAddress = "http://localhost:5080";

    public static void AddHosting(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        // Here and not in a launch profile, which would win over the environment.
        if (Array.TrueForAll(["urls", "http_ports", "https_ports"], setting => builder.Configuration[setting] is null)) builder.WebHost.UseUrls(DefaultAddress);
        builder.WebHost.UseStaticWebAssets(); // for builds that were not published; no effect once published
        builder.Logging.ClearProviders().AddJsonConsole(json => (json.IncludeScopes, json.UseUtcTimestamp, json.TimestampFormat) = (false, true, "yyyy-MM-dd'T'HH:mm:ss.fff'Z'"));
        services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(5));

        var folder = DataFolder.From(builder.Configuration);
        services.AddSingleton(folder).AddSingleton(new Outbox(folder.Outbox)).AddSingleton(new FileFolder(folder.Uploads));
        services.AddSingleton(new OutsideNetwork(builder.Configuration.GetValue("Contacts:Feeds:AllowPrivateAddresses", false)));
        services.AddSingleton(provider => PublicUrl(builder.Configuration, provider));
        services.AddDataProtection().SetApplicationName("Contacts").PersistKeysToFileSystem(folder.Keys);
        services.AddContactsDatabase(folder.Database(builder.Configuration)).AddContactsCore();
    }

    /// <summary>The first lines of a log: what runs here, and on what.</summary>
    public static void LogStart(this WebApplication app) => app.Lifetime.ApplicationStarted.Register(() =>
        app.Logger.LogInformation("Contacts {Version} at {Address}, database {Database}, data in {DataFolder}",
            typeof(Program).Assembly.GetName().Version?.ToString(3), app.Services.GetRequiredService<PublicUrl>().Root,
            app.Services.GetRequiredService<DatabaseOptions>().Provider, app.Services.GetRequiredService<DataFolder>().Path));

    private static PublicUrl PublicUrl(IConfiguration settings, IServiceProvider provider) => new(() => settings.ConfiguredPublicUrl()
        ?? Settings.FirstAddress(provider.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault()));
}
