using Contacts.Core;
using Contacts.Core.Activity;
using Contacts.Core.Intake;
using Contacts.Core.People;
using Contacts.Core.People.Merging;
using Contacts.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Contacts.Tests.People;

public class BlockedIdentitiesTests
{
    private static readonly Source ByHand = new(SourceKind.User, "Mei Chou");

    public static TheoryData<Database> Databases => TestHouse.Databases;

    [Theory]
    [InlineData("noreply@*", "noreply@acme.example", true)]
    [InlineData("noreply@*", "noreplyx@acme.example", false)]
    [InlineData("*@null.example", "a@null.example", true)]
    [InlineData("*bot*", "a-bot@acme.example", true)]
    [InlineData("a*b*c", "aXXbXXbXXc", true)]
    [InlineData("a*b*c", "aXXbXXcX", false)]
    [InlineData("null", "null", true)]
    [InlineData("null", "nullx", false)]
    [InlineData("a.c", "abc", false)]
    public void A_star_is_any_run_of_characters_and_all_else_is_itself(string pattern, string text, bool expected) =>
        Assert.Equal(expected, BlockList.Matches(pattern, text));

    [Theory, MemberData(nameof(Databases))]
    public async Task Guests_with_a_blocked_email_are_kept_with_it_and_never_joined(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);

        var first = await GuestAsync(house, ("first_name", "Ann"), ("email", "NoReply@shop.example"));
        var second = await GuestAsync(house, ("first_name", "Ben"), ("email", "noreply@shop.example"));

