using Contacts.Core;
using Contacts.Core.Accounts;
using Contacts.Tests.Support;

namespace Contacts.Tests.Accounts;

public sealed class OwnAccountTests
{
    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task An_owner_changes_the_organisation_and_its_address_stays(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var (_, stranger, _, _) = await house.AddAccountAsync("Umbrella");

        await house.Get<OwnAccount>().EditAsync(house.Owner, " Acme and Sons ", "Asia/Tokyo", "jp");

        var account = await house.Get<OwnAccount>().FindAsync(house.Owner);
        Assert.Equal(("Acme and Sons", "acme", "Asia/Tokyo", "JP"), (account.Name, account.Slug, account.TimeZone, account.Country));
        Assert.Equal("Umbrella", (await house.Get<OwnAccount>().FindAsync(stranger)).Name);
    }

    [Theory]
    [InlineData(" ", "UTC", null, "organisation")]
    [InlineData("Acme", "GMT+2", null, "timeZone")]
    [InlineData("Acme", "UTC", "Atlantis", "country")]
    public async Task What_is_wrong_is_said_at_its_part_and_nothing_changes(string name, string zone, string? country, string param)
    {
        await using var house = await TestHouse.OpenAsync(Database.Sqlite);
        var own = house.Get<OwnAccount>();

        Assert.Equal(param, (await Assert.ThrowsAsync<RuleException>(() => own.EditAsync(house.Owner, name, zone, country))).Param);

        Assert.Equal("Acme", (await own.FindAsync(house.Owner)).Name);
    }

    [Theory]
    [InlineData("iris@acme.example", "Iris")]
    [InlineData("ada.lovelace@example.com", "Ada Lovelace")]
    [InlineData("grace_hopper+news@example.com", "Grace Hopper")]
    [InlineData("anne-marie@example.com", "Anne-marie")]
    [InlineData("+@example.com", "+@example.com")]
    public void Until_they_say_people_are_named_after_their_email(string email, string name) => Assert.Equal(name, AppUser.NameFrom(email));
}
