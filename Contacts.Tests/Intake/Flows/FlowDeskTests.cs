using Contacts.Core;
using Contacts.Core.Activity;
using Contacts.Core.Fields;
using Contacts.Core.Intake;
using Contacts.Core.Intake.Booking;
using Contacts.Core.Intake.Flows;
using Contacts.Core.Intake.Flows.Steps;
using Contacts.Core.People;
using Contacts.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using static Contacts.Tests.Intake.Flows.FlowCrowd;
using static Contacts.Tests.Intake.Flows.FlowPieces;

namespace Contacts.Tests.Intake.Flows;

public class FlowDeskTests
{
    private const string Browser = "0123456789abcdef0123456789abcdef";

    public static TheoryData<Database> Databases => TestHouse.Databases;

    [Theory, MemberData(nameof(Databases))]
    public async Task A_form_gone_through_is_one_entry_with_answers_route_and_values_in_their_fields(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var team = Ask("team", "number", SystemFields.Employees) with { Rules = [If("team", FlowTest.AtLeast, "10", "big")] };
        await PublishAsync(house, [.. Who, team, End("small"), End("big")]);

        var page = await AnswerAsync(house, await OpenAsync(house, new FlowArrival(FlowDesk.NewToken()) { Page = "https://acme.example/pricing", TimeZone = "Europe/Berlin" }), "Ada Lovelace", "ada@example.com", "12.0");

        Assert.Equal("big", page.End.Heading);
        var contact = Assert.Single(await house.ContactsAsync());
        Assert.Equal(("Ada", "Lovelace", "ada@example.com", "12", "Europe/Berlin"), (contact.FirstName, contact.LastName, contact.Email, contact.ValueOf(SystemFields.Find(SystemFields.Employees)!), contact.ValueOf(SystemFields.Find(SystemFields.TimeZone)!)));
        var entry = Assert.Single(await house.EntriesAsync(contact.Id));
        Assert.Equal((ActivityKind.FormSubmitted, "Talk", SourceKind.RoutingForm), (entry.Kind, entry.Title, entry.Source.Kind));
        Assert.Equal(["Ada Lovelace", "ada@example.com", "12"], entry.Answers.Select(a => a.Value));
        Assert.Equal("Began on https://acme.example/pricing\n“team” is at least “10”: the end “big”", entry.Text);
        Assert.Equal(1, await SubmissionsAsync(house));
    }

