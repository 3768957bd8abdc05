using Contacts.Core;
using Contacts.Core.Activity;
using Contacts.Core.Erasure;
using Contacts.Core.Intake;
using Contacts.Core.People;
using Contacts.Core.People.Merging;
using Contacts.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Contacts.Tests.People;

public class LookalikesTests
{
    private static readonly Source ByHand = new(SourceKind.User, "Mei Chou");

    public static TheoryData<Database> Databases => TestHouse.Databases;

    [Theory, MemberData(nameof(Databases))]
    public async Task The_same_phone_name_and_company_or_mailbox_is_raised_once_with_its_reason(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var jane = await AddAsync(house, ("first_name", "Jane"), ("last_name", "Müller"), ("company", "Acme"), ("email", "jane.muller@mail.example"), ("mobile_phone", "+493012345678"));
        var phone = await AddAsync(house, ("first_name", "J"), ("phone", "+49 30 12345678"));
        var name = await AddAsync(house, ("first_name", "jane"), ("last_name", "MULLER"), ("company", "ACME"));
        var mailbox = await AddAsync(house, ("email", "janemuller+news@mail.example"));
        await AddAsync(house, ("first_name", "Jane"), ("last_name", "Müller"), ("company", "Globex"), ("email", "jane@other.example"));

        var pairs = await PairsAsync(house);

        Assert.Equal(
            [(jane.Id, phone.Id, "Same phone"), (jane.Id, name.Id, "Same name and company"), (jane.Id, mailbox.Id, "Emails differ only in dots or a +tag")],
            pairs.OrderBy(p => p.Second.Id).Select(p => (p.First.Id, p.Second.Id, p.Reason)));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_second_reason_stands_beside_the_first(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await AddAsync(house, ("first_name", "Ada"), ("company", "Acme"), ("mobile_phone", "+493012345678"));
        await AddAsync(house, ("first_name", "Ada"), ("company", "Acme"), ("phone", "+493012345678"));

        Assert.Equal("Same phone, same name and company", Assert.Single(await PairsAsync(house)).Reason, ignoreCase: true);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_guest_who_resembles_somebody_is_raised_by_the_interaction(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var ada = await AddAsync(house, ("first_name", "Ada"), ("email", "ada@lovelace.example"));

        var guest = await GuestAsync(house, ("email", "ada+work@lovelace.example"));
        await GuestAsync(house, ("email", "ada+work@lovelace.example"));

        var pair = Assert.Single(await PairsAsync(house));
        Assert.Equal((ada.Id, guest), (pair.First.Id, pair.Second.Id));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task An_edit_raises_what_it_makes_alike_and_drops_what_it_parts(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var ada = await AddAsync(house, ("first_name", "Ada"), ("phone", "+493012345678"));
        var bob = await AddAsync(house, ("first_name", "Bob"));

        await EditAsync(house, bob, "phone", "+493012345678");
        Assert.Equal((ada.Id, bob.Id), Ids(Assert.Single(await PairsAsync(house))));
        await EditAsync(house, bob, "phone", "+493087654321");

        Assert.Empty(await PairsAsync(house));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_mobile_phone_that_is_corrected_parts_the_two_and_leads_nobody_here_any_more(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var ada = await AddAsync(house, ("first_name", "Ada"), ("mobile_phone", "+493012345678"));
        var bob = await AddAsync(house, ("first_name", "Bob"), ("phone", "+493012345678"));
        Assert.Single(await PairsAsync(house));

        await EditAsync(house, ada, "mobile_phone", "+493087654321");
        Assert.Empty(await PairsAsync(house));
        var guest = await GuestAsync(house, ("first_name", "Kim"), ("mobile_phone", "+493012345678"));

        Assert.Equal((bob.Id, guest), Ids(Assert.Single(await PairsAsync(house))));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Of_two_reasons_the_one_that_still_holds_is_left(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var ada = await AddAsync(house, ("first_name", "Ada"), ("company", "Acme"), ("phone", "+493012345678"));
        await AddAsync(house, ("first_name", "Ada"), ("company", "Acme"), ("phone", "+493012345678"));

        await EditAsync(house, ada, "phone", null);
        Assert.Equal("Same name and company", Assert.Single(await PairsAsync(house)).Reason);
        await EditAsync(house, ada, "company", "Globex");

        Assert.Empty(await PairsAsync(house));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task One_edit_may_take_one_reason_and_give_another(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var ada = await AddAsync(house, ("first_name", "Ada"), ("company", "Globex"), ("phone", "+493012345678"));
        await AddAsync(house, ("first_name", "Ada"), ("company", "Acme"), ("phone", "+493012345678"));

        await house.Book.EditAsync(house.Member, ada.Id, new ContactEdit().Set("phone", "+493087654321").Set("company", "Acme"), ByHand);

        Assert.Equal("Same name and company", Assert.Single(await PairsAsync(house)).Reason);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_pair_lives_while_one_merged_into_either_has_what_they_share(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var ada = await AddAsync(house, ("first_name", "Ada"), ("phone", "+493011111111"));
        var old = await AddAsync(house, ("first_name", "Old Ada"), ("phone", "+493012345678"));
        await MergeAsync(house, ada, old);
        var bob = await AddAsync(house, ("first_name", "Bob"), ("phone", "+493012345678"), ("company", "Acme"));
        Assert.Equal((ada.Id, bob.Id), Ids(Assert.Single(await PairsAsync(house))));

        await EditAsync(house, bob, "company", "Globex");
        await EditAsync(house, ada, "phone", "+493022222222");

        Assert.Equal((ada.Id, bob.Id), Ids(Assert.Single(await PairsAsync(house))));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task An_open_pair_goes_with_the_contact_that_is_merged_and_is_decided_there(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var (survivor, merge) = await MergedPairAsync(house, dismissed: false);
        var bob = (await house.ContactsAsync()).Find(c => c.FirstName == "Bob")!;

        Assert.Equal((bob.Id, survivor.Id), Ids(Assert.Single(await PairsAsync(house))));
        Assert.Equal(bob.Id, Assert.Single(await house.Book.PossibleDuplicatesAsync(house.Member, survivor.Id)).Other.Id);
        await house.Get<PossibleDuplicates>().DismissAsync(house.Member, survivor.Id, bob.Id);
        await house.Get<DuplicateSweep>().RunAsync(house.Admin);

        Assert.Empty(await PairsAsync(house));
        Assert.Empty(await house.Book.PossibleDuplicatesAsync(house.Member, survivor.Id));
        Assert.Empty(await house.Book.PossibleDuplicatesAsync(house.Member, bob.Id));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_dismissed_pair_stays_dismissed_when_one_of_the_two_is_merged(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await MergedPairAsync(house, dismissed: true);
        var bob = (await house.ContactsAsync()).Find(c => c.FirstName == "Bob")!;

        await house.Get<DuplicateSweep>().RunAsync(house.Admin);
        await house.Book.DeleteAsync(house.Admin, bob.Id);
        await house.Get<ContactBin>().RestoreAsync(house.Admin, bob.Id);

        Assert.Empty(await PairsAsync(house));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task After_the_undo_each_pair_speaks_of_the_contact_it_was_raised_for(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var (survivor, merge) = await MergedPairAsync(house, dismissed: false);
        var (ada, bob) = ((await house.ContactsAsync()).Find(c => c.FirstName == "Ada")!, (await house.ContactsAsync()).Find(c => c.FirstName == "Bob")!);

        await house.Get<MergeDesk>().UndoAsync(house.Admin, merge.Id, ByHand);

        Assert.Equal((ada.Id, bob.Id), Ids(Assert.Single(await PairsAsync(house))));
        Assert.Empty(await house.Book.PossibleDuplicatesAsync(house.Member, survivor.Id));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_merged_contact_that_is_back_from_the_bin_raises_the_contact_that_speaks_for_it(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var (survivor, _) = await MergedPairAsync(house, dismissed: false);
        await house.Book.DeleteAsync(house.Admin, survivor.Id);
        await house.Gate.RunAsync(house.Account.Id, db => db.PossibleDuplicates.ExecuteDeleteAsync());

        await house.Get<ContactBin>().RestoreAsync(house.Admin, survivor.Id);

        Assert.Equal(survivor.Id, Assert.Single(await PairsAsync(house)).Second.Id);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_dismissed_pair_stays_dismissed_until_it_is_taken_back(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var duplicates = house.Get<PossibleDuplicates>();
        var ada = await AddAsync(house, ("phone", "+493012345678"));
        var bob = await AddAsync(house, ("phone", "+493012345678"));

        await duplicates.DismissAsync(house.Member, bob.Id, ada.Id);
        await EditAsync(house, bob, "phone", null);
        await EditAsync(house, bob, "phone", "+493012345678");
        await house.Get<DuplicateSweep>().RunAsync(house.Admin);
        Assert.Empty(await PairsAsync(house));
        Assert.Empty(await house.Book.PossibleDuplicatesAsync(house.Member, ada.Id));
        await duplicates.ReopenAsync(house.Member, ada.Id, bob.Id);

        Assert.Single(await PairsAsync(house));
        Assert.Equal(1, await duplicates.CountAsync(house.Member));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Deleted_and_merged_contacts_are_not_shown(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var (ada, bob, kim) = (await AddAsync(house, ("phone", "+493012345678")), await AddAsync(house, ("phone", "+493012345678")), await AddAsync(house, ("phone", "+493012345678")));
        Assert.Equal(3, (await PairsAsync(house)).Count);

        await house.Book.DeleteAsync(house.Admin, kim.Id);
        Assert.Equal((ada.Id, bob.Id), Ids(Assert.Single(await PairsAsync(house))));
        await house.MergeAsync(bob.Id, ada.Id);

        Assert.Empty(await PairsAsync(house));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_phone_of_very_many_is_told_once_and_not_as_pairs(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        for (var i = 0; i <= Lookalikes.Crowd; i++) await AddAsync(house, ("first_name", $"Person {i}"), ("phone", "+493012345678"));

        var shared = Assert.Single(await house.Get<PossibleDuplicates>().SharedAsync(house.Member));
        Assert.Equal((MatchKind.Phone, "+49 30 12345678", Lookalikes.Crowd + 1), (shared.Kind, shared.Value, shared.Count));
        Assert.Empty(await PairsAsync(house));
        await house.Get<DuplicateSweep>().RunAsync(house.Admin);
        Assert.Empty(await PairsAsync(house));
        await house.Get<PossibleDuplicates>().DismissSharedAsync(house.Member, shared.Kind, shared.Hash);

        Assert.Empty(await house.Get<PossibleDuplicates>().SharedAsync(house.Member));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task The_list_is_read_page_by_page_newest_first(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        for (var i = 0; i < PossibleDuplicates.PageSize + 5; i++)
            foreach (var who in new[] { "a", "b" }) await AddAsync(house, ("first_name", who), ("phone", $"+4930123450{i:00}"));

        var first = await house.Get<PossibleDuplicates>().ListAsync(house.Member);
        var second = await house.Get<PossibleDuplicates>().ListAsync(house.Member, Cursor.Parse(first.Next!.ToString()));

        Assert.Equal((PossibleDuplicates.PageSize, 5), (first.Items.Count, second.Items.Count));
        Assert.Null(second.Next);
        var all = first.Items.Concat(second.Items).Select(p => p.Second.Id).ToList();
        Assert.Equal(all.OrderDescending(), all);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task The_sweep_finds_in_existing_data_what_adding_finds(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await AddAsync(house, ("first_name", "Jane"), ("company", "Acme"), ("email", "jane.m@mail.example"), ("mobile_phone", "+493012345678"));
        await AddAsync(house, ("first_name", "jane"), ("company", "ACME"), ("phone", "+493012345678"));
        await AddAsync(house, ("email", "janem+x@mail.example"));
        for (var i = 0; i <= Lookalikes.Crowd; i++) await AddAsync(house, ("first_name", $"Person {i}"), ("phone", "+493087654321"));
        var before = await StateAsync(house);
        await house.Gate.RunAsync(house.Account.Id, async db =>
            await db.MatchKeys.ExecuteDeleteAsync() + await db.PossibleDuplicates.ExecuteDeleteAsync() + await db.SharedKeys.ExecuteDeleteAsync());

        var state = await house.Get<DuplicateSweep>().RunAsync(house.Admin);

        Assert.Equal(before, await StateAsync(house));
        Assert.Equal((3 + Lookalikes.Crowd + 1, 2, true), (state.Looked, state.Found, state.IsDone));
        Assert.Equal(0, (await house.Get<DuplicateSweep>().RunAsync(house.Admin)).Found);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_pair_of_which_one_was_erased_meanwhile_is_passed_over(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var ids = new List<long>();
        foreach (var name in new[] { "Ada", "Bob", "Eve" }) ids.Add((await AddAsync(house, ("first_name", name), ("phone", "+493012345678"))).Id);
        await house.Gate.RunAsync(house.Account.Id, db => db.PossibleDuplicates.ExecuteDeleteAsync());
        await house.Get<ErasureDesk>().EraseAsync(house.Admin, ids[1]);

        var found = await house.Gate.RunAsync(house.Account.Id, db =>
            house.Get<DuplicateSweep>().RaiseAsync(db, MatchKind.Phone, [(ids[0], ids[1]), (ids[0], ids[2]), (ids[1], ids[2])], []));

        Assert.Equal(1, found);
        Assert.Equal((ids[0], ids[2]), Ids(Assert.Single(await PairsAsync(house))));
    }

    [Fact]
    public async Task Two_nodes_may_look_at_once_while_contacts_change()
    {
        await using var house = await TestHouse.OpenAsync(Database.Postgres);
        await using var neighbour = house.OpenNeighbour();
        var people = new List<Contact>();
        for (var n = 0; n < 60; n++) people.Add(await AddAsync(house, ("first_name", $"Person {n}"), ("phone", $"+4930123456{n / 2:00}")));
        for (var round = 0; round < 3; round++)
        {
            await house.Gate.RunAsync(house.Account.Id, async db => await db.MatchKeys.ExecuteDeleteAsync() + await db.PossibleDuplicates.ExecuteDeleteAsync());

            await Task.WhenAll(
                house.Get<DuplicateSweep>().RunAsync(house.Admin),
                neighbour.Get<DuplicateSweep>().RunAsync(house.Admin),
                Task.Run(async () =>
                {
                    foreach (var contact in people) await neighbour.Book.EditAsync(house.Member, contact.Id, new ContactEdit().Set("company", $"Company {round}"), ByHand);
                }));

            Assert.Equal(30, await house.Get<PossibleDuplicates>().CountAsync(house.Member));
        }
    }

    [Theory]
    [InlineData("info@acme.example", true)]
    [InlineData("Sales+eu@acme.example", true)]
    [InlineData("customer-service@acme.example", true)]
    [InlineData("ada@info.example", false)]
    [InlineData("informal@acme.example", false)]
    [InlineData(null, false)]
    public void A_desks_address_is_known_as_one(string? email, bool expected) => Assert.Equal(expected, RoleAddress.Is(email));

    // Ada and Bob have the same phone; Ada is merged into another, who has nothing of it.
    private static async Task<(Contact Survivor, ContactMerge Merge)> MergedPairAsync(TestHouse house, bool dismissed)
    {
        var ada = await AddAsync(house, ("first_name", "Ada"), ("phone", "+493012345678"));
        var bob = await AddAsync(house, ("first_name", "Bob"), ("phone", "+493012345678"));
        var survivor = await AddAsync(house, ("first_name", "Ada L."), ("phone", "+493087654321"));
        if (dismissed) await house.Get<PossibleDuplicates>().DismissAsync(house.Member, ada.Id, bob.Id);
        return (survivor, await MergeAsync(house, survivor, ada));
    }

    private static Task<ContactMerge> MergeAsync(TestHouse house, Contact survivor, Contact other) =>
        house.Get<MergeDesk>().MergeAsync(house.Admin, survivor.Id, [other.Id], null, ByHand);

    private static (long, long) Ids(DuplicatePair pair) => (pair.First.Id, pair.Second.Id);

    private static async Task<IReadOnlyList<DuplicatePair>> PairsAsync(TestHouse house) => (await house.Get<PossibleDuplicates>().ListAsync(house.Member)).Items;

    private static async Task<List<string>> StateAsync(TestHouse house) => await house.ReadAsync(async db =>
        (await db.MatchKeys.Select(k => $"{k.Kind} {k.Hash} {k.ContactId}").ToListAsync())
        .Concat((await db.PossibleDuplicates.ToListAsync()).Select(d => $"{d.ContactId} {d.OtherId} {d.Reason}"))
        .Concat((await db.SharedKeys.ToListAsync()).Select(k => $"{k.Kind} {k.Hash}")).Order(StringComparer.Ordinal).ToList());

    private static Task<Contact> AddAsync(TestHouse house, params (string Field, string Value)[] values)
    {
        var edit = new ContactEdit();
        foreach (var (field, value) in values) edit.Set(field, value);
        return house.Book.AddAsync(house.Member, edit, ByHand);
    }

    private static Task<Contact> EditAsync(TestHouse house, Contact contact, string field, string? value) =>
        house.Book.EditAsync(house.Member, contact.Id, new ContactEdit().Set(field, value), ByHand);

    private static async Task<long> GuestAsync(TestHouse house, params (string Field, string Value)[] values)
    {
        var edit = new ContactEdit();
        foreach (var (field, value) in values) edit.Set(field, value);
        return (await house.Desk.ReceiveAsync(house.Account.Id, new Interaction(ActivityKind.FormSubmitted, new Source(SourceKind.RoutingForm, "Form"), "Form", house.Now) { Contact = edit })).ContactId;
    }
}
