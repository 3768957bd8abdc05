using Contacts.Core.Activity;
using Contacts.Core.Intake;
using Contacts.Core.Intake.Booking;
using Contacts.Core.People;
using Contacts.Core.Statuses;
using Contacts.Tests.Support;

namespace Contacts.Tests.Intake;

/// <summary>What a source's own rule does to where a contact stands.</summary>
public sealed class StatusRuleTests
{
    private static readonly Source ByHand = new(SourceKind.User, "Iris Ritter");

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task A_booking_moves_its_contact_in_the_same_entry(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var all = await house.Get<StatusList>().ListAsync(house.Member);
        await house.Get<BookingCalendars>().CreateAsync(house.Admin, new CalendarEdit { Name = "Intro call", HostId = house.Owner.UserId!.Value, StatusId = all[1].Id });
        var page = (await house.Get<BookingDesk>().FindAsync("acme", "intro-call"))!;

        await house.Get<BookingDesk>().BookAsync(page, new BookingRequest
        {
            StartsAt = page.Starts[0].ToDateTimeUtc(), Name = "Ada Lovelace", Email = "ada@example.com", TimeZone = "Europe/Berlin", FormKey = BookingRequest.NewFormKey(),
        });

        var ada = Assert.Single(await house.ContactsAsync());
        Assert.Equal((all[1].Id, house.Now), (ada.StatusId!.Value, ada.StatusAt!.Value));
        var entry = Assert.Single(await house.EntriesAsync(ada.Id));
        Assert.True(entry.MovesStatus);
        Assert.Contains(new FieldChange("status", null, "Marketing qualified"), entry.Changes);
    }

    [Theory]
    [InlineData(null, 1, true, 1)]
    [InlineData(0, 2, true, 2)]
    [InlineData(2, 1, true, 2)]
    [InlineData(1, 1, true, 1)]
    [InlineData(2, 1, false, 1)]
    public async Task Forward_only_never_takes_a_contact_back(int? here, int target, bool forwardOnly, int then)
    {
        await using var house = await TestHouse.OpenAsync(Database.Sqlite);
        var all = await house.Get<StatusList>().ListAsync(house.Member);
        var ada = await house.Book.AddAsync(house.Owner, new ContactEdit().SetName("Ada Lovelace").Set("email", "ada@example.com").MoveTo(here is { } at ? all[at].Id : null), ByHand);

        await house.Desk.ReceiveAsync(house.Account.Id, Interaction(house) with { StatusId = all[target].Id, StatusForwardOnly = forwardOnly });

        Assert.Equal(all[then].Id, (await house.Book.FindAsync(house.Member, ada.Id))!.StatusId);
        Assert.Equal(here != then, (await house.EntriesAsync(ada.Id))[1].MovesStatus);
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task A_new_contact_begins_at_the_default_and_one_that_was_there_stays(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var old = await house.Book.AddAsync(house.Owner, new ContactEdit().SetName("Old Friend").Set("email", "old@example.com"), ByHand);
        var start = await house.Get<StatusList>().CreateAsync(house.Admin, new StatusEdit("New", IsDefault: true));

        var made = await house.Desk.ReceiveAsync(house.Account.Id, Interaction(house));
        await house.Desk.ReceiveAsync(house.Account.Id, Interaction(house, "old@example.com"));
        var byHand = await house.Book.AddAsync(house.Owner, new ContactEdit().SetName("By Hand"), ByHand);
        var nowhere = await house.Book.AddAsync(house.Owner, new ContactEdit().SetName("No Where").MoveTo(null), ByHand);

        Assert.Equal(start.Id, (await house.Book.FindAsync(house.Member, made.ContactId))!.StatusId);
        Assert.Null((await house.Book.FindAsync(house.Member, old.Id))!.StatusId);
        Assert.Equal((start.Id, null), (byHand.StatusId, nowhere.StatusId));
        Assert.Contains(new FieldChange("status", null, "New"), Assert.Single(await house.EntriesAsync(made.ContactId)).Changes);
    }

    [Fact]
    public async Task A_status_that_was_removed_meanwhile_is_no_rule()
    {
        await using var house = await TestHouse.OpenAsync(Database.Sqlite);

        var made = await house.Desk.ReceiveAsync(house.Account.Id, Interaction(house) with { StatusId = 987_654 });

        Assert.Null((await house.Book.FindAsync(house.Member, made.ContactId))!.StatusId);
    }

    private static Interaction Interaction(TestHouse house, string email = "ada@example.com") =>
        new(ActivityKind.FormSubmitted, new Source(SourceKind.RoutingForm, "Contact us"), "Contact us", house.Now) { Contact = new ContactEdit().SetName("Ada Lovelace").Set("email", email) };
}
