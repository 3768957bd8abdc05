using Contacts.Core.Activity;
using Contacts.Core.People;
using Contacts.Tests.People.Merging;
using Contacts.Tests.Support;
using Contacts.Web.Activity;
using Microsoft.Extensions.Logging.Abstractions;

namespace Contacts.Tests.Activity;

public sealed class StreamFeedTests
{
    [Fact]
    public async Task News_adds_up_while_somebody_reads_and_what_does_not_match_is_none()
    {
        await using var house = await TestHouse.OpenAsync(Database.Sqlite);
        var ada = await house.AddAsync("Ada Lovelace");
        var feed = await ReadAsync(house, new StreamQuery(ActivityGroup.Notes));
        feed.IsReading = true;

        var counts = new List<int>();
        foreach (var text in new[] { "One", null, "Two" })
        {
            if (text is null) await house.AddAsync("Grace Hopper");
            else await house.Book.AddNoteAsync(house.Owner, ada.Id, text, MergeHouse.ByHand);
            await feed.FollowAsync();
            counts.Add(feed.News);
        }
        feed.IsReading = false;
        await feed.FollowAsync();

        Assert.Equal([1, 1, 2], counts);
        Assert.Equal(["Two", "One"], feed.Entries.Select(e => e.Entry.Text));
        Assert.Equal(0, feed.News);
    }

    [Fact]
    public async Task More_news_than_a_page_takes_the_place_of_what_was_shown_and_nothing_is_left_out_below()
    {
        await using var house = await TestHouse.OpenAsync(Database.Sqlite);
        var ada = await house.AddAsync("Ada Lovelace");
        var feed = await ReadAsync(house, new StreamQuery());
        for (var n = 0; n < ActivityStream.PageSize + 3; n++) await house.Book.AddNoteAsync(house.Owner, ada.Id, $"Note {n}", MergeHouse.ByHand);

        await feed.FollowAsync();
        await feed.LoadOlderAsync();

        var all = (await house.EntriesAsync(ada.Id)).Select(e => e.Id).OrderDescending();
        Assert.Equal(all, feed.Entries.Select(e => e.Entry.Id));
        Assert.Null(feed.Older);
    }

    [Fact]
    public async Task A_change_of_a_contact_that_is_shown_reads_it_anew()
    {
        await using var house = await TestHouse.OpenAsync(Database.Sqlite);
        var ada = await house.AddAsync("Ada Lovelace");
        var feed = await ReadAsync(house, new StreamQuery(ActivityGroup.Changes));
        await house.Book.EditAsync(house.Owner, ada.Id, new ContactEdit().SetName("Ada King"), MergeHouse.ByHand);

        Assert.True(feed.Hear(new ContactChange(house.Account.Id, ada.Id, null)));
        await feed.FollowAsync();

        Assert.All(feed.Entries, e => Assert.Equal("Ada King", e.Contact.DisplayName));
    }

    [Fact]
    public async Task A_database_that_does_not_answer_is_told_and_asked_again()
    {
        await using var house = await TestHouse.OpenAsync(Database.Sqlite);
        var ada = await house.AddAsync("Ada Lovelace");
        for (var n = 0; n < ActivityStream.PageSize; n++) await house.Book.AddNoteAsync(house.Owner, ada.Id, $"Note {n}", MergeHouse.ByHand);
        StreamFeed feed;
        await using (await house.WithoutAsync("Entries"))
        {
            feed = await ReadAsync(house, new StreamQuery());
            Assert.Equal((true, false), (feed.HasFailed, feed.IsRead));
        }
        await feed.FollowAsync();
        Assert.Equal((false, true, ActivityStream.PageSize), (feed.HasFailed, feed.IsRead, feed.Entries.Count));

        await using (await house.WithoutAsync("Entries"))
        {
            await feed.LoadOlderAsync();
            Assert.Equal((true, false, ActivityStream.PageSize), (feed.HasNoOlder, feed.IsBusy, feed.Entries.Count));
            await feed.ShowNewsAsync();
            Assert.True(feed.HasFailed);
        }
        await feed.LoadOlderAsync();
        Assert.Equal((false, false, ActivityStream.PageSize + 1), (feed.HasNoOlder, feed.IsBusy, feed.Entries.Count));
    }

    private static async Task<StreamFeed> ReadAsync(TestHouse house, StreamQuery query)
    {
        var feed = new StreamFeed(house.Get<ActivityStream>(), house.Member, query, NullLogger.Instance);
        await feed.ReadAsync();
        return feed;
    }
}
