using Contacts.Core.Accounts;
using Contacts.Core.Activity;
using Contacts.Core.Fields;
using Contacts.Core.People;
using Contacts.Tests.Support;

namespace Contacts.Tests.Activity;

public sealed class ActivityLogTests
{
    private static readonly Source ByHand = new(SourceKind.User, "Iris Ritter");

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task History_reads_newest_first_and_goes_on_from_an_entry(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var contact = await AddAsync(house);
        for (var n = 1; n <= 5; n++) await NoteAsync(house, contact, $"Note {n}");

        var newest = await house.Get<ActivityLog>().ReadAsync(house.Member, contact.Id, take: 4);
        var older = await house.Get<ActivityLog>().ReadAsync(house.Member, contact.Id, before: newest.Entries[^1].Id, take: 4);

        Assert.Equal(["Note 5", "Note 4", "Note 3", "Note 2"], newest.Entries.Select(e => e.Text));
        Assert.True(newest.HasOlder);
        Assert.Equal(["Note 1", null], older.Entries.Select(e => e.Text));
        Assert.False(older.HasOlder);
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task Entries_of_the_same_moment_are_neither_lost_nor_shown_twice(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var contact = await AddAsync(house);
        for (var n = 0; n < 4; n++) await house.Book.AddNoteAsync(house.Owner, contact.Id, "Same moment", ByHand);

        var seen = new List<long>();
        for (long? before = null; ;)
        {
            var page = await house.Get<ActivityLog>().ReadAsync(house.Member, contact.Id, before: before, take: 2);
            seen.AddRange(page.Entries.Select(e => e.Id));
            if (!page.HasOlder) break;
            before = seen[^1];
        }

        Assert.Equal(5, seen.Distinct().Count());
        Assert.Equal(5, seen.Count);
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task A_filter_shows_only_its_kinds(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var contact = await AddAsync(house);
        await NoteAsync(house, contact, "Called back");

        var notes = await house.Get<ActivityLog>().ReadAsync(house.Member, contact.Id, ActivityGroup.Notes);
        var changes = await house.Get<ActivityLog>().ReadAsync(house.Member, contact.Id, ActivityGroup.Changes);

        Assert.Equal("Called back", Assert.Single(notes.Entries).Text);
        Assert.Equal(ActivityKind.Created, Assert.Single(changes.Entries).Kind);
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task A_value_tells_who_set_it_and_through_what(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var added = await AddAsync(house);
        house.Clock.Advance(TimeSpan.FromHours(1));
        var contact = await house.Book.EditAsync(house.Member, added.Id, new ContactEdit().Set(SystemFields.Company, "Alpenglow"), new Source(SourceKind.Api, "Website"));

        var origins = await house.Get<ActivityLog>().OriginsAsync(house.Member, contact.Id, [.. contact.Values.Values.Select(v => (v.Entry, v.At))]);

        var company = origins[contact.Values[SystemFields.Company].Entry];
        Assert.Equal(new Source(SourceKind.Api, "Website"), company.Source);
        Assert.Equal(house.Member.Name, company.ActorName);
        Assert.Equal(house.Now, company.At);
        Assert.Equal(house.Owner.Name, origins[contact.Values[SystemFields.Email].Entry].ActorName);
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task Another_account_reads_nothing(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var contact = await AddAsync(house);
        var (_, stranger, _, _) = await house.AddAccountAsync("Other");

        var page = await house.Get<ActivityLog>().ReadAsync(stranger, contact.Id);

        Assert.Empty(page.Entries);
        Assert.Empty(await house.Get<ActivityLog>().OriginsAsync(stranger, contact.Id, [(1, house.Now)]));
    }

    private static Task<Contact> AddAsync(TestHouse house) =>
        house.Book.AddAsync(house.Owner, new ContactEdit().SetName("Ada Lovelace").Set(SystemFields.Email, "ada@example.com"), ByHand);

    private static async Task NoteAsync(TestHouse house, Contact contact, string text)
    {
        house.Clock.Advance(TimeSpan.FromMinutes(1));
        await house.Book.AddNoteAsync(house.Owner, contact.Id, text, ByHand);
    }
}
