using Contacts.Core.Activity;
using Contacts.Core.Data;
using Contacts.Core.Data.MadeUp;
using Contacts.Core.Erasure;
using Contacts.Core.Intake;
using Contacts.Core.People;
using Contacts.Tests.People.Merging;
using Contacts.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Contacts.Tests.People;

public sealed class ActivityStreamTests
{
    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task The_stream_reads_what_was_recorded_last_first_and_goes_on_by_key(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var (ada, grace) = (await house.AddAsync("Ada Lovelace"), await house.AddAsync("Grace Hopper"));
        // Reported today, happened a year ago: it is today's news.
        await house.Desk.ReceiveAsync(house.Account.Id, new Interaction(ActivityKind.FormSubmitted, new Source(SourceKind.Api, "Website"), "Contact us", house.Now.AddYears(-1)) { Contact = new ContactEdit().SetName("Old Friend").Set("email", "old@example.com") });
        for (var n = 1; n <= 3; n++) await house.Book.AddNoteAsync(house.Owner, n % 2 == 0 ? ada.Id : grace.Id, $"Note {n}", MergeHouse.ByHand);

        var first = await Stream(house).ReadAsync(house.Member, new StreamQuery(), take: 4);
        var second = await Stream(house).ReadAsync(house.Member, new StreamQuery(), first.Older, take: 4);

        Assert.Equal(["Grace Hopper Note 3", "Ada Lovelace Note 2", "Grace Hopper Note 1", "Old Friend "], Told(first));
        Assert.Equal(["Grace Hopper ", "Ada Lovelace "], Told(second));
        Assert.Null(second.Older);
        Assert.Null(first.Reached);
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task Every_filter_and_every_two_of_them_find_what_a_plain_walk_finds(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await house.Get<SampleData>().FillAsync(house.Owner, new MadeUpPlan(40));
        var contacts = (await house.ContactsAsync()).ToDictionary(c => c.Id);
        await house.MergeAsync(contacts.Values.First(c => c.OwnerId == house.Admin.UserId).Id, contacts.Values.First(c => c.OwnerId == house.Member.UserId).Id);
        contacts = (await house.ContactsAsync()).ToDictionary(c => c.Id);
        var all = await house.ReadAsync(db => db.Entries.OrderByDescending(e => e.Id).ToListAsync());

        List<StreamQuery> queries =
        [
            new(), .. Enum.GetValues<ActivityGroup>().Select(g => new StreamQuery(g)), .. Enum.GetValues<SourceKind>().Select(s => new StreamQuery(Source: s)),
            .. new[] { house.Owner, house.Admin, house.Member }.SelectMany(u => new[] { new StreamQuery(ActorId: u.UserId), new StreamQuery(OwnerId: u.UserId), new StreamQuery(ActivityGroup.Bookings, OwnerId: u.UserId), new StreamQuery(Source: SourceKind.User, ActorId: u.UserId) }),
        ];
        foreach (var query in queries)
        {
            var expected = all.Where(e => (query.Group is null || e.Kind.Group == query.Group) && (query.Source is null || e.Source.Kind == query.Source)
                && (query.ActorId is null || e.ActorId == query.ActorId) && (query.OwnerId is null || Speaker(e).OwnerId == query.OwnerId)).Select(e => e.Id);
            Assert.Equal(expected, await WalkAsync(house, query));
        }

        Contact Speaker(ActivityEntry entry) => contacts[contacts[entry.ContactId].MergedIntoId ?? entry.ContactId];
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task Single_sources_are_offered_as_far_back_as_a_filter_looks_and_filtered_by_name_and_kind(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        foreach (var (kind, name) in new[] { (SourceKind.BookingCalendar, "Intro call"), (SourceKind.Api, "ACME Zapier"), (SourceKind.Api, "Intro call"), (SourceKind.Api, ""), (SourceKind.BookingCalendar, "Intro call") })
            await house.Desk.ReceiveAsync(house.Account.Id, new Interaction(ActivityKind.FormSubmitted, new Source(kind, name), $"{kind} {name}", house.Now) { Contact = new ContactEdit().SetName("Ada Lovelace") });
        var ada = await house.AddAsync("Grace Hopper");
        var (_, stranger, _, _) = await house.AddAccountAsync("Other");

        Assert.Equal([new Source(SourceKind.BookingCalendar, "Intro call"), new Source(SourceKind.Api, "ACME Zapier"), new Source(SourceKind.Api, "Intro call")], await Stream(house).SourcesAsync(house.Member));
        Assert.Empty(await Stream(house).SourcesAsync(stranger));
        Assert.Equal(["BookingCalendar Intro call", "BookingCalendar Intro call"], await TitlesAsync(new StreamQuery(Source: SourceKind.BookingCalendar, SourceName: "Intro call")));
        Assert.Equal(["Api ACME Zapier"], await TitlesAsync(new StreamQuery(Source: SourceKind.Api, SourceName: "ACME Zapier")));
        Assert.Empty(await TitlesAsync(new StreamQuery(Source: SourceKind.Api, SourceName: "acme zapier")));
        await CoverAsync(house, ada, ActivityStream.Reach);
        Assert.Empty(await Stream(house).SourcesAsync(house.Member));

        async Task<IEnumerable<string>> TitlesAsync(StreamQuery query) => (await Stream(house).ReadAsync(house.Member, query)).Entries.Select(e => e.Entry.Title);
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task Merged_contacts_go_by_their_survivor_binned_ones_are_marked_and_erased_ones_are_gone(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var (ada, other, bob, carl) = (await house.AddAsync("Ada Lovelace"), await house.AddAsync("A. Byron"), await house.AddAsync("Bob Binned"), await house.AddAsync("Carl Erased"));
        await house.MergeAsync(ada, other);
        await house.Book.DeleteAsync(house.Admin, bob.Id);
        var before = await WalkAsync(house, new StreamQuery());
        await house.Get<ErasureDesk>().EraseAsync(house.Admin, carl.Id);

        var read = await Stream(house).ReadAsync(house.Member, new StreamQuery());
        var again = await Stream(house).ReadAgainAsync(house.Member, before);

        Assert.Equal(["Bob Binned", "Ada Lovelace", "Bob Binned", "Ada Lovelace", "Ada Lovelace"], read.Entries.Select(e => e.Contact.DisplayName));
        Assert.Equal(read.Entries.Select(e => (e.Entry.Id, e.Contact)), again.Select(e => (e.Entry.Id, e.Contact)));
        Assert.All(read.Entries, e => Assert.Equal(e.Contact.Id == bob.Id, e.Contact.IsBinned));
        Assert.DoesNotContain(read.Entries, e => e.Contact.Id == other.Id);
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task News_is_what_matches_and_came_since_the_last_look(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var ada = await house.AddAsync("Ada Lovelace");
        var notes = new StreamQuery(ActivityGroup.Notes);
        var page = await Stream(house).ReadAsync(house.Member, notes);
        Assert.Empty(page.Entries);

        await house.AddAsync("Grace Hopper");
        var none = await Stream(house).NewsAsync(house.Member, notes, page.Newest);
        await house.Book.AddNoteAsync(house.Owner, ada.Id, "Called", MergeHouse.ByHand);
        var one = await Stream(house).NewsAsync(house.Member, notes, none.Newest);

        Assert.Equal((0, 1), (none.Count, one.Count));
        Assert.Equal(2, (await Stream(house).NewsAsync(house.Member, new StreamQuery(), page.Newest)).Count);
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task A_filter_that_finds_little_stops_says_how_far_it_came_and_goes_on_from_there(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var ada = await house.AddAsync("Ada Lovelace");
        await house.Book.AddNoteAsync(house.Owner, ada.Id, "The needle", MergeHouse.ByHand);
        await CoverAsync(house, ada, ActivityStream.Reach);

        var first = await Stream(house).ReadAsync(house.Member, new StreamQuery(ActivityGroup.Notes));
        var second = await Stream(house).ReadAsync(house.Member, new StreamQuery(ActivityGroup.Notes), first.Older);

        Assert.Empty(first.Entries);
        Assert.Equal(house.Now, first.Reached);
        Assert.Equal("The needle", Assert.Single(second.Entries).Entry.Text);
        Assert.Null(second.Older);
        Assert.Null(second.Reached);
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task Another_account_reads_nothing(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var ada = await house.AddAsync("Ada Lovelace");
        var (_, stranger, _, _) = await house.AddAccountAsync("Other");
        var entries = (await house.EntriesAsync(ada.Id)).ConvertAll(e => e.Id);

        Assert.Empty((await Stream(house).ReadAsync(stranger, new StreamQuery())).Entries);
        Assert.Empty(await Stream(house).ReadAgainAsync(stranger, entries));
        Assert.Equal(0, (await Stream(house).NewsAsync(stranger, new StreamQuery(), 0)).Count);
    }

    [Fact]
    public async Task Made_up_activity_stands_in_the_order_it_happened()
    {
        await using var house = await TestHouse.OpenAsync(Database.Sqlite);
        await house.Get<SampleData>().FillAsync(house.Owner, new MadeUpPlan(40));

        var times = (await Stream(house).ReadAsync(house.Member, new StreamQuery(), take: 200)).Entries.Select(e => e.Entry.At).ToList();

        Assert.Equal(times.OrderDescending(), times);
    }

    [Fact]
    public async Task A_page_is_found_by_the_index_however_deep()
    {
        await using var house = await TestHouse.OpenAsync(Database.Sqlite);
        await house.AddAsync("Ada Lovelace");
        using var queries = new SqlRecord(house.Get<ILoggerFactory>());
        await Stream(house).ReadAsync(house.Member, new StreamQuery(), before: 500_000);
        var statements = queries.Sent.Select(sent => sent[sent.IndexOf("SELECT", StringComparison.Ordinal)..]).Where(sql => sql.Contains("\"Entries\"", StringComparison.Ordinal)).ToList();

        var plans = await house.ReadAsync(async db =>
        {
            var read = new List<string>();
            foreach (var sql in statements) read.AddRange(await QueryPlan.OfAsync(db, sql));
            return read;
        });

        Assert.Equal(["SEARCH e USING COVERING INDEX IX_Entries_AccountId_Id (AccountId=?)", "SEARCH e USING INDEX IX_Entries_AccountId_Id (AccountId=? AND Id<?)"], plans);
    }

    [Fact]
    public async Task A_single_source_and_the_choice_of_them_walk_the_index_within_reach()
    {
        await using var house = await TestHouse.OpenAsync(Database.Sqlite);
        var ada = await house.AddAsync("Ada Lovelace");
        await CoverAsync(house, ada, ActivityStream.Reach + 1);
        using var queries = new SqlRecord(house.Get<ILoggerFactory>());
        await Stream(house).ReadAsync(house.Member, new StreamQuery(Source: SourceKind.Api, SourceName: "ACME Zapier"));
        await Stream(house).SourcesAsync(house.Member);
        var statements = queries.Sent.Select(sent => sent[sent.IndexOf("SELECT", StringComparison.Ordinal)..]).Where(sql => sql.Contains("\"SourceName\"", StringComparison.Ordinal)).ToList();

        var plans = await house.ReadAsync(async db =>
        {
            var read = new List<string>();
            foreach (var sql in statements) read.AddRange(await QueryPlan.OfAsync(db, sql));
            return read;
        });

        Assert.Equal(2, statements.Count);
        Assert.Equal(2, plans.Count(plan => plan.StartsWith("SEARCH e USING INDEX IX_Entries_AccountId_Id (AccountId=? AND Id>", StringComparison.Ordinal)));
        Assert.DoesNotContain(plans, plan => plan.StartsWith("SCAN", StringComparison.Ordinal));
    }

    private static ActivityStream Stream(TestHouse house) => house.Get<ActivityStream>();

    private static IEnumerable<string> Told(StreamPage page) => page.Entries.Select(e => $"{e.Contact.DisplayName} {e.Entry.Text}");

    private static async Task<List<long>> WalkAsync(TestHouse house, StreamQuery query)
    {
        var seen = new List<long>();
        for (long? before = null; ;)
        {
            var page = await Stream(house).ReadAsync(house.Member, query, before, take: 7);
            seen.AddRange(page.Entries.Select(e => e.Entry.Id));
            if (page.Older is null) return seen;
            before = page.Older;
        }
    }

    // As many entries of another kind on top.
    private static async Task CoverAsync(TestHouse house, Contact contact, int count)
    {
        await using var db = house.Dbs.Open(house.Account.Id);
        await using var transaction = await db.Database.BeginTransactionAsync();
        var entries = (await db.ReserveIdsAsync("Entries", count)).Select((id, i) => new ActivityEntry(house.Account.Id, ActivityKind.Edited, "", MergeHouse.ByHand, house.Owner, house.Now, house.Now) { Id = id, ContactId = contact.Id, Number = 100 + i }).ToList();
        await BulkInsert.InsertAsync(db, entries);
        await transaction.CommitAsync();
    }
}
