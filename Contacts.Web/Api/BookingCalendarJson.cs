using System.Text.Json.Serialization;
using Contacts.Core;
using Contacts.Core.Intake.Booking;

namespace Contacts.Web.Api;

/// <summary>A booking calendar as OnceHub's API writes one. Of several lengths it tells the first.</summary>
internal sealed record BookingCalendarJson(
    string Object, string Id, string Host, string Name, string Subject, string Url, bool Published,
    [property: JsonPropertyName("duration_minutes")] int DurationMinutes)
{
    /// <param name="address">Where the account's calendars lie: <c>https://contacts.example.com/b/acme</c>.</param>
    public static BookingCalendarJson From(ListedCalendar listed, string address)
    {
        var calendar = listed.Calendar;
        return new BookingCalendarJson("booking_calendar", PublicId.Format(PublicId.Calendar, calendar.Id), PublicId.Format(PublicId.User, calendar.HostId),
            calendar.Name, calendar.Name, $"{address}/{calendar.Slug}", listed.IsPublished, calendar.Durations[0]);
    }
}

/// <summary>A start on offer.</summary>
internal sealed record TimeSlotJson([property: JsonPropertyName("start_time")] string StartTime, IReadOnlyList<LocationJson> Locations);

/// <summary>Where a meeting can take place. The link of a video call, and the guest's number and address, are not known in advance.</summary>
internal sealed record LocationJson(string Type, string? Value, string? Id)
{
    public const string Physical = "physical", GuestPhone = "guest_phone", GuestAddress = "in_person_by_guest";

    public static LocationJson From(MeetingPlace place) => place.Kind switch
    {
        PlaceKind.Video => new LocationJson("virtual_static", null, null),
        PlaceKind.PhoneCall => new LocationJson(GuestPhone, null, null),
        PlaceKind.GuestAddress => new LocationJson(GuestAddress, null, null),
        _ => new LocationJson(Physical, place.Words, place.AddressId()),
    };
}

/// <summary>What is sent to book a time. A question of the calendar's own is answered under the name of its contact field, or its key.</summary>
internal sealed record ScheduleJson(
    [property: JsonPropertyName("start_time")] string StartTime,
    [property: JsonPropertyName("guest_time_zone")] string GuestTimeZone,
    [property: JsonPropertyName("booking_form")] BookingFormJson BookingForm,
    LocationChoiceJson? Location = null);

/// <summary>What a guest is asked.</summary>
internal sealed record BookingFormJson(string Name, string Email, string? Phone = null, IReadOnlyList<string>? Guests = null);

/// <summary>The same where some of it may be known.</summary>
internal sealed record FilledFormJson(string? Name = null, string? Email = null, string? Phone = null, IReadOnlyList<string>? Guests = null);

/// <summary>One of the locations of the time slot.</summary>
internal sealed record LocationChoiceJson(string Type, string? Value = null);

/// <summary>The booking that was made.</summary>
internal sealed record ScheduledJson(string Id);

/// <summary>What is sent for a one-time link: what it fills in for its guest, and whether its address shows that.</summary>
internal sealed record OneTimeLinkCreateJson(
    [property: JsonPropertyName("hide_url_params")] bool HideUrlParams = true,
    [property: JsonPropertyName("booking_form")] FilledFormJson? BookingForm = null,
    [property: JsonPropertyName("utm_params")] UtmJson? UtmParams = null,
    [property: JsonPropertyName("booking_settings")] BookingSettingsJson? BookingSettings = null);

/// <summary>What a link settles of the meeting: who hosts it and who comes along, by email, how long it takes, and which steps are skipped.</summary>
internal sealed record BookingSettingsJson(
    string? Host = null,
    [property: JsonPropertyName("co_hosts")] string? CoHosts = null,
    [property: JsonPropertyName("duration_minutes")] int? DurationMinutes = null,
    IReadOnlyList<string>? Skip = null);

/// <summary>A link that is good for one booking.</summary>
internal sealed record OneTimeLinkJson(string Id, string Url, [property: JsonPropertyName("creation_time")] string CreationTime);
