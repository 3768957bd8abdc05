using Contacts.Core;
using Contacts.Core.Fields;
using Contacts.Tests.Support;

namespace Contacts.Tests.Fields;

public class FieldOrderTests
{
    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task Groups_stand_in_the_order_of_their_first_fields_after_what_is_in_none(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await CreateAsync(house, ("One", "Sales"), ("Two", "Office"), ("Three", null), ("Four", "SALES"));

        Assert.Equal("three | Sales: one four | Office: two", await OrderAsync(house));
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task A_field_moves_past_its_neighbour_and_from_the_end_of_its_group_into_the_next(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await CreateAsync(house, ("One", null), ("Two", "Sales"), ("Three", "Sales"), ("Four", "Office"));

        await house.Fields.MoveAsync(house.Admin, "three", -1);
        Assert.Equal("one | Sales: three two | Office: four", await OrderAsync(house));
        await house.Fields.MoveAsync(house.Admin, "two", 1);
        Assert.Equal("one | Sales: three | Office: two four", await OrderAsync(house));
        await house.Fields.MoveAsync(house.Admin, "three", -1);
        Assert.Equal("one three | Office: two four", await OrderAsync(house));
        await house.Fields.MoveAsync(house.Admin, "four", 1);
        Assert.Equal("one three | Office: two four", await OrderAsync(house));
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task A_group_moves_as_a_whole_and_never_above_what_is_in_none(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await CreateAsync(house, ("One", null), ("Two", "Sales"), ("Three", "Office"), ("Four", "Sales"));

        await house.Fields.MoveGroupAsync(house.Admin, "Office", -1);
        await house.Fields.MoveGroupAsync(house.Admin, "Office", -1);
        var refusal = await Assert.ThrowsAsync<RuleException>(() => house.Fields.MoveGroupAsync(house.Admin, "Nobody", 1));

        Assert.Equal("one | Office: three | Sales: two four", await OrderAsync(house));
        Assert.Equal(("group", Refusal.NotFound), (refusal.Param, refusal.Refusal));
    }

    [Fact]
    public async Task A_group_is_left_by_a_blank_name_and_is_one_line()
    {
        await using var house = await TestHouse.OpenAsync(Database.Sqlite);
        await CreateAsync(house, ("One", "Sales"));

        await house.Fields.EditAsync(house.Admin, "one", new FieldEdit("One", null, "text", null, []) { Group = " " });
        var refusal = await Assert.ThrowsAsync<RuleException>(() => CreateAsync(house, ("Two", new string('x', 61))));

        Assert.Equal("one", await OrderAsync(house));
        Assert.Equal("group", refusal.Param);
    }

    private static async Task CreateAsync(TestHouse house, params (string Title, string? Group)[] fields)
    {
        foreach (var (title, group) in fields) await house.Fields.CreateAsync(house.Admin, new FieldEdit(title, null, "text", null, []) { Group = group });
    }

    private static async Task<string> OrderAsync(TestHouse house) => string.Join(" | ",
        (await house.Fields.ListAsync(house.Admin)).Groups.Select(g => (g.Name is null ? "" : g.Name + ": ") + string.Join(' ', g.Fields.Select(f => f.Name))));
}
