using Contacts.Core;
using Contacts.Core.Activity;
using Contacts.Core.Fields;
using Contacts.Core.Intake.Booking;
using Contacts.Core.People;
using Contacts.Core.Statuses;
using Contacts.Tests.Support;
using Microsoft.EntityFrameworkCore;
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
    public async Task What_is_said_for_the_guest_stands_in_the_booking_and_becomes_the_contacts(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await house.Fields.CreateAsync(house.Owner, new FieldEdit("Plan", null, "text", "plan", []) { Rules = new FieldRules { Required = true } });
        var page = await OpenAsync(house, OpenAllWeek(house.Owner) with
        {
            Questions =
            [
                new BookingQuestion { Label = "Topic", Required = true }, new BookingQuestion { Label = "Firm", Field = "company", Required = true },
                new BookingQuestion { Label = "Plan", Field = "plan" }, new BookingQuestion { Label = "Mobile", Type = "phone", Field = "mobile_phone" },
                new BookingQuestion { Label = "Papers", Type = "file", Required = true }, new BookingQuestion { Label = "Campaign", Hidden = true },
            ],
        });
        var (bookings, start) = (house.Get<Bookings>(), page.Starts[0].ToDateTimeUtc());
        var ada = await house.Book.AddAsync(house.Member, new ContactEdit().SetName("Ada Lovelace").Set("email", "ada@example.com").Set("plan", "Gold"), ByHand);
        await house.Book.AddAsync(house.Member, new ContactEdit().SetName("Grace Hopper").Set("mobile_phone", "+491711234567").Set("plan", "Gold"), ByHand);
        Task<Core.Intake.Booking.Booking> AddAsync(params (string Key, string Value)[] answers) =>
            bookings.AddAsync(house.Member, page.Calendar.Id, ada.Id, start, 30, answers: answers.ToDictionary(a => a.Key, a => a.Value));

        Assert.Equal([("topic", false), ("firm", false), ("plan", true), ("mobile", false)], (await bookings.QuestionsAsync(house.Member, page.Calendar.Id)).Select(q => (q.Key, q.IsRequired)));
        foreach (var (answers, param) in new ((string, string)[], string)[] { ([], "q.plan"), ([("plan", "Gold"), ("mobile", "nonsense")], "q.mobile"), ([("plan", "Gold"), ("mobile", "+491711234567")], "q.mobile") })
            Assert.Equal(param, (await Assert.ThrowsAsync<RuleException>(() => AddAsync(answers))).Param);
        Assert.Equal(0, await house.ReadAsync(db => db.Bookings.CountAsync()));
        var booking = await AddAsync(("firm", "Analytical"), ("plan", "Silver"), ("campaign", "spring"));

        Assert.Equal([("Firm", "Analytical"), ("Plan", "Silver")], booking.Answers.Select(a => (a.Question, a.Value)));
        var contact = (await house.Book.FindAsync(house.Member, ada.Id))!;
        var entry = (await house.EntriesAsync(ada.Id))[^1];
        Assert.Equal(("Analytical", ActivityKind.BookingScheduled, 2), (contact.Company, entry.Kind, entry.Answers.Count));
        Assert.Equal(["company", "plan"], entry.Changes.Select(c => c.Field).Order());
        Assert.Equal(ada.Id, Assert.Single((await house.Book.ListAsync(house.Member, new ContactQuery { Search = "analyt" })).Items).Id);
        Assert.Equal((entry.Number, entry.At), (contact.Values["company"].Entry, contact.Values["company"].At));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task What_stood_there_already_is_neither_told_to_the_guest_nor_written_over_what_a_colleague_wrote_since(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await house.Fields.CreateAsync(house.Owner, new FieldEdit("Credit", null, "text", "credit", []) { Rules = new FieldRules { Writers = FieldWriters.UsersOnly } });
        var page = await OpenAsync(house, OpenAllWeek(house.Owner) with
        {
            Questions = [new BookingQuestion { Label = "Firm", Field = "company", Required = true }, new BookingQuestion { Label = "Credit", Field = "credit" }],
        });
        var ada = await house.Book.AddAsync(house.Member, new ContactEdit().SetName("Ada Lovelace").Set("email", "ada@example.com").Set("company", "Corrected"), ByHand);

        var booking = await house.Get<Bookings>().AddAsync(house.Member, page.Calendar.Id, ada.Id, page.Starts[0].ToDateTimeUtc(), 30,
            answers: new Dictionary<string, string> { ["firm"] = "As it was", ["credit"] = "Pays late" }, known: new Dictionary<string, string> { ["firm"] = "As it was", ["credit"] = "" });

        Assert.Empty(booking.Answers);
        var contact = (await house.Book.FindAsync(house.Member, ada.Id))!;
        Assert.Equal(("Corrected", "Pays late"), (contact.Company, contact.Values["credit"].Value));
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
