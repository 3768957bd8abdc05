using System.Text.RegularExpressions;
using Contacts.Core;
using Contacts.Core.Accounts;
using Contacts.Core.Activity;
using Contacts.Core.Fields;
using Contacts.Core.Intake.Booking;
using Contacts.Core.People;
using Contacts.Core.People.Merging;
using Contacts.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Contacts.Tests.Intake.Booking;

public class BookingDeskTests
{

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task A_booking_makes_the_contact_its_entry_and_two_mails_in_one_write(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var page = await OpenPageAsync(house);

        await Desk(house).BookAsync(page, Ask(page, "ada@example.com") with { Name = "Ada King Lovelace", TimeZone = "America/New_York" });

        var contact = Assert.Single(await house.ContactsAsync());
        Assert.Equal(("Ada King", "Lovelace", "ada@example.com", "America/New_York"), (contact.FirstName, contact.LastName, contact.Email, contact.TimeZone));
        Assert.Equal(house.Owner.UserId, contact.OwnerId);
        var entry = Assert.Single(await house.EntriesAsync(contact.Id));
        Assert.Equal((ActivityKind.BookingScheduled, "Intro call", new Source(SourceKind.BookingCalendar, "Intro call")), (entry.Kind, entry.Title, entry.Source));
        Assert.Equal(page.Starts[0].ToDateTimeUtc(), entry.MeetingAt);
        var booking = Assert.Single(await house.ReadAsync(db => db.Bookings.ToListAsync()));
        Assert.Equal((contact.Id, entry.Id, page.Starts[0].ToDateTimeUtc()), (booking.ContactId, booking.EntryId, booking.StartsAt));
        Assert.Equal(["ada@example.com", "owner@acme.example"], await house.ReadAsync(db => db.OutgoingMails.OrderBy(m => m.Id).Select(m => m.ToAddress).ToListAsync()));
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task Mails_about_a_booking_go_to_the_primary_email_as_it_is_now(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var (page, byHand) = (await OpenPageAsync(house), new Source(SourceKind.User, "Mei Chou"));
        var token = await Desk(house).BookAsync(page, Ask(page, "ada@example.com"));
        var ada = Assert.Single(await house.ContactsAsync());
        async Task<string> ToAsync() => (await Guests(house).FindAsync(token))!.GuestEmail;

        Assert.Equal("ada@example.com", await ToAsync());
        await house.Book.EditAsync(house.Member, ada.Id, new ContactEdit().Set("email", "ada@new.example"), byHand);
        Assert.Equal("ada@new.example", await ToAsync());

        var twin = await house.Book.AddAsync(house.Member, new ContactEdit().Set("email", "ada@twin.example"), byHand);
        await house.Get<MergeDesk>().MergeAsync(house.Admin, twin.Id, [ada.Id], null, byHand);
        Assert.Equal("ada@twin.example", await ToAsync());
        await house.Book.EditAsync(house.Member, twin.Id, new ContactEdit().Set("email", ""), byHand);
        Assert.Equal("ada@example.com", await ToAsync());
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task After_an_undone_merge_mails_go_to_whoever_is_known_by_the_address_again(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var (page, byHand) = (await OpenPageAsync(house), new Source(SourceKind.User, "Mei Chou"));
        var ada = await house.Book.AddAsync(house.Member, new ContactEdit().Set("email", "ada@example.com"), byHand);
        var bob = await house.Book.AddAsync(house.Member, new ContactEdit().Set("email", "bob@example.com"), byHand);
        var merge = await house.Get<MergeDesk>().MergeAsync(house.Admin, ada.Id, [bob.Id], null, byHand);
        var token = await Desk(house).BookAsync(page, Ask(page, "bob@example.com"));

        Assert.Equal("ada@example.com", (await Guests(house).FindAsync(token))!.GuestEmail);
        await house.Get<MergeDesk>().UndoAsync(house.Admin, merge.Id, byHand);

        Assert.Equal("bob@example.com", (await Guests(house).FindAsync(token))!.GuestEmail);
    }

    [Fact]
    public async Task The_file_that_a_token_opens_names_no_address_of_the_guests()
    {
        await using var house = await TestHouse.OpenAsync(Database.Sqlite);
        var (page, byHand) = (await OpenPageAsync(house), new Source(SourceKind.User, "Mei Chou"));
        var ada = await house.Book.AddAsync(house.Member, new ContactEdit().Set("email", "private@example.com"), byHand);
        await house.Get<AddressBook>().AddAsync(house.Member, ada.Id, IdentityKind.Email, "ada@work.example", byHand);

        var token = await Desk(house).BookAsync(page, Ask(page, "ada@work.example"));
        var file = Guests(house).CalendarFile((await Guests(house).FindAsync(token))!, token).Replace("\r\n ", "", StringComparison.Ordinal);

        Assert.DoesNotContain("ada@work.example", file, StringComparison.Ordinal);
        Assert.DoesNotContain("private@example.com", file, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task Of_twenty_guests_at_once_on_two_nodes_one_gets_the_time(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await using var neighbour = house.OpenNeighbour();
        var page = await OpenPageAsync(house);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 20).Select(i =>
            Record.ExceptionAsync(() => Desk(i % 2 == 0 ? house : neighbour).BookAsync(page, Ask(page, $"guest{i}@example.com"))).AsTask()));

        Assert.Single(outcomes, o => o is null);
        Assert.All(outcomes.Where(o => o is not null), o => Assert.Equal((Refusal.Conflict, "start"), (((RuleException)o!).Refusal, ((RuleException)o).Param)));
        Assert.Single(await house.ReadAsync(db => db.Bookings.ToListAsync()));
        Assert.Single(await house.ContactsAsync());
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task A_form_sent_twice_is_one_booking_with_one_page(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var page = await OpenPageAsync(house);
        var request = Ask(page, "ada@example.com");

        var tokens = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Desk(house).BookAsync(page, request)));

        Assert.Single(tokens.Distinct());
        Assert.Single(await house.ReadAsync(db => db.Bookings.ToListAsync()));
        Assert.Equal(2, await house.ReadAsync(db => db.OutgoingMails.CountAsync()));
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task A_booking_in_one_calendar_makes_the_host_busy_in_all_of_them(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var page = await OpenPageAsync(house);
        await Calendars(house).CreateAsync(house.Admin, new CalendarEdit { Name = "Long talk", HostId = house.Owner.UserId!.Value, Durations = [60], TimeZone = "Europe/Berlin" });
        var before = await Desk(house).FindAsync("acme", "long-talk");

        await Desk(house).BookAsync(page, Ask(page, "ada@example.com"));

        var after = await Desk(house).FindAsync("acme", "long-talk");
        Assert.Equal(before!.Starts.Count - 1, after!.Starts.Count);
        var refused = await Assert.ThrowsAsync<RuleException>(() => Desk(house).BookAsync(before, Ask(before, "eve@example.com")));
        Assert.Equal(BookingDesk.Taken, refused.Message);
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task Answers_go_to_their_fields_or_stay_in_the_meeting(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await house.Fields.CreateAsync(house.Admin, new FieldEdit("Team size", null, "single_choice", null, ["1-10", "11-50"]));
        var page = await OpenPageAsync(house,
            new BookingQuestion { Label = "How large is your team?", Type = "single_choice", Field = "team_size" },
            new BookingQuestion { Label = "Topic", Type = "long_text" });

        await Desk(house).BookAsync(page, Ask(page, "ada@example.com", ("how_large_is_your_team", "11-50"), ("topic", "Engines")));

        var contact = Assert.Single(await house.ContactsAsync());
        Assert.Equal("11_50", contact.Values["team_size"].Value);
        var entry = Assert.Single(await house.EntriesAsync(contact.Id));
        Assert.Equal([new Answer("How large is your team?", "11-50", "team_size"), new Answer("Topic", "Engines")], entry.Answers);
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task Nobody_is_asked_for_an_archived_field_until_it_is_restored(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await house.Fields.CreateAsync(house.Admin, new FieldEdit("Team size", null, "single_choice", null, ["1-10", "11-50"]));
        await OpenPageAsync(house, new BookingQuestion { Label = "Team size", Type = "single_choice", Field = "team_size", Required = true });
        await house.Fields.ArchiveAsync(house.Admin, "team_size");
        var page = (await Desk(house).FindAsync("acme", "intro-call"))!;

        await Desk(house).BookAsync(page, Ask(page, "ada@example.com", ("team_size", "1-10")));
        await house.Fields.RestoreAsync(house.Admin, "team_size");

        Assert.Empty(page.Questions);
        var contact = Assert.Single(await house.ContactsAsync());
        Assert.False(contact.Values.ContainsKey("team_size"));
        Assert.Empty(Assert.Single(await house.EntriesAsync(contact.Id)).Answers);
        Assert.Single((await Desk(house).FindAsync("acme", "intro-call"))!.Questions);
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task A_field_kept_off_forms_is_no_longer_asked_for_and_stops_no_guest(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await house.Fields.CreateAsync(house.Admin, new FieldEdit("Team size", null, "text", null, []));
        await OpenPageAsync(house, new BookingQuestion { Label = "Team size", Field = "team_size" }, new BookingQuestion { Label = "Topic" });
        await house.Fields.EditAsync(house.Admin, "team_size", new FieldEdit("Team size", null, "text", null, []) { Rules = new FieldRules { HiddenOnForms = true } });

        var page = (await Desk(house).FindAsync("acme", "intro-call"))!;
        await Desk(house).BookAsync(page, Ask(page, "ada@example.com", ("team_size", "12"), ("topic", "Engines")));
        var refusal = await Assert.ThrowsAsync<RuleException>(() => Calendars(house).CreateAsync(house.Admin,
            new CalendarEdit { Name = "Demo", HostId = house.Owner.UserId!.Value, Questions = [new BookingQuestion { Label = "Team size", Field = "team_size" }] }));

        var contact = Assert.Single(await house.ContactsAsync());
        Assert.False(contact.Values.ContainsKey("team_size"));
        Assert.Equal([new Answer("Topic", "Engines")], Assert.Single(await house.EntriesAsync(contact.Id)).Answers);
        Assert.Equal(("questions.0.field", "The field 'Team size' may not be asked on forms."), (refusal.Param, refusal.Message));
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task A_value_that_is_unique_and_anothers_is_told_at_the_question_without_saying_whose(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await house.Fields.CreateAsync(house.Admin, new FieldEdit("Number", null, "text", null, []) { Rules = new FieldRules { Unique = true } });
        var page = await OpenPageAsync(house, new BookingQuestion { Label = "Number", Field = "number" });
        await Desk(house).BookAsync(page, Ask(page, "ada@example.com", ("number", "AC-1")));

        page = (await Desk(house).FindAsync("acme", "intro-call"))!;
        var refusal = await Assert.ThrowsAsync<RuleException>(() => Desk(house).BookAsync(page, Ask(page, "eve@example.com", ("number", "AC-1"))));
        await Desk(house).BookAsync(page, Ask(page, "ada@example.com", ("number", "AC-1")));

        Assert.Equal((page.Questions[0].Param, BookingDesk.Known, null), (refusal.Param, refusal.Message, refusal.About));
        Assert.Single(await house.ContactsAsync());
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task A_question_asks_for_the_type_that_its_field_becomes(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        foreach (var title in new[] { "Seats", "Tools" }) await house.Fields.CreateAsync(house.Admin, new FieldEdit(title, null, "text", null, []));
        await OpenPageAsync(house, new BookingQuestion { Label = "Seats", Field = "seats", Required = true }, new BookingQuestion { Label = "Tools", Type = "single_choice", Options = ["Mail"], Field = "tools" });

        foreach (var (name, type) in new[] { ("seats", "number"), ("tools", "multiple_choice") })
            await house.Get<FieldConversions>().ChangeTypeAsync(house.Admin, name, type, ["Mail", "Phone"]);
        var page = (await Desk(house).FindAsync("acme", "intro-call"))!;
        await Desk(house).BookAsync(page, Ask(page, "ada@example.com", ("seats", "12"), ("tools", "Mail\nPhone")));

        Assert.Equal([("number", true, 0), ("multiple_choice", false, 0)], page.Questions.Select(q => (q.Question.Type, q.Question.Required, q.Question.Options.Count)));
        var contact = Assert.Single(await house.ContactsAsync());
        Assert.Equal(("12", "mail\nphone"), (contact.Values["seats"].Value, contact.Values["tools"].Value));
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task A_question_whose_field_takes_its_answers_still_or_asks_no_guest_stays_as_it_is(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await house.Fields.CreateAsync(house.Admin, new FieldEdit("Plan", null, "single_choice", null, ["Silver", "Gold"]));
        await house.Fields.CreateAsync(house.Admin, new FieldEdit("Agent", null, "text", null, []));
        var page = await OpenPageAsync(house, new BookingQuestion { Label = "Plan", Type = "single_choice", Field = "plan" }, new BookingQuestion { Label = "Agent", Field = "agent" });

        await house.Get<FieldConversions>().ChangeTypeAsync(house.Admin, "plan", "text");
        await house.Get<FieldConversions>().ChangeTypeAsync(house.Admin, "agent", "user");

        var questions = (await Calendars(house).FindAsync(house.Admin, page.Calendar.Id))!.Questions;
        Assert.Equal([("single_choice", "plan"), ("text", "agent")], questions.Select(q => (q.Type, q.Field)));
        Assert.Equal(["Silver", "Gold"], questions[0].Options);
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task A_question_whose_field_is_deleted_writes_to_none_that_is_made_anew(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await house.Fields.CreateAsync(house.Admin, new FieldEdit("Seats", null, "text", null, []));
        var page = await OpenPageAsync(house, new BookingQuestion { Label = "Seats", Field = "seats" });

        await house.Fields.ArchiveAsync(house.Admin, "seats");
        await house.Get<FieldConversions>().DeleteAsync(house.Admin, "seats");

        Assert.Null(Assert.Single((await Calendars(house).FindAsync(house.Admin, page.Calendar.Id))!.Questions).Field);
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task A_change_of_type_that_fails_leaves_the_questions_as_they_were(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await house.Fields.CreateAsync(house.Admin, new FieldEdit("Plan", null, "single_choice", null, ["Silver", "Gold"]));
        await house.Book.AddAsync(house.Member, new ContactEdit().SetName("Ada").Set("plan", "Gold"), new Source(SourceKind.User, "Mei Chou"));
        var page = await OpenPageAsync(house, new BookingQuestion { Label = "Plan", Type = "single_choice", Field = "plan" });
        await house.ReadAsync(db => db.Database.ExecuteSqlRawAsync(database == Database.Sqlite
            ? """CREATE TRIGGER "Full" BEFORE UPDATE ON "Contacts" BEGIN SELECT RAISE(ABORT, 'The disk is full.'); END"""
            : """CREATE FUNCTION fill() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'The disk is full.'; END $$; CREATE TRIGGER "Full" BEFORE UPDATE ON "Contacts" FOR EACH ROW EXECUTE FUNCTION fill()"""));

        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => house.Get<FieldConversions>().ChangeTypeAsync(house.Admin, "plan", "number"));

        var question = Assert.Single((await Calendars(house).FindAsync(house.Admin, page.Calendar.Id))!.Questions);
        Assert.Equal(("single_choice", "plan"), (question.Type, question.Field));
        Assert.Equal("single_choice", (await house.Fields.ListAsync(house.Admin)).Find("plan")!.Type.Key);
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task A_field_of_another_type_by_now_or_gone_stops_no_guest(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        foreach (var title in new[] { "Plan", "Tier" }) await house.Fields.CreateAsync(house.Admin, new FieldEdit(title, null, "single_choice", null, ["Silver", "Gold"]));
        await OpenPageAsync(house, new BookingQuestion { Label = "Plan", Type = "single_choice", Field = "plan" }, new BookingQuestion { Label = "Tier", Type = "single_choice", Field = "tier" });
        // As it was left when questions did not yet follow in the same write.
        await house.ArrangeFieldAsync("plan", f => f.Property(x => x.Type).CurrentValue = FieldType.Of("number"));
        await house.ReadAsync(db => db.Fields.Where(f => f.Name == "tier").ExecuteDeleteAsync());

        var page = (await Desk(house).FindAsync("acme", "intro-call"))!;
        await Desk(house).BookAsync(page, Ask(page, "ada@example.com", ("plan", "Silver"), ("tier", "Gold")));

        var contact = Assert.Single(await house.ContactsAsync());
        Assert.Equal([new Answer("Plan", "Silver"), new Answer("Tier", "Gold")], Assert.Single(await house.EntriesAsync(contact.Id)).Answers);
    }

    [Fact]
    public async Task Each_input_that_is_wrong_is_told_at_its_name()
    {
        await using var house = await TestHouse.OpenAsync(Database.Sqlite);
        var page = await OpenPageAsync(house,
            new BookingQuestion { Label = "Company", Required = true, Field = "company" },
            new BookingQuestion { Label = "Seats", Type = "number" });

        var (_, problems) = BookingAnswers.Read(page, Ask(page, "no address", ("seats", "many")) with { Name = " ", TimeZone = "Mars/Base" });

        Assert.Equal(["email", "name", "q.company", "q.seats", "zone"], problems.Keys.Order());
    }

    [Fact]
    public async Task A_time_that_passed_or_was_never_offered_is_refused_with_what_to_do()
    {
        await using var house = await TestHouse.OpenAsync(Database.Sqlite);
        var page = await OpenPageAsync(house);

        var past = await Assert.ThrowsAsync<RuleException>(() => Desk(house).BookAsync(page, Ask(page, "ada@example.com") with { StartsAt = house.Now.AddDays(-1) }));
        var odd = await Assert.ThrowsAsync<RuleException>(() => Desk(house).BookAsync(page, Ask(page, "ada@example.com") with { StartsAt = page.Starts[0].ToDateTimeUtc().AddMinutes(7) }));

        Assert.Equal((BookingDesk.Past, BookingDesk.NotOffered), (past.Message, odd.Message));
        Assert.Empty(await house.ContactsAsync());
    }

    [Fact]
    public async Task The_guests_token_opens_the_booking_and_is_nowhere_in_the_database()
    {
        await using var house = await TestHouse.OpenAsync(Database.Sqlite);
        var page = await OpenPageAsync(house);

        var token = await Desk(house).BookAsync(page, Ask(page, "ada@example.com"));

        var meeting = await Guests(house).FindAsync(token);
        Assert.Equal(("Acme", "Iris Ritter", "ada@example.com"), (meeting!.Organisation, meeting.HostNames, meeting.Booking.GuestEmail));
        Assert.NotEqual(token, meeting.Booking.TokenHash);
        Assert.Null(await Guests(house).FindAsync(meeting.Booking.TokenHash));
    }

    [Fact]
    public async Task An_archived_calendar_and_another_accounts_calendar_are_not_there()
    {
        await using var house = await TestHouse.OpenAsync(Database.Sqlite);
        var page = await OpenPageAsync(house);
        await house.AddAccountAsync("Lumen");

        Assert.Null(await Desk(house).FindAsync("lumen", "intro-call"));
        await Calendars(house).ArchiveAsync(house.Admin, page.Calendar.Id);
        Assert.Null(await Desk(house).FindAsync("acme", "intro-call"));
        await Assert.ThrowsAsync<RuleException>(() => Desk(house).BookAsync(page, Ask(page, "ada@example.com")));
    }

    [Fact]
    public async Task A_moment_that_a_guest_gave_is_told_on_the_clock_of_whoever_reads()
    {
        await using var house = await TestHouse.OpenAsync(Database.Sqlite);
        await house.Fields.CreateAsync(house.Admin, new FieldEdit("Ring", null, "date_time", null, []) { Rules = new FieldRules { Min = "2027-03-01 09:00" } });
        var page = await OpenPageAsync(house, new BookingQuestion { Label = "When may we ring?", Type = "date_time", Field = "ring" });
        BookingRequest At(string time) => Ask(page, "ada@example.com", ("when_may_we_ring", time)) with { TimeZone = "America/New_York" };

        var refused = await Assert.ThrowsAsync<RuleException>(() => Desk(house).BookAsync(page, At("2027-03-01T02:30")));
        await Desk(house).BookAsync(page, At("2027-03-01T03:00"));

        Assert.Equal("It must be at or after 1 March 2027, 03:00 (America/New York).", refused.Message);
        var mails = await house.ReadAsync(db => db.OutgoingMails.OrderBy(m => m.Id).ToListAsync());
        Assert.Equal([true, true], mails.Select((m, n) => m.Text.Contains($"1 March 2027, 0{(n == 0 ? 3 : 9)}:00", StringComparison.Ordinal)));
        Assert.All(mails, m => Assert.DoesNotContain("2027-03-01T08:00:00Z", m.Text + m.Calendar, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Mails_carry_an_invitation_with_a_real_time_zone_and_one_stable_id()
    {
        await using var house = await TestHouse.OpenAsync(Database.Sqlite);
        var page = await OpenPageAsync(house);

        await Desk(house).BookAsync(page, Ask(page, "ada@example.com") with { Name = "Ada; Lovelace", TimeZone = "America/New_York" });

        var mails = await house.ReadAsync(db => db.OutgoingMails.OrderBy(m => m.Id).ToListAsync());
        var guest = mails[0].Calendar!;
        Assert.Contains("METHOD:REQUEST", guest, StringComparison.Ordinal);
        Assert.Contains("TZID:America/New_York", guest, StringComparison.Ordinal);
        Assert.Contains("DTSTART;TZID=America/New_York:20261123T080000", guest, StringComparison.Ordinal);
        Assert.Contains("BEGIN:STANDARD", guest, StringComparison.Ordinal);
        // Each message has an address of its own, which opens the same booking.
        var token = Regex.Match(mails[0].Text, $"{TestHouse.Url}/booking/(\\S+)").Groups[1].Value;
        Assert.Equal("Ada; Lovelace", (await Guests(house).FindAsync(token))!.Booking.GuestName);
        Assert.Equal(UidOf(guest), UidOf(mails[1].Calendar!));

        static string UidOf(string file) => file.Split('\n').Single(line => line.StartsWith("UID:", StringComparison.Ordinal));
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task With_a_host_who_left_nothing_is_booked_and_what_was_booked_still_shows(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var page = await OpenPageAsync(house, house.Member);
        var token = await Desk(house).BookAsync(page, Ask(page, "ada@example.com"));
        await house.Gate.RunAsync(house.Account.Id, async db => // as another node might, of which the booking and this know nothing
        {
            var host = await db.Users.SingleAsync(u => u.Id == house.Member.UserId);
            host.Remove(house.Now);
            return host;
        });

        Assert.Null(await Desk(house).FindAsync("acme", "intro-call"));
        var refused = await Assert.ThrowsAsync<RuleException>(() => Desk(house).BookAsync(page, Ask(page, "eve@example.com") with { StartsAt = page.Starts[1].ToDateTimeUtc() }));
        var meeting = (await Guests(house).FindAsync(token))!;

        Assert.Equal("start", refused.Param);
        Assert.Single(await house.ReadAsync(db => db.Bookings.ToListAsync()));
        Assert.Equal("Mei Chou", meeting.HostNames);
        Assert.DoesNotContain("ORGANIZER", Guests(house).CalendarFile(meeting, token), StringComparison.Ordinal);
    }

    private static GuestBookings Guests(TestHouse house) => house.Get<GuestBookings>();

    private static BookingDesk Desk(TestHouse house) => house.Get<BookingDesk>();

    private static BookingCalendars Calendars(TestHouse house) => house.Get<BookingCalendars>();

    private static async Task<BookingPage> OpenPageAsync(TestHouse house, params BookingQuestion[] questions) => await OpenPageAsync(house, house.Owner, questions);

    private static async Task<BookingPage> OpenPageAsync(TestHouse house, Caller host, params BookingQuestion[] questions)
    {
        await Calendars(house).CreateAsync(house.Admin,
            new CalendarEdit { Name = "Intro call", HostId = host.UserId!.Value, TimeZone = "Europe/Berlin", Questions = questions });
        return (await Desk(house).FindAsync("acme", "intro-call"))!;
    }

    private static BookingRequest Ask(BookingPage page, string email, params (string Key, string Text)[] answers) => new()
    {
        StartsAt = page.Starts[0].ToDateTimeUtc(),
        Name = "Ada Lovelace",
        Email = email,
        TimeZone = "Europe/Berlin",
        Answers = answers.ToDictionary(a => a.Key, a => a.Text),
        FormKey = BookingRequest.NewFormKey(),
    };
}
