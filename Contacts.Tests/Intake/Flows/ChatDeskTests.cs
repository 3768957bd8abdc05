using Contacts.Core;
using Contacts.Core.Activity;
using Contacts.Core.Intake.Flows;
using Contacts.Tests.Support;
using Microsoft.EntityFrameworkCore;
using static Contacts.Tests.Intake.Flows.ChatCrowd;
using static Contacts.Tests.Intake.Flows.FlowPieces;

namespace Contacts.Tests.Intake.Flows;

/// <summary>Conversations as guests have them.</summary>
public class ChatDeskTests
{
    public static TheoryData<Database> Databases => TestHouse.Databases;

    [Theory, MemberData(nameof(Databases))]
    public async Task A_conversation_is_one_entry_with_answers_route_and_what_was_said(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var wish = AskOneOf("wish", "Sales", "Help") with { Rules = [If("wish", FlowTest.Is, "Help", "help")] };
        await PublishAsync(house, [Say("hello"), wish, .. FlowCrowd.Who, End("sales"), Ask("help"), End("helped")]);
        var page = await OpenAsync(house, new FlowArrival(FlowDesk.NewToken()) { Page = "https://acme.example/pricing" });

        var done = await FlowCrowd.AnswerAsync(house, page, "Sales", "Ada Lovelace", "ada@example.com");

        string[] said = ["Bot: Hello", "Bot: wish", "Guest: Sales", "Bot: your name", "Guest: Ada Lovelace", "Bot: your email", "Guest: ada@example.com", "Bot: sales"];
        Assert.Equal(["Bot: Hello", "Bot: wish"], Said(page.Lines));
        Assert.Equal((true, false), (done.IsClosed, page.IsClosed));
        Assert.Equal(said, Said(done.Lines));
        Assert.Equal(said, Said((await OpenAsync(house, page.Arrival)).Lines)); // after a reload
        var contact = Assert.Single(await house.ContactsAsync());
        var entry = Assert.Single(await house.EntriesAsync(contact.Id));
        Assert.Equal((ActivityKind.ConversationClosed, "Talk", SourceKind.Chatbot, "Ada", "ada@example.com"), (entry.Kind, entry.Title, entry.Source.Kind, contact.FirstName, contact.Email));
        Assert.Equal(["Sales", "Ada Lovelace", "ada@example.com"], entry.Answers.Select(a => a.Value));
        Assert.StartsWith("Began on https://acme.example/pricing\nAfter “wish” no rule holds: “your name”\n\nAcme: Hello\nAcme: wish\nGuest: Sales\n", entry.Text, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Answers_to_dates_times_and_choices_are_said_as_people_say_them(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await PublishAsync(house, Ask("day", "date"), Ask("time", "time"), Ask("moment", "date_time"), Ask("more") with { Required = false }, End("end"));

        var done = await FlowCrowd.AnswerAsync(house, await OpenAsync(house, new FlowArrival(FlowDesk.NewToken()) { TimeZone = "Europe/Berlin" }), "2027-03-01", "9:05", "2027-03-01T10:00", "");

        Assert.Equal(["1 March 2027", "09:05", "1 March 2027, 10:00", "(skipped)"], done.Lines.Where(l => l.By == ChatVoice.Guest).Select(l => l.Text));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_conversation_that_went_quiet_is_over_after_ten_minutes_and_who_gives_an_email_later_is_the_same_guest(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await PublishAsync(house, [Ask("why"), .. FlowCrowd.Who, End("end")]);
        var left = await FlowCrowd.AnswerAsync(house, await OpenAsync(house), "Just looking");
        var leavers = house.Get<FlowLeavers>();
        house.Clock.Advance(FlowLeavers.ChatPatience - TimeSpan.FromMinutes(1));
        Assert.Equal(0, await leavers.SettleAsync());
        house.Clock.Advance(TimeSpan.FromMinutes(2));

        Assert.Equal((1, 0), (await leavers.SettleAsync(), await leavers.SettleAsync()));

        var quiet = await OpenAsync(house, left.Arrival);
        Assert.Equal((true, "The conversation was closed"), (quiet.IsClosed, quiet.Lines[^1].Text));
        var nobody = Assert.Single(await house.ContactsAsync());
        Assert.Equal(ActivityKind.ConversationAbandoned, Assert.Single(await house.EntriesAsync(nobody.Id)).Kind);
        await house.Get<FlowDesk>().AnswerAsync(quiet, quiet.Question!.Step.Key, quiet.Turn, "Ada"); // too late: it changes nothing
        await FlowCrowd.AnswerAsync(house, await OpenAsync(house, new FlowArrival(FlowDesk.NewToken()) { Earlier = left.Arrival.Token }), "Me again", "Ada", "ada@example.com");

        var ada = (await house.ContactsAsync()).Single(c => c.MergedIntoId is null);
        Assert.Equal(("ada@example.com", ada.Id), (ada.Email, (await house.ContactsAsync()).Single(c => c.Id == nobody.Id).MergedIntoId));
        Assert.Equal([ActivityKind.ConversationAbandoned, ActivityKind.ConversationClosed, ActivityKind.Merged],
            (await house.ReadAsync(db => db.Entries.OrderBy(e => e.Id).ToListAsync())).Select(e => e.Kind));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task An_earlier_conversation_of_somebody_with_a_name_stays_theirs(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await PublishAsync(house, [.. FlowCrowd.Who, End("end")]);
        var ada = await FlowCrowd.AnswerAsync(house, await OpenAsync(house), "Ada", "ada@example.com");

        await FlowCrowd.AnswerAsync(house, await OpenAsync(house, new FlowArrival(FlowDesk.NewToken()) { Earlier = ada.Arrival.Token }), "Bob", "bob@example.com");

        Assert.All(await house.ContactsAsync(), contact => Assert.Null(contact.MergedIntoId));
        Assert.Equal(2, (await house.ContactsAsync()).Count);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Who_turned_out_to_be_an_earlier_guest_is_not_joined_to_the_next_at_that_browser(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await PublishAsync(house, [Ask("why"), .. FlowCrowd.Who, End("end")]);
        var left = await FlowCrowd.AnswerAsync(house, await OpenAsync(house), "Just looking");
        house.Clock.Advance(FlowLeavers.ChatPatience + TimeSpan.FromMinutes(1));
        await house.Get<FlowLeavers>().SettleAsync();
        var nobody = Assert.Single(await house.ContactsAsync());
        await FlowCrowd.AnswerAsync(house, await OpenAsync(house), "Hello", "Ada", "ada@example.com");
        await house.MergeAsync((await house.ContactsAsync()).Single(c => c.Email is not null).Id, nobody.Id);

        await FlowCrowd.AnswerAsync(house, await OpenAsync(house, new FlowArrival(FlowDesk.NewToken()) { Earlier = left.Arrival.Token }), "Me", "Bob", "bob@example.com");

        Assert.Null((await house.ContactsAsync()).Single(c => c.Id == nobody.Id).MergedIntoId);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task What_was_said_is_mailed_to_whom_the_bot_is_set_to(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var flow = await PublishAsync(house, [.. FlowCrowd.Who, End("end")]);
        await FlowCrowd.AnswerAsync(house, await OpenAsync(house), "Eve", "eve@example.com");
        await house.Get<FlowBook>().ShowAsync(house.Admin, flow.Id, new ChatSettings { BotName = "Robin", MailsGuest = true, MailsUsers = [house.Member.UserId!.Value] });

        await FlowCrowd.AnswerAsync(house, await OpenAsync(house), "Ada", "ada@example.com");

        var mails = await house.ReadAsync(db => db.OutgoingMails.OrderBy(m => m.Id).ToListAsync());
        Assert.Equal(["Talk: Ada", "Your conversation with Acme"], mails.Select(m => m.Subject));
        Assert.Equal("ada@example.com", mails[1].ToAddress);
        Assert.All(mails, mail => Assert.Contains("Robin: your name\nGuest: Ada\n", mail.Text, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("pages", "pricing")]
    [InlineData("pages", "/a page")]
    [InlineData("after", null)]
    [InlineData("bot_name", null)]
    public async Task Settings_that_make_no_sense_are_refused_at_their_place(string param, string? page)
    {
        await using var house = await TestHouse.OpenAsync(Database.Sqlite);
        var flow = await PublishAsync(house, [.. FlowCrowd.Who, End("end")]);
        var wrong = new ChatSettings { Pages = page is null ? [] : [page], Opens = ChatOpening.Scroll, After = param == "after" ? 101 : 50, BotName = param == "bot_name" ? new string('x', 61) : null };

        Assert.Equal(param, (await Assert.ThrowsAsync<RuleException>(() => house.Get<FlowBook>().ShowAsync(house.Admin, flow.Id, wrong))).Param);
        Assert.Equal(new FlowEdit("x").Sites, string.Join('\n', (await house.Get<FlowBook>().FindAsync(house.Admin, flow.Id))!.Sites));
        Assert.Equal("sites", (await Assert.ThrowsAsync<RuleException>(() => house.Get<FlowBook>().DescribeAsync(house.Admin, flow.Id, new FlowEdit("Talk", Sites: "acme.example; script-src *")))).Param);
    }
}
