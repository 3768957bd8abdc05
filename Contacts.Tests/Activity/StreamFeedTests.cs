using Contacts.Core.Activity;
using Contacts.Core.Data;
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
    public async Task A_stream_that_is_open_for_long_keeps_a_few_pages_and_goes_on_below_them()
    {
        await using var house = await TestHouse.OpenAsync(Database.Sqlite);
        var ada = await house.AddAsync("Ada Lovelace");
        var feed = await ReadAsync(house, new StreamQuery());

        await HearAsync(house, feed, ada.Id, StreamFeed.Pages + 2);

        var all = (await house.EntriesAsync(ada.Id)).Select(e => e.Id).OrderDescending().ToList();
        Assert.Equal(all.Take(StreamFeed.Pages * ActivityStream.PageSize), feed.Entries.Select(e => e.Entry.Id));
        Assert.Equal((feed.Entries[^1].Entry.Id, null), (feed.Older, feed.Reached));
        while (feed.Older is not null) await feed.LoadOlderAsync();
        Assert.Equal(all, feed.Entries.Select(e => e.Entry.Id));
    }

    [Fact]
    public async Task What_somebody_loaded_stays_as_long_as_it_is_and_grows_no_more()
    {
        await using var house = await TestHouse.OpenAsync(Database.Sqlite);
        var ada = await house.AddAsync("Ada Lovelace");
        for (var n = 0; n < (StreamFeed.Pages + 3) * ActivityStream.PageSize; n++) await house.Book.AddNoteAsync(house.Owner, ada.Id, $"Note {n}", MergeHouse.ByHand);
        var feed = await ReadAsync(house, new StreamQuery());
        for (var n = 0; n <= StreamFeed.Pages; n++) await feed.LoadOlderAsync();
        var loaded = feed.Entries.Count;
        Assert.Equal((StreamFeed.Pages + 2) * ActivityStream.PageSize, loaded);

        await HearAsync(house, feed, ada.Id, 1);

        Assert.Equal((await house.EntriesAsync(ada.Id)).Select(e => e.Id).OrderDescending().Take(loaded), feed.Entries.Select(e => e.Entry.Id));
        Assert.Equal(feed.Entries[^1].Entry.Id, feed.Older);
    }

    [Fact]
    public async Task Older_activity_that_comes_when_what_it_was_to_stand_below_is_gone_is_not_shown()
    {
        await using var house = await TestHouse.OpenAsync(Database.Sqlite);
        var ada = await house.AddAsync("Ada Lovelace");
        for (var n = 0; n < 2 * ActivityStream.PageSize; n++) await house.Book.AddNoteAsync(house.Owner, ada.Id, $"Note {n}", MergeHouse.ByHand);
        StreamFeed? feed = null;
        var isOlder = false;
        var stream = new ActivityStream(new AccountDbs(() =>
        {
            if (isOlder)
            {
                isOlder = false;
                // Meanwhile more than a page has come.
                for (var n = 0; n < ActivityStream.PageSize + 3; n++) house.Book.AddNoteAsync(house.Owner, ada.Id, $"News {n}", MergeHouse.ByHand).GetAwaiter().GetResult();
                feed!.FollowAsync().GetAwaiter().GetResult();
            }
            return house.Dbs.OpenBeforeAccount();
        }));
        feed = new StreamFeed(stream, house.Member, new StreamQuery(), NullLogger.Instance);
        await feed.ReadAsync();

        isOlder = true;
        await feed.LoadOlderAsync();
        await feed.LoadOlderAsync();

        var all = (await house.EntriesAsync(ada.Id)).Select(e => e.Id).OrderDescending();
        Assert.Equal(all.Take(2 * ActivityStream.PageSize), feed.Entries.Select(e => e.Entry.Id));
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

    // Most of a page at a time, so that it joins what is shown.
    private static async Task HearAsync(TestHouse house, StreamFeed feed, long contactId, int times)
    {
        for (var time = 0; time < times; time++)
        {
            for (var n = 1; n < ActivityStream.PageSize; n++) await house.Book.AddNoteAsync(house.Owner, contactId, $"News {time}, {n}", MergeHouse.ByHand);
            await feed.FollowAsync();
        }
    }

    private static async Task<StreamFeed> ReadAsync(TestHouse house, StreamQuery query)
    {
        var feed = new StreamFeed(house.Get<ActivityStream>(), house.Member, query, NullLogger.Instance);
        await feed.ReadAsync();
        return feed;
    }
}
