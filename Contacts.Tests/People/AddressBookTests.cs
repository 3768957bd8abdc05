using Contacts.Core;
using Contacts.Core.Activity;
using Contacts.Core.Intake;
using Contacts.Core.People;
using Contacts.Core.People.Merging;
using Contacts.Tests.Support;

namespace Contacts.Tests.People;

public sealed class AddressBookTests
{
    private static readonly Source ByHand = new(SourceKind.User, "Mei Chou");

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task A_second_email_stands_beside_the_primary_and_finds_the_contact(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var ada = await AdaAsync(house);

        await Addresses(house).AddAsync(house.Member, ada.Id, IdentityKind.Email, " Ada@Home.example ", ByHand);

        Assert.Equal([("ada@work.example", true), ("Ada@Home.example", false)], await EmailsAsync(house, ada.Id));
        Assert.Equal(new FieldChange("other_emails", null, "Ada@Home.example"), Assert.Single((await house.EntriesAsync(ada.Id))[^1].Changes));
        foreach (var query in new[] { new ContactQuery { Search = "home.ex" }, new ContactQuery { Email = "ADA@home.example" } })
            Assert.Equal(ada.Id, Assert.Single((await house.Book.ListAsync(house.Member, query)).Items).Id);
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task What_stands_beside_the_primary_tells_what_it_came_by_wherever_it_stood_since(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var (ada, api) = (await AdaAsync(house), new Source(SourceKind.Api, "Website"));
        var bob = await house.Book.AddAsync(house.Member, new ContactEdit().SetName("Bob").Set("email", "bob@example.com"), api);
        house.Clock.Advance(TimeSpan.FromHours(1));
        var added = house.Now;
        await Addresses(house).AddAsync(house.Admin, ada.Id, IdentityKind.Email, "ada@home.example", ByHand);
        house.Clock.Advance(TimeSpan.FromHours(1));
        await Addresses(house).MakePrimaryAsync(house.Member, ada.Id, IdentityKind.Email, "ada@home.example", ByHand);
        await Addresses(house).MakePrimaryAsync(house.Member, ada.Id, IdentityKind.Email, "ada@work.example", ByHand);
        await house.Get<MergeDesk>().MergeAsync(house.Admin, ada.Id, [bob.Id], null, ByHand);

        var known = await Addresses(house).ListAsync(house.Member, ada.Id);

        Assert.Equal(["ada@work.example", "ada@home.example", "bob@example.com"], known.Select(a => a.Value));
        Assert.Null(known[0].Origin);
        Assert.Equal((ActivityKind.Edited, "Tom Berg", added), (known[1].Origin!.Kind, known[1].Origin!.ActorName, known[1].Origin!.At));
        Assert.Equal((ActivityKind.Created, api), (known[2].Origin!.Kind, known[2].Origin!.Source));
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task The_first_of_its_kind_is_the_primary(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var bob = await house.Book.AddAsync(house.Member, new ContactEdit().SetName("Bob"), ByHand);

        await Addresses(house).AddAsync(house.Member, bob.Id, IdentityKind.Email, "bob@example.com", ByHand);
        var after = await Addresses(house).AddAsync(house.Member, bob.Id, IdentityKind.Phone, "0171 1234567", ByHand);

        Assert.Equal(("bob@example.com", "+491711234567"), (after.Email, after.MobilePhone));
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task Another_one_is_made_the_primary_and_the_one_before_stays(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var ada = await AdaAsync(house);
        await Addresses(house).AddAsync(house.Member, ada.Id, IdentityKind.Email, "ada@home.example", ByHand);

        var after = await Addresses(house).MakePrimaryAsync(house.Member, ada.Id, IdentityKind.Email, "ada@home.example", ByHand);

        Assert.Equal("ada@home.example", after.Email);
        Assert.Equal([("ada@home.example", true), ("ada@work.example", false)], await EmailsAsync(house, ada.Id));
        Assert.Contains("ada@work.example", after.SearchText, StringComparison.Ordinal);
        Assert.Equal([new("email", "ada@work.example", "ada@home.example"), new("other_emails", "ada@home.example", "ada@work.example")], (await house.EntriesAsync(ada.Id))[^1].Changes);
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task A_primary_that_identified_nobody_is_not_said_to_stay_beside_the_new_one(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var ann = (await house.Desk.ReceiveAsync(house.Account.Id, new Interaction(ActivityKind.FormSubmitted, new Source(SourceKind.RoutingForm, "Form"), "Form", house.Now)
        {
            Contact = new ContactEdit().Set("first_name", "Ann").Set("email", "noreply@shop.example"),
        })).ContactId;
        await Addresses(house).AddAsync(house.Member, ann, IdentityKind.Email, "ann@home.example", ByHand);

        await Addresses(house).MakePrimaryAsync(house.Member, ann, IdentityKind.Email, "ann@home.example", ByHand);

        Assert.Equal([("ann@home.example", true)], await EmailsAsync(house, ann));
        Assert.Equal([new("email", "noreply@shop.example", "ann@home.example"), new("other_emails", "ann@home.example", null)], (await house.EntriesAsync(ann))[^1].Changes);
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task Putting_by_another_email_finds_the_contact_and_leaves_its_primary(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var ada = await AdaAsync(house);
        await Addresses(house).AddAsync(house.Member, ada.Id, IdentityKind.Email, "ada@home.example", ByHand);

        var (found, made) = await house.Book.PutByEmailAsync(house.Member, "ada@home.example", new ContactEdit().Set("email", "ADA@home.example").Set("company", "X"), ByHand);

        Assert.Equal((ada.Id, false, "ada@work.example", "X"), (found.Id, made, found.Email, found.Company));
        Assert.Equal([("ada@work.example", true), ("ada@home.example", false)], await EmailsAsync(house, ada.Id));
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task Without_its_primary_a_contact_has_none_until_somebody_chooses(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var ada = await AdaAsync(house);
        await Addresses(house).AddAsync(house.Member, ada.Id, IdentityKind.Email, "ada@home.example", ByHand);

        var after = await Addresses(house).RemoveAsync(house.Member, ada.Id, IdentityKind.Email, "ada@work.example", ByHand);

        Assert.Null(after.Email);
        Assert.Equal([("ada@home.example", false)], await EmailsAsync(house, ada.Id));
        var eve = await house.Book.AddAsync(house.Member, new ContactEdit().Set("email", "ada@work.example"), ByHand);
        Assert.NotEqual(ada.Id, eve.Id);
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task A_primary_edited_in_place_takes_the_old_ones_place_and_leaves_the_others(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var ada = await AdaAsync(house);
        await Addresses(house).AddAsync(house.Member, ada.Id, IdentityKind.Email, "ada@home.example", ByHand);

        await house.Book.EditAsync(house.Member, ada.Id, new ContactEdit().Set("email", "ada@new.example"), ByHand);
        await house.Book.EditAsync(house.Member, ada.Id, new ContactEdit().Set("email", "ada@home.example"), ByHand);

        Assert.Equal([("ada@home.example", true)], await EmailsAsync(house, ada.Id));
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task One_that_another_contact_has_is_refused_and_names_the_other(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var ada = await AdaAsync(house);
        await Addresses(house).AddAsync(house.Member, ada.Id, IdentityKind.Email, "ada@home.example", ByHand);
        var bob = await house.Book.AddAsync(house.Member, new ContactEdit().SetName("Bob"), ByHand);

        var adding = await Assert.ThrowsAsync<RuleException>(() => Addresses(house).AddAsync(house.Member, bob.Id, IdentityKind.Email, "ada@HOME.example", ByHand));
        var editing = await Assert.ThrowsAsync<RuleException>(() => house.Book.EditAsync(house.Member, bob.Id, new ContactEdit().Set("email", "ada@home.example"), ByHand));

        var id = PublicId.Format(PublicId.Contact, ada.Id);
        Assert.Equal([("email", id, Refusal.Conflict), ("email", id, Refusal.Conflict)], new[] { adding, editing }.Select(r => (r.Param, r.About, r.Refusal)));
        Assert.Single(await house.EntriesAsync(bob.Id));
    }

    [Fact]
    public async Task What_is_no_address_is_refused_and_an_eleventh_too()
    {
        await using var house = await TestHouse.OpenAsync(Database.Sqlite);
        var ada = await AdaAsync(house);
        for (var n = 2; n <= AddressBook.Max; n++) await Addresses(house).AddAsync(house.Member, ada.Id, IdentityKind.Email, $"ada{n}@example.com", ByHand);

        async Task<string?> RefusedAsync(IdentityKind kind, string text) =>
            (await Assert.ThrowsAsync<RuleException>(() => Addresses(house).AddAsync(house.Member, ada.Id, kind, text, ByHand))).Param;

        Assert.Equal(["email", "email", "email", "mobile_phone"],
            [await RefusedAsync(IdentityKind.Email, "nonsense"), await RefusedAsync(IdentityKind.Email, " "), await RefusedAsync(IdentityKind.Email, "one@more.example"), await RefusedAsync(IdentityKind.Phone, "12")]);
        Assert.Equal(AddressBook.Max, (await EmailsAsync(house, ada.Id)).Count);
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task A_guest_who_gives_any_of_the_emails_is_the_contact_and_changes_no_primary(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var ada = await AdaAsync(house);
        await Addresses(house).AddAsync(house.Member, ada.Id, IdentityKind.Email, "ada@home.example", ByHand);
        await Addresses(house).AddAsync(house.Member, ada.Id, IdentityKind.Phone, "+44 20 7946 0958", ByHand);
        await Addresses(house).AddAsync(house.Member, ada.Id, IdentityKind.Phone, "+44 20 7946 0959", ByHand);

        var taken = await house.Desk.ReceiveAsync(house.Account.Id, new Interaction(ActivityKind.FormSubmitted, new Source(SourceKind.RoutingForm, "Contact us"), "Contact us", house.Now)
        {
            Contact = new ContactEdit().Set("email", "ADA@home.example").Set("mobile_phone", "+44 20 7946 0959"),
        });

        var after = Assert.Single(await house.ContactsAsync());
        Assert.Equal((ada.Id, "ada@work.example", "+442079460958"), (taken.ContactId, after.Email, after.MobilePhone));
        Assert.Equal(4, (await Addresses(house).ListAsync(house.Member, ada.Id)).Count);
    }

    private static AddressBook Addresses(TestHouse house) => house.Get<AddressBook>();

    private static Task<Contact> AdaAsync(TestHouse house) =>
        house.Book.AddAsync(house.Member, new ContactEdit().SetName("Ada Lovelace").Set("email", "ada@work.example"), ByHand);

    private static async Task<List<(string Value, bool IsPrimary)>> EmailsAsync(TestHouse house, long id) =>
        [.. (await Addresses(house).ListAsync(house.Member, id)).Where(a => a.Kind == IdentityKind.Email).Select(a => (a.Value, a.IsPrimary))];
}
