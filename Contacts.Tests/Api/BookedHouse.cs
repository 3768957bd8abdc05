using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Contacts.Core;
using Contacts.Core.Intake.Booking;
using Contacts.Tests.Intake.Booking;

namespace Contacts.Tests.Api;

/// <summary>The API with a calendar that is open all week, and guests who book there.</summary>
internal static class BookedHouse
{
    private static readonly JsonSerializerOptions AsSent = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The calendar as a guest meets it; <paramref name="edit"/> may ask for another.</summary>
    public static Task<BookingPage> OpenCalendarAsync(this ApiHouse api, Func<CalendarEdit, CalendarEdit>? edit = null) =>
        BookingCrowd.OpenAsync(api.House, edit is null ? BookingCrowd.OpenAllWeek(api.House.Owner) : edit(BookingCrowd.OpenAllWeek(api.House.Owner)));

    /// <summary>Books as a guest does; gives the booking's id.</summary>
    public static async Task<string> BookAsync(this ApiHouse api, BookingPage page, string email, int start = 0) =>
        Id((await BookingCrowd.BookAsync(api.House, page, email, start)).Booking);

    public static string Id(Booking booking) => PublicId.Format(PublicId.Booking, booking.Id);

    public static string Id(BookingPage page) => PublicId.Format(PublicId.Calendar, page.Calendar.Id);

    public static string User(Core.Accounts.Caller caller) => PublicId.Format(PublicId.User, caller.UserId!.Value);

    /// <summary>A part of an answer as it was sent.</summary>
    public static string Plain(JsonNode part) => part.ToJsonString(AsSent);

    /// <summary>The time as the API writes it.</summary>
    public static string Time(DateTime utc) => utc.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    public static string Time(BookingPage page, int start) => Time(page.Starts[start].ToDateTimeUtc());
}
