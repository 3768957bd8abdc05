using Contacts.Core;
using Contacts.Core.Accounts;
using Contacts.Core.Onboarding;

namespace Contacts.Web.Accounts;

/// <summary>Before anybody owns this installation: founds the first account as the settings say, or prints the link to set it up.</summary>
internal sealed class FirstStart(IConfiguration settings, Founding founding, PublicUrl publicUrl, ILogger<FirstStart> log) : IHostedLifecycleService
{
    private const string Section = "Contacts:Setup";
    private static readonly string[] Needed = ["Email", "Password", "Organisation"];

    // Before the server listens: whoever reaches it can sign in.
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        var setup = settings.GetSection(Section);
        var missing = Needed.Where(name => string.IsNullOrEmpty(setup[name])).ToList();
        if (missing.Count == Needed.Length || await founding.IsFoundedAsync(cancellationToken)) return;
        if (missing.Count > 0)
            throw new InvalidOperationException($"{Section} is not complete: {string.Join(" and ", missing.Select(name => $"{Section}:{name}"))} missing. Give all of Email, Password and Organisation, or none.");
        try
        {
            var owner = await founding.FoundFirstAsync(new FoundingEdit
            {
                Organisation = setup["Organisation"],
                TimeZone = setup["TimeZone"] is { Length: > 0 } zone ? zone : TimeZoneId.Utc,
                Country = setup["Country"],
                Email = setup["Email"],
                Name = setup["Name"] is { Length: > 0 } name ? name : AppUser.NameFrom(setup["Email"]!),
                Password = setup["Password"],
            }, cancellationToken);
            if (owner is not null) log.LogInformation("The first account was set up from the settings");
        }
        catch (RuleException refused)
        {
            throw new InvalidOperationException($"{Section} ({refused.Param}): {refused.Message}", refused);
        }
    }

    // After it listens, because only then its address is known. To the screen and not to the log: logs travel, and this is a key.
    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        if (await founding.RenewSetupLinkAsync(cancellationToken) is { } token)
            Console.WriteLine($"\n  Set up Contacts within 30 minutes: {publicUrl.Setup(token)}\n");
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
