using Bunit;
using Contacts.Core;
using Contacts.Core.Accounts;
using Contacts.Core.Intake.Booking;
using Contacts.Tests.Support;
using Contacts.Web.Intake.Booking;

namespace Contacts.Tests.Intake.Booking;

public sealed class BookingRowTests : BookingUiTest
{
    private int _changes;

    [Fact]
    public async Task A_row_tells_when_who_what_where_and_how_it_stands()
    {
        var booking = await BookAsync(await OpenPageAsync(e => e with { RequiresApproval = true, Places = [new(PlaceKind.InPerson, "Main street 1")] }), Tuesday);

        var row = await ShowAsync(booking);

        Assert.Equal(("11:0030 min", "2026-11-24T10:00:00Z", "Tuesday 24 November 2026, 11:00"), (row.Find("time").TextContent, row.Find("time").GetAttribute("datetime"), row.Find("time").GetAttribute("title")));
        Assert.Equal(("Ada Lovelace", $"/contacts/{PublicId.Format(PublicId.Contact, booking.ContactId!.Value)}"), (row.Find(".booking-what a").TextContent, row.Find(".booking-what a").GetAttribute("href")));
        Assert.Equal("Talk", row.Find(".booking-what p .faint").TextContent);
        Assert.Equal("Iris Ritter · Main street 1", row.Find(".booking-what p.faint").TextContent);
        Assert.Equal("Awaits approval", row.Find(".tag").TextContent);
    }

    [Fact]
    public async Task Beside_its_contact_it_tells_the_day_and_not_who()
    {
        var row = await ShowAsync(await BookAsync(await OpenPageAsync(), Tuesday), isOneOfMany: false);

        Assert.Equal("Tue 24 Nov 11:0030 min", row.Find("time").TextContent);
        Assert.Equal("Talk", row.Find(".booking-what p").TextContent.Trim());
        Assert.Empty(row.FindAll(".tag, .booking-what a"));
    }

    [Fact]
    public async Task Approving_is_one_click_and_declining_asks_for_a_reason()
    {
        var page = await OpenPageAsync(e => e with { RequiresApproval = true });
        var (yes, no) = (await BookAsync(page, Tuesday), await BookAsync(page, Tuesday.AddHours(1), "Grace Hopper"));

        await (await ShowAsync(yes)).FindAll("button").Single(b => b.TextContent == "Approve").ClickAsync(new());
        await ActAsync(await ShowAsync(no), "Decline…", async () =>
        {
            Assert.Contains("Grace Hopper is told that it does not suit.", DialogHost.Markup, StringComparison.Ordinal);
            await Box("Reason (optional)").InputAsync(new() { Value = "Away" });
            await SendAsync();
        });

        Assert.Equal((BookingStatus.Scheduled, BookingStatus.Canceled, "Away"), ((await ReadAsync(yes)).Status, (await ReadAsync(no)).Status, (await ReadAsync(no)).CancelReason));
        Assert.Equal(["Approved", "Declined"], Said);
        Assert.Equal(2, _changes);
    }

    [Fact]
    public async Task Cancelling_asks_first_and_is_called_off_or_done()
    {
        var booking = await BookAsync(await OpenPageAsync(), Tuesday);
        var row = await ShowAsync(booking);

        await ActAsync(row, "Cancel…", () => DialogHost.PressAsync("Keep it"));
        Assert.Equal((BookingStatus.Scheduled, 0), ((await ReadAsync(booking)).Status, _changes));
        await ActAsync(row, "Cancel…", SendAsync);

        Assert.Equal((BookingStatus.Canceled, null, House.Owner.UserId), ((await ReadAsync(booking)).Status, (await ReadAsync(booking)).CancelReason, (await ReadAsync(booking)).CanceledById));
        Assert.Equal(["Canceled"], Said);
        Assert.Equal(1, _changes);
    }

    [Fact]
    public async Task A_guest_is_asked_to_choose_another_time()
    {
        var booking = await BookAsync(await OpenPageAsync(), Tuesday);

        await ActAsync(await ShowAsync(booking), "Ask to reschedule…", async () =>
        {
            await Box("Reason (optional)").InputAsync(new() { Value = "Something came up" });
            await SendAsync();
        });

        Assert.True((await ReadAsync(booking)).AskedToReschedule);
        Assert.Equal(["Asked"], Said);
        var row = await ShowAsync(booking);
        Assert.Equal(("Canceled", "Something came up"), (row.Find(".tag").TextContent, row.Find(".quote").TextContent));
        Assert.Empty(row.FindAll("button")); // there is nothing to do with it any more
    }

