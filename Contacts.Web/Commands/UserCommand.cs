using System.CommandLine;
using Contacts.Core;
using Contacts.Core.Accounts;
using Contacts.Core.Onboarding;
using Contacts.Web.Accounts;

namespace Contacts.Web.Commands;

/// <summary><c>user create</c> and <c>user reset-password</c>: print a one-time link by which the user chooses a password.</summary>
internal static class UserCommand
{
    public static Command Create() => new("user", "The people who sign in") { CreateUser(), ResetPassword() };

    /// <summary>The same for every command: it says whose email, and the rules of emails are those of the feature classes.</summary>
    public static Option<string> Email() => new("--email") { Required = true, Description = "The email they sign in with" };

    private static Command CreateUser()
    {
        var email = Email();
        var role = new Option<string>("--role") { Required = true, Description = "What they may do" };
        role.AcceptOnlyFromAmong("owner", "admin", "member");
        var account = AccountOption.Create();
        var create = new Command("create", "Add a user and print the link by which they choose a password") { email, role, account };
        create.SetAction((parsed, cancel) => CommandLine.RunAsync(async services =>
        {
            var accountId = await services.GetRequiredService<AccountList>().FindAsync(parsed.GetValue(account), cancel);
            var token = await services.GetRequiredService<PasswordLinks>()
                .AddUserAsync(accountId, parsed.GetRequiredValue(email), Enum.Parse<Role>(parsed.GetRequiredValue(role), ignoreCase: true), cancel);
            return services.GetRequiredService<PublicUrl>().Password(token);
        }));
        return create;
    }

    private static Command ResetPassword()
    {
        var email = Email();
        var account = AccountOption.Create();
        account.Description = "Only if they belong to this account";
        var reset = new Command("reset-password", "Print a link by which a user chooses a new password; until they do, the old one works") { email, account };
        reset.SetAction((parsed, cancel) => CommandLine.RunAsync(async services =>
        {
            // An email belongs to one user of the whole installation, so it says which account, too.
            long? accountId = parsed.GetValue(account) is { } slug ? await services.GetRequiredService<AccountList>().FindAsync(slug, cancel) : null;
            var token = await services.GetRequiredService<PasswordLinks>().NewAsync(parsed.GetRequiredValue(email), accountId, cancel);
            return services.GetRequiredService<PublicUrl>().Password(token);
        }));
        return reset;
    }
}
