using Bunit;
using Contacts.Core.Activity;
using Contacts.Core.Intake.Booking;
using Contacts.Web.Intake.Booking;
using MudBlazor;

namespace Contacts.Tests.Intake.Booking;

public sealed class MoveDialogTests : BookingUiTest
{
    [Fact]
    public async Task A_meeting_moves_to_the_time_that_was_chosen_with_its_reason()
    {
        var booking = await BookAsync(await OpenPageAsync(), Tuesday);
        var dialog = await OpenAsync(booking);

        Assert.Equal("Today", Box("Day").QuerySelector("option")!.TextContent);
        await ChooseDayAsync("Tomorrow");
        Assert.Contains("11:00", Times); // its own time is free for it
        await ChooseTimeAsync("11:30");
        await Box("Reason (optional)").InputAsync(new() { Value = "A train" });
        await SendAsync();

        Assert.False((await dialog.Result)!.Canceled);
        Assert.Equal(Tuesday.AddMinutes(30), (await ReadAsync(booking)).StartsAt);
        Assert.Equal((ActivityKind.BookingRescheduled, "A train"), (await House.EntriesAsync(booking.ContactId!.Value)).Where(e => !e.IsSuperseded).Select(e => (e.Kind, e.Text)).Single());
    }

    [Fact]
    public async Task Without_a_time_it_is_asked_for_where_the_times_are()
    {
        var booking = await BookAsync(await OpenPageAsync(), Tuesday);
        await OpenAsync(booking);

        await SendAsync();

        Assert.Equal(BookingDesk.NotChosen, TimeError);
        Assert.Equal(0, (await ReadAsync(booking)).Sequence);
    }

    [Fact]
    public async Task A_time_that_was_taken_meanwhile_is_refused_and_the_times_are_those_free_by_now()
    {
        var page = await OpenPageAsync();
        var booking = await BookAsync(page, Tuesday);
        await OpenAsync(booking);
        await ChooseDayAsync("Tomorrow");
        await ChooseTimeAsync("11:30");
        await BookAsync(page, Tuesday.AddMinutes(30), "Grace Hopper");

        await SendAsync();

        Assert.Equal(BookingDesk.Taken, TimeError);
        Assert.Equal("Tomorrow", Box("Day").QuerySelectorAll("option").Single(o => o.GetAttribute("value") == Box("Day").GetAttribute("value")).TextContent);
        Assert.DoesNotContain("11:30", Times);
        Assert.False(IsTimeChosen);
        Assert.Equal(Tuesday, (await ReadAsync(booking)).StartsAt);
        await SendAsync();
        Assert.Equal(BookingDesk.NotChosen, TimeError);
    }

    [Fact]
    public async Task A_time_of_a_day_that_is_shown_no_more_is_chosen_no_more()
    {
        var booking = await BookAsync(await OpenPageAsync(), Tuesday);
        await OpenAsync(booking);

        await ChooseTimeAsync("15:00");
        await ChooseDayAsync("Tomorrow");
        Assert.False(IsTimeChosen);
        await SendAsync();

        Assert.Equal(BookingDesk.NotChosen, TimeError);
        Assert.Equal(Tuesday, (await ReadAsync(booking)).StartsAt);
    }

    [Fact]
    public async Task A_reason_that_is_too_long_is_refused_at_its_field()
    {
        var booking = await BookAsync(await OpenPageAsync(), Tuesday);
        await OpenAsync(booking);

        await ChooseTimeAsync("15:00");
        await Box("Reason (optional)").InputAsync(new() { Value = new string('x', Core.Intake.Booking.Booking.MaxReasonLength + 1) });
        await SendAsync();

        Assert.Equal($"Keep it within {Core.Intake.Booking.Booking.MaxReasonLength} characters.", ErrorAt("Reason (optional)"));
        Assert.Null(TimeError);
        Assert.Equal(Tuesday, (await ReadAsync(booking)).StartsAt);
    }

    [Fact]
    public async Task A_meeting_that_was_canceled_meanwhile_is_said_to_be()
    {
        var booking = await BookAsync(await OpenPageAsync(), Tuesday);
        await OpenAsync(booking);
        await ChooseTimeAsync("15:00");
        await Bookings.CancelAsync(House.Owner, booking.Id, null);

        await SendAsync();

        Assert.Equal(BookingSteps.NotAnyMore, DialogHost.Find("form [role=alert]").TextContent);
    }

    private async Task<IDialogReference> OpenAsync(Core.Intake.Booking.Booking booking)
    {
        var dialog = await ShowAsync<MoveDialog>(new() { { d => d.Caller, House.Owner }, { d => d.Booking, booking } });
        await DialogHost.WaitForElementAsync(".free-times");
        return dialog;
    }
}
