using Contacts.Core;
using Contacts.Core.Accounts;
using Contacts.Core.Onboarding;
using Contacts.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Contacts.Tests.Commands;

public sealed class UserCommandTests
{
    [Theory]
    [InlineData("tom@acme.example", "user", "create", "--email", "tom@acme.example", "--role", "admin")]
    [InlineData("iris@acme.example", "user", "reset-password", "--email", "IRIS@acme.example")]
    [InlineData("mei@globex.example", "account", "create", "--organisation", "Globex", "--email", "mei@globex.example")]
    public async Task The_printed_link_opens_at_once_in_a_running_server_and_works_once(string email, params string[] command)
    {
        await using var app = await WebApp.StartAsync(listens: false);
        using var client = app.Guest();
        await client.GetAsync("/account/login");

        var printed = await CommandProcess.RunAsync(app, command);

        Assert.Equal(0, printed.Code);
        var link = new Uri(printed.LastLine);
        Assert.Equal("https://contacts.acme.example", link.GetLeftPart(UriPartial.Authority));
        Assert.Contains("Choose a password", await client.GetStringAsync(link.PathAndQuery));
        var chosen = await client.PostFormAsync(link.PathAndQuery, ("Password", "four quiet herons"));
        Assert.EndsWith("/contacts", chosen.Headers.Location!.ToString());
        Assert.Contains("does not work any more", await client.GetStringAsync(link.PathAndQuery));

        using var later = app.Guest();
        var signedIn = await later.PostFormAsync("/account/login", ("Email", email), ("Password", "four quiet herons"));
        Assert.EndsWith("/contacts", signedIn.Headers.Location!.ToString());
    }

    [Theory]
    [InlineData("owner", Role.Owner)]
    [InlineData("member", Role.Member)]
    public async Task A_user_is_made_with_the_role_in_the_account_that_was_named(string role, Role expected)
    {
        await using var house = await TestHouse.OpenAsync(Database.Sqlite);
        var (other, _, _, _) = await house.AddAccountAsync("Globex");

        var made = await CommandProcess.RunAsync(house, "user", "create", "--email", "new@globex.example", "--role", role, "--account", "globex");

        Assert.Equal(0, made.Code);
        var user = await house.ReadAsync(db => db.Users.SingleAsync(u => u.Email == "new@globex.example"), other.Id);
        Assert.Equal(expected, user.Role);
    }

    [Theory]
    [InlineData("--account", "user", "create", "--email", "new@acme.example", "--role", "member")]
    [InlineData(Founding.EmailIsTaken, "user", "create", "--email", "Owner@Acme.example", "--role", "member", "--account", "globex")]
    [InlineData("no account 'nowhere'", "user", "create", "--email", "new@acme.example", "--role", "member", "--account", "nowhere")]
    [InlineData("boss", "user", "create", "--email", "new@acme.example", "--role", "boss", "--account", "acme")]
    [InlineData(EmailAddress.Problem, "user", "create", "--email", "nobody", "--role", "member", "--account", "acme")]
    [InlineData("Nobody signs in with 'new@acme.example'", "user", "reset-password", "--email", "new@acme.example")]
    [InlineData("Nobody signs in with 'owner@acme.example'", "user", "reset-password", "--email", "owner@acme.example", "--account", "globex")]
    [InlineData(Founding.EmailIsTaken, "account", "create", "--organisation", "Initech", "--email", "owner@acme.example")]
    [InlineData(EmailAddress.Problem, "account", "create", "--organisation", "Initech", "--email", "@")]
    [InlineData("--organisation", "account", "create", "--email", "new@initech.example")]
    public async Task What_cannot_be_is_said_on_standard_error_and_changes_nothing(string said, params string[] command)
    {
        await using var house = await TestHouse.OpenAsync(Database.Sqlite);
        await house.AddAccountAsync("Globex");

        var (code, output, error) = await CommandProcess.RunAsync(house, command);

        Assert.Equal((1, ""), (code, output));
        Assert.Contains(said, error, StringComparison.Ordinal);
        await using var db = house.Dbs.OpenBeforeAccount();
        Assert.Equal((2, 6), (await db.Accounts.CountAsync(), await db.Users.IgnoreQueryFilters().CountAsync()));
    }
}
