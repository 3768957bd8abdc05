using Contacts.Core;
using Contacts.Core.Accounts;
using Contacts.Core.Activity;
using Contacts.Core.Fields;
using Contacts.Core.People;
using Contacts.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Contacts.Tests.Fields;

public sealed class FieldUsersTests
{
    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task The_users_of_the_account_are_the_choices_and_who_left_is_only_named(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await house.AddAccountAsync("Globex");
        await CreateAsync(house);
        var contact = await house.Book.AddAsync(house.Owner, new ContactEdit().SetName("Ada Lovelace").Set("manager", "member@acme.example"), new Source(SourceKind.User, ""));
        Assert.Equal(["Iris Ritter", "Mei Chou", "Tom Berg"], (await FieldAsync(house)).Choices.Select(c => c.Label));

        await house.Get<Members>().RemoveAsync(house.Owner, house.Member.UserId!.Value);

        var field = await FieldAsync(house);
        Assert.Equal(["Iris Ritter", "Tom Berg"], field.Choices.Select(c => c.Label));
        Assert.Equal("Mei Chou", field.Type.Format(contact.ValueOf(field)!, field));
        await Assert.ThrowsAsync<RuleException>(() => house.Book.EditAsync(house.Owner, contact.Id, new ContactEdit().Set("manager", "Mei Chou"), new Source(SourceKind.User, "")));
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task Who_left_is_told_apart_from_another_of_the_name_and_a_value_that_is_there_can_stay(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await CreateAsync(house);
        var byHand = new Source(SourceKind.User, "");
        var contact = await house.Book.AddAsync(house.Owner, new ContactEdit().SetName("Ada Lovelace").Set("manager", "member@acme.example"), byHand);
        await house.Get<Members>().RemoveAsync(house.Owner, house.Member.UserId!.Value);
        await house.Get<Members>().UpdateProfileAsync(house.Admin, "Mei Chou", "UTC", Theme.System);

        var field = await FieldAsync(house);
        var told = field.Type.Format(contact.ValueOf(field)!, field);
        await Assert.ThrowsAsync<RuleException>(() => house.Book.EditAsync(house.Owner, contact.Id, new ContactEdit().Set("manager", told), byHand));
        var stays = await house.Book.EditAsync(house.Owner, contact.Id, new ContactEdit().Set("manager", contact.ValueOf(field)), byHand);

        Assert.Equal($"Mei Chou ({contact.ValueOf(field)})", told);
        Assert.Equal(["Iris Ritter", "Mei Chou (admin@acme.example)"], field.Choices.Select(c => c.Label));
        Assert.Equal(contact.ValueOf(field), stays.ValueOf(field));
    }

    [Fact]
    public async Task Two_users_of_one_name_are_told_apart_by_their_email()
    {
        await using var house = await TestHouse.OpenAsync(Database.Sqlite);
        await CreateAsync(house);
        await house.Get<Members>().UpdateProfileAsync(house.Member, "tom berg", "UTC", Theme.System);

        Assert.Equal(["Iris Ritter", "Tom Berg (admin@acme.example)", "tom berg (member@acme.example)"], (await FieldAsync(house)).Choices.Select(c => c.Label));
    }

    [Fact]
    public async Task Users_are_never_saved_with_the_field()
    {
        await using var house = await TestHouse.OpenAsync(Database.Sqlite);
        await CreateAsync(house);
        await house.Fields.EditAsync(house.Admin, "manager", new FieldEdit("Manager of the account", null, "user", "manager", []));

        Assert.Equal("[]", await house.ReadAsync(db => db.Database.SqlQuery<string>($"""SELECT "Options" AS "Value" FROM "Fields" """).SingleAsync()));
    }

    private static Task<FieldDefinition> CreateAsync(TestHouse house) => house.Fields.CreateAsync(house.Admin, new FieldEdit("Manager", null, "user", "manager", []));

    private static async Task<FieldDefinition> FieldAsync(TestHouse house) => (await house.Fields.ListAsync(house.Owner)).Find("manager")!;
}
