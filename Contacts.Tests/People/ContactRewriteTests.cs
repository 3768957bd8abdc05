using Contacts.Core.Activity;
using Contacts.Core.Data;
using Contacts.Core.People;
using Contacts.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Contacts.Tests.People;

public class ContactRewriteTests
{
    private static readonly Source ByHand = new(SourceKind.User, "Mei Chou");

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task Contacts_are_saved_as_one_by_one_and_told_of_after_the_commit(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        List<long> ids = [await AddAsync(house, "Ada"), await AddAsync(house, "Bob"), await AddAsync(house, "Cleo")];
        var member = await house.ReadAsync(db => db.Users.SingleAsync(u => u.Id == house.Member.UserId));
        var told = new List<ContactChange>();
        using var listening = house.Get<ChangeFeed>().Listen(house.Account.Id, told.Add);

        var changed = await house.Gate.RunAsync(house.Account.Id, db => ContactRewrite.StandingAsync(db, ids, contact =>
        {
            if (contact.FirstName == "Bob") return false;
            var entry = Edited(house);
            contact.AssignTo(member, null, entry);
            contact.Append(entry);
            return true;
        }));

        Assert.Equal(2, changed);
        Assert.Equal([(house.Member.UserId, 2), (null, 1), (house.Member.UserId, 2)], (await house.ContactsAsync()).OrderBy(c => c.Id).Select(c => (c.OwnerId, c.Version)));
        Assert.Equal([(ids[0], ActivityKind.Edited), (ids[2], ActivityKind.Edited)], told.Select(t => (t.ContactId, t.Kind)));
        var entry = (await house.EntriesAsync(ids[2]))[^1];
        Assert.Equal((2, "owner"), (entry.Number, Assert.Single(entry.Changes).Field));
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task What_somebody_else_changed_meanwhile_is_read_again(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var (id, tries) = (await AddAsync(house, "Ada"), 0);

        await house.Gate.RunAsync(house.Account.Id, db => ContactRewrite.StandingAsync(db, [id], contact =>
        {
            // As if another node had written between the reading and the writing.
            if (++tries == 1) db.Database.ExecuteSql($"""UPDATE "Contacts" SET "Version" = 7 WHERE "Id" = {id}""");
            contact.Append(Edited(house));
            return true;
        }));

        Assert.Equal(2, tries);
        Assert.Equal(2, (await house.ContactsAsync()).Single().Version); // the first try was undone with everything in it
    }

    private static async Task<long> AddAsync(TestHouse house, string name) => (await house.Book.AddAsync(house.Member, new ContactEdit().Set("first_name", name), ByHand)).Id;

    private static ActivityEntry Edited(TestHouse house) => new(house.Account.Id, ActivityKind.Edited, "", ByHand, house.Admin, house.Now, house.Now);
}
