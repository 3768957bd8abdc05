using Contacts.Core;
using Contacts.Core.Activity;
using Contacts.Core.People;
using Contacts.Core.People.Merging;
using Contacts.Core.Statuses;
using Contacts.Tests.Support;

namespace Contacts.Tests.Statuses;

public sealed class StatusHistoryTests
{
    private static readonly Source ByHand = new(SourceKind.User, "Iris Ritter");

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task Each_stay_has_its_time_its_author_and_its_reason(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var all = await house.Get<StatusList>().ListAsync(house.Member);
        var start = house.Now;
        var ada = await house.Book.AddAsync(house.Owner, new ContactEdit().SetName("Ada Lovelace").MoveTo(all[0].Id), ByHand);
        house.Clock.Advance(TimeSpan.FromDays(2));
        await house.Book.AddNoteAsync(house.Owner, ada.Id, "No move", ByHand);
        await house.Book.MoveToAsync(house.Member, ada.Id, all[3].Id, new Source(SourceKind.Api, "Website"));
        await house.Book.ExplainAsync(house.Member, ada.Id, " No budget ", ByHand);
        house.Clock.Advance(TimeSpan.FromDays(1));
        await house.Book.MoveToAsync(house.Owner, ada.Id, null, ByHand);

        var spells = await house.Get<ActivityLog>().StatusHistoryAsync(house.Member, ada.Id);

        Assert.Equal(
        [
            new StatusSpell(ada.Id, null, start.AddDays(3), null, ByHand, "Iris Ritter", null),
            new StatusSpell(ada.Id, "Disqualified", start.AddDays(2), start.AddDays(3), new Source(SourceKind.Api, "Website"), "Mei Chou", "No budget"),
            new StatusSpell(ada.Id, "Qualified", start, start.AddDays(2), ByHand, "Iris Ritter", null),
        ], spells);
        Assert.Null((await house.Book.FindAsync(house.Member, ada.Id))!.StatusReason);
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task What_a_merged_contact_stood_at_ends_when_it_was_merged(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var all = await house.Get<StatusList>().ListAsync(house.Member);
        var start = house.Now;
        var ada = await house.Book.AddAsync(house.Owner, new ContactEdit().SetName("Ada").MoveTo(all[0].Id), ByHand);
        var bob = await house.Book.AddAsync(house.Owner, new ContactEdit().SetName("Bob").MoveTo(all[1].Id), ByHand);
        var eve = await house.Book.AddAsync(house.Owner, new ContactEdit().SetName("Eve").MoveTo(all[2].Id), ByHand);
        house.Clock.Advance(TimeSpan.FromDays(1));
        await house.Book.MoveToAsync(house.Owner, bob.Id, all[3].Id, ByHand);
        await house.Book.ExplainAsync(house.Owner, bob.Id, "No budget", ByHand);
        house.Clock.Advance(TimeSpan.FromDays(1));
        await MergeAsync(bob, eve, bob);
        house.Clock.Advance(TimeSpan.FromDays(1));
        await MergeAsync(ada, bob, bob);
        house.Clock.Advance(TimeSpan.FromDays(1));
        await house.Get<StatusRemoval>().RemoveAsync(house.Owner, all[2].Id, all[1].Id);

        var spells = await house.Get<ActivityLog>().StatusHistoryAsync(house.Member, ada.Id);

        Assert.Equal(
        [
            (ada.Id, "Disqualified", 3, null, "No budget"),
            (bob.Id, "Disqualified", 1, 3, "No budget"),
            (eve.Id, "Sales qualified", 0, 2, null),
            (bob.Id, "Marketing qualified", 0, 1, null),
            (ada.Id, "Qualified", 0, 3, null),
        ], spells.Select(s => (s.ContactId, s.Status, (s.From - start).Days, (int?)(s.To - start)?.Days, s.Reason)));

        Task MergeAsync(Contact survivor, Contact other, Contact status) => house.Get<MergeDesk>().MergeAsync(house.Admin, survivor.Id, [other.Id], new Dictionary<string, long> { ["status"] = status.Id }, ByHand);
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task A_merge_that_was_undone_leaves_the_stay_that_was_before_it_and_no_gap(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var (all, desk, log, start) = (await house.Get<StatusList>().ListAsync(house.Member), house.Get<MergeDesk>(), house.Get<ActivityLog>(), house.Now);
        var ada = await house.Book.AddAsync(house.Owner, new ContactEdit().SetName("Ada").MoveTo(all[3].Id).Explain("No budget"), ByHand);
        var bob = await house.Book.AddAsync(house.Owner, new ContactEdit().SetName("Bob").MoveTo(all[1].Id), ByHand);
        var eve = await house.Book.AddAsync(house.Owner, new ContactEdit().SetName("Eve").MoveTo(all[3].Id), ByHand);
        house.Clock.Advance(TimeSpan.FromDays(90));
        var first = await MergeAsync(bob);
        house.Clock.Advance(TimeSpan.FromDays(1));
        var second = await MergeAsync(eve); // back to where it stood before the first
        house.Clock.Advance(TimeSpan.FromDays(1));

        await desk.UndoAsync(house.Admin, first.Id, ByHand);
        Assert.Equal([("Disqualified", 91, null, null), ("Marketing qualified", 90, 91, null), ("Disqualified", 0, 90, "No budget")], await SpellsAsync());
        await desk.UndoAsync(house.Admin, second.Id, ByHand);
        Assert.Equal([("Disqualified", 0, null, "No budget")], await SpellsAsync());
        var after = (await house.Book.FindAsync(house.Member, ada.Id))!;
        Assert.Equal((start, "No budget"), (after.StatusAt, after.StatusReason));
        house.Clock.Advance(TimeSpan.FromDays(1));
        await house.Book.MoveToAsync(house.Owner, ada.Id, all[0].Id, ByHand);

        Assert.Equal([("Qualified", 93, null, null), ("Disqualified", 0, 93, "No budget")], await SpellsAsync());
        Assert.Equal(["Marketing qualified"], (await log.StatusHistoryAsync(house.Member, bob.Id)).Select(s => s.Status));

        Task<ContactMerge> MergeAsync(Contact other) => desk.MergeAsync(house.Admin, ada.Id, [other.Id], new Dictionary<string, long> { ["status"] = other.Id }, ByHand);

        async Task<IEnumerable<(string?, int, int?, string?)>> SpellsAsync() =>
            (await log.StatusHistoryAsync(house.Member, ada.Id)).Where(s => s.ContactId == ada.Id).Select(s => (s.Status, (s.From - start).Days, (s.To - start)?.Days, s.Reason));
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task Only_a_lost_contact_is_given_a_reason_and_it_is_an_entry_of_its_own(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var all = await house.Get<StatusList>().ListAsync(house.Member);
        var ada = await house.Book.AddAsync(house.Owner, new ContactEdit().SetName("Ada Lovelace").MoveTo(all[0].Id), ByHand);

        Assert.Equal("status_reason", (await Assert.ThrowsAsync<RuleException>(() => house.Book.ExplainAsync(house.Owner, ada.Id, "No budget", ByHand))).Param);
        await house.Book.MoveToAsync(house.Owner, ada.Id, all[3].Id, ByHand);
        Assert.Equal("status_reason", (await Assert.ThrowsAsync<RuleException>(() => house.Book.ExplainAsync(house.Owner, ada.Id, new string('x', 501), ByHand))).Param);
        await house.Book.ExplainAsync(house.Owner, ada.Id, "No budget", ByHand);
        await house.Book.ExplainAsync(house.Owner, ada.Id, "No budget ", ByHand);

        var entry = (await house.EntriesAsync(ada.Id))[^1];
        Assert.Equal((3, ActivityKind.StatusChanged), (entry.Number, entry.Kind));
        Assert.Equal([new FieldChange("status_reason", null, "No budget")], entry.Changes);
    }
}
