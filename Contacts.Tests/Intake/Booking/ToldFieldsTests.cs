using Contacts.Core;
using Contacts.Core.Activity;
using Contacts.Core.Fields;
using Contacts.Core.Intake.Booking;
using Contacts.Core.People;
using Contacts.Tests.Support;
using Microsoft.EntityFrameworkCore;
using static Contacts.Tests.Intake.Booking.BookingCrowd;

namespace Contacts.Tests.Intake.Booking;

/// <summary>What messages tell a guest of the contact they are taken for.</summary>
public class ToldFieldsTests
{
    private static readonly Source ByHand = new(SourceKind.User, "Mei Chou");

    public static TheoryData<Database> Databases => TestHouse.Databases;

    [Theory, MemberData(nameof(Databases))]
    public async Task Who_gives_an_email_of_their_own_with_anothers_phone_is_told_what_they_said_and_nothing_else(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var page = await OpenPageAsync(house);
        var ada = await house.Book.AddAsync(house.Member, new ContactEdit().SetName("Ada Lovelace").Set("mobile_phone", "+4917012345678").Set("city", "Springfield").Set("company", "Analytical"), ByHand);

        for (var i = 0; i < 2; i++) // the first time gives the contact the email, by which it is known the second
        {
            await house.Get<BookingDesk>().BookAsync(page, Ask(page, "eve@example.com", start: i) with { Answers = new Dictionary<string, string> { ["mobile"] = "+4917012345678", ["firm"] = "Mallory" } });
            await house.Get<Bookings>().CancelAsync(house.Owner, (await house.ReadAsync(db => db.Bookings.OrderBy(b => b.Id).LastAsync())).Id, null);
        }

        Assert.Equal([ada.Id], await house.ReadAsync(db => db.Bookings.Select(b => b.ContactId!.Value).Distinct().ToListAsync()));
        var mails = await house.ReadAsync(db => db.OutgoingMails.Where(m => m.ToAddress == "eve@example.com").ToListAsync());
        Assert.Equal(4, mails.Count);
        Assert.All(mails, mail => Assert.DoesNotContain("Springfield", mail.Subject + mail.Text + mail.Html, StringComparison.Ordinal));
        Assert.All(mails, mail => Assert.Contains("Firm: Mallory.", mail.Text, StringComparison.Ordinal));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Who_is_known_by_the_email_or_is_new_is_told_what_stands_in_the_contact(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var page = await OpenPageAsync(house);
        await house.Book.AddAsync(house.Member, new ContactEdit().SetName("Ada Lovelace").Set("email", "ada@example.com").Set("city", "Springfield"), ByHand);

        await BookAsync(house, page, "ada@example.com");
        var (_, news) = await BookAsync(house, page, "new@example.com", start: 1);
        await house.Book.EditAsync(house.Member, news.ContactId!.Value, new ContactEdit().Set("city", "Shelbyville"), ByHand);
        await house.Get<Bookings>().CancelAsync(house.Owner, news.Id, null);

        var mails = await house.ReadAsync(db => db.OutgoingMails.OrderBy(m => m.Id).ToListAsync());
        Assert.Contains("City: Springfield.", mails.First(m => m.ToAddress == "ada@example.com").Text, StringComparison.Ordinal);
        Assert.Contains("City: Shelbyville.", mails.Last(m => m.ToAddress == "new@example.com").Text, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task What_only_users_write_is_told_to_no_guest(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await house.Fields.CreateAsync(house.Admin, new FieldEdit("Rating", null, "text", null, []));
        var words = new Dictionary<string, MailWording> { ["confirmed"] = new("Booked", "Hello.\n\nYou are rated {field:rating}.") };
        var page = await OpenAsync(house, OpenAllWeek(house.Owner) with { Wordings = words });
        await house.Book.AddAsync(house.Member, new ContactEdit().SetName("Ada Lovelace").Set("email", "ada@example.com").Set("rating", "hopeless"), ByHand);
        await house.Fields.EditAsync(house.Admin, "rating", new FieldEdit("Rating", null, "text", null, []) { Rules = new FieldRules { Writers = FieldWriters.UsersOnly } });

        await BookAsync(house, page, "ada@example.com");
        var refused = await Assert.ThrowsAsync<RuleException>(() => house.Get<BookingCalendars>().CreateAsync(house.Admin, OpenAllWeek(house.Owner) with { Slug = "again", Wordings = words }));

        Assert.DoesNotContain("hopeless", (await house.ReadAsync(db => db.OutgoingMails.SingleAsync(m => m.ToAddress == "ada@example.com"))).Text, StringComparison.Ordinal);
        Assert.Equal(("wordings.confirmed.body", "Only users write 'Rating', so no guest is told it. Take out {field:rating}."), (refused.Param, refused.Message));
    }

    private static Task<BookingPage> OpenPageAsync(TestHouse house)
    {
        var words = new MailWording("News {field:city}", "City: {field:city}.\n\nFirm: {field:company}.");
        return OpenAsync(house, OpenAllWeek(house.Owner) with
        {
            Questions = [new BookingQuestion { Label = "Mobile", Type = "phone", Field = "mobile_phone" }, new BookingQuestion { Label = "Firm", Field = "company" }],
            Wordings = new Dictionary<string, MailWording> { ["confirmed"] = words, ["canceled"] = words },
        });
    }
}
