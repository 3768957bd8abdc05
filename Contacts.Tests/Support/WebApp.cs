using System.Net;
using Contacts.Core;
using Contacts.Core.Accounts;
using Contacts.Core.Data;
using Contacts.Core.Onboarding;
using Contacts.Web.Accounts;
using Contacts.Web.Mail;
using Contacts.Web.Shared;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Playwright;
using MimeKit;

namespace Contacts.Tests.Support;

/// <summary>An account of the running program, and who founded it.</summary>
internal sealed record Organisation(long AccountId, string Slug, Caller Owner);

/// <summary>
/// The real program in this process, as it runs in production, on a database and a data folder of its own. It listens on a port,
/// unless a test asks for less; limits on requests are lifted, unless a test sets them.
/// </summary>
internal sealed class WebApp : WebApplicationFactory<Program>
{
    public const string Password = "three quiet herons";

    private readonly (string Key, string Value)[] _settings;
    private readonly bool _listens;
    private readonly Home _home;
    private Organisation? _acme;

    private WebApp(Home home, bool listens, (string Key, string Value)[] settings, int port = 0)
    {
        (_home, _listens, _settings) = (home, listens, settings);
        if (listens) UseKestrel(port);
    }

    public Uri Address { get; private set; } = new("http://localhost");

    /// <summary>The organisation a founded program starts with: Acme, owned by Iris Ritter.</summary>
    public Organisation Acme => _acme ?? throw new InvalidOperationException("This program was started without an account.");

    /// <summary>Starts the program.</summary>
    /// <param name="founded">Acme is founded by the settings for an unattended setup; else nobody owns it yet.</param>
    /// <param name="listens">On a port of this machine, as browsers need it; else requests are handed over in memory.</param>
    /// <param name="clock">Another than the machine's.</param>
    public static async Task<WebApp> StartAsync(Database database = Database.Sqlite, bool founded = true, bool listens = true, TimeProvider? clock = null, params (string Key, string Value)[] settings)
    {
        if (founded)
            settings =
            [
                ("Contacts:Setup:Organisation", "Acme"), ("Contacts:Setup:Email", EmailOf(Role.Owner, "acme")), ("Contacts:Setup:Name", NameOf(Role.Owner)),
                ("Contacts:Setup:Password", Password), ("Contacts:Setup:TimeZone", "Europe/Berlin"), ("Contacts:Setup:Country", "DE"), .. settings,
            ];
        var (options, drop) = await TestDatabases.CreateAsync(database);
        return await new WebApp(new Home(options, drop, Directory.CreateTempSubdirectory("contacts-test-").FullName, clock), listens, settings).StartAsync();
    }

    /// <summary>Stops the program and starts it anew on the same database, folder and port.</summary>
    public async Task<WebApp> RestartAsync()
    {
        await base.DisposeAsync();
        return await new WebApp(_home, _listens, _settings, Address.Port).StartAsync();
    }

    public T Get<T>() where T : notnull => Services.GetRequiredService<T>();

    /// <summary>Somebody nobody knows yet, with cookies of their own; redirects are shown and not followed.</summary>
    public HttpClient Guest() => Client(new CookieContainer());

    /// <summary>Signed in through the page, as people do.</summary>
    public async Task<HttpClient> SignedInClientAsync(Role role, Organisation? of = null) => Client(await SignInAsync(role, of));

    /// <summary>With an API key; keys are of admins and members.</summary>
    public async Task<HttpClient> ApiClientAsync(Role role, Organisation? of = null)
    {
        var client = Guest();
        client.DefaultRequestHeaders.Add("API-Key", await Get<ApiKeyRing>().CreateAsync((of ?? Acme).AccountId, "Test", role));
        return client;
    }

    /// <summary>A window of the browser, signed in where a role is given.</summary>
    public async Task<BrowserPage> NewPageAsync(Role? role = null, BrowserNewContextOptions? options = null, Organisation? of = null)
    {
        var context = await Chromium.NewContextAsync(new(options ?? new()) { BaseURL = Address.ToString() });
        if (role is { } known)
            await context.AddCookiesAsync((await SignInAsync(known, of)).GetAllCookies().Select(c => new Microsoft.Playwright.Cookie { Name = c.Name, Value = c.Value, Url = Address.ToString() }));
        return await BrowserPage.OpenAsync(context);
    }

    /// <summary>Founds a further account, whose people sign in with the same password.</summary>
    public async Task<Organisation> AddOrganisationAsync(string name)
    {
        var owner = await Get<Founding>().FoundAsync(new FoundingEdit
        {
            Organisation = name, TimeZone = "Europe/Berlin", Country = "DE", Name = NameOf(Role.Owner), Email = EmailOf(Role.Owner, Account.SlugOf(name)), Password = Password,
        });
        return await OrganisationAsync(owner.AccountId);
    }

