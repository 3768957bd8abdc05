using Bunit;
using Contacts.Core.Intake.Booking;
using Contacts.Web.Intake.Booking;

namespace Contacts.Tests.Intake.Booking;

public sealed class ReassignDialogTests : BookingUiTest
{
    [Fact]
    public async Task A_meeting_goes_to_somebody_who_does_not_host_it_yet()
    {
        var booking = await BookAsync(await OpenPageAsync(), Tuesday);
        var dialog = await ShowAsync<ReassignDialog>(new() { { d => d.Caller, House.Owner }, { d => d.Booking, booking } });

        Assert.Equal(["Choose", "Mei Chou", "Tom Berg"], Box("Host").QuerySelectorAll("option").Select(o => o.TextContent));
        await Box("Host").ChangeAsync(new() { Value = $"{House.Member.UserId}" });
        await SendAsync();

        Assert.False((await dialog.Result)!.Canceled);
        Assert.Equal((House.Member.UserId!.Value, Tuesday), ((await ReadAsync(booking)).HostId, (await ReadAsync(booking)).StartsAt));
    }

    [Fact]
    public async Task Nobody_and_somebody_who_is_busy_then_are_refused_at_the_field()
    {
        var booking = await BookAsync(await OpenPageAsync(), Tuesday);
        await BookAsync(await OpenPageAsync(e => e with { Name = "Theirs", Slug = "theirs", HostId = House.Member.UserId!.Value }), Tuesday, "Grace Hopper");
        await ShowAsync<ReassignDialog>(new() { { d => d.Caller, House.Owner }, { d => d.Booking, booking } });

        await SendAsync();
        Assert.Equal("Choose who hosts the meeting.", ErrorAt("Host"));
        await Box("Host").ChangeAsync(new() { Value = $"{House.Member.UserId}" });
        await SendAsync();

        Assert.Equal(Bookings.HostIsBusy, ErrorAt("Host"));
        Assert.Equal((House.Owner.UserId!.Value, 0), ((await ReadAsync(booking)).HostId, (await ReadAsync(booking)).Sequence));
    }
}
