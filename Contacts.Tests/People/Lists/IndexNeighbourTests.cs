using Contacts.Core.Activity;
using Contacts.Core.Data;
using Contacts.Core.Erasure;
using Contacts.Core.Fields;
using Contacts.Core.People;
using Contacts.Core.People.Lists;
using Contacts.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Contacts.Tests.People.Lists;

/// <summary>Two nodes on one database: one changes a contact, and before it commits the other begins to write the index from what contacts are.</summary>
public sealed class IndexNeighbourTests
{
    private static readonly Source ByHand = new(SourceKind.User, "Mei Chou");

    [Fact]
    public async Task An_index_that_is_made_anew_holds_what_another_node_is_just_changing()
    {
        await using var house = await TestHouse.OpenAsync(Database.Postgres);
        var ada = await AddAsync(house, SystemFields.City, "Berlin");
        await house.Gate.RunAsync(house.Account.Id, async db => await db.Database.ExecuteSqlAsync($"""DELETE FROM "FieldTexts" """));

        await WhileChangingAsync(house, ada, SystemFields.City, "Rome", () => house.Gate.RunAsync(house.Account.Id, db => ContactIndex.RebuildAsync(db, 0)));

        Assert.Equal(["rome"], await TextsAsync(house, SystemColumn.Of(SystemFields.City).FieldId));
    }

    [Fact]
    public async Task A_field_that_takes_another_type_leaves_nothing_of_what_another_node_is_just_writing()
    {
        await using var house = await TestHouse.OpenAsync(Database.Postgres);
        var field = await house.Fields.CreateAsync(house.Admin, new FieldEdit("Seats", null, "text", "seats", []));
        var ada = await AddAsync(house, "seats", "5");

        await WhileChangingAsync(house, ada, "seats", "7", () => house.Get<FieldConversions>().ChangeTypeAsync(house.Admin, "seats", "number"));

        Assert.Empty(await TextsAsync(house, field.Id));
        Assert.Equal([7.0], await house.ReadAsync(db => Sql.Of($"""SELECT "Value" FROM "FieldNumbers" WHERE "FieldId" = {field.Id}""").ReadAsync(db, row => row.GetDouble(0), default)));
    }

    [Fact]
    public async Task Of_who_is_erased_nothing_stays_that_another_node_is_just_writing()
    {
        await using var house = await TestHouse.OpenAsync(Database.Postgres);
        var ada = await AddAsync(house, SystemFields.City, "Berlin");

        await WhileChangingAsync(house, ada, SystemFields.City, "Rome", async () =>
        {
            await house.Get<ErasureDesk>().EraseAsync(house.Admin, ada);
            return true;
        });

        Assert.Empty(await house.ContactsAsync());
        Assert.Empty(await house.ReadAsync(db => Sql.Of($"""SELECT "Value" FROM "FieldTexts" WHERE "ContactId" = {ada}""").ReadAsync(db, row => row.GetString(0), default)));
    }

    // Another node's change is written and not yet committed; it commits when the work is done or waits for it.
    private static async Task WhileChangingAsync<T>(TestHouse house, long contact, string field, string value, Func<Task<T>> work)
    {
        await using var neighbour = house.OpenNeighbour();
        Task<T>? working = null;
        await neighbour.Gate.RunAsync(house.Account.Id, async db =>
        {
            var (changed, entry) = (await db.Contacts.SingleAsync(c => c.Id == contact), new ActivityEntry(house.Account.Id, ActivityKind.Edited, "", ByHand, house.Member, house.Now, house.Now));
            changed.Write((await FieldCatalog.LoadAsync(db)).Find(field)!, value, entry);
            changed.Append(entry);
            await db.SaveChangesAsync();
            working = work();
            while (!working.IsCompleted && !await IsWaitedForAsync(db)) await Task.Yield();
            return true;
        });
        await working!;
    }

    private static async Task<bool> IsWaitedForAsync(ContactsDb db) =>
        await Sql.Of($"SELECT count(*) FROM pg_locks l WHERE NOT l.granted AND pg_backend_pid() = ANY(pg_blocking_pids(l.pid))").NumberAsync(db, default) > 0;

    private static Task<List<string>> TextsAsync(TestHouse house, long field) =>
        house.ReadAsync(db => Sql.Of($"""SELECT "Value" FROM "FieldTexts" WHERE "FieldId" = {field} ORDER BY "Value" """).ReadAsync(db, row => row.GetString(0), default));

    private static async Task<long> AddAsync(TestHouse house, string field, string value) =>
        (await house.Book.AddAsync(house.Member, new ContactEdit().SetName("Ada Lovelace").Set(field, value), ByHand)).Id;
}
