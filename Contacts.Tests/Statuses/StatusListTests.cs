using Contacts.Core;
using Contacts.Core.Statuses;
using Contacts.Tests.Support;

namespace Contacts.Tests.Statuses;

public sealed class StatusListTests
{
    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task A_status_is_added_at_the_end_and_changed_in_its_place(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);

        var made = await List(house).CreateAsync(house.Admin, new StatusEdit("  Happy   customer ", "#3D8B40", StatusMeaning.Won));
        var changed = await List(house).EditAsync(house.Admin, made.Id, new StatusEdit("Customer", null, StatusMeaning.Won));

        Assert.Equal(("Happy customer", "#3d8b40", 5), (made.Name, made.Color, made.Position));
        Assert.Equal(("Customer", "#3d8b40", 5), (changed.Name, changed.Color, changed.Position));
        Assert.Equal(["Qualified", "Marketing qualified", "Sales qualified", "Disqualified", "Customer"], await NamesAsync(house));
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task Statuses_change_places_with_their_neighbour_and_stop_at_the_ends(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var all = await List(house).ListAsync(house.Member);

        await List(house).MoveAsync(house.Admin, all[0].Id, -1);
        await List(house).MoveAsync(house.Admin, all[0].Id, 1);
        await List(house).MoveAsync(house.Admin, all[3].Id, 1);

        Assert.Equal(["Marketing qualified", "Qualified", "Sales qualified", "Disqualified"], await NamesAsync(house));
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task At_most_one_is_the_default(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var all = await List(house).ListAsync(house.Member);

        await List(house).EditAsync(house.Admin, all[0].Id, new StatusEdit("Qualified", IsDefault: true));
        await List(house).CreateAsync(house.Admin, new StatusEdit("New", IsDefault: true));
        Assert.Equal("New", Assert.Single(await List(house).ListAsync(house.Member), s => s.IsDefault).Name);

        var fresh = (await List(house).ListAsync(house.Member))[^1];
        await List(house).EditAsync(house.Admin, fresh.Id, new StatusEdit("New"));
        Assert.DoesNotContain(await List(house).ListAsync(house.Member), s => s.IsDefault);
    }

    [Theory]
    [InlineData(" ", null, "name")]
    [InlineData("QUALIFIED", null, "name")]
    [InlineData("No Status", null, "name")]
    [InlineData("No  status", null, "name")]
    [InlineData("Tab\u0001", null, "name")]
    [InlineData("Customer", "red", "color")]
    [InlineData("Customer", "#12345", "color")]
    [InlineData("Customer", "#0b69c7\n", "")]
    public async Task What_is_wrong_is_told_at_its_field_and_changes_nothing(string name, string? color, string param)
    {
        await using var house = await TestHouse.OpenAsync(Database.Sqlite);
        if (param.Length == 0)
        {
            Assert.Equal("#0b69c7", (await List(house).CreateAsync(house.Admin, new StatusEdit(name, color))).Color); // what surrounds it is no part of it
            return;
        }

        var refused = await Assert.ThrowsAsync<RuleException>(() => List(house).CreateAsync(house.Admin, new StatusEdit(name, color)));

        Assert.Equal(param, refused.Param);
        Assert.Equal(4, (await NamesAsync(house)).Count);
    }

    [Fact]
    public async Task A_name_too_long_and_a_status_too_many_are_refused()
    {
        await using var house = await TestHouse.OpenAsync(Database.Sqlite);
        Assert.Equal("name", (await Assert.ThrowsAsync<RuleException>(() => List(house).CreateAsync(house.Admin, new StatusEdit(new string('n', 61))))).Param);

        for (var n = 5; n <= StatusList.MaxStatuses; n++) await List(house).CreateAsync(house.Admin, new StatusEdit($"Step {n}"));

        Assert.Equal("An organisation has at most 30 statuses.", (await Assert.ThrowsAsync<RuleException>(() => List(house).CreateAsync(house.Admin, new StatusEdit("Step 31")))).Message);
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task Of_ten_at_once_on_two_nodes_with_one_name_one_is_made(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await using var neighbour = house.OpenNeighbour();

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 10).Select(i =>
            Record.ExceptionAsync(() => List(i % 2 == 0 ? house : neighbour).CreateAsync(house.Admin, new StatusEdit(i % 3 == 0 ? "customer" : "Customer"))).AsTask()));

        Assert.Single(outcomes, o => o is null);
        Assert.All(outcomes.Where(o => o is not null), o => Assert.Equal(Refusal.Conflict, Assert.IsType<RuleException>(o).Refusal));
    }

    [Fact]
    public async Task Another_accounts_status_does_not_exist()
    {
        await using var house = await TestHouse.OpenAsync(Database.Sqlite);
        var (_, stranger, _, _) = await house.AddAccountAsync("Lumen");
        var ours = (await List(house).ListAsync(house.Member))[0];

        Assert.Equal(Refusal.NotFound, (await Assert.ThrowsAsync<RuleException>(() => List(house).EditAsync(stranger, ours.Id, new StatusEdit("Theirs")))).Refusal);
        Assert.Equal(Refusal.NotFound, (await Assert.ThrowsAsync<RuleException>(() => List(house).MoveAsync(stranger, ours.Id, 1))).Refusal);
    }

    private static StatusList List(TestHouse house) => house.Get<StatusList>();

    private static async Task<List<string>> NamesAsync(TestHouse house) => [.. (await List(house).ListAsync(house.Member)).Select(s => s.Name)];
}