    [Fact]
    public async Task The_last_answer_reads_the_form_once_and_takes_few_statements()
    {
        await using var house = await TestHouse.OpenAsync(Database.Sqlite);
        await PublishAsync(house, [.. Who, End("end")]);
        await AnswerAsync(house, await OpenAsync(house), "Bob Bond", "bob@example.com");
        var last = await AnswerAsync(house, await OpenAsync(house), "Ada Lovelace");
        using var queries = new SqlRecord(house.Get<ILoggerFactory>());

        await AnswerAsync(house, last, "ada@example.com");

        Assert.Single(queries.Sent, sent => sent.Contains("FROM \"FlowVersions\"", StringComparison.Ordinal));
        Assert.InRange(queries.Sent.Count, 1, 19);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task What_is_repeated_out_of_date_or_out_of_order_changes_nothing(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await PublishAsync(house, [.. Who, End("end")]);
        var (desk, first) = (house.Get<FlowDesk>(), await OpenAsync(house));

        var ahead = await desk.AnswerAsync(first, "your_email", 0, "eve@example.com");
        Assert.Equal(0, await house.ReadAsync(db => db.FlowRuns.CountAsync()));
        var second = await desk.AnswerAsync(first, "your_name", 0, "Ada");
        var again = await desk.AnswerAsync(first, "your_name", 0, "Eve");
        var gone = await desk.AnswerAsync(first, "no_such_step", 1, "x");
        var late = await desk.AnswerAsync(second, "your_email", 0, "eve@example.com");
        await desk.AnswerAsync(second, "your_email", 1, "ada@example.com");
        var done = await desk.AnswerAsync(second, "your_email", 1, "eve@example.com");
        await desk.BackAsync(done, done.Turn, new Dictionary<string, string>());

        Assert.Equal("your_name", ahead.Question!.Step.Key);
        Assert.All(new[] { again, gone, late }, page => Assert.Equal(("your_email", "Ada"), (page.Question!.Step.Key, page.AnswerFor("name"))));
        var contact = Assert.Single(await house.ContactsAsync());
        Assert.Equal(("Ada", "ada@example.com", true), (contact.FirstName, contact.Email, done.Walk.IsDone));
        Assert.Equal((1, 1), ((await house.EntriesAsync(contact.Id)).Count, await SubmissionsAsync(house)));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task The_last_answer_sent_twenty_times_at_once_is_one_submission(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await PublishAsync(house, [.. Who, End("end")]);
        var page = await AnswerAsync(house, await OpenAsync(house), "Ada");

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => house.Get<FlowDesk>().AnswerAsync(page, "your_email", 1, "ada@example.com")));

        Assert.Single(await house.EntriesAsync(Assert.Single(await house.ContactsAsync()).Id));
        Assert.Equal(1, await SubmissionsAsync(house));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Going_back_keeps_what_was_answered_and_another_answer_leads_elsewhere(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await PublishAsync(house, AskOneOf("topic", "Sales", "Help") with { Rules = [If("topic", FlowTest.Is, "Sales", "team")], Go = "trouble" }, Ask("team"), Ask("trouble"), End("end"));
        var (desk, token) = (house.Get<FlowDesk>(), FlowDesk.NewToken());
        var page = await AnswerAsync(house, await OpenAsync(house, new FlowArrival(token)), "Sales");

        var back = await desk.BackAsync(page, page.Turn, new Dictionary<string, string>());
        var reloaded = await OpenAsync(house, new FlowArrival(token));

        Assert.All([back, reloaded], p => Assert.Equal(("topic", "Sales", 0), (p.Question!.Step.Key, p.Kept["topic"], p.Turn)));
        Assert.Equal("trouble", (await AnswerAsync(house, back, "Help")).Question!.Step.Key);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Of_a_form_on_pages_a_page_is_answered_at_once_and_back_keeps_it_and_what_was_being_typed(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await PublishAsync(house, new FlowDocument { AllOnAPage = true, Steps = Named([.. Who, AskOneOf("topic", "Sales", "Help") with { Rules = [If("topic", FlowTest.Is, "Help", "end")] }, Ask("team"), Ask("wish"), End("end")]) });
        var (desk, first) = (house.Get<FlowDesk>(), await OpenAsync(house));
        Dictionary<string, string> who = new() { ["your_name"] = "Ada", ["your_email"] = "ada@example.com", ["topic"] = "Sales" }, wish = new() { ["team"] = "Two", ["wish"] = "More" };

        await Assert.ThrowsAsync<RuleException>(() => desk.AnswerAsync(first, "your_name", 0, new Dictionary<string, string>(who) { ["your_email"] = "ada@" }));
        var second = await desk.AnswerAsync(first, "your_name", 0, who);
        var again = await desk.AnswerAsync(first, "your_name", 0, who);
        var back = await desk.BackAsync(second, 3, wish);
        var done = await desk.AnswerAsync(await desk.AnswerAsync(back, "your_name", 0, who), "team", 3, wish);

        Assert.Equal(["your_name", "your_email", "topic"], first.Asked.Select(a => a.Question.Step.Key));
        Assert.All([second, again], page => Assert.Equal(["team", "wish"], page.Asked.Select(a => a.Question.Step.Key)));
        Assert.Equal((0, "Sales", "Two"), (back.Turn, back.Kept["topic"], back.Kept["team"]));
        Assert.True(done.Walk.IsDone);
        Assert.Equal(5, Assert.Single(await house.EntriesAsync(Assert.Single(await house.ContactsAsync()).Id)).Answers.Count);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_wrong_answer_is_said_and_changes_nothing(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await PublishAsync(house, [.. Who, End("end")]);
        var page = await AnswerAsync(house, await OpenAsync(house), "Ada");

        foreach (var wrong in new[] { "", "  ", "ada@", "a\0b@example.com" })
            Assert.Equal("answer", (await Assert.ThrowsAsync<RuleException>(() => AnswerAsync(house, page, wrong))).Param);
        Assert.Empty(await house.ContactsAsync());
        Assert.Single(await house.ReadAsync(async db => (await db.FlowRuns.SingleAsync()).Given));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Status_field_owner_and_alert_are_carried_out_and_owners_take_turns(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var status = (await house.ReadAsync(db => db.Statuses.OrderBy(s => s.Position).ToListAsync()))[2];
        var (owner, member) = (house.Owner.UserId!.Value, house.Member.UserId!.Value);
        await PublishAsync(house, [.. Who, new StatusStep { Key = "status", StatusId = status.Id }, new FieldStep { Key = "field", Field = SystemFields.Company, Value = "Unknown Ltd" },
            new OwnerStep { Key = "owner", UserIds = [owner, member] }, new AlertStep { Key = "alert", UserIds = [member], Note = "Call them" }, End("end")]);

        foreach (var email in new[] { "a@example.com", "b@example.com", "a@example.com", "c@example.com" }) await AnswerAsync(house, await OpenAsync(house), "Ada", email);

        var contacts = await house.ContactsAsync();
        Assert.Equal([owner, member, owner], contacts.Select(c => c.OwnerId)); // one that has an owner takes no turn
        Assert.All(contacts, c => Assert.Equal((status.Id, "Unknown Ltd"), (c.StatusId, c.Company)));
        var mails = await house.ReadAsync(db => db.OutgoingMails.OrderBy(m => m.Id).ToListAsync());
        Assert.Equal(4, mails.Count);
        Assert.Equal(("member@acme.example", "Talk: Ada"), (mails[0].ToAddress, mails[0].Subject));
        Assert.Contains("Call them", mails[0].Text, StringComparison.Ordinal);
        Assert.Contains($"/contacts/{PublicId.Format(PublicId.Contact, contacts[0].Id)}", mails[0].Text, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_contact_of_nobodys_gets_an_owner_and_no_other_interaction_gives_it_one(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var member = house.Member.UserId!.Value;
        await house.Book.AddAsync(house.Member, new ContactEdit().Set("email", "ada@example.com").AssignTo(null), new Source(SourceKind.User, "Mei Chou"));
        await PublishAsync(house, [.. Who, new OwnerStep { Key = "owner", UserIds = [member] }, End("end")]);

        await AnswerAsync(house, await OpenAsync(house), "Ada", "ada@example.com");

        Assert.Equal(member, Assert.Single(await house.ContactsAsync()).OwnerId);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task An_owner_there_is_stays_unless_the_step_says_otherwise(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var (admin, member) = (house.Admin.UserId!.Value, house.Member.UserId!.Value);
        await house.Book.AddAsync(house.Member, new ContactEdit().Set("email", "ada@example.com").AssignTo(admin), new Source(SourceKind.User, "Mei Chou"));
        var flow = await PublishAsync(house, [.. Who, new OwnerStep { Key = "owner", UserIds = [member] }, End("end")]);
        await AnswerAsync(house, await OpenAsync(house), "Ada", "ada@example.com");
        Assert.Equal(admin, Assert.Single(await house.ContactsAsync()).OwnerId);

        var book = house.Get<FlowBook>();
        flow = await book.FindAsync(house.Admin, flow.Id);
        await book.ArrangeAsync(house.Admin, flow!.Id, flow.Draft with { Steps = [.. flow.Draft.Steps.Select(s => s is OwnerStep owner ? owner with { Replaces = true } : s)] }, flow.DraftVersion);
        await book.PublishAsync(house.Admin, flow.Id);
        await AnswerAsync(house, await OpenAsync(house), "Ada", "ada@example.com");

        var contact = Assert.Single(await house.ContactsAsync());
        Assert.Equal(member, contact.OwnerId);
        Assert.Equal((house.Admin.Name, house.Member.Name), (await house.EntriesAsync(contact.Id))[^1].Changes.Where(c => c.Field == Contact.OwnerChange).Select(c => (c.Old, c.New)).Single());
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task The_host_of_the_meeting_that_is_booked_in_the_form_becomes_the_owner(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var calendar = await house.Get<BookingCalendars>().CreateAsync(house.Admin, Booking.BookingCrowd.OpenAllWeek(house.Admin) with { Slug = "call" });
        await PublishAsync(house, [.. Who, new OwnerStep { Key = "owner", IsHost = true }, new CalendarStep { Key = "calendar", CalendarId = calendar.Id }]);
        var (desk, token) = (house.Get<FlowDesk>(), FlowDesk.NewToken());
        var page = await OpenAsync(house, new FlowArrival(token));
        Assert.Equal(OwnerReach.New, await desk.HostReachAsync("acme", "call", token)); // not before it is submitted

        await AnswerAsync(house, page, "Ada", "ada@example.com");
        Assert.Null(Assert.Single(await house.ContactsAsync()).OwnerId);
        var reach = await desk.HostReachAsync("acme", "call", token);
        var booking = await house.Get<BookingDesk>().FindAsync("acme", "call");
        await house.Get<BookingDesk>().BookAsync(booking!, new BookingRequest { StartsAt = booking!.Starts[0].ToDateTimeUtc(), Name = "Ada", Email = "ada@example.com", FormKey = BookingRequest.NewFormKey(), OwnerReach = reach });

        Assert.Equal((OwnerReach.Nobodys, OwnerReach.New), (reach, await desk.HostReachAsync("acme", "another", token)));
        Assert.Equal(house.Admin.UserId, Assert.Single(await house.ContactsAsync()).OwnerId);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_webhook_is_told_of_the_submission_in_the_same_write(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var team = Ask("team", "number") with { Rules = [If("team", FlowTest.AtLeast, "10", "hook")] };
        var flow = await PublishAsync(house, [.. Who, team, End("small"), new WebhookStep { Key = "hook", Url = "https://hooks.example.com/in?a=1" }, End("big")]);

        await AnswerAsync(house, await OpenAsync(house, new FlowArrival(FlowDesk.NewToken()) { Page = "https://acme.example/pricing" }), "Ada", "ada@example.com", "12");
        await AnswerAsync(house, await OpenAsync(house), "Bob", "bob@example.com", "2");

        var contact = (await house.ContactsAsync())[0];
        var hook = Assert.Single(await house.ReadAsync(db => db.OutgoingHooks.ToListAsync()));
        Assert.Equal(("https://hooks.example.com/in?a=1", contact.Id, flow.HookSecrets["webhook"], PublicId.Format(PublicId.Flow, flow.Id)), (hook.Url, hook.ContactId, hook.Secret, hook.About));
        using var body = System.Text.Json.JsonDocument.Parse(hook.Body);
        var (type, data) = (body.RootElement.GetProperty("type").GetString(), body.RootElement.GetProperty("data"));
        Assert.Equal(("form.submitted", "Talk", "https://acme.example/f/acme/talk", false), (type, data.GetProperty("flow").GetProperty("name").GetString(), data.GetProperty("flow").GetProperty("link").GetString(), data.GetProperty("test").GetBoolean()));
        Assert.Equal((PublicId.Format(PublicId.Contact, contact.Id), "https://acme.example/pricing"), (data.GetProperty("contact").GetString(), data.GetProperty("began_on").GetString()));
        Assert.Equal(["Ada", "ada@example.com", "12"], data.GetProperty("answers").EnumerateArray().Select(a => a.GetProperty("value").GetString()));
        Assert.Equal(["“team” is at least “10”: a webhook"], data.GetProperty("route").EnumerateArray().Select(r => r.GetString()));
        await house.Get<Contacts.Core.Erasure.ErasureDesk>().EraseAsync(house.Owner, contact.Id);
        Assert.Empty(await house.ReadAsync(db => db.OutgoingHooks.ToListAsync()));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_test_reaches_nobody_unless_asked_and_then_alerts_and_webhooks_alone(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var flow = await PublishAsync(house, Ask("why"), new AlertStep { Key = "alert", UserIds = [house.Member.UserId!.Value] }, new WebhookStep { Key = "hook", Url = "https://hooks.example.com/" }, End("end"));

        var told = await house.Get<FlowBook>().SendTestAsync(house.Admin, flow.Id, flow.DraftVersion, [new("why", "Because")]);

        Assert.Equal([house.Member.Name, "https://hooks.example.com/"], told);
        Assert.StartsWith("Test: Talk", Assert.Single(await house.ReadAsync(db => db.OutgoingMails.ToListAsync())).Subject, StringComparison.Ordinal);
        Assert.Contains("\"test\":true", Assert.Single(await house.ReadAsync(db => db.OutgoingHooks.ToListAsync())).Body, StringComparison.Ordinal);
        Assert.Equal((0, 0), ((await house.ContactsAsync()).Count, await SubmissionsAsync(house)));
        await Assert.ThrowsAsync<RuleException>(() => house.Get<FlowBook>().SendTestAsync(house.Admin, flow.Id, flow.DraftVersion, []));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task What_a_field_takes_no_more_stays_in_the_activity_and_the_guest_is_thanked(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var field = await house.Fields.CreateAsync(house.Admin, new FieldEdit("Customer number", null, "text", "number", []) { Rules = new FieldRules { Unique = true } });
        await house.Book.AddAsync(house.Member, new ContactEdit().Set("email", "eve@example.com").Set("number", "C-1"), new Source(SourceKind.User, "Mei Chou"));
        await PublishAsync(house, [.. Who, Ask("customer", field: "number"), End("end")]);

        var page = await AnswerAsync(house, await OpenAsync(house), "Ada", "ada@example.com", "C-1");

        Assert.Equal("end", page.End.Heading);
        var ada = (await house.ContactsAsync()).Single(c => c.Email == "ada@example.com");
        Assert.Null(ada.ValueOf(field));
        Assert.Equal(("C-1", null), Assert.Single(await house.EntriesAsync(ada.Id)).Answers.Select(a => (a.Value, a.Field)).Last());
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Who_is_in_the_middle_goes_on_with_the_version_they_began_with(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var flow = await PublishAsync(house, [.. Who, End("old")]);
        var page = await AnswerAsync(house, await OpenAsync(house), "Ada");
        flow = await house.Get<FlowBook>().ArrangeAsync(house.Admin, flow.Id, new FlowDocument { Steps = [Ask("else"), End("new")] }, flow.DraftVersion);
        await house.Get<FlowBook>().PublishAsync(house.Admin, flow.Id);

        Assert.Equal("old", (await AnswerAsync(house, page, "ada@example.com")).End.Heading);
        Assert.Equal("else", (await OpenAsync(house)).Question!.Step.Key);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_flow_that_ends_with_a_calendar_offers_it_as_long_as_guests_can_open_it(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var calendar = await house.Get<BookingCalendars>().CreateAsync(house.Admin, Booking.BookingCrowd.OpenAllWeek(house.Owner) with { Slug = "call" });
        await PublishAsync(house, [.. Who, new CalendarStep { Key = "calendar", CalendarId = calendar.Id }]);
        var token = FlowDesk.NewToken();

        var page = await AnswerAsync(house, await OpenAsync(house, new FlowArrival(token)), "Ada", "ada@example.com");
        await house.Get<BookingCalendars>().ArchiveAsync(house.Admin, calendar.Id);
        var later = await OpenAsync(house, new FlowArrival(token));

        Assert.Equal(("call", 1), (page.CalendarSlug, await SubmissionsAsync(house)));
        Assert.Equal((null, EndStep.Thanks), (later.CalendarSlug, later.End));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Of_a_known_browser_is_asked_only_what_is_not_known(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await PublishAsync(house, [.. Who, Ask("company", field: "company") with { SkipWhenKnown = true }, End("end")]);
        FlowArrival Arrive() => new(FlowDesk.NewToken()) { VisitorKey = Browser };

        var first = await AnswerAsync(house, await OpenAsync(house, Arrive()), "Ada", "ada@example.com", "Analytical");
        var second = await AnswerAsync(house, await OpenAsync(house, Arrive()), "Ada", "ada@example.com");
        var stranger = await AnswerAsync(house, await OpenAsync(house), "Ada", "ada@example.com");

        Assert.True(first.Walk.IsDone && second.Walk.IsDone);
        Assert.Equal("company", stranger.Question?.Step.Key);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task An_address_that_is_typed_tells_nothing_of_whose_it_is(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await house.Book.AddAsync(house.Member, new ContactEdit().Set("email", "ada@example.com").Set("company", "Analytical"), new Source(SourceKind.User, "Mei Chou"));
        await PublishAsync(house, [.. Who, Ask("company", field: "company") with { SkipWhenKnown = true, Required = false, Rules = [If(FlowSubject.Field, "company", FlowTest.Answered, null, "known")] }, End("end"), End("known")]);
        FlowArrival Arrive(string browser) => new(FlowDesk.NewToken()) { VisitorKey = browser };
        async Task<FlowPage> AgainAsync(string browser, string email)
        {
            await AnswerAsync(house, await OpenAsync(house, Arrive(browser)), "Eve", email, "");
            return await AnswerAsync(house, await OpenAsync(house, Arrive(browser)), "Eve", email);
        }

        var ofKnown = await AgainAsync(Browser, "ada@example.com");
        var ofNobody = await AgainAsync(new string('e', 32), "nobody@example.com");

        Assert.Equal(("company", "company"), (ofKnown.Question?.Step.Key, ofNobody.Question?.Step.Key));
        Assert.Equal(("end", "end"), ((await AnswerAsync(house, ofKnown, "")).End.Heading, (await AnswerAsync(house, ofNobody, "")).End.Heading));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Who_gives_another_address_is_asked_anew_and_a_browser_that_is_proven_knows_its_contact(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await PublishAsync(house, [.. Who, Ask("company", field: "company") with { SkipWhenKnown = true }, End("end")]);
        FlowArrival Arrive() => new(FlowDesk.NewToken()) { VisitorKey = Browser };
        await AnswerAsync(house, await OpenAsync(house, Arrive()), "Ada", "ada@example.com", "Analytical");

        // Without a word of her company, Grace is somebody else at the same browser.
        var grace = await AnswerAsync(house, await OpenAsync(house, Arrive()), "Grace", "grace@example.com");
        Assert.True(grace.Walk.IsDone); // the way began when it was still Ada's
        Assert.Equal("company", (await AnswerAsync(house, await OpenAsync(house, Arrive()), "Grace", "grace@example.com")).Question?.Step.Key);

        await house.Book.AddAsync(house.Member, new ContactEdit().Set("email", "rear@example.com").Set("company", "Navy"), new Source(SourceKind.User, "Mei Chou"));
        await house.Gate.RunAsync(house.Account.Id, async db =>
        {
            var contact = await db.Contacts.SingleAsync(c => c.Email == "rear@example.com");
            var visitor = new Contacts.Core.Tracking.Visitor(house.Account.Id, new string('a', 32), house.Now);
            visitor.JoinTo(contact.Id, house.Now);
            visitor.Prove(house.Now);
            db.Visitors.Add(visitor);
            return true;
        });
        var proven = await AnswerAsync(house, await OpenAsync(house, new FlowArrival(FlowDesk.NewToken()) { VisitorKey = new string('a', 32) }), "Grace", "rear@example.com");
        Assert.True(proven.Walk.IsDone);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Who_gave_an_email_and_left_is_kept_as_started_and_not_finished_once_and_runs_are_forgotten_after_a_day(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await PublishAsync(house, [.. Who, Ask("why"), End("end")]);
        var left = await AnswerAsync(house, await OpenAsync(house), "Ada", "ada@example.com");
        await AnswerAsync(house, await OpenAsync(house), "Nobody");
        var twice = await AnswerAsync(house, await OpenAsync(house), "Eve", "eve@example.com");
        await AnswerAsync(house, await OpenAsync(house), "Eve", "eve@example.com", "Because");
        house.Clock.Advance(FlowLeavers.Patience + TimeSpan.FromMinutes(1));
        var leavers = house.Get<FlowLeavers>();

        Assert.Equal((1, 0), (await leavers.SettleAsync(), await leavers.SettleAsync()));

        var contacts = await house.ContactsAsync();
        Assert.Equal(["ada@example.com", "eve@example.com"], contacts.Select(c => c.Email).Order());
        var ada = contacts.Single(c => c.Email == "ada@example.com");
        Assert.Equal((ActivityKind.FormAbandoned, 2), (await house.EntriesAsync(ada.Id)).Select(e => (e.Kind, e.Answers.Count)).Single());
        await AnswerAsync(house, left, "I came back");
        Assert.Equal([ActivityKind.FormAbandoned, ActivityKind.FormSubmitted], (await house.EntriesAsync(ada.Id)).ConvertAll(e => e.Kind));
        house.Clock.Advance(FlowLeavers.Kept + TimeSpan.FromMinutes(1));
        await leavers.SettleAsync();
        Assert.Equal((0, true), (await house.ReadAsync(db => db.FlowRuns.CountAsync()), twice.IsBegun));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_form_of_another_account_is_not_there(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await PublishAsync(house, [.. Who, End("end")]);
        await house.AddAccountAsync("Lumen");

        Assert.Null(await house.Get<FlowDesk>().FindAsync("lumen", FlowKind.RoutingForm, "talk", new FlowArrival(FlowDesk.NewToken())));
        Assert.Null(await house.Get<FlowDesk>().FindAsync("acme", FlowKind.Chatbot, "talk", new FlowArrival(FlowDesk.NewToken())));
    }
}
