using Bunit;
using Contacts.Core.Intake.Booking;
using Contacts.Core.People;
using Contacts.Tests.Support;
using Contacts.Web.Intake.Booking;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;

namespace Contacts.Tests.Intake.Booking;

public sealed class AddBookingDialogTests : BookingUiTest
{
    [Fact]
    public async Task A_meeting_is_booked_in_a_calendar_for_as_long_and_where_as_chosen()
    {
        await OpenPageAsync();
        await OpenPageAsync(e => e with { Name = "Visit", Slug = "visit", Durations = [30, 60], Places = [new(PlaceKind.Video, "https://meet.example/iris"), new(PlaceKind.InPerson, "Main street 1")] });
        var opened = await OpenAsync(await AddAsync("Ada Lovelace", "ada@example.com"));

        Assert.Contains("An invitation goes to ada@example.com.", DialogHost.Markup, StringComparison.Ordinal);
        await Box("Calendar").ChangeAsync(new() { Value = Box("Calendar").QuerySelectorAll("option").Single(o => o.TextContent == "Visit").GetAttribute("value") });
        await Box("Length").ChangeAsync(new() { Value = "60" });
        await Box("Where").ChangeAsync(new() { Value = "1" });
        await ChooseDayAsync("Tomorrow");
        await ChooseTimeAsync("11:00");
        await SendAsync();

        Assert.True(await opened);
        var booking = await House.ReadAsync(db => db.Bookings.SingleAsync());
        Assert.Equal(("Visit", Tuesday, 60, "Main street 1", House.Owner.UserId), (booking.Subject, booking.StartsAt, booking.Minutes, booking.Location, booking.BookedById));
    }

    [Fact]
    public async Task It_begins_with_a_calendar_of_ones_own_and_archived_ones_are_not_offered()
    {
        await OpenPageAsync(e => e with { Name = "A", Slug = "a", HostId = House.Member.UserId!.Value });
        await OpenPageAsync(e => e with { Name = "B", Slug = "b" });
        var archived = await OpenPageAsync(e => e with { Name = "C", Slug = "c" });
        await House.Get<BookingCalendars>().ArchiveAsync(House.Owner, archived.Calendar.Id);

        await OpenAsync(await AddAsync("Ada Lovelace", "ada@example.com"));

        Assert.Equal(["A", "B"], Box("Calendar").QuerySelectorAll("option").Select(o => o.TextContent));
        Assert.Equal("B", Box("Calendar").QuerySelectorAll("option").Single(o => o.GetAttribute("value") == Box("Calendar").GetAttribute("value")).TextContent);
        Assert.DoesNotContain(DialogHost.FindAll("label"), l => l.TextContent == "Where"); // there is one place at most
    }

    [Fact]
    public async Task Another_length_has_other_times_and_none_of_them_is_chosen()
    {
        var page = await OpenPageAsync(e => e with { Durations = [30, 60] });
        await BookAsync(page, Tuesday, "Grace Hopper");
        await OpenAsync(await AddAsync("Ada Lovelace", "ada@example.com"));
        await ChooseDayAsync("Tomorrow");
        Assert.Contains("10:30", Times);
        await ChooseTimeAsync("10:30");

        await Box("Length").ChangeAsync(new() { Value = "60" });

        await DialogHost.WaitForAssertionAsync(() => Assert.DoesNotContain("10:30", Times));
        Assert.False(IsTimeChosen);
    }

