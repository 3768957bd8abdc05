using Contacts.Core.Accounts;
using Contacts.Tests.Support;

namespace Contacts.Tests.Accounts;

public sealed class SessionsTests
{
    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task Hiding_empty_fields_is_each_users_own_choice_and_stays(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var sessions = house.Get<Sessions>();
        Assert.False(await sessions.HidesEmptyFieldsAsync(house.Member));

        await sessions.HideEmptyFieldsAsync(house.Member, true);

        Assert.True(await sessions.HidesEmptyFieldsAsync(house.Member));
        Assert.False(await sessions.HidesEmptyFieldsAsync(house.Owner));
    }
}
