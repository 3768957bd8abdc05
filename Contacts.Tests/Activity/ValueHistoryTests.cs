using Contacts.Core.Activity;
using Contacts.Core.Accounts;
using Contacts.Core.Fields;
using Contacts.Core.Intake;
using Contacts.Core.People;
using Contacts.Core.People.Merging;
using Contacts.Tests.Support;

namespace Contacts.Tests.Activity;

public sealed class ValueHistoryTests
{
    private static readonly Source ByHand = new(SourceKind.User, "Iris Ritter"), FromApi = new(SourceKind.Api, "Website");

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task A_system_field_and_an_own_one_tell_what_they_were_and_what_gave_it(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await house.Fields.CreateAsync(house.Admin, new FieldEdit("Plan", null, "single_choice", "plan", ["Basic", "Pro"]));
        var contact = await house.Book.AddAsync(house.Owner, new ContactEdit().SetName("Ada Lovelace").Set("email", "ada@example.com").Set("company", "Analytical").Set("plan", "Basic"), ByHand);
        await NextAsync(house, contact, new ContactEdit().Set("company", "Difference").Set("plan", "Pro"));
        await NextAsync(house, contact, new ContactEdit().Set("company", "").Set("plan", ""));

        foreach (var (field, old, later) in new[] { ("company", "Analytical", "Difference"), ("plan", "Basic", "Pro") })
        {
            var history = await house.Get<ActivityLog>().ValueHistoryAsync(house.Member, contact.Id, field);

            Assert.Equal([null, later, old], history.Select(v => v.Value));
            Assert.Equal([ActivityKind.Edited, ActivityKind.Edited, ActivityKind.Created], history.Select(v => v.Kind));
            Assert.Equal([FromApi, FromApi, ByHand], history.Select(v => v.Source));
            Assert.Equal([house.Now, house.Now.AddHours(-1), house.Now.AddHours(-2)], history.Select(v => v.At));
        }
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task What_a_guest_said_carries_what_it_was_about(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var source = new Source(SourceKind.BookingCalendar, "Intro call");
        var done = await house.Desk.ReceiveAsync(house.Account.Id, new Interaction(ActivityKind.BookingScheduled, source, "Intro call with Iris", house.Now)
        {
            Contact = new ContactEdit().Set("email", "zoe@example.com").Set("company", "Alpenglow"),
        });

        var value = Assert.Single(await house.Get<ActivityLog>().ValueHistoryAsync(house.Member, done.ContactId, "company"));

        Assert.Equal(("Alpenglow", ActivityKind.BookingScheduled, "Intro call with Iris", source, null), (value.Value, value.Kind, value.Title, value.Source, value.ActorName));
        Assert.Equal(Assert.Single(await house.EntriesAsync(done.ContactId)).Id, value.EntryId);
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task Neither_a_similar_name_nor_the_name_in_a_text_is_the_field(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await house.Fields.CreateAsync(house.Admin, new FieldEdit("Team size", null, "text", "team_size", []));
        await house.Fields.CreateAsync(house.Admin, new FieldEdit("Team x size", null, "text", "teamxsize", []));
        var contact = await house.Book.AddAsync(house.Owner, new ContactEdit().SetName("Ada Lovelace").Set("teamxsize", "3").Set("company", "\"field\":\"team_size\""), ByHand);
        await house.Book.EditAsync(house.Owner, contact.Id, new ContactEdit().Set("team_size", "5"), ByHand);

        var history = await house.Get<ActivityLog>().ValueHistoryAsync(house.Member, contact.Id, "team_size");

        Assert.Equal("5", Assert.Single(history).Value);
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task Merged_contacts_have_one_history_which_stops_where_it_is_told(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var ada = await house.Book.AddAsync(house.Owner, new ContactEdit().SetName("Ada Lovelace").Set("company", "A1"), ByHand);
        house.Clock.Advance(TimeSpan.FromHours(1));
        var byron = await house.Book.AddAsync(house.Owner, new ContactEdit().SetName("Ada Byron").Set("company", "B1"), ByHand);
        await NextAsync(house, ada, new ContactEdit().Set("company", "A2"));
        await NextAsync(house, byron, new ContactEdit().Set("company", "B2"));
        await house.Get<MergeDesk>().MergeAsync(house.Admin, ada.Id, [byron.Id], new Dictionary<string, long> { ["company"] = ada.Id }, ByHand);

        var history = await house.Get<ActivityLog>().ValueHistoryAsync(house.Member, ada.Id, "company", take: 3);

        Assert.Equal([(byron.Id, "B2"), (ada.Id, "A2"), (byron.Id, "B1")], history.Select(v => (v.ContactId, v.Value)));
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task A_field_made_anew_under_the_name_of_one_that_was_deleted_has_a_history_of_its_own(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await house.Fields.CreateAsync(house.Admin, new FieldEdit("Plan", null, "text", "plan", []));
        var contact = await house.Book.AddAsync(house.Owner, new ContactEdit().SetName("Ada Lovelace").Set("plan", "Silver"), ByHand);
        await house.Fields.ArchiveAsync(house.Admin, "plan");
        await house.Get<FieldConversions>().DeleteAsync(house.Admin, "plan");
        house.Clock.Advance(TimeSpan.FromHours(1));
        await house.Fields.CreateAsync(house.Admin, new FieldEdit("Plan", null, "text", "plan", []));

        Assert.Empty(await house.Get<ActivityLog>().ValueHistoryAsync(house.Member, contact.Id, "plan"));
        await house.Book.EditAsync(house.Member, contact.Id, new ContactEdit().Set("plan", "Gold"), FromApi);

        Assert.Equal("Gold", Assert.Single(await house.Get<ActivityLog>().ValueHistoryAsync(house.Member, contact.Id, "plan")).Value);
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task Another_account_learns_nothing(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var contact = await house.Book.AddAsync(house.Owner, new ContactEdit().SetName("Ada Lovelace").Set("company", "Analytical"), ByHand);
        var stranger = (await house.AddAccountAsync("Globex")).Owner;

        Assert.Empty(await house.Get<ActivityLog>().ValueHistoryAsync(stranger, contact.Id, "company"));
    }

    private static Task<Contact> NextAsync(TestHouse house, Contact contact, ContactEdit edit)
    {
        house.Clock.Advance(TimeSpan.FromHours(1));
        return house.Book.EditAsync(house.Member, contact.Id, edit, FromApi);
    }
}