    [Fact]
    public async Task Somebody_without_an_email_gets_no_invitation_and_is_said_to_get_none()
    {
        await OpenPageAsync();
        var ada = await House.Book.AddAsync(House.Owner, new ContactEdit().SetName("Ada Lovelace"), new Core.Activity.Source(Core.Activity.SourceKind.User, House.Owner.Name));

        await OpenAsync(ada);

        Assert.Contains("Ada Lovelace has no email address, so no invitation goes out.", DialogHost.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_asks_what_the_calendar_asks_with_what_is_known_filled_in()
    {
        await OpenPageAsync(e => e with
        {
            Questions =
            [
                new() { Label = "Firm", Field = "company", Required = true }, new() { Label = "Website", Type = "url" },
                new() { Key = "new-1", Label = "Existing customer?", Type = "yes_no" }, new() { Label = "Number", ShownIf = new("new-1", AnswerTest.Is, "Yes") },
            ],
        });
        var ada = await House.Book.AddAsync(House.Owner, new ContactEdit().SetName("Ada Lovelace").Set("company", "Analytical"), new Core.Activity.Source(Core.Activity.SourceKind.User, House.Owner.Name));
        await OpenAsync(ada);

        Assert.Equal("Analytical", Box("Firm").GetAttribute("value"));
        Assert.DoesNotContain(DialogHost.FindAll("label"), l => l.TextContent == "Number");
        await Box("Website").InputAsync(new() { Value = "not an address" });
        await ChooseDayAsync("Tomorrow");
        await ChooseTimeAsync("11:00");
        await SendAsync();

        Assert.NotNull(ErrorAt("Website"));
        Assert.Empty(DialogHost.FindAll("form > .input-error"));
        Assert.Equal(0, await House.ReadAsync(db => db.Bookings.CountAsync()));
        await Box("Website").InputAsync(new() { Value = "" });
        await Box("Firm").InputAsync(new() { Value = "Difference" });
        await SendAsync();
        Assert.Equal([("Firm", "Difference")], (await House.ReadAsync(db => db.Bookings.SingleAsync())).Answers.Select(a => (a.Question, a.Value)));
    }

    [Fact]
    public async Task Without_a_calendar_it_leads_to_where_one_is_made()
    {
        await OpenAsync(await AddAsync("Ada Lovelace", "ada@example.com"));

        Assert.Equal("booking-calendars", DialogHost.Find("form a").GetAttribute("href"));
        Assert.True(DialogHost.Find("button[type=submit]").HasAttribute("disabled"));
    }

    [Fact]
    public async Task A_time_that_is_missing_or_was_taken_meanwhile_is_refused_where_the_times_are()
    {
        var page = await OpenPageAsync();
        await OpenAsync(await AddAsync("Ada Lovelace", "ada@example.com"));

        await SendAsync();
        Assert.Equal(BookingDesk.NotChosen, TimeError);
        await ChooseDayAsync("Tomorrow");
        await ChooseTimeAsync("11:00");
        await BookAsync(page, Tuesday, "Grace Hopper");
        await SendAsync();

        Assert.Equal(BookingDesk.Taken, TimeError);
        Assert.DoesNotContain("11:00", Times);
        Assert.Equal("Grace Hopper", (await House.ReadAsync(db => db.Bookings.SingleAsync())).GuestName);
    }

    [Fact]
    public async Task A_calendar_that_was_archived_meanwhile_is_refused_at_its_field()
    {
        var page = await OpenPageAsync();
        await OpenAsync(await AddAsync("Ada Lovelace", "ada@example.com"));
        await ChooseTimeAsync("15:00");
        await House.Get<BookingCalendars>().ArchiveAsync(House.Owner, page.Calendar.Id);

        await SendAsync();

        Assert.Equal("Choose a calendar.", ErrorAt("Calendar"));
        Assert.Null(TimeError);
        Assert.Equal(0, await House.ReadAsync(db => db.Bookings.CountAsync()));
    }

    [Fact]
    public async Task A_contact_that_was_deleted_meanwhile_is_said_to_be_gone()
    {
        await OpenPageAsync();
        var ada = await AddAsync("Ada Lovelace", "ada@example.com");
        await OpenAsync(ada);
        await ChooseTimeAsync("15:00");
        await House.Book.DeleteAsync(House.Owner, ada.Id);

        await SendAsync();

        Assert.Equal("This contact is not there any more.", DialogHost.Find("form [role=alert]").TextContent);
    }

    /// <returns>Whether a meeting was booked, in the end.</returns>
    private async Task<Task<bool>> OpenAsync(Contact contact)
    {
        Task<bool>? opened = null;
        await DialogHost.InvokeAsync(() => { opened = AddBookingDialog.OpenAsync(Services.GetRequiredService<IDialogService>(), House.Owner, contact); });
        await DialogHost.WaitForElementAsync("form .free-times, form .ask-text");
        return opened!;
    }
}
