using Contacts.Core;
using Contacts.Core.Activity;
using Contacts.Core.Fields;
using Contacts.Core.Intake.Booking;
using Contacts.Tests.Intake.Booking;
using Contacts.Tests.Support;
using Microsoft.EntityFrameworkCore;
using static Contacts.Tests.Api.BookedHouse;

namespace Contacts.Tests.Api;

public class ScheduleApiTests
{
    public static TheoryData<Database> Databases => TestHouse.Databases;

    [Theory, MemberData(nameof(Databases))]
    public async Task A_slot_is_booked_for_a_guest_as_by_the_page(Database database)
    {
        await using var api = await ApiHouse.OpenAsync(database);
        var page = await api.OpenCalendarAsync();
        var slot = (await api.GetAsync($"/v2/booking-calendars/{Id(page)}/time-slots")).Json[3]!["start_time"]!.GetValue<string>();

        var made = await api.SendAsync("POST", PathOf(page), Carrie(slot), client: await api.MemberAsync());

        Assert.Equal(200, (int)made.Status);
        var booking = await api.GetAsync($"/v2/bookings/{made.Text("id")}");
        Assert.Equal(made.Body, $$"""{"id":"{{booking.Text("id")}}"}""");
        Assert.Equal((slot, "scheduled", "America/New_York"), (booking.Text("starting_time"), booking.Text("status"), booking.Text("customer_timezone")));
        Assert.Equal("""{"name":"Carrie Customer","email":"carrie@example.com","phone":"+12025550195","company":null,"guests":[],"custom_fields":[]}""", Plain(booking.Json["form_submission"]!));
        var contact = (await api.GetAsync($"/v2/contacts/{booking.Text("contact")}")).Json;
        Assert.Equal(("Carrie", "Customer", "+12025550195"), (contact["first_name"]!.GetValue<string>(), contact["last_name"]!.GetValue<string>(), contact["phone"]!.GetValue<string>()));
        var step = (await api.GetAsync($"/v2/contacts/{booking.Text("contact")}/activities")).Json["data"]![0]!;
        Assert.Equal(("booking.scheduled", "Talk", "Reader"), (step["type"]!.GetValue<string>(), step["title"]!.GetValue<string>(), step["source"]!.GetValue<string>()));
        Assert.Equal(["carrie@example.com", "owner@acme.example"], await api.House.ReadAsync(db => db.OutgoingMails.OrderBy(m => m.ToAddress).Select(m => m.ToAddress).ToListAsync()));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_time_that_was_just_taken_is_not_available(Database database)
    {
        await using var api = await ApiHouse.OpenAsync(database);
        var page = await api.OpenCalendarAsync();
        await api.BookAsync(page, "ada@example.com", 2);

        (await api.PostAsync(PathOf(page), Carrie(Time(page, 2)))).IsInvalid("The selected start time is not available.", "start_time");
        (await api.PostAsync(PathOf(page), Carrie(Time(page.Starts[2].ToDateTimeUtc().AddMinutes(10))))).IsInvalid("The selected start time is not available.", "start_time");
        (await api.PostAsync(PathOf(page), Carrie("2020-01-01T10:00:00Z"))).IsInvalid("The selected start time is not available.", "start_time");
        (await api.PostAsync(PathOf(page), Carrie("9999-12-31T23:59:59Z"))).IsInvalid("The selected start time is not available.", "start_time");
        Assert.Single(await api.House.ContactsAsync());
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Of_twenty_programs_at_once_one_gets_the_time(Database database)
    {
        await using var api = await ApiHouse.OpenAsync(database);
        var page = await api.OpenCalendarAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(n => api.PostAsync(PathOf(page), Carrie(Time(page, 1), $"guest{n}@example.com"))));

        Assert.Single(answers, a => (int)a.Status == 200);
        foreach (var refused in answers.Where(a => (int)a.Status != 200)) refused.IsInvalid("The selected start time is not available.", "start_time");
        Assert.Single(await api.House.ContactsAsync());
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_request_sent_again_under_its_key_is_one_booking(Database database)
    {
        await using var api = await ApiHouse.OpenAsync(database);
        var page = await api.OpenCalendarAsync();

        var first = await api.PostAsync(PathOf(page), Carrie(Time(page, 1)), "key-1");
        var again = await api.PostAsync(PathOf(page), Carrie(Time(page, 1)), "key-1");

        Assert.Equal((200, first.Body), ((int)again.Status, again.Body));
        Assert.Single((await api.GetAsync("/v2/bookings")).Ids);
        (await api.PostAsync(PathOf(page), Carrie(Time(page, 2)), "key-1")).IsInvalid("This idempotency key was used for another request.", "Idempotency-Key", 422);
    }

    [Fact]
    public async Task A_refused_request_may_name_another_time_under_its_key()
    {
        await using var api = await ApiHouse.OpenAsync();
        var page = await api.OpenCalendarAsync();
        await api.BookAsync(page, "ada@example.com", 1);

        Assert.Equal(400, (int)(await api.PostAsync(PathOf(page), Carrie(Time(page, 1)), "key-1")).Status);
        Assert.Equal(200, (int)(await api.PostAsync(PathOf(page), Carrie(Time(page, 2)), "key-1")).Status);
    }

    [Fact]
    public async Task Questions_are_answered_by_the_name_of_their_field_or_their_key()
    {
        await using var api = await ApiHouse.OpenAsync();
        await api.House.Fields.CreateAsync(api.House.Admin, new FieldEdit("Plan", null, "single_choice", "plan", [new OptionEdit("Silver"), new OptionEdit("Gold")]));
        var page = await api.OpenCalendarAsync(calendar => calendar with
        {
            MaxExtraGuests = 1,
            Questions =
            [
                new BookingQuestion { Label = "Which plan?", Type = "single_choice", Field = "plan" }, new BookingQuestion { Label = "Which days?", Type = "multiple_choice", Options = ["Monday", "Tuesday"] },
                new BookingQuestion { Label = "Seats", Type = "number" },
            ],
        });

        var made = await api.PostAsync(PathOf(page), Carrie(Time(page, 1), form: """
            , "plan": "Gold", "which_days": ["Tuesday", "Someday", "Monday"], "seats": 12, "guests": ["bob@example.com"]
            """));

        var form = (await api.GetAsync($"/v2/bookings/{made.Text("id")}?expand=contact")).Json;
        Assert.Equal("""[{"name":"plan","value":"Gold"},{"name":"Which days?","value":"Monday\nTuesday"},{"name":"Seats","value":"12"}]""", Plain(form["form_submission"]!["custom_fields"]!));
        Assert.Equal("""["bob@example.com"]""", Plain(form["form_submission"]!["guests"]!));
        Assert.Equal("""[{"name":"plan","value":"Gold"}]""", Plain(form["contact"]!["custom_fields"]!));
        var other = await api.PostAsync(PathOf(page), Carrie(Time(page, 2), form: """, "plan": "Platinum", "which_plan": null"""));
        Assert.Equal("[]", Plain((await api.GetAsync($"/v2/bookings/{other.Text("id")}")).Json["form_submission"]!["custom_fields"]!));
    }

    [Theory]
    [InlineData("null", "https://meet.example/talk")]
    [InlineData("""{ "type": "virtual_static", "value": null }""", "https://meet.example/talk")]
    [InlineData("""{ "type": "guest_phone", "value": "+4930123456" }""", "Phone call")]
    [InlineData("""{ "type": "physical", "value": "{second}" }""", "2 High Street")]
    [InlineData("""{ "type": "in_person_by_guest", "value": "5 Main Street" }""", "5 Main Street")]
    public async Task A_location_is_one_of_those_on_offer(string location, string place)
    {
        await using var api = await ApiHouse.OpenAsync();
        var page = await api.OpenCalendarAsync(calendar => calendar with
        {
            Places = [new MeetingPlace(PlaceKind.InPerson, "1 High Street"), new MeetingPlace(PlaceKind.InPerson, "2 High Street"), new MeetingPlace(PlaceKind.PhoneCall), new MeetingPlace(PlaceKind.GuestAddress), new MeetingPlace(PlaceKind.Video, "https://meet.example/talk")],
        });
        var second = (await api.GetAsync($"/v2/booking-calendars/{Id(page)}/time-slots")).Json[0]!["locations"]![1]!["id"]!.GetValue<string>();

        var made = await api.PostAsync(PathOf(page), Carrie(Time(page, 1), location: location.Replace("{second}", second, StringComparison.Ordinal), phone: null));

        Assert.Equal(200, (int)made.Status);
        var booking = Assert.Single(await api.House.ReadAsync(db => db.Bookings.ToListAsync()));
        Assert.Equal(place, booking.Location);
        Assert.Equal(place == "Phone call" ? "+4930123456" : null, booking.Answers.Find(a => a.Field == "mobile_phone")?.Value);
    }

    [Theory]
    [InlineData("""{ "type": "virtual", "value": "zoom" }""", "Invalid location: 'virtual' is not offered by this booking calendar.", "location.type")]
    [InlineData("""{ "type": "physical", "value": "ADD-1234" }""", "Invalid location: 'ADD-1234' is not offered by this booking calendar.", "location.value")]
    [InlineData("""{ "type": "physical" }""", "value is required", "location.value")]
    [InlineData("""{ "type": "in_person_by_guest" }""", "value is required", "location.value")]
    [InlineData("""{ "value": "x" }""", "type is required", "location.type")]
    [InlineData("""{ "type": "guest_phone", "value": "call me" }""", "Invalid value for 'mobile_phone': 'call me'. Enter a phone number, like +44 20 7946 0958.", "booking_form")]
    [InlineData("\"zoom\"", "Must be an object.", "location")]
    public async Task Another_location_is_refused(string location, string message, string param)
    {
        await using var api = await ApiHouse.OpenAsync();
        var page = await api.OpenCalendarAsync(calendar => calendar with { Places = [new MeetingPlace(PlaceKind.InPerson, "1 High Street"), new MeetingPlace(PlaceKind.InPerson, "2 High Street"), new MeetingPlace(PlaceKind.PhoneCall), new MeetingPlace(PlaceKind.GuestAddress)] });

        (await api.PostAsync(PathOf(page), Carrie(Time(page, 1), location: location, phone: null))).IsInvalid(message, param);
        Assert.Empty(await api.House.ContactsAsync());
    }

    [Fact]
    public async Task Without_a_location_it_is_one_that_needs_nothing_of_the_guest()
    {
        await using var api = await ApiHouse.OpenAsync();
        var page = await api.OpenCalendarAsync(calendar => calendar with { Places = [new MeetingPlace(PlaceKind.PhoneCall), new MeetingPlace(PlaceKind.GuestAddress), new MeetingPlace(PlaceKind.InPerson, "1 High Street")] });

        Assert.Equal(200, (int)(await api.PostAsync(PathOf(page), Carrie(Time(page, 1)))).Status);
        Assert.Equal("1 High Street", (await api.House.ReadAsync(db => db.Bookings.SingleAsync())).Location);
    }

    [Fact]
    public async Task What_is_missing_or_wrong_is_told_at_its_name_and_nothing_is_booked()
    {
        await using var api = await ApiHouse.OpenAsync();
        var page = await api.OpenCalendarAsync(calendar => calendar with { Questions = [new BookingQuestion { Label = "Company", Type = "text", Field = "company", Required = true }, new BookingQuestion { Label = "Seats", Type = "number" }, new BookingQuestion { Label = "Papers", Type = "file" }] });
        var (start, form) = (Time(page, 1), """{ "name": "Carrie", "email": "carrie@example.com", "company": "Customers Ltd" }""");
        Task<Reply> SendAsync(string body) => api.PostAsync(PathOf(page), body);
        Task<Reply> FormAsync(string booking) => SendAsync($$"""{ "start_time": "{{start}}", "guest_time_zone": "Europe/Berlin", "booking_form": {{booking}} }""");

        (await SendAsync("")).IsInvalid("Invalid JSON.", "body");
        (await SendAsync("{}")).IsInvalid("start_time is required", "start_time");
        (await SendAsync($$"""{ "start_time": "{{start}}" }""")).IsInvalid("guest_time_zone is required", "guest_time_zone");
        (await SendAsync($$"""{ "start_time": "soon", "guest_time_zone": "UTC", "booking_form": {{form}} }""")).IsInvalid("Invalid date: soon", "start_time");
        (await SendAsync($$"""{ "start_time": "{{start}}", "guest_time_zone": "Mars/Olympus", "booking_form": {{form}} }""")).IsInvalid("Invalid timezone: 'Mars/Olympus'", "guest_time_zone");
        (await SendAsync($$"""{ "start_time": "{{start}}", "guest_time_zone": "UTC" }""")).IsInvalid("Required fields are missing.", "booking_form");
        (await SendAsync($$"""{ "start_time": "{{start}}", "guest_time_zone": "UTC", "booking_form": {{form}}, "host": "x" }""")).IsInvalid("Unsupported fields", "host");
        (await FormAsync("[]")).IsInvalid("Must be an object.", "booking_form");
        (await FormAsync("""{ "name": "Carrie", "company": "Customers Ltd" }""")).IsInvalid("Required fields are missing.", "booking_form");
        (await FormAsync("""{ "name": " ", "email": "carrie@example.com", "company": "Customers Ltd" }""")).IsInvalid("Required fields are missing.", "booking_form");
        (await FormAsync("""{ "name": "Carrie", "email": "carrie@example.com" }""")).IsInvalid("Required fields are missing.", "booking_form");
        (await FormAsync(form.Replace("carrie@", "carrie@@", StringComparison.Ordinal))).IsInvalid("Invalid email format: 'carrie@@example.com'", "email");
        (await FormAsync(Also(form, "\"shoe_size\": 42"))).IsInvalid("This booking calendar does not ask for 'shoe_size'.", "booking_form");
        (await FormAsync(Also(form, "\"papers\": \"FILE-1\""))).IsInvalid("'papers' takes a file, which cannot be sent here.", "booking_form");
        (await FormAsync(Also(form, "\"guests\": [\"bob@example.com\"]"))).IsInvalid("No further guests can be added.", "guests");
        (await FormAsync(Also(form, "\"seats\": {}"))).IsInvalid("Invalid seats: '{}'", "booking_form");
        var seats = await FormAsync(Also(form, "\"seats\": \"many\""));
        Assert.Equal((400, "booking_form"), ((int)seats.Status, seats.Text("param")));
        Assert.StartsWith("Invalid value for 'seats': 'many'. ", seats.Text("message"), StringComparison.Ordinal);
        Assert.Empty(await api.House.ContactsAsync());
    }

    [Fact]
    public async Task A_calendar_for_links_only_is_open_and_one_that_needs_approval_is_asked()
    {
        await using var api = await ApiHouse.OpenAsync();
        Assert.Null(await api.OpenCalendarAsync(calendar => calendar with { LinkOnly = true, RequiresApproval = true }));
        var id = (await api.GetAsync("/v2/booking-calendars")).Ids[0];
        var slot = (await api.GetAsync($"/v2/booking-calendars/{id}/time-slots")).Json[0]!["start_time"]!.GetValue<string>();

        var made = await api.PostAsync($"/v2/booking-calendars/{id}/schedule", Carrie(slot));

        Assert.Equal("requested", (await api.GetAsync($"/v2/bookings/{made.Text("id")}")).Text("status"));
    }

    [Fact]
    public async Task Nothing_is_booked_in_a_calendar_that_is_archived()
    {
        await using var api = await ApiHouse.OpenAsync();
        var page = await api.OpenCalendarAsync();
        await api.House.Get<BookingCalendars>().ArchiveAsync(api.House.Admin, page.Calendar.Id);

        (await api.PostAsync(PathOf(page), Carrie(Time(page, 1)))).IsInvalid("Meeting cannot be scheduled on an unpublished booking calendar.", "id", 422);
    }

    private static string PathOf(BookingPage page) => $"/v2/booking-calendars/{Id(page)}/schedule";

    private static string Also(string form, string property) => form.Replace(" }", $", {property} }}", StringComparison.Ordinal);

    private static string Carrie(string start, string email = "carrie@example.com", string form = "", string? location = null, string? phone = "+12025550195") => $$"""
        { "start_time": "{{start}}", "guest_time_zone": "America/New_York", "location": {{location ?? "null"}},
          "booking_form": { "name": "Carrie Customer", "email": "{{email}}"{{(phone is null ? "" : $", \"phone\": \"{phone}\"")}}{{form}} } }
        """;
}
