using Contacts.Core.Activity;
using Contacts.Core.Fields;
using Contacts.Core.Intake.Booking;
using Contacts.Core.People;
using Contacts.Tests.Support;
using Microsoft.EntityFrameworkCore;
using static Contacts.Tests.Intake.Booking.BookingCrowd;

namespace Contacts.Tests.Intake.Booking;

/// <summary>Questions that the page's address answers and nobody sees: a bad answer is no answer.</summary>
public class HiddenQuestionTests
{
    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task What_cannot_be_read_or_is_anothers_is_left_out_and_the_guest_books(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await house.Fields.CreateAsync(house.Admin, new FieldEdit("Number", null, "text", null, []) { Rules = new FieldRules { Unique = true, Pattern = "AC-[0-9]+" } });
        await house.Book.AddAsync(house.Member, new ContactEdit().Set("email", "ada@example.com").Set("number", "AC-1"), new Source(SourceKind.User, "Mei Chou"));
        var page = await OpenAsync(house, OpenAllWeek(house.Owner) with
        {
            Questions = [new() { Label = "Seats", Type = "number", Hidden = true }, new() { Label = "Number", Field = "number", Hidden = true }, new() { Label = "Campaign", Hidden = true }],
        });

        await BookAsync("misfit@example.com", 0, "many", "12");
        await BookAsync("conflict@example.com", 1, "5.0", "AC-1");
        await BookAsync("right@example.com", 2, "5", "AC-2");

        Assert.Equal(["Campaign=spring", "Seats=5 Campaign=spring", "Seats=5 Number=AC-2 Campaign=spring"],
            (await house.ReadAsync(db => db.Bookings.OrderBy(b => b.Id).ToListAsync())).ConvertAll(b => string.Join(' ', b.Answers.Select(a => $"{a.Question}={a.Value}"))));
        Assert.Equal(["AC-1", null, null, "AC-2"], (await house.ContactsAsync()).ConvertAll(c => c.Values.GetValueOrDefault("number")?.Value));

        Task<string> BookAsync(string email, int start, string seats, string number) => house.Get<BookingDesk>().BookAsync(page,
            Ask(page, email, start) with { Answers = new Dictionary<string, string> { ["seats"] = seats, ["number"] = number, ["campaign"] = "spring" } });
    }
}
