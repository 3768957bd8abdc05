using Contacts.Core.Intake.Booking;

namespace Contacts.Web.Api;

/// <summary>The words and examples of /v2/bookings in the description of the API.</summary>
internal static class BookingsDocs
{
    private const string Tag = "Bookings";
    private const string NotAllowed = "Your role does not allow this. Ask an admin of your organisation.";
    private const string NoSuchBooking = "No such booking: 'BKNG-NOTFOUND'", NotCancelable = "Booking cannot be cancelled: 'BKNG-J4FR05BKEW'";
    private const string ForAdmins = " Needs the rights of an admin: the key of a member is nobody's who hosts the meeting.";

    private static readonly string States = string.Join(", ", BookingJson.Statuses.Values.Select(status => $"`{status}`"));

    public static void DescribeBookingList(this RouteHandlerBuilder route) => route
        .Describe("listBookings", Tag, "List bookings", "Newest made first. All filters given must match. A meeting that came to its end was updated then.")
        .Pages()
        .Queries("status", $"Only bookings that stand so: {States}.")
        .Queries("owner", "Only bookings whose host this user is, by id.")
        .Queries("host", "Only bookings this user hosts, alone or with others, by id.")
        .Queries("contact", "Only bookings with this contact, or with one merged into it, by id.")
        .Queries("booking_calendar", "Only bookings made in this calendar, by id.")
        .Queries("creation_time.gt", "Only bookings made after this date or time.", format: "date-time")
        .Queries("creation_time.lt", "Only bookings made before this date or time.", format: "date-time")
        .Queries("starting_time.gt", "Only meetings that start after this date or time.", format: "date-time")
        .Queries("starting_time.lt", "Only meetings that start before this date or time.", format: "date-time")
        .Queries("last_updated_time.gt", "Only bookings updated after this date or time.", format: "date-time")
        .Queries("last_updated_time.lt", "Only bookings updated before this date or time.", format: "date-time")
        .Queries("booking_page", "Taken for OnceHub's sake. There are no booking pages here, so nothing matches.")
        .Queries("master_page", "Likewise.")
        .Queries("event_type", "Likewise.")
        .Expands(isList: true)
        .Gives<ListJson<BookingJson>>($$"""{"object":"list","data":[{{Booking("scheduled")}}],"has_more":false}""")
        .Refuses(400, "last_updated_time.gt cannot be later than last_updated_time.lt", "last_updated_time.gt")
        .Refuses(400, "Invalid date: 2025-13-45T99:99:99Z", "starting_time.gt")
        .Refuses(400, "Invalid status: 'open'. It is one of requested, scheduled, rescheduled, completed, canceled, no_show.", "status")
        .Refuses(400, NoSuchBooking, "after")
        .Refuses(400, "Received unknown parameter: start_date", "start_date");

    public static void DescribeBookingGet(this RouteHandlerBuilder route) => route
        .Describe("getBooking", Tag, "Get a booking",
            $"`status` is one of {States}. `owner` is whose meeting it is now. `cancel_reschedule_information` tells who canceled it or moved it last, and why; what a key did, `user_id`, the host, did. "
            + "A guest who was asked for another time and chose one has a new booking, whose `rescheduled_booking_id` is the one it was made instead of. "
            + "What a guest answered stands in `form_submission`, under the name of the contact field it was written to, or under its question. "
            + "The guest's own addresses, to cancel or to move the meeting, are in the guest's messages alone.")
        .Expands(isList: false)
        .Gives<BookingJson>(Booking("scheduled"))
        .Refuses(404, NoSuchBooking, "id");

    public static void DescribeBookingCancel(this RouteHandlerBuilder route) => route
        .Describe("cancelBooking", Tag, "Cancel a booking",
            "The time is free again. Guest and hosts are told; with `send_cancellation_email` false the hosts alone, whose calendars follow it. A request that waits for approval is declined." + ForAdmins)
        .Takes<BookingCancelJson>("""{"cancellation_reason":"Change in schedule","send_cancellation_email":true}""")
        .Gives<BookingJson>(Booking("canceled", """{"reason":"Change in schedule","actioned_by":"user","user_id":"USR-7HSDNP2MKX"}"""))
        .Refuses(400, $"Keep it within {Core.Intake.Booking.Booking.MaxReasonLength} characters.", "cancellation_reason")
        .RefusesChanges(NotCancelable);

