using Contacts.Core;
using Contacts.Core.Accounts;
using Contacts.Core.Activity;
using Contacts.Core.Fields;
using Contacts.Core.People;
using Contacts.Core.People.Lists;
using Contacts.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Contacts.Tests.People;

public class ContactBookTests
{
    private static readonly Source ByHand = new(SourceKind.User, "Mei Chou");

    [Fact]
    public async Task A_place_in_a_list_is_found_without_reading_fields_and_users_it_does_not_name()
    {
        await using var house = await TestHouse.OpenAsync(Database.Sqlite);
        await house.Fields.CreateAsync(house.Admin, new FieldEdit("Seats", null, "number", null, []));
        var ada = await house.Book.AddAsync(house.Owner, new ContactEdit().SetName("Ada Lovelace").Set("seats", "12"), new Source(SourceKind.User, "Iris Ritter"));
        using var queries = new SqlRecord(house.Get<ILoggerFactory>());

        var place = await house.Book.CursorAtAsync(house.Member, ada.Id, ContactSort.LastActivity);
        Assert.Single(queries.Sent);
        var bySeats = await house.Book.CursorAtAsync(house.Member, ada.Id, new ContactSort("seats"));

        Assert.Equal((ada.Id, ada.Id), (place?.Id, bySeats?.Id));
        Assert.Equal("seats:v:12", bySeats?.Value);
        Assert.DoesNotContain(queries.Sent, sql => sql.Contains("\"Users\"", StringComparison.Ordinal));
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task A_contact_added_by_hand_has_an_entry_that_tells_who_added_it(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);

        var contact = await house.Book.AddAsync(house.Member, new ContactEdit().SetName("Ada Lovelace").Set("email", "ada@example.com"), ByHand);

        var entry = Assert.Single(await house.EntriesAsync(contact.Id));
        Assert.Equal((ActivityKind.Created, "Mei Chou", house.Member.UserId), (entry.Kind, entry.ActorName, entry.ActorId));
        Assert.Equal(("ada lovelace", 1), (contact.SortName, contact.Version));
        Assert.Null(contact.LastInteractedAt);
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task A_contact_that_nothing_names_is_refused(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);

        var refusal = await Assert.ThrowsAsync<RuleException>(() => house.Book.AddAsync(house.Member, new ContactEdit().Set("company", "Acme"), ByHand));

        Assert.Equal("first_name", refusal.Param);
        Assert.Empty(await house.ContactsAsync());
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task An_email_that_another_contact_has_is_a_conflict_that_names_the_other(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await house.Book.AddAsync(house.Member, new ContactEdit().SetName("Ada Lovelace").Set("email", "ada@example.com"), ByHand);
        var bob = await house.Book.AddAsync(house.Member, new ContactEdit().SetName("Bob"), ByHand);

        var refusal = await Assert.ThrowsAsync<RuleException>(() => house.Book.EditAsync(house.Member, bob.Id, new ContactEdit().Set("email", "ADA@example.com"), ByHand));

        Assert.Equal((Refusal.Conflict, "email"), (refusal.Refusal, refusal.Param));
        Assert.Contains("Ada Lovelace", refusal.Message, StringComparison.Ordinal);
        Assert.Null((await house.Book.FindAsync(house.Member, bob.Id))!.Email);
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task A_changed_email_identifies_from_then_on_and_the_old_one_no_longer(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var ada = await house.Book.AddAsync(house.Member, new ContactEdit().Set("email", "typo@example.com"), ByHand);

        await house.Book.EditAsync(house.Member, ada.Id, new ContactEdit().Set("email", "ada@example.com"), ByHand);

        Assert.Equal("ada@example.com", await house.ReadAsync(db => db.Identities.Select(i => i.Key).SingleAsync()));
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task A_blank_clears_when_a_user_edits(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var ada = await house.Book.AddAsync(house.Member, new ContactEdit().SetName("Ada").Set("email", "ada@example.com"), ByHand);

        var edited = await house.Book.EditAsync(house.Member, ada.Id, new ContactEdit().Set("email", " "), ByHand);

        Assert.Null(edited.Email);
        Assert.Equal(0, await house.ReadAsync(db => db.Identities.CountAsync()));
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task Moving_to_a_status_is_recorded_once(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var ada = await house.Book.AddAsync(house.Member, new ContactEdit().SetName("Ada"), ByHand);
        var qualified = await house.ReadAsync(db => db.Statuses.FirstAsync(s => s.Name == "Qualified"));

        await house.Book.MoveToAsync(house.Member, ada.Id, qualified.Id, ByHand);
        await house.Book.MoveToAsync(house.Member, ada.Id, qualified.Id, ByHand);

        var entry = Assert.Single(await house.EntriesAsync(ada.Id), e => e.Kind == ActivityKind.StatusChanged);
        Assert.Equal(new FieldChange("status", null, "Qualified"), Assert.Single(entry.Changes));
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task Whoever_moves_what_somebody_else_moved_meanwhile_is_told_who_did_and_writes_over_nothing(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var statuses = await house.ReadAsync(db => db.Statuses.OrderBy(s => s.Position).Select(s => s.Id).ToListAsync());
        var ada = await house.Book.AddAsync(house.Member, new ContactEdit().SetName("Ada"), ByHand);
        await house.Book.MoveToAsync(house.Member, ada.Id, statuses[0], ByHand, new Seen(null));

        var refusal = await Assert.ThrowsAsync<RuleException>(() => house.Book.MoveToAsync(house.Admin, ada.Id, statuses[1], ByHand, new Seen(null)));

        Assert.Equal((Refusal.Conflict, "status", "Mei Chou moved it to Qualified meanwhile."), (refusal.Refusal, refusal.Param, refusal.Message));
        Assert.Equal(statuses[0], (await house.Book.MoveToAsync(house.Admin, ada.Id, statuses[0], ByHand, new Seen(null))).StatusId); // both want the same
        Assert.Equal(2, (await house.EntriesAsync(ada.Id)).Count);
        Assert.Equal(statuses[1], (await house.Book.MoveToAsync(house.Admin, ada.Id, statuses[1], ByHand, new Seen(statuses[0]))).StatusId);
        Assert.Equal("Tom Berg moved it to Marketing qualified meanwhile.",
            (await Assert.ThrowsAsync<RuleException>(() => house.Book.MoveToAsync(house.Member, ada.Id, null, ByHand, new Seen(statuses[0])))).Message);
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task Whoever_assigns_what_somebody_else_assigned_meanwhile_is_told_likewise(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var ada = await house.Book.AddAsync(house.Member, new ContactEdit().SetName("Ada"), ByHand);
        var (admin, owner) = (house.Admin.UserId, house.Owner.UserId);
        await house.Book.AssignToAsync(house.Member, ada.Id, admin, ByHand, new Seen(null));

        var refusal = await Assert.ThrowsAsync<RuleException>(() => house.Book.AssignToAsync(house.Owner, ada.Id, owner, ByHand, new Seen(null)));

        Assert.Equal((Refusal.Conflict, "owner", "Mei Chou gave it to Tom Berg meanwhile."), (refusal.Refusal, refusal.Param, refusal.Message));
        Assert.Null((await house.Book.AssignToAsync(house.Admin, ada.Id, null, ByHand, new Seen(admin))).OwnerId);
        Assert.Equal("Tom Berg took its owner away meanwhile.",
            (await Assert.ThrowsAsync<RuleException>(() => house.Book.AssignToAsync(house.Owner, ada.Id, owner, ByHand, new Seen(admin)))).Message);
        Assert.Equal(owner, (await house.Book.AssignToAsync(house.Owner, ada.Id, owner, ByHand)).OwnerId); // whoever's it is
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task A_status_or_owner_of_another_account_does_not_exist_here(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var (other, _, _, otherMember) = await house.AddAccountAsync("Lumen");
        var ada = await house.Book.AddAsync(house.Member, new ContactEdit().SetName("Ada"), ByHand);
        var theirs = await house.ReadAsync(db => db.Statuses.FirstAsync(), other.Id);

        var status = await Assert.ThrowsAsync<RuleException>(() => house.Book.MoveToAsync(house.Member, ada.Id, theirs.Id, ByHand));
        var owner = await Assert.ThrowsAsync<RuleException>(() => house.Book.AssignToAsync(house.Member, ada.Id, otherMember.UserId, ByHand));

        Assert.Equal(("status", "owner"), (status.Param, owner.Param));
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task Nobody_who_left_is_given_a_contact_but_what_they_had_stays_theirs(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var gone = house.Member.UserId!.Value;
        var had = await house.Book.AddAsync(house.Owner, new ContactEdit().SetName("Ada").AssignTo(gone), ByHand);
        var other = await house.Book.AddAsync(house.Owner, new ContactEdit().SetName("Grace"), ByHand);
        await house.Get<Members>().RemoveAsync(house.Owner, gone);

        var assigned = await Assert.ThrowsAsync<RuleException>(() => house.Book.AssignToAsync(house.Owner, other.Id, gone, ByHand));
        var added = await Assert.ThrowsAsync<RuleException>(() => house.Book.AddAsync(house.Owner, new ContactEdit().SetName("Mary").AssignTo(gone), ByHand));
        await house.Book.EditAsync(house.Owner, had.Id, new ContactEdit().SetName("Ada Lovelace").AssignTo(gone), ByHand);

        Assert.Equal(("owner", "owner"), (assigned.Param, added.Param));
        Assert.Equal([gone, null], (await house.ContactsAsync()).Select(c => c.OwnerId));
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task An_edit_from_an_old_version_is_a_conflict_and_loses_nothing(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var ada = await house.Book.AddAsync(house.Member, new ContactEdit().SetName("Ada").Set("company", "One"), ByHand);
        await house.Book.EditAsync(house.Admin, ada.Id, new ContactEdit().Set("company", "Two"), ByHand, ada.Version);

        var refusal = await Assert.ThrowsAsync<RuleException>(() => house.Book.EditAsync(house.Member, ada.Id, new ContactEdit().Set("company", "Three"), ByHand, ada.Version));

        Assert.Equal(Refusal.Conflict, refusal.Refusal);
        Assert.Equal("Two", (await house.Book.FindAsync(house.Member, ada.Id))!.Company);
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task A_deleted_contact_leaves_the_lists_and_frees_its_email(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var ada = await house.Book.AddAsync(house.Member, new ContactEdit().Set("email", "ada@example.com"), ByHand);

        await house.Book.DeleteAsync(house.Admin, ada.Id);
        var again = await house.Book.AddAsync(house.Member, new ContactEdit().Set("email", "ada@example.com"), ByHand);

        Assert.Equal([again.Id], (await house.Book.ListAsync(house.Member, new ContactQuery())).Items.Select(r => r.Id));
        Assert.NotNull((await house.Book.FindAsync(house.Member, ada.Id))!.DeletedAt);
    }

    [Fact]
    public async Task A_member_may_not_delete()
    {
        await using var house = await TestHouse.OpenAsync(Database.Sqlite);
        var ada = await house.Book.AddAsync(house.Member, new ContactEdit().SetName("Ada"), ByHand);

        var refusal = await Assert.ThrowsAsync<RuleException>(() => house.Book.DeleteAsync(house.Member, ada.Id));

        Assert.Equal(Refusal.NotAllowed, refusal.Refusal);
        Assert.Null((await house.Book.FindAsync(house.Member, ada.Id))!.DeletedAt);
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task Search_folds_accents_and_finds_parts_of_name_email_company_and_phone(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var zoe = await house.Book.AddAsync(house.Member, new ContactEdit().SetName("Zoë Müller").Set("email", "zoe@alpenglow.example")
            .Set("company", "Alpenglow GmbH").Set("mobile_phone", "0171 1234567"), ByHand);
        await house.Book.AddAsync(house.Member, new ContactEdit().SetName("Tom Berg"), ByHand);

        foreach (var search in new[] { "muller", "ZOE", "zoë mül", "alpenglow.ex", "GMBH", "1711234", "_", "%" })
        {
            var found = await house.Book.ListAsync(house.Member, new ContactQuery { Search = search });
            Assert.Equal(search is "_" or "%" ? [] : [zoe.Id], found.Items.Select(r => r.Id));
        }
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task Paging_by_key_shows_every_contact_once_in_each_order_and_both_directions(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        foreach (var name in new[] { "Ada", "Zoë", "Émile", "ada", "Bob", "Ada", "Çelik" })
        {
            await house.Book.AddAsync(house.Member, new ContactEdit().SetName(name), ByHand);
            if (name != "Bob") house.Clock.Advance(TimeSpan.FromSeconds(1)); // two share one instant
        }

        foreach (var sort in new[] { ContactSort.LastActivity, ContactSort.Name, ContactSort.Created })
            foreach (var reversed in new[] { false, true })
            {
                var query = new ContactQuery { Sort = sort, Reversed = reversed, Take = 2 };
                var forward = new List<long>();
                Cursor? last = null;
                for (Page<ContactRow>? page = await house.Book.ListAsync(house.Member, query); ;)
                {
                    forward.AddRange(page.Items.Select(r => r.Id));
                    if (page.Next is null) break;
                    page = await house.Book.ListAsync(house.Member, query with { After = Cursor.Parse(page.Next.ToString()) });
                    last = page.Previous;
                }
                Assert.Equal(7, forward.Distinct().Count());
                Assert.Equal(7, forward.Count);

                var back = await house.Book.ListAsync(house.Member, query with { Before = last });
                Assert.Equal(forward[4..6], back.Items.Select(r => r.Id));
            }
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task Putting_by_email_makes_once_and_changes_after_that(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);

        var (made, isMade) = await house.Book.PutByEmailAsync(house.Member, "ada@example.com", new ContactEdit().SetName("Ada"), ByHand);
        var (same, isMadeAgain) = await house.Book.PutByEmailAsync(house.Member, "Ada@Example.com", new ContactEdit().Set("company", "Acme"), ByHand);

        Assert.Equal((true, false, made.Id), (isMade, isMadeAgain, same.Id));
        Assert.Equal("Acme", Assert.Single(await house.ContactsAsync()).Company);
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task A_note_is_an_entry_and_moves_nobody_up_the_list(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var ada = await house.Book.AddAsync(house.Member, new ContactEdit().SetName("Ada"), ByHand);
        house.Clock.Advance(TimeSpan.FromHours(1));

        await house.Book.AddNoteAsync(house.Member, ada.Id, "  Call back on Friday ", ByHand);

        Assert.Equal("Call back on Friday", (await house.EntriesAsync(ada.Id))[1].Text);
        Assert.Equal(ada.CreatedAt, (await house.Book.FindAsync(house.Member, ada.Id))!.LastActivityAt);
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task A_note_that_cannot_be_stored_is_refused_at_its_text(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var ada = await house.Book.AddAsync(house.Member, new ContactEdit().SetName("Ada"), ByHand);

        var refusal = await Assert.ThrowsAsync<RuleException>(() => house.Book.AddNoteAsync(house.Member, ada.Id, "Call\0back", ByHand));
        await house.Book.AddNoteAsync(house.Member, ada.Id, "Call back\n\ton Friday", ByHand);

        Assert.Equal(("The text has a character that cannot be stored.", "text"), (refusal.Message, refusal.Param));
        Assert.Equal("Call back\n\ton Friday", (await house.EntriesAsync(ada.Id))[^1].Text);
    }
}
