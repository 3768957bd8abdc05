using System.Net;
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

    [Fact]
    public async Task Who_leaves_after_losing_the_time_finds_every_answer_again_and_is_remembered_with_them()
    {
        var clock = new SetClock(SetClock.Monday);
        var first = await WebApp.StartAsync(listens: false, clock: clock);
        await GuestSite.ArrangeAsync(first, calendar =>
        {
            calendar.Questions.AddRange(
            [
                new BookingQuestion { Key = "firm", Label = "Firm", Field = "company" },
                new BookingQuestion { Key = "topic", Label = "Topic", Type = "single_choice", Options = ["Support", "Sales"], Required = true },
                new BookingQuestion { Key = "tools", Label = "Tools", Type = "multiple_choice", Options = ["Pen", "Paper", "Ruler"] },
                new BookingQuestion { Key = "plan", Label = "Plan", Type = "long_text" },
            ]);
            calendar.Places.AddRange([new MeetingPlace(PlaceKind.InPerson, "Main Street 1"), new MeetingPlace(PlaceKind.InPerson, "Side Street 2")]);
        });
        using var guest = first.Guest();
        var (mine, theirs) = (await GuestSite.OpenFormAsync(guest), await GuestSite.OpenFormAsync(guest));
        await guest.PostAsync(GuestSite.Page, GuestSite.Fill(theirs, ("name", "Eve"), ("email", "eve@example.com"), ("q.topic", "Sales"), ("place", "0")));

        var filled = GuestSite.Filled(mine, ("name", "Ada Lovelace"), ("email", "ada@example.com"), ("q.firm", "Analytical"), ("q.topic", "Support"), ("q.plan", "One\ntwo"), ("place", "1")).ToList();
        filled.AddRange([new("q.tools", "Pen"), new("q.tools", "Ruler")]);
        var refused = await guest.PostAsync(GuestSite.Page, new FormUrlEncodedContent(filled));
        var form = await GuestSite.ReadAsync(refused);

        Assert.Equal((HttpStatusCode.Conflict, BookingDesk.Taken), (refused.StatusCode, form.GetElementById("f-start-error")!.TextContent));
        Assert.Equal(("Ada Lovelace", "ada@example.com", "Analytical"), (GuestSite.Value(form, "f-name"), GuestSite.Value(form, "f-email"), GuestSite.Value(form, "f-q-firm")));
        Assert.Equal("One\ntwo", form.GetElementById("f-q-plan")!.TextContent.TrimStart('\n'));
        Assert.Equal(["1", "Support", "Pen", "Ruler"], form.QuerySelectorAll("form[method=post] input[checked]").Select(i => i.GetAttribute("value")!));

        // The guest closes the page; the program looks for such guests by itself, here at its next start.
        clock.PutTo(SetClock.Monday + BookingAttempts.Patience + TimeSpan.FromMinutes(1));
        await using var again = await first.RestartAsync();
        while (await again.ReadAsync(db => db.BookingAttempts.AnyAsync())) await Task.Yield();

        var ada = await again.ReadAsync(db => db.Contacts.SingleAsync(c => c.Email == "ada@example.com"));
        var entry = await again.ReadAsync(db => db.Entries.SingleAsync(e => e.ContactId == ada.Id));
        Assert.Equal((ActivityKind.BookingAbandoned, "Intro call", "Analytical"), (entry.Kind, entry.Title, ada.Company));
        Assert.Equal([("Firm", "Analytical"), ("Topic", "Support"), ("Tools", "Pen\nRuler"), ("Plan", "One\ntwo")], entry.Answers.Select(a => (a.Question, a.Value)));
        Assert.Equal(1, await again.ReadAsync(db => db.Bookings.CountAsync()));
    }
}
