using Contacts.Core.Accounts;
using Contacts.Tests.Support;

namespace Contacts.Tests.Commands;

public sealed class ApiKeyCommandTests
{
    [Fact]
    public async Task A_key_stands_alone_on_the_last_line_and_works()
    {
        await using var house = await TestHouse.OpenAsync(Database.Sqlite);

        var made = await CommandProcess.RunAsync(house, "api-key", "create", "--name", "Website", "--role", "member");

        var caller = await house.Get<ApiKeyRing>().FindCallerAsync(made.LastLine);
        Assert.Equal(0, made.Code);
        Assert.Equal((house.Account.Id, Role.Member, "Website"), (caller!.AccountId, caller.Role, caller.Name));
    }

    [Fact]
    public async Task With_several_accounts_it_asks_which()
    {
        await using var house = await TestHouse.OpenAsync(Database.Sqlite);
        var (other, _, _, _) = await house.AddAccountAsync("Globex");

        var unclear = await CommandProcess.RunAsync(house, "api-key", "create", "--name", "Website");
        var clear = await CommandProcess.RunAsync(house, "api-key", "create", "--name", "Website", "--account", "globex");

        Assert.Equal((1, ""), (unclear.Code, unclear.Output));
        Assert.Contains("--account", unclear.Error, StringComparison.Ordinal);
        Assert.Equal(other.Id, (await house.Get<ApiKeyRing>().FindCallerAsync(clear.Output.Trim()))!.AccountId);
    }

    [Fact]
    public async Task A_wrong_command_says_so_on_standard_error()
    {
        await using var house = await TestHouse.OpenAsync(Database.Sqlite);

        var (code, output, error) = await CommandProcess.RunAsync(house, "api-key", "create");

        Assert.Equal((1, ""), (code, output));
        Assert.Contains("--name", error, StringComparison.Ordinal);
    }
}
