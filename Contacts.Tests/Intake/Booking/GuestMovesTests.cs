using Contacts.Core.Intake.Booking;
using Contacts.Core.Mail;
using Contacts.Tests.Support;
using Microsoft.EntityFrameworkCore;
using static Contacts.Tests.Intake.Booking.BookingCrowd;

namespace Contacts.Tests.Intake.Booking;

/// <summary>What goes along when a meeting gets another time: where the guest is, and why.</summary>
public class GuestMovesTests
{
    public static TheoryData<Database> Databases => TestHouse.Databases;

    [Theory, MemberData(nameof(Databases))]
    public async Task A_guest_who_moves_it_from_elsewhere_is_told_the_time_there_from_then_on(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var page = await OpenAsync(house, OpenAllWeek(house.Owner) with { Reminders = [60] });
        var (token, _) = await BookAsync(house, page, "ada@example.com");

        await house.Get<GuestBookings>().RescheduleAsync(token, page.Starts[3].ToDateTimeUtc(), null, "Asia/Tokyo");

        Assert.Equal("Asia/Tokyo", (await house.Get<GuestBookings>().FindAsync(token))!.Booking.GuestTimeZone);
        var told = (await house.ReadAsync(db => db.OutgoingMails.Where(m => m.ToAddress == "ada@example.com").OrderByDescending(m => m.Id).Take(2).ToListAsync())).Single(m => m.Text.Length > 0);
        Assert.Contains("(Asia/Tokyo)", told.Text, StringComparison.Ordinal);

        await house.Get<GuestBookings>().RescheduleAsync(token, page.Starts[4].ToDateTimeUtc(), null, "Mars/Base");
        Assert.Equal("Asia/Tokyo", (await house.Get<GuestBookings>().FindAsync(token))!.Booking.GuestTimeZone);
        house.Clock.SetUtcNow(page.Starts[4].ToDateTimeUtc().AddMinutes(-60));
        var reminder = (await house.Get<MailRoom>().WaitingAsync(100)).Single(m => m.Text.Length == 0);
        Assert.Contains("(Asia/Tokyo)", (await house.Get<MailRoom>().TakeAsync(reminder))!.Text, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task The_reason_for_another_time_is_read_by_guest_and_host(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var page = await OpenAsync(house, OpenAllWeek(house.Owner));
        var (token, booking) = await BookAsync(house, page, "ada@example.com");

        await house.Get<Bookings>().RescheduleAsync(house.Owner, booking.Id, page.Starts[3].ToDateTimeUtc(), " My train is late ");
        Assert.All(await LastAsync(house), mail => Assert.Contains("“My train is late”", mail.Text, StringComparison.Ordinal));
        await house.Get<GuestBookings>().RescheduleAsync(token, page.Starts[4].ToDateTimeUtc(), "Mine, too");
        Assert.All(await LastAsync(house), mail => Assert.Contains("“Mine, too”", mail.Text, StringComparison.Ordinal));
        await house.Get<GuestBookings>().RescheduleAsync(token, page.Starts[5].ToDateTimeUtc(), null);
        Assert.All(await LastAsync(house), mail => Assert.DoesNotContain("“", mail.Text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_a_script_the_times_of_a_move_are_told_where_the_guest_was()
    {
        await using var site = await GuestSite.OpenAsync();
        using var guest = site.Guest();
        var sent = await guest.PostAsync(GuestSite.Page, GuestSite.Fill(await GuestSite.OpenFormAsync(guest, $"{GuestSite.Page}?zone=Asia/Tokyo"), ("name", "Ada"), ("email", "ada@example.com")));
        var own = sent.Headers.Location!.ToString().Split('?')[0];
        var later = (await site.Get<BookingDesk>().FindAsync("acme", "intro-call"))!.Starts[3];

        var form = await GuestSite.ReadAsync(await guest.GetAsync($"{own}/reschedule?start={NodaTime.Text.InstantPattern.General.Format(later)}"));
        await guest.PostAsync(form.QuerySelector("form[method=post]")!.GetAttribute("action"), GuestSite.Fill(form, ("zone", "America/New_York")));

        Assert.Equal("Asia/Tokyo", form.QuerySelector("input[name=zone]")!.GetAttribute("value"));
        Assert.Equal("America/New_York", await site.ReadAsync(db => db.Bookings.Select(b => b.GuestTimeZone).SingleAsync()));
    }

    private static async Task<List<OutgoingMail>> LastAsync(TestHouse house) => await house.ReadAsync(db => db.OutgoingMails.OrderByDescending(m => m.Id).Take(2).ToListAsync());
}