    [Fact]
    public async Task A_meeting_is_moved_and_reassigned_from_its_menu()
    {
        var booking = await BookAsync(await OpenPageAsync(), Tuesday);

        await ActAsync(await ShowAsync(booking), "Change time…", async () =>
        {
            await DialogHost.WaitForElementAsync(".free-times");
            await ChooseDayAsync("Tomorrow");
            await ChooseTimeAsync("15:00");
            await SendAsync();
        });
        await ActAsync(await ShowAsync(booking), "Reassign…", async () =>
        {
            await Box("Host").ChangeAsync(new() { Value = $"{House.Member.UserId}" });
            await SendAsync();
        });

        Assert.Equal((Tuesday.AddHours(4), House.Member.UserId!.Value), ((await ReadAsync(booking)).StartsAt, (await ReadAsync(booking)).HostId));
        Assert.Equal(["Moved", "Reassigned"], Said);
        Assert.Equal(2, _changes);
        Assert.Equal("Rescheduled", (await ShowAsync(booking)).Find(".tag").TextContent);
    }

    [Fact]
    public async Task Who_did_not_come_is_marked_once_the_meeting_has_begun_and_that_can_be_taken_back()
    {
        var booking = await BookAsync(await OpenPageAsync(), Tuesday);
        Assert.DoesNotContain("No-show", Actions(await ShowAsync(booking)));
        House.Clock.SetUtcNow(booking.EndsAt);
        Assert.Equal(["No-show"], Actions(await ShowAsync(booking)));

        await ActAsync(await ShowAsync(booking), "No-show");
        Assert.Equal(BookingStatus.NoShow, (await ReadAsync(booking)).Status);
        Assert.Equal("No-show", (await ShowAsync(booking)).Find(".tag").TextContent);
        await ActAsync(await ShowAsync(booking), "It took place");

        Assert.Equal(BookingStatus.Scheduled, (await ReadAsync(booking)).Status);
        Assert.Equal("Completed", (await ShowAsync(booking)).Find(".tag").TextContent);
        Assert.Equal(2, _changes);
    }

    [Fact]
    public async Task Whoever_does_not_host_it_may_look_unless_they_are_an_admin()
    {
        var booking = await BookAsync(await OpenPageAsync(), Tuesday);

        Assert.Empty((await ShowAsync(booking, House.Member)).FindAll("button"));
        Assert.Equal(["Change time…", "Ask to reschedule…", "Reassign…", "Cancel…"], Actions(await ShowAsync(booking, House.Admin)));
    }

    [Fact]
    public async Task What_is_refused_is_said_and_nothing_is_told_to_have_changed()
    {
        var booking = await BookAsync(await OpenPageAsync(), Tuesday);
        var row = await ShowAsync(booking);
        await Bookings.CancelAsync(House.Admin, booking.Id, "First");

        await ActAsync(row, "Cancel…", SendAsync);

        Assert.Equal([BookingSteps.NotAnyMore], Said);
        Assert.Equal((0, "First"), (_changes, (await ReadAsync(booking)).CancelReason));
    }

    private async Task<IRenderedComponent<BookingRow>> ShowAsync(Core.Intake.Booking.Booking booking, Caller? caller = null, bool isOneOfMany = true)
    {
        var listed = (await Bookings.ListAsync(House.Owner, new BookingFilter())).Bookings.Single(b => b.Booking.Id == booking.Id);
        return Render<BookingRow>(p => p.Add(r => r.Caller, caller ?? House.Owner).Add(r => r.Row, listed).Add(r => r.IsOneOfMany, isOneOfMany).Add(r => r.Changed, () => { _changes++; }));
    }

    private static IEnumerable<string> Actions(IRenderedComponent<BookingRow> row) => row.FindAll("[role=menuitem]").Select(i => i.TextContent);

    // Chooses from the menu, and then does what its dialog asks for.
    private async Task ActAsync(IRenderedComponent<BookingRow> row, string action, Func<Task>? inDialog = null)
    {
        var acting = row.FindAll("[role=menuitem]").Single(i => i.TextContent == action).ClickAsync(new());
        if (inDialog is not null)
        {
            await DialogHost.WaitForElementAsync("form");
            await inDialog();
        }
        await acting;
    }
}