        Assert.NotEqual(first, second);
        Assert.Equal(["NoReply@shop.example", "noreply@shop.example"], (await house.ContactsAsync()).Select(c => c.Email));
        Assert.Empty(await house.ReadAsync(db => db.Identities.ToListAsync()));
        Assert.Empty((await house.Get<PossibleDuplicates>().ListAsync(house.Member)).Items);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_blocked_email_leads_by_the_phone_and_takes_no_real_emails_place(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var ann = await GuestAsync(house, ("first_name", "Ann"), ("email", "ann@shop.example"), ("mobile_phone", "+493012345678"));

        var again = await GuestAsync(house, ("email", "noreply@shop.example"), ("mobile_phone", "+493012345678"));

        Assert.Equal(ann, again);
        Assert.Equal("ann@shop.example", Assert.Single(await house.ContactsAsync()).Email);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_word_for_nothing_is_as_if_nothing_was_said(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);

        await GuestAsync(house, ("first_name", "Ann"), ("email", "null"), ("mobile_phone", "undefined"));

        var contact = Assert.Single(await house.ContactsAsync());
        Assert.Equal((null, null), (contact.Email, contact.MobilePhone));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task By_hand_it_is_refused_at_the_field_with_the_pattern_named(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var guest = await GuestAsync(house, ("first_name", "Ann"), ("email", "noreply@shop.example"));

        var adding = await Assert.ThrowsAsync<RuleException>(() => house.Book.AddAsync(house.Member, new ContactEdit().Set("email", "no-reply@shop.example"), ByHand));
        var editing = await Assert.ThrowsAsync<RuleException>(() => house.Book.EditAsync(house.Member, guest, new ContactEdit().Set("email", "null"), ByHand));
        await house.Book.EditAsync(house.Member, guest, new ContactEdit().Set("email", "noreply@shop.example").Set("first_name", "Anna"), ByHand);

        Assert.Equal(("email", "email"), (adding.Param, editing.Param));
        Assert.Contains("“no-reply@*”", adding.Message);
        Assert.Single(await house.ContactsAsync());
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Adding_a_pattern_takes_identities_away_and_removing_it_gives_them_back_where_free(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var blocked = house.Get<BlockedIdentities>();
        var ann = await GuestAsync(house, ("first_name", "Ann"), ("email", "front@shop.example"), ("mobile_phone", "+493012345678"));
        await GuestAsync(house, ("first_name", "Kim"), ("email", "kim@home.example"));

        Assert.Equal(1, await blocked.AddAsync(house.Admin, " Front@* "));
        var other = await GuestAsync(house, ("first_name", "Ben"), ("email", "front@shop.example"));
        Assert.NotEqual(ann, other);
        Assert.Equal("front@shop.example", (await house.Book.FindAsync(house.Member, ann))!.Email);
        Assert.Equal(["+493012345678", "kim@home.example"], await KeysAsync(house));

        Assert.Equal(1, await blocked.RemoveAsync(house.Admin, "front@*"));
        Assert.Equal(["+493012345678", "front@shop.example", "kim@home.example"], await KeysAsync(house));
        Assert.Equal(ann, await GuestAsync(house, ("email", "front@shop.example")));
    }

    [Theory]
    [InlineData("+44 20 7946 0958", "+442079460958")]
    [InlineData("030 1234567", "+49301234567")]
    [InlineData("+44 20 *", "+44 20 *")]
    [InlineData("Front@Shop.example", "front@shop.example")]
    public async Task A_phone_is_listed_as_it_is_matched(string typed, string pattern)
    {
        await using var house = await TestHouse.OpenAsync(Database.Sqlite);

        await house.Get<BlockedIdentities>().AddAsync(house.Admin, typed);

        Assert.Equal(pattern, (await house.Get<BlockedIdentities>().ListAsync(house.Admin))[^1]);
        Assert.Equal(Refusal.Conflict, (await Assert.ThrowsAsync<RuleException>(() => house.Get<BlockedIdentities>().AddAsync(house.Admin, typed))).Refusal);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_blocked_phone_is_refused_however_it_is_written(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var ada = await house.Book.AddAsync(house.Member, new ContactEdit().Set("first_name", "Ada"), ByHand);
        await house.Get<BlockedIdentities>().AddAsync(house.Admin, "+49 30 12345678");

        foreach (var typed in new[] { "+49 30 12345678", "030 12345678", "+493012345678" })
        {
            Assert.Equal("mobile_phone", (await Assert.ThrowsAsync<RuleException>(() => house.Book.AddAsync(house.Member, new ContactEdit().Set("mobile_phone", typed), ByHand))).Param);
            Assert.Equal("mobile_phone", (await Assert.ThrowsAsync<RuleException>(() => house.Book.EditAsync(house.Member, ada.Id, new ContactEdit().Set("mobile_phone", typed), ByHand))).Param);
            Assert.Equal("mobile_phone", (await Assert.ThrowsAsync<RuleException>(() => house.Get<AddressBook>().AddAsync(house.Member, ada.Id, IdentityKind.Phone, typed, ByHand))).Param);
        }
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Only_contacts_that_are_no_longer_known_by_it_are_counted(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var ann = await GuestAsync(house, ("first_name", "Ann"), ("email", "ann@shop.example"));
        await house.Get<AddressBook>().AddAsync(house.Member, ann, IdentityKind.Email, "front@shop.example", ByHand);
        await GuestAsync(house, ("first_name", "Kim"), ("email", "front@home.example"));

        Assert.Equal(1, await house.Get<BlockedIdentities>().AddAsync(house.Admin, "front@*"));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task An_undone_merge_gives_back_no_identity_that_was_blocked_since(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var (ann, ben) = (await GuestAsync(house, ("email", "ann@shop.example")), await GuestAsync(house, ("email", "front@shop.example")));
        var merge = await house.Get<MergeDesk>().MergeAsync(house.Admin, ann, [ben], null, ByHand);
        await house.Get<BlockedIdentities>().AddAsync(house.Admin, "front@*");

        await house.Get<MergeDesk>().UndoAsync(house.Admin, merge.Id, ByHand);

        Assert.Equal("front@shop.example", (await house.Book.FindAsync(house.Member, ben))!.Email);
        Assert.Equal(["ann@shop.example"], await KeysAsync(house));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task The_list_is_the_accounts_own(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var (_, _, otherAdmin, _) = await house.AddAccountAsync("Globex");
        var blocked = house.Get<BlockedIdentities>();
        Assert.Equal(BlockList.Defaults, await blocked.ListAsync(house.Admin));

        await blocked.AddAsync(house.Admin, "front@*");
        await blocked.RemoveAsync(house.Admin, "null");

        Assert.Equal([.. BlockList.Defaults.Where(p => p != "null"), "front@*"], await blocked.ListAsync(house.Admin));
        Assert.Equal(BlockList.Defaults, await blocked.ListAsync(otherAdmin));
    }

    [Theory]
    [InlineData("")]
    [InlineData("*")]
    [InlineData("*@*")]
    [InlineData("*.de*")]
    [InlineData("NULL")]
    public async Task A_pattern_that_is_empty_too_wide_or_there_is_refused_at_its_box(string pattern)
    {
        await using var house = await TestHouse.OpenAsync(Database.Sqlite);

        Assert.Equal("pattern", (await Assert.ThrowsAsync<RuleException>(() => house.Get<BlockedIdentities>().AddAsync(house.Admin, pattern))).Param);
    }

    private static async Task<List<string>> KeysAsync(TestHouse house) => [.. (await house.ReadAsync(db => db.Identities.Select(i => i.Key).ToListAsync())).Order(StringComparer.Ordinal)];

    private static async Task<long> GuestAsync(TestHouse house, params (string Field, string Value)[] values)
    {
        var edit = new ContactEdit();
        foreach (var (field, value) in values) edit.Set(field, value);
        return (await house.Desk.ReceiveAsync(house.Account.Id, new Interaction(ActivityKind.FormSubmitted, new Source(SourceKind.RoutingForm, "Form"), "Form", house.Now) { Contact = edit })).ContactId;
    }
}
