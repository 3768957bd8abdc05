using Contacts.Core;
using Contacts.Core.Activity;
using Contacts.Core.Erasure;
using Contacts.Core.Intake.Booking;
using Contacts.Core.People;
using Contacts.Core.People.Merging;
using Contacts.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Contacts.Tests.Intake.Booking;
using static Contacts.Tests.Api.BookedHouse;
using static Contacts.Tests.Intake.Booking.BookingCrowd;

namespace Contacts.Tests.Api;

public class BookingsApiTests
{
    public static TheoryData<Database> Databases => TestHouse.Databases;

    [Theory, MemberData(nameof(Databases))]
    public async Task A_booking_is_written_as_OnceHub_writes_it(Database database)
    {
        await using var api = await ApiHouse.OpenAsync(database);
        var page = await api.OpenCalendarAsync();
        var id = await api.BookAsync(page, "ada@example.com");

        var booking = await api.GetAsync($"/v2/bookings/{id}");

        Assert.Equal(200, (int)booking.Status);
        Assert.Matches("^BKNG-[0-9A-Z]{10}$", id);
        Assert.Equal($$"""{"object":"booking","id":"{{id}}","subject":"Talk","status":"scheduled","in_trash":false,"creation_time":"2026-11-23T09:00:00.000Z","starting_time":"{{Time(page, 0)}}","customer_timezone":"Europe/Berlin","last_updated_time":"2026-11-23T09:00:00.000Z","duration_minutes":30,"cancel_reschedule_information":null,"attendees":["owner@acme.example","ada@example.com"],"form_submission":{"name":"ada","email":"ada@example.com","phone":null,"company":null,"guests":[],"custom_fields":[]},"master_page":null,"event_type":null,"booking_calendar":"{{Id(page)}}","payment_information":null,"custom_fields":[],"owner":"{{User(api.House.Owner)}}","conversation":null,"utm_params":null,"contact":"{{await ContactAsync(api)}}"}""", booking.Body);
    }

