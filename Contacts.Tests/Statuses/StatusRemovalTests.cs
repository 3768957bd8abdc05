using Contacts.Core;
using Contacts.Core.Activity;
using Contacts.Core.Intake.Booking;
using Contacts.Core.People;
using Contacts.Core.People.Bulk;
using Contacts.Core.People.Lists;
using Contacts.Core.People.Views;
using Contacts.Core.Statuses;
using Contacts.Tests.Support;

namespace Contacts.Tests.Statuses;

public sealed class StatusRemovalTests
{
    private static readonly Source ByHand = new(SourceKind.User, "Iris Ritter");

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task Its_contacts_move_on_each_with_an_entry_and_the_rest_closes_up(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var all = await StatusesAsync(house);
        const int Guests = ContactRewrite.Chunk + 5;
        for (var n = 0; n < Guests; n++) await AddAsync(house, $"guest{n}@example.com", all[0].Id);
        var elsewhere = await AddAsync(house, "other@example.com", all[2].Id);
        var told = new List<int>();

        Assert.Equal(Guests, await Removal(house).CountAsync(house.Admin, all[0].Id));
        await Removal(house).RemoveAsync(house.Admin, all[0].Id, all[1].Id, new Told(told));

        Assert.Equal([ContactRewrite.Chunk, Guests], told);
        Assert.Equal([("Marketing qualified", 1), ("Sales qualified", 2), ("Disqualified", 3)], (await StatusesAsync(house)).Select(s => (s.Name, s.Position)));
        var contacts = await house.ContactsAsync();
        Assert.Equal(Guests, contacts.Count(c => c.StatusId == all[1].Id));
        Assert.Equal((all[2].Id, 1), (contacts.Single(c => c.Id == elsewhere.Id).StatusId!.Value, contacts.Single(c => c.Id == elsewhere.Id).Version));
        var entry = (await house.EntriesAsync(contacts[0].Id))[^1];
        Assert.Equal((ActivityKind.StatusChanged, house.Admin.UserId, true), (entry.Kind, entry.ActorId, entry.MovesStatus));
        Assert.Equal([new FieldChange("status", "Qualified", "Marketing qualified")], entry.Changes);
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task Its_contacts_may_be_left_without_a_status_and_those_in_the_bin_go_too(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var all = await StatusesAsync(house);
        var (kept, deleted) = (await AddAsync(house, "a@example.com", all[0].Id), await AddAsync(house, "b@example.com", all[0].Id));
        await house.Book.DeleteAsync(house.Admin, deleted.Id);

        Assert.Equal(1, await Removal(house).CountAsync(house.Admin, all[0].Id));
        await Removal(house).RemoveAsync(house.Admin, all[0].Id, null);

        Assert.All(await house.ContactsAsync(), c => Assert.Null(c.StatusId));
        Assert.Equal(house.Now, (await house.Book.FindAsync(house.Member, kept.Id))!.StatusAt);
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task Sources_that_set_it_and_new_contacts_follow(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var all = await StatusesAsync(house);
        await house.Get<StatusList>().EditAsync(house.Admin, all[0].Id, new StatusEdit("Qualified", IsDefault: true));
        var calendar = await house.Get<BookingCalendars>().CreateAsync(house.Admin,
            new CalendarEdit { Name = "Intro call", HostId = house.Owner.UserId!.Value, StatusId = all[0].Id, StatusForwardOnly = true });

        await Removal(house).RemoveAsync(house.Admin, all[0].Id, all[1].Id);

        var after = (await house.Get<BookingCalendars>().FindAsync(house.Member, calendar.Id))!;
        Assert.Equal((all[1].Id, true), (after.StatusId!.Value, after.StatusForwardOnly));
        Assert.Equal(all[1].Id, Assert.Single(await StatusesAsync(house), s => s.IsDefault).Id);
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task A_saved_view_goes_on_to_the_status_that_replaces_it(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var (all, views) = (await StatusesAsync(house), house.Get<SavedViews>());
        var (gone, next) = (FilterFields.StatusKey(all[0].Id), FilterFields.StatusKey(all[1].Id));
        var (_, stranger, _, _) = await house.AddAccountAsync("Globex");
        foreach (var (name, filter) in new[]
        {
            ("One", $"all~status.is.{gone}~city.has.{gone}"), ("Several", $"any~all~status.in.{next}.{gone}~city.empty~end~own-status.is.{gone}"), ("Others", $"all~status.not.{next}"), ("Whole", null),
        })
            await views.CreateAsync(house.Member, name, false, ViewSettings.Plain with { Filter = filter, Sort = "-name" });
        await views.CreateAsync(stranger, "Theirs", false, ViewSettings.Plain with { Filter = $"all~status.is.{gone}" });
        var told = 0;
        using var listening = house.Get<ChangeFeed>().ListenToViews(house.Account.Id, () => told++);

        await Removal(house).RemoveAsync(house.Admin, all[0].Id, all[1].Id);

        Assert.Equal(
            [("One", $"all~status.is.{next}~city.has.{gone}"), ("Others", $"all~status.not.{next}"), ("Several", $"any~all~status.in.{next}~city.empty~end~own-status.is.{gone}"), ("Whole", null)],
            (await views.ListAsync(house.Member)).Select(v => (v.Name, v.Settings.Filter)));
        Assert.Equal(("-name", 1), ((await views.ListAsync(house.Member))[0].Settings.Sort, told));
        Assert.Equal($"all~status.is.{gone}", Assert.Single(await views.ListAsync(stranger)).Settings.Filter);
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task A_view_on_a_status_that_nothing_replaces_shows_nobody_and_says_so(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var all = await StatusesAsync(house);
        await AddAsync(house, "ada@example.com", all[0].Id);
        await Removal(house).RemoveAsync(house.Admin, all[0].Id, null);

        var read = ContactFilter.Read($"all~status.is.{FilterFields.StatusKey(all[0].Id)}", await house.Get<ContactFinder>().FieldsAsync(house.Member));

        Assert.Empty((await house.Book.ListAsync(house.Member, new ContactQuery { Filter = read.Filter })).Items);
        Assert.Contains("The condition on Status has no value that can be used, so nobody matches it.", read.Notices);
        var run = await house.Get<BulkEdits>().RunAsync(house.Owner, ContactSelection.AllOf(new ContactQuery { Filter = read.Filter }), new BulkDelete());
        Assert.Equal(0, run.Changed);
        Assert.Single((await house.Book.ListAsync(house.Member, new ContactQuery())).Items);
    }

    [Fact]
    public async Task A_replacement_that_is_not_there_changes_nothing()
    {
        await using var house = await TestHouse.OpenAsync(Database.Sqlite);
        var all = await StatusesAsync(house);
        var ada = await AddAsync(house, "ada@example.com", all[0].Id);

        foreach (var replacement in new[] { all[0].Id, 987_654 })
            Assert.Equal("replacement", (await Assert.ThrowsAsync<RuleException>(() => Removal(house).RemoveAsync(house.Admin, all[0].Id, replacement))).Param);

        Assert.Equal(all[0].Id, (await house.Book.FindAsync(house.Member, ada.Id))!.StatusId);
        Assert.Equal(4, (await StatusesAsync(house)).Count);
    }

    private static StatusRemoval Removal(TestHouse house) => house.Get<StatusRemoval>();

    private static Task<IReadOnlyList<ContactStatus>> StatusesAsync(TestHouse house) => house.Get<StatusList>().ListAsync(house.Member);

    private static Task<Contact> AddAsync(TestHouse house, string email, long status) =>
        house.Book.AddAsync(house.Owner, new ContactEdit().SetName("Ada Lovelace").Set("email", email).MoveTo(status), ByHand);

    private sealed class Told(List<int> told) : IProgress<int>
    {
        public void Report(int value) => told.Add(value);
    }
}
