using Contacts.Core.Activity;
using Contacts.Core.Intake.Booking;
using Contacts.Core.People;
using Contacts.Core.Statuses;
using Contacts.Tests.Support;
using static Contacts.Tests.Intake.Booking.BookingCrowd;

namespace Contacts.Tests.Intake.Booking;

/// <summary>Meetings that a user books for a contact.</summary>
public class BookingByHandTests
{
    private static readonly Source ByHand = new(SourceKind.User, "Mei Chou");

    public static TheoryData<Database> Databases => TestHouse.Databases;

    [Theory, MemberData(nameof(Databases))]
    public async Task A_name_longer_than_a_guest_may_type_is_cut_and_between_letters(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var page = await OpenAsync(house, OpenAllWeek(house.Owner));
        var ada = await house.Book.AddAsync(house.Member, new ContactEdit().Set("first_name", new string('a', 198)).Set("last_name", "😀" + new string('b', 100)), ByHand);

        var booking = await house.Get<Bookings>().AddAsync(house.Owner, page.Calendar.Id, ada.Id, page.Starts[0].ToDateTimeUtc(), 30);

        Assert.Equal(new string('a', 198), booking.GuestName);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task The_contact_moves_to_the_calendars_status_as_if_it_had_booked(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var statuses = await house.Get<StatusList>().ListAsync(house.Member);
        var page = await OpenAsync(house, OpenAllWeek(house.Owner) with { StatusId = statuses[1].Id, StatusForwardOnly = true });
        var ada = await house.Book.AddAsync(house.Member, new ContactEdit().SetName("Ada Lovelace").MoveTo(statuses[0].Id), ByHand);
        var grace = await house.Book.AddAsync(house.Member, new ContactEdit().SetName("Grace Hopper").MoveTo(statuses[2].Id), ByHand);

        await house.Get<Bookings>().AddAsync(house.Owner, page.Calendar.Id, ada.Id, page.Starts[0].ToDateTimeUtc(), 30);
        await house.Get<Bookings>().AddAsync(house.Owner, page.Calendar.Id, grace.Id, page.Starts[1].ToDateTimeUtc(), 30);

        Assert.Equal([statuses[1].Id, statuses[2].Id], (await house.ContactsAsync()).ConvertAll(c => c.StatusId!.Value));
        var entry = (await house.EntriesAsync(ada.Id))[^1];
        Assert.Equal((ActivityKind.BookingScheduled, true), (entry.Kind, entry.MovesStatus));
        Assert.Contains(new FieldChange(StatusSpell.StatusChange, statuses[0].Name, statuses[1].Name), entry.Changes);
    }
}