    [Fact]
    public async Task What_the_guest_said_and_where_they_meet_stand_in_the_booking()
    {
        await using var api = await ApiHouse.OpenAsync();
        var page = await api.OpenCalendarAsync(calendar => calendar with
        {
            MaxExtraGuests = 2, Places = [new MeetingPlace(PlaceKind.Video, "https://meet.example/talk"), new MeetingPlace(PlaceKind.InPerson, "1 High Street")],
            Questions = [Ask("Mobile", "phone", "mobile_phone"), Ask("Your company", "text", "company"), Ask("Which days?", "multiple_choice") with { Options = ["Monday", "Tuesday"] }, Ask("Anything else?", "long_text"), Ask("Papers", "file")],
        });
        var request = BookingCrowd.Ask(page, "ada@example.com") with
        {
            ExtraGuests = ["bob@example.com"], Utm = new Dictionary<string, string> { ["utm_source"] = "newsletter", ["utm_term"] = "talk", ["utm_id"] = "7" },
            Answers = new Dictionary<string, string>
            {
                ["mobile"] = "+491711234567", ["your_company"] = "Engines Ltd", ["which_days"] = "Tuesday\nMonday", ["anything_else"] = "Hello\nthere",
                ["papers"] = Core.Fields.Types.FileField.Write(7, 120, "offer.pdf"),
            },
        };
        await api.House.Get<BookingDesk>().BookAsync(page, request);
        await api.House.Get<BookingDesk>().BookAsync(page, request with { StartsAt = page.Starts[1].ToDateTimeUtc(), Place = 1, FormKey = BookingRequest.NewFormKey() });

        var bookings = (await api.GetAsync("/v2/bookings")).Json["data"]!;

        var form = bookings[1]!["form_submission"]!;
        Assert.Equal($$"""{"name":"ada","email":"ada@example.com","phone":null,"mobile_phone":"+491711234567","company":"Engines Ltd","guests":["bob@example.com"],"custom_fields":[{"name":"Which days?","value":"Monday\nTuesday"},{"name":"Anything else?","value":"Hello\nthere"},{"name":"Papers","value":[{"name":"offer.pdf","link":"/files/{{PublicId.Format(PublicId.File, 7)}}","size":120}]}]}""", Plain(form));
        Assert.Equal("""{"join_url":"https://meet.example/talk"}""", Plain(bookings[1]!["virtual_conferencing"]!));
        Assert.Equal("""{"source":"newsletter","term":"talk"}""", Plain(bookings[1]!["utm_params"]!));
        Assert.Equal("""["owner@acme.example","ada@example.com","bob@example.com"]""", Plain(bookings[1]!["attendees"]!));
        Assert.Equal(("1 High Street", null), (bookings[0]!["location_description"]!.GetValue<string>(), bookings[0]!["virtual_conferencing"]));
        Assert.Null(bookings[1]!["location_description"]);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_booking_is_canceled_and_its_guest_hears_of_it_unless_that_is_not_wanted(Database database)
    {
        await using var api = await ApiHouse.OpenAsync(database);
        var page = await api.OpenCalendarAsync();
        var (loud, quiet) = (await api.BookAsync(page, "ada@example.com"), await api.BookAsync(page, "eve@example.com", 1));
        await api.House.Gate.RunAsync(api.House.Account.Id, db => db.OutgoingMails.ExecuteDeleteAsync());
        api.House.Clock.Advance(TimeSpan.FromMinutes(1));

        var canceled = await api.PostAsync($"/v2/bookings/{loud}/cancel", new { cancellation_reason = "Change in schedule" });
        await api.PostAsync($"/v2/bookings/{quiet}/cancel", new { send_cancellation_email = false });

        Assert.Equal((200, loud, "canceled", "2026-11-23T09:01:00.000Z"), ((int)canceled.Status, canceled.Text("id"), canceled.Text("status"), canceled.Text("last_updated_time")));
        Assert.Equal($$"""{"reason":"Change in schedule","actioned_by":"user","user_id":"{{User(api.House.Owner)}}"}""", Plain(canceled.Json["cancel_reschedule_information"]!));
        Assert.Equal(canceled.Body, (await api.GetAsync($"/v2/bookings/{loud}")).Body);
        Assert.Equal(["ada@example.com", "owner@acme.example", "owner@acme.example"], await api.House.ReadAsync(db => db.OutgoingMails.OrderBy(m => m.ToAddress).Select(m => m.ToAddress).ToListAsync()));
        Assert.Contains(page.Starts[1], (await api.House.Get<BookingDesk>().FindAsync("acme", "talk"))!.Starts);
        var step = (await api.GetAsync($"/v2/contacts/{canceled.Text("contact")}/activities")).Json["data"]![0]!;
        Assert.Equal(("booking.canceled", "Website", "Website"), (step["type"]!.GetValue<string>(), step["source"]!.GetValue<string>(), step["actor"]!.GetValue<string>()));
        (await api.PostAsync($"/v2/bookings/{loud}/cancel", "{}")).IsInvalid($"Booking cannot be cancelled: '{loud}'", "id", 409);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_guest_is_asked_for_another_time(Database database)
    {
        await using var api = await ApiHouse.OpenAsync(database);
        var page = await api.OpenCalendarAsync();
        var id = await api.BookAsync(page, "ada@example.com");

        var asked = await api.PostAsync($"/v2/bookings/{id}/request-reschedule", new { reschedule_reason = "A colleague joins us" });

        Assert.Equal((200, "canceled"), ((int)asked.Status, asked.Text("status")));
        Assert.Equal($$"""{"reason":"A colleague joins us","actioned_by":"user","user_id":"{{User(api.House.Owner)}}"}""", Plain(asked.Json["cancel_reschedule_information"]!));
        Assert.True((await api.House.ReadAsync(db => db.Bookings.SingleAsync())).AskedToReschedule);
        (await api.PostAsync($"/v2/bookings/{id}/request-reschedule", "")).IsInvalid($"Booking cannot be cancelled: '{id}'", "id", 409);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task The_booking_a_guest_makes_when_asked_names_the_one_before(Database database)
    {
        await using var api = await ApiHouse.OpenAsync(database);
        var page = await api.OpenCalendarAsync();
        var id = await api.BookAsync(page, "ada@example.com");
        await api.PostAsync($"/v2/bookings/{id}/request-reschedule", "");
        var link = Assert.Single(await api.House.Get<BookingLinks>().ListAsync(api.House.Admin, page.Calendar.Id));

        var next = await api.BookAsync((await api.House.Get<BookingDesk>().FindAsync("acme", "talk", new PageChoice(Link: link.Token)))!, "ada@example.com", 2);

        Assert.Equal(id, (await api.GetAsync($"/v2/bookings/{next}")).Text("rescheduled_booking_id"));
        Assert.DoesNotContain("rescheduled_booking_id", (await api.GetAsync($"/v2/bookings/{id}")).Body, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_guest_who_did_not_come_is_marked_once_the_meeting_has_begun(Database database)
    {
        await using var api = await ApiHouse.OpenAsync(database);
        var page = await api.OpenCalendarAsync();
        var id = await api.BookAsync(page, "ada@example.com", 1);

        (await api.PostAsync($"/v2/bookings/{id}/no-show", "")).IsInvalid($"Cannot update booking status to no_show: '{id}'", "id", 409);
        api.House.Clock.SetUtcNow(page.Starts[1].ToDateTimeOffset().AddMinutes(10));
        var marked = await api.PostAsync($"/v2/bookings/{id}/no-show", "");
        var again = await api.PostAsync($"/v2/bookings/{id}/no-show", "");

        Assert.Equal((200, "no_show", marked.Body), ((int)marked.Status, marked.Text("status"), again.Body));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_booking_is_given_to_a_host_who_is_free_then(Database database)
    {
        await using var api = await ApiHouse.OpenAsync(database);
        var page = await api.OpenCalendarAsync();
        var id = await api.BookAsync(page, "ada@example.com");
        await api.BookAsync(await OpenAsync(api.House, OpenAllWeek(api.House.Member) with { Name = "Busy", Slug = "busy" }), "eve@example.com");
        var path = $"/v2/bookings/{id}/reassign";

        (await api.PostAsync(path, new { new_host = User(api.House.Member) })).IsInvalid(Bookings.HostIsBusy, "new_host", 409);
        var given = await api.PostAsync(path, new { new_host = User(api.House.Admin) });

        Assert.Equal((200, User(api.House.Admin), "scheduled"), ((int)given.Status, given.Text("owner"), given.Text("status")));
        Assert.Equal("""["admin@acme.example","ada@example.com"]""", Plain(given.Json["attendees"]!));
        (await api.PostAsync(path, new { new_host = User(api.House.Admin) })).IsInvalid("Booking cannot be reassigned to the same host.", "new_host", 409);
    }

    [Fact]
    public async Task A_reassignment_that_cannot_be_is_refused_in_plain_words()
    {
        await using var api = await ApiHouse.OpenAsync();
        var page = await api.OpenCalendarAsync();
        var id = await api.BookAsync(page, "ada@example.com");
        var path = $"/v2/bookings/{id}/reassign";
        await api.House.Get<Core.Accounts.Members>().RemoveAsync(api.House.Owner, api.House.Member.UserId!.Value);

        (await api.PostAsync(path, "{}")).IsInvalid("new_host is required", "new_host");
        (await api.PostAsync(path, new { new_host = 5 })).IsInvalid("Invalid new_host: '5'", "new_host");
        (await api.PostAsync(path, new { new_host = "USR-NOTFOUND" })).IsInvalid("No such user: 'USR-NOTFOUND'", "new_host", 404);
        (await api.PostAsync(path, new { new_host = "USR-0000000000" })).IsInvalid("No such user: 'USR-0000000000'", "new_host", 404);
        (await api.PostAsync(path, new { new_host = User(api.House.Member) })).IsInvalid("User is inactive.", "new_host", 409);
        var host = User(api.House.Admin);
        (await api.PostAsync(path, new { new_host = host, guest = "x" })).IsInvalid("Unsupported field", "guest");
        (await api.PostAsync(path, new { new_host = host, location = "zoom" })).IsInvalid("Must be an object.", "location");
        (await api.PostAsync(path, new { new_host = host, location = new { type = "physical", value = "x" } })).IsInvalid("Invalid type: 'physical'. It can only be virtual.", "location.type");
        (await api.PostAsync(path, new { new_host = host, location = new { type = "virtual" } })).IsInvalid("value is required", "location.value");
        (await api.PostAsync(path, new { new_host = host, location = new { type = "virtual", value = "zoom" } })).IsInvalid("Invalid location: 'zoom' is not connected for this user.", "location.value", 409);
        await api.PostAsync($"/v2/bookings/{id}/cancel", "");
        (await api.PostAsync(path, new { new_host = host })).IsInvalid("Booking cannot be reassigned in its current status.", "id", 409);
    }

    [Theory]
    [InlineData("GET", "")]
    [InlineData("POST", "/cancel")]
    [InlineData("POST", "/request-reschedule")]
    [InlineData("POST", "/no-show")]
    [InlineData("POST", "/reassign")]
    public async Task A_booking_of_another_account_is_none(string method, string action)
    {
        await using var api = await ApiHouse.OpenAsync();
        var page = await api.OpenCalendarAsync();
        var (id, stranger) = (await api.BookAsync(page, "ada@example.com"), await api.StrangerAsync());
        object? body = action == "/reassign" ? new { new_host = User(api.House.Admin) } : null;

        (await api.SendAsync(method, $"/v2/bookings/{id}{action}", body, client: stranger)).IsInvalid($"No such booking: '{id}'", "id", 404);
        (await api.SendAsync(method, $"/v2/bookings/BKNG-NOTFOUND{action}", body)).IsInvalid("No such booking: 'BKNG-NOTFOUND'", "id", 404);
        Assert.Equal("scheduled", (await api.GetAsync($"/v2/bookings/{id}")).Text("status"));
    }

    [Fact]
    public async Task The_key_of_a_member_sees_bookings_and_changes_none()
    {
        await using var api = await ApiHouse.OpenAsync();
        var page = await api.OpenCalendarAsync();
        var (id, member) = (await api.BookAsync(page, "ada@example.com"), await api.MemberAsync());

        Assert.Equal(200, (int)(await api.SendAsync("GET", $"/v2/bookings/{id}", client: member)).Status);
        foreach (var action in new[] { "cancel", "request-reschedule", "no-show", "reassign" })
            (await api.SendAsync("POST", $"/v2/bookings/{id}/{action}", "{}", client: member))
                .IsRefused(403, "authentication_error", "Your role does not allow this. Ask an admin of your organisation.", null);
        Assert.Equal("scheduled", (await api.GetAsync($"/v2/bookings/{id}")).Text("status"));
    }

    [Fact]
    public async Task What_is_sent_wrongly_is_refused_and_nothing_is_changed()
    {
        await using var api = await ApiHouse.OpenAsync();
        var page = await api.OpenCalendarAsync();
        var path = $"/v2/bookings/{await api.BookAsync(page, "ada@example.com")}";

        (await api.PostAsync($"{path}/cancel", "[]")).IsInvalid("Invalid JSON.", "body");
        (await api.PostAsync($"{path}/cancel", new { reason = "x" })).IsInvalid("Unsupported field", "reason");
        (await api.PostAsync($"{path}/cancel", new { cancellation_reason = 5 })).IsInvalid("Invalid cancellation_reason: '5'", "cancellation_reason");
        (await api.PostAsync($"{path}/cancel", new { send_cancellation_email = "no" })).IsInvalid("Invalid send_cancellation_email: '\"no\"'", "send_cancellation_email");
        (await api.PostAsync($"{path}/cancel", new { cancellation_reason = new string('x', 501) })).IsInvalid("Keep it within 500 characters.", "cancellation_reason");
        (await api.PostAsync($"{path}/request-reschedule", new { reschedule_reason = new string('x', 501) })).IsInvalid("Keep it within 500 characters.", "reschedule_reason");
        Assert.Equal("scheduled", (await api.GetAsync(path)).Text("status"));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Who_moved_or_canceled_a_booking_last_is_told(Database database)
    {
        await using var api = await ApiHouse.OpenAsync(database);
        var page = await api.OpenCalendarAsync();
        var (token, moved) = await BookingCrowd.BookAsync(api.House, page, "ada@example.com");
        var (house, path) = (api.House, $"/v2/bookings/{Id(moved)}");
        async Task<string> InformationAsync() => Plain((await api.GetAsync(path)).Json["cancel_reschedule_information"]!);

        await house.Get<GuestBookings>().RescheduleAsync(token, page.Starts[3].ToDateTimeUtc(), "A train");
        Assert.Equal("""{"reason":"A train","actioned_by":"customer"}""", await InformationAsync());
        Assert.Equal("rescheduled", (await api.GetAsync(path)).Text("status"));
        house.Clock.Advance(TimeSpan.FromSeconds(1));
        await house.Get<Bookings>().RescheduleAsync(house.Owner, moved.Id, page.Starts[4].ToDateTimeUtc(), null);
        Assert.Equal($$"""{"actioned_by":"user","user_id":"{{User(house.Owner)}}"}""", await InformationAsync());
        house.Clock.Advance(TimeSpan.FromSeconds(1));
        await house.Get<GuestBookings>().CancelAsync(token, "Ill");
        Assert.Equal("""{"reason":"Ill","actioned_by":"customer"}""", await InformationAsync());
    }

    [Fact]
    public async Task A_merged_contact_is_its_survivor_and_an_erased_guest_nobody()
    {
        await using var api = await ApiHouse.OpenAsync();
        var page = await api.OpenCalendarAsync();
        var (house, id) = (api.House, await api.BookAsync(page, "ada@example.com"));
        var ada = Assert.Single(await house.ContactsAsync());
        var twin = await house.Book.AddAsync(house.Member, new ContactEdit().Set("email", "twin@example.com"), new Source(SourceKind.User, "Mei Chou"));
        await house.Get<MergeDesk>().MergeAsync(house.Admin, twin.Id, [ada.Id], null, new Source(SourceKind.User, "Tom Berg"));

        Assert.Equal(PublicId.Format(PublicId.Contact, twin.Id), (await api.GetAsync($"/v2/bookings/{id}")).Text("contact"));
        foreach (var contact in new[] { twin, ada }) Assert.Equal([id], (await api.GetAsync($"/v2/bookings?contact={PublicId.Format(PublicId.Contact, contact.Id)}")).Ids);

        await house.Get<ErasureDesk>().EraseAsync(house.Admin, twin.Id);
        var left = (await api.GetAsync($"/v2/bookings/{id}?expand=contact")).Json;
        Assert.Equal((null, BookingTraces.ErasedGuest, null), (left["contact"], left["form_submission"]!["name"]!.GetValue<string>(), left["form_submission"]!["email"]));
        Assert.Equal("""["owner@acme.example"]""", Plain(left["attendees"]!));
    }

    [Fact]
    public async Task A_change_sent_again_under_its_key_is_one_change()
    {
        await using var api = await ApiHouse.OpenAsync();
        var page = await api.OpenCalendarAsync();
        var id = await api.BookAsync(page, "ada@example.com");

        var first = await api.PostAsync($"/v2/bookings/{id}/cancel", "", "key-1");
        var again = await api.PostAsync($"/v2/bookings/{id}/cancel", "", "key-1");

        Assert.Equal((200, first.Body), ((int)again.Status, again.Body));
    }

    private static BookingQuestion Ask(string label, string type, string? field = null) => new() { Label = label, Type = type, Field = field };

    private static async Task<string> ContactAsync(ApiHouse api) => PublicId.Format(PublicId.Contact, Assert.Single(await api.House.ContactsAsync()).Id);
}
