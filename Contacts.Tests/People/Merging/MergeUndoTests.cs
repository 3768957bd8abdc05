using Contacts.Core;
using Contacts.Core.Activity;
using Contacts.Core.Fields;
using Contacts.Core.Intake;
using Contacts.Core.People;
using Contacts.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Contacts.Tests.People.Merging;

public sealed class MergeUndoTests
{
    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task An_undone_merge_leaves_no_trace_but_its_entries(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var ada = await house.AddAsync("Ada Lovelace", "ada@work.example");
        var bob = await house.AddAsync("Ada King", "ada@home.example", ("company", "Poems"), ("mobile_phone", "+442079460958"));
        await house.Desk.ReceiveAsync(house.Account.Id, Visit(house.Now.AddDays(-3), "ada@home.example"));
        var before = await house.StateAsync();

        var merge = await house.MergeAsync(ada, bob);
        Assert.NotEqual(before, await house.StateAsync());
        house.Clock.Advance(TimeSpan.FromHours(1));
        var undone = await house.UndoAsync(merge);

        Assert.Equal(before, await house.StateAsync());
        Assert.Equal((0, 0), (undone.Kept.Count, undone.KeptActivities));
        Assert.Equal([ActivityKind.Merged, ActivityKind.Unmerged], (await house.EntriesAsync(ada.Id)).TakeLast(2).Select(e => e.Kind));
        Assert.Equal((ActivityKind.Unmerged, "Ada Lovelace"), ((await house.EntriesAsync(bob.Id))[^1].Kind, (await house.EntriesAsync(bob.Id))[^1].Title));
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task What_was_changed_since_is_kept_and_listed(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var status = await house.ReadAsync(db => db.Statuses.FirstAsync());
        var ada = await house.AddAsync("Ada Lovelace", "ada@work.example");
        var bob = await house.AddAsync("Ada King", "ada@home.example", ("company", "Poems"), ("city", "Turin"), ("country", "Italy"));
        var merge = await house.MergeAsync(ada, bob);
        house.Clock.Advance(TimeSpan.FromHours(1));

        await house.Book.EditAsync(house.Member, ada.Id, new ContactEdit().Set("city", "Rome").Set("country", ""), MergeHouse.ByHand);
        await house.Book.MoveToAsync(house.Member, ada.Id, status.Id, MergeHouse.ByHand);
        await house.Get<AddressBook>().AddAsync(house.Member, ada.Id, IdentityKind.Email, "third@example.com", MergeHouse.ByHand);
        await house.Desk.ReceiveAsync(house.Account.Id, Visit(house.Now, "ada@home.example"));
        var undone = await house.UndoAsync(merge);

        Assert.Equal([("city", "Rome"), ("country", null), ("status", "Qualified"), ("other_emails", "third@example.com")], undone.Kept.Select(k => (k.Field, k.Value)));
        Assert.Equal(1, undone.KeptActivities);
        var after = await house.NowAsync(ada);
        Assert.Equal((null, "Rome", null, status.Id, house.Now), (after.Company, after.City, after.Country, after.StatusId, after.LastInteractedAt));
        Assert.Equal("Kept from after the merge: City: Rome; Country: empty; Status: Qualified; Other emails: third@example.com; 1 activity", (await house.EntriesAsync(ada.Id))[^1].Text);
        Assert.Null((await house.NowAsync(bob)).LastInteractedAt);
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task A_chain_is_undone_from_its_end_and_each_is_back_where_it_was(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var (ada, bob, eve) = (await house.AddAsync("Ada", "a@x.example"), await house.AddAsync("Bob", "b@x.example", ("city", "Bonn")), await house.AddAsync("Eve", "e@x.example", ("company", "Eve Ltd")));
        var start = await house.StateAsync();
        var first = await house.MergeAsync(ada, bob);
        var between = await house.StateAsync();
        var second = await house.MergeAsync(eve, ada);

        Assert.Equal((eve.Id, eve.Id), ((await house.NowAsync(bob)).MergedIntoId, (await house.NowAsync(ada)).MergedIntoId));
        Assert.Equal(eve.Id, Assert.Single((await house.Book.ListAsync(house.Member, new ContactQuery { Search = "b@x" })).Items).Id);
        var refused = await Assert.ThrowsAsync<RuleException>(() => house.UndoAsync(first));
        Assert.Equal((Refusal.Conflict, "Ada was merged into Eve since. Undo that merge first."), (refused.Refusal, refused.Message));

        await house.UndoAsync(second);
        Assert.Equal(between, await house.StateAsync());
        await house.UndoAsync(first);
        Assert.Equal(start, await house.StateAsync());
        Assert.Equal("This merge was undone already.", (await Assert.ThrowsAsync<RuleException>(() => house.UndoAsync(first))).Message);
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task Two_merges_into_one_contact_are_undone_in_either_order(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var statuses = await house.ReadAsync(db => db.Statuses.OrderBy(s => s.Position).ToListAsync());
        foreach (var firstGoesFirst in new[] { true, false })
        {
            var word = firstGoesFirst ? "one" : "two";
            var ada = await house.AddAsync("Ada", $"a@{word}.example");
            house.Clock.Advance(TimeSpan.FromMinutes(1));
            var bob = await house.AddAsync("Bob", $"b@{word}.example", ("city", "Bonn"));
            var eve = await house.AddAsync("Eve", $"e@{word}.example", ("city", "Rome"), ("company", "Eve Ltd"));
            await house.Desk.ReceiveAsync(house.Account.Id, Visit(house.Now, $"b@{word}.example"));
            await house.Book.MoveToAsync(house.Member, bob.Id, statuses[0].Id, MergeHouse.ByHand);
            await house.Book.MoveToAsync(house.Member, eve.Id, statuses[1].Id, MergeHouse.ByHand);
            var start = await house.StateAsync();
            house.Clock.Advance(TimeSpan.FromMinutes(1));
            var first = await house.MergeAsync(ada, bob);
            house.Clock.Advance(TimeSpan.FromMinutes(1));
            var second = await house.Merging().MergeAsync(house.Admin, ada.Id, [eve.Id], new Dictionary<string, long> { ["city"] = eve.Id, ["status"] = eve.Id, ["email"] = eve.Id }, MergeHouse.ByHand);

            await house.UndoAsync(firstGoesFirst ? first : second);
            Assert.Equal((firstGoesFirst ? "Rome" : "Bonn", firstGoesFirst ? statuses[1].Id : statuses[0].Id), ((await house.NowAsync(ada)).City, (await house.NowAsync(ada)).StatusId));
            await house.UndoAsync(firstGoesFirst ? second : first);

            Assert.Equal(start, await house.StateAsync());
        }
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task A_primary_made_of_the_others_email_goes_back_with_the_other(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var (ada, bob) = (await house.AddAsync("Ada", "ada@example.com"), await house.AddAsync("Bob", "bob@example.com"));
        var merge = await house.MergeAsync(ada, bob);
        await house.Get<AddressBook>().MakePrimaryAsync(house.Member, ada.Id, IdentityKind.Email, "bob@example.com", MergeHouse.ByHand);
        await house.Get<AddressBook>().RemoveAsync(house.Member, ada.Id, IdentityKind.Email, "ada@example.com", MergeHouse.ByHand);

        var undone = await house.UndoAsync(merge);

        Assert.Empty(undone.Kept);
        Assert.Null((await house.EntriesAsync(ada.Id))[^1].Text);
        Assert.Equal(("ada@example.com", "bob@example.com"), ((await house.NowAsync(ada)).Email, (await house.NowAsync(bob)).Email));
        Assert.Equal([("ada@example.com", ada.Id), ("bob@example.com", bob.Id)], await house.ReadAsync(async db => (await db.Identities.OrderBy(i => i.Key).ToListAsync()).Select(i => (i.Key, i.ContactId))));
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task Of_other_addresses_those_are_listed_that_the_survivor_has_more_or_less_of_than_before(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var (ada, bob) = (await house.AddAsync("Ada", "ada@example.com"), await house.AddAsync("Bob", "bob@example.com", ("mobile_phone", "+442079460958")));
        var addresses = house.Get<AddressBook>();
        await addresses.AddAsync(house.Member, ada.Id, IdentityKind.Phone, "+442079460111", MergeHouse.ByHand);
        await addresses.AddAsync(house.Member, ada.Id, IdentityKind.Phone, "+442079460222", MergeHouse.ByHand);
        var merge = await house.MergeAsync(ada, bob);
        await addresses.RemoveAsync(house.Member, ada.Id, IdentityKind.Email, "bob@example.com", MergeHouse.ByHand);
        await addresses.RemoveAsync(house.Member, ada.Id, IdentityKind.Phone, "+442079460222", MergeHouse.ByHand);
        await addresses.AddAsync(house.Member, ada.Id, IdentityKind.Email, "third@example.com", MergeHouse.ByHand);
        await addresses.AddAsync(house.Member, ada.Id, IdentityKind.Email, "fourth@example.com", MergeHouse.ByHand);
        await addresses.RemoveAsync(house.Member, ada.Id, IdentityKind.Email, "fourth@example.com", MergeHouse.ByHand);

        var undone = await house.UndoAsync(merge);

        Assert.Equal([("other_emails", "third@example.com"), ("other_phones", null)], undone.Kept.Select(k => (k.Field, k.Value)));
        Assert.Equal(["+442079460958", "bob@example.com"], (await addresses.ListAsync(house.Member, bob.Id)).Select(a => a.Key).Order());
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task A_status_that_was_removed_since_is_not_put_back(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var statuses = await house.ReadAsync(db => db.Statuses.OrderBy(s => s.Position).ToListAsync());
        var (ada, bob) = (await house.AddAsync("Ada"), await house.AddAsync("Bob"));
        await house.Book.MoveToAsync(house.Member, ada.Id, statuses[0].Id, MergeHouse.ByHand);
        await house.Book.MoveToAsync(house.Member, bob.Id, statuses[1].Id, MergeHouse.ByHand);
        house.Clock.Advance(TimeSpan.FromHours(1));
        var merge = await house.Merging().MergeAsync(house.Admin, ada.Id, [bob.Id], new Dictionary<string, long> { ["status"] = bob.Id }, MergeHouse.ByHand);
        await house.Get<StatusRemoval>().RemoveAsync(house.Owner, statuses[0].Id, statuses[2].Id);

        var undone = await house.UndoAsync(merge);

        var after = await house.NowAsync(ada);
        Assert.Equal((statuses[1].Id, merge.At), (after.StatusId, after.StatusAt));
        Assert.Equal(("status", statuses[1].Name), Assert.Single(undone.Kept.Select(k => (k.Field, k.Value))));
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task A_choice_goes_back_as_what_it_became_and_one_that_is_gone_does_not(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await house.Fields.CreateAsync(house.Admin, new FieldEdit("Plan", null, "single_choice", "plan", ["Red", "Green", "Blue"]));
        await house.Fields.CreateAsync(house.Admin, new FieldEdit("Tools", null, "multiple_choice", "tools", ["Phone", "Fax", "Mail"]));
        var ada = await house.AddAsync("Ada", "ada@example.com", ("plan", "Red"), ("tools", "Fax\nMail"));
        var bob = await house.AddAsync("Bob", "bob@example.com", ("plan", "Blue"), ("tools", "Phone"));
        var merge = await house.Merging().MergeAsync(house.Admin, ada.Id, [bob.Id], new Dictionary<string, long> { ["plan"] = bob.Id, ["tools"] = bob.Id }, MergeHouse.ByHand);
        await house.Get<FieldConversions>().ReplaceOptionAsync(house.Admin, "plan", "red", null);
        await house.Get<FieldConversions>().ReplaceOptionAsync(house.Admin, "tools", "fax", "phone");

        var undone = await house.UndoAsync(merge);

        var after = await house.NowAsync(ada);
        Assert.Equal(("blue", "phone\nmail"), (after.Values["plan"].Value, after.Values["tools"].Value));
        Assert.Equal(("plan", "Blue"), Assert.Single(undone.Kept.Select(k => (k.Field, k.Value))));
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task A_field_of_another_type_by_now_is_kept_and_listed(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await house.Fields.CreateAsync(house.Admin, new FieldEdit("Size", null, "text", "size", []));
        var (ada, bob) = (await house.AddAsync("Ada", "ada@example.com", ("size", "12")), await house.AddAsync("Bob", "bob@example.com", ("size", "15")));
        var merge = await house.Merging().MergeAsync(house.Admin, ada.Id, [bob.Id], new Dictionary<string, long> { ["size"] = bob.Id }, MergeHouse.ByHand);
        await house.Get<FieldConversions>().ChangeTypeAsync(house.Admin, "size", "number");

        var undone = await house.UndoAsync(merge);

        Assert.Equal("15", (await house.NowAsync(ada)).Values["size"].Value);
        Assert.Equal(("size", "15"), Assert.Single(undone.Kept.Select(k => (k.Field, k.Value))));
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task What_the_survivor_did_between_two_merges_is_its_own_time_in_whichever_order_they_are_undone(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        foreach (var firstGoesFirst in new[] { true, false })
        {
            var word = firstGoesFirst ? "one" : "two";
            var (ada, bob, eve) = (await house.AddAsync("Ada", $"a@{word}.example"), await house.AddAsync("Bob", $"b@{word}.example"), await house.AddAsync("Eve", $"e@{word}.example"));
            await ComeAsync("b");
            var first = await house.MergeAsync(ada, bob);
            var own = await ComeAsync("a");
            await ComeAsync("e");
            var second = await house.MergeAsync(ada, eve);

            await house.UndoAsync(firstGoesFirst ? first : second);
            await house.UndoAsync(firstGoesFirst ? second : first);

            var after = await house.NowAsync(ada);
            Assert.Equal((own, own), (after.LastActivityAt, after.LastInteractedAt));

            async Task<DateTime> ComeAsync(string who)
            {
                house.Clock.Advance(TimeSpan.FromHours(1));
                await house.Desk.ReceiveAsync(house.Account.Id, Visit(house.Now, $"{who}@{word}.example"));
                return house.Now;
            }
        }
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task A_shared_phone_identifies_again_whom_it_did_before(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var bob = await house.AddAsync("Bob", "bob@example.com", ("mobile_phone", "+442079460958"));
        await house.Desk.ReceiveAsync(house.Account.Id, new Interaction(ActivityKind.FormSubmitted, new Source(SourceKind.RoutingForm, "Contact us"), "Contact us", house.Now)
        {
            Contact = new ContactEdit().Set("email", "ada@example.com").Set("mobile_phone", "+442079460958"),
        });
        var ada = (await house.ContactsAsync())[^1];
        var before = await house.StateAsync();

        await house.UndoAsync(await house.MergeAsync(ada, bob));

        Assert.Equal(before, await house.StateAsync());
        Assert.Single(await house.Book.PossibleDuplicatesAsync(house.Member, ada.Id));
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task A_unique_value_goes_to_the_survivor_and_back(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await house.Fields.CreateAsync(house.Admin, new FieldEdit("Customer number", null, "text", "number", []) { Rules = new FieldRules { Unique = true } });
        var (ada, bob) = (await house.AddAsync("Ada", "ada@example.com"), await house.AddAsync("Bob", "bob@example.com", ("number", "K-7")));

        var merge = await house.MergeAsync(ada, bob);
        Assert.Equal([ada.Id], await house.ReadAsync(db => db.UniqueValues.Select(u => u.ContactId).ToListAsync()));
        var refused = await Assert.ThrowsAsync<RuleException>(() => house.AddAsync("Eve", "eve@example.com", ("number", "k-7")));
        Assert.Equal(PublicId.Format(PublicId.Contact, ada.Id), refused.About);
        await house.UndoAsync(merge);

        Assert.Equal([bob.Id], await house.ReadAsync(db => db.UniqueValues.Select(u => u.ContactId).ToListAsync()));
    }

    [Fact]
    public async Task A_deleted_survivor_must_be_restored_before_and_deleting_it_frees_every_email()
    {
        await using var house = await TestHouse.OpenAsync(Database.Sqlite);
        var (ada, bob) = (await house.AddAsync("Ada", "ada@example.com"), await house.AddAsync("Bob", "bob@example.com"));
        var merge = await house.MergeAsync(ada, bob);

        await house.Book.DeleteAsync(house.Admin, ada.Id);

        Assert.Equal(Refusal.Conflict, (await Assert.ThrowsAsync<RuleException>(() => house.UndoAsync(merge))).Refusal);
        Assert.True((await house.Desk.ReceiveAsync(house.Account.Id, Visit(house.Now, "bob@example.com"))).MadeContact);
    }

    private static Interaction Visit(DateTime at, string email) =>
        new(ActivityKind.FormSubmitted, new Source(SourceKind.RoutingForm, "Contact us"), "Contact us", at) { Contact = new ContactEdit().Set("email", email) };
}
