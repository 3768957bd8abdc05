using Contacts.Core;
using Contacts.Core.Accounts;
using Contacts.Core.Onboarding;
using Contacts.Tests.Support;

namespace Contacts.Tests.Accounts;

public sealed class OwnPasswordTests
{
    private const string Old = "three quiet herons", New = "four quiet herons";

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task The_old_password_is_needed_and_then_gone(Database database)
    {
        await using var house = await WithPasswordAsync(database);
        var own = house.Get<OwnPassword>();

        Assert.Equal("password", (await Assert.ThrowsAsync<RuleException>(() => own.ChangeAsync(house.Owner, Old, "short"))).Param);
        await own.ChangeAsync(house.Owner, Old, New);

        Assert.Equal(OwnPassword.Wrong, await RefusedAsync(house, Old));
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task After_five_wrong_tries_the_right_one_waits_five_minutes(Database database)
    {
        await using var house = await WithPasswordAsync(database);
        for (var i = 0; i < PasswordRule.MaxTries - 1; i++) Assert.Equal(OwnPassword.Wrong, await RefusedAsync(house, "a guess"));
        Assert.Equal(OwnPassword.ShutOut, await RefusedAsync(house, "a guess"));
        Assert.Equal(OwnPassword.ShutOut, await RefusedAsync(house, Old));

        house.Clock.Advance(PasswordRule.ShutFor);

        await house.Get<OwnPassword>().ChangeAsync(house.Owner, Old, New);
    }

    private static async Task<TestHouse> WithPasswordAsync(Database database)
    {
        var house = await TestHouse.OpenAsync(database);
        var links = house.Get<PasswordLinks>();
        await links.ChooseAsync(await links.NewAsync("owner@acme.example"), Old);
        return house;
    }

    private static async Task<string> RefusedAsync(TestHouse house, string current)
    {
        var refused = await Assert.ThrowsAsync<RuleException>(() => house.Get<OwnPassword>().ChangeAsync(house.Owner, current, New));
        Assert.Equal("current", refused.Param);
        return refused.Message;
    }
}
