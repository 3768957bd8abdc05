using Contacts.Core;
using Contacts.Core.Activity;
using Contacts.Core.Fields;
using Contacts.Core.Intake;
using Contacts.Core.People;
using Contacts.Core.People.Merging;
using Contacts.Core.Tracking;
using Contacts.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Contacts.Tests.People.Merging;

public sealed class MergeDeskTests
{
    private const string Browser = "0123456789abcdef0123456789abcdef";

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task The_survivor_keeps_its_values_and_its_blanks_are_filled_from_the_newest(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await house.Fields.CreateAsync(house.Admin, new FieldEdit("Plan", null, "text", "plan", []));
        var ada = await house.AddAsync("Ada Lovelace", "ada@work.example", ("company", "Engines"));
        var old = await house.AddAsync("A. King", "ada@old.example", ("company", "Old"), ("city", "London"), ("plan", "Silver"));
        house.Clock.Advance(TimeSpan.FromDays(1));
        var newer = await house.AddAsync("Ada King", "ada@home.example", ("city", "Turin"), ("plan", "Gold"));

        await house.MergeAsync(ada, old, newer);

        var after = await house.NowAsync(ada);
        Assert.Equal(("Ada", "Lovelace", "ada@work.example", "Engines", "Turin", "Gold"),
            (after.FirstName, after.LastName, after.Email, after.Company, after.City, after.Values["plan"].Value));
        var entry = (await house.EntriesAsync(ada.Id))[^1];
        Assert.Equal((ActivityKind.Merged, "A. King and Ada King", "Tom Berg"), (entry.Kind, entry.Title, entry.ActorName));
        Assert.Equal([("city", "Turin"), ("plan", "Gold")], entry.Changes.Select(c => (c.Field, c.New!)));
        Assert.Equal((ada.Id, ada.Id), ((await house.NowAsync(old)).MergedIntoId, (await house.NowAsync(newer)).MergedIntoId));
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task What_was_chosen_field_by_field_is_taken_with_status_and_owner(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var statuses = await house.ReadAsync(db => db.Statuses.OrderBy(s => s.Position).ToListAsync());
        var ada = await house.AddAsync("Ada Lovelace", "ada@work.example", ("company", "Engines"));
        var bob = await house.AddAsync("Ada King", "ada@home.example", ("company", "Poems"));
        await house.Book.MoveToAsync(house.Member, ada.Id, statuses[0].Id, MergeHouse.ByHand);
        await house.Book.MoveToAsync(house.Member, bob.Id, statuses[1].Id, MergeHouse.ByHand);
        await house.Book.AssignToAsync(house.Member, bob.Id, house.Member.UserId, MergeHouse.ByHand);

        await house.Merging().MergeAsync(house.Admin, ada.Id, [bob.Id], new Dictionary<string, long> { ["company"] = bob.Id, ["last_name"] = bob.Id, ["email"] = bob.Id, ["status"] = bob.Id }, MergeHouse.ByHand);

        var after = await house.NowAsync(ada);
        Assert.Equal(("Ada King", "ada@home.example", "Poems", statuses[1].Id, house.Member.UserId), (after.DisplayName, after.Email, after.Company, after.StatusId!.Value, after.OwnerId));
        Assert.Equal([("ada@home.example", true), ("ada@work.example", false)], (await house.Get<AddressBook>().ListAsync(house.Member, ada.Id)).Select(a => (a.Value, a.IsPrimary)));
        Assert.True((await house.EntriesAsync(ada.Id))[^1].MovesStatus);
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task Who_was_merged_leaves_lists_counts_and_search_and_the_survivor_is_found_by_all(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var ada = await house.AddAsync("Ada Lovelace", "ada@work.example");
        var bob = await house.AddAsync("Ada King", "ada@home.example", ("mobile_phone", "+442079460958"));

        await house.MergeAsync(ada, bob);

        Assert.Equal(1, (await house.Book.CountAsync(house.Member, new ContactQuery())).Number);
        foreach (var query in new[] { new ContactQuery(), new ContactQuery { Search = "home.example" }, new ContactQuery { Search = "79460958" }, new ContactQuery { Email = "ada@home.example" } })
            Assert.Equal(ada.Id, Assert.Single((await house.Book.ListAsync(house.Member, query)).Items).Id);
        Assert.Equal(ada.Id, (await house.Book.FindSurvivorAsync(house.Member, bob.Id))!.Id);
        var refused = await Assert.ThrowsAsync<RuleException>(() => house.Book.EditAsync(house.Member, bob.Id, new ContactEdit().Set("city", "Bonn"), MergeHouse.ByHand));
        Assert.Equal(Refusal.NotFound, refused.Refusal);
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task What_each_did_is_read_through_the_survivor_page_by_page(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        Contact[] people = [await house.AddAsync("Ada Lovelace", "ada@work.example"), await house.AddAsync("Ada King", "ada@home.example")];
        for (var n = 0; n < 30; n++)
        {
            house.Clock.Advance(TimeSpan.FromMinutes(n % 3 == 0 ? 0 : 1)); // some share an instant
            await house.Book.AddNoteAsync(house.Member, people[n % 2].Id, $"Note {n}", MergeHouse.ByHand);
        }
        await house.MergeAsync(people[0], people[1]);

        var read = new List<ActivityEntry>();
        var log = house.Get<ActivityLog>();
        for (ActivityPage page = await log.ReadAsync(house.Member, people[0].Id, take: 7); ;)
        {
            read.AddRange(page.Entries);
            if (!page.HasOlder) break;
            page = await log.ReadAsync(house.Member, people[0].Id, before: read[^1].Id, take: 7);
        }

        Assert.Equal(33, read.Select(e => e.Id).Distinct().Count());
        Assert.Equal(read.OrderByDescending(e => e.At).ThenByDescending(e => e.Id).Select(e => e.Id), read.Select(e => e.Id));
        var newer = await log.PageAsync(house.Member, people[0].Id, read[20].Id, newer: true, take: 7);
        Assert.Equal(read[13..20].Select(e => e.Id), newer!.Value.Entries.Select(e => e.Id));
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task A_guest_known_as_the_merged_one_is_the_survivor_from_then_on(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await house.Desk.ReceiveAsync(house.Account.Id, Visit(house, "ada@home.example"));
        var bob = Assert.Single(await house.ContactsAsync());
        await house.Gate.RunAsync(house.Account.Id, async db =>
        {
            db.PageViews.Add(new PageView(house.Account.Id, await db.Visitors.Select(v => v.Id).SingleAsync(), "https://acme.example/pricing", "Pricing", null, house.Now));
            return true;
        });
        var ada = await house.AddAsync("Ada Lovelace", "ada@work.example");

        await house.MergeAsync(ada, bob);
        house.Clock.Advance(TimeSpan.FromHours(1));
        var taken = await house.Desk.ReceiveAsync(house.Account.Id, Visit(house, "ADA@home.example"));

        var after = await house.NowAsync(ada);
        Assert.Equal((ada.Id, "ada@work.example", house.Now, house.Now), (taken.ContactId, after.Email, after.LastInteractedAt, after.LastActivityAt));
        Assert.Equal("Pricing", Assert.Single((await house.Get<VisitLog>().ReadAsync(house.Member, ada.Id)).Views).Title);
        Assert.Equal(1, await house.Get<VisitLog>().CountAsync(house.Member, ada.Id));
        Assert.Equal(bob.Id, await house.ReadAsync(db => db.Visitors.Select(v => v.ContactId).SingleAsync()));
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task A_possible_duplicate_of_the_merged_one_is_one_of_the_survivor(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var (ada, bob, eve) = (await house.AddAsync("Ada", "a@x.example"), await house.AddAsync("Bob", "b@x.example"), await house.AddAsync("Eve", "e@x.example"));
        await house.Gate.RunAsync(house.Account.Id, async db =>
        {
            var all = await db.Contacts.OrderBy(c => c.Id).ToListAsync();
            db.PossibleDuplicates.AddRange(new PossibleDuplicate(all[0], all[1].Id, "Same name", house.Now), new PossibleDuplicate(all[2], all[1].Id, "Same phone", house.Now));
            return true;
        });

        await house.MergeAsync(ada, bob);

        Assert.Equal([(eve.Id, "Same phone")], (await house.Book.PossibleDuplicatesAsync(house.Member, ada.Id)).Select(d => (d.Other.Id, d.Reason)));
        Assert.Equal([(ada.Id, "Same phone")], (await house.Book.PossibleDuplicatesAsync(house.Member, eve.Id)).Select(d => (d.Other.Id, d.Reason)));
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task Of_two_merges_of_one_contact_at_once_one_wins_and_the_other_is_told(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await using var neighbour = house.OpenNeighbour();
        var (ada, eve, bob) = (await house.AddAsync("Ada"), await house.AddAsync("Eve"), await house.AddAsync("Bob"));

        var outcomes = await Task.WhenAll(new[] { (house, ada), (neighbour, eve), (house, eve), (neighbour, ada) }.Select(pair => Record.ExceptionAsync(() =>
            pair.Item1.Get<MergeDesk>().MergeAsync(house.Admin, pair.Item2.Id, [bob.Id], null, MergeHouse.ByHand)).AsTask()));

        Assert.Single(outcomes, o => o is null);
        Assert.All(outcomes.OfType<RuleException>(), o => Assert.Equal(Refusal.Conflict, o.Refusal));
        Assert.StartsWith("Bob was merged into ", outcomes.OfType<RuleException>().First().Message, StringComparison.Ordinal);
        Assert.Single(await house.ReadAsync(db => db.ContactMerges.ToListAsync()));
    }

    [Fact]
    public async Task A_merge_that_makes_no_sense_is_refused_and_changes_nothing()
    {
        await using var house = await TestHouse.OpenAsync(Database.Sqlite);
        var (_, _, stranger, _) = await house.AddAccountAsync("Lumen");
        var theirs = await house.Book.AddAsync(stranger, new ContactEdit().SetName("Carl"), MergeHouse.ByHand);
        var (ada, bob, gone) = (await house.AddAsync("Ada", null, ("city", "Rome")), await house.AddAsync("Bob"), await house.AddAsync("Gone"));
        await house.Book.DeleteAsync(house.Admin, gone.Id);
        var before = await house.StateAsync();

        async Task<(Refusal, string?)> RefusedAsync(long[] others, Dictionary<string, long>? choices = null)
        {
            var refused = await Assert.ThrowsAsync<RuleException>(() => house.Merging().MergeAsync(house.Admin, ada.Id, others, choices, MergeHouse.ByHand));
            return (refused.Refusal, refused.Param);
        }

        Assert.Equal((Refusal.Invalid, "from"), await RefusedAsync([]));
        Assert.Equal((Refusal.Invalid, "from"), await RefusedAsync([ada.Id]));
        Assert.Equal((Refusal.Invalid, "from"), await RefusedAsync([.. Enumerable.Range(100, 9).Select(n => (long)n)]));
        Assert.Equal((Refusal.NotFound, "from"), await RefusedAsync([gone.Id]));
        Assert.Equal((Refusal.NotFound, "from"), await RefusedAsync([theirs.Id]));
        Assert.Equal((Refusal.Invalid, "company"), await RefusedAsync([bob.Id], new() { ["company"] = bob.Id }));
        Assert.Equal((Refusal.Invalid, "city"), await RefusedAsync([bob.Id], new() { ["city"] = bob.Id }));
        Assert.Equal((Refusal.Invalid, "first_name"), await RefusedAsync([bob.Id], new() { ["first_name"] = gone.Id }));
        Assert.Equal(before, await house.StateAsync());
    }

    private static Interaction Visit(TestHouse house, string email) =>
        new(ActivityKind.FormSubmitted, new Source(SourceKind.RoutingForm, "Contact us"), "Contact us", house.Now) { Contact = new ContactEdit().Set("email", email), VisitorKey = Browser };
}
