using AngleSharp.Dom;
using Bunit;
using Contacts.Core.Intake.Booking;
using Contacts.Core.People;
using Contacts.Web.Intake.Booking;

namespace Contacts.Tests.Intake.Booking;

public sealed class MeetingsPanelTests : BookingUiTest
{
    [Fact]
    public async Task Meetings_still_to_come_are_listed_soonest_first_and_no_others()
    {
        var page = await OpenPageAsync();
        await BookAsync(page, Tuesday.AddDays(1));
        await BookAsync(page, Tuesday);
        await Bookings.CancelAsync(House.Owner, (await BookAsync(page, Tuesday.AddHours(2))).Id, null);
        await BookAsync(page, Tuesday.AddHours(1), "Grace Hopper");
        var over = await BookAsync(page, House.Now.AddHours(1));
        House.Clock.SetUtcNow(over.EndsAt);

        var panel = Show((await House.ContactsAsync()).Single(c => c.DisplayName == "Ada Lovelace"));

        Assert.Equal(["Tue 24 Nov 11:0030 min", "Wed 25 Nov 11:0030 min"], panel.FindAll("time").Select(t => t.TextContent));
    }

    [Fact]
    public async Task A_meeting_that_is_booked_here_stands_here_at_once()
    {
        await OpenPageAsync();
        var panel = Show(await AddAsync("Ada Lovelace", "ada@example.com"));
        Assert.Equal("No meeting is planned.", panel.Find(".nothing").TextContent);

        var booking = Button(panel)!.ClickAsync(new());
        await DialogHost.WaitForElementAsync(".free-times");
        await ChooseDayAsync("Tomorrow");
        await ChooseTimeAsync("11:00");
        await SendAsync();
        await booking;

        Assert.Equal("Tue 24 Nov 11:0030 min", panel.Find("time").TextContent);
        Assert.Empty(panel.FindAll(".nothing"));
    }

    [Fact]
    public async Task A_step_made_elsewhere_comes_with_the_contact_as_it_is_then()
    {
        var booking = await BookAsync(await OpenPageAsync(), Tuesday);
        var panel = Show(Assert.Single(await House.ContactsAsync()));

        await Bookings.RescheduleAsync(House.Owner, booking.Id, Tuesday.AddDays(1), null);
        panel.Render(p => p.Add(m => m.Contact, House.ContactsAsync().GetAwaiter().GetResult().Single()));

        await panel.WaitForAssertionAsync(() => Assert.Equal(("Wed 25 Nov 11:0030 min", "Rescheduled"), (panel.Find("time").TextContent, panel.Find(".tag").TextContent)));
    }

    [Fact]
    public async Task For_a_contact_in_the_bin_nothing_is_booked()
    {
        var ada = await AddAsync("Ada Lovelace", "ada@example.com");
        Assert.NotNull(Button(Show(ada)));

        await House.Book.DeleteAsync(House.Owner, ada.Id);

        Assert.Null(Button(Show(Assert.Single(await House.ContactsAsync()))));
    }

    private IRenderedComponent<MeetingsPanel> Show(Contact contact)
    {
        var panel = Render<MeetingsPanel>(p => p.Add(m => m.Caller, House.Owner).Add(m => m.Contact, contact));
        panel.WaitForElement(".bookings, .nothing");
        return panel;
    }

    private static IElement? Button(IRenderedComponent<MeetingsPanel> panel) => panel.FindAll("button").SingleOrDefault(b => b.TextContent == "Book a meeting");
}