    /// <summary>The one with this role; admin and member come in by an invitation, when they are first asked for.</summary>
    public async Task<Caller> CallerAsync(Role role, Organisation? of = null)
    {
        var (organisation, invitations) = (of ?? Acme, Get<Invitations>());
        var email = EmailOf(role, organisation.Slug);
        if ((await Get<Members>().ListAsync(organisation.Owner)).SingleOrDefault(u => u.Email == email) is { } known) return known.AsCaller();
        var token = await invitations.InviteAsync(organisation.Owner, email, role, Get<PublicUrl>().Invitation);
        return (await invitations.AcceptAsync(token, NameOf(role), Password, "Europe/Berlin")).AsCaller();
    }

    /// <summary>A new link as the first start prints it.</summary>
    public async Task<string> SetupLinkAsync() => Get<PublicUrl>().Setup((await Get<Founding>().RenewSetupLinkAsync())!);

    /// <summary>Every message that left the house, oldest first.</summary>
    public async Task<IReadOnlyList<MimeMessage>> OutboxAsync()
    {
        // The program's own sender may be writing the same message: then this one is refused and finds it gone the next time.
        while (!await Services.GetServices<IHostedService>().OfType<MailSender>().Single().SendAllAsync(CancellationToken.None)) await Task.Yield();
        var files = Directory.CreateDirectory(Get<DataFolder>().Outbox).GetFiles("*.eml").Select(file => file.FullName).Order(StringComparer.Ordinal);
        return await Task.WhenAll(files.Select(file => MimeMessage.LoadAsync(file)));
    }

    /// <summary>What is in an account, as its own context sees it.</summary>
    public async Task<T> ReadAsync<T>(Func<ContactsDb, Task<T>> read, Organisation? of = null)
    {
        await using var db = Get<AccountDbs>().Open((of ?? Acme).AccountId);
        return await read(db);
    }

    public static string EmailOf(Role role, string slug) => $"{NameOf(role).Split(' ')[0].ToLowerInvariant()}@{slug}.example";

    public static string NameOf(Role role) => role switch { Role.Owner => "Iris Ritter", Role.Admin => "Tom Berg", _ => "Mei Chou" };

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _home.Drop();
        Directory.Delete(_home.Folder, recursive: true);
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment(Environments.Production);
        (string, string)[] own =
        [
            ("Contacts:DataFolder", _home.Folder), ("Contacts:Database:Provider", _home.Options.Provider), ("Contacts:Database:ConnectionString", _home.Options.ConnectionString),
            ("Contacts:PublicPages:RequestsPerMinute", "0"), ("Contacts:Api:RequestsPerMinute", "0"),
            ("Logging:LogLevel:Default", "Error"), ("Logging:LogLevel:Microsoft", "Error"), ("Logging:LogLevel:Microsoft.Hosting.Lifetime", "Error"),
        ];
        foreach (var (key, value) in own.Concat(_settings)) builder.UseSetting(key, value);
        if (_home.Clock is { } clock) builder.ConfigureTestServices(services => services.AddSingleton(clock));
    }

    private async Task<WebApp> StartAsync()
    {
        try
        {
            StartServer();
            if (_listens) Address = new Uri(Get<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
            await using var db = Get<AccountDbs>().OpenBeforeAccount();
            if (await db.Accounts.OrderBy(a => a.Id).FirstOrDefaultAsync() is { } first) _acme = await OrganisationAsync(first.Id);
            return this;
        }
        catch
        {
            await DisposeAsync();
            throw;
        }
    }

    private Task<Organisation> OrganisationAsync(long accountId) => ReadAsync(async db => new Organisation(accountId,
        await db.Accounts.Where(a => a.Id == accountId).Select(a => a.Slug).SingleAsync(),
        (await db.Users.OrderBy(u => u.Id).FirstAsync(u => u.Role == Role.Owner)).AsCaller()), new Organisation(accountId, "", null!));

    private async Task<CookieContainer> SignInAsync(Role role, Organisation? of)
    {
        await CallerAsync(role, of);
        var cookies = new CookieContainer();
        using var client = Client(cookies);
        using var answer = await client.PostFormAsync("/account/login", ("Email", EmailOf(role, (of ?? Acme).Slug)), ("Password", Password));
        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        return cookies;
    }

    private HttpClient Client(CookieContainer cookies) => _listens
        ? new HttpClient(new SocketsHttpHandler { CookieContainer = cookies, AllowAutoRedirect = false }) { BaseAddress = Address }
        : CreateDefaultClient(Address, new Microsoft.AspNetCore.Mvc.Testing.Handlers.CookieContainerHandler(cookies));

    /// <summary>What stays when the program is stopped.</summary>
    private sealed record Home(DatabaseOptions Options, Func<Task> Drop, string Folder, TimeProvider? Clock);
}
