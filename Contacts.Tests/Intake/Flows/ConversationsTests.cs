using Contacts.Core;
using Contacts.Core.Activity;
using Contacts.Core.Intake.Flows;
using Contacts.Tests.Support;
using static Contacts.Tests.Intake.Flows.ChatCrowd;
using static Contacts.Tests.Intake.Flows.FlowPieces;

namespace Contacts.Tests.Intake.Flows;

/// <summary>Conversations as the team sees them.</summary>
public class ConversationsTests
{
    public static TheoryData<Database> Databases => TestHouse.Databases;

    [Theory, MemberData(nameof(Databases))]
    public async Task Somebody_takes_a_conversation_over_writes_hands_it_back_and_ends_it(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await PublishAsync(house, [Ask("why"), .. FlowCrowd.Who, End("end")]);
        var chats = house.Get<Conversations>();
        var page = await FlowCrowd.AnswerAsync(house, await OpenAsync(house), "A question", "Ada");
        var id = Assert.Single(await chats.ListAsync(house.Member)).Run.Id;

        await chats.TakeOverAsync(house.Member, id);
        await chats.SayAsync(house.Member, id, "Hello Ada");
        var taken = await SayAsync(house, page, "Hello!");
        var late = await house.Get<FlowDesk>().AnswerAsync(page, page.Question!.Step.Key, page.Turn, "an answer to the bot");
        await chats.HandBackAsync(house.Member, id);
        var back = await OpenAsync(house, page.Arrival);
        var toNobody = await SayAsync(house, page, "Still there?");

        Assert.Equal((true, false), (taken.IsTaken, back.IsTaken));
        Assert.Equal(["Event: Mei has joined", "Person: Hello Ada", "Guest: Hello!", "Guest: an answer to the bot", "Event: Mei has left", "Bot: your email"], Said(back.Lines)[5..]);
        Assert.Equal("Guest: Still there?", Said(toNobody.Lines)[^1]);
        Assert.Equal(late.Lines.Count, back.Lines.Count - 2);
        await chats.TakeOverAsync(house.Owner, id);
        await chats.EndAsync(house.Owner, id);

        Assert.Empty(await chats.ListAsync(house.Member));
        Assert.True((await OpenAsync(house, page.Arrival)).IsClosed);
        var contact = Assert.Single(await house.ContactsAsync());
        var entry = Assert.Single(await house.EntriesAsync(contact.Id));
        Assert.Equal((ActivityKind.ConversationClosed, "Ada", 2), (entry.Kind, contact.FirstName, entry.Answers.Count));
        Assert.Contains("Mei has joined\nMei: Hello Ada\nGuest: Hello!", entry.Text, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Nobody_writes_in_somebody_elses_conversation_or_in_one_that_is_over(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await PublishAsync(house, Ask("why"), Ask("more"), End("end"));
        var chats = house.Get<Conversations>();
        await FlowCrowd.AnswerAsync(house, await OpenAsync(house), "A question");
        var id = (await chats.ListAsync(house.Member))[0].Run.Id;

        await Assert.ThrowsAsync<RuleException>(() => chats.SayAsync(house.Member, id, "Hello"));
        await chats.TakeOverAsync(house.Owner, id);
        await Assert.ThrowsAsync<RuleException>(() => chats.SayAsync(house.Member, id, "Hello"));
        Assert.Equal("message", (await Assert.ThrowsAsync<RuleException>(() => chats.SayAsync(house.Owner, id, " "))).Param);
        Assert.Equal("message", (await Assert.ThrowsAsync<RuleException>(() => chats.SayAsync(house.Owner, id, new string('x', 2001)))).Param);
        await chats.EndAsync(house.Member, id);
        foreach (var act in new Func<Task>[] { () => chats.TakeOverAsync(house.Owner, id), () => chats.SayAsync(house.Owner, id, "Hello"), () => chats.EndAsync(house.Owner, id) })
            Assert.Equal("The conversation is over.", (await Assert.ThrowsAsync<RuleException>(act)).Message);
        Assert.Single(await house.EntriesAsync(Assert.Single(await house.ContactsAsync()).Id));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task What_is_said_through_another_process_reaches_who_waits_here(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await using var neighbour = house.OpenNeighbour();
        await PublishAsync(house, Ask("why"), Ask("more"), End("end"));
        var page = await FlowCrowd.AnswerAsync(house, await OpenAsync(house), "A question");
        var (feed, id, heard) = (house.Get<ChatFeed>(), (await house.Get<Conversations>().ListAsync(house.Member))[0].Run.Id, new List<long>());
        using var listening = feed.Listen(house.Account.Id, heard.Add);
        await feed.LookAsync();
        heard.Clear();
        var waits = feed.WaitAsync(house.Account.Id, id, async () => (await house.Get<FlowDesk>().NewsAsync(house.Account.Slug, page.Arrival.Token))?.Lines > page.Lines.Count, TimeSpan.FromMinutes(1));
        await feed.LookAsync(); // nothing was said meanwhile
        Assert.Equal((false, 0), (waits.IsCompleted, heard.Count));

        await neighbour.Get<Conversations>().TakeOverAsync(house.Member, id);
        await feed.LookAsync();

        Assert.True(await waits);
        Assert.Equal([id], heard);
        Assert.Equal("Mei has joined", (await OpenAsync(house, page.Arrival)).Lines[^1].Text);
    }

    [Fact]
    public async Task Who_has_heard_already_what_is_said_waits_on()
    {
        await using var house = await TestHouse.OpenAsync(Database.Sqlite);
        var (feed, looks, isThere) = (house.Get<ChatFeed>(), new SemaphoreSlim(0), false);
        var waits = feed.WaitAsync(house.Account.Id, 1, () =>
        {
            looks.Release();
            return Task.FromResult(isThere);
        }, TimeSpan.FromSeconds(25));
        await looks.WaitAsync(TestContext.Current.CancellationToken);

        feed.Publish(house.Account.Id, 1);
        await looks.WaitAsync(TestContext.Current.CancellationToken);
        Assert.False(waits.IsCompleted);

        isThere = true;
        feed.Publish(house.Account.Id, 1);
        Assert.True(await waits);
    }

    [Fact]
    public async Task Who_waits_in_vain_is_told_so_and_leaves_nothing_behind()
    {
        await using var house = await TestHouse.OpenAsync(Database.Sqlite);
        var feed = house.Get<ChatFeed>();

        var waits = feed.WaitAsync(house.Account.Id, 1, () => Task.FromResult(false), TimeSpan.FromSeconds(25));
        house.Clock.Advance(TimeSpan.FromSeconds(26));

        Assert.False(await waits);
        Assert.True(await feed.WaitAsync(house.Account.Id, 1, () => Task.FromResult(true), TimeSpan.FromSeconds(25)));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_contact_shows_that_it_is_chatting(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await PublishAsync(house, [.. FlowCrowd.Who, Ask("why"), End("end")]);
        await FlowCrowd.AnswerAsync(house, await OpenAsync(house), "Ada", "ada@example.com", "First");
        var ada = Assert.Single(await house.ContactsAsync());
        await FlowCrowd.AnswerAsync(house, await OpenAsync(house), "Bob", "bob@example.com");
        Assert.Empty(await house.Get<Conversations>().OfContactAsync(house.Member, ada.Id));

        await FlowCrowd.AnswerAsync(house, await OpenAsync(house), "Ada", "ADA@example.com");

        var chat = Assert.Single(await house.Get<Conversations>().OfContactAsync(house.Member, ada.Id));
        Assert.Equal(ada.Id, (await house.Get<Conversations>().FindAsync(house.Member, chat.Run.Id))!.ContactId);
    }
}
