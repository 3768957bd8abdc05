namespace Contacts.Web.Api;

/// <summary>The words and examples of /v2/booking-calendars in the description of the API.</summary>
internal static class BookingCalendarsDocs
{
    private const string Tag = "Booking calendars";
    private const string NotAllowed = "Your role does not allow this. Ask an admin of your organisation.";
    private const string NoSuchCalendar = "No such booking calendar: 'BKC-NOTFOUND'";
    private const string Calendar = """{"object":"booking_calendar","id":"BKC-03WJV0R52Z","host":"USR-7HSDNP2MKX","name":"Intro call","subject":"Intro call","url":"https://contacts.example.com/b/acme/intro-call","published":true,"duration_minutes":30}""";

    private const string Forms = " `booking_form` has `name`, `email`, `phone`, `guests` (whom the guest brings, by email), and an answer to each question of the calendar, under the name of the contact field "
        + "it is written to, or the question's own key: a text, or a list of texts for several choices. What is none of the choices is left out.";

    public static void DescribeCalendarList(this RouteHandlerBuilder route) => route
        .Describe("listBookingCalendars", Tag, "List booking calendars", "Newest made first. One that is archived, or has nobody left who would come, is not `published`.")
        .Pages()
        .Queries("host", "Only calendars this user hosts, alone or with others, by id.")
        .Gives<ListJson<BookingCalendarJson>>($$"""{"object":"list","data":[{{Calendar}}],"has_more":false}""")
        .Refuses(400, NoSuchCalendar, "after")
        .Refuses(400, "Received unknown parameter: start_date", "start_date");

    public static void DescribeCalendarGet(this RouteHandlerBuilder route) => route
        .Describe("getBookingCalendar", Tag, "Get a booking calendar", "`host` is the first of several, `duration_minutes` the first of the lengths a guest may choose.")
        .Gives<BookingCalendarJson>(Calendar)
        .Refuses(404, NoSuchCalendar, "id");

    public static void DescribeTimeSlots(this RouteHandlerBuilder route) => route
        .Describe("listTimeSlots", Tag, "List free time slots",
            "The starts that a guest would be offered now, first to last, each with the places the calendar offers: `virtual_static` is a video call at a link of the calendar's, `guest_phone` a call to the guest, "
            + "`physical` an address, which also has an id, `in_person_by_guest` an address that the guest gives.")
        .Queries("start_time", "From when on; now when not given.", format: "date-time")
        .Queries("end_time", "Before when; a week after the start when not given, and 30 days after it at most.", format: "date-time")
        .Gives<IReadOnlyList<TimeSlotJson>>("""[{"start_time":"2026-10-01T13:00:00.000Z","locations":[{"type":"virtual_static","value":null,"id":null},{"type":"physical","value":"123 Business Lane","id":"ADD-17SE9FWW0C"}]}]""")
        .Refuses(400, "End time must be after the start time.", "end_time")
        .Refuses(400, "Ask for at most 30 days at once.", "end_time")
        .Refuses(400, "Invalid date: tomorrow", "start_time")
        .Refuses(400, "Received unknown parameter: start_date", "start_date")
        .Refuses(404, NoSuchCalendar, "id")
        .Refuses(422, "Time slots cannot be retrieved from an unpublished booking calendar.", "id");

    public static void DescribeSchedule(this RouteHandlerBuilder route) => route
        .Describe("scheduleMeeting", Tag, "Book a time slot",
            "Takes the time for the guest, who gets the same messages as by the calendar's page; the contact is found by email or made. A calendar for links only is open here too. "
            + "`location` is one of the slot's: for `physical`, `value` is the id of the address; for `guest_phone`, the guest's number; for `in_person_by_guest`, the guest's address; without a location, a video call or else the first that needs nothing of the guest." + Forms)
        .Takes<ScheduleJson>("""{"start_time":"2026-10-01T13:00:00.000Z","guest_time_zone":"America/New_York","booking_form":{"name":"Carrie Customer","email":"carrie.customer@example.com","phone":"+12025550195"},"location":{"type":"virtual_static","value":null}}""")
        .Gives<ScheduledJson>("""{"id":"BKNG-J4FR05BKEW"}""")
        .Refuses(400, "Required fields are missing.", "booking_form")
        .Refuses(400, "The selected start time is not available.", "start_time")
        .Refuses(400, "start_time is required", "start_time")
        .Refuses(400, "Invalid timezone: 'Invalid/Timezone'", "guest_time_zone")
        .Refuses(400, "Invalid email format: 'john.doe@invalid'", "email")
        .Refuses(400, "This booking calendar does not ask for 'shoe_size'.", "booking_form")
        .Refuses(400, "Invalid location: 'virtual' is not offered by this booking calendar.", "location.type")
        .Refuses(404, NoSuchCalendar, "id")
        .Refuses(422, "Meeting cannot be scheduled on an unpublished booking calendar.", "id")
        .RefusesReusedKey();

    public static void DescribeOneTimeLink(this RouteHandlerBuilder route) => route
        .Describe("createOneTimeLink", Tag, "Create a one-time link",
            "It is good for one booking, within 90 days, and fills in what is given; its address shows that only with `hide_url_params` false. Needs the rights of an admin." + Forms
            + " `booking_settings` are kept with the link: `host` is the email of whoever of a team calendar's hosts is to come, and is ignored where they host nothing there; `co_hosts` are the emails of users "
            + "who come besides, with commas between, and times are free when they are; `duration_minutes` is one of the calendar's lengths, which the guest then does not choose; `skip` lists what need not be looked at again where it "
            + "is filled in rightly: `contact_info`, `questions`.")
        .Takes<OneTimeLinkCreateJson>("""{"hide_url_params":false,"booking_form":{"name":"Carrie Customer","email":"carrie.customer@example.com"},"utm_params":{"source":"newsletter"},"booking_settings":{"co_hosts":"grace@example.com","duration_minutes":30,"skip":["contact_info"]}}""")
        .Gives<OneTimeLinkJson>("""{"id":"LINK-J4FR05BKEW","url":"https://contacts.example.com/b/acme/intro-call?link=4vT0kYc9w2nVQxJm8sLrAeZ1uHdPbGfKiO3yW5tN7qM&name=Carrie%20Customer&email=carrie.customer%40example.com&utm_source=newsletter","creation_time":"2026-09-24T04:29:41.270Z"}""")
        .Refuses(400, "This booking calendar does not allow creation of one time links: 'BKC-03WJV0R52Z'", "id")
        .Refuses(400, "This booking calendar does not ask for 'shoe_size'.", "booking_form")
        .Refuses(400, "Unsupported fields", "utm_params")
        .Refuses(400, "Invalid duration_minutes: '25'. It is one of 30, 60.", "booking_settings.duration_minutes")
        .Refuses(400, "No such user: 'nobody@example.com'", "booking_settings.co_hosts")
        .Refuses(403, NotAllowed)
        .Refuses(404, NoSuchCalendar, "id")
        .RefusesReusedKey();
}
