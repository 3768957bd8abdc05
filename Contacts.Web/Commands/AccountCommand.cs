using System.CommandLine;
using Contacts.Core;
using Contacts.Core.Onboarding;
using Contacts.Web.Accounts;

namespace Contacts.Web.Commands;

/// <summary><c>account create</c>: founds a further account and prints the link by which its owner chooses a password.</summary>
internal static class AccountCommand
{
    public static Command Create()
    {
        var organisation = new Option<string>("--organisation") { Required = true, Description = "Its name as people read it" };
        var email = UserCommand.Email();
        var create = new Command("create", "Found an account and print the link by which its owner chooses a password") { organisation, email };
        create.SetAction((parsed, cancel) => CommandLine.RunAsync(async services =>
        {
            if (!EmailAddress.TryParse(parsed.GetRequiredValue(email), out var address)) throw new RuleException(EmailAddress.Problem, "email");
            var owner = await services.GetRequiredService<Founding>()
                .FoundAsync(new FoundingEdit { Organisation = parsed.GetRequiredValue(organisation), Email = address, Name = address.Split('@')[0] }, cancel);
            var token = await services.GetRequiredService<PasswordLinks>().NewAsync(owner.Email, owner.AccountId, cancel);
            return services.GetRequiredService<PublicUrl>().Password(token);
        }));
        return new Command("account", "The organisations of this installation") { create };
    }
}
