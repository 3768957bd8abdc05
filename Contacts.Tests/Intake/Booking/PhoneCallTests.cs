using System.Net;
using Contacts.Core;
using Contacts.Core.Activity;
using Contacts.Core.Intake.Booking;
using Contacts.Tests.Support;
using Microsoft.EntityFrameworkCore;
using static Contacts.Tests.Intake.Booking.BookingCrowd;
using static Microsoft.Playwright.Assertions;

namespace Contacts.Tests.Intake.Booking;

/// <summary>Meetings by phone: the host knows the number to call.</summary>
public class PhoneCallTests
{
    private static readonly MeetingPlace Call = new(PlaceKind.PhoneCall), Video = new(PlaceKind.Video, "https://meet.example/iris");

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task Who_is_called_gives_a_number_that_the_host_and_the_contact_have(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var page = await OpenAsync(house, OpenAllWeek(house.Owner) with { Places = [Call] });

        var blank = await Assert.ThrowsAsync<RuleException>(() => BookAsync(house, page, "ada@example.com"));
        var odd = await Assert.ThrowsAsync<RuleException>(() => house.Get<BookingDesk>().BookAsync(page, Asking(page, "call me")));
        await house.Get<BookingDesk>().BookAsync(page, Asking(page, "0170 12345678"));

        var number = Assert.Single(page.Questions);
        Assert.Equal((number.Param, "Enter the number to call you at."), (blank.Param, blank.Message));
        Assert.Equal((number.Param, PhoneNumber.Problem), (odd.Param, odd.Message));
        Assert.Equal("+4917012345678", Assert.Single(await house.ContactsAsync()).MobilePhone);
        Assert.Equal([new Answer("Phone number", "+4917012345678", "mobile_phone")], (await house.ReadAsync(db => db.Bookings.SingleAsync())).Answers);
        Assert.Contains("+4917012345678", (await house.ReadAsync(db => db.OutgoingMails.SingleAsync(m => m.ToAddress == "owner@acme.example"))).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_chooses_another_place_gives_none()
    {
        await using var house = await TestHouse.OpenAsync(Database.Sqlite);
        var page = await OpenAsync(house, OpenAllWeek(house.Owner) with { Places = [Call, Video] });

        Assert.Equal(["place"], Problems(-1));
        Assert.Equal([page.Questions[0].Param], Problems(0));
        Assert.Empty(Problems(1));
        await house.Get<BookingDesk>().BookAsync(page, Asking(page, "+4917012345678") with { Place = 1 });
        Assert.Null(Assert.Single(await house.ContactsAsync()).MobilePhone);

        string[] Problems(int place) => [.. BookingAnswers.Read(page, Ask(page, "ada@example.com") with { Place = place }).Problems.Keys];
    }

    [Fact]
    public async Task Where_the_calendar_asks_for_the_mobile_phone_nobody_is_asked_twice()
    {
        await using var house = await TestHouse.OpenAsync(Database.Sqlite);
        var page = await OpenAsync(house, OpenAllWeek(house.Owner) with { Places = [Call, Video], Questions = [new() { Label = "Mobile", Type = "phone", Field = "mobile_phone", Hidden = true }] });

        var question = Assert.Single(page.Questions);

        Assert.Equal(("mobile", false), (question.Key, question.Question.Hidden));
        Assert.Equal([question.Param], BookingAnswers.Read(page, Ask(page, "ada@example.com")).Problems.Keys);
        Assert.Empty(BookingAnswers.Read(page, Ask(page, "ada@example.com") with { Place = 1 }).Problems);
    }

    [Fact]
    public async Task The_form_asks_once_a_call_is_chosen_and_the_address_fills_it_in()
    {
        await using var site = await WebApp.StartAsync();
        await GuestSite.ArrangeAsync(site, calendar => calendar.Places.AddRange([Video, Call]));
        using var guest = site.Guest();
        await using var window = await site.NewPageAsync(options: new() { TimezoneId = "Europe/Berlin" });
        var page = window.Page;
        await page.GotoAsync($"{GuestSite.Page}?mobile_phone=%2B4917012345678");
        await page.Locator(".time").First.ClickAsync();

        await Expect(page.GetByLabel("Phone number")).ToBeHiddenAsync();
        await page.GetByLabel("Phone call").CheckAsync();
        await Expect(page.GetByLabel("Phone number")).ToHaveValueAsync("+4917012345678");
        await Expect(page.GetByLabel("Phone number")).ToBeVisibleAsync();
        await page.GetByLabel("Video call").CheckAsync();
        await Expect(page.GetByLabel("Phone number")).ToBeHiddenAsync();

        var form = await GuestSite.OpenFormAsync(guest);
        var sent = await guest.PostAsync(GuestSite.Page, GuestSite.Fill(form, ("name", "Ada"), ("email", "ada@example.com"), ("place", "1"), ("q.phone-call", "")));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, sent.StatusCode);
        Assert.Equal("Enter the number to call you at.", (await GuestSite.ReadAsync(sent)).GetElementById("f-q-phone-call-error")!.TextContent);
    }

    private static BookingRequest Asking(BookingPage page, string number) =>
        Ask(page, "ada@example.com") with { Answers = new Dictionary<string, string> { [GuestQuestion.NumberKey] = number } };
}
