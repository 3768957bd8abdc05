using Contacts.Core;
using Contacts.Core.Activity;
using Contacts.Core.Fields;
using Contacts.Core.People;
using Contacts.Core.People.Bulk;
using Contacts.Core.Statuses;
using Contacts.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Contacts.Tests.People.Bulk;

public class BulkEditsTests
{
    private static readonly Source ByHand = new(SourceKind.User, "Mei Chou");

    public static TheoryData<Database> Databases => TestHouse.Databases;

    [Theory, MemberData(nameof(Databases))]
    public async Task A_status_is_set_for_many_and_undone_exactly(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var statuses = await house.Get<StatusList>().ListAsync(house.Member);
        var (lost, ids) = (statuses.Single(s => s.Meaning == StatusMeaning.Lost), await AddAsync(house, "Ada", "Bob", "Cleo"));
        await house.Book.MoveToAsync(house.Member, ids[1], lost.Id, ByHand);
        await house.Book.ExplainAsync(house.Member, ids[1], "no budget", ByHand);
        var before = await StandingsAsync(house);
        house.Clock.Advance(TimeSpan.FromDays(3));

        var run = await Edits(house).RunAsync(house.Member, ContactSelection.Of(ids), new BulkMove(statuses[0].Id));

        Assert.Equal((BulkState.Finished, 3, 3, 3, "Status to Qualified"), (run.StateAt(house.Now), run.Total, run.Done, run.Changed, run.Title));
        Assert.All(await house.ContactsAsync(), c => Assert.Equal((statuses[0].Id, house.Now, null), (c.StatusId, c.StatusAt, c.StatusReason)));
        var entry = (await house.EntriesAsync(ids[1]))[^1];
        Assert.Equal((ActivityKind.StatusChanged, house.Member.UserId, true), (entry.Kind, entry.ActorId, entry.MovesStatus));

        house.Clock.Advance(TimeSpan.FromDays(1));
        run = await Edits(house).RunUndoAsync(house.Member, run.Id);

        Assert.Equal((BulkState.Undone, 3, 0), (run.StateAt(house.Now), run.Restored, run.Stayed));
        Assert.Equal(before, await StandingsAsync(house));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Each_is_given_back_the_owner_that_it_had(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var ids = await AddAsync(house, "Ada", "Bob", "Cleo", "Dan");
        await house.Book.AssignToAsync(house.Member, ids[0], house.Owner.UserId, ByHand);
        await house.Book.AssignToAsync(house.Member, ids[1], house.Member.UserId, ByHand);
        await house.Book.AssignToAsync(house.Member, ids[2], house.Admin.UserId, ByHand);

        var run = await Edits(house).RunAsync(house.Member, ContactSelection.Of(ids), new BulkAssign(house.Admin.UserId));
        Assert.Equal((4, 3), (run.Done, run.Changed)); // one had it before
        run = await Edits(house).RunUndoAsync(house.Member, run.Id);

        Assert.Equal((3, 0), (run.Restored, run.Stayed));
        Assert.Equal([house.Owner.UserId, house.Member.UserId, house.Admin.UserId, null], (await house.ContactsAsync()).Select(c => c.OwnerId));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_reason_goes_with_a_move_of_many_to_a_lost_status_and_a_blank_one_is_none(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var lost = (await house.Get<StatusList>().ListAsync(house.Member)).Single(s => s.Meaning == StatusMeaning.Lost);
        var ids = await AddAsync(house, "Ada", "Bob");

        await Edits(house).RunAsync(house.Member, ContactSelection.Of([ids[0]]), new BulkMove(lost.Id, " no budget "));
        await Edits(house).RunAsync(house.Member, ContactSelection.Of([ids[1]]), new BulkMove(lost.Id, " "));

        Assert.Equal([(lost.Id, "no budget"), (lost.Id, null)], (await house.ContactsAsync()).Select(c => (c.StatusId!.Value, c.StatusReason)));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task What_somebody_changed_since_stays_when_it_is_undone(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await CreateAsync(house, "Plan", "single_choice", "Silver", "Gold", "Platinum");
        var ids = await AddAsync(house, "Ada", "Bob", "Cleo");
        await SetAsync(house, ids[0], "plan", "Silver");
        var origin = (await house.ContactsAsync())[0].Values["plan"];

        var run = await Edits(house).RunAsync(house.Member, ContactSelection.Of(ids), new BulkWrite("plan", "gold"));
        await SetAsync(house, ids[1], "plan", "Platinum");
        run = await Edits(house).RunUndoAsync(house.Member, run.Id);

        Assert.Equal((2, 1), (run.Restored, run.Stayed));
        var contacts = await house.ContactsAsync();
        Assert.Equal(origin, contacts[0].Values["plan"]);
        Assert.Equal("platinum", contacts[1].Values["plan"].Value);
        Assert.DoesNotContain("plan", contacts[2].Values.Keys);
        Assert.Equal([new FieldChange("plan", "Gold", "Silver")], (await house.EntriesAsync(ids[0]))[^1].Changes);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task All_that_match_are_changed_but_for_those_taken_out(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var ids = await AddAsync(house, "Ada Lovelace", "Ada Byron", "Adam Smith", "Bob Marley");
        await house.Book.DeleteAsync(house.Owner, ids[2]);

        var run = await Edits(house).RunAsync(house.Member, ContactSelection.AllOf(new ContactQuery { Search = "ada" }, [ids[1]]), new BulkAssign(house.Admin.UserId));

        Assert.Equal((1, 1), (run.Total, run.Changed));
        Assert.Equal([house.Admin.UserId, null, null, null], (await house.ContactsAsync()).Select(c => c.OwnerId));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_company_set_for_many_makes_them_look_alike(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var ids = await AddAsync(house, "Ada Lovelace", "Ada Lovelace");

        await Edits(house).RunAsync(house.Member, ContactSelection.Of(ids), new BulkWrite("company", "Analytical Engines"));

        Assert.Equal("Same name and company", Assert.Single(await house.Get<PossibleDuplicates>().ListAsync(house.Admin) is { Items: var pairs } ? pairs : []).Reason);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Many_go_to_the_bin_and_come_back_with_what_they_are_known_by(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var ids = await AddAsync(house, "Ada", "Bob");

        var run = await Edits(house).RunAsync(house.Admin, ContactSelection.Of(ids), new BulkDelete());
        Assert.Equal(0, await house.ReadAsync(db => db.Identities.CountAsync()));
        await Edits(house).RunUndoAsync(house.Admin, run.Id);

        Assert.All(await house.ContactsAsync(), c => Assert.True(c.IsListed));
        Assert.Equal(2, await house.ReadAsync(db => db.Identities.CountAsync()));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_run_that_is_stopped_can_be_undone_and_one_whose_process_ended_too(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var ids = await AddAsync(house, "Ada", "Bob");
        var stopped = await Edits(house).RunAsync(house.Member, ContactSelection.Of([ids[0]]), new BulkAssign(house.Admin.UserId));
        await house.Gate.RunAsync(house.Account.Id, async db =>
        {
            // As it would stand after its process was killed.
            await db.BulkRuns.ExecuteUpdateAsync(set => set.SetProperty(r => r.FinishedAt, (DateTime?)null));
            return true;
        });

        await Assert.ThrowsAsync<RuleException>(() => Edits(house).RunUndoAsync(house.Member, stopped.Id)); // it may still be running
        house.Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(BulkState.BrokenOff, (await Edits(house).FindAsync(house.Member, stopped.Id))!.StateAt(house.Now));
        await Edits(house).RunUndoAsync(house.Member, stopped.Id);

        Assert.All(await house.ContactsAsync(), c => Assert.Null(c.OwnerId));
        Assert.Equal(Refusal.Conflict, (await Assert.ThrowsAsync<RuleException>(() => Edits(house).RunUndoAsync(house.Member, stopped.Id))).Refusal);
    }

    [Fact]
    public async Task What_belongs_to_one_contact_is_refused_at_its_field()
    {
        await using var house = await TestHouse.OpenAsync(Database.Sqlite);
        var ids = await AddAsync(house, "Ada");
        await CreateAsync(house, "Passport", "text");
        await house.ArrangeFieldAsync("passport", field => field.Entity.Rules = new FieldRules { Unique = true });
        await CreateAsync(house, "Contract", "file");
        await CreateAsync(house, "Branch", "text");
        await house.ArrangeFieldAsync("branch", field => field.Entity.Rules = new FieldRules { Required = true });

        var lost = (await house.Get<StatusList>().ListAsync(house.Member)).Single(s => s.Meaning == StatusMeaning.Lost);

        async Task<string?> RefusedAtAsync(BulkChange change) => (await Assert.ThrowsAsync<RuleException>(() => Edits(house).RunAsync(house.Member, ContactSelection.Of(ids), change))).Param;

        Assert.Equal("email", await RefusedAtAsync(new BulkWrite("email", "a@example.com")));
        Assert.Equal("mobile_phone", await RefusedAtAsync(new BulkWrite("mobile_phone", "+49 30 12345678")));
        Assert.Equal("passport", await RefusedAtAsync(new BulkWrite("passport", "X1")));
        Assert.Equal("contract", await RefusedAtAsync(new BulkWrite("contract", null)));
        Assert.Equal("branch", await RefusedAtAsync(new BulkWrite("branch", " ")));
        Assert.Equal("seats", await RefusedAtAsync(new BulkWrite("seats", "1")));
        Assert.Equal("status", await RefusedAtAsync(new BulkMove(99)));
        Assert.Equal("status_reason", await RefusedAtAsync(new BulkMove(lost.Id, new string('x', 501))));
        Assert.Equal("status_reason", await RefusedAtAsync(new BulkMove(null, "no budget")));
        Assert.Equal("owner", await RefusedAtAsync(new BulkAssign(99)));
        Assert.Equal("contacts", (await Assert.ThrowsAsync<RuleException>(() => Edits(house).RunAsync(house.Member, ContactSelection.Of([]), new BulkMove(null)))).Param);
        Assert.Empty(await house.ReadAsync(db => db.BulkRuns.ToListAsync()));
    }

    [Fact]
    public async Task A_member_deletes_nobody_and_takes_back_only_what_is_his_own()
    {
        await using var house = await TestHouse.OpenAsync(Database.Sqlite);
        var ids = await AddAsync(house, "Ada");
        var admins = await Edits(house).RunAsync(house.Admin, ContactSelection.Of(ids), new BulkAssign(house.Admin.UserId));

        Assert.Equal(Refusal.NotAllowed, (await Assert.ThrowsAsync<RuleException>(() => Edits(house).RunAsync(house.Member, ContactSelection.Of(ids), new BulkDelete()))).Refusal);
        Assert.Equal(Refusal.NotAllowed, (await Assert.ThrowsAsync<RuleException>(() => Edits(house).RunUndoAsync(house.Member, admins.Id))).Refusal);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task What_ran_longer_ago_than_it_can_be_undone_is_forgotten(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var ids = await AddAsync(house, "Ada");
        var old = await Edits(house).RunAsync(house.Member, ContactSelection.Of(ids), new BulkAssign(house.Admin.UserId));
        house.Clock.Advance(BulkRun.Kept + TimeSpan.FromDays(1));
        var run = await Edits(house).RunAsync(house.Member, ContactSelection.Of(ids), new BulkAssign(null));

        Assert.Equal(Refusal.Conflict, (await Assert.ThrowsAsync<RuleException>(() => Edits(house).RunUndoAsync(house.Member, old.Id))).Refusal);
        await Edits(house).SweepAsync(house.Account.Id, CancellationToken.None);

        Assert.Equal([run.Id], (await Edits(house).ListAsync(house.Member)).Select(r => r.Id));
        Assert.Equal([run.Id], await house.ReadAsync(db => db.BulkRows.Select(r => r.RunId).ToListAsync()));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_long_text_is_set_for_many_and_told_in_short(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await CreateAsync(house, "Story", "long_text");
        var ids = await AddAsync(house, "Ada");

        var run = await Edits(house).RunAsync(house.Member, ContactSelection.Of(ids), new BulkWrite("story", new string('x', 3000)));

        Assert.Equal($"Story to {new string('x', 80)}…", run.Title);
        Assert.Equal(3000, Assert.Single(await house.ContactsAsync()).Values["story"].Value!.Length);
        // No database takes half a letter.
        run = await Edits(house).RunAsync(house.Member, ContactSelection.Of(ids), new BulkWrite("story", $"{new string('x', 79)}😀 and more"));
        Assert.Equal($"Story to {new string('x', 79)}…", run.Title);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_run_ends_where_its_field_ends(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await CreateAsync(house, "Plan", "single_choice", "Silver", "Gold");
        var ids = await AddAsync(house, "Ada", "Bob");
        var run = await Edits(house).RunAsync(house.Member, ContactSelection.Of([ids[0]]), new BulkWrite("plan", "gold"));

        // What a run that goes on would be, once the field has changed.
        async Task<(bool IsThere, string? Problem)> WorkAsync() => await house.ReadAsync(async db =>
            await BulkWork.OfAsync(db, house.Member, run, house.Clock) is { } work ? (true, work.Problem) : (false, null));

        Assert.Equal((true, null), await WorkAsync());
        await house.Get<FieldConversions>().ReplaceOptionAsync(house.Admin, "plan", "gold", "silver");
        Assert.Equal((true, "The option is gone."), await WorkAsync());
        await house.Fields.ArchiveAsync(house.Admin, "plan");
        Assert.NotNull((await WorkAsync()).Problem);
        await house.Fields.RestoreAsync(house.Admin, "plan");
        await house.Get<FieldConversions>().ChangeTypeAsync(house.Admin, "plan", "text");
        Assert.False((await WorkAsync()).IsThere);
    }

    [Fact]
    public async Task A_field_may_be_called_bin()
    {
        await using var house = await TestHouse.OpenAsync(Database.Sqlite);
        await CreateAsync(house, "Bin", "text");
        var ids = await AddAsync(house, "Ada", "Bob");
        await house.Book.DeleteAsync(house.Admin, ids[1]);

        var run = await Edits(house).RunAsync(house.Member, ContactSelection.Of(ids), new BulkWrite("bin", "A12"));
        await Edits(house).RunUndoAsync(house.Member, run.Id);

        var contacts = await house.ContactsAsync();
        Assert.DoesNotContain("bin", contacts[0].Values.Keys);
        Assert.NotNull(contacts[1].DeletedAt);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_contact_that_was_deleted_again_since_stays_in_the_bin(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var ids = await AddAsync(house, "Ada", "Bob");
        var run = await Edits(house).RunAsync(house.Admin, ContactSelection.Of(ids), new BulkDelete());
        house.Clock.Advance(TimeSpan.FromMinutes(5));
        await house.Get<ContactBin>().RestoreAsync(house.Admin, ids[0]);
        await house.Book.DeleteAsync(house.Admin, ids[0]);

        run = await Edits(house).RunUndoAsync(house.Admin, run.Id);

        Assert.Equal((1, 1), (run.Restored, run.Stayed));
        Assert.Equal([false, true], (await house.ContactsAsync()).Select(c => c.IsListed));
    }

    private static BulkEdits Edits(TestHouse house) => house.Get<BulkEdits>();

    private static async Task<List<(long?, DateTime?, string?, long?)>> StandingsAsync(TestHouse house) =>
        (await house.ContactsAsync()).ConvertAll(c => (c.StatusId, c.StatusAt, c.StatusReason, c.OwnerId));

    private static async Task<List<long>> AddAsync(TestHouse house, params string[] names)
    {
        var ids = new List<long>();
        foreach (var (name, n) in names.Select((name, n) => (name, n)))
            ids.Add((await house.Book.AddAsync(house.Member, new ContactEdit().SetName(name).Set("email", $"guest{n}@example.com"), ByHand)).Id);
        return ids;
    }

    private static Task<Contact> SetAsync(TestHouse house, long id, string field, string text) => house.Book.EditAsync(house.Member, id, new ContactEdit().Set(field, text), ByHand);

    private static Task<FieldDefinition> CreateAsync(TestHouse house, string title, string type, params string[] options) =>
        house.Fields.CreateAsync(house.Admin, new FieldEdit(title, null, type, null, [.. options.Select(OptionEdit.FromString)]));
}
