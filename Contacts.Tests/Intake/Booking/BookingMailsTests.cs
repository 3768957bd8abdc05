using Contacts.Core;
using Contacts.Core.Accounts;
using Contacts.Core.Activity;
using Contacts.Core.Fields;
using Contacts.Core.Intake.Booking;
using Contacts.Core.Mail;
using Contacts.Core.People;
using Contacts.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Contacts.Tests.Intake.Booking;

/// <summary>Who is told of a booking, when, and in whose words.</summary>
public sealed class BookingMailsTests
{
    public static TheoryData<Database> Databases => TestHouse.Databases;

    [Theory, MemberData(nameof(Databases))]
    public async Task Up_to_five_reminders_wait_for_the_time_as_it_is_now(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var page = await OpenAsync(house, new CalendarEdit { Reminders = [15, 60, 120, 180, 200] });
        var token = await BookAsync(house, page, page.Starts[0]);
        List<DateTime> Before(DateTime start) => [.. new[] { 200, 180, 120, 60, 15 }.Select(minutes => start.AddMinutes(-minutes))];

        Assert.Equal(Before(page.Starts[0].ToDateTimeUtc()), (await RemindersAsync(house)).ConvertAll(m => m.DueAt));
        await house.Get<GuestBookings>().RescheduleAsync(token, page.Starts[20].ToDateTimeUtc(), null);
        Assert.Equal(Before(page.Starts[20].ToDateTimeUtc()), (await RemindersAsync(house)).ConvertAll(m => m.DueAt));
        await house.Get<GuestBookings>().CancelAsync(token, null);
        Assert.Empty(await RemindersAsync(house));
        var refused = await Assert.ThrowsAsync<RuleException>(() => OpenAsync(house, new CalendarEdit { Slug = "six", Reminders = [10, 20, 30, 40, 50, 60] }));
        Assert.Equal("reminders", refused.Param);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_reminder_goes_to_the_primary_email_as_it_is_when_it_goes(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var page = await OpenAsync(house, new CalendarEdit { Reminders = [60] });
        await BookAsync(house, page, page.Starts[0]);
        var (room, ada) = (house.Get<MailRoom>(), Assert.Single(await house.ContactsAsync()));
        await house.Book.EditAsync(house.Member, ada.Id, new ContactEdit().Set("email", "ada@new.example"), new Source(SourceKind.User, "Mei Chou"));

        var reminder = Assert.Single(await RemindersAsync(house));
        house.Clock.SetUtcNow(reminder.DueAt);

        Assert.Equal("ada@new.example", (await room.TakeAsync(reminder))!.ToAddress);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_reminder_reaches_whoever_has_an_email_by_the_time_it_goes(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var page = await OpenAsync(house, new CalendarEdit { Reminders = [60] });
        var source = new Source(SourceKind.User, "Mei Chou");
        var ada = await house.Book.AddAsync(house.Member, new ContactEdit().SetName("Ada Lovelace"), source);
        await house.Get<Bookings>().AddAsync(house.Member, page.Calendar.Id, ada.Id, page.Starts[0].ToDateTimeUtc(), page.Minutes);
        await house.Book.EditAsync(house.Member, ada.Id, new ContactEdit().Set("email", "ada@new.example"), source);

        var reminder = Assert.Single(await RemindersAsync(house));
        house.Clock.SetUtcNow(reminder.DueAt);

        Assert.Equal("ada@new.example", (await house.Get<MailRoom>().TakeAsync(reminder))!.ToAddress);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Calendar_edits_leave_alone_the_reminder_that_is_being_sent(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var edit = new CalendarEdit { Reminders = [60] };
        var page = await OpenAsync(house, edit);
        await BookAsync(house, page, page.Starts[0]);
        var reminder = Assert.Single(await RemindersAsync(house));
        house.Clock.SetUtcNow(reminder.DueAt);
        await house.Get<MailRoom>().TakeAsync(reminder);

        await house.Get<BookingCalendars>().EditAsync(house.Admin, page.Calendar.Id, new CalendarEdit { Name = page.Calendar.Name, Slug = page.Calendar.Slug, HostId = page.Calendar.HostId, TimeZone = page.Calendar.TimeZone, LeadMinutes = page.Calendar.LeadMinutes, Hours = page.Calendar.Hours, Reminders = [30] });

        Assert.Equal(2, (await RemindersAsync(house)).Count);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Reminders_go_as_their_calendar_says_by_now_and_leave_no_link_before_they_go(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var (edit, room) = (new CalendarEdit { Reminders = [60, 120] }, house.Get<MailRoom>());
        var page = await OpenAsync(house, edit);
        var start = page.Starts[0].ToDateTimeUtc();
        await BookAsync(house, page, page.Starts[0]);
        var links = await house.ReadAsync(db => db.GuestLinks.CountAsync());
        var saved = new CalendarEdit { Name = page.Calendar.Name, Slug = page.Calendar.Slug, HostId = page.Calendar.HostId, TimeZone = page.Calendar.TimeZone, LeadMinutes = page.Calendar.LeadMinutes, Hours = page.Calendar.Hours };

        await house.Get<BookingCalendars>().EditAsync(house.Admin, page.Calendar.Id, saved with
        {
            Reminders = [30, 120], Wordings = new Dictionary<string, MailWording> { ["reminder"] = new("Soon: {meeting}", "See you at {time}, {guest_name}.") },
        });
        Assert.Equal([start.AddMinutes(-120), start.AddMinutes(-30)], (await RemindersAsync(house)).ConvertAll(m => m.DueAt));
        Assert.Equal(links, await house.ReadAsync(db => db.GuestLinks.CountAsync()));

        house.Clock.SetUtcNow(start.AddMinutes(-120));
        var sent = (await room.TakeAsync((await room.WaitingAsync(100)).Single(m => m.About!.StartsWith("RMND", StringComparison.Ordinal))))!;
        await room.SentAsync(sent);
        Assert.Equal(($"Soon: {page.Calendar.Name}", true), (sent.Subject, sent.Text.Contains(", Ada Lovelace.", StringComparison.Ordinal)));
        var token = sent.Text.Split("/booking/")[1].Split('\n')[0].Trim();
        Assert.NotNull(await house.Get<GuestBookings>().FindAsync(token));

        await house.Get<BookingCalendars>().EditAsync(house.Admin, page.Calendar.Id, saved with { Reminders = [30, 90, 180] });
        Assert.Equal([start.AddMinutes(-90), start.AddMinutes(-30)], (await RemindersAsync(house)).ConvertAll(m => m.DueAt)); // not what went out, nor what is over
        await house.Get<BookingCalendars>().EditAsync(house.Admin, page.Calendar.Id, saved);
        Assert.Empty(await RemindersAsync(house));
        Assert.Equal(links + 1, await house.ReadAsync(db => db.GuestLinks.CountAsync()));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_reminder_that_comes_too_late_does_not_go(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var page = await OpenAsync(house, new CalendarEdit { Reminders = [60] });
        await BookAsync(house, page, page.Starts[0]);
        var reminder = Assert.Single(await RemindersAsync(house));
        house.Clock.SetUtcNow(page.Starts[0].ToDateTimeUtc()); // the program did not run meanwhile

        Assert.Null(await house.Get<MailRoom>().TakeAsync(reminder));

        Assert.Empty(await RemindersAsync(house));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task What_could_not_be_sent_does_not_come_after_what_overtook_it(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var page = await OpenAsync(house, new CalendarEdit());
        var token = await BookAsync(house, page, page.Starts[0]);
        await BookAsync(house, page, page.Starts[4]);
        foreach (var waiting in await MailsAsync(house)) await house.Get<MailRoom>().FailedAsync(waiting, "451 later", forGood: false);

        await house.Get<GuestBookings>().CancelAsync(token, null);

        Assert.Equal([("Confirmed", true), ("New booking", true), ("Canceled", false), ("Canceled", false)],
            (await house.ReadAsync(db => db.OutgoingMails.OrderBy(m => m.Id).ToListAsync())).ConvertAll(m => (m.Subject.Split(':')[0], m.Problem is not null)));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Whom_the_guest_brings_get_the_invitation_and_its_updates_and_never_the_guests_link(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var page = await OpenAsync(house, new CalendarEdit { MaxExtraGuests = 3, Reminders = [60], Questions = [new BookingQuestion { Label = "Topic" }] });
        var token = await BookAsync(house, page, page.Starts[0], r => r with { ExtraGuests = ["bob@example.com", "OWNER@acme.example"], Answers = new Dictionary<string, string> { ["topic"] = "Our secret" } });
        await house.Get<GuestBookings>().RescheduleAsync(token, page.Starts[3].ToDateTimeUtc(), null);
        await house.Get<GuestBookings>().CancelAsync(token, "No time");

        var told = (await MailsAsync(house)).FindAll(m => m.ToAddress == "bob@example.com");
        Assert.Equal(["Invitation", "Rescheduled", "Canceled"], told.ConvertAll(m => m.Subject.Split(':')[0]));
        Assert.Equal(["REQUEST", "REQUEST", "CANCEL"], told.ConvertAll(m => MethodOf(m.Calendar!)));
        Assert.All(told, mail => Assert.DoesNotContain("/booking/", mail.Text + mail.Html + Unfolded(mail.Calendar!), StringComparison.Ordinal));
        Assert.All(told, mail => Assert.DoesNotContain("secret", mail.Text + mail.Html + Unfolded(mail.Calendar!), StringComparison.Ordinal));
        Assert.DoesNotContain(await MailsAsync(house), mail => mail.ToAddress == "OWNER@acme.example"); // the host is told as the host
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task What_was_only_asked_for_is_put_into_no_calendar_and_taken_out_of_none(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var page = await OpenAsync(house, new CalendarEdit { RequiresApproval = true, MaxExtraGuests = 1, Reminders = [60] });
        var withdrawn = await BookAsync(house, page, page.Starts[0], r => r with { ExtraGuests = ["bob@example.com"] });
        await house.Get<GuestBookings>().CancelAsync(withdrawn, null);
        await BookAsync(house, page, page.Starts[1]);
        var declined = (await BookingsAsync(house))[1];
        await house.Get<Bookings>().CancelAsync(house.Owner, declined.Id, "We are full");

        var mails = await MailsAsync(house);
        Assert.All(mails, mail => Assert.Null(mail.Calendar));
        Assert.DoesNotContain(mails, mail => mail.ToAddress == "bob@example.com");
        Assert.Equal(["Requested", "Canceled", "Requested", "Declined"], mails.FindAll(m => m.ToAddress == "ada@example.com").ConvertAll(m => m.Subject.Split(':')[0]));
        Assert.Contains("“We are full”", mails.FindLast(m => m.ToAddress == "ada@example.com")!.Text, StringComparison.Ordinal);

        await BookAsync(house, page, page.Starts[2]);
        await house.Get<Bookings>().ApproveAsync(house.Owner, (await BookingsAsync(house))[2].Id);
        var confirmed = (await MailsAsync(house)).FindAll(m => m.Calendar is not null);
        Assert.Equal(["ada@example.com", "owner@acme.example"], confirmed.ConvertAll(m => m.ToAddress));
        Assert.Single(await RemindersAsync(house));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Of_another_host_the_new_one_the_former_one_and_those_who_stay_are_each_told_once(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var page = await OpenAsync(house, new CalendarEdit { Hosting = HostingMode.Everyone, OtherHostIds = [house.Admin.UserId!.Value] });
        await BookAsync(house, page, page.Starts[0]);
        var told = (await MailsAsync(house)).Count;

        await house.Get<Bookings>().ReassignAsync(house.Admin, (await BookingsAsync(house))[0].Id, house.Member.UserId!.Value);

        Assert.Equal(
            [("ada@example.com", "Another host", "REQUEST"), ("admin@acme.example", "Other hosts", "REQUEST"), ("member@acme.example", "Now yours", "REQUEST"), ("owner@acme.example", "No longer yours", "CANCEL")],
            (await MailsAsync(house)).Skip(told).Select(m => (m.ToAddress, m.Subject.Split(':')[0], MethodOf(m.Calendar!))).Order());
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_host_who_books_for_a_contact_is_not_told_that_the_contact_booked(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var page = await OpenAsync(house, new CalendarEdit());
        var ada = await house.Book.AddAsync(house.Member, new ContactEdit().SetName("Ada Lovelace").Set("email", "ada@example.com"), new Source(SourceKind.User, "Mei Chou"));

        await house.Get<Bookings>().AddAsync(house.Owner, page.Calendar.Id, ada.Id, page.Starts[0].ToDateTimeUtc(), 30);

        Assert.Equal(["ada@example.com", "owner@acme.example"], (await MailsAsync(house)).ConvertAll(m => m.ToAddress));
        Assert.Contains("You booked a meeting with Ada Lovelace.", (await MailsAsync(house))[1].Text, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task An_organisations_own_words_are_filled_in_and_what_a_guest_typed_is_no_markup(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await house.Fields.CreateAsync(house.Admin, new FieldEdit("Team size", null, "single_choice", null, ["1-10", "11-50"]));
        var page = await OpenAsync(house, new CalendarEdit
        {
            Questions = [new BookingQuestion { Label = "Team", Type = "single_choice", Field = "team_size" }],
            Wordings = new Dictionary<string, MailWording> { ["confirmed"] = new("See you on {date}, {guest_name}", "Dear {guest_name},\n\n{meeting} with {host_name} at {time} ({time_zone}).\nWhere: {place}\n\nYour team: {field:team_size}\n\n{booking_link}") },
        });

        var token = await BookAsync(house, page, page.Starts[0], r => r with { Name = "<b>Ada</b>", Answers = new Dictionary<string, string> { ["team"] = "11-50" } });

        var mail = (await MailsAsync(house))[0];
        Assert.Equal("See you on Mon 23 Nov 2026, <b>Ada</b>", mail.Subject);
        Assert.StartsWith($"Dear <b>Ada</b>,\n\nIntro call with Iris Ritter at 14:00 (Europe/Berlin).\n\nYour team: 11-50\n\n{TestHouse.Url}/booking/{token}\n\n", mail.Text, StringComparison.Ordinal);
        Assert.Contains("<p>Dear &lt;b&gt;Ada&lt;/b&gt;,</p>", mail.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>", mail.Html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("confirmed", "Hi", "Hi {guest}", "wordings.confirmed.body", "There is no token {guest}. Choose one from the menu.")]
    [InlineData("reminder", "Hi {Guest Name}", "Hi", "wordings.reminder.subject", "There is no token {Guest Name}. Choose one from the menu.")]
    [InlineData("canceled", "Hi", "{field:shoe_size}", "wordings.canceled.body", "There is no contact field 'shoe_size'.")]
    [InlineData("declined", "Hi", "  ", "wordings.declined.body", "Write something, or go back to our words.")]
    [InlineData("greetings", "Hi", "Hi", "wordings", "There is no message 'greetings'.")]
    public void Words_that_would_go_out_wrong_are_refused_at_their_field(string key, string subject, string body, string param, string problem)
    {
        var refused = Assert.Throws<RuleException>(() => BookingWordings.Check(new Dictionary<string, MailWording> { [key] = new(subject, body) }, new FieldSet([])));

        Assert.Equal((param, problem), (refused.Param, refused.Message));
    }

    [Fact]
    public void Every_message_has_words_of_ours_that_pass_and_are_not_kept_as_the_organisations()
    {
        Assert.Equal(Enum.GetValues<BookingMessage>().Order(), BookingWordings.Messages.Select(m => m.Message).Order());
        Assert.All(BookingWordings.Messages, m => Assert.Equal(m.Message.ToString(), string.Concat(m.Key.Split('_').Select(word => char.ToUpperInvariant(word[0]) + word[1..]))));
        Assert.Empty(BookingWordings.Check(BookingWordings.Messages.ToDictionary(m => m.Key, m => m.Ours with { Body = m.Ours.Body.Replace("\n", "\r\n", StringComparison.Ordinal) }), new FieldSet([])));
    }

    private static async Task<BookingPage> OpenAsync(TestHouse house, CalendarEdit edit)
    {
        var calendar = await house.Get<BookingCalendars>().CreateAsync(house.Admin, edit with { Name = "Intro call", HostId = house.Owner.UserId!.Value, TimeZone = "Europe/Berlin" });
        return (await house.Get<BookingDesk>().FindAsync("acme", calendar.Slug))!;
    }

    private static Task<string> BookAsync(TestHouse house, BookingPage page, NodaTime.Instant start, Func<BookingRequest, BookingRequest>? with = null)
    {
        var request = new BookingRequest { StartsAt = start.ToDateTimeUtc(), Name = "Ada Lovelace", Email = "ada@example.com", TimeZone = "Europe/Berlin", FormKey = BookingRequest.NewFormKey() };
        return house.Get<BookingDesk>().BookAsync(page, with is null ? request : with(request));
    }

    private static Task<List<Core.Intake.Booking.Booking>> BookingsAsync(TestHouse house) => house.ReadAsync(db => db.Bookings.OrderBy(b => b.Id).ToListAsync());

    private static Task<List<OutgoingMail>> MailsAsync(TestHouse house) => house.ReadAsync(db => db.OutgoingMails.Where(m => m.DueAt <= house.Now).OrderBy(m => m.Id).ToListAsync());

    private static Task<List<OutgoingMail>> RemindersAsync(TestHouse house) => house.ReadAsync(db => db.OutgoingMails.Where(m => m.DueAt > m.CreatedAt).OrderBy(m => m.DueAt).ToListAsync());

    private static string MethodOf(string file) => file.Split("METHOD:")[1].Split('\r', '\n')[0];

    private static string Unfolded(string file) => file.Replace("\r\n ", "", StringComparison.Ordinal);
}
