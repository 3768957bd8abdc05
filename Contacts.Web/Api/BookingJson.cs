using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Contacts.Core;
using Contacts.Core.Activity;
using Contacts.Core.Fields;
using Contacts.Core.Fields.Types;
using Contacts.Core.Intake.Booking;

namespace Contacts.Web.Api;

/// <summary>
/// A booking as OnceHub's API writes one: its properties in its order, without those that have nothing behind them here (a tracking id, booking pages, the
/// event in somebody's calendar) and without the guest's own addresses, which open to whoever has them and are in the guest's messages alone.
/// </summary>
internal sealed record BookingJson(
    string Object, string Id, string Subject, string Status,
    [property: JsonPropertyName("in_trash")] bool InTrash,
    [property: JsonPropertyName("creation_time")] string CreationTime,
    [property: JsonPropertyName("starting_time")] string StartingTime,
    [property: JsonPropertyName("customer_timezone")] string CustomerTimezone,
    [property: JsonPropertyName("last_updated_time")] string LastUpdatedTime,
    [property: JsonPropertyName("duration_minutes")] int DurationMinutes,
    [property: JsonPropertyName("virtual_conferencing"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] VirtualConferencingJson? VirtualConferencing,
    [property: JsonPropertyName("location_description"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? LocationDescription,
    [property: JsonPropertyName("cancel_reschedule_information")] CancelRescheduleJson? CancelReschedule,
    [property: JsonPropertyName("rescheduled_booking_id"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? RescheduledBookingId,
    IReadOnlyList<string> Attendees,
    [property: JsonPropertyName("form_submission")] FormSubmissionJson FormSubmission,
    [property: JsonPropertyName("master_page")] string? MasterPage,
    [property: JsonPropertyName("event_type")] string? EventType,
    [property: JsonPropertyName("booking_calendar"), Expandable(typeof(BookingCalendarJson))] object BookingCalendar,
    [property: JsonPropertyName("payment_information")] string? PaymentInformation,
    [property: JsonPropertyName("custom_fields")] IReadOnlyList<CustomFieldJson> CustomFields,
    [property: Expandable(typeof(UserJson))] object Owner,
    string? Conversation,
    [property: JsonPropertyName("utm_params")] UtmJson? UtmParams,
    // Without a null in OnceHub's schema; left out once the guest was erased.
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull), Expandable(typeof(ContactJson))] object? Contact)
{
    /// <summary>How OnceHub calls where a booking stands.</summary>
    public static readonly IReadOnlyDictionary<BookingState, string> Statuses = new Dictionary<BookingState, string>
    {
        [BookingState.AwaitingApproval] = "requested",
        [BookingState.Scheduled] = "scheduled",
        [BookingState.Rescheduled] = "rescheduled",
        [BookingState.Completed] = "completed",
        [BookingState.Canceled] = "canceled",
        [BookingState.NoShow] = "no_show",
    };

    /// <param name="fields">The account's, for answers that were written to one.</param>
    public static BookingJson From(BookingRecord record, FieldSet fields)
    {
        var (booking, link) = (record.Booking, MeetingPlace.LinkOf(record.Booking.Location));
        return new BookingJson(
            "booking", PublicId.Format(PublicId.Booking, booking.Id), booking.Subject, Statuses[record.State], false,
            ApiTime.Write(booking.CreatedAt), ApiTime.Write(booking.StartsAt), booking.GuestTimeZone, ApiTime.Write(record.UpdatedAt), booking.Minutes,
            link is null ? null : new VirtualConferencingJson(link), link is null ? booking.Location : null,
            record.Change is { } change ? CancelRescheduleJson.From(change) : null,
            booking.InsteadOfId is { } before ? PublicId.Format(PublicId.Booking, before) : null,
            [.. record.Hosts.Select(h => h.Email).Append(booking.GuestEmail).Concat(booking.ExtraGuests).OfType<string>().Where(email => email.Length > 0)],
            FormSubmissionJson.From(booking, fields), null, null, PublicId.Format(PublicId.Calendar, booking.CalendarId), null, [],
            PublicId.Format(PublicId.User, booking.HostId), null, UtmJson.From(booking.Utm),
            record.ContactId is { } contact ? PublicId.Format(PublicId.Contact, contact) : null);
    }
}

/// <summary>Where a video call is joined.</summary>
internal sealed record VirtualConferencingJson([property: JsonPropertyName("join_url")] string JoinUrl);

/// <summary>Who canceled or moved the booking last, and why: <c>user</c> is the organisation, <c>customer</c> the guest.</summary>
internal sealed record CancelRescheduleJson(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Reason,
    [property: JsonPropertyName("actioned_by"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? ActionedBy,
    [property: JsonPropertyName("user_id"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? UserId)
{
    public static CancelRescheduleJson From(BookingChange change) => new(change.Reason,
        change.ByGuest switch { true => "customer", false => "user", null => null },
        change.UserId is { } user ? PublicId.Format(PublicId.User, user) : null);
}

/// <summary>What the guest said. An answer stands under the name of the contact field it was written to, or under its question.</summary>
internal sealed record FormSubmissionJson(
    string Name,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Email,
    string? Phone,
    [property: JsonPropertyName("mobile_phone"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? MobilePhone,
    string? Company,
    IReadOnlyList<string> Guests,
    [property: JsonPropertyName("custom_fields")] IReadOnlyList<CustomFieldJson> CustomFields)
{
    public static FormSubmissionJson From(Booking booking, FieldSet fields) => new(
        booking.GuestName, booking.GuestEmail.Length == 0 ? null : booking.GuestEmail,
        AnswerTo(booking, SystemFields.Phone), AnswerTo(booking, SystemFields.MobilePhone), AnswerTo(booking, SystemFields.Company), booking.ExtraGuests,
        [.. booking.Answers.Where(a => a.Field is not (SystemFields.Phone or SystemFields.MobilePhone or SystemFields.Company))
            .Select(a => new CustomFieldJson(a.Field ?? a.Question, FilesIn(a.Value) ?? ValueOf(a, fields)))]);

    private static string? AnswerTo(Booking booking, string field) => booking.Answers.Find(a => a.Field == field)?.Value;

    // As a contact's value is written, where the field is still there and would still take the answer.
    private static JsonNode ValueOf(Answer answer, FieldSet fields) =>
        answer.Field is { } name && fields.Find(name) is { } field && field.Type.Parse(answer.Value, field, InputPlace.Anywhere, out var value) is null
            ? field.Type.ToJson(value, field)
            : JsonValue.Create(answer.Value);

    private static JsonArray? FilesIn(string answer)
    {
        var files = answer.Split('\n').Select(FileField.Read).ToList();
        return files.TrueForAll(file => file is not null) ? new JsonArray([.. files.Select(file => FileField.ToJson(file!.Value))]) : null;
    }
}

/// <summary>By which campaign the guest came.</summary>
internal sealed record UtmJson(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Source,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Medium,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Campaign,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Term,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Content)
{
    /// <summary>What the names begin with in an address.</summary>
    public const string Prefix = "utm_";

    public static readonly string[] Names = ["source", "medium", "campaign", "term", "content"];

    /// <summary>Null where the address had none of the five.</summary>
    public static UtmJson? From(Dictionary<string, string> utm)
    {
        var given = Names.Select(name => utm.GetValueOrDefault(Prefix + name)).ToList();
        return given.TrueForAll(value => value is null) ? null : new UtmJson(given[0], given[1], given[2], given[3], given[4]);
    }
}