    public static void DescribeRescheduleRequest(this RouteHandlerBuilder route) => route
        .Describe("requestReschedule", Tag, "Ask the guest for another time", "The booking is canceled, and the guest is asked to choose another time." + ForAdmins)
        .Takes<RescheduleRequestJson>("""{"reschedule_reason":"A colleague has to join us"}""")
        .Gives<BookingJson>(Booking("canceled", """{"reason":"A colleague has to join us","actioned_by":"user","user_id":"USR-7HSDNP2MKX"}"""))
        .Refuses(400, $"Keep it within {Core.Intake.Booking.Booking.MaxReasonLength} characters.", "reschedule_reason")
        .RefusesChanges(NotCancelable);

    public static void DescribeNoShow(this RouteHandlerBuilder route) => route
        .Describe("markNoShow", Tag, "Mark a booking as no-show", "The guest did not come to a meeting that has begun. Sent again it changes nothing." + ForAdmins)
        .Gives<BookingJson>(Booking("no_show"))
        .RefusesChanges("Cannot update booking status to no_show: 'BKNG-J4FR05BKEW'");

    public static void DescribeReassign(this RouteHandlerBuilder route) => route
        .Describe("reassignBooking", Tag, "Give a booking to another host",
            "The time stays, and everybody is told who comes. The new host need not be one of the calendar's, and must be free. The place stays too: video calls are held at the links that "
            + "calendars give, so there is no conferencing service to change to with `location`." + ForAdmins)
        .Takes<BookingReassignJson>("""{"new_host":"USR-7HSDNP2MKX"}""")
        .Gives<BookingJson>(Booking("scheduled"))
        .Refuses(400, "new_host is required", "new_host")
        .Refuses(404, "No such user: 'USR-NOTFOUND'", "new_host")
        .Refuses(409, "User is inactive.", "new_host")
        .Refuses(409, "Booking cannot be reassigned to the same host.", "new_host")
        .Refuses(409, Bookings.HostIsBusy, "new_host")
        .Refuses(409, "Invalid location: 'zoom' is not connected for this user.", "location.value")
        .RefusesChanges("Booking cannot be reassigned in its current status.");

    private static RouteHandlerBuilder Expands(this RouteHandlerBuilder route, bool isList) => route
        .Queries(Expansion.Param, "What to give whole, with commas between: " + string.Join(", ", BookingWriter.Expandable.Select(name => $"`{(isList ? "data." : "")}{name}`")) + ".")
        .Refuses(400, "This property cannot be expanded: invalid_property", Expansion.Param);

    private static RouteHandlerBuilder RefusesChanges(this RouteHandlerBuilder route, string wrongStatus) => route
        .Refuses(403, NotAllowed)
        .Refuses(404, NoSuchBooking, "id")
        .Refuses(409, wrongStatus, "id")
        .RefusesReusedKey();

    private static string Booking(string status, string information = "null") => $$"""
        {"object":"booking","id":"BKNG-J4FR05BKEW","subject":"Intro call","status":"{{status}}","in_trash":false,"creation_time":"2026-09-24T04:29:41.270Z",
        "starting_time":"2026-10-01T13:00:00.000Z","customer_timezone":"America/New_York","last_updated_time":"2026-09-24T04:29:41.270Z","duration_minutes":30,
        "virtual_conferencing":{"join_url":"https://meet.example.com/intro"},"cancel_reschedule_information":{{information}},"attendees":["andrea.hartie@example.com","carrie.customer@example.com"],
        "form_submission":{"name":"Carrie Customer","email":"carrie.customer@example.com","phone":"+12025550195","company":null,"guests":[],
        "custom_fields":[{"name":"plan","value":"Gold"},{"name":"How can we help?","value":"With a second opinion."}]},
        "master_page":null,"event_type":null,"booking_calendar":"BKC-03WJV0R52Z","payment_information":null,"custom_fields":[],"owner":"USR-7HSDNP2MKX",
        "conversation":null,"utm_params":{"source":"newsletter","campaign":"autumn"},"contact":"CTC-J4FR05BKEW"}
        """;
}
