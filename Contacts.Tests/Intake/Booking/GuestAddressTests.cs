using System.Net;
using Contacts.Core;
using Contacts.Core.Activity;
using Contacts.Core.Intake.Booking;
using Contacts.Tests.Support;
using Microsoft.EntityFrameworkCore;
using static Contacts.Tests.Intake.Booking.BookingCrowd;

namespace Contacts.Tests.Intake.Booking;

/// <summary>Meetings at the guest's: the host knows where to come.</summary>
public class GuestAddressTests
{
    private static readonly MeetingPlace Visit = new(PlaceKind.GuestAddress), Video = new(PlaceKind.Video, "https://meet.example/iris");

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task Who_is_visited_says_where_and_that_is_the_place(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var page = await OpenAsync(house, OpenAllWeek(house.Owner) with { Places = [Visit] });

        var blank = await Assert.ThrowsAsync<RuleException>(() => BookAsync(house, page, "ada@example.com"));
        await house.Get<BookingDesk>().BookAsync(page, Asking(page, " 5 Main Street,\nSpringfield "));

        var question = Assert.Single(page.Questions);
        Assert.Equal((question.Param, "Enter the address to come to."), (blank.Param, blank.Message));
        var booking = await house.ReadAsync(db => db.Bookings.SingleAsync());
        Assert.Equal("5 Main Street, Springfield", booking.Location);
        Assert.Equal([new Answer("Your address", "5 Main Street, Springfield", null)], booking.Answers);
        var mail = (await house.ReadAsync(db => db.OutgoingMails.SingleAsync(m => m.ToAddress == "owner@acme.example"))).Text;
        Assert.Single(mail.Split('\n'), line => line.Contains("5 Main Street", StringComparison.Ordinal)); // said once
    }

    [Fact]
    public async Task The_longest_address_fits_and_a_longer_one_is_refused()
    {
        await using var house = await TestHouse.OpenAsync(Database.Sqlite);
        var page = await OpenAsync(house, OpenAllWeek(house.Owner) with { Places = [Visit] });

        var refused = await Assert.ThrowsAsync<RuleException>(() => house.Get<BookingDesk>().BookAsync(page, Asking(page, new string('x', 251))));
        await house.Get<BookingDesk>().BookAsync(page, Asking(page, new string('x', 250)));

        Assert.Equal((page.Questions[0].Param, "Keep it within 250 characters."), (refused.Param, refused.Message));
    }

    [Fact]
    public async Task A_link_is_no_address_to_come_to()
    {
        await using var house = await TestHouse.OpenAsync(Database.Sqlite);
        var page = await OpenAsync(house, OpenAllWeek(house.Owner) with { Places = [Visit] });

        var refused = await Assert.ThrowsAsync<RuleException>(() => house.Get<BookingDesk>().BookAsync(page, Asking(page, "https://elsewhere.example/meet")));

        Assert.Equal((page.Questions[0].Param, "Enter the address to come to."), (refused.Param, refused.Message));
    }

    [Fact]
    public async Task An_answer_that_is_called_as_the_place_is_told_all_the_same()
    {
        await using var house = await TestHouse.OpenAsync(Database.Sqlite);
        var page = await OpenAsync(house, OpenAllWeek(house.Owner) with { Places = [new(PlaceKind.InPerson, "Berlin")], Questions = [new() { Label = "Which city are you in?" }] });

        await house.Get<BookingDesk>().BookAsync(page, Ask(page, "ada@example.com") with { Answers = new Dictionary<string, string> { [page.Questions[0].Key] = "Berlin" } });

        var mail = (await house.ReadAsync(db => db.OutgoingMails.SingleAsync(m => m.ToAddress == "owner@acme.example"))).Text;
        Assert.Contains("Which city are you in?", mail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_chooses_another_place_gives_none()
    {
        await using var house = await TestHouse.OpenAsync(Database.Sqlite);
        var page = await OpenAsync(house, OpenAllWeek(house.Owner) with { Places = [Visit, Video] });

        Assert.Equal([page.Questions[0].Param], BookingAnswers.Read(page, Ask(page, "ada@example.com") with { Place = 0 }).Problems.Keys);
        Assert.Empty(BookingAnswers.Read(page, Ask(page, "ada@example.com") with { Place = 1 }).Problems);
        await house.Get<BookingDesk>().BookAsync(page, Asking(page, "5 Main Street") with { Place = 1 });
        Assert.Equal(("https://meet.example/iris", 0), await house.ReadAsync(db => db.Bookings.SingleAsync()) is var booking ? (booking.Location, booking.Answers.Count) : default);
    }

    [Fact]
    public async Task The_form_asks_where_and_says_so_when_nothing_is_said()
    {
        await using var site = await GuestSite.OpenAsync();
        await GuestSite.ArrangeAsync(site, calendar => calendar.Places.AddRange([Video, Visit]));
        using var guest = site.Guest();
        var form = await GuestSite.OpenFormAsync(guest);

        var sent = await guest.PostAsync(GuestSite.Page, GuestSite.Fill(form, ("name", "Ada"), ("email", "ada@example.com"), ("place", "1")));

        Assert.Equal(["Video call", "At your address"], form.QuerySelectorAll(".choice").Select(c => c.TextContent.Trim()));
        Assert.Equal(("place", "OneOf", "1"), form.QuerySelector(".if") is { } part ? (part.GetAttribute("data-if"), part.GetAttribute("data-test"), part.GetAttribute("data-value")) : default);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, sent.StatusCode);
        Assert.Equal("Enter the address to come to.", (await GuestSite.ReadAsync(sent)).GetElementById("f-q-meeting-address-error")!.TextContent);
    }

    [Fact]
    public async Task Booked_by_hand_the_address_may_wait()
    {
        await using var house = await TestHouse.OpenAsync(Database.Sqlite);
        var page = await OpenAsync(house, OpenAllWeek(house.Owner) with { Places = [Visit] });
        var ada = await house.Book.AddAsync(house.Member, new Core.People.ContactEdit().Set("email", "ada@example.com"), new Source(SourceKind.User, "Mei Chou"));

        var first = await house.Get<Bookings>().AddAsync(house.Owner, page.Calendar.Id, ada.Id, page.Starts[0].ToDateTimeUtc(), 30);
        var second = await house.Get<Bookings>().AddAsync(house.Owner, page.Calendar.Id, ada.Id, page.Starts[1].ToDateTimeUtc(), 30, answers: new Dictionary<string, string> { [GuestQuestion.AddressKey] = "5 Main Street" });

        Assert.Equal(("Guest’s address", "5 Main Street"), (first.Location, second.Location));
    }

    private static BookingRequest Asking(BookingPage page, string address) =>
        Ask(page, "ada@example.com") with { Answers = new Dictionary<string, string> { [GuestQuestion.AddressKey] = address } };
}
