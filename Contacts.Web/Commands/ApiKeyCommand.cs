using System.CommandLine;
using Contacts.Core.Accounts;

namespace Contacts.Web.Commands;

/// <summary><c>api-key create</c>: prints the new key alone on the last line.</summary>
internal static class ApiKeyCommand
{
    public static Command Create()
    {
        var name = new Option<string>("--name") { Required = true, Description = "What the key is for" };
        var role = new Option<string>("--role") { DefaultValueFactory = _ => "admin", Description = "What it may do" };
        role.AcceptOnlyFromAmong("admin", "member");
        var account = AccountOption.Create();
        var create = new Command("create", "Make an API key and print it, for the only time") { name, role, account };
        create.SetAction((parsed, cancel) => CommandLine.RunAsync(async services =>
        {
            var accountId = await services.GetRequiredService<AccountList>().FindAsync(parsed.GetValue(account), cancel);
            return await services.GetRequiredService<ApiKeyRing>()
                .CreateAsync(accountId, parsed.GetRequiredValue(name), Enum.Parse<Role>(parsed.GetRequiredValue(role), ignoreCase: true), cancel);
        }));
        return new Command("api-key", "API keys of other systems") { create };
    }
}
