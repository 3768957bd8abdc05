using Contacts.Core.Accounts;
using Contacts.Core.Intake.Booking;
using Contacts.Tests.Support;

namespace Contacts.Tests.Intake.Booking;

/// <summary>Calendars, guests and their requests, as tests of booking need them.</summary>
internal static class BookingCrowd
{
    /// <summary>A calendar that is open all week, so that a test need not know which day it is.</summary>
    public static CalendarEdit OpenAllWeek(Caller host, params Caller[] others) => new()
    {
        Name = "Talk", Slug = "talk", HostId = host.UserId!.Value, OtherHostIds = [.. others.Select(o => o.UserId!.Value)],
        Hosting = others.Length == 0 ? HostingMode.OneHost : HostingMode.RoundRobin, TimeZone = "Europe/Berlin", LeadMinutes = 0, WindowDays = 60,
        Hours = [.. OpenHours.Week.Select(day => new OpenHours(day, 8 * 60, 18 * 60))],
    };

    /// <summary>The page of the calendar that <see cref="OpenAllWeek"/> describes.</summary>
    public static async Task<BookingPage> OpenAsync(TestHouse house, CalendarEdit edit, PageChoice? choice = null)
    {
        await house.Get<BookingCalendars>().CreateAsync(house.Admin, edit);
        return (await house.Get<BookingDesk>().FindAsync(house.Account.Slug, edit.Slug, choice))!;
    }

    public static BookingRequest Ask(BookingPage page, string email, int start = 0) => new()
    {
        StartsAt = page.Starts[start].ToDateTimeUtc(), Name = email.Split('@')[0], Email = email, TimeZone = "Europe/Berlin", FormKey = BookingRequest.NewFormKey(),
    };

    public static async Task<(string Token, Core.Intake.Booking.Booking Booking)> BookAsync(TestHouse house, BookingPage page, string email, int start = 0)
    {
        var token = await house.Get<BookingDesk>().BookAsync(page, Ask(page, email, start));
        return (token, (await house.Get<GuestBookings>().FindAsync(token))!.Booking);
    }
}
