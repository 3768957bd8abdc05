using Contacts.Core;
using Contacts.Core.Activity;
using Contacts.Core.Intake.Booking;
using Contacts.Tests.Support;
using Microsoft.EntityFrameworkCore;
using static Contacts.Tests.Intake.Booking.BookingCrowd;

namespace Contacts.Tests.Intake.Booking;

/// <summary>Guests who sent the form when the time was gone.</summary>
public class BookingAttemptsTests
{
    public static TheoryData<Database> Databases => TestHouse.Databases;

    [Theory, MemberData(nameof(Databases))]
    public async Task Who_books_another_time_with_another_form_has_booked_and_left_nothing_else(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var (page, attempts) = (await OpenAsync(house, OpenAllWeek(house.Owner)), house.Get<BookingAttempts>());
        var elsewhere = await OpenAsync(house, OpenAllWeek(house.Member) with { Name = "Theirs", Slug = "theirs" });
        await attempts.KeepAsync(page, Ask(page, "Ada@example.com"));
        await attempts.KeepAsync(page, Ask(page, "eve@example.com"));
        await attempts.KeepAsync(elsewhere, Ask(elsewhere, "ada@example.com"));

        var (_, booking) = await BookAsync(house, page, "ada@example.com", start: 1);
        house.Clock.Advance(BookingAttempts.Patience + TimeSpan.FromMinutes(1));
        await attempts.SettleAsync();

        Assert.Equal([ActivityKind.BookingScheduled, ActivityKind.BookingAbandoned], (await house.EntriesAsync(booking.ContactId!.Value)).ConvertAll(e => e.Kind));
        Assert.Equal("Theirs", (await house.EntriesAsync(booking.ContactId.Value))[1].Title);
        Assert.Equal(["ada@example.com", "eve@example.com"], (await house.ContactsAsync()).ConvertAll(c => c.Email));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task One_that_cannot_be_taken_in_stops_no_other_and_stays_for_the_next_look(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var (page, attempts) = (await OpenAsync(house, OpenAllWeek(house.Owner)), house.Get<BookingAttempts>());
        foreach (var email in new[] { "broken@example.com", "ada@example.com" }) await attempts.KeepAsync(page, Ask(page, email));
        await house.Gate.RunAsync(house.Account.Id, db => db.Database.ExecuteSqlAsync($$"""UPDATE "BookingAttempts" SET "Request" = '{"name":null}' WHERE "GuestEmail" = 'broken@example.com'"""));
        house.Clock.Advance(BookingAttempts.Patience + TimeSpan.FromMinutes(1));

        Assert.Equal(1, await attempts.SettleAsync());

        Assert.Equal("ada@example.com", Assert.Single(await house.ContactsAsync()).Email);
        Assert.Equal("broken@example.com", await house.ReadAsync(db => db.BookingAttempts.Select(a => a.GuestEmail).SingleAsync()));
    }
}
