using Contacts.Core;
using Contacts.Core.Accounts;
using Contacts.Core.People.Views;
using Contacts.Tests.Support;

namespace Contacts.Tests.People.Views;

public sealed class SavedViewsTests
{
    private static readonly ViewSettings Quiet = new() { Search = "ada", Filter = "all~last_activity.ago.90", Sort = "-name", Columns = "name,city:200", IsCompact = true, IsBoard = true };

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task A_view_keeps_all_that_the_list_shows_and_is_its_makers_alone(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);

        await Views(house).CreateAsync(house.Member, "  Quiet   ones ", false, Quiet);

        var view = Assert.Single(await Views(house).ListAsync(house.Member));
        Assert.Equal(("Quiet ones", "Mei Chou", true, false, true, false), (view.Name, view.Maker, view.IsOwn, view.IsShared, view.MayChange, view.IsDefault));
        Assert.Equal(Quiet, view.Settings);
        Assert.Empty(await Views(house).ListAsync(house.Owner));
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task A_shared_view_is_everybodys_to_see_and_its_makers_and_admins_to_change(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var (other, id) = (await AnotherMemberAsync(house), await Views(house).CreateAsync(house.Member, "Quiet", true, Quiet));

        Assert.Equal([(true, house.Member), (true, house.Admin), (false, other)],
            [(await OnlyAsync(house.Member), house.Member), (await OnlyAsync(house.Admin), house.Admin), (await OnlyAsync(other), other)]);
        Assert.Equal(Refusal.NotAllowed, (await Assert.ThrowsAsync<RuleException>(() => Views(house).SaveAsync(other, id, ViewSettings.Plain))).Refusal);
        Assert.Equal(Refusal.NotAllowed, (await Assert.ThrowsAsync<RuleException>(() => Views(house).DeleteAsync(other, id))).Refusal);
        await Views(house).SaveAsync(house.Admin, id, ViewSettings.Plain);
        await Views(house).EditAsync(house.Admin, id, "Everybody", isShared: true);

        var view = Assert.Single(await Views(house).ListAsync(other));
        Assert.Equal(("Everybody", ViewSettings.Plain), (view.Name, view.Settings));

        async Task<bool> OnlyAsync(Caller caller) => Assert.Single(await Views(house).ListAsync(caller)).MayChange;
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task Everybody_opens_with_a_view_of_their_own_choice_until_it_goes(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var (quiet, new_) = (await Views(house).CreateAsync(house.Owner, "Quiet", true, Quiet), await Views(house).CreateAsync(house.Owner, "New", true, ViewSettings.Plain));

        await Views(house).ChooseDefaultAsync(house.Owner, quiet);
        await Views(house).ChooseDefaultAsync(house.Member, quiet);
        await Views(house).ChooseDefaultAsync(house.Owner, new_);
        Assert.Equal(("New", "Quiet"), (await DefaultAsync(house, house.Owner), await DefaultAsync(house, house.Member)));

        await Views(house).ChooseDefaultAsync(house.Owner, null);
        await Views(house).DeleteAsync(house.Owner, quiet);
        Assert.Equal((null, null), (await DefaultAsync(house, house.Owner), await DefaultAsync(house, house.Member)));
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task What_somebody_else_keeps_for_themselves_is_not_there(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var (_, stranger, _, _) = await house.AddAccountAsync("Globex");
        var (own, shared) = (await Views(house).CreateAsync(house.Member, "Mine", false, Quiet), await Views(house).CreateAsync(house.Member, "Ours", true, Quiet));

        // Neither an owner of the same account, where it is private, nor anybody of another one.
        foreach (var (caller, id) in new[] { (house.Owner, own), (stranger, own), (stranger, shared) })
            foreach (var act in new Func<Task>[]
            {
                () => Views(house).SaveAsync(caller, id, ViewSettings.Plain), () => Views(house).EditAsync(caller, id, "Taken", true),
                () => Views(house).DeleteAsync(caller, id), () => Views(house).ChooseDefaultAsync(caller, id),
            })
                Assert.Equal(Refusal.NotFound, (await Assert.ThrowsAsync<RuleException>(act)).Refusal);

        Assert.Empty(await Views(house).ListAsync(stranger));
        Assert.Equal(["Mine", "Ours"], (await Views(house).ListAsync(house.Member)).Select(v => v.Name));
    }

    [Theory]
    [InlineData(" ")]
    [InlineData("QUIET")]
    [InlineData("Tab\u0001")]
    [InlineData("xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx")]
    public async Task A_name_is_one_short_line_that_no_other_view_has(string name)
    {
        await using var house = await TestHouse.OpenAsync(Database.Sqlite);
        await Views(house).CreateAsync(house.Owner, "Quiet", true, Quiet);

        Assert.Equal("name", (await Assert.ThrowsAsync<RuleException>(() => Views(house).CreateAsync(house.Member, name, false, Quiet))).Param);
    }

    [Fact]
    public async Task A_filter_longer_than_an_address_and_a_caller_who_is_nobody_are_refused()
    {
        await using var house = await TestHouse.OpenAsync(Database.Sqlite);

        await Assert.ThrowsAsync<RuleException>(() => Views(house).CreateAsync(house.Owner, "Long", false, new ViewSettings { Filter = new string('x', ViewSettings.MaxTextLength + 1) }));
        await Assert.ThrowsAsync<RuleException>(() => Views(house).CreateAsync(house.Owner with { UserId = null, ApiKeyId = 1 }, "Key", false, Quiet));
        Assert.Empty(await Views(house).ListAsync(house.Owner));
    }

    private static SavedViews Views(TestHouse house) => house.Get<SavedViews>();

    private static async Task<string?> DefaultAsync(TestHouse house, Caller caller) => (await Views(house).ListAsync(caller)).SingleOrDefault(v => v.IsDefault)?.Name;

    private static Task<Caller> AnotherMemberAsync(TestHouse house) => house.Gate.RunAsync(house.Account.Id, async db =>
    {
        var user = new AppUser(house.Account.Id, "other@acme.example", "Noa Other", Role.Member, "Europe/Berlin", house.Now);
        db.Users.Add(user);
        await db.SaveChangesAsync();
        return user.AsCaller();
    });
}
