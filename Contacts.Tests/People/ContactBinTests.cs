using Contacts.Core;
using Contacts.Core.Activity;
using Contacts.Core.Data;
using Contacts.Core.Erasure;
using Contacts.Core.Intake;
using Contacts.Core.People;
using Contacts.Core.People.Merging;
using Contacts.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Contacts.Tests.People;

public class ContactBinTests
{
    private static readonly Source ByHand = new(SourceKind.User, "Tom Berg");

    public static TheoryData<Database> Databases => TestHouse.Databases;

    [Theory, MemberData(nameof(Databases))]
    public async Task A_deleted_contact_lies_in_the_bin_with_who_and_when(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var ada = await AddAsync(house, "Ada", "ada@lovelace.example");

        await house.Book.DeleteAsync(house.Admin, ada.Id);

        var row = Assert.Single((await house.Get<ContactBin>().ListAsync(house.Admin)).Items);
        Assert.Equal((ada.Id, "Ada", "Tom Berg", house.Now, house.Now.AddDays(30)), (row.Id, row.DisplayName, row.By, row.DeletedAt, row.ErasedAt));
        Assert.Equal(ActivityKind.Deleted, (await house.EntriesAsync(ada.Id))[^1].Kind);
        Assert.Equal(1, await house.Get<ContactBin>().CountAsync(house.Admin));
        Assert.Empty((await house.Book.ListAsync(house.Member, new ContactQuery())).Items);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_restored_contact_is_as_it_was_and_known_by_what_it_was_known_by(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var ada = await AddAsync(house, "Ada", "ada@lovelace.example", "+493012345678");
        var keys = await KeysAsync(house);
        await house.Book.DeleteAsync(house.Admin, ada.Id);
        Assert.Empty(await KeysAsync(house));
        Assert.Empty(await house.ReadAsync(db => db.MatchKeys.ToListAsync()));

        var restored = await house.Get<ContactBin>().RestoreAsync(house.Admin, ada.Id);

        Assert.Empty(restored.Lost);
        Assert.Equal(keys, await KeysAsync(house));
        Assert.Equal(["contact.created", "contact.deleted", "contact.restored"], (await house.EntriesAsync(ada.Id)).Select(e => e.Kind.Key));
        Assert.Equal(ada.Id, await GuestAsync(house, "ada@lovelace.example"));
        Assert.Empty(await house.ReadAsync(db => db.BinnedIdentities.ToListAsync()));
        await Assert.ThrowsAsync<RuleException>(() => house.Get<ContactBin>().RestoreAsync(house.Admin, ada.Id));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task What_somebody_else_has_by_then_stays_there_and_the_entry_says_so(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var ada = await AddAsync(house, "Ada", "ada@lovelace.example", "+493012345678");
        await house.Book.DeleteAsync(house.Admin, ada.Id);
        var newer = await GuestAsync(house, "ada@lovelace.example");

        var restored = await house.Get<ContactBin>().RestoreAsync(house.Admin, ada.Id);

        Assert.Equal(["ada@lovelace.example"], restored.Lost);
        var contact = (await house.Book.FindAsync(house.Member, ada.Id))!;
        Assert.Equal((null, "+493012345678"), (contact.Email, contact.MobilePhone));
        var entry = (await house.EntriesAsync(ada.Id))[^1];
        Assert.Contains("ada@lovelace.example belongs to another contact", entry.Text);
        Assert.Equal(new FieldChange("email", "ada@lovelace.example", null), Assert.Single(entry.Changes));
        Assert.Equal(newer, await GuestAsync(house, "ada@lovelace.example"));
        var pair = Assert.Single((await house.Get<PossibleDuplicates>().ListAsync(house.Member)).Items);
        Assert.Equal((ada.Id, newer), (pair.First.Id, pair.Second.Id));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Those_merged_into_it_go_along_and_come_back(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var (ada, old) = (await AddAsync(house, "Ada", "ada@lovelace.example"), await AddAsync(house, "Old Ada", "old@lovelace.example"));
        await house.MergeAsync(old.Id, ada.Id);

        await house.Book.DeleteAsync(house.Admin, ada.Id);
        Assert.Empty(await KeysAsync(house));
        Assert.Equal(ada.Id, Assert.Single((await house.Get<ContactBin>().ListAsync(house.Admin)).Items).Id);
        await house.Get<ContactBin>().RestoreAsync(house.Admin, ada.Id);

        Assert.Equal(["ada@lovelace.example", "old@lovelace.example"], await KeysAsync(house));
        Assert.All(await house.ContactsAsync(), c => Assert.Null(c.DeletedAt));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task One_whose_identities_were_not_kept_is_known_by_its_values_again(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var ada = await AddAsync(house, "Ada", "ada@lovelace.example", "+493012345678");
        var bob = await AddAsync(house, "Bob", "bob@lovelace.example");
        foreach (var contact in new[] { ada, bob }) await house.Book.DeleteAsync(house.Admin, contact.Id);
        await house.Gate.RunAsync(house.Account.Id, db => db.BinnedIdentities.ExecuteDeleteAsync()); // deleted when that was not done yet
        await GuestAsync(house, "bob@lovelace.example");

        Assert.Empty((await house.Get<ContactBin>().RestoreAsync(house.Admin, ada.Id)).Lost);
        Assert.Equal(["bob@lovelace.example"], (await house.Get<ContactBin>().RestoreAsync(house.Admin, bob.Id)).Lost);

        Assert.Equal(["+493012345678", "ada@lovelace.example", "bob@lovelace.example"], await KeysAsync(house));
        Assert.Equal(ada.Id, await GuestAsync(house, "ada@lovelace.example"));
        Assert.Null((await house.Book.FindAsync(house.Member, bob.Id))!.Email);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task What_the_block_list_says_at_the_restore_holds_for_primaries_and_takes_no_other_address(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var blocked = house.Get<BlockedIdentities>();
        var ada = await AddAsync(house, "Ada", "front@lovelace.example");
        var bob = await AddAsync(house, "Bob", "bob@lovelace.example");
        await house.Get<AddressBook>().AddAsync(house.Member, bob.Id, IdentityKind.Email, "desk@lovelace.example", ByHand);
        await blocked.AddAsync(house.Admin, "front@*");
        foreach (var contact in new[] { ada, bob }) await house.Book.DeleteAsync(house.Admin, contact.Id);
        await blocked.RemoveAsync(house.Admin, "front@*");
        await blocked.AddAsync(house.Admin, "desk@*");

        foreach (var contact in new[] { ada, bob }) await house.Get<ContactBin>().RestoreAsync(house.Admin, contact.Id);

        Assert.Equal(["bob@lovelace.example", "desk@lovelace.example", "front@lovelace.example"], await KeysAsync(house));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task What_somebody_else_has_by_then_is_taken_from_a_merged_contact_too(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var (ada, old) = (await AddAsync(house, "Ada", "ada@lovelace.example"), await AddAsync(house, "Old Ada", "old@lovelace.example"));
        var merge = await house.Get<MergeDesk>().MergeAsync(house.Admin, ada.Id, [old.Id], null, ByHand);
        await house.Book.DeleteAsync(house.Admin, ada.Id);
        var newer = await GuestAsync(house, "old@lovelace.example");

        Assert.Equal(["old@lovelace.example"], (await house.Get<ContactBin>().RestoreAsync(house.Admin, ada.Id)).Lost);
        await house.Get<MergeDesk>().UndoAsync(house.Admin, merge.Id, ByHand);

        Assert.Null((await house.Book.FindAsync(house.Member, old.Id))!.Email);
        Assert.Equal("ada@lovelace.example", (await house.Book.FindAsync(house.Member, ada.Id))!.Email);
        Assert.Equal([new FieldChange("email", "old@lovelace.example", null)], (await house.EntriesAsync(old.Id)).Single(e => e.Kind == ActivityKind.Restored).Changes);
        Assert.Equal(newer, await GuestAsync(house, "old@lovelace.example"));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_phone_that_was_never_its_own_is_a_value_as_before(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await AddAsync(house, "Bob", "bob@lovelace.example", "+493012345678");
        await house.Desk.ReceiveAsync(house.Account.Id, new Interaction(ActivityKind.FormSubmitted, new Source(SourceKind.RoutingForm, "Form"), "Form", house.Now)
        {
            Contact = new ContactEdit().Set("email", "ada@lovelace.example").Set("mobile_phone", "+493012345678"),
        });
        var ada = (await house.ContactsAsync())[^1];
        await house.Book.DeleteAsync(house.Admin, ada.Id);

        var restored = await house.Get<ContactBin>().RestoreAsync(house.Admin, ada.Id);

        Assert.Empty(restored.Lost);
        Assert.Equal("+493012345678", (await house.Book.FindAsync(house.Member, ada.Id))!.MobilePhone);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task After_thirty_days_the_bin_is_emptied_and_leaves_no_mark(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var (ada, bob) = (await AddAsync(house, "Ada", "ada@lovelace.example"), await AddAsync(house, "Bob", "bob@lovelace.example"));
        await house.Book.DeleteAsync(house.Admin, ada.Id);
        house.Clock.Advance(TimeSpan.FromDays(29));
        await house.Book.DeleteAsync(house.Admin, bob.Id);
        Assert.Equal(0, await house.Get<BinRetention>().SweepAsync());

        house.Clock.Advance(TimeSpan.FromDays(2));
        Assert.Equal(1, await house.Get<BinRetention>().SweepAsync());

        Assert.Equal(bob.Id, Assert.Single(await house.ContactsAsync()).Id);
        Assert.Null(await house.Get<ErasedIdentities>().WhenErasedAsync(house.Member, "ada@lovelace.example", null));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task One_that_is_restored_while_the_bin_is_emptied_stays(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var (ada, bob) = (await AddAsync(house, "Ada", "ada@lovelace.example"), await AddAsync(house, "Bob", "bob@lovelace.example"));
        await house.Book.DeleteAsync(house.Admin, ada.Id);
        house.Clock.Advance(TimeSpan.FromMinutes(1));
        await house.Book.DeleteAsync(house.Admin, bob.Id);
        house.Clock.Advance(TimeSpan.FromDays(31));
        // The listener is told when the first of the list is gone, and the sweep waits for it.
        using var listening = house.Get<ChangeFeed>().Listen(house.Account.Id, change =>
        {
            if (change.ContactId == ada.Id) Task.Run(() => house.Get<ContactBin>().RestoreAsync(house.Admin, bob.Id)).GetAwaiter().GetResult();
        });

        Assert.Equal(1, await house.Get<BinRetention>().SweepAsync());

        Assert.Equal(bob.Id, Assert.Single((await house.Book.ListAsync(house.Member, new ContactQuery())).Items).Id);
        Assert.Equal(bob.Id, Assert.Single(await house.ContactsAsync()).Id);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task One_that_is_erased_by_hand_while_the_bin_is_emptied_holds_up_nothing(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var people = new List<Contact>();
        foreach (var name in new[] { "Ada", "Bob", "Eve" })
        {
            people.Add(await AddAsync(house, name, $"{name}@lovelace.example"));
            await house.Book.DeleteAsync(house.Admin, people[^1].Id);
            house.Clock.Advance(TimeSpan.FromMinutes(1));
        }
        house.Clock.Advance(TimeSpan.FromDays(31));
        using var listening = house.Get<ChangeFeed>().Listen(house.Account.Id, change =>
        {
            if (change.ContactId == people[0].Id) Task.Run(() => house.Get<ErasureDesk>().EraseAsync(house.Admin, people[1].Id)).GetAwaiter().GetResult();
        });

        Assert.Equal(2, await house.Get<BinRetention>().SweepAsync());

        Assert.Empty(await house.ContactsAsync());
    }

    [Fact]
    public async Task A_database_that_is_away_at_the_hour_is_tried_again_the_next_day()
    {
        await using var house = await TestHouse.OpenAsync(Database.Sqlite);
        var (tries, tried) = (0, new TaskCompletionSource());
        var away = new AccountDbs(() => ++tries == 2 && tried.TrySetResult() ? throw new IOException("still away") : throw new IOException("away"));
        var retention = ActivatorUtilities.CreateInstance<BinRetention>(house.Get<IServiceProvider>(), away);
        using var stop = new CancellationTokenSource();

        var running = retention.RunAsync(stop.Token);
        Assert.Equal((1, false), (tries, running.IsCompleted));
        house.Clock.Advance(TimeSpan.FromDays(1));
        await tried.Task;

        await stop.CancelAsync();
        await running;
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task The_bin_is_read_page_by_page_and_is_the_accounts_own(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var (_, _, otherAdmin, _) = await house.AddAccountAsync("Globex");
        for (var i = 0; i < ContactBin.PageSize + 3; i++) await house.Book.DeleteAsync(house.Admin, (await AddAsync(house, $"Person {i}", $"p{i}@lovelace.example")).Id);

        var first = await house.Get<ContactBin>().ListAsync(house.Admin);
        var second = await house.Get<ContactBin>().ListAsync(house.Admin, first.Next);

        Assert.Equal((ContactBin.PageSize, 3), (first.Items.Count, second.Items.Count));
        Assert.Equal(ContactBin.PageSize + 3, first.Items.Concat(second.Items).Select(r => r.Id).Distinct().Count());
        Assert.Empty((await house.Get<ContactBin>().ListAsync(otherAdmin)).Items);
        var foreign = await Assert.ThrowsAsync<RuleException>(() => house.Get<ContactBin>().RestoreAsync(otherAdmin, first.Items[0].Id));
        Assert.Equal(Refusal.NotFound, foreign.Refusal);
    }

    private static async Task<List<string>> KeysAsync(TestHouse house) => [.. (await house.ReadAsync(db => db.Identities.Select(i => i.Key).ToListAsync())).Order(StringComparer.Ordinal)];

    private static Task<Contact> AddAsync(TestHouse house, string name, string email, string? mobile = null) =>
        house.Book.AddAsync(house.Member, new ContactEdit().SetName(name).Set("email", email).Set("mobile_phone", mobile), ByHand);

    private static async Task<long> GuestAsync(TestHouse house, string email) => (await house.Desk.ReceiveAsync(house.Account.Id,
        new Interaction(ActivityKind.FormSubmitted, new Source(SourceKind.RoutingForm, "Form"), "Form", house.Now) { Contact = new ContactEdit().Set("email", email) })).ContactId;
}
